from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles.extraction.published import modified, published
from articles.model import Precision
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, html, roles

HEADLINE = "Council of Harrow raises ferry fares"


def test_clock_in_the_page_header_is_not_the_publication_time() -> None:
    page = dump(
        "Tuesday, 02 January 2024 12:17 GMT", "World", "Sport", HEADLINE, "2025-08-25 03:06:00",
        PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH,
    )  # fmt: skip

    [best, *others] = published(page, roles("NNNTDBBB"), 3, "en")

    assert best.stated
    assert best.value.moment == datetime(2025, 8, 25, 3, 6, tzinfo=UTC)
    assert (best.value.precision, best.block) == (Precision.SECOND, 4)
    assert best.rule == "stamp_below_title_zone_unstated"
    assert [one.stated for one in others] == [False]


def test_date_beside_the_headline_is_believed_before_those_of_readers_far_below() -> None:
    comments = [
        line
        for day in (5, 6, 6)
        for line in (f"Bren Oke {day} May 2025 at 11:17", "I never saw such a ferry.", "Reply")
    ]
    page = dump(HEADLINE, "By Lee Kern", "03 May 2025 4", *[PARAGRAPH] * 14, *comments)

    times = published(page, roles("TYO" + "B" * 14 + "OOO" * 3), 0, "en")

    assert [one.value.day.isoformat() for one in times if one.stated] == ["2025-05-03"]


@pytest.mark.parametrize("line", ["5:00", "13.37 Uhr", "Lee Kern | Published 1 day ago"])
def test_dates_far_off_say_nothing_where_the_headline_gives_an_age(line: str) -> None:
    others = ["Pier closed", "31. 10. 2025 17:46"]
    page = dump(HEADLINE, line, *[PARAGRAPH] * 14, *others)

    times = published(page, roles("TO" + "B" * 14 + "OO"), 0, "en")

    assert [(one.value.day.isoformat(), one.stated) for one in times] == [("2025-10-31", False)]


def test_section_beside_the_date_does_not_hide_it_and_related_dates_do_not_count() -> None:
    page = dump(
        HEADLINE, "World| 4 July, 2024 - 9:28 PM", PARAGRAPH, OTHER_PARAGRAPH, "Related News",
        "Arab | 3 Feb, 2025", "Pier closed", "World | 1 Feb, 2025", "Bells stolen",
    )  # fmt: skip

    times = [one for one in published(page, roles("TDBBRRRRR"), 0, "en") if one.stated]

    assert [one.value.moment for one in times] == [datetime(2024, 7, 4, 21, 28, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        pytest.param("Lee in an interview on July 14, 2016. Photo: Kern", "C", id="caption"),
        pytest.param(
            "On 7 February 1812 the river stopped and ran backwards, and " * 4, "B", id="story"
        ),
        pytest.param("© 2016 The Harrow Echo. All rights reserved.", "O", id="copyright"),
        pytest.param("WIRE25082025000045015687ID1109969842", "O", id="id-string"),
        pytest.param("3 hours ago", "O", id="relative"),
    ],
)
def test_dates_of_other_things_leave_the_publication_unstated(line: str, letter: str) -> None:
    page = dump(HEADLINE, line, PARAGRAPH, OTHER_PARAGRAPH)

    assert [one for one in published(page, roles(f"T{letter}BB"), 0, "en") if one.stated] == []


def test_time_of_change_is_not_the_publication() -> None:
    page = dump(
        HEADLINE, "Published 3 March 2025, 06:00 UTC", "Updated 4 March 2025, 19:45 UTC",
        PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH,
    )  # fmt: skip

    found = published(page, roles("TDDBBB"), 0, "en")
    changes = modified(page, found, "en")

    assert [one.value.moment for one in found if one.stated] == [
        datetime(2025, 3, 3, 6, tzinfo=UTC)
    ]
    assert [one.value.moment for one in changes if one.stated] == [
        datetime(2025, 3, 4, 19, 45, tzinfo=UTC)
    ]


def test_json_ld_states_publication_and_change() -> None:
    page = html(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
        '"datePublished": "2024-07-18T08:15:00+02:00", "dateModified": "2024-07-19T14:00:00+02:00"}'
        "</script>"
    )

    found = published(page, [], None)

    assert [(one.value.moment, one.rule) for one in found] == [
        (datetime(2024, 7, 18, 6, 15, tzinfo=UTC), "ld")
    ]
    assert [one.value.moment for one in modified(page, found)] == [
        datetime(2024, 7, 19, 12, tzinfo=UTC)
    ]


def test_absurd_claim_is_not_taken_and_a_sane_one_is() -> None:
    page = html(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
        '"datePublished": "2199-01-01"}</script>'
        "<meta property='article:published_time' content='2024-07-18T06:15:00Z'>"
    )

    assert [one.value.day.isoformat() for one in published(page, [], None)] == ["2024-07-18"]


def test_lone_claim_decades_after_all_other_dates_is_a_placeholder() -> None:
    page = html(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
        '"datePublished": "2087-01-01"}</script>'
        "<meta name='dc.date' content='2024-07-18'>"
    )

    found = published(page, [], None)

    assert [(one.value.day.year, one.stated) for one in found] == [(2024, True), (2087, False)]


