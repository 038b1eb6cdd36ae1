"""What does py3langid know of languages? Its model, read from a copy that need not be unpacked.

The package ships 68 MB of tables packed by LZMA: 0.5 CPU s for every process that asks for a
language first, more than all else that extraction reads. `make setup` leaves the tables beside the
packed ones, from where processes map them together (docs/adr/0171-the-language-model-unpacked.md).
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from py3langid import __version__
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

UNPACKED = MODEL_DIR / f"data/unpacked-{__version__}"
"""The folder that `python -m flows.unpack` makes; another version's copy is not looked at."""
TABLES = ("ptc", "pc", "classes", "nextmove", "row", "output")
"""What `load_model` returns, in that order; each is a file of the copy."""


@cache
def language_model(copy: str = str(UNPACKED)) -> LanguageIdentifier:
    """Return the model, from the unpacked copy where there is one; both say the same."""
    if not (MODEL_DIR / copy).is_dir():
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ptc, pc, classes, nextmove, row, output = (
        np.asarray(np.load(MODEL_DIR / copy / f"{name}.npy", mmap_mode="r")) for name in TABLES
    )
    return LanguageIdentifier(
        ptc, pc, classes.tolist(), nextmove.data, output.tolist(), norm_probs=True,
        tk_row=row.tolist(),
    )  # fmt: skip


def packed_tables() -> Sequence[object]:
    """Return the tables of the model as it ships, in the order of `TABLES`."""
    tables: Sequence[object] = load_model(MODEL_DIR / MODEL_FILE)
    return tables
