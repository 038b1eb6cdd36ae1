"""Facts about hosts that are left alone for the rest of a crawl."""

from spiders.host import PATIENCE_SECONDS, Host
from spiders.politeness import DEAD_AFTER, Pace
from spiders.robots import Robots

RULES = b"User-agent: *\nCrawl-delay: 7\n"


def host() -> Host:
    return Host("https://gazette.example", Pace(1.0, 2))


def test_host_that_never_answers_is_closed() -> None:
    silent = host()
    for _ in range(DEAD_AFTER - 1):
        silent.pace.failed()
    assert not silent.closed

    silent.pace.failed()
    assert silent.closed


def test_one_answer_makes_up_for_the_failures_before() -> None:
    shaky = host()
    for _ in range(DEAD_AFTER - 1):
        shaky.pace.failed()
    shaky.pace.answered()
    shaky.pace.failed()

    assert not shaky.closed


def test_host_whose_rules_cannot_be_had_is_closed() -> None:
    broken = host()
    broken.obey(Robots.of(503, b""))

    assert broken.closed


def test_host_that_asks_for_a_longer_pause_than_we_wait_is_closed() -> None:
    busy, patient = host(), host()
    busy.pace.slow_down(PATIENCE_SECONDS + 10)
    patient.pace.slow_down(PATIENCE_SECONDS - 10)

    assert busy.closed
    assert not patient.closed


def test_rules_are_known_once_they_were_read_and_set_the_pace() -> None:
    polite = host()
    assert not polite.rules_known

    polite.obey(Robots.of(200, RULES))

    assert polite.rules_known
    assert (polite.pace.delay, polite.pace.exclusive) == (7.0, True)
