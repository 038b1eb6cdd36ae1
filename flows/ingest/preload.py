"""Imported once, before the processes that extract are forked from it: then none reads it again.

Of 0.66 CPU seconds before a new process has its first article, 0.55 go into unpacking the language
model and the list of public suffixes; the body models take 0.15 more. The language model is
unpacked by way of a temporary file: on a full disk each process meets that by itself, where it is
told. What is read here stays for good, so the garbage collector need not walk it again and again.
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
