from __future__ import annotations

import math
from datetime import date

import pytest

from geoevents.model import (
    Candidate,
    DateRange,
    Event,
    EventType,
    Granularity,
    LatLon,
    Place,
    PlaceKind,
    Resolution,
    Span,
    SubType,
    Toponym,
)

GAO = Place("gao", "Gao", point=LatLon(lat=16.27, lon=-0.04), kind=PlaceKind.SETTLEMENT)


def test_acled_has_25_sub_types_in_six_types_and_five_are_ours() -> None:
    ours = [s for s in SubType if s.event_type is EventType.POLITICAL]
    assert (len(SubType) - len(ours), len(ours)) == (25, 5)
    assert {s.event_type for s in SubType} == set(EventType)


def test_a_sub_type_belongs_to_the_type_that_acled_gives_it() -> None:
    assert SubType.SUICIDE_BOMB.event_type is EventType.EXPLOSIONS
    assert SubType.LOOTING.event_type is EventType.STRATEGIC
    with pytest.raises(ValueError, match="'Suicide bomb' is no sub-type of 'Battles'"):
        Event("e", Span(0, 4), EventType.BATTLES, sub_type=SubType.SUICIDE_BOMB, trigger=Span(0, 4))


def test_precisions_are_acleds_three_codes() -> None:
    with pytest.raises(ValueError, match="geo_precision is 1, 2 or 3, got 4"):
        Event(
            "e",
            Span(0, 4),
            EventType.BATTLES,
            sub_type=SubType.ARMED_CLASH,
            trigger=Span(0, 4),
            geo_precision=4,
        )


@pytest.mark.parametrize("radius_km", [-1.0, math.nan, math.inf])
def test_a_radius_is_a_length(radius_km: float) -> None:
    with pytest.raises(ValueError, match="radius_km"):
        Place("p", "P", point=GAO.point, kind=PlaceKind.CAMP, radius_km=radius_km)


def test_null_island_is_a_point_and_nothing_stands_for_unknown() -> None:
    assert Place("p", "P", point=LatLon(lat=0, lon=0), kind=PlaceKind.WATER).point == LatLon(lat=0, lon=0)
    unsettled = Resolution(
        Toponym(Span(0, 3), "Gao"), (Candidate(GAO, 0.2),), is_settled=False, reason="too weak"
    )
    assert unsettled.place is None
    with pytest.raises(ValueError, match="'Gao' cannot be settled without a candidate"):
        Resolution(Toponym(Span(0, 3), "Gao"), (), is_settled=True, reason="")


@pytest.mark.parametrize("score", [-0.1, 1.1, math.nan])
def test_a_score_is_a_probability(score: float) -> None:
    with pytest.raises(ValueError, match="a score is from 0 to 1"):
        Candidate(GAO, score)


@pytest.mark.parametrize(
    ("granularity", "text"),
    [
        (Granularity.DAY, "2016-06-01"),
        (Granularity.MONTH, "2016-06"),
        (Granularity.YEAR, "2016"),
        (Granularity.RANGE, "2016-06-01/2016-06-30"),
    ],
)
def test_a_date_range_reads_as_finely_as_it_is_known(granularity: Granularity, text: str) -> None:
    assert str(DateRange(date(2016, 6, 1), date(2016, 6, 30), granularity=granularity)) == text


def test_a_date_range_runs_forward() -> None:
    with pytest.raises(ValueError, match="start <= end"):
        DateRange(date(2016, 6, 2), date(2016, 6, 1), granularity=Granularity.RANGE)


def test_spans_are_half_open() -> None:
    assert Span(0, 3).of("Gao, Mali") == "Gao"
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 9).contains(Span(5, 9))
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(4, 3)
