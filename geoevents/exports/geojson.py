"""How do analyses become one GeoJSON feature collection, the only road to maps and files?

The collection follows RFC 7946: longitude before latitude, WGS84, at most seven decimals. Every
finding is a feature, those without a place with a `null` geometry; `properties.layer` is "place",
"event" or "claim". The documents themselves travel in the foreign member "geoevents".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from geoevents.exports.rows import (
    analyses_of,
    event_rows,
    implied_cell,
    interval_pair,
    place_rows,
    rounded,
    verdict_rows,
)
from geoevents.geodesy import LatLon
from geoevents.model import (
    LOCATING_ROLES,
    Analysis,
    Candidate,
    ClaimEnd,
    Document,
    Event,
    ImpliedLocation,
    Outcome,
    Place,
    Resolution,
    ToponymRole,
    Verdict,
    WhatIf,
)
from geoevents.verification import is_measured_from
from geoevents.version import __version__

__all__ = ["feature_collection"]

_PLACED = frozenset({"lat", "lon"})


def feature_collection(
    analyses: Iterable[Analysis] | Analysis, *, roles: Collection[ToponymRole] = LOCATING_ROLES
) -> dict[str, Any]:
    """Return everything found as one JSON-ready feature collection, in order of the documents.

    Positions are longitude, latitude, in degrees; `properties.layer` is "place", "event", "claim" or
    "implied". The member `geoevents` holds the version and the documents with their whole texts.
    Names in other `roles` are no features: by default a people ("Syrian") and an organization
    ("Aleppo Media Center") are on no map. Raises `OptionError` for what is no analysis.
    """
    features: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    for analysis in analyses_of(analyses):
        documents.append(_document(analysis.document, analysis))
        features += [
            _place(r, row)
            for r, row in zip(analysis.resolutions, place_rows(analysis), strict=True)
            if r.toponym.role in roles
        ]
        features += [_event(e, row) for e, row in zip(analysis.events, event_rows(analysis), strict=True)]
        features += [_claim(v, row) for v, row in zip(analysis.verdicts, verdict_rows(analysis), strict=True)]
        features += [
            _implied(v, v.implied, analysis.document) for v in analysis.verdicts if v.implied is not None
        ]
    more = {"version": __version__, "documents": documents}
    return {"type": "FeatureCollection", "features": features, "geoevents": more}


def _document(document: Document, analysis: Analysis) -> dict[str, Any]:
    published = analysis.timeline.published
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "published": None if published is None else published.isoformat(),
        "published_reason": analysis.timeline.reason,
        "text": document.text,
    }


def _place(resolution: Resolution, row: dict[str, object]) -> dict[str, Any]:
    place = resolution.place
    more = {
        "is_settled": resolution.is_settled,
        "population": None if place is None else place.population,
        "disputed": None if place is None else place.disputed,
        "source": None if place is None else place.source,
        "candidates": [_candidate(candidate) for candidate in resolution.candidates],
    }
    return _feature("place", _point(place), row | more)


def _event(event: Event, row: dict[str, object]) -> dict[str, Any]:
    place = None if event.location is None else event.location.place
    more = {
        "id": event.id,
        "date_text": None if event.date is None else str(event.date),
        "trigger": [event.trigger.start, event.trigger.end],
        "reasons": list(event.reasons),
    }
    return _feature("event", _point(place), row | more)


def _claim(verdict: Verdict, row: dict[str, object]) -> dict[str, Any]:
    claim = verdict.claim
    subject, reference = _drawn(verdict)
    more: dict[str, Any] = {
        "subject_point": None if subject is None else _position(subject.point),
        "reference_point": None if reference is None else _position(reference.point),
        "subject_radius_km": None if subject is None else subject.radius_km,
        "reference_radius_km": None if reference is None else reference.radius_km,
        "figure": None if claim.figure is None else str(claim.figure),
        "margin_km": rounded(verdict.margin_km),
        "units_agree": verdict.units_agree,
        "what_if": [_what_if(entry) for entry in verdict.what_if],
    }
    if verdict.implied is not None:
        more["implied"] = (implied_cell(verdict) or {}) | {"area": _ring(verdict.implied)}
    return _feature("claim", _claim_geometry(more), row | more)


def _implied(verdict: Verdict, implied: ImpliedLocation, document: Document) -> dict[str, Any]:
    """Return the area in which an end that the text does not name must lie."""
    span = verdict.claim.span
    row: dict[str, object] = {
        "document": document.id,
        "start": span.start,
        "end": span.end,
        "text": span.of(document.text),
        "called": implied.text,
        "point": _position(implied.point),
        "radius_km": rounded(implied.radius_km),
        "reason": implied.reason,
    }
    return _feature("implied", {"type": "Polygon", "coordinates": [_ring(implied)]}, row)


def _ring(implied: ImpliedLocation) -> list[list[float]]:
    return [_position(point) for point in implied.area]


def _feature(layer: str, geometry: dict[str, Any] | None, row: dict[str, object]) -> dict[str, Any]:
    cells = {key: value for key, value in row.items() if key not in _PLACED}
    return {"type": "Feature", "geometry": geometry, "properties": {"layer": layer} | cells}


def _position(point: LatLon) -> list[float]:
    """Longitude first: one of the two places where the order is decided."""
    return [round(point.lon, 7), round(point.lat, 7)]


def _point(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"type": "Point", "coordinates": _position(place.point)}


def _claim_geometry(ends: dict[str, Any]) -> dict[str, Any] | None:
    known = [p for p in (ends["subject_point"], ends["reference_point"]) if p is not None]
    if len(known) == 2:
        return {"type": "LineString", "coordinates": known}
    return {"type": "Point", "coordinates": known[0]} if known else None


def _end_place(end: ClaimEnd) -> Place | None:
    return None if end.resolution is None else end.resolution.place


def _drawn(verdict: Verdict) -> tuple[Place | None, Place | None]:
    """Return the places to draw the claim between: none where one is a river, which no circle stands for."""
    claim, ends = verdict.claim, (_end_place(verdict.claim.subject), _end_place(verdict.claim.reference))
    if verdict.outcome is not Outcome.NOT_CHECKABLE or claim.claimed is None:
        return ends
    known = [place for place in ends if place is not None]
    return ends if all(is_measured_from(place, claim.claimed) for place in known) else (None, None)


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "place_id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "kind": place.kind.value,
        "lat": rounded(place.point.lat, digits=5),
        "lon": rounded(place.point.lon, digits=5),
        "score": round(candidate.score, 3),
        "reasons": list(candidate.reasons),
    }


def _what_if(entry: WhatIf) -> dict[str, Any]:
    return {
        "place_id": entry.place.id,
        "name": entry.place.name,
        "lat": rounded(entry.place.point.lat, digits=5),
        "lon": rounded(entry.place.point.lon, digits=5),
        "measured_km": interval_pair(entry.measured),
        "outcome": entry.outcome.value,
    }
