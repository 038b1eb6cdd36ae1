"""Facts about extracting many documents side by side."""

import faulthandler
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from articles.model import Article, MediaType, RawDocument, Reason, Rejection, Stage
from flows.ingest.pool import PoolLimits, extracted

pytestmark = pytest.mark.slow  # waits for the limits of child processes

ROOT = Path(__file__).parents[3]
LIMITS = PoolLimits(cpu_seconds=1, memory_bytes=128 * 2**20, wall_seconds=8, chunk_documents=4)


def document(text: str) -> RawDocument:
    payload = text.encode()
    return RawDocument(
        document_id=hashlib.sha256(payload).hexdigest(),
        payload=payload,
        media_type=MediaType.TEXT,
        origin=f"drop/{text}.txt",
    )


def behave(documents: Sequence[RawDocument]) -> list[Article | Rejection]:
    """Stand in for the extractor: each document says what it makes the extractor do."""
    return [_one(document) for document in documents]


def _one(document: RawDocument) -> Rejection:
    match document.payload.decode().split()[0]:
        case "loop":
            while True:
                pass
        case "work":
            until = time.process_time() + 0.5
            while time.process_time() < until:
                pass
        case "hog":
            bytearray(512 * 2**20)
        case "die":
            faulthandler.disable()
            os.kill(os.getpid(), signal.SIGSEGV)
        case "fail":
            raise ValueError("no such month")
    return Rejection(
        origin=document.origin,
        stage=Stage.EXTRACT,
        reason=Reason.NO_ARTICLE,
        detail="",
        rule="toy",
    )


@pytest.mark.parametrize(
    ("bad", "reason", "rule"),
    [
        pytest.param("loop", Reason.TIMEOUT, "cpu_seconds", id="never-ends"),
        pytest.param("hog", Reason.TOO_LARGE, "memory_bytes", id="wants-too-much-memory"),
        pytest.param("die", Reason.TOO_LARGE, "extractor_died", id="kills-the-process"),
        pytest.param("fail", Reason.MALFORMED, "extractor_failed", id="meets-a-bug"),
    ],
)
def test_a_document_that_breaks_the_extractor_is_refused_alone(
    bad: str, reason: Reason, rule: str
) -> None:
    texts = ["fine 0", "fine 1", bad, "fine 2", "fine 3", "fine 4"]

    patient = replace(LIMITS, wall_seconds=60)  # on a busy machine a second of CPU takes many

    outcomes = list(extracted(map(document, texts), workers=2, limits=patient, extractor=behave))

    assert [(o.origin, o.rule) for o in outcomes if isinstance(o, Rejection)] == [
        (f"drop/{text}.txt", rule if text == bad else "toy") for text in texts
    ]
    assert [o.reason for o in outcomes if isinstance(o, Rejection) and o.rule == rule] == [reason]


def test_the_order_of_the_documents_is_kept() -> None:
    texts = [f"fine {n}" for n in range(40)]

    outcomes = list(extracted(map(document, texts), workers=2, limits=LIMITS, extractor=behave))

    assert [o.origin for o in outcomes if isinstance(o, Rejection)] == [
        f"drop/{text}.txt" for text in texts
    ]


CALLER = """
import resource
from tests.flows.ingest.test_pool import LIMITS, behave, document
from flows.ingest.pool import extracted

list(extracted([document("work")], workers=1, limits=LIMITS, extractor=behave))
print(sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]))
"""


def test_a_caller_without_threads_is_charged_for_what_its_children_spend() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLER], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert float(done.stdout) >= 0.5
