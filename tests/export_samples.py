"""Findings for the tests of the exporters, texts of our own: a strike, a claim, one name unresolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geoevents.geodesy import LatLon
from geoevents.model import (
    Actor,
    Analysis,
    Candidate,
    ClaimEnd,
    DateRange,
    Distance,
    DistanceClaim,
    Document,
    Event,
    EventStatus,
    EventType,
    Granularity,
    Interval,
    Outcome,
    Place,
    PlaceKind,
    Resolution,
    Span,
    SubType,
    Timeline,
    Toponym,
    Verdict,
)

TEXT = '=Strikes killed 12 civilians in Sarmin, 60 km from Hama, <b>said</b> "Ali" & others. Vwxyz quiet.'
SARMIN = Place(
    "sy-sarmin", "Sarmin", point=LatLon(lat=35.90333, lon=36.72528), kind=PlaceKind.SETTLEMENT, country="SY",
    admin1="Idlib", population=14_530, radius_km=1.5, geonameid=163_806, source="GeoNames",
)  # fmt: skip
HAMA = Place(
    "sy-hama", "Hama", point=LatLon(lat=35.13179, lon=36.75783), kind=PlaceKind.SETTLEMENT, country="SY",
    admin1="Hama", radius_km=5.0, source="GeoNames",
)  # fmt: skip
TAVEUNI = Place(
    "fj-taveuni", "Taveuni", point=LatLon(lat=-16.85, lon=-179.97), kind=PlaceKind.LAND, country="FJ",
    radius_km=20.0, source="own knowledge",
)  # fmt: skip


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def resolved(words: str, place: Place | None) -> Resolution:
    candidates = () if place is None else (Candidate(place, 0.9),)
    return Resolution(Toponym(span(words), words), candidates, is_settled=place is not None, reason="because")


def strike(place: Place | None = SARMIN) -> Event:
    day = date(2016, 6, 16)
    return Event(
        "report#e1", span("Strikes killed 12 civilians in Sarmin"), EventType.EXPLOSIONS,
        sub_type=SubType.AIR_STRIKE, trigger=span("Strikes"),
        date=DateRange(day, day, granularity=Granularity.DAY), location=resolved("Sarmin", place),
        actors=(Actor("Military Forces of Russia", span("Strikes"), text="Strikes", kind="state forces", country="RU"),),
        targets=(Actor("Civilians (Syria)", span("civilians"), text="civilians", kind="civilians", country="SY"),),
        fatalities=Interval(12), radius_km=None if place is None else place.radius_km, geo_precision=1, time_precision=1, mentions=(span("Strikes killed 12"),),
        reasons=("a strike on a town",),
    )  # fmt: skip


def claim(subject: Place = SARMIN, reference: Place | None = HAMA) -> Verdict:
    figure = DistanceClaim(
        span("60 km from Hama"),
        ClaimEnd("Sarmin", span("Sarmin"), resolution=resolved("Sarmin", subject)),
        ClaimEnd("Hama", span("Hama"), resolution=resolved("Hama", reference)),
        figure=Distance(60),
        claimed=Interval(55, 65),
    )
    return Verdict(
        figure, Outcome.REFUTED, measured=Interval(79, 92), distance_km=85.6, bearing_deg=358.0,
        margin_km=14.0, units_agree=None, reason="the map puts them 79 to 92 km apart",
    )  # fmt: skip


def analysis(*, place: Place | None = SARMIN, document: str = "report") -> Analysis:
    events = (
        strike(place),
        replace(strike(place), id="report#e2", status=EventStatus.PLANNED),
        replace(strike(None), id="report#e3"),
        replace(strike(place), id="report#e4", type=EventType.POLITICAL, sub_type=SubType.VISIT),
    )
    return Analysis(
        Document(TEXT, document, title="Strikes", source="Our Wire"),
        (resolved("Sarmin", place), resolved("Vwxyz", None)),
        Timeline(date(2016, 6, 19), (), reason="given"),
        (), events, (claim(place or SARMIN),),
    )  # fmt: skip
