"""Other schemes' codes: every sub-type has its row, and the rules say what the codebooks say."""

from __future__ import annotations

from datetime import date

import pytest

from geoevents.geodesy import LatLon
from geoevents.lexicon.codes import (
    cameo_root,
    plover_codes,
    ucdp_date_precision,
    ucdp_violence,
    ucdp_where_precision,
)
from geoevents.model import (
    Actor,
    Candidate,
    DateRange,
    Event,
    Granularity,
    Place,
    PlaceKind,
    Resolution,
    Span,
    SubType,
    Toponym,
)
from geoevents.tables import read_rows, table_path

_ANYWHERE = Span(0, 1)
_PLOVER = {"AGREE", "CONSULT", "AID", "RETREAT", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"}


def _actor(kind: str) -> Actor:
    return Actor(kind, _ANYWHERE, text="x", kind=kind)


def _event(sub_type: SubType, *, actors: str = "", targets: str = "", **more: object) -> Event:
    return Event(
        "e",
        _ANYWHERE,
        sub_type.event_type,
        sub_type=sub_type,
        trigger=_ANYWHERE,
        actors=tuple(_actor(kind) for kind in actors.split("|") if kind),
        targets=tuple(_actor(kind) for kind in targets.split("|") if kind),
        **more,
    )


def test_every_sub_type_has_one_row():
    rows = [row["sub_type"] for _, row in read_rows(table_path("event_codes.csv"))]
    assert sorted(rows) == sorted(sub_type.value for sub_type in SubType)


@pytest.mark.parametrize("sub_type", SubType)
def test_codes_are_those_of_the_schemes(sub_type):
    event = _event(sub_type)
    name, mode = plover_codes(event)
    assert name is None or name in _PLOVER
    assert mode is None or name is not None
    root = cameo_root(event)
    assert root is None or 1 <= int(root) <= 20


@pytest.mark.parametrize(
    ("sub_type", "actors", "targets", "code"),
    [
        (SubType.ARMED_CLASH, "state forces", "rebel group", 1),
        (SubType.AIR_STRIKE, "external/other forces", "rebel group", 1),
        (SubType.ARMED_CLASH, "rebel group", "political militia", 2),
        (SubType.ATTACK, "rebel group", "", 3),
        (SubType.SHELLING, "state forces", "civilians", 3),
        (SubType.ATTACK, "", "civilians", None),
        (SubType.SHELLING, "state forces", "", None),
        (SubType.PEACEFUL_PROTEST, "protesters", "state forces", None),
    ],
)
def test_the_type_of_violence_follows_from_the_sides(sub_type, actors, targets, code):
    assert ucdp_violence(_event(sub_type, actors=actors, targets=targets)) == code


@pytest.mark.parametrize(
    ("kind", "country", "geo_precision", "code"),
    [
        (PlaceKind.SETTLEMENT, "SY", 1, 1),
        (PlaceKind.SETTLEMENT, "SY", 2, 2),
        (PlaceKind.ADMIN2, "SY", 3, 3),
        (PlaceKind.ADMIN1, "SY", 3, 4),
        (PlaceKind.LAND, "SY", 3, 5),
        (PlaceKind.COUNTRY, "SY", 3, 6),
        (PlaceKind.WATER, "SY", 3, 5),
        (PlaceKind.WATER, None, 3, 7),
    ],
)
def test_where_is_as_precise_as_the_kind_of_place(kind, country, geo_precision, code):
    place = Place("p", "P", point=LatLon(lat=1, lon=1), kind=kind, country=country)
    where = Resolution(
        Toponym(_ANYWHERE, "P"), (Candidate(place, 1.0),), is_settled=True, reason="the only one"
    )
    assert ucdp_where_precision(_event(SubType.ATTACK, location=where, geo_precision=geo_precision)) == code


def test_an_event_without_a_place_has_no_precision_of_where():
    assert ucdp_where_precision(_event(SubType.ATTACK)) is None


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (30, 4), (31, 4), (32, 5)])
def test_when_is_as_precise_as_the_range_is_short(days, code):
    start = date(2024, 1, 1)
    end = date.fromordinal(start.toordinal() + days - 1)
    assert ucdp_date_precision(DateRange(start, end, granularity=Granularity.RANGE)) == code
