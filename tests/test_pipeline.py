from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import geoevents as ge
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import (
    Analysis,
    Event,
    EventStatus,
    EventType,
    Outcome,
    PlaceKind,
    Stance,
    SubType,
    ToponymRole,
)
from geoevents.pipeline import Pipeline

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_POINTS = {PlaceKind.SETTLEMENT, PlaceKind.MILITARY}


@pytest.fixture(scope="module")
def at_tanf() -> Analysis:
    (document,) = ge.read_documents(EXAMPLES / "at-tanf.txt")
    return ge.analyze(document)


def places_of(analysis: Analysis, text: str) -> list[ge.Place | None]:
    return [r.place for r in analysis.resolutions if r.toponym.text == text]


def event_of(analysis: Analysis, sub_type: SubType) -> Event:
    (event,) = [e for e in analysis.events if e.sub_type is sub_type]
    return event


@pytest.mark.parametrize(
    ("name", "lat", "lon", "within_km"),
    [
        ("At-Tanf", 33.506, 38.618, 1),
        ("Hemeimeem", 35.40, 35.95, 3),
        ("Lattakia", 35.55, 35.95, 40),
        ("Aleppo", 36.20, 37.16, 5),
        ("Syria", 35.0, 38.0, 30),
        ("Russia", 60.0, 100.0, 30),
        ("U.S.", 39.76, -98.5, 30),
    ],
)
def test_the_places_of_the_story_are_found_where_they_are(
    at_tanf: Analysis, name: str, lat: float, lon: float, within_km: float
) -> None:
    found = places_of(at_tanf, name)
    assert found, f"{name} is not found"
    for place in found:
        assert place is not None
        assert distance_km(place.point, LatLon(lat=lat, lon=lon)) < within_km


def test_the_village_stays_a_candidate_for_the_garrison(at_tanf: Analysis) -> None:
    first = next(r for r in at_tanf.resolutions if r.toponym.text == "At-Tanf")
    points = [(round(c.place.point.lat, 3), round(c.place.point.lon, 3)) for c in first.candidates]
    assert (33.506, 38.618) in points
    assert (33.488, 38.657) in points


def test_the_dateline_is_where_it_was_written(at_tanf: Analysis) -> None:
    (moscow,) = [r for r in at_tanf.resolutions if r.toponym.text == "MOSCOW"]
    assert moscow.toponym.role is ToponymRole.DATELINE
    assert all(e.location is None or e.location.toponym.text != "MOSCOW" for e in at_tanf.events)


def test_the_pentagon_is_an_institution(at_tanf: Analysis) -> None:
    for place in places_of(at_tanf, "Pentagon"):
        assert place is not None
        assert place.kind is PlaceKind.INSTITUTION


def test_days_persons_groups_and_boilerplate_are_no_places(at_tanf: Analysis) -> None:
    names = {r.toponym.text for r in at_tanf.resolutions}
    assert not names & {
        "Sunday",
        "Saturday",
        "Thursday",
        "March",
        "Assad",
        "Nusra",
        "Putin",
        "Want",
        "Sign",
        "Example",
    }


def test_the_day_of_writing_is_worked_out_from_the_caption(at_tanf: Analysis) -> None:
    assert at_tanf.timeline.published == date(2016, 6, 19)
    values = {
        e.span.of(at_tanf.document.text): str(e.value)
        for e in at_tanf.timeline.expressions
        if e.value is not None
    }
    assert any("Thursday" in words and value == "2016-06-16" for words, value in values.items())
    assert any("last September" in words and value == "2015-09" for words, value in values.items())
    assert any("March" in words and value == "2016-03" for words, value in values.items())
    assert any("Feb. 27" in words and value == "2016-02-27" for words, value in values.items())
    assert not any("2024" in words for words in values)


def test_the_strike_is_one_event_with_all_its_mentions(at_tanf: Analysis) -> None:
    strike = event_of(at_tanf, SubType.AIR_STRIKE)
    assert strike.location is not None
    assert strike.location.place is not None
    assert "Tanf" in strike.location.place.name
    assert str(strike.date) == "2016-06-16"
    assert [a.country for a in strike.actors] == ["RU"]
    assert any("pposition" in target.name for target in strike.targets)
    assert len(strike.mentions) >= 4


def test_the_charge_and_the_denial_keep_their_speakers(at_tanf: Analysis) -> None:
    quotes = event_of(at_tanf, SubType.AIR_STRIKE).attribution
    assert any(q.stance is not Stance.DENIES and "Pentagon" in q.speaker for q in quotes)
    assert any(
        q.stance is Stance.DENIES and ("Konashenkov" in q.speaker or "Russia" in q.speaker) for q in quotes
    )


