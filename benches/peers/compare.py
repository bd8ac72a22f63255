#!/usr/bin/env python3
"""Our flow, SciPy and Storm side by side on the same chains; prints Markdown tables.

usage: compare.py [--rounds 7] [--repeat N] [--seed 11] [--program FILE] [KIND:TOUCHPOINTS ...]

Without chains named: forward:50 forward:1000 component:1000 forward:100000. Without --program,
cargo builds `benches/peer_flow.rs` first. Exit status 1 if the tools disagree.
"""
import argparse
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

# No numpy in this process: a child's peak memory is never less than its parent's.
HERE = pathlib.Path(__file__).resolve().parent
OURS = "this crate, flow with outcomes, visits, reach"
STORM = "Storm, model and one query"
QUERY = "Storm, of which the query"
# SciPy is held to 1e-9; Storm's default method promises 1e-6 and no more.
TOLERANCE = {STORM: 1e-6, QUERY: 1e-6}
# Above this size SuperLU's default order fills in so much that it takes minutes.
LARGE = 20_000


def build(bench="peer_flow"):
    command = ["cargo", "bench", "--bench", bench, "--no-run", "--message-format=json"]
    done = subprocess.run(command, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message.get("target", {}).get("name") == bench and message.get("executable"):
            return message["executable"]
    raise SystemExit(f"cargo named no executable for the bench {bench}")


def run(command):
    """What the command printed as JSON, and its peak memory in MB."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        printed = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed with status {child.returncode}: {' '.join(command)}")
    return json.loads(printed), usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def tools(program, chain, n, repeat):
    """The command of each tool that takes part, by the name of its row."""
    times = ["--repeat", str(repeat or min(51, max(3, 30_000 // n)))]
    peer = [sys.executable, str(HERE / "peer.py")]
    commands = {OURS: [program, "--document", chain + ".json", *times]}
    if n <= LARGE:
        commands["SciPy splu, one solve"] = [*peer, "scipy", chain + ".npz", *times]
    natural = "SciPy splu, natural order, one solve"
    commands[natural] = [*peer, "scipy-natural", chain + ".npz", *times]
    if importlib.util.find_spec("stormpy"):
        commands[STORM] = [*peer, "storm", chain + ".npz", *times]
    return commands


def measure(commands, rounds):
    """Each tool once per round, a different one first each time: drift of the machine hits all."""
    seconds, memory, churn = {}, {}, {}

    def note(name, line, key, peak):
        seconds.setdefault(name, []).append(statistics.median(line[key]))
        memory.setdefault(name, []).append(peak)
        churn[name] = line["churn"]

    names = list(commands)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            line, peak = run(commands[name])
            note(name, line, "seconds", peak)
            if "query_seconds" in line:
                note(QUERY, line, "query_seconds", peak)
    return seconds, memory, churn


def table(seconds, memory, churn):
    """Prints the table and returns the rows that disagree with ours."""
    print("| | median ms | min-max | peak MB | times ours | per round | churn differs by |")
    print("|---|---|---|---|---|---|---|")
    wrong = []
    order = [OURS, *(name for name in seconds if name != OURS)]
    for name in order:
        ms = [1e3 * s for s in seconds[name]]
        ratios = [s / ours for s, ours in zip(seconds[name], seconds[OURS])]
        gap = abs(churn[name] - churn[OURS])
        if not gap <= TOLERANCE.get(name, 1e-9):
            wrong.append(name)
        print(
            f"| {name} | {statistics.median(ms):.3f} | {min(ms):.3f}-{max(ms):.3f} "
            f"| {statistics.median(memory[name]):.0f} | {statistics.median(ratios):.2f} "
            f"| {min(ratios):.2f}-{max(ratios):.2f} | {gap:.1e} |"
        )
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeat", type=int, help="repetitions in each process")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--program", help="peer_flow, already built")
    parser.add_argument("chains", nargs="*", metavar="KIND:TOUCHPOINTS")
    given = parser.parse_args()
    chains = given.chains or ["forward:50", "forward:1000", "component:1000", "forward:100000"]
    program = given.program or build()

    used = ["numpy", "scipy"]
    if importlib.util.find_spec("stormpy"):
        used.append("stormpy")
    else:
        print("stormpy is not installed: no rows for Storm", file=sys.stderr)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in used)
    print(f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores; rounds: {given.rounds}")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for spec in chains:
            kind, n = spec.split(":")
            chain = os.path.join(folder, f"{kind}-{n}")
            drawing = ["--touchpoints", n, "--kind", kind, "--seed", str(given.seed), chain]
            subprocess.run([sys.executable, str(HERE / "chain.py"), *drawing], check=True)
            load = os.getloadavg()[0]
            results = measure(tools(program, chain, int(n), given.repeat), given.rounds)
            print(f"\n{kind}, {n} touchpoints (load {load:.1f} before, {os.getloadavg()[0]:.1f} after)\n")
            wrong += [f"{spec}: {name}" for name in table(*results)]
            sys.stdout.flush()
    if wrong:
        raise SystemExit("churn disagrees: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
