from pathlib import Path

import pytest

from articles.extraction.language import declared_code, language
from articles.extraction.language_model import language_model
from articles.model import Found
from flows.unpack import unpack


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("The council raised fares on Monday after a long debate.", "en", id="en"),
        pytest.param("Der Stadtrat hat am Montag die Fahrpreise erhöht.", "de", id="de"),
        pytest.param("Le conseil municipal a augmenté les tarifs lundi soir.", "fr", id="fr"),
        pytest.param("El ayuntamiento subió las tarifas el lunes por la noche.", "es", id="es"),
        pytest.param("Городской совет повысил цены на проезд в понедельник.", "ru", id="ru"),
        pytest.param("رفع المجلس البلدي أسعار التذاكر يوم الاثنين بعد نقاش", "ar", id="ar"),
        pytest.param("市議会は月曜日に運賃を引き上げた。", "ja", id="ja"),
        pytest.param("市议会周一提高了票价。", "zh", id="zh"),
        pytest.param("시의회는 월요일에 요금을 인상했다.", "ko", id="ko"),
        pytest.param("מועצת העיר העלתה ביום שני את המחירים.", "he", id="he"),
        pytest.param("Το συμβούλιο αύξησε τις τιμές.", "el", id="el"),
        pytest.param("สภาเมืองขึ้นค่าโดยสาร", "th", id="th"),
    ],
)
def test_a_sentence_tells_its_language(text: str, code: str) -> None:
    found = language(text)

    assert found is not None
    assert (found.value, found.stated) == (code, True)


def test_the_text_wins_against_a_wrong_declaration() -> None:
    found = language("Der Stadtrat hat am Montag die Fahrpreise erhöht.", declared="en-US")

    assert found is not None
    assert found.value == "de"


def test_japanese_names_in_a_chinese_text_leave_it_chinese() -> None:
    text = (
        "日本首相高市早苗周一在东京表示，政府将提高消费税，并与任天堂的マリオ合作宣传旅游业。" * 2
    )

    assert language(text, declared=None) == Found("zh", rule="script")


def test_text_too_short_to_judge_has_the_declared_language_as_a_guess() -> None:
    assert language("Oslo 2025", "nb-NO") == Found("no", "declared", stated=False, confidence=0.5)


def test_numbers_and_addresses_have_no_language() -> None:
    assert language("12 345 678 https://example.com/der-stadtrat 99") is None


@pytest.mark.parametrize(
    ("declared", "code"),
    [("de-AT", "de"), ("en_US", "en"), ("iw", "he"), ("EN", "en"), ("x-default", None), ("", None)],
)
def test_declared_code_is_cut_to_the_language(declared: str, code: str | None) -> None:
    assert declared_code(declared) == code


def test_the_unpacked_model_says_what_the_packed_one_says(tmp_path: Path) -> None:
    unpack(tmp_path / "unpacked")

    models = [language_model(str(tmp_path / name)) for name in ("unpacked", "none")]

    for text in ("The council raised fares.", "Der Stadtrat hat erhöht.", "عقد", "", "7"):
        unpacked, packed = (model.rank(text) for model in models)
        assert unpacked == packed
