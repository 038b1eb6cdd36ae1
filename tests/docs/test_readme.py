"""Does the README tell the truth? Its queries are asked, its commands are there."""

import re
import subprocess

import pytest

from tests.conftest import ROOT, Newsmill

pytestmark = pytest.mark.xdist_group("samples")

README = (ROOT / "README.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
VERBS = re.findall(r"`newsmill (\w+)", README)


def test_there_are_five_queries() -> None:
    assert len(QUERIES) == 5


@pytest.mark.slow
@pytest.mark.usefixtures("milled")
@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_readme_has_an_answer_on_the_samples(query: str, newsmill: Newsmill) -> None:
    answer = newsmill("sql", "--format", "csv", query)

    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) > 1


@pytest.mark.slow
def test_lines_that_the_readme_shows_are_what_the_command_prints(newsmill: Newsmill) -> None:
    [(command, shown)] = re.findall(r"```\n\$ \.venv/bin/newsmill (.*)\n((?:.*\n)+?)```", README)

    printed = [" ".join(line.split()) for line in newsmill(*command.split()).stdout.splitlines()]

    for line in shown.splitlines():
        start = " ".join(line.split()).removesuffix("...").rstrip()
        assert any(each.startswith(start) for each in printed), line


@pytest.mark.slow
@pytest.mark.parametrize("verb", sorted(set(VERBS)))
def test_command_of_the_readme_explains_itself_with_an_example(
    verb: str, newsmill: Newsmill
) -> None:
    told = newsmill(verb, "--help")

    assert told.returncode == 0
    assert "Example:" in told.stdout


def test_targets_of_the_readme_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert [t for t in re.findall(r"\bmake ([a-z-]+)", README) if f"\n{t}:" not in makefile] == []


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)

    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@pytest.mark.slow
def test_samples_are_counted_right(milled: "subprocess.CompletedProcess[str]") -> None:
    assert "43 seen" in milled.stdout
    assert "forty-three" in README
