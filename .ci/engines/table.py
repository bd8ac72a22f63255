"""A hostile table of events, and how each engine is filled with it and asked."""

import glob
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

COLUMNS = ["case", 'touch"point', "seq", "at", "channel", "stage", "owner", "emotion", "kept", "promise", "outcome",
           "segment", "customer"]
NUMBERS = ("seq", "at")
TOUCHPOINTS = ["order", 'Lieferung "schnell"', "call, again", "å vente", "審査", " pay ", "x\ty", "O'Brien \\ co"]


def events(draw):
    """Blanks around names, blank names, quotes, other scripts, ties in time, times that go back, unknown times, no journey."""
    rows = []
    for number in range(600):
        case = draw.choice(["c{}", "J ä {}", "  p{}  ", 'q"{}']).format(number)
        if number % 97 == 0:
            case = None
        at = 1_700_000_000_000 + draw.randrange(10**9)
        segment = draw.choice(["a", "b"])
        for step in range(draw.randint(1, 7)):
            at += draw.choice([0, 0, 1, 999, 60_000, 3_600_000, -5_000 if number % 9 == 0 else 7])
            rows.append([case, draw.choice(TOUCHPOINTS), step, at if draw.random() > 0.1 else None,
                         draw.choice(["web", "phone", None, "  ", "web "]), draw.choice(["before", "During", None]),
                         draw.choice([None, "O'Brien", "ops"]), draw.choice([None, "1", "2.5", "5", "3"]),
                         draw.choice([None, "yes", "No", "unknown"]), draw.choice([None, "on time"]),
                         draw.choice([None] * 5 + ["churn", 'loyal; "x"']), segment, f"u{number % 150}"])
    draw.shuffle(rows)
    return [row for row in rows if row[0] is not None or draw.random() < 0.5]


def ordered(rows):
    """As a recorder wants them: each journey in its order."""
    return sorted((row for row in rows if row[0] is not None), key=lambda row: (row[0], row[2]))


def columns(text, whole):
    names = [name.replace('"', '""') for name in COLUMNS]
    return ", ".join(f'"{name}" {whole if column in NUMBERS else text}' for name, column in zip(names, COLUMNS))


def asked(cursor, statements):
    found = {}
    for name, statement in statements.items():
        cursor.execute(statement)
        headings = [column[0] for column in cursor.description]
        found[name] = (headings, [tuple(row) for row in cursor.fetchall()])
    return found


def filled(cursor, rows, mark, text="VARCHAR"):
    cursor.execute(f"CREATE TABLE events ({columns(text, 'BIGINT')})")
    cursor.executemany(f"INSERT INTO events VALUES ({', '.join([mark] * len(COLUMNS))})", rows)


def sqlite(rows, statements):
    cursor = sqlite3.connect(":memory:").cursor()
    filled(cursor, rows, "?")
    return asked(cursor, statements)


def duckdb(rows, statements):
    import duckdb

    cursor = duckdb.connect()
    filled(cursor, rows, "?")
    return asked(cursor, statements)


def arrow(rows):
    import pyarrow

    fields = [pyarrow.field(name, pyarrow.int64() if name in NUMBERS else pyarrow.string()) for name in COLUMNS]
    columns = [[row[place] for row in rows] for place in range(len(COLUMNS))]
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, fields)]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=pyarrow.schema(fields))


def datafusion(rows, statements):
    import datafusion

    context = datafusion.SessionContext()
    context.register_record_batches("events", [[arrow(rows)]])
    tables = {name: context.sql(statement).to_arrow_table() for name, statement in statements.items()}
    return {name: (list(table.schema.names), [tuple(row.values()) for row in table.to_pylist()]) for name, table in tables.items()}


def polars(rows, statements):
    import polars

    context = polars.SQLContext(events=polars.from_arrow(arrow(rows)))
    frames = {name: context.execute(statement, eager=True) for name, statement in statements.items()}
    return {name: (frame.columns, frame.rows()) for name, frame in frames.items()}


def postgres(rows, statements):
    import psycopg2

    programs = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    folder = pathlib.Path(tempfile.mkdtemp())
    shutil.chown(folder, "postgres")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    data = folder / "data"
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust"], **quiet)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **quiet)
    try:
        connection = psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
        cursor = connection.cursor()
        filled(cursor, rows, "%s")
        return asked(cursor, statements)
    finally:
        subprocess.run([*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


def spark(rows, statements):
    from pyspark.sql import SparkSession, types

    local = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false",
             "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "2"}
    session = SparkSession.builder.master("local[2]").config(map=local).getOrCreate()
    fields = [types.StructField(name, types.LongType() if name in NUMBERS else types.StringType()) for name in COLUMNS]
    frame = session.createDataFrame([tuple(row) for row in rows], types.StructType(fields))
    frame.coalesce(2).cache().createOrReplaceTempView("events")
    found = {}
    for name, statement in statements.items():
        answer = session.sql(statement)
        found[name] = (answer.columns, [tuple(row) for row in answer.collect()])
    session.stop()
    return found


ENGINES = {
    "sqlite": ("sqlite", sqlite),
    "duckdb": ("duckdb", duckdb),
    "postgres": ("postgres", postgres),
    "datafusion": ("datafusion", datafusion),
    "polars": ("polars", polars),
    "spark": ("spark", spark),
}


def parse(statements, failures):
    """The dialects of engines that cannot be had here, read by a parser that knows them."""
    import sqlglot

    for dialect, read in (("bigquery", "bigquery"), ("snowflake", "snowflake"), ("tsql", "tsql"), ("clickhouse", "clickhouse"),
                          ("databricks", "databricks")):
        for options in ((), ("--segment", "segment", "--customer", "customer", "--buckets", "32", "--window", "7")):
            for name, statement in statements(dialect, *options).items():
                try:
                    sqlglot.parse_one(statement, read=read)
                except Exception as error:
                    failures.append(f"{dialect}: {name}: {str(error)[:300]}")
