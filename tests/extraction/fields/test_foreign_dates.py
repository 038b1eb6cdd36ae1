"""The clock in the header of a page shows when it was fetched, in whatever language."""

import pytest

from articles.extraction import extract
from articles.model import Article
from tests.extraction.page.test_extract import document

GERMAN = """Startseite
Lokales
Sport
Do., 26.11.2026, 10:41 Uhr
Wetter: 4 °C
Stadtrat stimmt für Sanierung der Nordmauer
Hafen
Stadtrat stimmt für Sanierung der Nordmauer
Von Anna Müller
05.03.2024, 17:03 Uhr
Der Stadtrat hat am Dienstagabend mit knapper Mehrheit für die Sanierung der Nordmauer gestimmt.
Die Mauer habe die Stadt bisher 12.400 Kronen gekostet, sagte Bürgermeister Karl Hansen dem Rat.
Mehr zum Thema
Sturm legt Fähren lahm
25.11.2026
"""
RUSSIAN = """26 ноября 2026, четверг
Балтийский вестник
Главная
Политика
Общество
Главная / Общество / Дума проголосовала за ремонт северной стены порта
Дума проголосовала за ремонт северной стены порта
14:05, 5 марта 2024
Просмотров: 1204
Городская дума во вторник проголосовала за ремонт северной стены порта, которого ждали десять лет.
По словам мэра, работы начнутся до начала лета и обойдутся бюджету в 124 миллиона рублей.
Самое читаемое
Шторм закрыл порт на два дня
25 ноября 2026
"""
TURKISH = """26 Kasım 2026 Perşembe
Dolar 42,10 Euro 49,05
Sahil Gazetesi
Gündem Ekonomi Spor Magazin
SON DAKİKA Borsa yükselişle başladı • Fırtına limanı kapattı • Ünlü ressam hayatını kaybetti
Meclis, limanın kuzey duvarının onarımını onayladı
Giriş: 05.03.2024 - 14:30 Güncelleme: 06.03.2024 - 08:10
Belediye meclisi salı günü limanın kuzey duvarının onarılmasını az farkla onayladı.
Meclis başkanı, duvarın şehre şimdiye kadar 12.400 liraya mal olduğunu belirtti ve teşekkür etti.
Benzer Haberler
Fırtına limanı iki gün kapattı
25 Kasım 2026
"""
JAPANESE = """2026年11月26日 木曜日
沿岸新聞
トップ 政治 経済 スポーツ 文化
速報:日経平均続伸 ／ 暴風で港閉鎖 ／ 画家の山本氏死去
市議会、港の北壁の修理を可決
市議会、港の北壁の修理を可決
2024年3月5日 14時30分
記者 山田太郎
市議会は5日、港の北壁を修理する議案を賛成多数で可決した。10年以上にわたって続いた論争に決着がついた。
議長によると、壁にはこれまでに1億2400万円がかかっており、誰が費用を負担するのかは決まっていない。
関連ニュース
暴風で港が2日間閉鎖
2026年11月25日
"""
PAGES = {
    "de": (GERMAN, "05.03.2024, 17:03 Uhr\n", "Stadtrat stimmt für Sanierung der Nordmauer"),
    "ru": (RUSSIAN, "14:05, 5 марта 2024\n", "Дума проголосовала за ремонт северной стены порта"),
    "tr": (
        TURKISH,
        "Giriş: 05.03.2024 - 14:30 Güncelleme: 06.03.2024 - 08:10\n",
        "Meclis, limanın kuzey duvarının onarımını onayladı",
    ),
    "ja": (JAPANESE, "2024年3月5日 14時30分\n", "市議会、港の北壁の修理を可決"),
}


@pytest.mark.parametrize("language", PAGES)
def test_date_under_the_headline_is_when_it_was_published(language: str) -> None:
    text, _, title = PAGES[language]

    [found] = extract([document(text)])

    assert isinstance(found, Article)
    assert found.title == title
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2024-03-05"


@pytest.mark.parametrize("language", PAGES)
def test_clock_alone_dates_no_story(language: str) -> None:
    text, date, _ = PAGES[language]

    [found] = extract([document(text.replace(date, ""))])

    assert isinstance(found, Article)
    assert found.published_at is None
    told = [one.value for one in found.evidence if one.field == "published_at"]
    assert any(value.startswith("2026-11-26") for value in told)


def test_date_right_above_the_headline_is_the_storys_own() -> None:
    lines = GERMAN.split("\n")

    [found] = extract([document("\n".join(["5. März 2024", *lines[7:9], *lines[10:]]))])

    assert isinstance(found, Article)
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2024-03-05"
