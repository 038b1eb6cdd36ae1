"""The archive: raw bytes on disk as WARC segments, from which everything can be made again."""

from archive.segment import (
    ArchiveDamaged,
    Place,
    read_document,
    read_segment,
    segments,
    write_segment,
)

__all__ = [
    "ArchiveDamaged",
    "Place",
    "read_document",
    "read_segment",
    "segments",
    "write_segment",
]
