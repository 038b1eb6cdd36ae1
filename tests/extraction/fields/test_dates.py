import time
from datetime import UTC, datetime

import pytest

from articles.extraction import months
from articles.extraction.date_patterns import Reading
from articles.extraction.dates import read_claim, read_stamps
from articles.model import Precision
from tests.extraction.fields import cldr_months

AUGUST_25 = datetime(2025, 8, 25, tzinfo=UTC)
HALF_PAST_TEN = datetime(2025, 8, 25, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("25 August 2025", "en", id="en"),
        pytest.param("August 25, 2025", "en", id="en-us"),
        pytest.param("Mon, Aug. 25th 2025", "en", id="en-ordinal"),
        pytest.param("25-Aug-25", "en", id="en-short-year"),
        pytest.param("8/25/25", "en", id="en-us-digits"),
        pytest.param("Montag, 25. August 2025", "de", id="de"),
        pytest.param("25.8.2025", "de", id="de-digits"),
        pytest.param("lundi 25 août 2025", "fr", id="fr"),
        pytest.param("lunes, 25 de agosto de 2025", "es", id="es"),
        pytest.param("25 agosto 2025", "it", id="it"),
        pytest.param("25 de agosto de 2025", "pt", id="pt"),
        pytest.param("25 augustus 2025", "nl", id="nl"),
        pytest.param("25 sierpnia 2025 r.", "pl", id="pl"),
        pytest.param("25 августа 2025 г.", "ru", id="ru"),
        pytest.param("25 серпня 2025", "uk", id="uk"),
        pytest.param("٢٥ أغسطس ٢٠٢٥", "ar", id="ar-egypt"),
        pytest.param("25 آب 2025", "ar", id="ar-levant"),
        pytest.param("25 آب/أغسطس 2025", "ar", id="ar-both-names"),
        pytest.param("25 غشت 2025", "ar", id="ar-maghreb"),
        pytest.param("۳ شهریور ۱۴۰۴", "fa", id="fa-solar"),
        pytest.param("1404/06/03", "fa", id="fa-solar-digits"),
        pytest.param("25 Ağustos 2025", "tr", id="tr"),
        pytest.param("2025年8月25日", "ja", id="ja"),
        pytest.param("令和7年8月25日", "ja", id="ja-era"),
        pytest.param("2025年08月25日", "zh", id="zh"),
        pytest.param("民國114年8月25日", "zh", id="zh-taiwan"),
        pytest.param("2025년 8월 25일", "ko", id="ko"),
        pytest.param("2025. 8. 25.", "ko", id="ko-dots"),
        pytest.param("25 अगस्त 2025", "hi", id="hi"),
        pytest.param("25 Agustus 2025", "id", id="id"),
        pytest.param("ngày 25 tháng 8 năm 2025", "vi", id="vi"),
        pytest.param("25 Tháng 8, 2025", "vi", id="vi-capital"),
        pytest.param("25 Αυγούστου 2025", "el", id="el"),
        pytest.param("25 באוגוסט 2025", "he", id="he"),
        pytest.param("den 25 augusti 2025", "sv", id="sv"),
        pytest.param("25. august 2025", "da", id="da"),
        pytest.param("mandag 25. august 2025", "no", id="no"),
        pytest.param("25. elokuuta 2025", "fi", id="fi"),
        pytest.param("25. srpna 2025", "cs", id="cs"),
        pytest.param("25. kolovoza 2025.", "hr", id="hr"),
        pytest.param("2025. augusztus 25.", "hu", id="hu"),
        pytest.param("25 august 2025", "ro", id="ro"),
        pytest.param("2025 m. rugpjūčio 25 d.", "lt", id="lt"),
        pytest.param("2025. gada 25. augusts", "lv", id="lv"),
        pytest.param("25 สิงหาคม 2568", "th", id="th-buddhist-era"),
        pytest.param("25 ส.ค. 2568", "th", id="th-short"),
        pytest.param("২৫ আগস্ট ২০২৫", "bn", id="bn"),
        pytest.param("២៥ សីហា ២០២៥", "km", id="km"),
        pytest.param("၂၅ ဩဂုတ် ၂၀၂၅", "my", id="my"),
        pytest.param("25. августа 2025.", "sr", id="sr"),
        pytest.param("25\u00a0août\u00a02025", "fr", id="no-break-spaces"),
        pytest.param("\u200f25/8/2025", "ar", id="direction-mark"),
        pytest.param("2025-08-25", None, id="iso"),
    ],
)
def test_a_day_is_read_in_any_language(text: str, language: str | None) -> None:
    stamps = [(s.moment, s.precision, s.reading) for s in read_stamps(text, language)]

    assert stamps == [(AUGUST_25, Precision.DAY, Reading.CERTAIN)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("August 25, 2025 at 10:30 a.m.", "en", id="en"),
        pytest.param("10:30 AM, Monday August 25, 2025", "en", id="en-time-first"),
        pytest.param("25.08.2025 um 10.30 Uhr", "de", id="de-dot"),
        pytest.param("25.08.2025 | 10:30", "de", id="de-bar"),
        pytest.param("Publié le 25 août 2025 à 10h30", "fr", id="fr"),
        pytest.param("25 de agosto de 2025 a las 10:30", "es", id="es"),
        pytest.param("25 de agosto de 2025 às 10h30", "pt", id="pt"),
        pytest.param("25 agosto 2025 alle 10.30", "it", id="it-dot"),
        pytest.param("25 augusti 2025 kl. 10.30", "sv", id="sv-dot"),
        pytest.param("25.8.2025 klo 10.30", "fi", id="fi-dot"),
        pytest.param("25 августа 2025 в 10:30", "ru", id="ru"),
        pytest.param("2025年8月25日 10時30分", "ja", id="ja"),
        pytest.param("2025年8月25日（月） 10:30", "ja", id="ja-weekday"),
        pytest.param("2025.08.25 오전 10:30", "ko", id="ko-morning"),
        pytest.param("2025-08-25 10:30", None, id="iso-space"),
    ],
)
def test_a_time_beside_the_day_is_read(text: str, language: str | None) -> None:
    stamps = [(s.moment, s.precision, s.has_zone) for s in read_stamps(text, language)]

    assert stamps == [(HALF_PAST_TEN, Precision.MINUTE, False)]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        pytest.param("2025-08-25T10:30:00+02:00", "2025-08-25T08:30:00", id="offset"),
        pytest.param("2025-08-25T10:30:00.123Z", "2025-08-25T10:30:00", id="zulu"),
        pytest.param("Mon, 25 Aug 2025 23:30:00 -0500", "2025-08-26T04:30:00", id="mail"),
        pytest.param("Mon Aug 25 10:30:00 GMT 2025", "2025-08-25T10:30:00", id="ctime"),
        pytest.param("25/08/2025 10:30 (GMT+7)", "2025-08-25T03:30:00", id="gmt-plus"),
        pytest.param("25 August 2025, 12:30 CEST", "2025-08-25T10:30:00", id="cest"),
        pytest.param("Aug 25, 2025 10:30 p.m. ET", "2025-08-26T02:30:00", id="us-summer"),
        pytest.param("Jan 25, 2025 10:30 p.m. ET", "2025-01-26T03:30:00", id="us-winter"),
        pytest.param("25 Agustus 2025 10:30 WIB", "2025-08-25T03:30:00", id="jakarta"),
        pytest.param("2025年8月25日 5時15分（日本時間）", "2025-08-24T20:15:00", id="ja-words"),
        pytest.param("2025-08-25 10:30（北京时间）", "2025-08-25T02:30:00", id="zh-words"),
        pytest.param("25 августа 2025, 12:10 (мск)", "2025-08-25T09:10:00", id="ru-msk"),
        pytest.param("25 أغسطس 2025 - 11:20 بتوقيت غرينتش", "2025-08-25T11:20:00", id="ar-gmt"),
    ],
)
def test_a_stated_zone_moves_the_moment_to_utc(text: str, utc: str) -> None:
    stamps = [(s.moment, s.has_zone) for s in read_stamps(text, "en")]

    assert stamps == [(datetime.fromisoformat(utc).replace(tzinfo=UTC), True)]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        pytest.param("Eva Kern24.04.2024, 19:35 Uhr", "2024-04-24T19:35:00", id="name-before"),
        pytest.param("Apr 28 20232:23 PM", "2023-04-28T14:23:00", id="time-behind"),
        pytest.param("April 10, 20233 years", "2023-04-10T00:00:00", id="age-behind"),
        pytest.param("30.01.202430. Januar 2024", "2024-01-30T00:00:00", id="date-behind"),
        pytest.param("-Aktualisiert am 28.04.2023-19:20", "2023-04-28T19:20:00", id="hyphen"),
    ],
)
def test_a_date_glued_to_its_neighbour_is_read(text: str, utc: str) -> None:
    first = read_stamps(text, "en")[0]

    assert first.moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_zone_name_with_several_meanings_counts_as_none() -> None:
    [stamp] = read_stamps("25 August 2025, 10:30 IST", "en")

    assert (stamp.moment, stamp.has_zone) == (HALF_PAST_TEN, False)


