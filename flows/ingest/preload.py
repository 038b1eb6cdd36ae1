"""Imported once, before the processes that extract are forked from it: then none reads it again.

Of 0.66 CPU seconds before a new process has its first article, 0.55 go into unpacking the language
model and the list of public suffixes. LightGBM's models are not read here: its threads do not
survive a fork. The language model is unpacked by way of a temporary file: on a full disk each
process meets that by itself, where it is told.
"""

from contextlib import suppress

from articles.extraction.language import language
from articles.identity.urls import registered_domain

with suppress(OSError):
    language("The council voted on Monday to repair the harbour.")
registered_domain("https://news.example/")
