"""Facts about pages at a known address: a new version, an older one, or another story?"""

from warehouse.revise import Addresses, Version

SITE, ADDRESS = "gazette.example", "https://gazette.example/live"
MONDAY = 1_772_366_400_000_000  # microseconds since 1970
OLD = "the ferry ran aground on the bank this morning and forty passengers were taken off by boat"
NEW = "a council of nine voted to raise the levy on berths after a debate that took five hours"


def version(
    body: str, article_id: str = "a", published: int | None = None, modified: int | None = None
) -> Version:
    return Version(article_id, "A title", body, published_us=published, modified_us=modified)


def standing(site: str = SITE, address: str | None = ADDRESS) -> Addresses:
    found = Addresses()
    found.put(site, address, version(f"{OLD} {OLD.upper()} and so on"))
    return found


def test_page_that_keeps_its_words_is_a_new_version() -> None:
    former = standing().revised(SITE, ADDRESS, version(f"{OLD} and the boat was towed away", "b"))

    assert former is not None
    assert former.article_id == "a"


def test_story_that_shares_a_sentence_with_the_one_before_is_another() -> None:
    few = " ".join(OLD.split()[:8])

    assert standing().revised(SITE, ADDRESS, version(f"{few} {NEW}", "b")) is None


def test_of_several_stories_at_an_address_the_likest_is_followed() -> None:
    found = standing()
    found.put(SITE, ADDRESS, version(f"{NEW} {OLD.split('and')[0]}", "c"))

    former = found.revised(SITE, ADDRESS, version(f"{OLD} {NEW.split('after')[0]}", "b"))

    assert former is not None
    assert former.article_id == "a"


def test_page_of_no_known_site_or_address_follows_none() -> None:
    same = version(OLD, "b")

    assert standing(site="").revised("", ADDRESS, same) is None
    assert standing(address=None).revised(SITE, None, same) is None


def test_page_is_older_only_when_it_says_an_earlier_time() -> None:
    changed, changed_before = (version(OLD, modified=MONDAY - n) for n in (0, 1))
    printed, printed_before = (version(OLD, published=MONDAY - n) for n in (0, 1))

    assert changed_before.is_older_than(changed)
    assert not changed.is_older_than(changed)
    assert printed_before.is_older_than(printed)
    assert not printed.is_older_than(printed)
    assert not printed_before.is_older_than(changed)
