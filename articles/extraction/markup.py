"""What does markup need before it is parsed?

A parser gives the tree; it does not know which blank lines a browser shows, and is slow in depth.
"""

import re

# Parsing is quadratic in depth: 100,000 nested divs took 28 s, 10,000 take 0.2 s.
TAGS_BEFORE_DEPTH_MATTERS = 20_000
DEEPEST = 1_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]{0,40})[^<>]*>")
_NESTING = (
    "article", "aside", "blockquote", "div", "dl", "fieldset", "font", "form", "main", "nav",
    "section", "a", "b", "center", "dialog", "em", "figure", "i", "li", "ol", "q", "s", "small",
    "span", "strong", "u", "ul",
)  # fmt: skip
_PRE = re.compile(r"<pre\b.*?(?:</pre|\Z)", re.IGNORECASE | re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_SHADOW = re.compile(r"<template\s[^<>]*\bshadowrootmode\b[^<>]*>", re.IGNORECASE)


def parsable(text: str) -> str:
    """Return markup of the same page that the parser reads as browsers show it, and in time."""
    return _flattened(_shown(text))


def _shown(text: str) -> str:
    """Mark up what browsers show without a tag: paragraphs of `pre`, declared shadow trees."""
    if "<pre" in text or "<PRE" in text:
        text = _PRE.sub(lambda pre: _BLANK_LINE.sub("<br>", pre[0]), text)
    return _SHADOW.sub("<span>", text) if "shadowrootmode" in text else text


def _flattened(text: str) -> str:
    """Leave out the tags that nest deeper than any page means to, for the parser's sake."""
    if text.count("<") < TAGS_BEFORE_DEPTH_MATTERS:
        return text
    kept: list[str] = []
    depth, copied = 0, 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _NESTING:
            continue
        if not match[1]:
            depth += 1
        if depth > DEEPEST:
            kept.append(text[copied : match.start()])
            copied = match.end()
        if match[1]:
            depth = max(0, depth - 1)
    return "".join([*kept, text[copied:]])
