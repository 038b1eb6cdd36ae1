"""A made-up paper: stories of its own, lines that it repeats, and a sentence that it quotes often.

Everything follows from a seed. Each page knows which of its lines are the story's.
"""

import random
from dataclasses import dataclass
from hashlib import sha256

from articles.model import MediaType, RawDocument

DOMAIN = "valepost.example"
CREDO = (
    "The Vale Post has told the stories of this valley since 1891, and the readers who pay for it"
    " keep it free of owners."
)
LETTER = "More than {0},000 neighbours read our letter each morning before the first bus leaves."
CHECKED = "Two editors checked this report before it was printed, and both will answer your mail."
SERIES = "This story is part of our spring series, which a fund of former readers helps to pay for."
QUOTATION = (
    "“The dam will hold, and nobody has to leave the valley below it,” the engineer Oda Fenn told"
    " the council in March."
)
BACKGROUND = (
    "The dam was built in 1931 by the county, and its crest was raised twice after great floods."
)
REPEATED = {CREDO: 1.0, LETTER: 0.6, CHECKED: 0.35, SERIES: 0.08}
"""Line -> share of the pages that carry it."""
QUOTED = 0.25
"""Share of the pages that are about the dam, quote its engineer and end with its history."""
_PLACES = (
    "Ottermere",
    "Hallow Ford",
    "Brindle",
    "Saxby Hill",
    "Fennside",
    "Low Tarn",
    "Marlow End",
)
_WHO = (
    "the choir",
    "a baker",
    "the ferry crew",
    "the school",
    "a farmer",
    "the clinic",
    "a printer",
)
_WHAT = (
    "repaired the roof of the old corn exchange", "planted four hundred pear trees by the canal",
    "opened a workshop for clocks and barometers", "counted the swallows under the iron bridge",
    "bought a tractor that runs on rape oil", "printed a songbook from the year of the flood",
    "found a cellar with the ledgers of a weaver", "won the regatta with a borrowed rudder",
    "closed the lane while the gas pipe is laid", "taught forty children to mend their bicycles",
)  # fmt: skip
_WHY = (
    "because the county had waited for it since the war", "after a vote that went on all night",
    "with money that a quarry owner had left in her will", "although the rain had not stopped",
    "and says that the next winter will show whether it was worth it",
)  # fmt: skip
_DAM = (
    "The dam above {0} was looked at again this week, and its engineer came to the council.",
    "Water stood a hand below the crest of the dam, the council of {0} was told.",
    "A crack in the dam at {0} is filled with resin, and the council will pay the engineer.",
)


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page of the paper."""

    document: RawDocument
    story: tuple[str, ...]
    """The lines that are its story."""
    quotes: bool
    """Whether it carries the quotation and the background."""


def made_pages(count: int, seed: int = 7) -> list[MadePage]:
    """Return the first pages of the paper; more pages begin with the same ones."""
    dice = random.Random(seed)
    return [_page(dice, number) for number in range(count)]


def _page(dice: random.Random, number: int) -> MadePage:
    place, quotes = dice.choice(_PLACES), dice.random() < QUOTED
    story = [_sentence(dice, place, number) for _ in range(dice.randint(4, 7))]
    if quotes:
        story[0] = dice.choice(_DAM).format(place)
        story.insert(dice.choice((2, len(story))), QUOTATION)
        story.append(BACKGROUND)  # where a source's own lines stand, too
    shown = list(story)
    carried = {line: dice.random() < share for line, share in REPEATED.items()}
    if carried[LETTER]:
        shown.insert(dice.randint(1, len(shown) - 1), LETTER.format(dice.randint(2, 9)))
    shown = [*([CHECKED] if carried[CHECKED] else []), *shown]
    shown += [line for line in (SERIES, CREDO) if carried[line]]
    title = f"{dice.choice(_WHO).capitalize()} of {place} and the year {1900 + number}"
    payload = _html(title, shown).encode()
    document = RawDocument(
        document_id=sha256(payload).hexdigest(),
        payload=payload,
        media_type=MediaType.HTML,
        origin=f"https://{DOMAIN}/{number}",
        url=f"https://{DOMAIN}/{number}",
    )
    return MadePage(document, tuple(story), quotes)


def _sentence(dice: random.Random, place: str, number: int) -> str:
    who, what, why = dice.choice(_WHO), dice.choice(_WHAT), dice.choice(_WHY)
    return (
        f"In {place} {who} {what} {why}, as house number {dice.randint(1, 999)} and"
        f" {dice.randint(2, 60)} others in its street could tell you on day {number} of the year."
    )


def _html(title: str, lines: list[str]) -> str:
    menu = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather")
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html lang=en><head><title>{title} | Vale Post</title></head><body><nav><ul>{menu}</ul>"
        f"</nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
