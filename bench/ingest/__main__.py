"""`python -m bench.ingest [--documents N] [--plain]`: what do a first run and a second one cost?

CPU seconds are those of the whole process tree of the run (its children reaped), and the Prefect
server's during the run. Orchestration is the server's share, and of the flow's own process what
no stage accounts for. Three things are neither and stand apart: the imports; the opening of the
warehouse before the flow, which makes it and makes DuckDB import pandas; and the output, that is
the published snapshot and the Data Docs, timed by making them once more when the run is over.
With `--plain` the drop is milled without Prefect first (`bench.ingest.plain`): what that process
spends outside of its stages is taken off, and what is left is Prefect's share.
Peak memory is the largest sum of the proportional set sizes (PSS) of the run's processes, sampled
four times a second; the server's is apart.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench.ingest.drop import write_drop
from flows.server.address import find
from flows.server.api import Api

TICKS = os.sysconf("SC_CLK_TCK")
RUN = """
import json, resource, sys, time
from pathlib import Path
from flows.server.ensure import ensure_server
from flows.server.environment import connect
from flows.settings import Settings
settings = Settings()
connect(ensure_server(settings), settings.prefect)
from flows.ingest.flow import ingest
from warehouse import db
imported = time.process_time()
with db.connect(settings.warehouse, settings.duckdb_memory_limit) as connection:
    connection.execute("select ?", ["a value, at which duckdb imports pandas"])
    opened = time.process_time()
report = ingest([Path(sys.argv[1])])
own = time.process_time()
if report.published:
    from expectations.site import build_docs
    from expectations.suite import articles_batch
    from warehouse.publish import publish
    publish(settings.warehouse, settings.articles)
    build_docs(settings.docs, articles_batch())
print(json.dumps({
    "output": time.process_time() - own,
    "counts": report.counts.model_dump(),
    "imports": imported,
    "opening": opened - imported,
    "stages": report.stage_cpu_seconds,
    "flow": own - opened,
}))
"""


def main() -> None:
    """Print one JSON object a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--plain", action="store_true", help="mill without Prefect first")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, drop = Path(folder) / "home", Path(folder) / "drop"
        write_drop(drop, wanted.documents)
        outside = outside_without_prefect(drop, Path(folder) / "plain") if wanted.plain else None
        environment = {**os.environ, "NEWSMILL_HOME": str(home)}
        subprocess.run([sys.executable, "-m", "flows", "up"], env=environment, check=True)
        server = json.loads((home / "prefect" / "server.json").read_text("utf-8"))["pid"]
        pause_schedules(home)
        try:
            for name in ("first run", "same drop again"):
                costs = measured(drop, environment, server)
                if outside is not None and name == "first run":
                    costs |= prefects(costs, outside)
                print(json.dumps({"run": name} | costs), flush=True)
        finally:
            subprocess.run([sys.executable, "-m", "flows", "down"], env=environment, check=True)


def pause_schedules(home: Path) -> None:
    """Keep the worker from starting a run of its own beside the one that is measured."""
    address = find(home / "prefect")
    if address is None:
        raise SystemExit("the server is gone")
    api = Api(address)
    for deployment in api.post("/deployments/filter", {}):
        api.patch(f"/deployments/{deployment['id']}", {"paused": True})


def outside_without_prefect(drop: Path, home: Path) -> float:
    """Return the CPU seconds outside of the stages of a first run that Prefect has no part in."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.ingest.plain", str(drop)],
        env={**os.environ, "NEWSMILL_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return float(json.loads(done.stdout.splitlines()[-1])["outside"])


def prefects(costs: dict[str, Any], outside: float) -> dict[str, float]:
    """Return Prefect's part of a first run: the server, and what the flow's process does for it."""
    spent = costs["orchestration_share"] * costs["cpu_seconds"] + costs["of_output"] - outside
    return {"of_prefect": round(spent, 1), "prefect_share": round(spent / costs["cpu_seconds"], 3)}


def measured(drop: Path, environment: dict[str, str], server: int) -> dict[str, Any]:
    """Run one ingest in a process of its own; return its costs."""
    before, children, began = tree_cpu(server), os.times(), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(drop)], env=environment, stdout=subprocess.PIPE
    )
    peak = Peak(process.pid)
    out, _ = process.communicate()
    peak.stop()
    after = os.times()
    told = json.loads(out.splitlines()[-1])
    server_cpu = tree_cpu(server) - before
    reaped = (after.children_user + after.children_system) - (
        children.children_user + children.children_system
    )
    total = reaped + peak.lost_cpu + server_cpu
    total -= told["output"]  # what was made once more
    work = sum(told["stages"].values()) + told["output"]
    orchestration = server_cpu + told["flow"] - work
    return {
        "counts": told["counts"],
        "wall_seconds": round(time.monotonic() - began),
        "cpu_seconds": round(total, 1),
        "of_server": round(server_cpu, 1),
        "of_imports": round(told["imports"], 1),
        "of_opening": round(told["opening"], 1),
        "of_stages": {name: round(spent, 1) for name, spent in told["stages"].items()},
        "of_output": round(told["output"], 1),
        "of_extracting_children": round(peak.lost_cpu, 1),
        "orchestration_share": round(orchestration / total, 3),
        "peak_mib": round(peak.bytes / 2**20),
    }


class Peak:
    """Watches the processes of a run: memory at its peak, CPU of those that nobody reaps."""

    def __init__(self, root: int) -> None:
        self.bytes = 0
        self._root = root
        self._cpu: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def lost_cpu(self) -> float:
        """CPU seconds of the descendants, which the fork server reaps and not this process."""
        return sum(spent for pid, spent in self._cpu.items() if pid != self._root)

    def stop(self) -> None:
        """End the watch."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            pids = tree(self._root)
            self.bytes = max(self.bytes, sum(pss(pid) for pid in pids))
            self._cpu |= {pid: cpu(pid) for pid in pids}


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := stat(int(entry.name))):
            parents[int(entry.name)] = int(fields[1])
    found = [root]
    for pid in found:
        found.extend(child for child, parent in parents.items() if parent == pid)
    return found


def tree_cpu(root: int) -> float:
    """Return the CPU seconds so far of a process and its descendants."""
    return sum(cpu(pid) for pid in tree(root))


def cpu(pid: int) -> float:
    """Return the CPU seconds so far of one process, 0 when it is gone."""
    fields = stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def pss(pid: int) -> int:
    """Return the bytes of a process, shared pages divided among their users."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0")
    return int(line.split()[1]) * 1024


def stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat behind the name, empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
