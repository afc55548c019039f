"""How are claims checked from a shell: those of texts, and those of a table?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.parameters import (
    Format,
    format_option,
    input_options,
    knowledge_options,
    stage_options,
)
from geoevents.cli.printing import Listing, explain_verdict, print_explained, print_listing, print_rows
from geoevents.cli.running import Run, count, load_gazetteer, require_countries, say

if TYPE_CHECKING:
    from geoevents.checking import ClaimRow
    from geoevents.errors import GeoeventsError
    from geoevents.exports.rows import Row
    from geoevents.geodesy import LatLon
    from geoevents.model import Analysis, Verdict

__all__ = ["check_command"]

_SHOWN = ("outcome", "text", "subject", "reference", "distance_km", "reason")
_CONFLICT = "conflict"


@click.command("check")
@input_options
@knowledge_options
@stage_options
@click.option(
    "--claims",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="Check the claims of a table instead of those of texts: subject, subject_lat, subject_lon, reference, "
    "reference_lat, reference_lon, claim.",
)
@format_option(Format.TABLE, Format.JSONL, Format.CSV, Format.GEOJSON)
@click.option(
    "--explain",
    is_flag=True,
    help="Print each verdict in full, with what would have to be true, and the lengths left alone.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["refuted", "units", "not_checkable", _CONFLICT]),
    multiple=True,
    help="Exit with 1 when a claim is refuted, its two units disagree, it is not checkable, or two claims "
    "about the same places cannot both be true; may be repeated.",
)
def check_command(
    table: Path | None, output_format: str, fail_on: tuple[str, ...], *, explain: bool, **inputs: Any
) -> None:
    """Check every claim of distance, direction and containment against the map.

    A table of claims has the columns subject, subject_lat, subject_lon, reference, reference_lat,
    reference_lon and claim (a phrase such as "about 30 km northeast"), and if known
    subject_population, subject_radius_km, reference_population and reference_radius_km. An end
    without coordinates is looked up by its name. Each row gets one verdict, in order.

    \b
    Examples:
      geoevents check examples/distances.txt
      geoevents check --explain --text "Toretsk is 20 km south of Kramatorsk."
      geoevents check --fail-on refuted draft.txt || echo "look again"
      geoevents check --claims claims.csv --format csv > verdicts.csv
    """  # noqa: D301 - \b is click's mark for a paragraph to leave as it is
    layout = Format(output_format)
    if explain and layout is not Format.TABLE:
        raise click.UsageError(f"--explain is prose; leave it or --format {output_format} out")
    if table is None:
        _check_texts(layout, fail_on, is_explained=explain, **inputs)
    else:
        _check_table(table, layout, fail_on, is_explained=explain, **inputs)


def _check_texts(layout: Format, fail_on: tuple[str, ...], *, is_explained: bool, **inputs: Any) -> None:
    from geoevents.exports import VERDICT_COLUMNS, verdict_rows  # late: start-up time

    kept: list[Analysis] = []
    run = Run(**inputs, fails=lambda analysis: any(_fails(v, fail_on) for v in analysis.verdicts))
    analyses = _keeping_claims(run.analyses(), kept)
    if is_explained:
        print_explained(analyses, _explained)
    else:
        layers = ("claim", "implied")
        listing = Listing(verdict_rows, VERDICT_COLUMNS, shown=_SHOWN, layers=layers)
        print_listing(analyses, listing, layout=layout)
    conflicts = _say_conflicts(kept)
    run.end(has_failed=_CONFLICT in fail_on and conflicts > 0)


def _keeping_claims(analyses: Iterable[Analysis], kept: list[Analysis]) -> Iterator[Analysis]:
    """Pass the analyses on, and keep of each what comparing its claims with others takes."""
    from dataclasses import replace

    from geoevents.model import Document  # late: start-up time

    for analysis in analyses:
        if analysis.verdicts:
            document = Document("", id=analysis.document.id)
            kept.append(replace(analysis, document=document, resolutions=(), quotes=(), events=()))
        yield analysis


def _say_conflicts(analyses: Iterable[Analysis]) -> int:
    from geoevents.verification import claim_conflicts  # late: start-up time

    conflicts = claim_conflicts(analyses)
    for conflict in conflicts:
        say(f"conflict: {conflict.reason}")
    return len(conflicts)


def _explained(analysis: Analysis) -> Iterator[str]:
    from geoevents.claims import left_alone  # late: start-up time

    text = analysis.document.text
    for verdict in analysis.verdicts:
        yield explain_verdict(verdict, text)
    traps = left_alone(text)
    if traps:
        yield "left alone:\n" + "".join(f"  {trap.span.of(text):<24}{trap.why}\n" for trap in traps)


def _fails(verdict: Verdict, fail_on: tuple[str, ...]) -> bool:
    return verdict.outcome.value in fail_on or ("units" in fail_on and verdict.units_agree is False)


def _check_table(
    table: Path,
    layout: Format,
    fail_on: tuple[str, ...],
    *,
    is_explained: bool,
    paths: tuple[str, ...],
    text: str | None,
    gazetteers: tuple[Path, ...],
    countries: tuple[str, ...],
    near: LatLon | None,
    **_: Any,
) -> None:
    from geoevents.checking import ClaimChecker, read_claims  # late: start-up time
    from geoevents.exports import VERDICT_COLUMNS

    if paths or text is not None:
        raise click.UsageError("give texts or --claims, not both")
    if layout is Format.GEOJSON:
        raise click.UsageError("--claims prints a table, jsonl or csv")
    bad: list[GeoeventsError] = []
    rows = list(read_claims(table, on_error=bad.append))
    if countries:
        require_countries(load_gazetteer(gazetteers), countries)
    checker = ClaimChecker(lambda: load_gazetteer(gazetteers), countries=countries, near=near)
    verdicts = list(checker(rows))
    if is_explained:
        for row, verdict in zip(rows, verdicts, strict=True):
            click.echo(explain_verdict(verdict, row.claim))
    else:
        print_rows(
            _table_rows(table, rows, verdicts),
            (*VERDICT_COLUMNS, "line"),
            shown=("line", *_SHOWN),
            layout=layout,
        )
    _end_table(bad, verdicts, fail_on)


def _end_table(bad: Sequence[GeoeventsError], verdicts: Sequence[Verdict], fail_on: tuple[str, ...]) -> None:
    """Name the bad rows, and leave with the exit code that the table deserves."""
    for error in bad:
        say(f"geoevents: {error}")
    if bad:
        say(f"geoevents: {count(len(bad), 'row')} not used, {count(len(verdicts), 'claim')} checked")
        raise click.exceptions.Exit(2)
    if any(_fails(verdict, fail_on) for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _table_rows(table: Path, rows: Iterable[ClaimRow], verdicts: Iterable[Verdict]) -> Iterator[Row]:
    from geoevents.exports import verdict_row  # late: start-up time

    for row, verdict in zip(rows, verdicts, strict=True):
        yield verdict_row(verdict, document_id=table.as_posix(), text=row.claim) | {"line": row.line}
