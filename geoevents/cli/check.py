"""How are claims checked from a shell: those of texts, and those of a table?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
from geoevents.cli.printing import (
    Listing,
    explain_verdict,
    outcome_words,
    print_explained,
    print_listing,
    print_rows,
)
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
    type=click.Choice(["refuted", "road_only", "units", "not_checkable", _CONFLICT]),
    multiple=True,
    help="Exit with 1 when a claim is refuted, when the straight line contradicts it and only a road could be so long "
    "(road_only), when its two units disagree, when it is not checkable, or when two claims about the same places "
    "cannot both be true; may be repeated. Input that cannot be used exits with 2, whatever is found beside it; "
    "the last line then says both.",
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


@dataclass(slots=True)
class _Asked:
    """What `--fail-on` asks for, and how often it was found."""

    kinds: tuple[str, ...]
    found: Counter[str] = field(default_factory=Counter)

    def note(self, verdicts: Iterable[Verdict]) -> None:
        """Count the verdicts that are asked for."""
        for verdict in verdicts:
            kinds = {verdict.outcome.value} | ({"units"} if verdict.units_agree is False else set())
            self.found.update(kinds.intersection(self.kinds))

    def words(self) -> str:
        """Return what was found in the order of the options: "2 refuted, 1 units"; empty for nothing."""
        kinds = dict.fromkeys(kind for kind in self.kinds if self.found[kind])
        return ", ".join(f"{self.found[kind]:,} {kind}" for kind in kinds)


def _check_texts(layout: Format, fail_on: tuple[str, ...], *, is_explained: bool, **inputs: Any) -> None:
    from geoevents.exports import VERDICT_COLUMNS, verdict_rows  # late: start-up time

    kept: list[Analysis] = []
    asked = _Asked(fail_on)
    run = Run(**inputs)
    analyses = _keeping_claims(run.analyses(), kept)
    if is_explained:
        print_explained(analyses, _explained)
    else:
        rows = _rows_to_read if layout is Format.TABLE else verdict_rows
        listing = Listing(rows, VERDICT_COLUMNS, shown=_SHOWN, layers=("claim", "implied"))
        print_listing(analyses, listing, layout=layout)
    for analysis in kept:
        asked.note(analysis.verdicts)
        _say_clashes(analysis.verdicts)
    conflicts = _say_conflicts(kept)
    asked.found[_CONFLICT] += conflicts
    run.end(has_failed=bool(asked.words()), found=_found(asked))


def _found(asked: _Asked) -> str:
    return f"--fail-on found {words}" if (words := asked.words()) else ""


def _rows_to_read(analysis: Analysis) -> Iterator[Row]:
    """Yield the rows of the verdicts with outcomes for people: a clash of units stands beside each."""
    from geoevents.exports import verdict_rows  # late: start-up time

    for verdict, row in zip(analysis.verdicts, verdict_rows(analysis), strict=True):
        yield row | {"outcome": outcome_words(verdict)}


def _say_clashes(verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        claim = verdict.claim
        if verdict.units_agree is False:
            say(f"units: {claim.figure} and {claim.paired} are not one length ({verdict.outcome.value})")


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
    asked = _Asked(fail_on)
    asked.note(verdicts)
    if is_explained:
        for row, verdict in zip(rows, verdicts, strict=True):
            click.echo(explain_verdict(verdict, row.claim))
    else:
        print_rows(
            _table_rows(table, rows, verdicts, is_for_people=layout is Format.TABLE),
            (*VERDICT_COLUMNS, "line"),
            shown=("line", *_SHOWN),
            layout=layout,
        )
    _end_table(bad, verdicts, asked)


def _end_table(bad: Sequence[GeoeventsError], verdicts: Sequence[Verdict], asked: _Asked) -> None:
    """Name clashes and bad rows, and leave with the exit code that the table deserves."""
    _say_clashes(verdicts)
    for error in bad:
        say(f"geoevents: {error}")
    found = _found(asked)
    if bad:
        used = f"{count(len(bad), 'row')} not used, {count(len(verdicts), 'claim')} checked"
        say(f"geoevents: {used}{found and f'; {found}'}")
        raise click.exceptions.Exit(2)
    if found:
        say(f"geoevents: {found}")
        raise click.exceptions.Exit(1)


def _table_rows(
    table: Path, rows: Iterable[ClaimRow], verdicts: Iterable[Verdict], *, is_for_people: bool
) -> Iterator[Row]:
    from geoevents.exports import verdict_row  # late: start-up time

    for row, verdict in zip(rows, verdicts, strict=True):
        cells = verdict_row(verdict, document_id=table.as_posix(), text=row.claim) | {"line": row.line}
        yield cells | {"outcome": outcome_words(verdict)} if is_for_people else cells