def test_the_visit_the_talks_and_the_fighting_are_told_apart(at_tanf: Analysis) -> None:
    visits = [e for e in at_tanf.events if e.sub_type is SubType.VISIT]
    assert any(str(e.date) == "2016-06-18" for e in visits)
    fighting = event_of(at_tanf, SubType.ARMED_CLASH)
    assert fighting.location is not None
    assert fighting.location.toponym.text == "Aleppo"
    assert fighting.time_precision != 1
    violent = {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS}
    assert all("video" not in e.span.of(at_tanf.document.text) for e in at_tanf.events if e.type in violent)


def test_the_claim_without_a_reference_is_not_checkable(at_tanf: Analysis) -> None:
    (verdict,) = [v for v in at_tanf.verdicts if v.claim.figure is not None and v.claim.figure.value == 300]
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.units_agree
    assert "Konashenkov" in (verdict.claim.speaker or "")
    assert verdict.claim.reference.resolution is None
    assert verdict.claim.subject.resolution is not None
    assert "At-Tanf" in verdict.claim.subject.resolution.toponym.text


@pytest.mark.parametrize(
    ("name", "low", "high", "holds"),
    [
        ("Aleppo", 327, 331, True),
        ("Hemeimeem", 323, 327, True),
        ("Idlib", 325, 328, True),
        ("Lattakia", 343, 347, True),
        ("Hasakah", 385, 385, True),
        ("Damascus", 216, 220, False),
        ("Raqqa", 274, 275, False),
        ("Deir ez-Zor", 246, 246, False),
        ("Palmyra", 120, 123, False),
        ("Daraa", 255, 257, False),
    ],
)
def test_what_would_have_to_be_true(
    at_tanf: Analysis, name: str, low: float, high: float, *, holds: bool
) -> None:
    (verdict,) = [v for v in at_tanf.verdicts if v.claim.figure is not None and v.claim.figure.value == 300]
    (entry,) = [
        w
        for w in verdict.what_if
        if name in {w.place.name, *w.place.alternate_names} and w.place.kind in _POINTS
    ]
    assert entry.measured.low == pytest.approx(low, abs=2)
    assert entry.measured.high == pytest.approx(high, abs=2)
    assert (entry.outcome in {Outcome.SUPPORTED, Outcome.CONSISTENT}) is holds


def test_one_paragraph_gives_the_four_lines_of_the_readme() -> None:
    analysis = ge.analyze("Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday.")
    (verdict,) = analysis.verdicts
    assert verdict.outcome in {Outcome.REFUTED, Outcome.ROAD_ONLY}
    (event,) = analysis.events
    assert event.status is EventStatus.FACTUAL
    assert event.sub_type is SubType.SHELLING


def test_an_unresolved_name_never_empties_the_rest() -> None:
    analysis = ge.analyze("Clashes broke out in the village of Qzarbundi near Gao, in Mali, officials said.")
    names = {r.toponym.text: r.place for r in analysis.resolutions}
    assert names["Qzarbundi"] is None
    assert names["Gao"] is not None
    assert names["Mali"] is not None


def test_a_stage_is_changed_by_replacing_it() -> None:
    pipeline = replace(Pipeline.over(ge.Gazetteer.load()), recognize=lambda _document: ())
    assert pipeline("Shelling hit Toretsk.").resolutions == ()


PEOPLES = (
    "Syrian jets bombed the Aleppo Media Center on Monday, activists said. "
    "Russian troops shelled Saraqib, 20 km from Idlib."
)


def test_peoples_and_organizations_are_labeled_and_nothing_happened_there() -> None:
    analysis = ge.analyze(PEOPLES)
    roles = {r.toponym.text: r.toponym.role for r in analysis.resolutions}
    assert roles["Syrian"] is roles["Russian"] is ToponymRole.DEMONYM
    assert roles["Aleppo"] is ToponymRole.EMBEDDED
    assert analysis.events
    assert all(e.location is None or e.location.toponym.text in {"Saraqib", "Idlib"} for e in analysis.events)
    pins = [f["properties"] for f in ge.feature_collection([analysis])["features"]]
    assert {p["text"] for p in pins if p["layer"] == "place"} == {"Saraqib", "Idlib"}


def test_the_roles_shown_change_nothing_else() -> None:
    gazetteer = ge.Gazetteer.load()
    whole = Pipeline.over(gazetteer)(PEOPLES)
    peoples = Pipeline.over(gazetteer, roles={ToponymRole.DEMONYM})(PEOPLES)
    assert [r.toponym.text for r in peoples.resolutions] == ["Syrian", "Russian"]
    assert set(peoples.resolutions) <= set(whole.resolutions)
    assert (peoples.events, peoples.verdicts) == (whole.events, whole.verdicts)


