"""Feature collections for the map's tests: texts of our own, with what a pipeline would find in them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from geoevents.geodesy import LatLon, bearing_deg, distance_km

HOSTILE = (
    "</script><script>window.pwned=1;alert(1)</script>",
    '<img src=x onerror="window.pwned=2;alert(2)">',
    "`${window.pwned=3}`",
    "${alert(4)}",
    "{{ 7*7 }}{{ lipsum.__globals__ }}",
    "{% if x %} 40 {% of",
    "{# a comment that never ends",
    "\\u003cscript\\u003ealert(5)\\u003c/script\\u003e \\x",
    "line\u2028separator\u2029paragraph",
    "\u202eright to left\u202c \u200fמרה\u200e",
    "<!--<script>",
    "]]>'\"&amp;&lt;",
    "javascript:alert(6)",
    "\U0001f4a5 astral \ud800 lone",
)
HOSTILE_TEXT = " | ".join(HOSTILE)

ALEPPO, HEMEIMEEM = (36.2021, 37.1343), (35.401, 35.949)
AT_TANF = (33.506, 38.618)


def document(text: str, **more: Any) -> dict[str, Any]:
    return {"id": "report", "title": None, "source": None, "published": None, "text": text} | more


def collection(documents: list[dict[str, Any]], features: list[dict[str, Any]]) -> dict[str, Any]:
    meta = {"version": "0.1.0", "documents": documents}
    return {"type": "FeatureCollection", "features": features, "geoevents": meta}


def span(text: str, words: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def place(where: Mapping[str, Any], at: tuple[float, float] | None, name: str, **more: Any) -> dict[str, Any]:
    cells = {
        "layer": "place", "document": "report", **where, "role": "literal", "place_id": f"p:{name}",
        "name": name, "country": None, "admin1": None, "kind": "settlement", "radius_km": 3.0,
        "population": None, "disputed": None, "score": 0.9, "is_settled": at is not None,
        "reason": "the only place of that name in the gazetteer", "candidates": [],
    }  # fmt: skip
    return feature(at, cells | more)


def event(
    where: Mapping[str, Any], at: tuple[float, float] | None, name: str | None, **more: Any
) -> dict[str, Any]:
    cells = {
        "layer": "event", "document": "report", **where, "id": "e1", "type": "Explosions/Remote violence",
        "sub_type": "Air/drone strike", "status": "factual", "date": None, "date_end": None,
        "date_text": None, "time_precision": 1, "place_id": None, "name": name, "country": None,
        "admin1": None, "radius_km": 3.0, "geo_precision": 1, "actors": [], "targets": [],
        "fatalities": None, "injured": None, "attribution": [], "mentions": [], "reasons": [],
    }  # fmt: skip
    return feature(at, cells | more)


def claim(where: Mapping[str, Any], ends: dict[str, tuple[float, float]], **more: Any) -> dict[str, Any]:
    points = {f"{end}_point": [lon, lat] for end, (lat, lon) in ends.items()}
    cells = {
        "layer": "claim", "document": "report", **where, "subject": "", "reference": "",
        "subject_point": None, "reference_point": None, "subject_radius_km": 3.0,
        "reference_radius_km": 3.0, "figure": None, "hedge": "exact", "direction": None,
        "mode": "unstated", "speaker": None, "stance": None, "claimed_km": None, "measured_km": None,
        "distance_km": None, "bearing_deg": None, "margin_km": None, "paired": None,
        "units_agree": None, "outcome": "not_checkable", "reason": "", "what_if": [],
    }  # fmt: skip
    made = feature(None, cells | points | more)
    known = [[lon, lat] for lat, lon in ends.values()]
    if known:
        line = {"type": "LineString", "coordinates": known}
        made["geometry"] = line if len(known) == 2 else {"type": "Point", "coordinates": known[0]}
    return made


def feature(at: tuple[float, float] | None, cells: dict[str, Any]) -> dict[str, Any]:
    geometry = None if at is None else {"type": "Point", "coordinates": [at[1], at[0]]}
    return {"type": "Feature", "geometry": geometry, "properties": cells}


def what_if(name: str, at: tuple[float, float], km: tuple[float, float], outcome: str) -> dict[str, Any]:
    return {
        "place_id": name,
        "name": name,
        "lat": at[0],
        "lon": at[1],
        "measured_km": list(km),
        "outcome": outcome,
    }


GARRISON = """MOSCOW (Test Wire) — The ministry's spokesman, Gen. Oleg Zharov, said on Sunday that the camp hit by Thursday's air strikes lay more than 300 kilometers (186 miles) away from the areas that Washington had marked on its maps.

