"""What does the Prefect UI show of a replay?"""

from flows.artifacts import publish_markdown
from flows.markup import escaped, table
from flows.replay.report import FieldChanges, ReplayReport


def show(report: ReplayReport) -> None:
    """Publish the report of a replay."""
    publish_markdown("replay", markdown(report), sentence(report))


def sentence(report: ReplayReport) -> str:
    """Return what a replay has done, or would do, in one line."""
    would = "would be " if report.dry_run else ""
    return (
        f"{report.documents:,} documents read again: {report.new_versions:,} new versions, "
        f"{report.mended:,} {would}mended, {report.passed:,} refused before and sound now, "
        f"{report.refused:,} kept although today's code refuses them"
    )


def markdown(report: ReplayReport) -> str:
    """Return the report as Markdown."""
    title = "# Replay, dry run: nothing was written" if report.dry_run else "# Replay"
    parts = [title, sentence(report), f"Code `{report.code}`, scope `{escaped(report.scope)}`"]
    if report.resumed_after:
        parts.append(f"Taken up behind {escaped(report.resumed_after)}, where a run was killed.")
    if report.fields:
        rows = [[f"**{each.field}**", f"{each.articles:,}"] for each in report.fields]
        parts += ["## Changed by field", table(["field", "articles"], rows)]
        parts += [_samples(each) for each in report.fields]
    if report.refused_samples:
        rows = [[escaped(s.origin), escaped(s.after)] for s in report.refused_samples]
        parts += ["## Kept, though refused today", table(["origin", "refused for"], rows)]
    if report.golden is not None:
        golden = report.golden
        rows = [[name, f"{right:,}", f"{of:,}"] for name, (right, of) in golden.fields.items()]
        parts += [
            "## Golden cases",
            f"{golden.right:,} of {golden.cases:,} are right in every fact.",
            table(["field", "right", "of"], rows),
        ]
    parts += [f"✗ {escaped(damage)}" for damage in report.damaged]
    return "\n\n".join(parts)


def _samples(changes: FieldChanges) -> str:
    rows = [
        [escaped(sample.origin), escaped(sample.before), escaped(sample.after)]
        for sample in changes.samples
    ]
    return f"### {changes.field}\n\n" + table(["origin", "before", "after"], rows)
