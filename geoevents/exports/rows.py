"""How does each finding read as one flat row?

Rows are dictionaries whose keys are the column lists below, in that order. Lengths are in
kilometers, coordinates in degrees, days in ISO 8601; an interval is `[low, high]` with `None` for
an open end; absent is `None`.
"""

from __future__ import annotations

import csv
import io
import json
import math
import reprlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from geoevents.errors import OptionError
from geoevents.lexicon.codes import cameo_root, plover_codes, ucdp_violence, ucdp_where_precision
from geoevents.model import (
    Actor,
    Analysis,
    ClaimEnd,
    Event,
    Interval,
    Place,
    Quote,
    Resolution,
    Verdict,
)

__all__ = [
    "EVENT_COLUMNS",
    "PLACE_COLUMNS",
    "VERDICT_COLUMNS",
    "Row",
    "analyses_of",
    "csv_lines",
    "end_name",
    "event_rows",
    "implied_cell",
    "interval_pair",
    "json_lines",
    "place_rows",
    "verdict_row",
    "verdict_rows",
]

Row = dict[str, object]

PLACE_COLUMNS = (
    "document",
    "start",
    "end",
    "text",
    "place_id",
    "name",
    "lat",
    "lon",
    "country",
    "admin1",
    "kind",
    "radius_km",
    "score",
    "reason",
    "role",
)
EVENT_COLUMNS = (
    "document",
    "start",
    "end",
    "text",
    "type",
    "sub_type",
    "status",
    "date",
    "date_end",
    "time_precision",
    "place_id",
    "name",
    "lat",
    "lon",
    "country",
    "admin1",
    "radius_km",
    "geo_precision",
    "actors",
    "targets",
    "fatalities",
    "injured",
    "attribution",
    "mentions",
    "missing",
    "captured",
    "displaced",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "counts",
    "ucdp_violence",
    "ucdp_where_precision",
    "plover_event",
    "plover_mode",
    "cameo_root",
)
VERDICT_COLUMNS = (
    "document",
    "start",
    "end",
    "text",
    "subject",
    "reference",
    "claimed_km",
    "measured_km",
    "distance_km",
    "bearing_deg",
    "direction",
    "paired",
    "outcome",
    "reason",
    "kind",
    "hedge",
    "mode",
    "speaker",
    "stance",
    "duration_h",
    "implied",
    "would_hold",
)


def analyses_of(findings: Iterable[Analysis] | Analysis) -> Iterator[Analysis]:
    """Yield the analyses, one alone as well as many. Raises `OptionError` for what is no analysis."""
    if isinstance(findings, Analysis):
        yield findings
        return
    for one in findings if isinstance(findings, Iterable) and not isinstance(findings, str) else [findings]:
        if not isinstance(one, Analysis):
            raise OptionError(f"findings are what `analyze` returns, got {reprlib.repr(one)}")
        yield one


def place_rows(analysis: Analysis) -> Iterator[Row]:
    """Yield one row per place name, in order; what is unresolved has no place but a reason."""
    for resolution in analysis.resolutions:
        span = resolution.toponym.span
        yield {
            "document": analysis.document.id,
            "start": span.start,
            "end": span.end,
            "text": resolution.toponym.text,
            **_place_cells(resolution.place),
            "kind": None if resolution.place is None else resolution.place.kind.value,
            "radius_km": None if resolution.place is None else resolution.place.radius_km,
            "score": score_of(resolution),
            "reason": resolution.reason,
            "role": resolution.toponym.role.value,
        }


def event_rows(analysis: Analysis) -> Iterator[Row]:
    """Yield one row per event, in order; types are spelled as ACLED spells them."""
    for event in analysis.events:
        place = None if event.location is None else event.location.place
        yield {
            "document": analysis.document.id,
            "start": event.span.start,
            "end": event.span.end,
            "text": event.span.of(analysis.document.text),
            "type": event.type.value,
            "sub_type": event.sub_type.value,
            "status": event.status.value,
            **_date_cells(event),
            **_place_cells(place),
            "radius_km": rounded(event.radius_km),
            "geo_precision": event.geo_precision,
            "actors": _names(event.actors),
            "targets": _names(event.targets),
            "fatalities": interval_pair(event.fatalities),
            "injured": interval_pair(event.injured),
            "attribution": [_quote_cell(quote, analysis.document.text) for quote in event.attribution],
            "mentions": [[span.start, span.end] for span in event.mentions],
            **_harm_cells(event),
            **_code_cells(event),
        }


def verdict_rows(analysis: Analysis) -> Iterator[Row]:
    """Yield one row per claim with its verdict, in order."""
    for verdict in analysis.verdicts:
        yield verdict_row(verdict, document_id=analysis.document.id, text=analysis.document.text)


def verdict_row(verdict: Verdict, *, document_id: str, text: str) -> Row:
    """Return one verdict as a row; the spans of its claim are those of `text`."""
    claim = verdict.claim
    return {
        "document": document_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.span.of(text),
        "subject": end_name(claim.subject),
        "reference": end_name(claim.reference),
        "claimed_km": _claimed_pair(claim.claimed),
        "measured_km": interval_pair(verdict.measured),
        "distance_km": rounded(verdict.distance_km),
        "bearing_deg": rounded(verdict.bearing_deg, digits=1),
        "direction": claim.direction,
        "paired": paired_cell(verdict),
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "kind": claim.kind.value,
        "hedge": claim.hedge.value,
        "mode": claim.mode.value,
        "speaker": claim.speaker,
        "stance": None if claim.stance is None else claim.stance.value,
        "duration_h": interval_pair(claim.duration_h),
        "implied": implied_cell(verdict),
        "would_hold": list(verdict.would_hold),
    }


