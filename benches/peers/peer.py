#!/usr/bin/env python3
"""Time one other tool on one chain, in a process of its own, and print one JSON line: the seconds
of each repetition (imports and reading the file excluded) and the probability of churn.

With --fixes K the promises of K touchpoints, evenly spread, are kept one at a time and the chain is
solved anew for each; the line then has the touchpoints, the seconds of each solution, and churn after it.

usage: peer.py scipy|scipy-natural|storm CHAIN.npz [--repeat 9] [--fixes K]
"""
import argparse
import json
import time

import numpy as np


def scipy_solver(chain, order):
    """One SuperLU factorisation of I - Q and one solve."""
    import scipy.sparse as sparse
    from scipy.sparse.linalg import splu

    churn = chain["ends"][:, 1]
    n = len(churn)
    moves = sparse.csr_matrix((chain["data"], chain["indices"], chain["indptr"]), (n, n))
    # In natural order, rows are not exchanged either: that is where this order pays.
    settings = {"diag_pivot_thresh": 0.0, "options": {"SymmetricMode": True}}

    def solve():
        system = (sparse.identity(n) - moves).tocsc()
        factor = splu(system, permc_spec=order, **(settings if order == "NATURAL" else {}))
        return factor.solve(churn)[0], {}

    return solve


def storm_solver(chain):
    """The chain as a Storm model and one reachability query, with Storm's own default method."""
    import stormpy
    from stormpy import datastructures, models

    first, column, share = (chain[k].tolist() for k in ("indptr", "indices", "data"))
    ends = chain["ends"].tolist()
    n = len(ends)
    query = stormpy.parse_properties('P=? [ F "churn" ]')[0]

    def solve():
        rows = datastructures.SparseMatrixBuilder[float](n + 2, n + 2)
        for i in range(n):
            for k in range(first[i], first[i + 1]):
                rows.add_next_value(i, column[k], share[k])
            for j in range(2):
                if ends[i][j] > 0:
                    rows.add_next_value(i, n + j, ends[i][j])
        for end in (n, n + 1):
            rows.add_next_value(end, end, 1.0)
        labels = models.StateLabeling(n + 2)
        for label, state in (("init", 0), ("advocacy", n), ("churn", n + 1)):
            labels.add_label(label)
            labels.add_label_to_state(label, state)
        parts = models.SparseModelComponents[float](rows.build(), labels)
        model = models.SparseDtmc[float](parts)
        built = time.perf_counter()
        churn = stormpy.model_checking(model, query).get_value(0)
        return churn, {"query_seconds": time.perf_counter() - built}

    return solve


def fixes(chain, number, solver):
    """Keep the promise at some touchpoints, one at a time, and solve anew."""
    n = len(chain["ends"])
    line = {"touchpoints": [i * n // number for i in range(number)], "seconds": [], "churn": []}
    for k in line["touchpoints"]:
        row = slice(chain["indptr"][k], chain["indptr"][k + 1])
        kept = chain | {"data": chain["data"].copy(), "ends": chain["ends"].copy()}
        kept["data"][row] = chain["kept_data"][row]
        kept["ends"][k] = chain["kept_ends"][k]
        solve = solver(kept)
        start = time.perf_counter()
        churn, _ = solve()
        line["seconds"].append(time.perf_counter() - start)
        line["churn"].append(float(churn))
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("tool", choices=["scipy", "scipy-natural", "storm"])
    parser.add_argument("chain")
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--fixes", type=int, metavar="K")
    given = parser.parse_args()
    with np.load(given.chain) as file:
        chain = dict(file)

    def solver(chain):
        if given.tool == "storm":
            return storm_solver(chain)
        return scipy_solver(chain, "NATURAL" if given.tool == "scipy-natural" else "COLAMD")

    if given.fixes:
        print(json.dumps(fixes(chain, given.fixes, solver)))
        return
    solve = solver(chain)
    line = {"seconds": []}
    for _ in range(given.repeat):
        start = time.perf_counter()
        churn, parts = solve()
        line["seconds"].append(time.perf_counter() - start)
        for key, value in parts.items():
            line.setdefault(key, []).append(value)
    line["churn"] = float(churn)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
