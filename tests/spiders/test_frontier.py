"""Facts about what the frontier remembers."""

from pathlib import Path

import pytest

from spiders.frontier import Frontier, FrontierDamaged, Pull
from spiders.lock import FrontierBusy
from spiders.visits import Fetch, How, Kind, Listed, Settled, State, Visit, url_key

NOON = 1_772_366_400
SITE = "https://gazette.example"
DATED = How.LISTED | How.DATED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontier.sqlite"


def waiting(frontier: Frontier, now: int = NOON) -> list[Visit]:
    return frontier.waiting(SITE, now, (), {"gazette"}, Pull(100))


def paths(frontier: Frontier, now: int = NOON) -> list[str]:
    return [visit.url.removeprefix(SITE) for visit in waiting(frontier, now)]


def done(visit: Visit, **more: object) -> Settled:
    values = {"visit": visit, "at": NOON, "state": State.DONE, "outcome": "stored"} | more
    return Settled(**values)  # type: ignore[arg-type]


def page(path: str, at: int | None = None) -> Listed:
    return Listed(SITE + path, Kind.PAGE, at, DATED if at is not None else How.LINKED)


def test_listings_come_first_then_the_newest_pages(path: Path) -> None:
    with Frontier(path) as frontier:
        origins = frontier.add(
            "gazette",
            [
                page("/old", NOON - 100),
                page("/undated"),
                page("/new", NOON - 1),
                Listed(SITE + "/map", Kind.SITEMAP),
                Listed(SITE + "/feed", Kind.FEED),
            ],
        )

        assert origins == {SITE}
        assert paths(frontier) == ["/feed", "/map", "/new", "/old", "/undated"]


def test_frontier_outlives_its_process(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
    with Frontier(path) as frontier:
        assert waiting(frontier) == [
            Visit(url_key(SITE + "/a"), SITE + "/a", "gazette", Kind.PAGE, stated=NOON)
        ]


def test_page_is_done_until_its_lister_states_a_later_change(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
        frontier.settle([done(waiting(frontier)[0], etag='"1"', body_hash=b"12345678")])

        frontier.add("gazette", [page("/a", NOON)])
        assert paths(frontier) == []

        frontier.add("gazette", [page("/a", NOON + 1)])
        [again] = waiting(frontier)
        assert (again.etag, again.body_hash, again.stated) == ('"1"', b"12345678", NOON + 1)


def test_page_first_linked_and_then_listed_is_not_visited_twice(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a")])
        frontier.settle([done(waiting(frontier)[0])])

        frontier.add("gazette", [page("/a", NOON - 60)])
        assert paths(frontier) == []
        frontier.add("gazette", [page("/a", NOON - 30)])
        assert paths(frontier) == ["/a"]


def test_page_changed_after_our_visit_is_visited_again(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a")])
        frontier.settle([done(waiting(frontier)[0])])

        frontier.add("gazette", [page("/a", NOON + 60)])
        assert paths(frontier) == ["/a"]


def test_page_refused_waits_again_when_listed_anew_but_not_at_once(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
        refused = done(
            waiting(frontier)[0], state=State.REFUSED, outcome="forbidden", not_before=NOON + 60
        )
        frontier.settle([refused])
        frontier.add("gazette", [page("/a", NOON)])

        assert paths(frontier) == []
        assert frontier.put_off_until(SITE, ()) == NOON + 60
        assert paths(frontier, NOON + 60) == ["/a"]


def test_page_gone_stays_gone(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
        frontier.settle([done(waiting(frontier)[0], state=State.GONE, outcome="gone", status=410)])
        frontier.add("gazette", [page("/a", NOON)])

        assert paths(frontier) == []
        assert frontier.gone(SITE + "/a")


def test_visit_that_is_due_wakes_the_page(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
        frontier.settle([done(waiting(frontier)[0], revisit_every=60)])

        frontier.wake(NOON + 59)
        assert paths(frontier) == []
        frontier.wake(NOON + 60)
        assert paths(frontier) == ["/a"]


def test_page_that_vanishes_from_its_sitemap_is_looked_at(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON), page("/b", NOON)])
        frontier.settle([done(visit) for visit in waiting(frontier)])

        assert frontier.relist(SITE + "/map", [SITE + "/a", SITE + "/b"]) == 0
        assert frontier.relist(SITE + "/map", [SITE + "/b"]) == 1
        assert paths(frontier) == ["/a"]


def test_target_of_a_redirect_needs_no_visit_of_its_own(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/r/1", NOON), page("/story", NOON)])
        moved = waiting(frontier)[1 - paths(frontier).index("/story")]
        frontier.settle([done(moved, final_url=SITE + "/story", aliases=(SITE + "/story",))])

        assert paths(frontier) == []
        assert frontier.stored(url_key(SITE + "/r/1"))
        assert not frontier.stored(url_key(SITE + "/story"))


def test_visits_settle_all_or_none(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
        [visit] = waiting(frontier)
        fetch = Fetch(NOON, "gazette", SITE + "/a", 0, "stored", None, 200, 9, 9, None, "s")
        frontier.settle([], [fetch], ("s", 1, NOON))

        with pytest.raises(Exception, match="UNIQUE"):
            frontier.settle([done(visit)], [fetch], ("s", 1, NOON))

        assert paths(frontier) == ["/a"]
        assert frontier.db.execute("select count(*) from crawl_log").fetchone() == (1,)


def test_sources_do_not_take_each_others_visits(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])

        assert frontier.waiting(SITE, NOON, (), {"herald"}, Pull(9)) == []
        assert frontier.waiting(SITE, NOON, {url_key(SITE + "/a")}, {"gazette"}, Pull(9)) == []


def test_file_that_is_no_frontier_is_named(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)

    with pytest.raises(FrontierDamaged, match=r"frontier\.sqlite is no usable frontier"):
        Frontier(path)


def test_two_crawls_do_not_share_a_frontier(path: Path) -> None:
    with Frontier(path), pytest.raises(FrontierBusy, match="another crawl holds"):
        Frontier(path)
    with Frontier(path) as frontier:
        assert frontier.left(["gazette"]) == 0


def test_young_pages_are_woken_when_nothing_waits_that_was_never_visited(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/old", NOON - 9), page("/a", NOON - 1), page("/b", NOON)])
        b, a, old = waiting(frontier)
        frontier.settle([done(b, changed_at=NOON), done(a, changed_at=NOON - 5, at=NOON - 5)])

        frontier.take_part([("gazette", NOON - 60, 10)])
        frontier.wake_young()
        assert paths(frontier) == ["/old"]

        frontier.settle([done(old, changed_at=NOON - 61)])
        frontier.take_part([("gazette", NOON - 60, 1)])
        frontier.wake_young()
        assert paths(frontier) == ["/a"]
        frontier.take_part([("gazette", NOON - 60, 10)])
        frontier.wake_young()
        assert paths(frontier) == ["/b", "/a"]


def test_pages_of_a_source_that_was_renamed_go_with_it(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.add("gazette", [page("/a", NOON)])
    with Frontier(path) as frontier:
        frontier.take_part([("the-gazette", NOON, 10)])
        frontier.add("the-gazette", [page("/a", NOON)])
        assert len(frontier.waiting(SITE, NOON, (), {"the-gazette"}, Pull(9))) == 1


def test_page_that_two_sources_list_stays_with_the_first(path: Path) -> None:
    with Frontier(path) as frontier:
        frontier.take_part([("gazette", NOON, 10), ("herald", NOON, 10)])
        frontier.add("gazette", [page("/a", NOON)])
        frontier.add("herald", [page("/a", NOON)])
        assert len(waiting(frontier)) == 1