def test_documents_are_analyzed_lazily_and_in_order() -> None:
    analyses = ge.analyze_all(["Clashes in Gao.", "Clashes in Homs."])
    assert [next(analyses).resolutions[0].toponym.text for _ in range(2)] == ["Gao", "Homs"]


FRAGMENTS = st.sampled_from(
    [
        "Shelling hit Toretsk, ",
        "20 km south of Kramatorsk ",
        "MOSCOW (AP) — ",
        "on Thursday ",
        "said Gen. Igor Konashenkov",
        "</script>",
        "${alert(1)}",
        "{{7*7}}",
        "\u202eAleppo\u202c ",
        "\n\n",
        "300 kilometers (186 miles) away from ",
        "the Hemeimeem air base",
        ". ",
        "\u2028",
        "U.S. ",
        "“",
        "”",
        "(",
        ")",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=30).map("".join))
def test_no_text_raises_and_every_span_quotes_itself(text: str) -> None:
    analysis = ge.analyze(text)
    for resolution in analysis.resolutions:
        assert resolution.toponym.span.of(text) == resolution.toponym.text
    spans = [r.toponym.span for r in analysis.resolutions]
    assert spans == sorted(spans)
    for spans in ([e.span for e in analysis.events], [v.claim.span for v in analysis.verdicts]):
        assert all(0 <= s.start <= s.end <= len(text) for s in spans)
        assert spans == sorted(spans)


@pytest.mark.parametrize(
    "text",
    [
        "Six soldiers died on Friday, several miles southwest of Gao, thousands said since last spring.",
        "Half a million fled two days earlier. It is just over six kilometers inside Syria by air.",
        "It fell in September, on Christmas Eve, last week, this March and six months ago.",
    ],
)
@pytest.mark.parametrize(("plain", "written"), ["iı", "iİ", "sſ", "Sſ", "k\u212a", "Iİ"])
def test_letters_that_patterns_take_for_plain_ones_do_not_raise(text: str, plain: str, written: str) -> None:
    everywhere = ge.analyze(text.replace(plain, written))
    assert everywhere.document.text == text.replace(plain, written)
    for at in (i for i, letter in enumerate(text) if letter == plain):
        ge.analyze(text[:at] + written + text[at + 1 :])


def test_the_same_text_gives_the_same_analysis() -> None:
    text = (EXAMPLES / "distances.txt").read_text(encoding="utf-8")
    assert ge.analyze(text) == ge.analyze(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "Shelling hit Toretsk, 20 km south of Kramatorsk. " * n,
        lambda n: "Aleppo " * (6 * n),
        lambda n: "x" * (50 * n),
        lambda n: "a " * (25 * n),
        lambda n: "“said " * (8 * n),
        lambda n: "300 km (186 miles) " * (3 * n),
        lambda n: "20 km south of " * (3 * n),
        lambda n: "(" * (50 * n),
        lambda n: "1" * (50 * n),
        lambda n: "Gen. " * (10 * n),
    ],
)
def test_time_is_linear_in_the_length_of_the_text(make) -> None:
    ge.analyze(make(50))
    seconds = []
    for size in (300, 1200):
        taken = []
        for number in range(3):  # the least: other programs do slow a processor down
            text = f"{make(size)}{number}"
            started = time.process_time()
            ge.analyze(text)
            taken.append(time.process_time() - started)
        seconds.append(min(taken))
    # Four times the text: a quadratic stage would need sixteen times as long.
    assert seconds[1] < 8 * seconds[0] + 0.2


def test_no_trap_is_verified_as_a_distance_between_two_places() -> None:
    golden = Path(__file__).parent / "golden" / "traps.jsonl"
    texts = [json.loads(line)["text"] for line in golden.read_text(encoding="utf-8").splitlines()]
    assert len(texts) >= 80
    # The towns before and behind give a length every chance to find two ends.
    judged = [ge.analyze(f"Troops left Kramatorsk. {text} Toretsk was quiet.") for text in texts]
    assert [(a.document.text, v.claim) for a in judged for v in a.verdicts] == []


def test_what_is_no_document_and_what_is_no_country_is_refused():
    with pytest.raises(ge.OptionError, match="a document is a Document or a text, got None"):
        ge.analyze(None)
    for countries in (("Syria",), ("sy",), "SY"):
        with pytest.raises(ge.OptionError, match="a country is an ISO 3166-1 alpha-2 code"):
            Pipeline.over(ge.Gazetteer.load(), countries=countries)
