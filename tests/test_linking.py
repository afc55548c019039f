"""Reports of one event in several documents: linked where they agree, kept apart where they do not."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from geoevents.events.linking import Report, disagreement, link, link_by_day, reports_of
from geoevents.model import EventStatus, EventType, Interval, SubType
from geoevents.pipeline import analyze_all

_DAY = date(2024, 5, 3)
_ONE = Report(
    "a",
    "a#e1",
    type=EventType.EXPLOSIONS,
    sub_type=SubType.SHELLING,
    start=_DAY,
    end=_DAY,
    lat=48.40,
    lon=37.85,
    radius_km=4.0,
    place_id="toretsk",
    actors=("Military Forces of Russia",),
    fatalities=Interval(3, 3),
)
_OTHER = replace(_ONE, document="b", event_id="b#e7")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"start": _DAY + timedelta(days=1), "end": _DAY + timedelta(days=1)},
        {"place_id": "new-york-ua", "lat": 48.33, "lon": 37.83},
        {"actors": ()},
        {"type": EventType.VIOLENCE_AGAINST_CIVILIANS, "sub_type": SubType.ATTACK},
        {"fatalities": Interval(9, 9)},
    ],
)
def test_reports_that_agree_are_of_one_event(change):
    assert link([_ONE, replace(_OTHER, **change)]) == [0, 0]


@pytest.mark.parametrize(
    "change",
    [
        {"start": _DAY + timedelta(days=3), "end": _DAY + timedelta(days=3)},
        {"lat": 50.0, "lon": 36.2, "place_id": "kharkiv"},
        {"actors": ("Military Forces of Ukraine",)},
        {"sub_type": SubType.AIR_STRIKE},
        {"type": EventType.PROTESTS, "sub_type": SubType.PEACEFUL_PROTEST},
        {"status": EventStatus.PLANNED},
        {"start": None, "end": None},
        {"lat": None, "lon": None, "place_id": None},
        {"radius_km": 300.0},
        {"end": _DAY + timedelta(days=40)},
        {"document": "a"},
    ],
)
def test_reports_that_differ_or_say_too_little_stay_apart(change):
    assert link([_ONE, replace(_OTHER, **change)]) == [0, 1]


def test_numbers_do_not_depend_on_what_lies_between():
    far = replace(_OTHER, lat=10.0, lon=10.0, place_id="elsewhere")
    assert link([_ONE, far, _OTHER]) == [0, 1, 0]


def test_a_cluster_grows_by_names_of_its_place():
    beside = replace(_OTHER, place_id="zalizne")
    third = replace(_OTHER, document="c", place_id="zalizne", lat=48.41)
    assert link([_ONE, beside, third]) == [0, 0, 0]


def test_the_figures_of_linked_reports_stand_side_by_side():
    told = [_ONE, replace(_OTHER, fatalities=Interval(5, 8)), replace(_OTHER, fatalities=None)]
    assert disagreement(told) == Interval(3, 8)
    assert disagreement([replace(_ONE, fatalities=None)]) is None


def test_two_articles_about_one_attack_are_linked():
    texts = (
        "KYIV, May 3, 2024 - Russian shelling killed three people in Toretsk on Friday, officials said.",
        "KYIV, May 4, 2024 - Shelling hit Toretsk on Friday and killed at least two, rescuers said.",
        "KYIV, May 4, 2024 - Shelling hit Kherson on Friday and killed at least two, rescuers said.",
    )
    analyses = list(analyze_all(texts))
    reports = [replace(report, document=f"d{n}") for n, a in enumerate(analyses) for report in reports_of(a)]
    assert link(reports) == [0, 0, 1]
    assert disagreement(reports[:2]) is not None


@pytest.mark.parametrize("count", [2_000, 4_000])
def test_linking_takes_time_in_proportion(count):
    def seconds(size: int) -> float:
        reports = [
            replace(
                _ONE,
                document=f"d{n}",
                start=_DAY + timedelta(days=n % 90),
                end=_DAY + timedelta(days=n % 90),
                lat=30 + (n * 7 % 100) / 10,
                lon=30 + (n * 13 % 100) / 10,
                place_id=f"p{n % 500}",
            )
            for n in range(size)
        ]
        start = time.process_time()
        link(reports)
        return time.process_time() - start

    base = min(seconds(count) for _ in range(2))
    assert min(seconds(2 * count) for _ in range(2)) < 3.2 * base + 0.05


def test_reports_in_order_of_days_are_linked_as_all_at_once_and_the_past_is_forgotten():
    reports = [
        replace(_ONE, document=f"d{n}", start=_DAY + timedelta(n // 9), end=_DAY + timedelta(n // 9 + n % 3))
        for n in range(200)
    ]
    assert list(link_by_day(reports)) == link(reports)
