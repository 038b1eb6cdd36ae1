"""Where can people read what an audit found? On a small static site, Data Docs.

An audit leaves its result as JSON in the form of Great Expectations' own store (milliseconds);
the site is built from the newest of them once a run (`build_docs`).
"""

import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from articles.errors import NewsmillError
from articles.model import utc_text
from expectations.dialect import in_gx_for_people, quiet
from expectations.suite import OnFailure, Suite
from expectations.verdict import Audit, Checked

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import (
        EphemeralDataContext,
    )

KEPT = 50
"""Results that the site shows; a page costs about 20 ms to draw and 60 kB."""

FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
"""A name that is a plain file name on every system and cannot climb out of its folder."""

UNTROUBLED = {"raised_exception": False, "exception_message": None, "exception_traceback": None}


class DocsNotBuilt(NewsmillError):
    """Great Expectations could not draw a page; it only logs such errors."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the result of one batch and its page lie under the folder of the docs."""

    docs_dir: Path
    suite: str
    run_name: str
    run_at: datetime
    batch_id: str

    def __post_init__(self) -> None:
        """Refuse names that are no plain file names (`ValueError`)."""
        for name in (self.suite, self.run_name, self.batch_id):
            if not FILE_NAME.fullmatch(name):
                raise ValueError(f"{name[:120]!r} is no plain file name of up to 100 characters")

    @property
    def result(self) -> Path:
        """The stored result."""
        return _results(self.docs_dir).joinpath(*self._steps).with_suffix(".json")

    @property
    def index(self) -> Path:
        """The first page of the site."""
        return _site(self.docs_dir) / "index.html"

    @property
    def page(self) -> Path:
        """The page of this batch."""
        return (_site(self.docs_dir) / "validations").joinpath(*self._steps)

    @property
    def _steps(self) -> tuple[str, ...]:
        """The path that Great Expectations gives to a result: suite, run, time, batch."""
        moment = self.run_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        return self.suite, self.run_name, moment, f"{self.batch_id}.html"


def leave(place: Place, found: Audit) -> None:
    """Write the result of one batch where `build_docs` finds it."""
    place.result.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.result.with_suffix(".tmp")
    unfinished.write_text(json.dumps(_stored(found), indent=1), encoding="utf-8")
    unfinished.replace(place.result)
    place.page.unlink(missing_ok=True)  # of an audit of this batch before, now outdated


def build_docs(docs_dir: Path, suite: Suite, *, keep: int = KEPT) -> Path:
    """Build the site from the newest `keep` results; return its first page.

    Only pages that are not there yet are drawn. Older results and their pages are removed.
    Nothing is read from the network, now or when a page is opened.
    """
    _prune(docs_dir, keep)
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
    )

    context = _context(docs_dir, suite)
    pages = _site(docs_dir) / "validations"
    wanted = {
        key: pages.joinpath(*key.to_tuple()[:-1], f"{key.to_tuple()[-1]}.html")
        for key in context.validation_results_store.list_keys()
    }
    # list[Any], because GX's annotation allows keys of one kind and its code takes both
    fresh: list[Any] = [key for key, page in wanted.items() if not page.exists()]
    context.build_data_docs(resource_identifiers=[ExpectationSuiteIdentifier(suite.name), *fresh])
    shutil.rmtree(_site(docs_dir) / "static")  # 4 MB of pictures and fonts for the pages of GX
    undrawn = [str(page) for page in wanted.values() if not page.exists()]
    if undrawn:
        raise DocsNotBuilt(f"no page was drawn for {', '.join(undrawn)}; the log says why")
    return _site(docs_dir) / "index.html"


def _stored(found: Audit) -> dict[str, Any]:
    """Return the result in the form that Great Expectations stores, without a word of a page."""
    met = sum(each.success for each in found.results)
    return {
        "success": found.passed,
        "suite_name": found.suite,
        "results": [_stored_result(each) for each in found.results],
        "statistics": {
            "evaluated_expectations": len(found.results),
            "successful_expectations": met,
            "unsuccessful_expectations": len(found.results) - met,
            "success_percent": 100 * met / len(found.results),
        },
        "suite_parameters": {},
        "meta": {
            "run_id": {"run_name": found.run_name, "run_time": found.run_at.isoformat()},
            "batch_spec": _told(found),
        },
        "id": None,
    }


