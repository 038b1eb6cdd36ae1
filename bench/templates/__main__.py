"""Measure what the memory of a source is worth: `python -m bench.templates`.

Templates are learned from the bodies of the first pages of a made-up paper and used on pages that
come later. Words count; quotation and background must stay in every story that carries them.
"""

from collections.abc import Sequence

from articles.extraction import extract
from articles.extraction.template_lines import template_lines
from articles.model import NO_TEMPLATES, Article, Templates
from bench.templates.made_source import BACKGROUND, DOMAIN, QUOTATION, MadePage, made_pages

LEARNED_FROM = (0, 4, 8, 16, 32, 64, 128)
LATER = 100


def main() -> None:
    """Print the table."""
    pages = made_pages(LEARNED_FROM[-1] + LATER)
    known, later = pages[:-LATER], pages[-LATER:]
    bodies = [_body(page, NO_TEMPLATES) for page in known]
    print("| stories | lines known | precision | recall | quotations kept |\n|---|---|---|---|---|")
    for count in LEARNED_FROM:
        lines = template_lines(bodies[:count])
        templates = Templates(1, {DOMAIN: frozenset(line.key for line in lines)})
        precision, recall, kept = measured(later, templates)
        print(f"| {count} | {len(lines)} | {precision:.3f} | {recall:.3f} | {kept:.2f} |")


def measured(pages: Sequence[MadePage], templates: Templates) -> tuple[float, float, float]:
    """Return precision and recall of body words, and the share of quotations that are kept."""
    kept_words = right_words = story_words = quoted = 0
    for page in pages:
        lines = _body(page, templates).split("\n")
        kept_words += sum(len(line.split()) for line in lines)
        right_words += sum(len(line.split()) for line in lines if line in page.story)
        story_words += sum(len(line.split()) for line in page.story)
        quoted += (QUOTATION in lines) + (BACKGROUND in lines)
    quoting = 2 * sum(page.quotes for page in pages)
    return right_words / kept_words, right_words / story_words, quoted / quoting


def _body(page: MadePage, templates: Templates) -> str:
    [found] = extract([page.document], templates=templates)
    return found.body if isinstance(found, Article) else ""


if __name__ == "__main__":
    main()
