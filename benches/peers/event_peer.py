#!/usr/bin/env python3
"""One tool, one log, one process: from the CSV file to the counts of a journey.

    event_peer.py TOOL LOG

Tools: polars, duckdb, pandas, pm4py. Each counts the steps from touchpoint to touchpoint, how many journeys begin at
each, visits by touchpoint and channel, and sums emotions and promise results by touchpoint; pm4py counts the steps
alone. Prints one line of JSON: the seconds (imports are outside the clock) and sums that all tools agree on.
"""
import json
import sys
import time


def polars(log):
    import polars as pl
    start = time.perf_counter()
    rows = pl.scan_csv(log).with_columns(pl.col("touchpoint").cast(pl.Categorical))
    # The file is in order, so that nothing needs to be sorted.
    steps = rows.select("touchpoint", before=pl.col("touchpoint").shift(1).over("customer"))
    steps, felt, channels = pl.collect_all([
        steps.group_by("before", "touchpoint").len(),
        rows.group_by("touchpoint").agg(pl.col("emotion").sum(), (pl.col("promise") == "kept").sum().alias("kept"),
                                        (pl.col("promise") == "broken").sum().alias("broken")),
        rows.group_by("touchpoint", "channel").len(),
    ])
    seconds = time.perf_counter() - start
    first = steps.filter(pl.col("before").is_null())["len"].sum()
    return seconds, dict(events=int(channels["len"].sum()), journeys=int(first),
                         promises=int(felt["kept"].sum() + felt["broken"].sum()))


def duckdb(log):
    import duckdb
    start = time.perf_counter()
    base = duckdb.connect()
    base.execute("create table log as select * from read_csv(?)", [log])
    steps = base.execute("""select before, touchpoint, count(*) from (select touchpoint, lag(touchpoint) over
        (partition by customer order by timestamp_ms) before from log) group by all""").fetchall()
    felt = base.execute("""select touchpoint, sum(emotion), count(*) filter (promise = 'kept'),
        count(*) filter (promise = 'broken') from log group by all""").fetchall()
    channels = base.execute("select touchpoint, channel, count(*) from log group by all").fetchall()
    seconds = time.perf_counter() - start
    return seconds, dict(events=sum(row[2] for row in channels), journeys=sum(row[2] for row in steps if row[0] is None),
                         promises=sum(row[2] + row[3] for row in felt))


def pandas(log):
    import pandas as pd
    start = time.perf_counter()
    rows = pd.read_csv(log, engine="pyarrow", dtype={"touchpoint": "category", "channel": "category", "promise": "category"})
    before = rows.groupby("customer", sort=False)["touchpoint"].shift(1)
    rows.groupby([before, rows["touchpoint"]], observed=True).size()
    rows.groupby("touchpoint", observed=True)["emotion"].sum()
    promises = rows.groupby(["touchpoint", "promise"], observed=True).size()
    channels = rows.groupby(["touchpoint", "channel"], observed=True).size()
    seconds = time.perf_counter() - start
    known = promises[promises.index.get_level_values("promise").isin(["kept", "broken"])]
    return seconds, dict(events=int(channels.sum()), journeys=int(before.isna().sum()), promises=int(known.sum()))


def pm4py(log):
    import pandas as pd
    import pm4py as pm
    start = time.perf_counter()
    rows = pd.read_csv(log)
    rows["timestamp_ms"] = pd.to_datetime(rows["timestamp_ms"], unit="ms", utc=True)
    steps, first, _ = pm.discover_dfg(rows, activity_key="touchpoint", case_id_key="customer", timestamp_key="timestamp_ms")
    seconds = time.perf_counter() - start
    journeys = sum(first.values())
    return seconds, dict(events=int(sum(steps.values()) + journeys), journeys=int(journeys))


if __name__ == "__main__":
    tools = dict(polars=polars, duckdb=duckdb, pandas=pandas, pm4py=pm4py)
    if len(sys.argv) != 3 or sys.argv[1] not in tools:
        sys.exit(__doc__)
    seconds, sums = tools[sys.argv[1]](sys.argv[2])
    print(json.dumps(dict(seconds=[seconds], sums=sums)))
