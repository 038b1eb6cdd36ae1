"""How does a background process of a home stay single, findable and mortal?

A resident holds a lock for as long as it lives, so its death frees the lock whatever killed it,
and a recycled process id is never taken for it. It watches its own state file and ends when that
is gone, so deleting a home leaves no server behind.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from articles.errors import NewsmillError

ALREADY_RUNNING = 75  # EX_TEMPFAIL: another process holds the lock
LEASH_SECONDS = 1.0  # between two looks at the state file
MERCY_SECONDS = 10.0  # from SIGTERM to SIGKILL
CLAIM_TRIES = 20  # a second in all
LOG_BYTES = 5 * 2**20  # a log longer than that is set aside at the next start
CODE = Path(__file__).parents[2]
FOREGROUND = "--foreground"
"""Argument of a resident that systemd or a container looks after."""


class State(BaseModel):
    """What a running resident says about itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pid: int
    api_url: str
    """Address of the server: the one it serves, or the one it works for."""
    created_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Resident:
    """A background process of a home, known by its name: `server` or `worker`."""

    folder: Path
    name: str

    @property
    def state_file(self) -> Path:
        """The file that keeps it alive."""
        return self.folder / f"{self.name}.json"

    @property
    def log_file(self) -> Path:
        """Where its output goes."""
        return self.folder / f"{self.name}.log"

    @property
    def lock_file(self) -> Path:
        """The file that it locks for life."""
        return self.folder / f"{self.name}.lock"

    def state(self) -> State | None:
        """Return what it last said of itself; None without a readable state file.

        It may be the word of a dead process: ask `is_alive`.
        """
        try:
            return State.model_validate_json(self.state_file.read_bytes())
        except (FileNotFoundError, NotADirectoryError, ValidationError):
            return None

    def is_alive(self) -> bool:
        """Tell whether a process holds the lock of this resident."""
        try:
            lock = os.open(self.lock_file, os.O_RDWR)
        except (FileNotFoundError, NotADirectoryError):
            return False
        try:
            return not try_lock(lock, fcntl.LOCK_SH)
        finally:
            os.close(lock)

    def log_tail(self, lines: int = 20) -> str:
        """Return the last lines of its log, for a person who asks why it died."""
        try:
            text = self.log_file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def launch(self, module: str, environment: Mapping[str, str]) -> None:
        """Start `module` in the background, in a session of its own; return at once.

        The module calls `detach` first of all; a second copy then ends by itself.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.log_file.exists() and self.log_file.stat().st_size > LOG_BYTES:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))
        with self.log_file.open("ab") as log:
            subprocess.run(  # noqa: S603 - our own interpreter and our own module
                [sys.executable, "-m", module],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**environment, "PYTHONPATH": _python_path(environment)},
                check=False,
            )

    def stop(self) -> bool:
        """End it: SIGTERM, then SIGKILL to its group. True when there was one to end."""
        if not self.is_alive():
            self.state_file.unlink(missing_ok=True)
            return False
        state = self._announced()
        self.state_file.unlink(missing_ok=True)  # were the signal lost, the leash would end it
        for mortal in (signal.SIGTERM, signal.SIGKILL):
            if state is not None:
                _signal_group(state.pid, mortal)
            if self.wait_for_death(MERCY_SECONDS + LEASH_SECONDS):
                return True
        raise StopFailed(self)

    def _announced(self) -> State | None:
        """Its state, waited for: stopped between its lock and its word, it would live on."""
        deadline = time.monotonic() + MERCY_SECONDS
        while (state := self.state()) is None and self.is_alive():
            if time.monotonic() > deadline:
                return None
            time.sleep(0.02)
        return state

    def wait_for_death(self, seconds: float) -> bool:
        """Wait until the lock is free; False when it is still held after `seconds`."""
        deadline = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


class StopFailed(NewsmillError):
    """A background process survived SIGKILL: it hangs inside the kernel."""

    def __init__(self, resident: Resident) -> None:
        super().__init__(
            f"the {resident.name} of {resident.folder} still holds {resident.lock_file} after "
            f"SIGTERM and SIGKILL; look for its process with `fuser {resident.lock_file}`"
        )


def detach(resident: Resident, *, stay: bool = False) -> None:
    """Turn the calling process into the one resident of its name, or end it.

    To be called before anything heavy is imported or any thread started. The launcher gets its
    prompt back at once: exit code 0, or `ALREADY_RUNNING` when another process is the resident.
    With `stay` the process is the resident itself and keeps its output.
    """
    resident.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(resident.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    if not _claim(lock):
        sys.exit(ALREADY_RUNNING)
    resident.state_file.unlink(missing_ok=True)  # the word of a dead one
    if stay:
        return
    os.setsid()  # before the launcher goes on: a kill of its group must not reach the child
    if os.fork():
        os._exit(0)  # the lock lives on in the child
    os.setsid()  # and the child leads a group of its own, which `stop` can name by its pid


def announce(resident: Resident, api_url: str) -> None:
    """Write the state file and end this process as soon as it is gone."""
    state = State(pid=os.getpid(), api_url=api_url, created_at=datetime.now(UTC))
    write_private(resident.state_file, state.model_dump_json(indent=2))
    threading.Thread(target=_leash, args=(resident,), daemon=True, name="leash").start()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, all of it or nothing."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of `path`, waiting for it; freed at death too."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _leash(resident: Resident) -> None:
    while (state := resident.state()) is not None and state.pid == os.getpid():
        time.sleep(LEASH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(MERCY_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _claim(lock: int) -> bool:
    for _ in range(CLAIM_TRIES):
        if try_lock(lock, fcntl.LOCK_EX):
            return True
        time.sleep(0.05)  # it may only be somebody asking `is_alive`
    return False


def try_lock(lock: int, kind: int) -> bool:
    """Take a lock, shared or exclusive, if that can be done at once."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _signal_group(pid: int, mortal: signal.Signals) -> None:
    send = os.killpg if mortal is signal.SIGKILL else os.kill
    try:
        send(pid, mortal)
    except ProcessLookupError:
        return  # it ended between two looks


def _python_path(environment: Mapping[str, str]) -> str:
    """The resident runs the same checkout as its launcher, whatever is installed."""
    inherited = environment.get("PYTHONPATH")
    return os.pathsep.join([str(CODE), *([inherited] if inherited else [])])
