from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given, strategies as st

from geoevents.errors import OptionError
from geoevents.exports import (
    EVENT_COLUMNS,
    PLACE_COLUMNS,
    VERDICT_COLUMNS,
    acled_rows,
    csv_lines,
    event_rows,
    events_frame,
    feature_collection,
    json_lines,
    place_rows,
    places_frame,
    verdict_rows,
    verdicts_frame,
)
from geoevents.exports.layers import collection_of
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
    EventType,
    Granularity,
    Hedge,
    Interval,
    LatLon,
    Outcome,
    Place,
    PlaceKind,
    Quote,
    Resolution,
    Span,
    Stance,
    SubType,
    Timeline,
    Toponym,
    Unit,
    Verdict,
    WhatIf,
)

TEXT = "Strikes hit Sarmin, 300 km (186 miles) from Xyzabad, an official said. =Nowhere"
SARMIN = Place(
    "sy-sarmin",
    "Sarmin",
    point=LatLon(lat=35.90333, lon=36.72528),
    kind=PlaceKind.SETTLEMENT,
    country="SY",
    admin1="Idlib",
    population=14_530,
    radius_km=1.5,
    source="GeoNames",
)
HOMS = Place("sy-homs", "Homs", point=LatLon(lat=34.72682, lon=36.72339), kind=PlaceKind.SETTLEMENT)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def resolution(words: str, place: Place | None) -> Resolution:
    candidates = () if place is None else (Candidate(place, 0.91234, reasons=("exact name",)),)
    reason = "exact name" if place else "no gazetteer has this name"
    return Resolution(Toponym(span(words), words), candidates, is_settled=place is not None, reason=reason)


def analysis() -> Analysis:
    sarmin, unknown = resolution("Sarmin", SARMIN), resolution("Xyzabad", None)
    quote = Quote(
        span("Strikes hit Sarmin"),
        "official",
        stance=Stance.CLAIMS,
        speaker_span=span("an official"),
        cue=span("said"),
    )
    event = Event(
        "d#e1",
        span("Strikes hit Sarmin"),
        EventType.EXPLOSIONS,
        sub_type=SubType.AIR_STRIKE,
        trigger=span("Strikes"),
        date=DateRange(date(2016, 6, 16), date(2016, 6, 16), granularity=Granularity.DAY),
        location=sarmin,
        actors=(Actor("Military Forces of Russia", span("Strikes"), text="Strikes"),),
        fatalities=Interval(12),
        geo_precision=1,
        time_precision=1,
        attribution=(quote,),
        mentions=(span("Strikes hit Sarmin"),),
    )
    claim = DistanceClaim(
        span("300 km (186 miles) from Xyzabad"),
        ClaimEnd("Sarmin", span("Sarmin"), resolution=sarmin),
        ClaimEnd("Xyzabad", span("Xyzabad"), resolution=unknown),
        figure=Distance(300),
        claimed=Interval(255, 345),
        hedge=Hedge.EXACT,
        paired=Distance(186, Unit.MILE),
        speaker="official",
        stance=Stance.CLAIMS,
    )
    verdict = Verdict(
        claim,
        Outcome.NOT_CHECKABLE,
        measured=None,
        distance_km=None,
        bearing_deg=None,
        margin_km=None,
        units_agree=True,
        reason="the text names no place for Xyzabad",
        what_if=(WhatIf(HOMS, Interval(130.2, 131), outcome=Outcome.REFUTED),),
    )
    document = Document(TEXT, id="d", title="Strikes", published=date(2016, 6, 19))
    timeline = Timeline(date(2016, 6, 19), (), reason="given")
    return Analysis(document, (sarmin, unknown), timeline, (quote,), (event,), (verdict,))


@pytest.mark.parametrize(
    ("rows", "columns"),
    [(place_rows, PLACE_COLUMNS), (event_rows, EVENT_COLUMNS), (verdict_rows, VERDICT_COLUMNS)],
)
def test_rows_have_the_promised_columns_in_order_and_quote_their_text(rows, columns) -> None:
    for row in rows(analysis()):
        assert tuple(row) == columns
        assert row["text"] == TEXT[row["start"] : row["end"]]


