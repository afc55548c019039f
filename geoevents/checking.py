"""Can a claim about two places be true that comes without a text: from a caller, or as a row of a table?

A table has one claim a row: both ends, by name or by coordinates, and the claim as a phrase ("about
30 km northeast"). Rows that make no sense are reported with file, line and value; a phrase that says
nothing about distance is a verdict like any other, namely none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geoevents.claims import parse_claim
from geoevents.documents import decode
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError, OptionError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import (
    Candidate,
    ClaimEnd,
    DistanceClaim,
    Document,
    Place,
    PlaceKind,
    Resolution,
    Span,
    Toponym,
    Verdict,
)
from geoevents.resolution import ContextResolver
from geoevents.verification import GeodesicVerifier, verify_distance as verify_places

__all__ = ["CLAIM_COLUMNS", "ClaimChecker", "ClaimRow", "read_claims", "verify_distance"]

CLAIM_COLUMNS = (
    "subject",
    "subject_lat",
    "subject_lon",
    "reference",
    "reference_lat",
    "reference_lon",
    "claim",
    "subject_population",
    "subject_radius_km",
    "reference_population",
    "reference_radius_km",
)
"""The columns of a table of claims; the last four may be missing, and so may an end's coordinates."""

_MORE = "\0more"  # under which the reader puts cells beyond the header's
_GIVEN = "given in the table"
# A town of the same name this near the coordinates given is the one they mean.
_SAME_TOWN_KM = 5.0
_MOST_NAMESAKES = 50
# What tells namesakes apart and is no part of the name: "Klášter (Nepomuk)", "Batesville, Arkansas".
_QUALIFIED = re.compile(r"\s{0,3}(?:\([^()]{0,60}\)|,.{0,60})$")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of a table of claims: where it stands, its two ends, and the phrase.

    An end is a `Place` where the row gives its coordinates, else the name to look up.
    """

    line: int
    subject: Place | str
    reference: Place | str
    claim: str


def verify_distance(
    subject: Place | LatLon | str,
    reference: Place | LatLon | str,
    *,
    claim: DistanceClaim | str,
    gazetteer: Gazetteer | None = None,
) -> Verdict:
    """Judge whether `subject` lies from `reference` as the claim says: "about 30 km northeast".

    Places are measured as they are, points as points, and names looked up in `gazetteer` (by default
    the one that comes with the package), together and with all that they may mean. A phrase that
    gives no length ("far away") is not checkable, as it is in a text and in a table. Raises `OptionError`
    for an end that is none of the three, and for a claim that is no phrase.

    >>> from geoevents.model import LatLon
    >>> verdict = verify_distance(LatLon(lat=33.506, lon=38.618), LatLon(lat=36.2, lon=37.13), claim="300 km south")
    >>> verdict.outcome.value, round(verdict.distance_km)
    ('supported', 328)
    """
    for end in (subject, reference):
        if not isinstance(end, Place | LatLon | str):
            raise OptionError(f"an end is a Place, a LatLon or a name, got {end!r}")
    if not isinstance(claim, DistanceClaim | str):
        raise OptionError(f"a claim is a phrase or a DistanceClaim, got {claim!r}")
    first, second = (_point(end) if isinstance(end, LatLon) else end for end in (subject, reference))
    checker = ClaimChecker(lambda: gazetteer or Gazetteer.load())
    return checker.verdict(first, second, claim=claim)


class ClaimChecker:
    """Judges claims about pairs of places; an end is looked up where a row gives no coordinates.

    A town that comes with coordinates but without its size gets the size of the town of that name
    there, if one is known. `load` is called for the gazetteer when the first name is to be looked up.
    `countries` and `near` say what the claims are about, as for a text.
    """

    def __init__(
        self,
        load: Callable[[], Gazetteer],
        *,
        countries: tuple[str, ...] = (),
        near: LatLon | None = None,
    ) -> None:
        self._load = load
        self._countries = countries
        self._near = near
        self._gazetteer: Gazetteer | None = None
        self._sized: dict[str, Place] = {}

    def __call__(self, rows: Iterable[ClaimRow]) -> Iterator[Verdict]:
        """Yield one verdict per row, in order."""
        for row in rows:
            yield self.verdict(row.subject, row.reference, claim=row.claim)

    def verdict(self, subject: Place | str, reference: Place | str, *, claim: DistanceClaim | str) -> Verdict:
        """Return the verdict on one claim, or one phrase, about two places or names."""
        if isinstance(claim, DistanceClaim):
            return self._judged(subject, reference, claim)
        parsed = parse_claim(claim)
        if parsed is not None:
            return self._judged(subject, reference, parsed)
        unread = self._judged(subject, reference, _unread(claim))
        return replace(unread, reason=f"no length and no travel time is read in {claim!r}: not checkable")

    def _judged(self, subject: Place | str, reference: Place | str, claim: DistanceClaim) -> Verdict:
        subject, reference = self._with_extent(subject), self._with_extent(reference)
        if isinstance(subject, Place) and isinstance(reference, Place):
            named = replace(claim, subject=_known_end(subject), reference=_known_end(reference))
            return verify_places(subject, reference, claim=named)
        first, second = self.ends(subject, reference)
        named = replace(claim, subject=first, reference=second)
        (verdict,) = GeodesicVerifier(self._known())((named,), ())
        return verdict

    def _known(self) -> Gazetteer:
        if self._gazetteer is None:
            self._gazetteer = self._load()
        return self._gazetteer

    def _with_extent(self, end: Place | str) -> Place | str:
        """Return a town given by its coordinates with the extent of the town of that name there, if known."""
        if isinstance(end, str) or end.source != _GIVEN or not _is_of_unknown_size(end):
            return end
        if end.id not in self._sized:
            self._sized[end.id] = replace(end, population=self._population(end))
        return self._sized[end.id]

    def _population(self, town: Place) -> int | None:
        name = _QUALIFIED.sub("", town.name.replace("_", " ")).strip() or town.name
        hits = self._known().lookup(name, kind=PlaceKind.SETTLEMENT, limit=_MOST_NAMESAKES)
        near = (hit.place for hit in hits if distance_km(hit.place.point, town.point) <= _SAME_TOWN_KM)
        return next((place.population for place in near), None)

    def ends(self, subject: Place | str, reference: Place | str) -> tuple[ClaimEnd, ClaimEnd]:
        """Return both ends, names resolved together, as in a text that puts both in one sentence."""
        given = next((end.point for end in (subject, reference) if isinstance(end, Place)), None)
        text, toponyms = _sentence([end for end in (subject, reference) if isinstance(end, str)])
        resolver = ContextResolver(self._known(), countries=self._countries, near=given or self._near)
        resolved = iter(resolver(Document(text), toponyms))
        first, second = (
            _known_end(end) if isinstance(end, Place) else _named_end(next(resolved))
            for end in (subject, reference)
        )
        return first, second


def _sentence(names: Iterable[str]) -> tuple[str, tuple[Toponym, ...]]:
    """Return a text of the names, and each as a toponym: "Paris, Texas" is the Paris in Texas."""
    text, toponyms = "", []
    for name in names:
        text += " and " if text else ""
        head, _, rest = name.partition(",")
        start = len(text)
        text += name
        qualifier = Span(len(text) - len(rest.lstrip()), len(text)) if rest.strip() else None
        toponyms.append(Toponym(Span(start, start + len(head)), head, qualifier=qualifier))
    return text, tuple(toponyms)


def read_claims(path: Path, *, on_error: Callable[[GeoeventsError], None]) -> Iterator[ClaimRow]:
    """Yield the rows of a table of claims in order; a bad row goes to `on_error`, and the rest goes on.

    The table is CSV with a header, in any encoding that can be told. Raises `MissingFileError` and
    `DocumentError` where the file as a whole cannot be used.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restkey=_MORE)
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in ("subject", "reference", "claim") if name not in names]
    if missing:
        if not names:
            raise DocumentError("is empty; a table of claims has a header", path=path)
        raise DocumentError(
            f"has no column {missing[0]!r}; it needs subject, reference and claim, and may have "
            f"{', '.join(name for name in CLAIM_COLUMNS if '_' in name)}",
            path=path,
            line=1,
        )
    reader.fieldnames = names
    try:
        for cells in reader:
            # Where the row starts: a quoted cell may go over several lines.
            line = reader.line_num - sum(value.count("\n") for value in cells.values() if value)
            try:
                yield _row(cells, line)
            except ValueError as error:
                on_error(DocumentError(str(error), path=path, line=line))
    except csv.Error as error:
        at = reader.line_num
        on_error(DocumentError(f"cannot be read as CSV from here on ({error})", path=path, line=at))


