"""Runs the SQL of docs/warehouse on real databases and compares every cell with what the engine says.

usage: warehouse.py SQL_FOLDER ORDERS_CSV EXPECTED_CSV RESULT_FOLDER [NAME ...]
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

COLUMNS = [
    ("order_id", "varchar(40)"),
    ("customer_id", "varchar(40)"),
    ("email", "varchar(80)"),
    ("ordered_at", "timestamp"),
    ("total", "decimal(12,2)"),
    ("refunded", "decimal(12,2)"),
    ("currency", "varchar(3)"),
    ("status", "varchar(20)"),
]
TABLE = "CREATE TABLE orders (" + ", ".join(f"{name} {of}" for name, of in COLUMNS) + ")"


def duckdb(sql, orders, result):
    import duckdb as database

    connection = database.connect()
    connection.execute(TABLE)
    connection.execute(f"COPY orders FROM '{orders}' (HEADER)")
    connection.execute(f"COPY ({sql.rstrip().rstrip(';')}) TO '{result}' (HEADER)")


def postgresql(sql, orders, result):
    """A cluster of its own, in a folder that goes with it, on a socket that nobody else sees."""
    import getpass

    # Debian keeps them off the path, a folder a version.
    debian = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    programs = (debian[-1] if debian else pathlib.Path(shutil.which("initdb"))).parent
    # The server refuses to be run by root.
    other = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    with tempfile.TemporaryDirectory() as folder:
        if other:
            subprocess.run(["chown", "postgres", folder], check=True)
        data = f"{folder}/data"

        def run(*command, **options):
            options = {"stdout": subprocess.DEVNULL, "cwd": "/", **options}
            subprocess.run([*other, *command], check=True, **options)

        run(programs / "initdb", "-D", data, "-U", "merchant", "--auth=trust", "--no-sync")
        run(programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "start",
            "-o", f"-k {folder} -c listen_addresses='' -c fsync=off")
        try:
            psql = [programs / "psql", "-h", folder, "-U", "merchant", "-d", "postgres", "-q",
                    "-v", "ON_ERROR_STOP=1"]
            run(*psql, "-c", TABLE)
            with open(orders) as rows:
                run(*psql, "-c", "COPY orders FROM STDIN (FORMAT csv, HEADER)", stdin=rows)
            with open(result, "w") as out:
                text = sql.rstrip().rstrip(";")
                run(*psql, "-c", f"COPY ({text}) TO STDOUT (FORMAT csv, HEADER)", stdout=out)
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def spark(sql, orders, result):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    schema = ", ".join(f"{name} {'string' if 'char' in of else of}" for name, of in COLUMNS)
    session.read.csv(orders, header=True, schema=schema).createOrReplaceTempView("orders")
    frame = session.sql(sql.rstrip().rstrip(";"))
    with open(result, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(frame.columns)
        writer.writerows(frame.collect())
    session.stop()


def clickhouse(sql, orders, result):
    from chdb.session import Session

    session = Session()
    of = {"varchar(40)": "String", "varchar(80)": "String", "varchar(3)": "String",
          "varchar(20)": "String", "timestamp": "DateTime", "decimal(12,2)": "Decimal(12,2)"}
    columns = ", ".join(f"{name} {of[kind]}" for name, kind in COLUMNS)
    session.query("CREATE DATABASE shop")
    session.query("USE shop")
    session.query(f"CREATE TABLE orders ({columns}) ENGINE = Memory")
    session.query(f"INSERT INTO orders SELECT * FROM file('{orders}', CSVWithNames)")
    text = str(session.query(sql.rstrip().rstrip(";"), "CSVWithNames"))
    pathlib.Path(result).write_text(text)


def parsed(dialect):
    def parse(sql, _orders, _result):
        import sqlglot

        statements = sqlglot.parse(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        if len(statements) != 1 or not statements[0].find(sqlglot.exp.Select):
            raise ValueError("it is not one query")
        # A function that the parser does not know is kept as a nameless call.
        unknown = {it.name for it in statements[0].find_all(sqlglot.exp.Anonymous)}
        if unknown and dialect == "bigquery":
            raise ValueError(f"unknown to the parser: {unknown}")

    return parse


RUN = {"postgresql": postgresql, "duckdb": duckdb, "spark": spark, "clickhouse": clickhouse}
PARSED = {"bigquery": parsed("bigquery"), "clickhouse": parsed("clickhouse")}


def canonical(rows):
    """Amounts with two decimals, whatever a database writes of them."""
    header, *rest = rows
    money = [header.index("net"), header.index("first_day_net")]
    for row in rest:
        for at in money:
            row[at] = f"{float(row[at]):.2f}"
    return [header, *sorted(rest)]


def read(path):
    with open(path, newline="") as text:
        return canonical(list(csv.reader(text)))


def compared(found, expected):
    if found[0] != expected[0]:
        raise ValueError(f"columns {found[0]}, not {expected[0]}")
    if len(found) != len(expected):
        raise ValueError(f"{len(found) - 1} customers, not {len(expected) - 1}")
    for mine, theirs in zip(found, expected):
        if mine != theirs:
            raise ValueError(f"{mine}, not {theirs}")
    return (len(found) - 1) * len(found[0])


def main(folder, orders, expected, results, names):
    expected, failed = read(expected), []
    tries = [(name, run, True) for name, run in RUN.items() if not names or name in names]
    tries += [(name, run, False) for name, run in PARSED.items() if not names or name in names]
    for name, run, is_run in tries:
        started = time.monotonic()
        sql = (pathlib.Path(folder) / f"{name}.sql").read_text()
        result = f"{results}/{name}.csv"
        try:
            run(sql, orders, result)
            said = "parsed"
            if is_run:
                said = f"{compared(read(result), expected)} cells as the engine's"
        except Exception as error:  # noqa: BLE001: whatever it is, the others are tried too
            failed.append(name)
            said = f"failed: {error}"
        print(f"{name:12} {said} ({time.monotonic() - started:.1f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5], sys.argv[5:]))
