"""`python -m bench.ingest.plain DROP`: the stages of an ingest, called without Prefect.

What the flow's own process spends outside of the stages is not all Prefect's: the ledger is closed,
the report made, the warehouse checkpointed. This run does the same and is served by nobody, so the
difference is Prefect's. Prints one JSON object; the home is that of the settings, and new.
"""

import json
import sys
import time
from pathlib import Path

from flows.health.watch import watch
from flows.ingest import stages
from flows.ingest.drop import count_files
from flows.ingest.mill import now, open_mill, run_id_of
from flows.settings import Settings
from warehouse import db
from warehouse.publish import publish

NO_FLOW_RUN = "00000000-0000-0000-0000-000000000000"


def main() -> None:
    """Mill a drop into the home of the settings; print the CPU seconds of this process."""
    settings = Settings()
    with db.connect(settings.warehouse, settings.duckdb_memory_limit) as connection:
        connection.execute("select ?", ["a value, at which duckdb imports pandas"])
    opened = time.process_time()
    spent = milled(settings, [Path(sys.argv[1])])
    outside = time.process_time() - opened - sum(spent.values())
    print(json.dumps({"stages": spent, "outside": outside}))


def milled(settings: Settings, paths: list[Path]) -> dict[str, float]:
    """Do what the flow `ingest` does; return the CPU seconds of its stages."""
    with open_mill(settings, run_id_of(NO_FLOW_RUN), None, "ingest") as run:
        count_files(paths)
        drop = stages.open_drop(run, paths)
        reports = []
        while (listing := stages.archive_next(run, drop)) is not None:
            judged = stages.audit(run, stages.extract(run, listing))
            reports.append(stages.write_batch(run, judged))
        counts = stages.close_books(run)
        stages.report(run, NO_FLOW_RUN, counts, reports)
        watch(run.connection, run.settings.sources, now())
    publish(settings.warehouse, settings.articles)
    return {name: passage.cpu_seconds for name, passage in run.funnel.items()}


if __name__ == "__main__":
    main()
