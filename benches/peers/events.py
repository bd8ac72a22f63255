#!/usr/bin/env python3
"""Runs this crate and other tools on the same log of events, in turn, and prints a Markdown table.

    events.py [--events 10000000] [--rounds 5] [--log FILE] [--process-mining PROGRAM] [TOOL ...]

Tools: journey and memory and minimal (this crate from the file, from records in memory, and the hand-written reader),
polars, duckdb, pandas, pm4py, process_mining (its program is built as README.md says). Without tools all that are
installed but the last two. The log is drawn unless it is there.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
OURS = ("journey", "memory", "minimal")
TOLD = {"journey": "this crate, from the file to the journey", "memory": "this crate, from records in memory",
        "minimal": "hand-written minimal reader"}


def built():
    build = ["cargo", "bench", "--no-run", "--features", "csv", "--bench", "peer_events", "--message-format", "json"]
    lines = subprocess.run(build, cwd=HERE, check=True, capture_output=True, text=True).stdout.splitlines()
    found = [json.loads(line).get("executable") for line in lines]
    return next(path for path in reversed(found) if path)


def run(command):
    """What a command prints, and its peak of memory in MB."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        lines = [line for line in out.read().decode().splitlines() if line.startswith("{")]
    if status or not lines:
        sys.exit("failed with status %s: %s" % (child.returncode, " ".join(map(str, command))))
    return json.loads(lines[-1]), usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--log", type=pathlib.Path)
    parser.add_argument("--process-mining", type=pathlib.Path, metavar="PROGRAM")
    parser.add_argument("tools", nargs="*")
    given = parser.parse_args()
    log = given.log or pathlib.Path(tempfile.gettempdir()) / f"journey-events-{given.events}.csv"
    if not log.exists():
        subprocess.run([sys.executable, HERE / "event_log.py", "--events", str(given.events), "--out", log], check=True)
    there = [tool for tool in ("polars", "duckdb", "pandas") if importlib.util.find_spec(tool)]
    tools = given.tools or [*OURS, *there]
    program = built()
    if "process_mining" in tools and not given.process_mining:
        parser.error("process_mining needs its program: --process-mining PROGRAM")
    commands = {tool: [program, "--log", log, "--task", tool] if tool in OURS
                else [given.process_mining, log] if tool == "process_mining"
                else [sys.executable, HERE / "event_peer.py", tool, log] for tool in tools}
    with open(log, "rb") as file:
        while file.read(1 << 24):
            pass
    seconds, memory, sums = {tool: [] for tool in tools}, {}, {}
    for number in range(given.rounds):
        # Each round begins with another tool.
        for tool in tools[number % len(tools):] + tools[:number % len(tools)]:
            result, peak = run(commands[tool])
            seconds[tool].append(statistics.median(result["seconds"]))
            memory[tool] = max(memory.get(tool, 0), peak)
            sums[tool] = result["sums"]
    events = max(sum_["events"] for sum_ in sums.values())
    print("| %d events | seconds | million events/s | times ours | per round | peak MB |\n|---|---|---|---|---|---|" % events)
    ours = seconds["journey" if "journey" in tools else tools[0]]
    for tool in tools:
        ratios = [theirs / our for theirs, our in zip(seconds[tool], ours)]
        middle = statistics.median(seconds[tool])
        print("| %s | %.2f | %.1f | %.2f | %.2f to %.2f | %.0f |" % (
            TOLD.get(tool, tool), middle, events / middle / 1e6, statistics.median(ratios), min(ratios), max(ratios), memory[tool]))
    differ = [tool for tool in tools
              if any(sums[tools[0]].get(key, value) != value for key, value in sums[tool].items())]
    if differ:
        sys.exit("different sums: %s" % {tool: sums[tool] for tool in (tools[0], *differ)})


if __name__ == "__main__":
    main()
