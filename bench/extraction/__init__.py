"""Newsmill beside other extractors: `python -m bench.extraction PAGES... --folds DIR`."""
