"""Facts about lines that a source repeats, and those that it only quotes often."""

from articles.extraction import extract
from articles.extraction.template_lines import template_lines
from articles.model import Article, Templates
from bench.templates.made_source import CREDO, DOMAIN, LETTER, QUOTATION, SERIES, made_pages

PAGES = made_pages(64)
SHOWN = [page.document.payload.decode() for page in PAGES]


def bodies(count: int) -> list[str]:
    """What a model keeps of the first pages that takes every paragraph for the story's."""
    return [
        "\n".join(part.split("</p>")[0] for part in html.split("<p>")[1:]) for html in SHOWN[:count]
    ]


def test_nothing_is_learned_of_seven_stories() -> None:
    assert template_lines(bodies(7)) == []


def test_a_line_of_every_story_is_learned_first_and_rarer_ones_with_more_stories() -> None:
    learned = [template_lines(bodies(count)) for count in (8, 64)]

    assert [lines[0].example for lines in learned] == [CREDO, CREDO]
    assert SERIES not in {line.example for line in learned[0]}
    assert SERIES in {line.example for line in learned[1]}


def test_numbers_in_a_line_are_its_own_in_every_story() -> None:
    [letter] = [line for line in template_lines(bodies(64)) if "neighbours read" in line.key]

    assert letter.example == LETTER.format(2)


def test_quotation_and_background_of_many_stories_are_no_template() -> None:
    quoting = sum(page.quotes for page in PAGES)

    assert quoting >= 8
    assert all("dam " not in line.key for line in template_lines(bodies(64)))


def test_the_order_of_the_stories_does_not_matter() -> None:
    assert template_lines(bodies(64)) == template_lines(bodies(64)[::-1])


def test_a_known_line_leaves_the_body_and_the_evidence_names_the_version() -> None:
    key = template_lines(bodies(8))[0].key
    page = next(page for page in PAGES if page.quotes)

    [before] = extract([page.document])
    [after] = extract([page.document], templates=Templates(3, {DOMAIN: frozenset({key})}))

    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert before.body.split("\n") == [*after.body.split("\n"), CREDO]
    assert QUOTATION in after.body
    assert [(e.rule, e.value) for e in after.evidence if e.field == "body"] == [
        ("site_template_3", CREDO)
    ]


def test_templates_of_another_source_change_nothing() -> None:
    key = template_lines(bodies(8))[0].key
    documents = [PAGES[0].document]

    other = Templates(3, {"elsewhere.example": frozenset({key})})

    assert extract(documents, templates=other) == extract(documents)


def test_a_page_without_a_source_gets_no_template() -> None:
    key = template_lines(bodies(8))[0].key
    document = PAGES[0].document.model_copy(update={"url": None})

    known = Templates(3, {DOMAIN: frozenset({key})})

    assert extract([document], templates=known) == extract([document])
