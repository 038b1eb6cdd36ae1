"""Load batch files with newsmill: one connection, one transaction a batch, one checkpoint."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from warehouse import batch, db
from warehouse.load import load_batch


def main(folder: Path, database: Path) -> None:
    """Load every batch file of `folder`, then print how many articles there are."""
    with db.connect(database) as connection:
        for path in sorted(folder.glob("*.arrow")):
            load_batch(
                connection,
                path.stem,
                batch.read(path),
                run_id="bench",
                loaded_at=datetime.now(UTC),
                stories=False,  # dlt has no notion of them; bench/duplicates measures them
            )
        db.checkpoint(connection)
        print(connection.execute("select count(*) from articles").fetchall()[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
