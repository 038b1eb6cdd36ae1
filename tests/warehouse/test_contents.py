"""Facts about pages with the same content: which is a copy of which?"""

from warehouse.contents import FAR, Group, Imprint, Member

PAPER = Imprint("paper.example", "paper")


def test_page_of_an_unknown_site_is_a_copy_of_the_earliest() -> None:
    later = Member(2, "a", PAPER)
    earlier = Member(1, "c", Imprint("other.example", ""))
    as_early = Member(1, "b", Imprint("third.example", ""))
    undated = Member(FAR, "0", Imprint("fourth.example", ""))

    assert Group([later, undated, earlier]).twin(Imprint("", "")) == earlier
    assert Group([later, earlier, as_early]).twin(Imprint("", "")) == as_early


def test_page_of_the_same_site_is_its_copy_whoever_was_earlier() -> None:
    unknown, own = Member(1, "a", Imprint("", "")), Member(2, "b", PAPER)

    assert Group([unknown, own]).twin(Imprint("paper.example", "")) == own


def test_pages_of_two_sites_that_name_nobody_are_no_copies() -> None:
    member = Member(1, "a", Imprint("paper.example", ""))

    assert Group([member]).twin(Imprint("other.example", "")) is None


def test_mirror_that_states_the_same_publisher_is_a_copy() -> None:
    member = Member(1, "a", Imprint.of("paper.example", "The Paper", None))

    assert Group([member]).twin(Imprint.of("mirror.example", "THE PAPER", None)) == member


def test_agency_in_the_place_of_the_publisher_names_nobody() -> None:
    one, other = (Imprint.of(f"{n}.example", "Reuters", "Reuters") for n in "ab")

    assert Group([Member(1, "a", one)]).twin(other) is None
