"""Which lines that the models held for furniture belong to the article all the same?

Lines are judged one by one with their neighbours; what is missed is told by where it stands: the
entries of a live blog under their times, a short line inside a run of body, the last sentence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from articles.extraction.flags import LIVELY
from articles.extraction.lines import KEPT, SENTENCE_END, Line
from articles.model import BODY_ROLES, Role

CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d\d){1,2}(?: ?(?:[ap]\.?m\.?|uhr|[a-z]{3,4}))?:?")
ASKS = ("?", "？", "؟")
ENTRIES = 3  # kept paragraphs under a bare time of day that make a live blog
ENTRY_WORDS = 8
PARAGRAPH_WORDS = 12
BETWEEN_WORDS = 12
BETWEEN = 0.1
"""The score from which a short line right between two paragraphs of body is part of it."""
LIKELY_INSIDE = 0.3
"""The same for a sentence of any length."""
PIECE_WORDS, TOGETHER = 12, 1
"""Words of a piece of a broken sentence, and blocks from it to the next piece."""
ENDS, CONTINUES = frozenset(".:!?…。"), frozenset(",;:.)”’»!?–")
"""What no sentence goes on behind, and what none begins with."""
REPEATED = 3  # what stands so often between paragraphs heads none: "Advertisement"
SELF_CONTAINED = re.compile(r"[:：] ?\S+(?: \S+){2}")
"""A line that says itself what it announces: "Also read: Falk to leave Nordhaven"."""
NUMBER = re.compile(r"(\d{1,2})[.)]\s+\S")
COUNTED = 2
"""Headings that count on from one another above the next."""
FURNITURE = re.compile(r"\s(?:[/>›»|]|::)\s| {3}|\t|\u3000|[|@]")
DOUBTFUL, DOUBTFUL_HTML = 0.15, 0.4
"""The score from which the sentence below the text is its last; no figure changes with either."""
UNSPACED_DOUBTFUL = 0.08
"""The same for a sentence that 。 ends: no headline has that stop, and the model saw few pages."""
OPENING_LINES = 12  # above the first paragraph: captions and sharing links stand between
LIKELY = 0.2
"""The score from which a sentence there is body: so were 22 of 25 on labelled pages."""
MOST_POINTERS = 4
BEYOND = 0.15
THAI = frozenset(map(chr, range(0x0E00, 0x0E80)))
"""Letters of a script that ends its sentences with a blank or with nothing."""
CLOSING_LINES = 6
"""Short last sentences of an article that look like captions to the model."""


def keep_missed(lines: Sequence[Line], top: int | None, *, dump: bool) -> None:
    """Give the missed lines of the article their roles; `top` is the headline's place.

    Doubtful sentences are taken on a dump only: of HTML the model knows better.
    """
    below = lines[0 if top is None else top + 1 :]
    told = top is not None and LIVELY.search(lines[top].text) is not None
    _entries(below, told=told)
    if dump and top is not None:
        _opening(below)
    if dump:
        _broken(lines)
    _between(lines, likely=LIKELY_INSIDE if dump else KEPT)
    _numbered(lines)
    _closing(lines, DOUBTFUL if dump else DOUBTFUL_HTML)
    if dump:
        _beyond_pointers(lines)


def _entries(lines: Sequence[Line], *, told: bool) -> None:
    """Keep all entries of a live blog: a time of day on a line of its own, and prose below it.

    A headline may stand between the two. The models must hold half of them for body, or one where
    the page's headline has told: a box of the latest news has times, headlines and teasers too.
    """
    times = [
        at
        for at, line in enumerate(lines)
        if line.weight <= 4
        and line.role in (None, Role.DATE)
        and CLOCK.fullmatch(line.lower.strip())
    ]
    entries = [entry for at in times if (entry := _entry(lines[at : at + 3]))]
    kept = sum(is_kept(entry[-1]) for entry in entries)
    if len(entries) < ENTRIES or kept < (1 if told else max(2, len(entries) / 2)):
        return
    for *heads, prose in entries:
        for line in heads:
            line.role = Role.SUBHEADING
        prose.role = prose.role or Role.BODY


def _entry(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the time, the headline if one follows, and the prose; nothing where none does."""
    for size, line in enumerate(lines[1:], 2):
        if line.role is not None:
            break
        if line.weight >= ENTRY_WORDS and line.ends_sentence:
            return lines[:size]
    return ()


def _broken(lines: Sequence[Line]) -> None:
    """Keep all of a sentence that a converter cut at its links, a line for each piece.

    A kept line in small letters goes on with a sentence: what it began with stands right above.
    """
    for line, below in zip(lines[-2::-1], lines[:0:-1], strict=True):
        piece = line.role is None and line.score < KEPT and line.weight <= PIECE_WORDS
        if not piece or below.block - line.block > TOGETHER or not goes_on(below):
            continue
        if (is_kept(below) or below.role is Role.BODY) and line.text[-1] not in ENDS:
            line.role = None if line.ends_sentence else Role.BODY


