"""What does a replay say it changed, or would change?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.model import Frozen
from flows.replay.golden import GoldenScore
from warehouse.replay import FIELDS, Comparison

MAX_SAMPLES = 5  # of a field
SAMPLE_CHARS = 160


class Sample(Frozen):
    """A field of one article before and after."""

    origin: str
    before: str
    after: str


class FieldChanges(Frozen):
    """In how many articles a field comes out otherwise."""

    field: str
    articles: int
    samples: tuple[Sample, ...]


class ReplayReport(Frozen):
    """What today's code reads otherwise than what is stored."""

    dry_run: bool
    scope: str
    code: str
    resumed_after: str | None
    """Place in the archive at which a killed replay had come; None for one from the start."""
    documents: int
    new_versions: int
    """Articles whose cleaned text changed."""
    mended: int
    """Articles with the same text, of which a field changed."""
    passed: int
    """Refused so far, and sound today."""
    loaded: int
    """Of those, how many gave an article or a copy of one; 0 in a dry run."""
    refused: int
    """Articles that today's code would refuse; they stay."""
    refused_samples: tuple[Sample, ...]
    fields: tuple[FieldChanges, ...]
    damaged: tuple[str, ...]
    golden: GoldenScore | None


@dataclass(slots=True)
class Tally:
    """Counts what the parts of a replay bring."""

    documents: int = 0
    new_versions: int = 0
    mended: int = 0
    passed: int = 0
    loaded: int = 0
    refused: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    refused_samples: list[Sample] = field(default_factory=list)

    def add(self, comparison: Comparison) -> None:
        """Count what one part has found; `add_written` says how much of it is kept."""
        self.documents += comparison.documents
        self.passed += len(comparison.passed)
        self.refused += len(comparison.refused)
        for change in comparison.changes:
            self.fields.update(change.fields)
            for name in change.fields:
                samples = self.samples.setdefault(name, [])
                if len(samples) < MAX_SAMPLES:
                    before, after = _told(change.before[name], change.after[name])
                    samples.append(Sample(origin=change.origin, before=before, after=after))
        wanted = MAX_SAMPLES - len(self.refused_samples)
        for stored, refusal in comparison.refused[:wanted]:
            before, after = stored.article_id or "", f"{refusal.reason}: {refusal.detail}"
            self.refused_samples.append(Sample(origin=refusal.origin, before=before, after=after))

    def add_written(self, new: int, mended: int, loaded: int, changed: int) -> None:
        """Count what was written, or would be, of the `changed` articles of a part."""
        self.new_versions, self.mended = self.new_versions + new, self.mended + mended
        self.loaded += loaded
        self.refused += changed - new - mended

    def report(
        self,
        *,
        dry_run: bool,
        scope: str,
        code: str,
        resumed_after: str | None,
        damaged: Sequence[str],
        golden: GoldenScore | None,
    ) -> ReplayReport:
        """Return the report of the whole replay."""
        return ReplayReport(
            dry_run=dry_run,
            scope=scope,
            code=code,
            resumed_after=resumed_after,
            documents=self.documents,
            new_versions=self.new_versions,
            mended=self.mended,
            passed=self.passed,
            loaded=self.loaded,
            refused=self.refused,
            refused_samples=tuple(self.refused_samples),
            fields=tuple(
                FieldChanges(field=n, articles=self.fields[n], samples=tuple(self.samples[n]))
                for n in FIELDS
                if self.fields[n]
            ),
            damaged=tuple(damaged),
            golden=golden,
        )


def _told(before: object, after: object) -> tuple[str, str]:
    """Return two values as short texts, from shortly before the place where they part."""
    one, other = (_text(value) for value in (before, after))
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    start = max(0, same - SAMPLE_CHARS // 4)
    return _cut(one, start), _cut(other, start)


def _text(value: object) -> str:
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + SAMPLE_CHARS]
    return ("…" if start else "") + piece + ("…" if start + SAMPLE_CHARS < len(text) else "")
