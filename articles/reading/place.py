"""Where in a drop do we stand, and what is told from there?

One place makes both documents and refusals, so their origins agree.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from articles.model import MediaType, RawDocument, Reason, Rejection, Stage

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
USERINFO = re.compile(r"(?<=://)[^/?#\s@]{1,500}@")
DETAIL_CHARS = 300  # enough for a person to decide, too little to smuggle a page


class Refused(Exception):
    """Raised inside a stream that cannot go on; `read` turns it into a `Rejection`."""

    def __init__(self, reason: Reason, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.rule, self.detail = reason, rule, detail


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the drop, or a member inside it."""

    origin: str
    """Path as given."""
    member: str | None = None
    """Names inside archives, joined with `!`."""
    depth: int = 0
    """Containers already opened on the way here."""

    @property
    def name(self) -> str:
        """The innermost name, which may hint at the kind."""
        return self.member.rsplit("!", 1)[-1] if self.member else self.origin

    def inside(self, name: str) -> "Place":
        """Return the place of an archive's member."""
        member = f"{self.member}!{shown(name)}" if self.member else shown(name)
        return replace(self, member=member, depth=self.depth + 1)

    def deeper(self) -> "Place":
        """Return the same place one compression further in: `a.txt.gz` has no members."""
        return replace(self, depth=self.depth + 1)

    def document(
        self,
        payload: bytes,
        media_type: MediaType,
        *,
        line: int | None = None,
        byte: int | None = None,
        charset: str | None = None,
        url: str | None = None,
        fetched_at: datetime | None = None,
        member: str | None = None,
        source: str | None = None,
    ) -> RawDocument:
        """Return a document found here; a page with an address has it as its origin."""
        return RawDocument(
            document_id=sha256(payload).hexdigest(),
            payload=payload,
            media_type=media_type,
            origin=url or self._origin(line),
            member=member or self.member,
            line=line,
            byte=byte,
            charset=charset,
            url=url,
            fetched_at=fetched_at,
            source=source,
        )

    def refuse(
        self,
        reason: Reason,
        rule: str,
        detail: str,
        *,
        payload: bytes | None = None,
        line: int | None = None,
        byte: int | None = None,
    ) -> Rejection:
        """Return a refusal of what lies here; `payload` are its bytes where they are known."""
        return Rejection(
            origin=self._origin(line),
            stage=Stage.READ,
            reason=reason,
            rule=rule,
            detail=shown(detail)[:DETAIL_CHARS],
            document_id=None if payload is None else sha256(payload).hexdigest(),
            member=self.member,
            line=line,
            byte=byte if byte is None or byte >= 0 else None,  # a damaged zip pointed at -256
        )

    def _origin(self, line: int | None) -> str:
        whole = shown(self.origin) if self.member is None else f"{shown(self.origin)}!{self.member}"
        return whole if line is None else f"{whole}:{line}"


def shown(text: str) -> str:
    r"""Return text that is safe to print and store: no controls, no passwords in addresses.

    >>> shown("a\x1b[31m ftp://me:secret@host")
    'a\\x1b[31m ftp://host'
    """
    safe = UNPRINTABLE.sub(lambda found: _escaped(found.group()), text)
    return USERINFO.sub("", safe)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
