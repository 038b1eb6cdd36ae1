"""Put a whole, consistent copy of the warehouse where analysts read it.

Readers of the old file keep it until they close it; new ones see the new file, never half of one.
"""

import os
import shutil
from pathlib import Path

from warehouse.db import checkpoint, connect, disk_checked


def publish(warehouse: Path, published: Path) -> None:
    """Checkpoint `warehouse`, close it and put a copy of it at `published`, atomically.

    No connection to `warehouse` may be open. Both must lie on one file system. Raises
    WarehouseLocked, DiskFull; the old `published` stands untouched then.
    """
    with connect(warehouse) as connection:
        checkpoint(connection)
    fresh = published.with_name(f"{published.name}.{os.getpid()}.new")
    try:
        with disk_checked(published):
            _copy(warehouse, fresh)
        fresh.replace(published)
    finally:
        fresh.unlink(missing_ok=True)
    _sync(published.parent)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())


def _sync(folder: Path) -> None:
    """Make what was renamed in a folder outlast a power cut.

    The archive has the same for its own: a reader of the warehouse needs nothing of the archive's.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
