"""Train the body models from labelled pages: `python -m bench.training PAGES_DIR`."""
