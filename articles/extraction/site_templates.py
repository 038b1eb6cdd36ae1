"""Which lines of a page does its source print under its other stories too?

Such a line reads like the article to any model that sees one page: a pitch, an author's credo, a
house's notice. What a source repeats is learned from its stories (`template_lines.py`) and handed
in as data, so extraction stays a pure function of the page, the code and the templates.
"""

import re
from collections.abc import Sequence

from articles.identity.normalise import normalised
from articles.model import BODY_ROLES, Block, Evidence, Role

LONGEST = 600
"""Characters of a line that may be a template's; a longer one is a paragraph."""
TOLD = 12
"""Lines left out of a document that its evidence tells of."""
_NUMBER = re.compile(r"\d+")


def line_key(line: str) -> str:
    """Return what two prints of a template's line share, or "" for a line that can be none.

    >>> line_key("3  comments – Join in!") == line_key("27 comments - join in!")
    True
    """
    return _NUMBER.sub("0", normalised(line)) if len(line) <= LONGEST else ""


def without_template(
    blocks: Sequence[Block], roles: tuple[Role, ...], lines: frozenset[str]
) -> tuple[tuple[Role, ...], list[Block]]:
    """Return the roles with the template's lines out of the body, and the blocks left out."""
    if not lines:
        return roles, []
    pairs = zip(blocks, roles, strict=True)
    out = [b for b, role in pairs if role in BODY_ROLES and line_key(b.text) in lines]
    if not out:
        return roles, []
    places = {block.index for block in out}
    kept = tuple(Role.OTHER if at in places else role for at, role in enumerate(roles))
    return kept, out


def template_evidence(out: Sequence[Block], version: int) -> list[Evidence]:
    """Return what tells of the blocks left out, and which version of the templates knew them."""
    return [
        Evidence(
            field="body",
            value=" ".join(block.text.split())[:500],
            chosen=False,
            stated=True,
            rule=f"site_template_{version}",
            block=block.index,
        )
        for block in out[:TOLD]
    ]
