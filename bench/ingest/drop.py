"""A drop of made-up text dumps, as large as one likes and always the same."""

import random
from pathlib import Path

VOCABULARY = """
council harbour vote levy river bank flood school train ministry budget report market price worker
union strike court judge appeal evidence hospital doctor storm coast island ferry road bridge
engineer plan money city mayor police officer fire house family child teacher student game season
goal coach team film music museum history science water energy power plant farm food crop trade
export tax law reform party election voter minister parliament after before because while nobody
everyone again still never often almost against between during under
"""
WORDS = VOCABULARY.split()
SECTIONS = ("Home | News | Sport | Weather", "Menu  World  Business  Culture  Letters")
ENDS = ("Subscribe to our newsletter", "Follow us on all channels", "No comments yet")


def write_drop(folder: Path, documents: int) -> None:
    """Write `documents` text dumps of about 3 kB and 45 lines below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        (folder / f"{number:06d}.txt").write_text(dump(number), "utf-8")


def dump(number: int) -> str:
    """Return one dump: menu, headline, date, paragraphs with blank lines, related stories."""
    dice = random.Random(number)
    topic = dice.sample(WORDS[:60], 6)
    title = f"{topic[0].capitalize()} {' '.join(topic[1:])} {number}"
    stamp = f"{dice.randint(1, 28)} March 2025, {number % 24:02d}:{number % 60:02d}"
    lines = [dice.choice(SECTIONS), "", title, "", stamp, ""]
    for _ in range(dice.randint(10, 14)):
        lines += [" ".join(_sentence(dice, topic) for _ in range(dice.randint(2, 4))), ""]
    lines.append("Related stories")
    for _ in range(3):
        lines += ["", " ".join(dice.sample(WORDS, 7)).capitalize()]
    return "\n".join([*lines, "", dice.choice(ENDS)])


def _sentence(dice: random.Random, topic: list[str]) -> str:
    words = [*dice.choices(WORDS, k=dice.randint(8, 15)), dice.choice(topic)]
    return f"The {' '.join(words)}."
