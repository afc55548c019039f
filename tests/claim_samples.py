"""How is a sentence with its names in brackets analyzed for claims, and how is a claim written down?"""

from __future__ import annotations

import re

from geoevents.claims import DistanceClaimFinder
from geoevents.model import (
    Candidate,
    ClaimEnd,
    ClaimKind,
    DistanceClaim,
    Document,
    LatLon,
    Place,
    PlaceKind,
    Resolution,
    Span,
    Toponym,
    TravelMode,
)

_MARKED = re.compile(r"\[(?P<name>[^\[\]|]+)(?:\|(?P<kind>\w+))?\]")


def place(
    name: str, *, kind: PlaceKind = PlaceKind.SETTLEMENT, lat: float = 10.0, lon: float = 20.0
) -> Place:
    return Place(name.lower(), name, point=LatLon(lat=lat, lon=lon), kind=kind, population=10_000)


def resolved(name: str, span: Span, *, kind: PlaceKind = PlaceKind.SETTLEMENT) -> Resolution:
    candidate = Candidate(place(name, kind=kind), 1.0)
    return Resolution(Toponym(span, name), (candidate,), is_settled=True, reason="the test says so")


def unmarked(marked: str) -> tuple[str, tuple[Resolution, ...]]:
    """Return the text without its brackets, and a resolution for each bracketed name."""
    text, found, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match["name"]))
        found.append(resolved(match["name"], span, kind=PlaceKind(match["kind"] or "settlement")))
        text, at = text + match["name"], match.end()
    return text + marked[at:], tuple(found)


def analyzed(marked: str) -> tuple[str, tuple[DistanceClaim, ...]]:
    text, resolutions = unmarked(marked)
    return text, DistanceClaimFinder()(Document(text), resolutions, (), ())


def described(claim: DistanceClaim) -> str:
    """Write a claim on one line: "about 30 km (19 mi) NE [road]: A -> B".

    A question mark is an end that nothing resolves, brackets the line that it is.
    """
    parts = [claim.hedge.value, str(claim.figure)] if claim.kind is ClaimKind.DISTANCE else [claim.kind.value]
    if claim.duration_h is not None:
        parts.append(f"{claim.duration_h.low:.3g} to {claim.duration_h.high:.3g} h")
    if claim.paired is not None:
        parts.append(f"({claim.paired})")
    if claim.direction is not None:
        parts.append(claim.direction)
    if claim.mode is not TravelMode.UNSTATED:
        parts.append(f"[{claim.mode.value}]")
    return f"{' '.join(parts)}: {_end(claim.subject)} -> {_end(claim.reference)}"


def _end(end: ClaimEnd) -> str:
    if end.line is not None:
        inside = " inside" if end.line.is_inside else ""
        return f"{end.text} [{' '.join([end.line.kind.value, *end.line.countries])}{inside}]"
    if end.resolution is None:
        return f"?{end.text}"
    name = end.resolution.toponym.text
    return name if name == end.text else f"{end.text} = {name}"
