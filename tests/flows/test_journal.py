import json
from pathlib import Path

import pytest

from flows.journal import JOURNAL, journal


def lines(folder: Path) -> list[dict[str, str]]:
    [file] = folder.iterdir()
    return [json.loads(line) for line in file.read_text("ascii").splitlines()]


def test_line_bears_run_batch_and_document(tmp_path: Path) -> None:
    with journal(tmp_path, "r1", "f1"):
        JOURNAL.warning("refused", extra={"batch": "b1", "document": "d1", "reason": "empty"})

    [line] = lines(tmp_path)
    assert line | {"time": ""} == {
        "time": "",
        "level": "warning",
        "run": "r1",
        "flow_run": "f1",
        "batch": "b1",
        "document": "d1",
        "reason": "empty",
        "message": "refused",
    }


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param('a"}\n{"level": "info"}', id="second-line"),
        pytest.param("\x1b[2Jgone\x00", id="escape-sequence"),
        pytest.param("evil\u202egpj.exe\u2028", id="bidi-and-line-separator"),
        pytest.param("\ud800", id="lone-surrogate"),
    ],
)
def test_hostile_text_stays_one_line_of_plain_ascii(tmp_path: Path, hostile: str) -> None:
    with journal(tmp_path, "r1", None):
        JOURNAL.warning("%s", hostile, extra={"origin": hostile})

    [line] = lines(tmp_path)
    assert (line["message"], line["origin"]) == (hostile, hostile)
    [file] = tmp_path.iterdir()
    assert file.read_bytes().rstrip(b"\n").isascii()
    assert all(byte >= 0x20 for byte in file.read_bytes().rstrip(b"\n"))


def test_run_that_fails_says_so_in_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(KeyError), journal(tmp_path, "r1", "f1"):
        raise KeyError("gone")

    assert lines(tmp_path)[-1]["message"] == "the run failed: KeyError: 'gone'"


def test_nothing_is_written_after_the_run(tmp_path: Path) -> None:
    with journal(tmp_path, "r1", "f1"):
        JOURNAL.info("during")

    JOURNAL.info("after")

    assert [line["message"] for line in lines(tmp_path)] == ["during"]