The strikes at At-Tanf on Thursday hit fighters backed by the United States, the Pentagon said. Two fighters were killed and four wounded, according to a relief worker in the garrison. The ministry denied that At-Tanf had been a target.

On Saturday the minister inspected the Hemeimeem air base in Lattakia province. Clashes went on around Aleppo, while a planned convoy to Idlib was put off."""


def at_tanf() -> dict[str, Any]:
    text = GARRISON
    strike = span(text, "The strikes at At-Tanf on Thursday hit fighters")
    first = span(text, "Thursday's air strikes")
    rows = [
        what_if("Idlib", (35.9306, 36.6339), (325.1, 328.3), "supported"),
        what_if("Hemeimeem air base", HEMEIMEEM, (323.0, 327.2), "supported"),
        what_if("Aleppo", ALEPPO, (327.1, 331.0), "supported"),
        what_if("Lattakia", (35.5317, 35.7918), (343.2, 347.0), "supported"),
        what_if("Hasakah", (36.5024, 40.7477), (384.6, 385.2), "supported"),
        what_if("Raqqa", (35.9528, 39.0079), (274.0, 275.2), "refuted"),
        what_if("Daraa", (32.6189, 36.1021), (255.3, 257.1), "refuted"),
        what_if("Deir ez-Zor", (35.3359, 40.1408), (245.6, 246.4), "refuted"),
        what_if("Damascus", (33.5102, 36.2913), (216.1, 219.8), "refuted"),
        what_if("Palmyra", (34.5624, 38.2840), (120.2, 123.1), "refuted"),
    ]
    strikes = {
        "date": "2016-06-16", "date_end": "2016-06-16", "country": "SY", "admin1": "Homs",
        "actors": ["Military Forces of Russia"], "targets": ["Rebels (Syria)"], "fatalities": [2, 2],
        "injured": [4, 4], "mentions": [[first["start"], first["end"]], [strike["start"], strike["end"]]],
        "attribution": [
            {"start": 0, "end": 5, "text": "", "speaker": "the Pentagon", "stance": "claims"},
            {"start": 0, "end": 5, "text": "", "speaker": "Zharov", "stance": "denies"},
        ],
        "reasons": ["“strikes” with “hit”", "Thursday before Sunday, June 19, 2016"],
    }  # fmt: skip
    features = [
        place(span(text, "MOSCOW"), (55.7558, 37.6173), "Moscow", role="dateline", country="RU"),
        place(span(text, "Washington"), (38.9, -77.03), "Washington", role="metonym", country="US"),
        place(span(text, "At-Tanf"), AT_TANF, "At-Tanf", country="SY", admin1="Homs", kind="military"),
        place(span(text, "the United States"), (39.8, -98.6), "United States", country="US", kind="country", radius_km=2500),
        place(span(text, "the Pentagon"), (38.871, -77.056), "The Pentagon", kind="institution", role="institution"),
        place(span(text, "At-Tanf", 1), AT_TANF, "At-Tanf", country="SY", admin1="Homs", kind="military"),
        place(span(text, "Hemeimeem air base"), HEMEIMEEM, "Hemeimeem air base", country="SY", kind="airport"),
        place(span(text, "Lattakia province"), (35.6, 36.0), "Lattakia", country="SY", kind="admin1", radius_km=45),
        place(span(text, "Aleppo"), ALEPPO, "Aleppo", country="SY"),
        place(span(text, "Idlib"), (35.9306, 36.6339), "Idlib", country="SY"),
        event(strike, AT_TANF, "At-Tanf", **strikes),
        event(
            span(text, "the minister inspected the Hemeimeem air base"), HEMEIMEEM, "Hemeimeem air base",
            type="Political activity", sub_type="Visit", date="2016-06-18", date_end="2016-06-18", country="SY",
        ),
        event(
            span(text, "Clashes went on around Aleppo"), ALEPPO, "Aleppo", type="Battles",
            sub_type="Armed clash", country="SY", geo_precision=2, radius_km=25.0,
        ),
        event(
            span(text, "a planned convoy to Idlib was put off"), (35.9306, 36.6339), "Idlib",
            type="Political activity", sub_type="Aid", status="planned", country="SY",
        ),
        claim(
            span(text, "lay more than 300 kilometers (186 miles) away from the areas that Washington had marked"),
            {"subject": AT_TANF}, subject="At-Tanf", reference="the areas that Washington had marked on its maps",
            claimed_km=[300, None], hedge="more than", speaker="Gen. Oleg Zharov", stance="claims",
            figure="300 km", paired={"value": 186, "unit": "mi", "km": 299.338, "agrees": True},
            units_agree=True, what_if=rows,
            reason="The text does not say which areas are meant, so that nothing can be measured; five of the ten places that it could mean lie more than 300 km away.",
        ),
    ]  # fmt: skip
    published = document(
        text,
        title="Ministry says strikes were far from marked areas",
        source="Test Wire",
        published="2016-06-19",
    )
    return collection([published], features)


DEPOT = """Drones hit a fuel depot in Engels before dawn on Monday, the governor said, wounding three workers. Engels lies less than 300 kilometers from the Ukrainian border, a channel close to the army wrote.