def _text(path: Path) -> str:
    if not path.exists():
        raise MissingFileError("there is no such file", path=path)
    try:
        return decode(path.read_bytes(), path=path)
    except OSError as error:
        raise DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=path) from None


def _row(cells: Mapping[str, str | list[str] | None], line: int) -> ClaimRow:
    """Return the row. Raises `ValueError` that names the column and the value that make no sense."""
    if cells.get(_MORE):
        raise ValueError(f"more cells than the header has columns: {cells[_MORE]!r}")
    texts = {key: value.strip() if isinstance(value, str) else "" for key, value in cells.items()}
    if not texts["claim"]:
        raise ValueError("claim '' is empty")
    return ClaimRow(line, _end(texts, "subject"), _end(texts, "reference"), texts["claim"])


def _end(cells: Mapping[str, str], end: str) -> Place | str:
    name = cells[end]
    lat, lon = (cells.get(f"{end}_{axis}", "") for axis in ("lat", "lon"))
    if bool(lat) != bool(lon):
        given, absent = ("lat", "lon") if lat else ("lon", "lat")
        raise ValueError(f"{end}_{given} {lat or lon!r} has no {end}_{absent}")
    population = _number(cells, f"{end}_population")
    radius_km = _number(cells, f"{end}_radius_km")
    if not lat:
        if not name:
            raise ValueError(f"{end} '' has neither a name nor coordinates")
        return name
    point = LatLon(lat=_degrees(cells, f"{end}_lat", 90), lon=_degrees(cells, f"{end}_lon", 180))
    place = _town(name, point) if name else _point(point)
    return replace(
        place,
        population=round(population) if population else None,
        radius_km=place.radius_km if radius_km is None else radius_km,
    )


