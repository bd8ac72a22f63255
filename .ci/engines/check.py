"""Runs the statements of `journey sql` in real engines and compares: check.py JOURNEY."""

import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from collections import Counter

import table

journey = sys.argv[1]
scratch = pathlib.Path(tempfile.mkdtemp())
failures = []


def statements(dialect, *options):
    call = [journey, "sql", "--dialect", dialect, "--table", "events", "--case", "case", "--touchpoint", 'touch"point',
            "--time", "at", "--time-unit", "ms", "--sequence", "seq", "--channel", "channel", "--phase", "stage",
            "--owner", "owner", "--emotion", "emotion", "--scale", "1..5", "--promise", "kept", "--promise-name", "promise",
            "--outcome", "outcome", *options]
    text = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    parts = [part.split("\n", 1) for part in text.split("-- ")[1:]]
    return {name.strip(): body.rstrip().rstrip(";") for name, body in parts}


def plain(row):
    """Numbers as numbers, whatever type the engine has for them."""
    numbers = (value is not None and not isinstance(value, str) for value in row)
    return tuple(round(float(value), 6) if number else value for value, number in zip(row, numbers))


def learned(*arguments):
    run = subprocess.run([journey, "learn", "--name", "engines", "--phase", "during", "--scale", "1..5", *arguments],
                         capture_output=True, text=True)
    if run.returncode != 0:
        failures.append(f"learn {arguments}: {run.stderr}")
        return None
    document = json.loads(run.stdout)
    # What only whole journeys tell is no part of rows.
    document.pop("counted", None)
    return document


rows = table.events(random.Random(20130208))
events = scratch / "events.csv"
with open(events, "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(table.COLUMNS)
    writer.writerows([["" if value is None else value for value in row] for row in table.ordered(rows)])
expected = learned(str(events), "--column", 'touchpoint=touch"point', "--column", "promise-name=promise", "--time", "at",
                   "--time-unit", "ms")

answers = {}
for name, engine in table.ENGINES.items():
    dialect, run = engine
    try:
        found = run(rows, statements(dialect))
    except Exception as error:
        failures.append(f"{name}: {str(error)[:500]}")
        continue
    answers[name] = {statement: Counter(map(plain, body)) for statement, (_, body) in found.items()}
    files = []
    for statement in ("moves", "visits"):
        headings, body = found[statement]
        files.append(scratch / f"{name}-{statement}.csv")
        with open(files[-1], "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows([["" if value is None else value for value in row] for row in body])
    if learned("--rows", *map(str, files)) != expected:
        failures.append(f"{name}: the journey learned from its rows is another one")

first, *others = answers
for other in others:
    for statement, found in answers[other].items():
        if found != answers[first][statement]:
            missing = list((answers[first][statement] - found).items())[:2]
            failures.append(f"{other}: {statement} differs from {first}: {missing}")

# By groups the counts add up to those of the whole.
plainly = table.sqlite(rows, statements("standard"))
grouped = table.sqlite(rows, statements("standard", "--segment", "segment", "--buckets", "32", "--window", "7"))
for statement in ("moves", "visits", "triples", "waits"):
    counts = []
    for headings, body in (plainly[statement], grouped[statement]):
        place = headings.index("count")
        counts.append(sum(row[place] for row in body))
    if counts[0] != counts[1]:
        failures.append(f"{statement}: the whole holds {counts[0]} and its groups {counts[1]}")
    if missing := {"segment", "window", "bucket"} - set(grouped[statement][0]):
        failures.append(f"{statement}: not grouped by {missing}")

table.parse(statements, failures)
print("\n".join(failures) or f"{len(answers)} engines agree: {', '.join(answers)}", file=sys.stderr if failures else sys.stdout)
sys.exit(bool(failures))
