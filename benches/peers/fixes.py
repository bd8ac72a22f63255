#!/usr/bin/env python3
"""The exact effect of keeping each promise, side by side: ours for all touchpoints from one flow, SciPy and Storm
by solving once per touchpoint; prints Markdown tables.

usage: fixes.py [--rounds 5] [--solve 20] [--seed 11] [KIND:TOUCHPOINTS ...]

The peers solve for --solve touchpoints and their time is multiplied up to all of them. Exit status 1 if the tools
disagree.
"""
import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile

from compare import HERE, build, run

TOLERANCE = {"Storm": 1e-6}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--solve", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--program", help="peer_fixes, already built")
    parser.add_argument("chains", nargs="*", metavar="KIND:TOUCHPOINTS")
    given = parser.parse_args()
    program = given.program or build("peer_fixes")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for spec in given.chains or ["forward:50", "forward:1000", "component:1000", "forward:100000"]:
            kind, n = spec.split(":")
            wrong += compare(folder, program, kind, int(n), given)
    if wrong:
        raise SystemExit("effects disagree: " + "; ".join(wrong))


def compare(folder, program, kind, n, given):
    chain = os.path.join(folder, f"{kind}-{n}")
    drawing = ["--touchpoints", str(n), "--kind", kind, "--seed", str(given.seed), "--promises", chain]
    subprocess.run([sys.executable, str(HERE / "chain.py"), *drawing], check=True)
    peer = [sys.executable, str(HERE / "peer.py")]
    solve = ["--fixes", str(min(n, given.solve if n <= 20_000 else 3))]
    peers = {"SciPy splu, natural order": [*peer, "scipy-natural", chain + ".npz", *solve]}
    if n <= 20_000:
        peers["SciPy splu"] = [*peer, "scipy", chain + ".npz", *solve]
    if importlib.util.find_spec("stormpy"):
        peers["Storm"] = [*peer, "storm", chain + ".npz", *solve]
    flow, ours, theirs, wrong = [], [], {name: [] for name in peers}, []
    for _ in range(given.rounds):
        line, _ = run([program, "--document", chain + ".json", "--repeat", str(max(3, 3000 // n))])
        flow.append(statistics.median(line["flow_seconds"]))
        ours.append(statistics.median(line["seconds"]))
        for name, command in peers.items():
            answer, _ = run(command)
            theirs[name].append(statistics.median(answer["seconds"]) * n)
            effects = [line["churn"][k] for k in answer["touchpoints"]]
            first = answer["churn"][0] - effects[0]
            gaps = [abs(churn - first - effect) for churn, effect in zip(answer["churn"], effects)]
            if max(gaps) > TOLERANCE.get(name, 1e-9):
                wrong.append(f"{kind}:{n} {name} by {max(gaps):.1e}")
    print(f"\n{kind}, {n} touchpoints\n\n| | median ms | times ours | per round |\n|---|---|---|---|")
    rows = {"this crate, effects of all fixes": ours, "this crate, flow": flow, **theirs}
    for name, seconds in rows.items():
        ratios = [s / o for s, o in zip(seconds, ours)]
        print(
            f"| {name} | {1e3 * statistics.median(seconds):.3f} | {statistics.median(ratios):.2f} "
            f"| {min(ratios):.2f}-{max(ratios):.2f} |"
        )
    sys.stdout.flush()
    return wrong


if __name__ == "__main__":
    main()