The depot is about 12 km east of Saratov, officials said. Kharkiv, 580 km to the west, was shelled on the same day."""


def _checked(
    text: str, words: str, ends: dict[str, tuple[str, tuple[float, float]]], **more: Any
) -> dict[str, Any]:
    points = {end: LatLon(lat=at[0], lon=at[1]) for end, (_, at) in ends.items()}
    measured = distance_km(points["reference"], points["subject"])
    cells = {
        "subject": ends["subject"][0],
        "reference": ends["reference"][0],
        "distance_km": round(measured, 1),
        "measured_km": [round(measured - 4, 1), round(measured + 4, 1)],
        "bearing_deg": round(bearing_deg(points["reference"], points["subject"]), 1),
    }
    return claim(span(text, words), {end: at for end, (_, at) in ends.items()}, **(cells | more))


def refuted() -> dict[str, Any]:
    text = DEPOT
    engels, saratov, kharkiv = (51.4839, 46.1053), (51.5406, 46.0086), (49.9935, 36.2304)
    border = (49.9, 38.95)
    features = [
        place(span(text, "Engels"), engels, "Engels", country="RU", admin1="Saratov Oblast"),
        place(span(text, "Engels", 1), engels, "Engels", country="RU", admin1="Saratov Oblast"),
        place(span(text, "Saratov"), saratov, "Saratov", country="RU", admin1="Saratov Oblast", population=845300),
        place(span(text, "Kharkiv"), kharkiv, "Kharkiv", country="UA", population=1433886),
        event(
            span(text, "Drones hit a fuel depot in Engels"), engels, "Engels", date="2025-01-13",
            date_end="2025-01-13", country="RU", injured=[3, 3], actors=["Military Forces of Ukraine"],
        ),
        event(
            span(text, "Kharkiv, 580 km to the west, was shelled"), kharkiv, "Kharkiv", date="2025-01-13",
            date_end="2025-01-13", country="UA", sub_type="Shelling/artillery/missile attack",
        ),
        _checked(
            text, "less than 300 kilometers from the Ukrainian border",
            {"subject": ("Engels", engels), "reference": ("Ukrainian border", border)},
            figure="300 km", claimed_km=[0, 300], outcome="refuted", hedge="less than", speaker="a channel close to the army",
            reason="Less than 300 km is claimed; the border is nowhere nearer than 530 km, 230 km more than that.",
        ),
        _checked(
            text, "about 12 km east of Saratov", {"subject": ("Engels", engels), "reference": ("Saratov", saratov)},
            figure="12 km", claimed_km=[10, 14], outcome="consistent", hedge="about", direction="E", speaker="officials", measured_km=[5.2, 13.2],
            reason="10 to 14 km are claimed, 5 to 13 km measured; the two overlap.",
        ),
        _checked(
            text, "580 km to the west", {"subject": ("Kharkiv", kharkiv), "reference": ("Engels", engels)},
            figure="580 km", claimed_km=[575, 900], outcome="supported", direction="W", measured_km=[702, 718],
            reason="At least 575 km are claimed and 702 to 718 km measured.",
        ),
    ]  # fmt: skip
    return collection(
        [
            document(
                text, title="Drones hit a fuel depot in Engels", source="Sample wire", published="2025-01-14"
            )
        ],
        features,
    )


def told_twice() -> dict[str, Any]:
    """Accounts that differ, a planned event, a travel time, a slip, and an end that a claim puts somewhere."""
    text = "A strike on Taiz killed 12 civilians or more, or four. Troops plan to attack Hodeidah, two hours from Sanaa."
    taiz, hodeidah, sanaa = (13.58, 44.02), (14.7978, 42.9545), (15.3545, 44.2065)
    counts = [
        {
            "harm": "killed",
            "figure": [12, None],
            "start": 20,
            "end": 22,
            "speaker": "the health ministry",
            "side": "civilians",
        },
        {
            "harm": "killed",
            "figure": [4, 4],
            "start": 46,
            "end": 50,
            "speaker": "a spokesman",
            "side": "civilians",
        },
        {
            "harm": "injured",
            "figure": [30, 30],
            "start": 0,
            "end": 1,
            "speaker": "the health ministry",
            "side": None,
        },
    ]
    strike = event(
        span(text, "A strike on Taiz"), taiz, "Taiz", date="2025-03-03", date_end="2025-03-03", geo_precision=2,
        fatalities=[12, None], injured=[30, 30], captured=[2, 2], counts=counts,
    )  # fmt: skip
    planned = event(span(text, "attack"), hodeidah, "Hodeidah", status="planned")
    ends = {"subject": hodeidah, "reference": sanaa}
    names = {"subject": "Hodeidah", "reference": "Sanaa", "measured_km": [134.0, 162.0], "distance_km": 148.0}
    time = {"kind": "travel_time", "duration_h": [1.7, 2.3], "claimed_km": [14.167, 276]}
    slip = {
        "figure": "90 km",
        "claimed_km": [85, 95],
        "outcome": "refuted",
        "would_hold": ["in miles", "to the north"],
    }
    camp = {
        "end": "subject",
        "text": "a camp",
        "lat": 14.5,
        "lon": 44.5,
        "radius_km": 9,
        "reason": "the direction",
        "area": [],
    }
    claims = [
        claim(span(text, "Hodeidah"), ends, **names, **slip),
        claim(span(text, "two hours from Sanaa"), ends, **names, **time, outcome="consistent"),
        claim(
            span(text, "Sanaa"), {"reference": sanaa}, reference="Sanaa", implied=camp, outcome="supported"
        ),
    ]
    return collection([document(text)], [strike, planned, *claims])


TOWNS = (
    ("Kharkiv", 49.99, 36.23, "UA"), ("Pokrovsk", 48.28, 37.18, "UA"), ("Kherson", 46.64, 32.61, "UA"),
    ("Odesa", 46.48, 30.73, "UA"), ("Belgorod", 50.6, 36.58, "RU"), ("Aleppo", 36.2, 37.13, "SY"),
    ("Idlib", 35.93, 36.63, "SY"), ("Gaza", 31.5, 34.47, "PS"), ("Hodeidah", 14.8, 42.95, "YE"),
    ("Sanaa", 15.37, 44.19, "YE"), ("El Fasher", 13.63, 25.35, "SD"), ("Khartoum", 15.5, 32.56, "SD"),
    ("Mogadishu", 2.04, 45.34, "SO"), ("Maiduguri", 11.83, 13.15, "NG"), ("Gao", 16.27, -0.05, "ML"),
    ("Goma", -1.68, 29.22, "CD"), ("Kabul", 34.53, 69.17, "AF"), ("Tbilisi", 41.7, 44.8, "GE"),
)  # fmt: skip
KINDS = (
    ("Battles", "Armed clash", "Fighters clashed with soldiers in"),
    ("Explosions/Remote violence", "Air/drone strike", "A drone struck a depot in"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "Shelling damaged houses in"),
    ("Violence against civilians", "Attack", "Gunmen attacked traders in"),
    ("Protests", "Peaceful protest", "Teachers demonstrated in"),
    ("Riots", "Mob violence", "A crowd burned shops in"),
    ("Strategic developments", "Arrests", "Police arrested ten men in"),
    ("Political activity", "Meeting", "Envoys met in"),
)


def many(count: int = 60) -> dict[str, Any]:
    chance = random.Random(7)
    documents, features = [], []
    for number in range(count):
        name, lat, lon, country = TOWNS[chance.randrange(len(TOWNS))]
        kind, sub_type, words = KINDS[chance.randrange(len(KINDS))]
        day = date(2025, 1, 1) + timedelta(days=int(chance.triangular(0, 89, 60)))
        text = f"{words} {name} on {day:%B} {day.day}, residents said. Nobody could say how many were hurt."
        key = f"wire-{number:03d}"
        at = (lat + chance.gauss(0, 0.15), lon + chance.gauss(0, 0.15)) if number % 2 else (lat, lon)
        where = {"document": key, "country": country}
        documents.append(
            document(text, id=key, title=f"{words} {name}", source="Sample wire", published=day.isoformat())
        )
        features.append(place(span(text, name), (lat, lon), name, **where))
        features.append(
            event(
                span(text, f"{words} {name}"), at, name, type=kind, sub_type=sub_type, date=day.isoformat(),
                date_end=day.isoformat(), actors=["Unidentified armed group"],
                fatalities=[number % 7, number % 7] if number % 3 == 0 else None,
                status="denied" if number % 11 == 0 else "factual", **where,
            )
        )  # fmt: skip
    return collection(documents, features)


def nowhere() -> dict[str, Any]:
    text = "Prices rose again last month, the statistics office said. Economists had expected less."
    return collection(
        [document(text, title="Prices rise again", source="Sample wire", published="2025-02-03")], []
    )


def hostile() -> dict[str, Any]:
    """Hostile words in every place where text lands."""
    bad = HOSTILE_TEXT
    text = f"{bad} in {bad}. {bad} lies 90 km from {bad}.\n\n{bad}"
    whole = {"start": 0, "end": len(bad), "text": bad}
    second = {"start": len(bad) + 4, "end": 2 * len(bad) + 4, "text": bad}
    third = {"start": 2 * len(bad) + 6, "end": 3 * len(bad) + 30, "text": bad}
    key = f"{bad}.txt"
    candidate = {
        "place_id": bad,
        "name": bad,
        "country": bad,
        "kind": bad,
        "lat": 1,
        "lon": 1,
        "score": 0.5,
        "reasons": [bad],
    }
    words = {
        "document": key, "name": bad, "country": bad, "admin1": bad, "place_id": bad, "reason": bad,
    }  # fmt: skip
    features = [
        place(second, (34.0, 38.0), **words, disputed=bad, candidates=[candidate, candidate], role=bad, kind=bad),
        event(
            whole, (34.5, 38.5), **{k: v for k, v in words.items() if k != "reason"}, type=bad, sub_type=bad, status=bad,
            actors=[bad], targets=[bad], reasons=[bad], date_text=bad, date=bad, date_end=bad,
            attribution=[{"start": 0, "end": 3, "text": bad, "speaker": bad, "stance": bad}],
        ),
        claim(
            third, {"subject": (34.5, 38.5), "reference": (35.5, 39.5)}, document=key, subject=bad, reference=bad, speaker=bad,
            stance=bad, claimed_km=[90, None], measured_km=[140, 146], distance_km=143.0, bearing_deg=39.0, reason=bad,
            outcome="supported", figure=bad, direction=bad,
            what_if=[{"place_id": bad, "name": bad, "lat": 33.0, "lon": 37.0, "measured_km": [100, 110], "outcome": bad}],
        ),
    ]  # fmt: skip
    return collection([document(text, id=key, title=bad, source=bad, published=bad)], features)


def regional() -> dict[str, Any]:
    """Ground events in one region, and all that used to stretch the view of it over continents."""
    text = """WASHINGTON (Test Wire) — Shelling hit Kramatorsk. A drone hit Sloviansk. Clashes went on in Pokrovsk. Envoys met in Washington. The army was within 20 km of the United States' line of help. Protests went on across Ukraine."""
    kramatorsk, washington, states = (48.7389, 37.5848), (38.895, -77.0366), (39.8, -98.6)
    features = [
        place(span(text, "WASHINGTON"), washington, "Washington", role="dateline", country="US"),
        place(span(text, "Washington"), washington, "Washington", country="US"),
        event(span(text, "Shelling hit Kramatorsk"), kramatorsk, "Kramatorsk", country="UA"),
        event(span(text, "A drone hit Sloviansk"), (48.87, 37.625), "Sloviansk", country="UA"),
        event(span(text, "Clashes went on in Pokrovsk"), (48.2814, 37.1769), "Pokrovsk", country="UA"),
        event(
            span(text, "Envoys met in Washington"), washington, "Washington", country="US",
            type="Political activity", sub_type="Meeting",
        ),
        event(
            span(text, "Protests went on across Ukraine"), (49.0, 32.0), "Ukraine", geo_precision=3, radius_km=400.0
        ),
        claim(
            span(text, "within 20 km of the United States' line"), {"subject": kramatorsk, "reference": states},
            subject="Kramatorsk", reference="the United States' line", claimed_km=[0, 20], figure="20 km",
            reason="the text names no point of the line",
        ),
    ]  # fmt: skip
    return collection([document(text, title="Shelling in the east", source="Test Wire")], features)