def test_ambiguous_order_gives_both_readings_unless_the_language_decides() -> None:
    english = [(s.day.isoformat(), s.reading) for s in read_stamps("04/07/2024", "en")]
    french = [(s.day.isoformat(), s.reading) for s in read_stamps("04/07/2024", "fr")]

    assert english == [("2024-07-04", Reading.DAY_FIRST), ("2024-04-07", Reading.MONTH_FIRST)]
    assert french == [("2024-07-04", Reading.CERTAIN)]


def test_month_name_shared_by_two_languages_needs_the_language() -> None:
    unknown = [(s.day.isoformat(), s.reading) for s in read_stamps("5 listopada 2025")]
    polish = [(s.day.isoformat(), s.reading) for s in read_stamps("5 listopada 2025", "pl")]

    assert unknown == [("2025-10-05", Reading.MONTH_NAME), ("2025-11-05", Reading.MONTH_NAME)]
    assert polish == [("2025-11-05", Reading.CERTAIN)]


def test_month_without_a_day_is_precise_to_the_month() -> None:
    [stamp] = read_stamps("Issue of August 2025", "en")

    assert (stamp.moment, stamp.precision) == (datetime(2025, 8, 1, tzinfo=UTC), Precision.MONTH)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31 February 2025", id="no-such-day"),
        pytest.param("2025-13-45", id="no-such-month"),
        pytest.param("4 July 1476", id="before-newspapers"),
        pytest.param("4 July 2199", id="absurd-future"),
        pytest.param("WIRE25082025000045015687ID1109969842", id="id-string"),
        pytest.param("Version 1.12.25.3", id="version"),
        pytest.param("192.168.12.20", id="address"),
        pytest.param("(July 14)", id="no-year"),
        pytest.param("10:30 - 11:45", id="times-only"),
        pytest.param("Call 030-12-34-56", id="telephone"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read_stamps(text, "en") == []


@pytest.mark.parametrize("written", ["4 July, 2024 - 9:28 PM", "9:28 PM, 4 July 2024"])
def test_the_span_covers_date_and_time(written: str) -> None:
    text = f"World| {written} | News"

    [stamp] = read_stamps(text, "en")

    assert text[stamp.start : stamp.end].rstrip() == written


@pytest.mark.parametrize(
    ("claim", "utc", "precision"),
    [
        pytest.param("20250825T030600Z", "2025-08-25T03:06:00", Precision.SECOND, id="basic-iso"),
        pytest.param("20250825", "2025-08-25T00:00:00", Precision.DAY, id="basic-day"),
        pytest.param("1756091160", "2025-08-25T03:06:00", Precision.SECOND, id="unix"),
        pytest.param("1756091160000", "2025-08-25T03:06:00", Precision.SECOND, id="unix-ms"),
        pytest.param("2025-08", "2025-08-01T00:00:00", Precision.MONTH, id="month"),
        pytest.param("2025", "2025-01-01T00:00:00", Precision.YEAR, id="year"),
    ],
)
def test_a_claim_may_be_a_bare_number(claim: str, utc: str, precision: Precision) -> None:
    stamp = read_claim(claim)

    assert stamp is not None
    assert (stamp.moment.isoformat()[:19], stamp.precision) == (utc, precision)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("04/07/2024", id="two-ways"),
        pytest.param("20250825T2561", id="no-such-time"),
        pytest.param("2025-08-25" + " word" * 60, id="a-whole-text"),
    ],
)
def test_a_claim_that_is_no_date_states_nothing(claim: str) -> None:
    assert read_claim(claim) is None


@pytest.mark.parametrize(
    "unit", ["1-1-", "1.", "a", "1 a", " ", "2025 ", "1 January ", "10:30 ", "１年", "2025-08-2"]
)
def test_hostile_text_costs_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()

    read_stamps(text)

    assert time.process_time() - started < 2


def test_every_month_name_is_read_between_day_and_year() -> None:
    rows = [line.split("\t") for line in months.NAMES.read_text(encoding="utf-8").splitlines()]
    wrong = [
        name
        for name, readings in rows
        for reading in readings.split(";")
        if "\u200c" not in name
        and "\u200d" not in name  # joiners are read as blanks
        and int(reading.split()[0])
        not in {stamp.moment.month for stamp in read_stamps(f"14. {name} 2024")}
    ]

    assert wrong == []


def test_month_names_are_those_of_cldr() -> None:
    assert months.NAMES.read_text(encoding="utf-8").splitlines() == cldr_months.table()
