"""Make up as many news articles as a cost is measured on, with copies and forms among them."""

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import TypedDict

VOCABULARY, PHRASES = 40_000, 20_000
SYLLABLES = [f"{c}{v}{e}" for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s")]
EPOCH = 1_767_225_600  # 2026-01-01
DAY = 86_400


class Row(TypedDict):
    """One article, with what a perfect judge would say of it."""

    id: str
    title: str
    body: str
    publisher: str
    ts: int
    cluster: str
    rel: str


def corpus(count: int, seed: int = 1) -> Iterator[Row]:
    """Yield `count` articles in the order of their days: of ten, two are copies, one is a form.

    Words are as unevenly common as in a language, and a tenth of each text are set phrases.
    Copies are trimmed, framed by a paper's own lines, or edited in some words; they appear within
    two days. Forms repeat their sentences daily with other figures.
    """
    random = Random(seed)
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 3))) for _ in range(VOCABULARY)]
    sums = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    phrases = [" ".join(random.choices(words, cum_weights=sums, k=6)) for _ in range(PHRASES)]
    forms = [" ".join(random.choices(words, cum_weights=sums, k=120)) for _ in range(50)]
    recent: list[Row] = []
    for number in range(count):
        ts = EPOCH + number * DAY // 2_000
        kind = random.random()
        if kind < 0.2 and recent:
            row = _copy(random, random.choice(recent), ts)
        elif kind < 0.3:
            figures = " ".join(str(random.randint(100, 99_999)) for _ in range(40))
            row = _row(number, f"{random.choice(forms)} {figures}", ts, "template")
        else:
            pool = iter(random.choices(words, cum_weights=sums, k=400))
            size = random.randint(60, 400)
            text = " ".join(
                random.choice(phrases) if at % 60 == 59 else next(pool) for at in range(size)
            )
            row = _row(number, text, ts, "orig")
            recent = [*recent[-2_000:], row]
        yield {**row, "id": str(number), "publisher": f"paper{random.randint(0, 400)}"}


def _row(number: int, body: str, ts: int, rel: str) -> Row:
    title = " ".join(body.split()[:6])
    key = str(number)
    return Row(id=key, title=title, body=body, publisher="", ts=ts, cluster=key, rel=rel)


def _copy(random: Random, of: Row, ts: int) -> Row:
    words = of["body"].split()
    how = random.choice(("trim", "boiler", "heavy"))
    if how == "trim":
        words = words[: max(30, int(len(words) * random.uniform(0.5, 0.9)))]
    elif how == "boiler":
        words = ["subscribe", "to", "our", "paper", "now", *words, "all", "rights", "reserved"]
    else:
        for _ in range(len(words) // 40):
            words[random.randrange(len(words))] = "changed"
    body = " ".join(words)
    return Row(**{**of, "title": " ".join(words[:5]), "body": body, "ts": ts, "rel": how})