def _is_of_unknown_size(place: Place) -> bool:
    return place.kind is PlaceKind.SETTLEMENT and not place.population and place.radius_km is None


def _degrees(cells: Mapping[str, str], column: str, most: int) -> float:
    try:
        value = float(cells[column])
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise ValueError(f"{column} {cells[column]!r} is not a number from -{most} to {most}")
    return value


def _number(cells: Mapping[str, str], column: str) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 <= value < float("inf"):
        raise ValueError(f"{column} {text!r} is not a number of 0 or more")
    return value


def _town(name: str, point: LatLon) -> Place:
    return Place(
        f"given:{name}@{point.lat},{point.lon}",
        name,
        point=point,
        kind=PlaceKind.SETTLEMENT,
        source=_GIVEN,
    )


def _point(point: LatLon) -> Place:
    """Return a point without a name: it has no extent."""
    written = f"{point.lat:g}, {point.lon:g}"
    return Place(
        f"given:{written}", written, point=point, kind=PlaceKind.FACILITY, radius_km=0.0, source=_GIVEN
    )


def _known_end(place: Place) -> ClaimEnd:
    resolution = Resolution(
        Toponym(Span(0, len(place.name)), place.name),
        (Candidate(place, 1.0, reasons=(_GIVEN,)),),
        is_settled=True,
        reason=_GIVEN,
    )
    return ClaimEnd(place.name, None, resolution=resolution, reason=_GIVEN)


def _named_end(resolution: Resolution) -> ClaimEnd:
    return ClaimEnd(resolution.toponym.text, None, resolution=resolution, reason=resolution.reason)


def _unread(phrase: str) -> DistanceClaim:
    """Return a claim of which nothing is known, for a phrase that says nothing about distance."""
    unnamed = ClaimEnd("", None)
    return DistanceClaim(Span(0, len(phrase)), unnamed, unnamed, figure=None, claimed=None)
