"""Find the article on a page: blocks, roles, then the fields read off them."""

from articles.extraction.extract import extract, page_of

__all__ = ["extract", "page_of"]
