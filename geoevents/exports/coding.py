"""Which events does another project's table take, and how does it call countries, people and days?

ACLED, UCDP and PLOVER code what happened, where and when: events that the text denies, plans or only
recalls stay out of their tables, and so do events without a place.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geoevents.exports.files import write_text
from geoevents.exports.rows import Row, analyses_of, csv_lines
from geoevents.model import Analysis, Document, Event, EventStatus, Interval, Place
from geoevents.tables import read_rows, table_path

__all__ = ["Coded", "Country", "coded_events", "count_of", "country_of", "number_of", "write_rows"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A factual event with the place it happened at and the document that tells of it."""

    document: Document
    event: Event
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How other projects call a country: ISO 3166-1, ACLED's and UCDP's region, Gleditsch and Ward's number."""

    name: str
    iso3: str
    iso_numeric: int
    acled_region: str
    ucdp_region: str
    gleditsch_ward: int | None


def coded_events(analyses: Iterable[Analysis] | Analysis) -> Iterator[Coded]:
    """Yield the factual events that have a place on the map, in order."""
    for analysis in analyses_of(analyses):
        for event in analysis.events:
            place = None if event.location is None else event.location.place
            if place is not None and place.kind.is_pinned and event.status is EventStatus.FACTUAL:
                yield Coded(analysis.document, event, place)


def country_of(code: str | None) -> Country | None:
    """Return the country of an ISO 3166-1 alpha-2 code, `None` for no code, as on the high seas."""
    return None if code is None else _countries().get(code)


@cache
def _countries() -> Mapping[str, Country]:
    return {
        row["iso2"]: Country(
            name=row["name"],
            iso3=row["iso3"],
            iso_numeric=int(row["iso_numeric"]),
            acled_region=row["acled_region"],
            ucdp_region=row["ucdp_region"],
            gleditsch_ward=int(row["gleditsch_ward"]) if row["gleditsch_ward"] else None,
        )
        for _, row in read_rows(table_path("country_codes.csv"))
    }


def number_of(coded: Coded) -> int:
    """Return a number for an event that depends on its document and place in it alone.

    Tables of two runs can so be laid together: below 10^9, and no running count.
    """
    key = f"{coded.document.id}\0{coded.event.id}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.sha256(key).digest()[:8]) % 1_000_000_000


def count_of(interval: Interval | None) -> int:
    """Return the careful reading of a count: its lower end, and 0 where the text gives none."""
    return 0 if interval is None or math.isinf(interval.low) else int(interval.low)


def write_rows(rows: Iterable[Row], columns: tuple[str, ...], path: Path | str) -> Path:
    """Write rows as CSV under a header, in UTF-8. Raises `OptionError`."""
    text = "".join(line + "\r\n" for line in csv_lines(rows, columns))
    return write_text(path, text)
