#!/usr/bin/env python3
"""One pattern asked of this crate and of Storm, on the same chains; prints Markdown tables.

Storm gets the question in linear temporal logic and makes its own automaton and product.

usage: ask.py [--rounds 7] [--repeat 15] [--seed 11] [--program FILE] [KIND:TOUCHPOINTS ...]

Without chains named: forward:1000 component:1000. Without --program, cargo builds `benches/peer_ask.rs` first.
Exit status 1 if the answers differ by more than Storm's precision of 1e-6.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import compare

HERE = pathlib.Path(__file__).resolve().parent
# Five states: nothing yet, phone, store behind it, email behind that without web between, and lost. In both tongues.
PATTERN = "*{channel = phone} => *{channel = store} =[not *{channel = web}]=> *{channel = email} => end(churn)"
FORMULA = 'P=? [ F ("phone" & X F ("store" & X (!"web" U ("email" & X F "churn")))) ]'
OURS = "this crate, flow and all figures of the answer"
ALONE = "this crate, flow and the probability"
STORM = "Storm, model and the probability"
QUERY = "Storm, of which the query"


def storm(chain, repeat):
    """Times Storm, in a process of its own: the model from lists of numbers, then the query."""
    import numpy as np
    import stormpy
    from stormpy import datastructures, models

    with np.load(chain + ".npz") as file:
        first, column, share = (file[key].tolist() for key in ("indptr", "indices", "data"))
        ends = file["ends"].tolist()
    with open(chain + ".json", encoding="utf-8") as file:
        channels = [touchpoint["channel"] for touchpoint in json.load(file)["touchpoints"]]
    n = len(ends)
    query = stormpy.parse_properties(FORMULA)[0]
    line = {"seconds": [], "query_seconds": []}
    for _ in range(repeat):
        start = time.perf_counter()
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
        for label in ("init", "churn", *sorted(set(channels))):
            labels.add_label(label)
        labels.add_label_to_state("init", 0)
        labels.add_label_to_state("churn", n + 1)
        for state, channel in enumerate(channels):
            labels.add_label_to_state(channel, state)
        model = models.SparseDtmc[float](models.SparseModelComponents[float](rows.build(), labels))
        built = time.perf_counter()
        line["probability"] = stormpy.model_checking(model, query).get_value(0)
        line["query_seconds"].append(time.perf_counter() - built)
        del model
        line["seconds"].append(time.perf_counter() - start)
    print(json.dumps(line))


def measure(program, chain, repeat, rounds):
    """Both once per round, in turn; the seconds by row, and both answers."""
    times = ["--repeat", str(repeat)]
    commands = {
        OURS: [program, "--document", chain + ".json", "--pattern", PATTERN, *times],
        STORM: [sys.executable, __file__, "--storm", chain, *times],
    }
    parts = {OURS: (ALONE, "alone_seconds"), STORM: (QUERY, "query_seconds")}
    seconds, answers = {}, {}
    for turn in range(rounds):
        for name in list(commands)[:: -1 if turn % 2 else 1]:
            line, _ = compare.run(commands[name])
            part, key = parts[name]
            seconds.setdefault(name, []).append(statistics.median(line["seconds"]))
            seconds.setdefault(part, []).append(statistics.median(line[key]))
            answers[name] = line["probability"]
    return seconds, answers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeat", type=int, default=15, help="repetitions in each process")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--program", help="peer_ask, already built")
    parser.add_argument("--storm", metavar="CHAIN", help=argparse.SUPPRESS)
    parser.add_argument("chains", nargs="*", metavar="KIND:TOUCHPOINTS")
    given = parser.parse_args()
    if given.storm:
        return storm(given.storm, given.repeat)
    program = given.program or compare.build("peer_ask")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for spec in given.chains or ["forward:1000", "component:1000"]:
            kind, n = spec.split(":")
            chain = os.path.join(folder, f"{kind}-{n}")
            drawing = ["--touchpoints", n, "--kind", kind, "--seed", str(given.seed), chain]
            subprocess.run([sys.executable, str(HERE / "chain.py"), *drawing], check=True)
            seconds, answers = measure(program, chain, given.repeat, given.rounds)
            gap = abs(answers[STORM] - answers[OURS])
            print(f"\n{kind}, {n} touchpoints: probability {answers[OURS]:.12f}, Storm differs by {gap:.1e}\n")
            print("| | median ms | times ours | per round |\n|---|---|---|---|")
            for name in (ALONE, OURS, STORM, QUERY):
                # Held against what answers the same question and no more.
                ratios = [took / ours for took, ours in zip(seconds[name], seconds[ALONE])]
                print(
                    f"| {name} | {1e3 * statistics.median(seconds[name]):.3f} | {statistics.median(ratios):.2f} "
                    f"| {min(ratios):.2f} to {max(ratios):.2f} |"
                )
            sys.stdout.flush()
            if not gap <= 1e-6:
                wrong.append(spec)
    if wrong:
        raise SystemExit("the answers disagree: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
