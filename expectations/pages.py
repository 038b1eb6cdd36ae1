"""What do the pages of Data Docs look like? Plain HTML that needs no network.

The templates of Great Expectations load a dozen scripts, fonts and pictures from other hosts:
without them the first page is blank. Ours have their style inside and no script. Imported by
Great Expectations itself, by name, when it builds the site (see `site._site_config`).
"""

from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import PackageLoader


class BatchPage(DefaultJinjaPageView):
    """The page of one batch: the verdict, what failed, what was met."""

    _template = "batch.html"

    def __init__(
        self,
        custom_styles_directory: str | None = None,
        custom_views_directory: str | None = None,
    ) -> None:
        super().__init__(custom_styles_directory, custom_views_directory)
        # the name of a template ends in .html, so every value in it is escaped
        self.env.loader = PackageLoader("expectations", "templates")


class SuitePage(BatchPage):
    """The page of the suite: every expectation in words."""

    _template = "suite.html"


class IndexPage(BatchPage):
    """The first page: the newest batches."""

    _template = "index.html"
