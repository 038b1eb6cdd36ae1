"""Load the same batch files with dlt's merge; runs in dlt's own environment.

`shape` is `arrow` (the tables as they stand, dlt's fastest way in) or `dicts` (its usual one).
`which` is `articles` (one table, less than newsmill loads) or `all` (documents, articles,
evidence). It has no relations to find and no ledger to keep.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

for setting in ("RUNTIME__DLTHUB_TELEMETRY", "EXTRACT__WORKERS"):
    os.environ.setdefault(setting, "false" if "TELEMETRY" in setting else "1")

import dlt  # noqa: E402 - its settings are read at import
import duckdb  # noqa: E402
import pyarrow as pa  # noqa: E402

KEYS = {"documents": ["document_id", "origin"], "articles": ["content_hash"]}
NAMES = ("documents", "articles", "evidence")


def tables(folder: Path, name: str, shape: str) -> Iterator[Any]:
    """Yield one table of every batch file: they hold four Arrow streams, one after another."""
    for path in sorted(folder.glob("*.arrow")):
        with pa.memory_map(str(path)) as file:
            for stream in NAMES:
                with pa.ipc.open_stream(file) as reader:
                    table = reader.read_all().replace_schema_metadata(None)
                if stream == name:
                    yield table if shape == "arrow" else table.to_pylist()
                    break


def main(folder: Path, database: Path, which: str, shape: str) -> None:
    """Run one pipeline over every batch file, then print how many articles there are."""
    names = NAMES if which == "all" else ("articles",)
    resources = [
        dlt.resource(
            tables(folder, name, shape),
            name=name,
            write_disposition="merge" if name in KEYS else "append",
            primary_key=KEYS.get(name),
        )
        for name in names
    ]
    pipeline = dlt.pipeline(
        "bench",
        destination=dlt.destinations.duckdb(str(database)),
        dataset_name="news",
        pipelines_dir=str(database.parent / "pipelines"),
    )
    pipeline.run(resources)
    with duckdb.connect(str(database)) as connection:
        print(connection.execute("select count(*) from news.articles").fetchall()[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
