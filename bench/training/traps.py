"""What do real dumps hold that public pages do not, and how are they made as nasty?

Clocks, section bars, tickers, breadcrumbs, doubled titles and captions, disclaimers, related
items with later dates, pitches, field labels and link spam are spliced around and into the
lines. Every wording is in one of two halves: training sees one, scoring the other.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bench.training.looks import Line

WORDINGS: dict[str, dict[str, list[str]]] = json.loads(
    Path(__file__).with_name("wordings.json").read_text("utf-8")
)
NAMES = ("Mira Oldham", "Tarek Vessim", "Jonas Pell", "Ana Corvelo", "Ilse Brandau", "K. Morita")
AGENCIES = ("Getty", "Reuters", "AFP", "dpa", "AP", "EPA", "SANA", "Anadolu")
SITES = ("TODAY", "The Harrow", "Kurier", "Nova 24", "Al Sahil", "Vest")
MONTHS = ("January", "February", "März", "avril", "mayo", "June", "Juli", "août", "Sept", "Oct")
DAYS = ("Monday", "Dienstag", "mercredi", "jueves", "Friday", "Samstag", "domingo")
SPAM = ("slot gacor", "casino online", "buy followers", "agen bola", "essay writing", "bonus 200%")


def spoil(
    lines: Sequence[Line],
    title: str,
    headlines: Sequence[str],
    language: str,
    half: int,
    dice: Random,
) -> list[Line]:
    """Return the lines of a dump with traps spliced in; `half` (0 or 1) picks the wordings.

    `headlines` are of other pages: a ticker and the related items are made of them.
    """
    say = _Wordings(language if language in WORDINGS else dice.choice(sorted(WORDINGS)), half, dice)
    body = [at for at, (_, is_body) in enumerate(lines) if is_body]
    if not body:
        return list(lines)
    first, last = body[0], body[-1]
    middle = body[len(body) // 2]
    out: list[str | Line] = [*_header(say, title, headlines, dice), *lines[:first]]
    out += _before(say, title, dice)
    out += lines[first:middle]
    if dice.random() < 0.6:
        out += [dice.choice([say("pitch"), f"{say('related')}: {dice.choice(headlines)}"])]
    out += [*lines[middle : last + 1], *_after(say, headlines, dice), *lines[last + 1 :]]
    spaced = sum(not text.strip() for text, _ in lines) > len(lines) / 4
    return _as_lines(out, spaced=spaced)


class _Wordings:
    """The phrases of one language and one half."""

    def __init__(self, language: str, half: int, dice: Random) -> None:
        self._phrases, self.half, self._dice = WORDINGS[language], half, dice

    def all(self, kind: str) -> list[str]:
        phrases = self._phrases[kind]
        return phrases[self.half :: 2] or phrases

    def __call__(self, kind: str) -> str:
        dice = self._dice
        phrase = dice.choice(self.all(kind))
        return phrase.format(
            name=dice.choice(NAMES[self.half :: 2]),
            agency=dice.choice(AGENCIES[self.half :: 2]),
            site=dice.choice(SITES[self.half :: 2]),
            **_moment(dice),
        )


def _moment(dice: Random) -> dict[str, object]:
    return {
        "weekday": dice.choice(DAYS),
        "month": dice.choice(MONTHS),
        "day": dice.randint(1, 28),
        "m": f"{dice.randint(1, 12):02d}",
        "year": dice.randint(2015, 2026),
        "time": f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}",
    }


def _header(say: _Wordings, title: str, headlines: Sequence[str], dice: Random) -> list[str]:
    out = [say("clock")] if dice.random() < 0.7 else []
    if dice.random() < 0.7:
        glue = dice.choice(["  \xa0 ", " | ", "   ", " \xa0 \xa0 \xa0"])
        out += [glue.join(say.all("menu")), glue.join(say.all("menu")[:3])]
    if dice.random() < 0.6:
        glue = dice.choice([" ", " - ", " • ", " "])
        out.append(dice.choice(["", "- ", "» "]) + glue.join(dice.sample(headlines, 7)))
    if title and dice.random() < 0.5:
        glue = dice.choice([" / ", " > ", " » ", " | "])
        out.append(glue.join([say("home"), dice.choice(say.all("menu")), title]))
    return out


def _before(say: _Wordings, title: str, dice: Random) -> list[str]:
    out = [title] if title and dice.random() < 0.5 else []
    if dice.random() < 0.4:
        moment = _moment(dice)
        out.append(f"{moment['year']}-{moment['m']}-{moment['day']:02} {moment['time']}:00")
    if dice.random() < 0.4:
        out.append(say("disclaimer"))
    if dice.random() < 0.5:
        photo = say("photo")
        out += [photo, photo]
    if dice.random() < 0.4:
        out.append(say("pitch"))
    return out


def _after(say: _Wordings, headlines: Sequence[str], dice: Random) -> list[str]:
    out: list[str] = []
    if dice.random() < 0.3:
        out.append(
            f"{dice.choice(SITES).upper()}{dice.randint(10**12, 10**15)}ID{dice.randint(1, 999)}"
        )
    if dice.random() < 0.6:
        out += [say("notice"), say("disclaimer")]
    if dice.random() < 0.5:
        out.append(say("author"))
    if dice.random() < 0.8:
        out.append(say("related"))
        for headline in dice.sample(headlines, dice.randint(2, 7)):
            moment = _moment(dice)
            day = f"{moment['day']} {moment['month']} {moment['year']}"
            dated = f"{dice.choice(say.all('menu'))} | {day}"
            out += [dated, headline] if dice.random() < 0.6 else [headline]
    if dice.random() < 0.6:
        out += [say("pitch"), say("pitch")]
    if dice.random() < 0.6:
        out += dice.sample(say.all("labels"), min(4, len(say.all("labels"))))
    if dice.random() < 0.4:
        words = " ".join(dice.sample(SPAM[say.half :: 2], 2))
        tail = f"{dice.randint(10, 999)}.ac.id/"
        hosts = " ".join(f"https://www.{dice.choice('abcdefgh')}{tail}" for _ in "ab")
        out += [f"{dice.choice(headlines)} … {hosts}", words]
    return out


def _as_lines(pieces: Sequence[str | Line], *, spaced: bool) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        if isinstance(piece, tuple):
            lines.append(piece)
        else:
            lines.append((piece, False))
            if spaced:
                lines.append(("", False))
    return lines