TWO_STORIES = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
    '"datePublished": "2026-01-01"}</script>'
    "<meta property='article:published_time' content='2024-03-12T08:00:00+01:00'>"
)


@pytest.mark.parametrize(
    ("body", "url", "days"),
    [
        pytest.param("<p>Ferries</p>", None, [], id="nothing-tells"),
        pytest.param("<p>Ferries</p>", "/2024/03/12/ferries", ["2024-03-12"], id="address"),
        pytest.param(
            "<p>Ferries</p><time datetime='2026-01-01'>today</time>", None, ["2026-01-01"],
            id="time-element",
        ),
    ],
)  # fmt: skip
def test_claims_that_disagree_are_not_stated_unless_a_witness_decides(
    body: str, url: str | None, days: list[str]
) -> None:
    page = html(TWO_STORIES, body, url=f"https://harrow.example{url}" if url else None)

    found = published(page, roles("B" * len(page.blocks)), None)

    assert [one.value.day.isoformat() for one in found if one.stated] == days
    assert {"2026-01-01", "2024-03-12"} <= {one.value.day.isoformat() for one in found}


def test_claims_of_neighbouring_days_are_one_publication() -> None:
    head = TWO_STORIES.replace("2026-01-01", "2024-03-11")

    [first, *_] = published(html(head, "<p>Ferries</p>"), roles("B"), None)

    assert (first.value.day.isoformat(), first.stated) == ("2024-03-11", True)


@pytest.mark.parametrize(
    ("times", "days"),
    [
        pytest.param(["2024-03-12"], ["2024-03-12"], id="one"),
        pytest.param(["2024-03-12T06:00", "2024-03-12"], ["2024-03-12"], id="same-day"),
        pytest.param(["2024-03-12", "2024-03-14"], [], id="two-days"),
    ],
)
def test_time_element_by_the_headline_gives_the_year_that_is_not_printed(
    times: list[str], days: list[str]
) -> None:
    marks = "".join(f"<p><time datetime='{value}'>12 March</time></p>" for value in times)
    page = html("", f"<h1>{HEADLINE}</h1>{marks}<p>{PARAGRAPH}</p>")

    found = published(page, roles("T" + "O" * len(times) + "B"), 0)

    assert [one.value.day.isoformat() for one in found if one.stated] == days


def test_day_in_the_address_is_only_inferred() -> None:
    page = html("", "<p>Ferries</p>", url="https://example.com/2024/07/18/ferries")

    [found] = published(page, roles("B"), None)

    assert (found.value.day.isoformat(), found.rule, found.stated) == (
        "2024-07-18", "url_day", False,
    )  # fmt: skip


def test_day_and_month_stay_open_unless_another_date_shows_the_order() -> None:
    alone = dump(HEADLINE, "04/07/2024", PARAGRAPH, OTHER_PARAGRAPH)
    helped = dump(HEADLINE, "04/07/2024", PARAGRAPH, OTHER_PARAGRAPH, "Pier closed 25/06/2024")

    open_days = [one.value.day.isoformat() for one in published(alone, roles("TDBB"), 0, "en")]
    days = [one.value.day.isoformat() for one in published(helped, roles("TDBBR"), 0, "en")]

    assert sorted(open_days) == ["2024-04-07", "2024-07-04"]
    assert not any(one.stated for one in published(alone, roles("TDBB"), 0, "en"))
    assert days[0] == "2024-07-04"


@pytest.mark.parametrize(
    ("age", "moment"),
    [
        pytest.param("12 minutes ago", datetime(2025, 8, 25, 9, 48, tzinfo=UTC), id="minutes"),
        pytest.param("vor 3 Stunden", datetime(2025, 8, 25, tzinfo=UTC), id="de"),
        pytest.param("Il y a un jour", datetime(2025, 8, 24, tzinfo=UTC), id="fr"),
        pytest.param("hace 2 semanas", datetime(2025, 8, 11, tzinfo=UTC), id="es"),
        pytest.param("2 часа назад", datetime(2025, 8, 25, tzinfo=UTC), id="ru"),
        pytest.param("5日前", datetime(2025, 8, 20, tzinfo=UTC), id="ja"),
        pytest.param("منذ 4 ساعات", datetime(2025, 8, 25, tzinfo=UTC), id="ar"),
    ],
)
def test_age_beside_a_known_capture_time_is_inferred_only(age: str, moment: datetime) -> None:
    captured = datetime(2025, 8, 25, 10, 0, 30, tzinfo=UTC)
    page = replace(dump("Ferries dearer", age, PARAGRAPH), fetched_at=captured)

    [found] = published(page, roles("TOB"), 0)

    assert (found.value.moment, found.stated, found.rule) == (moment, False, "age_at_capture")


def test_age_says_nothing_where_the_capture_time_is_unknown() -> None:
    page = dump("Ferries dearer", "3 hours ago", PARAGRAPH)

    assert published(page, roles("TOB"), 0) == []
