"""Facts about what is read of a drop and what is left alone."""

import os
from pathlib import Path

import pytest

from articles.model import Reason
from flows.ingest.drop import DropFile, DropMissing, drop_files


def found(drop: Path) -> dict[str, bytes | Reason]:
    return {
        item.origin.removeprefix(f"{drop}/"): item.stream.read()
        if isinstance(item, DropFile)
        else item.reason
        for item in drop_files([drop])
    }


def test_files_are_found_below_folders_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    assert list(found(tmp_path).items()) == [
        ("a.txt", b"a.txt"),
        ("b/10.txt", b"b/10.txt"),
        ("b/2.txt", b"b/2.txt"),
        ("c", b"c"),
    ]


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert found(tmp_path) == {"pipe.txt": Reason.NOT_REGULAR}


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").symlink_to("/etc/passwd")
    (tmp_path / "nowhere.txt").symlink_to("missing")
    (tmp_path / "up").symlink_to(tmp_path.parent, target_is_directory=True)

    assert found(tmp_path) == dict.fromkeys(
        ("nowhere.txt", "outside.txt", "up"), Reason.UNSAFE_TYPE
    )


@pytest.mark.parametrize(
    "name", ["a.txt.part", "a.TMP", ".hidden.txt", "~lock.txt~", "a.txt~", "a.html.crdownload"]
)
def test_a_file_with_an_unfinished_name_is_left_for_later(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("half a sto")

    assert found(tmp_path) == {name: Reason.PARTIAL}


def test_a_name_that_looks_like_a_way_up_is_only_a_name(tmp_path: Path) -> None:
    (tmp_path / "..\\..\\up.txt").write_text("x")

    assert found(tmp_path) == {"..\\..\\up.txt": b"x"}


def test_a_file_that_a_program_is_writing_is_left_for_the_next_run(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("w") as writer:
        writer.write("half a sto")
        writer.flush()
        assert found(tmp_path) == {"a.txt": Reason.PARTIAL}
        writer.write("ry")

    assert found(tmp_path) == {"a.txt": b"half a story"}


def test_a_name_that_is_no_utf8_gets_a_readable_origin(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")

    assert found(tmp_path) == {"caf\\xe9.txt": b"x"}


def test_a_drop_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DropMissing, match="nowhere does not exist"):
        next(drop_files([tmp_path / "nowhere"]))