def _between(lines: Sequence[Line], likely: float) -> None:
    """Keep the file number, the one-line quotation, the subheading between two paragraphs."""
    times = Counter(line.key for line in lines if line.weight <= BETWEEN_WORDS)
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line.role is not None or not BETWEEN <= line.score < KEPT:
            continue
        inside = all(map(is_kept, (above, below)))
        if not line.text.endswith(ASKS):
            inside = inside and min(above.weight, below.weight) >= PARAGRAPH_WORDS
        short = line.weight <= BETWEEN_WORDS and not FURNITURE.search(line.text)
        short = short and times[line.key] < REPEATED
        if inside and (short or (line.score >= likely and _closes(line))):
            line.role = Role.BODY if line.ends_sentence else Role.SUBHEADING


def _opening(lines: Sequence[Line]) -> None:
    """Keep the doubtful sentences between the headline and the text: they open the article."""
    first = next((at for at, line in enumerate(lines) if is_kept(line)), 0)
    for line in lines[max(0, first - OPENING_LINES) : first]:
        if line.role is None and line.score >= LIKELY and line.weight >= ENTRY_WORDS:
            line.role = Role.BODY if _closes(line) else None


def _numbered(lines: Sequence[Line]) -> None:
    """Keep the headings "5. Aysgarth Falls" that go on where those above them stop counting."""
    counted = [(at, int(m[1])) for at, line in enumerate(lines) if (m := NUMBER.match(line.text))]
    run = 0
    for (above, before), (at, number) in pairwise(counted):
        run = run + 1 if abs(number - before) == 1 and _is_in_text(lines[above]) else 0
        if run < COUNTED:
            continue
        if lines[at].role is None and lines[at].score >= BETWEEN:
            lines[at].role = Role.SUBHEADING
        for below in lines[at + 1 : at + 2]:
            if below.role is None and below.score >= BEYOND and _is_sentence(below):
                below.role = Role.BODY


def _is_in_text(line: Line) -> bool:
    return is_kept(line) or line.role in BODY_ROLES


def _closing(lines: Sequence[Line], doubtful: float) -> None:
    """Keep the doubtful sentences that follow the article's last paragraph without a break."""
    kept = [at for at, line in enumerate(lines) if _is_in_text(line)]
    last = kept[-1] if kept else len(lines)
    asked = bool(kept) and lines[last].text.endswith(ASKS)
    for line in lines[last + 1 : last + 1 + CLOSING_LINES]:
        least = UNSPACED_DOUBTFUL if line.text.endswith("。") or asked else doubtful
        ends = line.ends_sentence or (line.text[-1] in THAI and line.weight >= PARAGRAPH_WORDS)
        if line.role is not None or line.score < least or not ends:
            return
        if line.weight < 3 and not line.text.endswith(ASKS):
            return
        line.role = Role.BODY
        asked = line.text.endswith(ASKS)  # what follows a question is its answer


def _beyond_pointers(lines: Sequence[Line]) -> None:
    """Keep the sentences that go on below a pointer such as "Also read: Falk leaves".

    A heading of a list is none: what it announces stands on the lines below it.
    """
    kept = [at for at, line in enumerate(lines) if _is_in_text(line)]
    pointers = 0
    for line in lines[kept[-1] + 1 if kept else len(lines) :]:
        if _points(line):
            pointers += 1
        elif pointers and line.role is None and line.score >= BEYOND and _is_sentence(line):
            line.role = Role.BODY
        else:
            return
        if pointers > MOST_POINTERS:
            return


def _points(line: Line) -> bool:
    """Tell a line between paragraphs that says itself what it points to, or offers something."""
    if line.role is Role.RELATED:
        return SELF_CONTAINED.search(line.text) is not None
    return line.role in (Role.CALL_TO_ACTION, Role.NAV) and line.weight <= BETWEEN_WORDS


def _is_sentence(line: Line) -> bool:
    return line.weight >= ENTRY_WORDS and line.ends_sentence


def goes_on(line: Line) -> bool:
    """Tell whether a line goes on with the sentence of the line above."""
    return line.text[0].islower() or line.text[0] in CONTINUES


def is_kept(line: Line) -> bool:
    """Say whether the models hold a line for body and no rule has spoken."""
    return line.role is None and line.score >= KEPT


def _closes(line: Line) -> bool:
    """Say whether nothing follows the last sentence of a line, no credit or name."""
    return SENTENCE_END.search(line.text[-5:]) is not None
