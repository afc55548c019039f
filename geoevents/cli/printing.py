"""How are findings laid out on a terminal or in a pipe?"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

import click

from geoevents.cli.parameters import Format

if TYPE_CHECKING:
    from geoevents.exports.rows import Row
    from geoevents.model import Analysis, ClaimEnd, Event, Verdict

__all__ = [
    "Listing",
    "explain_event",
    "explain_verdict",
    "one_line",
    "outcome_words",
    "print_explained",
    "print_listing",
    "print_rows",
    "require_table",
]

# Cells are wrapped, never cut: a reason without its end may say the opposite.
_MAX_CELL = 32
_WIDTHS = {"reason": 64, "text": 44}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one command lists: its rows, all their columns, those of the table, and their layers."""

    rows: Callable[[Analysis], Iterable[Row]]
    columns: Sequence[str]
    _: KW_ONLY
    shown: Sequence[str]
    layers: Sequence[str]


def print_listing(analyses: Iterable[Analysis], listing: Listing, *, layout: Format) -> None:
    """Print what `listing` takes from the analyses; JSON Lines and CSV row by row, as they come."""
    if layout is Format.GEOJSON:
        _print_geojson(analyses, layers=listing.layers)
    else:
        rows = (row for analysis in analyses for row in listing.rows(analysis))
        print_rows(rows, listing.columns, shown=listing.shown, layout=layout)


def print_rows(rows: Iterable[Row], columns: Sequence[str], *, shown: Sequence[str], layout: Format) -> None:
    """Print rows as a table of the `shown` columns, or as JSON Lines or CSV of all `columns`."""
    from geoevents.exports import csv_lines, json_lines  # late: start-up time

    match layout:
        case Format.JSONL:
            lines = json_lines(rows)
        case Format.CSV:
            lines = csv_lines(rows, columns)
        case _:
            lines = iter([_table(list(rows), shown)])
    for line in lines:
        click.echo(line)


def require_table(output_format: str) -> None:
    """Refuse another format beside --explain, which is prose."""
    if output_format != Format.TABLE:
        raise click.UsageError(f"--explain is prose; leave it or --format {output_format} out")


def print_explained(analyses: Iterable[Analysis], describe: Callable[[Analysis], Iterable[str]]) -> None:
    """Print the long description of each finding, document by document."""
    for analysis in analyses:
        for description in describe(analysis):
            click.echo(description)


def _print_geojson(analyses: Iterable[Analysis], *, layers: Sequence[str]) -> None:
    from geoevents.exports import feature_collection  # late: start-up time
    from geoevents.model import ALL_ROLES

    collection = feature_collection(analyses, roles=ALL_ROLES)  # the analyses hold those asked for
    features = [f for f in collection["features"] if f["properties"]["layer"] in layers]
    click.echo(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))


def explain_event(event: Event, text: str) -> str:
    """Return one event in full: a heading, its mentions, and the reason for each slot."""
    where = (
        "no place" if event.location is None or event.location.place is None else event.location.place.name
    )
    when = "no date" if event.date is None else str(event.date)
    lines = [f"{event.sub_type.value}, {where}, {when} ({event.status.value})"]
    lines += [f"  mention  {one_line(span.of(text))}" for span in event.mentions]
    lines += [f"  because  {one_line(reason)}" for reason in event.reasons]
    lines += [
        f"  {quote.stance.value:<8} {one_line(quote.speaker)}: {one_line(quote.span.of(text))}"
        for quote in event.attribution
    ]
    return "\n".join(lines) + "\n"


def outcome_words(verdict: Verdict) -> str:
    """Return the outcome, and that the claim's two figures cannot both be right where they cannot."""
    clash = ", its two figures disagree" if verdict.units_agree is False else ""
    return f"{verdict.outcome.value}{clash}"


def explain_verdict(verdict: Verdict, text: str) -> str:
    """Return one verdict in full: the claim, the calculation, and what would have to be true."""
    claim = verdict.claim
    lines = [f"{outcome_words(verdict)}: {one_line(claim.span.of(text))}"]
    if claim.kind.value != "distance":
        lines.append(f"  kind       {claim.kind.value}")
    if claim.speaker:
        stance = f", who {claim.stance.value} it" if claim.stance else ""
        lines.append(f"  speaker    {one_line(claim.speaker)}{stance}")
    for role, end in (("subject", claim.subject), ("reference", claim.reference)):
        lines.append(f"  {role:<11}{one_line(end.text)}{_because(end.reason)}{_alternatives(end)}")
    lines.append(f"  reason     {verdict.reason}")
    lines += [f"  would hold {one_line(reading)}" for reading in verdict.would_hold]
    lines += _whereabouts(verdict)
    for entry in verdict.what_if:
        span = f"{entry.measured.low:.0f}"
        if round(entry.measured.high) != round(entry.measured.low):
            span += f"-{entry.measured.high:.0f}"
        lines.append(f"  if it were {one_line(entry.place.name)}: {span} km, {entry.outcome.value}")
    return "\n".join(lines) + "\n"


def _alternatives(end: ClaimEnd) -> str:
    """Return what else the name of an end may mean, the two likeliest."""
    candidates = () if end.resolution is None else end.resolution.candidates[1:3]
    others = [", ".join(p for p in (c.place.name, c.place.admin1, c.place.country) if p) for c in candidates]
    return one_line(f"; could also be {' or '.join(others)}") if others else ""


def _whereabouts(verdict: Verdict) -> list[str]:
    """Return where an end without a name must lie: in a ring or band, or near a point."""
    claim, implied = verdict.claim, verdict.implied
    known = [e for e in (claim.subject, claim.reference) if e.resolution is not None and e.resolution.place]
    lines = []
    if len(known) == 1 and claim.claimed is not None and claim.reference.line is None:
        high = "or more" if claim.claimed.high == float("inf") else f"to {claim.claimed.high:.1f}"
        place = known[0].text
        lines.append(f"  must lie   {claim.claimed.low:.1f} {high} km from {one_line(place)}")
    if implied is not None:
        at = f"{implied.point.lat:.4f}, {implied.point.lon:.4f}"
        lines.append(f"  implied    {at}, within {implied.radius_km:.1f} km ({implied.reason})")
    return lines


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _table(rows: list[Row], columns: Sequence[str]) -> str:
    from tabulate import tabulate  # late: start-up time

    if not rows:
        return "nothing found"
    if len({row.get("document") for row in rows}) > 1:
        columns = ("document", *columns)
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [_WIDTHS.get(column, _MAX_CELL) for column in columns]
    return tabulate(cells, headers=columns, tablefmt="simple", disable_numparse=True, maxcolwidths=widths)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = _interval(value) or "; ".join(str(v) for v in value)
    return one_line(str(value))


def _interval(value: list[object]) -> str | None:
    if len(value) != 2 or not isinstance(value[0], int | float):
        return None
    low, high = value
    if high is None:
        return f"≥ {low}"
    return str(low) if low == high else f"{low}–{high}"


def one_line(text: str) -> str:
    """Return the text on one line, without characters that would steer a terminal."""
    flat = _SPACE.sub(" ", text)
    return "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in flat)