def json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield each row as one line of JSON, without its line end."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, allow_nan=False)


def csv_lines(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[str]:
    """Yield the header and each row as CSV (RFC 4180), without its line end.

    Lists become JSON. Text that a spreadsheet would run as a formula gets a leading apostrophe, as
    OWASP advises against CSV injection.

    >>> list(csv_lines([{"name": "=1+1", "lat": -1.5}], ["name", "lat"]))
    ['name,lat', "'=1+1,-1.5"]
    """
    buffer = io.StringIO()
    # The writer quotes only the line ends that it writes itself.
    writer = csv.writer(buffer, lineterminator="\r\n")
    for cells in [columns, *([_csv_cell(row[c]) for c in columns] for row in rows)]:
        writer.writerow(cells)
        yield buffer.getvalue().removesuffix("\r\n")
        buffer.seek(0)
        buffer.truncate()


def end_name(end: ClaimEnd) -> str:
    """Return the resolved name of one end of a claim, else what the text calls it."""
    place = None if end.resolution is None else end.resolution.place
    return end.text if place is None else place.name


def interval_pair(interval: Interval | None) -> list[float | None] | None:
    """Return `[low, high]` with `None` for an infinite high, whole numbers as such."""
    if interval is None:
        return None
    return [rounded(interval.low), None if math.isinf(interval.high) else rounded(interval.high)]


def rounded(value: float | None, *, digits: int = 3) -> float | None:
    """Return the value rounded, as an `int` where it is whole: meters are the third decimal."""
    if value is None:
        return None
    short = round(value, digits)
    return int(short) if short == int(short) else short


def score_of(resolution: Resolution) -> float | None:
    """Return the score of the place meant; what is unsettled has none."""
    return round(resolution.candidates[0].score, 3) if resolution.is_settled else None


def paired_cell(verdict: Verdict) -> Row | None:
    """Return the paired figure as written, its length, and whether the two figures agree."""
    paired = verdict.claim.paired
    if paired is None:
        return None
    return {
        "value": rounded(paired.value),
        "unit": paired.unit.value,
        "km": rounded(paired.km),
        "agrees": verdict.units_agree,
    }


def _claimed_pair(claimed: Interval | None) -> list[float | None] | None:
    """Return the claimed interval; "north of" and "the closest town" claim no length at all."""
    if claimed is not None and claimed.low == 0 and math.isinf(claimed.high):
        return None
    return interval_pair(claimed)


def implied_cell(verdict: Verdict) -> Row | None:
    """Return where an end that the text does not name must lie, as a point with its radius."""
    implied = verdict.implied
    if implied is None:
        return None
    return {
        "end": "subject" if implied.is_subject else "reference",
        "text": implied.text,
        "lat": rounded(implied.point.lat, digits=5),
        "lon": rounded(implied.point.lon, digits=5),
        "radius_km": rounded(implied.radius_km),
        "reason": implied.reason,
    }


def _place_cells(place: Place | None) -> Row:
    return {
        "place_id": None if place is None else place.id,
        "name": None if place is None else place.name,
        "lat": None if place is None else rounded(place.point.lat, digits=5),
        "lon": None if place is None else rounded(place.point.lon, digits=5),
        "country": None if place is None else place.country,
        "admin1": None if place is None else place.admin1,
    }


def _date_cells(event: Event) -> Row:
    return {
        "date": None if event.date is None else event.date.start.isoformat(),
        "date_end": None if event.date is None else event.date.end.isoformat(),
        "time_precision": event.time_precision,
    }


def _harm_cells(event: Event) -> Row:
    return {
        "missing": interval_pair(event.missing),
        "captured": interval_pair(event.captured),
        "displaced": interval_pair(event.displaced),
        "deaths_a": interval_pair(event.deaths_a),
        "deaths_b": interval_pair(event.deaths_b),
        "deaths_civilians": interval_pair(event.deaths_civilians),
        "counts": [
            {
                "harm": count.harm.value,
                "figure": interval_pair(count.interval),
                "start": count.span.start,
                "end": count.span.end,
                "speaker": count.speaker,
                "side": count.side,
            }
            for count in event.counts
        ],
    }


def _code_cells(event: Event) -> Row:
    plover_event, plover_mode = plover_codes(event)
    return {
        "ucdp_violence": ucdp_violence(event),
        "ucdp_where_precision": ucdp_where_precision(event),
        "plover_event": plover_event,
        "plover_mode": plover_mode,
        "cameo_root": cameo_root(event),
    }


def _names(actors: tuple[Actor, ...]) -> list[str]:
    return [actor.name for actor in actors]


def _quote_cell(quote: Quote, text: str) -> Row:
    return {
        "start": quote.span.start,
        "end": quote.span.end,
        "text": quote.span.of(text),
        "speaker": quote.speaker,
        "stance": quote.stance.value,
    }


def _csv_cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
