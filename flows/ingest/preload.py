"""Imported once, before the processes that extract are forked from it: then none reads it again.

The body models take 0.1 CPU seconds; the language model takes 0.5 where setup did not unpack it.
What is read here stays for good, so the garbage collector need not walk it again and again.
"""

import gc
from contextlib import suppress

from articles.extraction.language import language
from articles.extraction.models import shipped_model
from articles.identity.urls import registered_domain
from articles.model import MediaType

with suppress(OSError):
    language("The council voted on Monday to repair the harbour.")
registered_domain("https://news.example/")
for kind in (MediaType.TEXT, MediaType.HTML):
    shipped_model(kind)
gc.freeze()
