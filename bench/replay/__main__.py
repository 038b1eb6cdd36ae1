"""Measure a replay: `python -m bench.replay [DOCUMENTS]`.

Mills made-up dumps into a home of its own, then reads them all again: once to compare, once to
write. CPU seconds are those of the process and its descendants; a minute on two cores has 120.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.ingest.__main__ import Peak, tree_cpu
from bench.ingest.drop import write_drop
from flows.ingest import stages
from flows.ingest.mill import open_mill
from flows.replay.replay import Replay, dry_run
from flows.replay.report import ReplayReport
from flows.settings import Settings
from warehouse.publish import publish
from warehouse.replay import Scope

CORES = 2


def main(documents: int) -> None:
    """Print the rates of both kinds of replay."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", workers=CORES)
        write_drop(Path(folder) / "drop", documents)
        _mill(settings, Path(folder) / "drop")
        _measure("dry run", lambda: dry_run(settings, Scope()))
        _measure("real run", lambda: _replay(settings))


def _mill(settings: Settings, drop: Path) -> None:
    with open_mill(settings, "mill", None, "ingest") as mill:
        intake = stages.open_drop(mill, [drop])
        while (listing := stages.archive_next(mill, intake)) is not None:
            stages.write_batch(mill, stages.Judged(stages.extract(mill, listing)))
    publish(settings.warehouse, settings.articles)


def _replay(settings: Settings) -> ReplayReport:
    with open_mill(settings, "replay", None, "replay") as mill:
        replaying = Replay(mill, Scope())
        while replaying.write_next():
            pass
        stages.close_books(mill)
    publish(settings.warehouse, settings.articles)
    return replaying.report()


def _measure(what: str, run: Callable[[], ReplayReport]) -> None:
    before, own, wall = tree_cpu(os.getpid()), time.process_time(), time.monotonic()
    standing = before - own
    peak = Peak(os.getpid())
    report = run()
    peak.stop()
    spent = time.process_time() - own + peak.lost_cpu - standing
    wall = time.monotonic() - wall
    print(
        f"{what}: {report.documents} documents, {spent:.1f} CPU s, {wall:.1f} s; "
        f"{report.documents / spent * 60 * CORES:,.0f} a minute of {CORES} cores, "
        f"{report.documents / wall * 60:,.0f} here under a load of {os.getloadavg()[0]:.1f}; "
        f"{report.new_versions} new versions, {report.mended} mended"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