def _stored_result(each: Checked) -> dict[str, Any]:
    return {
        "success": each.success,
        "expectation_config": in_gx_for_people(each.expectation, counts=each.counted),
        "result": {
            "element_count": each.judged,
            "unexpected_count": each.failing,
            "unexpected_percent": 100 * each.failing / each.judged if each.judged else 0.0,
            "observed_value": each.observed,
            "partial_unexpected_list": list(each.shown),
        },
        "meta": {},
        "exception_info": UNTROUBLED,
    }


def _told(found: Audit) -> dict[str, Any]:
    """Return what the page of the batch says; GX hands a batch's spec to its page untouched."""
    return {
        "data_asset_name": found.verdict,  # the one text that GX copies to the first page
        "batch": found.batch_id,
        "run_name": found.run_name,
        "run_at": utc_text(found.run_at),
        "rows": found.rows,
        "tone": "bad" if found.held else "wait" if found.failing else "good",
        "checked": [
            {
                "column": each.expectation.column,
                "says": each.expectation.says,
                "found": each.observed,
                "bounds": each.expectation.bounds,
                "consequence": each.expectation.consequence,
                "because": each.expectation.because,
                "shown": each.shown,
                "is": _standing(each),
            }
            for each in found.results
        ],
    }


def _standing(each: Checked) -> str:
    if each.success:
        return "met"
    return "warning" if each.expectation.on_failure is OnFailure.WARN else "not met"


def _prune(docs_dir: Path, keep: int) -> None:
    """Remove all results but the newest `keep`, with their pages and the folders left empty."""
    results, pages = _results(docs_dir), _site(docs_dir) / "validations"
    by_age = sorted(results.glob("*/*/*/*.json"), key=lambda path: path.parts[-2:], reverse=True)
    for old in by_age[keep:]:
        page = pages / old.relative_to(results).with_suffix(".html")
        for path in (page, old):
            path.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent):
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()


def _context(docs_dir: Path, suite: Suite) -> "EphemeralDataContext":
    """Return a context that reads the results and knows the suite."""
    import great_expectations as gx
    from great_expectations.core import ExpectationSuite
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
    )

    defaults = InMemoryStoreBackendDefaults()
    defaults.stores["validation_results_store"] = {
        "class_name": "ValidationResultsStore",
        "store_backend": _folder(_results(docs_dir)),
    }
    config = DataContextConfig(
        store_backend_defaults=defaults, data_docs_sites={"newsmill": _site_config(docs_dir)}
    )
    context = gx.get_context(project_config=config, mode="ephemeral")
    context.variables.progress_bars = quiet()
    asked = [in_gx_for_people(each) for each in suite.expectation]
    context.suites.add(ExpectationSuite(name=suite.name, expectations=asked))
    return context


def _site_config(docs_dir: Path) -> dict[str, Any]:
    view = {"module_name": "expectations.pages", "class_name": "BatchPage"}
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": _folder(_site(docs_dir)),
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "view": view | {"class_name": "IndexPage"},
        },
        "site_section_builders": {
            "expectations": {"view": view | {"class_name": "SuitePage"}},
            # GX leaves out runs whose name has this text; no run of ours can have a slash in it
            "validations": {"view": view, "run_name_filter": {"not_includes": "/"}},
            "profiling": "None",
        },
    }


def _folder(path: Path) -> dict[str, Any]:
    return {
        "class_name": "TupleFilesystemStoreBackend",
        "base_directory": str(path.absolute()),
        "suppress_store_backend_id": True,
    }


def _results(docs_dir: Path) -> Path:
    return docs_dir / "results"


def _site(docs_dir: Path) -> Path:
    return docs_dir / "site"
