"""What comes out of archives, and what of damaged or nested ones."""

import gzip
import io
import tarfile
import zipfile

import pytest

from articles.model import Rejection
from articles.reading import read
from tests.reading.files import PAGE, STORY, outcome, tarred, zipped


def test_members_are_named_and_nesting_ends() -> None:
    inner = zipped(("b.html", PAGE), ("dir/", b""), ("../c.txt", STORY))
    nested = STORY
    for _ in range(6):
        nested = zipped(("n.zip", nested))

    assert outcome("a.zip", zipped(("in.zip", inner), ("bad.txt", b"\x7fELF"))) == [
        ("a.zip!in.zip!b.html", "text/html"),
        ("a.zip!in.zip!../c.txt", "text/plain"),
        ("a.zip!bad.txt", "binary"),
    ]
    assert outcome("n.zip", nested) == [("n.zip!n.zip!n.zip!n.zip!n.zip", "too_deep")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_tar_streams_and_links_are_refused(pack: type[bytes]) -> None:
    sound = tarred(("a" * 200 + ".txt", STORY))[:-1024] + tarred(("é.html", PAGE))[: -10240 + 2048]
    links = tarred(("ln", b""), kind=tarfile.SYMTYPE)

    assert outcome("a.tar", pack(sound + links)) == [
        ("a.tar!" + "a" * 200 + ".txt", "text/plain"),
        ("a.tar!é.html", "text/html"),
        ("a.tar!ln", "unsafe_type"),
    ]


def test_broken_tar_header_hides_no_later_member() -> None:
    broken = bytearray(tarred(("a.txt", STORY), ("b.txt", STORY + b"b"), ("c.txt", STORY + b"c")))
    broken[1024 + 3] ^= 0xFF

    assert outcome("a.tar", bytes(broken)) == [
        ("a.tar!a.txt", "text/plain"),
        ("a.tar", "malformed_archive"),
        ("a.tar!c.txt", "text/plain"),
    ]


def test_zip_whose_directory_points_before_the_file_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "Rates rise. " * 20)
    damaged = bytearray(whole.getvalue())
    end = damaged.rfind(b"PK\x05\x06")
    start = int.from_bytes(damaged[end + 16 : end + 20], "little")
    damaged[end + 16 : end + 20] = (start + 256).to_bytes(4, "little")

    [refused] = read("drop/a.zip", io.BytesIO(bytes(damaged)))

    assert isinstance(refused, Rejection)
    assert refused.byte is None
