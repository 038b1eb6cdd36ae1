"""What do a learned model's trees say of each row?

LightGBM's shared library is called directly: importing its Python package pulls in pandas and
scipy, 0.85 CPU s in every worker, against 0.01 s so (docs/adr/0020-lightgbm-by-its-c-api.md).
"""

import ctypes
from functools import cache
from importlib.util import find_spec

import numpy as np

from articles.extraction.textfeatures import Matrix
from articles.extraction.tokens import Floats

LIBRARIES = ("lib/lib_lightgbm.so", "lib/lib_lightgbm.dylib", "bin/lib_lightgbm.dll")
_FLOAT32, _ROW_MAJOR, _PROBABILITY = 0, 1, 0


class LightGbmMissingError(RuntimeError):
    """The lightgbm package is not installed, or ships no library for this machine."""


class ModelBrokenError(RuntimeError):
    """LightGBM refused a model or a matrix; the message is its own."""


class Booster:
    """A LightGBM model read from its text form; predicts on one thread."""

    def __init__(self, model: str) -> None:
        self._library = _library()
        self._handle = ctypes.c_void_p()
        trees = ctypes.c_int()
        self._call(
            "LGBM_BoosterLoadModelFromString",
            ctypes.c_char_p(model.encode("utf-8")),
            ctypes.byref(trees),
            ctypes.byref(self._handle),
        )
        columns = ctypes.c_int()
        self._call("LGBM_BoosterGetNumFeature", self._handle, ctypes.byref(columns))
        self.columns = columns.value

    def predict(self, rows: Matrix) -> Floats:
        """Return the chance, 0 to 1, of each row; raises `ModelBrokenError` for a wrong width."""
        if rows.ndim != 2 or rows.shape[1] != self.columns:
            raise ModelBrokenError(f"the model has {self.columns} columns, the rows {rows.shape}")
        rows = np.ascontiguousarray(rows, np.float32)
        chances = np.zeros(len(rows), np.float64)
        written = ctypes.c_int64()
        if len(rows):
            self._call(
                "LGBM_BoosterPredictForMat",
                self._handle,
                rows.ctypes.data_as(ctypes.c_void_p),
                ctypes.c_int(_FLOAT32),
                ctypes.c_int32(len(rows)),
                ctypes.c_int32(self.columns),
                ctypes.c_int(_ROW_MAJOR),
                ctypes.c_int(_PROBABILITY),
                ctypes.c_int(0),
                ctypes.c_int(-1),
                ctypes.c_char_p(b"num_threads=1"),
                ctypes.byref(written),
                chances.ctypes.data_as(ctypes.POINTER(ctypes.c_double)),
            )
        return chances

    def _call(self, name: str, *arguments: object) -> None:
        if getattr(self._library, name)(*arguments):
            told = ctypes.string_at(self._library.LGBM_GetLastError())
            raise ModelBrokenError(f"{name}: {told.decode('utf-8', 'replace')}")


@cache
def _library() -> ctypes.CDLL:
    spec = find_spec("lightgbm")
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    for path in [f"{folder}/{name}" for folder in folders for name in LIBRARIES]:
        try:
            library = ctypes.CDLL(path)
        except OSError:  # the other systems' names
            continue
        library.LGBM_GetLastError.restype = ctypes.c_void_p
        return library
    raise LightGbmMissingError(f"no LightGBM library in {folders}; install the locked requirements")
