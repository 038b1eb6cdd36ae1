"""Which code reads the pages today? Its digest, so that no replay mixes two readings."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@cache
def code_digest() -> str:
    """Return 16 hex digits that change with any file of `articles`, models and word lists too."""
    digest = hashlib.sha256()
    for name, file in sorted(_files(resources.files("articles"), "")):
        digest.update(f"{name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def reading_digest(templates: int) -> str:
    """Return what changes with the code or with the version of the templates it reads by."""
    return f"{code_digest()}-t{templates}" if templates else code_digest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            if each.name != "__pycache__":
                yield from _files(each, f"{path}{each.name}/")
        else:
            yield path + each.name, each
