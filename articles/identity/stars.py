"""Which articles make up a story?

A story is a star: one canonical article, and those that are the same as it. Chains are no
stories: A may be trimmed to B and B extended to C, and C have nothing of A. Yet the canonical
article may itself be a cut one, which a second cut of the same text hardly meets; so a star is
reached through those who are the same as its canonical article too, and no further.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Name = TypeVar("Name")
Why = TypeVar("Why")


class Tie(NamedTuple, Generic[Name, Why]):
    """What binds an article to its story."""

    canonical: Name
    through: Name
    """The article of the story that it is the same as: most often the canonical one."""
    why: Why


def stars(
    ranked: Sequence[Name],
    alike: Callable[[Name], Collection[Name]],
    related: Callable[[Name, Sequence[Name]], Iterable[tuple[Name, Why]]],
    bridges: Callable[[Why], bool] = lambda _: True,
    anchors: Callable[[Why], bool] = lambda _: True,
) -> dict[Name, Tie[Name, Why]]:
    """Return what binds each article to its story, those that are canonical left out.

    `ranked` is best first: the first of a story is its canonical article. `alike` names those
    that an article may be related to, and `related` yields those of some that it is related to,
    in their order; both are asked in the order of `ranked`, twice over. An article belongs to the
    best canonical one that it is related to; else, with those that are related to it, to the story
    of the best article it is related to that is bound to a canonical one directly, if `bridges`
    says that the first is a bond to build on, and `anchors` the second; else it is canonical.

    >>> near = lambda a, those: [(b, True) for b in those if abs(a - b) <= 2]
    >>> found = stars([1, 2, 3, 4, 5, 6, 7, 8], lambda _: range(1, 9), near)
    >>> {name: (found[name].canonical, found[name].through) for name in sorted(found)}
    {2: (1, 1), 3: (1, 1), 4: (1, 2), 5: (1, 4), 6: (1, 4), 8: (7, 7)}
    """
    place = {name: at for at, name in enumerate(ranked)}

    def best(name: Name, among: set[Name], holds: Callable[[Why], bool]) -> tuple[Name, Why] | None:
        asked = sorted(among, key=place.__getitem__)
        return next((met for met in related(name, asked) if holds(met[1])), None) if asked else None

    near = [name for name in ranked if alike(name)]  # most news is like no other
    direct: dict[Name, Tie[Name, Why]] = {}
    for name in near:
        before = {
            each
            for each in alike(name)
            if each not in direct and place.get(each, len(place)) < place[name]
        }
        if (met := best(name, before, lambda _: True)) is not None:
            direct[name] = Tie(met[0], met[0], met[1])
    led: dict[Name, Tie[Name, Why]] = {}
    for name in near:
        if name in direct:
            continue
        between = {
            each
            for each in alike(name)
            if each in direct and place[direct[each].canonical] < place[name]
            if direct[each].canonical not in led and anchors(direct[each].why)
        }
        if (met := best(name, between, bridges)) is not None:
            led[name] = Tie(direct[met[0]].canonical, met[0], met[1])
    return led | {
        name: tie._replace(canonical=led[tie.canonical].canonical) if tie.canonical in led else tie
        for name, tie in direct.items()
    }
