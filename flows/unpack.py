"""Unpack once, at setup, what each process would unpack again: `python -m flows.unpack`."""

import tempfile
from pathlib import Path

import numpy as np

from articles.extraction.language_model import TABLES, UNPACKED, packed_tables


def unpack(folder: Path) -> None:
    """Write the language model's tables into `folder`, whole or not at all."""
    if folder.exists():
        return
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        whole = Path(beside) / folder.name
        whole.mkdir()
        for name, table in zip(TABLES, packed_tables(), strict=True):
            np.save(whole / f"{name}.npy", np.asarray(table))
        whole.rename(folder)


if __name__ == "__main__":
    unpack(UNPACKED)
