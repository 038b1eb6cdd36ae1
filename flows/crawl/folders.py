"""Where do the things of a group of sources lie?"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the things of one group of sources lie."""

    root: Path

    @property
    def frontier(self) -> Path:
        """What the crawls of the group know of every address."""
        return self.root / "frontier.sqlite"

    @property
    def segments(self) -> Path:
        """What was fetched and is not milled yet."""
        return self.root / "segments"

    @property
    def captures(self) -> Path:
        """What was milled: requests and answers as they went over the wire."""
        return self.root / "captures"

    @property
    def log(self) -> Path:
        """What the last crawl's process wrote to its error output."""
        return self.root / "crawl.log"
