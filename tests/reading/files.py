"""Small files of every kind, and what becomes of them."""

import io
import tarfile
import zipfile

from articles.model import Rejection
from articles.reading import Limits, read

STORY = b"Rain stops the fair\n\nThe fair in Lund closed early on Monday.\n"
PAGE = b"<!doctype html><title>Rain</title><p>The fair in Lund closed early."
SMALL = Limits(document_bytes=10_000, ratio_floor=20_000, nested_bytes=50_000, members=50)


def outcome(name: str, data: bytes, limits: Limits = SMALL) -> list[tuple[str, str]]:
    """Return (origin, media type or reason) of everything in a file."""
    return [
        (found.origin, found.reason.value if isinstance(found, Rejection) else found.media_type)
        for found in read(name, io.BytesIO(data), limits)
    ]


def zipped(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def tarred(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), kind
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def warc_record(block: bytes, *, kind: str = "response", url: str = "https://n.example/a") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-01T10:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(
    body: bytes, head: str = "Content-Type: text/html; charset=utf-8", code: int = 200
) -> bytes:
    return f"HTTP/1.1 {code} X\r\n{head}\r\n\r\n".encode() + body


GOOD = warc_record(http(PAGE))
