"""A site for each test."""

from collections.abc import Iterator

import pytest

from tests.spiders.site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found
