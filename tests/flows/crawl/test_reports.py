"""What the report of a crawl says."""

from flows.crawl.child import Ending, Event
from flows.crawl.reports import politeness, stats

HOST: Event = {
    "requests": 12, "pages": 9, "bytes": 2_500_000, "errors": 1, "waited_s": 3.25,
    "delay": 1.0, "exclusive": True, "penalty": 0.5, "robots": "known",
}  # fmt: skip
FIGURES: Event = {
    "event": "finished", "reason": "finished", "requests": 12, "pages": 9, "waiting": 0,
    "outcomes": {"stored": 9, "gone": 1}, "hosts": {"http://g.test": HOST},
}  # fmt: skip


def test_stats_tell_how_it_ended_and_what_became_of_the_visits() -> None:
    told = stats(Ending("finished", 0, FIGURES, ""))

    assert "**finished**: Nothing is left to visit now. Exit code 0." in told
    assert "| stored | 9 |" in told


def test_stats_of_a_dead_child_show_the_end_of_its_log() -> None:
    told = stats(Ending("died", -9, {}, "no <b>memory</b>"))

    assert "## The end of its log\n\nno &#60;b&#62;memory" in told


def test_politeness_shows_each_host_with_the_pace_that_held() -> None:
    told = politeness(Ending("finished", 0, FIGURES, ""))

    assert (
        "| http&#58;&#47;&#47;g&#46;test | 12 | 9 | 2.5 | 1 | 3 s | 1 s (robots.txt) | 0.5 s "
        "| known |"
    ) in told.replace("\N{WORD JOINER}", "")