def far_apart() -> dict[str, Any]:
    """Events on three fronts far from one another, and claims of every outcome among them."""
    towns = {
        "Gao": (16.27, -0.04), "Mopti": (14.49, -4.18), "Tyre": (33.27, 35.2), "Nabatieh": (33.38, 35.48),
        "Kharkiv": (49.99, 36.23), "Toretsk": (48.39, 37.84), "Odesa": (46.48, 30.73),
    }  # fmt: skip
    text = " ".join(f"Shells hit {name}." for name in towns)
    features = [event(span(text, f"Shells hit {name}"), at, name) for name, at in towns.items()]
    features += [place(span(text, name), at, name) for name, at in towns.items()]
    features[0]["properties"] |= {"type": "Battles", "status": "denied"}
    ends = {"subject": towns["Kharkiv"], "reference": towns["Odesa"]}
    features += [
        claim(
            span(text, "Kharkiv"),
            ends,
            figure="700 km",
            claimed_km=[650, 750],
            outcome=outcome,
            what_if=[what_if("Gao", towns["Gao"], (0, 9), "refuted")],
        )
        for outcome in ("supported", "consistent", "road_only", "refuted", "not_checkable")
    ]
    documents = [document(text), *(document("Nothing new.", id=name) for name in ("second", "third"))]
    return collection(documents, features)
