"""Does another crawl use this frontier?"""

import fcntl
from pathlib import Path
from typing import IO

from articles.errors import NewsmillError


class FrontierBusy(NewsmillError):
    """Another crawl has the frontier; the message says which file."""


def locked(path: Path) -> IO[str]:
    """Return the lock file, locked; raises `FrontierBusy`.

    The kernel lets go of it however this process ends.
    """
    lock = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        lock.close()
        raise FrontierBusy(
            f"another crawl holds {path}: two would ask the same hosts at once. Wait for it, or "
            "give this one a frontier and a folder of its own"
        ) from busy
    return lock
