"""What becomes of the segments that a killed crawl left?"""

from pathlib import Path

from archive.segment import SUFFIX
from spiders.capture import UNFINISHED, recover
from spiders.frontier import Frontier


def test_noted_segment_is_delivered_and_one_that_is_not_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    folder.mkdir()
    for name in ("noted", "torn"):
        (folder / f"{name}{SUFFIX}{UNFINISHED}").write_bytes(name.encode())
    (folder / f"whole{SUFFIX}").write_bytes(b"whole")

    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.settle([], segment=(f"noted{SUFFIX}", 3, 1_772_366_400))
        delivered = recover(folder, frontier)

    assert delivered == [folder / f"noted{SUFFIX}"]
    assert sorted(path.name for path in folder.iterdir()) == [f"noted{SUFFIX}", f"whole{SUFFIX}"]
    assert delivered[0].read_bytes() == b"noted"