def test_the_columns_are_the_documented_ones() -> None:
    assert ",".join(PLACE_COLUMNS) == (
        "document,start,end,text,place_id,name,lat,lon,country,admin1,kind,radius_km,score,reason,role"
    )
    assert ",".join(VERDICT_COLUMNS) == (
        "document,start,end,text,subject,reference,claimed_km,measured_km,distance_km,bearing_deg,"
        "direction,paired,outcome,reason,kind,hedge,mode,speaker,stance,duration_h,implied,would_hold"
    )
    assert ",".join(EVENT_COLUMNS) == (
        "document,start,end,text,type,sub_type,status,date,date_end,time_precision,place_id,name,lat,"
        "lon,country,admin1,radius_km,geo_precision,actors,targets,fatalities,injured,attribution,mentions"
        ",missing,captured,displaced,deaths_a,deaths_b,deaths_civilians,counts,"
        "ucdp_violence,ucdp_where_precision,plover_event,plover_mode,cameo_root"
    )


def test_an_unresolved_name_stays_with_its_reason() -> None:
    _, row = place_rows(analysis())
    assert row["text"] == "Xyzabad"
    assert row["place_id"] is None
    assert row["lat"] is None
    assert row["reason"] == "no gazetteer has this name"


def test_an_open_interval_has_no_end() -> None:
    (row,) = event_rows(analysis())
    assert row["fatalities"] == [12, None]
    assert row["injured"] is None


def test_the_pair_of_units_travels_whole() -> None:
    (row,) = verdict_rows(analysis())
    assert row["paired"] == {"value": 186, "unit": "mi", "km": 299.338, "agrees": True}
    assert row["claimed_km"] == [255, 345]


def test_json_lines_are_json() -> None:
    lines = list(json_lines(place_rows(analysis())))
    assert [json.loads(line)["name"] for line in lines] == ["Sarmin", None]


@given(st.text())
def test_csv_keeps_every_text_and_defuses_formulas(text: str) -> None:
    _, line = csv_lines([{"text": text}], ["text"])
    ((cell,),) = csv.reader(io.StringIO(line, newline="")) if line else ((("",)),)
    assert cell in {text, "'" + text}
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_below_zero_stay_numbers_in_csv() -> None:
    assert list(csv_lines([{"lat": -33.5}], ["lat"])) == ["lat", "-33.5"]


def test_features_put_longitude_first() -> None:
    collection = feature_collection([analysis()])
    place, unknown, event, claim = collection["features"]
    assert place["geometry"] == {"type": "Point", "coordinates": [36.72528, 35.90333]}
    assert unknown["geometry"] is None
    assert event["properties"]["layer"] == "event"
    assert claim["geometry"]["type"] == "Point"
    assert claim["properties"]["what_if"][0]["measured_km"] == [130.2, 131]
    assert collection["geoevents"]["documents"][0]["text"] == TEXT
    json.dumps(collection, allow_nan=False)


def test_frames_have_typed_columns() -> None:
    places, events, verdicts = (
        places_frame(analysis()),
        events_frame([analysis()]),
        verdicts_frame([analysis()]),
    )
    assert list(places.columns) == list(PLACE_COLUMNS)
    assert str(places["lat"].dtype) == "Float64"
    assert events.loc[0, "date"] == events.loc[0, "date_end"]
    assert str(events["geo_precision"].dtype) == "Int64"
    assert verdicts.loc[0, "outcome"] == "not_checkable"


@pytest.mark.parametrize("findings", ["Shells hit Goma.", ["Shells hit Goma."], None, 5, [None]])
@pytest.mark.parametrize(
    "taker", [feature_collection, events_frame, collection_of, lambda f: list(acled_rows(f))]
)
def test_what_is_no_analysis_is_refused_by_name(findings, taker) -> None:
    with pytest.raises(OptionError, match="findings are what `analyze` returns, got"):
        taker(findings)


def test_one_analysis_alone_is_as_good_as_a_list_of_one() -> None:
    assert feature_collection(analysis()) == feature_collection([analysis()])


def test_frames_of_nothing_keep_their_columns() -> None:
    assert list(events_frame([]).columns) == list(EVENT_COLUMNS)


@pytest.mark.parametrize("frame_of", [places_frame, events_frame, verdicts_frame])
def test_a_frame_of_nothing_has_the_types_of_a_full_one(frame_of) -> None:
    assert frame_of([]).dtypes.to_dict() == frame_of([analysis()]).dtypes.to_dict()
