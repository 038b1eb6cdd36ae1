"""How are many documents extracted at once, so that a bad one harms none of the others?

Extraction runs in child processes under limits of CPU and memory. Documents travel in chunks;
a chunk whose process dies or fails is done again one document at a time, so only the document at
fault is refused. The CPU limit is the kernel's (`RLIMIT_CPU`): it also ends code that never
returns to Python, and unlike a clock it does not punish a document for a busy machine.
"""

import math
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as WallTimeout
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.context import ForkProcess, ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ClassVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articles.model import NO_TEMPLATES, Article, RawDocument, Reason, Rejection, Stage, Templates

Outcome = Article | Rejection
Extractor = Callable[[Sequence[RawDocument]], list[Outcome]]
PRELOADED = ["articles.extraction", "flows.ingest.preload"]
"""Modules that the process has imported which the children are forked from."""
_known: list[Templates] = []
"""What this process was begun with, if it is one of a pool."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What one document may cost."""

    cpu_seconds: int = 10
    memory_bytes: int = 512 * 2**20
    """Above what the process holds before it sees a document."""
    wall_seconds: float = 120.0
    """For a process that sleeps or swaps instead of computing."""
    chunk_documents: int = 32
    """So that the model judges the blocks of many documents in one call."""
    chunk_bytes: int = 4 * 2**20


def extracted(
    documents: Iterable[RawDocument],
    workers: int,
    limits: PoolLimits | None = None,
    extractor: Extractor | None = None,
    templates: Templates = NO_TEMPLATES,
) -> Iterator[Outcome]:
    """Yield the article or the refusal of each document, in the order given.

    Streams: at most a few chunks per worker are in memory. `workers` is the number of child
    processes. A document over its limits comes back as a `Rejection` with reason `timeout` or
    `too_large`. `extractor` stands in for the product's own in tests of the limits. `templates`
    go to each process once.
    """
    limits = limits or PoolLimits()
    context = _context()
    if _has_no_threads():
        for module in PRELOADED:
            import_module(module)
    with ProcessPool(
        workers, context=context, initializer=_begin, initargs=[limits, templates]
    ) as pool:
        waiting: deque[tuple[list[RawDocument], ProcessFuture[list[Outcome]]]] = deque()
        for chunk in _chunks(documents, limits):
            waiting.append((chunk, _start(pool, chunk, limits, extractor)))
            if len(waiting) > 2 * workers:
                yield from _finish(pool, *waiting.popleft(), limits, extractor)
        while waiting:
            yield from _finish(pool, *waiting.popleft(), limits, extractor)


def warm_up() -> None:
    """Start the process that the pools are forked from: it imports the extraction meanwhile."""
    _context()
    forkserver.ensure_running()


def _child(**how: Any) -> BaseProcess:
    """Return a process forked from this one while it has no threads, else from the server.

    A fork copies every lock, also one that a thread holds, but not the thread. The pool starts
    threads once it has its children: what replaces one that died comes from the server.
    """
    return ForkProcess(**how) if _has_no_threads() else ForkServerProcess(**how)


class _Context(ForkServerContext):
    Process: ClassVar[Any] = staticmethod(_child)


def _context() -> ForkServerContext:
    context = _Context()
    context.set_forkserver_preload(PRELOADED)
    return context


def _has_no_threads() -> bool:
    return threading.active_count() == 1


def _chunks(documents: Iterable[RawDocument], limits: PoolLimits) -> Iterator[list[RawDocument]]:
    chunk: list[RawDocument] = []
    size = 0
    for document in documents:
        if chunk and (
            len(chunk) == limits.chunk_documents
            or size + len(document.payload) > limits.chunk_bytes
        ):
            yield chunk
            chunk, size = [], 0
        chunk.append(document)
        size += len(document.payload)
    if chunk:
        yield chunk


def _start(
    pool: ProcessPool,
    chunk: list[RawDocument],
    limits: PoolLimits,
    extractor: Extractor | None,
) -> ProcessFuture[list[Outcome]]:
    return pool.schedule(
        _extract_limited, args=[chunk, limits.cpu_seconds, extractor], timeout=limits.wall_seconds
    )


def _finish(
    pool: ProcessPool,
    chunk: list[RawDocument],
    future: ProcessFuture[list[Outcome]],
    limits: PoolLimits,
    extractor: Extractor | None,
) -> Iterator[Outcome]:
    error = future.exception()
    if error is None:
        yield from future.result()
    elif len(chunk) == 1:
        yield _refusal(chunk[0], error, limits)
    else:
        for document in chunk:
            alone = _start(pool, [document], limits, extractor)
            yield from _finish(pool, [document], alone, limits, extractor)


def _refusal(document: RawDocument, error: BaseException, limits: PoolLimits) -> Rejection:
    match error:
        case WallTimeout():
            reason, rule = Reason.TIMEOUT, "wall_seconds"
            detail = f"extraction took over {limits.wall_seconds:.0f} s"
        case ProcessExpired(exitcode=code) if code == -signal.SIGXCPU:
            reason, rule = Reason.TIMEOUT, "cpu_seconds"
            detail = f"extraction took over {limits.cpu_seconds} CPU seconds"
        case MemoryError():
            reason, rule = Reason.TOO_LARGE, "memory_bytes"
            detail = f"extraction wanted over {limits.memory_bytes // 2**20} MiB"
        case ProcessExpired(exitcode=code):
            reason, rule = Reason.TOO_LARGE, "extractor_died"
            detail = (
                f"the extraction process ended with exit code {code}, mostly from want of memory"
            )
        case _:
            reason, rule = Reason.MALFORMED, "extractor_failed"
            detail = f"the extractor failed on it: {type(error).__name__}: {error}"[:500]
    return Rejection(
        document_id=document.document_id,
        origin=document.origin,
        member=document.member,
        line=document.line,
        byte=document.byte,
        stage=Stage.EXTRACT,
        reason=reason,
        rule=rule,
        detail=detail,
    )


def _begin(limits: PoolLimits, templates: Templates) -> None:
    _known.append(templates)
    _limit_memory(limits)


def _limit_memory(limits: PoolLimits) -> None:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    used = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    allowed = used * 1024 + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


def _extract_limited(
    chunk: list[RawDocument], cpu_seconds: int, extractor: Extractor | None
) -> list[Outcome]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    deadline = math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (deadline, hard))
    try:
        return (extractor or _product())(chunk)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, hard))


def _product() -> Extractor:
    from articles.extraction import extract

    return partial(extract, templates=_known[-1])
