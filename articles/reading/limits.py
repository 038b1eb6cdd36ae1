"""How much may one input file ask of us?

Every number is a bound on hostile input with room for honest news; the reason stands beside it.
"""

from dataclasses import dataclass

MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that `read` keeps; sizes in bytes."""

    document_bytes: int = 16 * MEBI
    """One document: a page, a dump, a record. Room for a page with its pictures inlined."""
    expanded_bytes: int = 4 << 30
    """Everything one container unpacks to: four WARC files of the usual 1 GiB."""
    ratio: int = 200
    """Unpacked to packed. Deflate can do 1,032 to 1, and only for what repeats itself."""
    ratio_floor: int = 8 * MEBI
    """The ratio is asked only above this: small files of blanks are no bombs."""
    members: int = 100_000
    """Entries of one archive; each costs about 1 KB of memory in a zip's directory."""
    directory_bytes: int = 8 * MEBI
    """A zip's directory is read whole; 100,000 entries with long names fit."""
    nested_bytes: int = 64 * MEBI
    """A zip inside another container cannot be streamed and is held in memory."""
    depth: int = 4
    """Containers in containers: zip, gzip, tar and gzip in `drop.zip!day.tar.gz!page.html.gz`."""
    json_depth: int = 100
    """Brackets in brackets; Python itself gives up near 1,000."""
    header_bytes: int = 256 * 1024
    """The header of one WARC record or HTTP response; servers stop at 64 KiB."""
    resumes: int = 100
    """How often reading resumes behind a record whose end is a lie; each looks ahead anew."""
