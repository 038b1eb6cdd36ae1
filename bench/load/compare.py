"""How much CPU does loading ready records cost, next to dlt's merge?

    python -m bench.load.compare --dlt-python PEER/bin/python

CPU seconds are those of whole processes, imports and all, one after another in one run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process used."""

    name: str
    cpu_s: float
    peak_mb: float
    file_mb: float
    articles: int


def measured(name: str, command: list[str], database: Path) -> Cost:
    """Run a command to its end and return its cost; its last line is the number of articles."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name} failed: {' '.join(command)}")
    return Cost(
        name=name,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        file_mb=database.stat().st_size / 1e6,
        articles=int(printed.split()[-1]),
    )


def contest(folder: Path, records: Path, dlt_python: str, repeats: int) -> list[Cost]:
    """Run every way `repeats` times, turn by turn, and return the cheapest run of each."""
    ways = {"newsmill": [sys.executable, "-m", "bench.load.with_newsmill"]}
    ways |= {
        f"dlt merge, {which}, {shape}": [dlt_python, str(HERE / "with_dlt.py")]
        for shape in ("arrow", "dicts")
        for which in ("articles", "all")
    }
    best: dict[str, Cost] = {}
    for turn in range(repeats):
        for number, (name, command) in enumerate(ways.items()):
            database = folder / f"{turn}-{number}" / "bench.duckdb"
            database.parent.mkdir()
            options = name.split(", ")[1:]
            cost = measured(name, [*command, str(records), str(database), *options], database)
            best[name] = min(best.get(name, cost), cost, key=lambda c: c.cpu_s)
    return list(best.values())


def main() -> None:
    """Make the records, run the contest, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dlt-python", required=True, help="python of an environment with dlt")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "records"
        make = [sys.executable, "-m", "bench.load.records", str(records)]
        subprocess.run([*make, str(options.records), str(options.batch)], check=True)
        costs = contest(Path(scratch), records, options.dlt_python, options.repeats)
    ours = costs[0].cpu_s
    print("| | CPU s | of newsmill | peak MB | file MB | articles |\n|---|---|---|---|---|---|")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.cpu_s:.1f} | {cost.cpu_s / ours:.1f}x | {cost.peak_mb:.0f} "
            f"| {cost.file_mb:.0f} | {cost.articles} |"
        )


if __name__ == "__main__":
    main()
