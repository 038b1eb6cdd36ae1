"""Under which names do registries let others register theirs? `co.uk`, `com`, `рф`.

The public suffix list is the snapshot that tldextract carries, its part for registries. The package
itself is not imported: with what it needs to fetch newer lists it costs 0.1 CPU s in every process.
"""

import re
from functools import cache
from importlib.util import find_spec

import idna

_SNAPSHOT = ".tld_set_snapshot"
_PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="
_RULE = re.compile(r"^[.*!]*\w\S*", re.MULTILINE)


def registrable(host: str) -> str | None:
    """Return the suffix of a host name and the label before it, or None if it has not both.

    A suffix that is not in the list counts as one label, which is the list's own default rule.

    >>> registrable("news.post.co.uk"), registrable("co.uk"), registrable("news.post.example")
    ('post.co.uk', None, 'post.example')
    """
    labels = host.split(".")
    start = _suffix_start(labels)
    if start is None:  # a name with an unknown suffix, or 192.0.2.7
        return ".".join(labels[-2:]) if len(labels) > 1 and not labels[-1].isdigit() else None
    return ".".join(labels[start - 1 :]) if start > 0 else None


def _suffix_start(labels: list[str]) -> int | None:
    """Return the place of the suffix's first label, or None where no rule of the list applies."""
    rules, endings = _rules()
    found, below = None, ""
    for at in range(len(labels) - 1, -1, -1):
        label = _decoded(labels[at])
        name = f"{label}.{below}" if below else label
        if name not in endings:
            if f"*.{below}" in rules:
                return at + 1 if f"!{name}" in rules else at
            break
        found = at if name in rules else found
        below = name
    return found


def _decoded(label: str) -> str:
    if label.startswith("xn--"):
        try:
            return idna.decode(label)
        except (UnicodeError, IndexError):  # "xn--" alone, or what no one encoded
            return label
    return label


@cache
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules, and with them every ending of one; read once a process."""
    spec = find_spec("tldextract")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("tldextract is not installed; it carries the public suffix list")
    path = spec.origin.replace("__init__.py", _SNAPSHOT)
    with open(path, encoding="utf-8") as lines:  # noqa: PTH123 - no paths on this floor
        rules = frozenset(_RULE.findall(lines.read().partition(_PRIVATE)[0]))
    endings = set[str]()
    for rule in rules:
        labels = rule.split(".")
        endings.update(".".join(labels[at:]) for at in range(len(labels)))
    return rules, frozenset(endings)
