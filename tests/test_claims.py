from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from claim_samples import analyzed, described, place, resolved, unmarked
from hypothesis import given, strategies as st

from geoevents.claims import DistanceClaimFinder, MentionKind, amounts, left_alone, mentions, parse_claim
from geoevents.claims.coordinates import given_points
from geoevents.claims.durations import travel_times
from geoevents.claims.figures import matches_at_words
from geoevents.claims.lines import line_named
from geoevents.lexicon.hedges import UNITS, WIND_DEG, WINDS
from geoevents.model import (
    Document,
    Event,
    Hedge,
    Interval,
    Line,
    LineKind,
    PlaceKind,
    Quote,
    Span,
    Stance,
    SubType,
    Toponym,
    ToponymRole,
    TravelMode,
    Unit,
)
from geoevents.text import Memo

GOLDEN = Path(__file__).parent / "golden"


def _samples(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


CLAIMS, TRAPS = _samples("claims.jsonl"), _samples("traps.jsonl")


def _check(request, name: str, known: list[dict], found: list[dict]) -> None:
    if request.config.getoption("--update-golden"):
        lines = [json.dumps(sample, ensure_ascii=False) for sample in found]
        (GOLDEN / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    assert found == known


def test_golden_sentences_give_the_claims_they_are_known_to_make(request):
    found = [{"text": s["text"], "claims": [described(c) for c in analyzed(s["text"])[1]]} for s in CLAIMS]
    _check(request, "claims.jsonl", CLAIMS, found)


def test_golden_traps_are_named(request):
    found = [{"text": s["text"], "traps": [t.why for t in left_alone(s["text"])]} for s in TRAPS]
    _check(request, "traps.jsonl", TRAPS, found)


def test_the_golden_files_are_large_enough_to_mean_something():
    assert sum(len(s["claims"]) for s in CLAIMS) >= 250
    assert len(TRAPS) >= 110
    assert len({why for s in TRAPS for why in s["traps"]}) >= 15


@pytest.mark.parametrize("sample", TRAPS, ids=lambda s: s["text"][:50])
def test_what_ties_no_two_places_is_no_claim_and_has_a_name(sample):
    assert DistanceClaimFinder()(Document(sample["text"]), (), (), ()) == ()
    assert sample["traps"]
    assert all(mention.kind is MentionKind.TRAP for mention in mentions(sample["text"]))


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("30 km", 25.5, 34.5),  # half of 10 is more than 15 %
        ("32 km", 31.5, 32.5),
        ("300 km", 255, 345),
        ("320 km", 315, 325),
        ("7.5 km", 7.45, 7.55),
        ("7½ km", 7.25, 7.75),
        ("about 32 km", 28.8, 35.2),
        ("more than 300 kilometers", 255, float("inf")),
        ("more than 300 kilometers (186 miles)", 298.533312, float("inf")),
        ("at least 32 km", 31.5, float("inf")),
        ("less than 32 km", 0, 32.5),
        ("within 32 km", 0, 32.5),
        ("nearly 30 km", 27, 30),
        ("just over 30 km", 30, 33),
        ("between 12 and 15 km", 11.5, 15.5),
        ("12-15 km", 11.5, 15.5),
        ("4 to 5 miles", 3.5 * 1.609344, 5.5 * 1.609344),
        ("10 miles", 8.5 * 1.609344, 11.5 * 1.609344),
        ("12 nautical miles", 11.5 * 1.852, 12.5 * 1.852),
        ("250 yards", 245 * 0.0009144, 255 * 0.0009144),
    ],
)
def test_a_claim_means_what_a_careful_reporter_can_mean_by_it(phrase, low, high):
    claim = parse_claim(phrase)
    assert claim is not None
    assert claim.claimed is not None
    assert claim.claimed.low == pytest.approx(low)
    assert claim.claimed.high == pytest.approx(high)


@pytest.mark.parametrize(
    ("phrase", "hedge", "direction", "mode", "paired"),
    [
        ("about 30 km northeast", Hedge.ABOUT, "NE", TravelMode.UNSTATED, None),
        ("more than 300 kilometers (186 miles)", Hedge.MORE_THAN, None, TravelMode.UNSTATED, "186 mi"),
        ("30 km to the south-east of", Hedge.EXACT, "SE", TravelMode.UNSTATED, None),
        ("30 km NNW", Hedge.EXACT, "NNW", TravelMode.UNSTATED, None),
        ("30 km by road", Hedge.EXACT, None, TravelMode.ROAD, None),
        ("30 km west by road", Hedge.EXACT, "W", TravelMode.ROAD, None),
        ("some 30 km as the crow flies", Hedge.ABOUT, None, TravelMode.STRAIGHT, None),
        ("a few miles north", Hedge.VAGUE, "N", TravelMode.UNSTATED, None),
        ("to the northeast, about 30 km", Hedge.ABOUT, "NE", TravelMode.UNSTATED, None),
    ],
)
def test_a_phrase_is_read_without_its_ends(phrase, hedge, direction, mode, paired):
    claim = parse_claim(phrase)
    assert claim is not None
    assert (claim.hedge, claim.direction, claim.mode) == (hedge, direction, mode)
    assert (None if claim.paired is None else str(claim.paired)) == paired
    assert claim.subject.resolution is None


@pytest.mark.parametrize("phrase", ["", "north", "about", "300 square km", "$$", "km", "12"])
def test_a_phrase_without_a_length_is_no_claim(phrase):
    assert parse_claim(phrase) is None


@given(st.integers(1, 2000), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(WINDS)))
def test_every_unit_and_wind_word_is_read(value, unit, wind):
    claim = parse_claim(f"{value} {unit} {wind} of")
    assert claim is not None
    assert claim.figure is not None
    assert claim.figure.unit is UNITS[unit]
    assert claim.direction == WINDS[wind]


@given(st.integers(1, 5000), st.sampled_from(list(WIND_DEG)))
def test_a_vague_hedge_widens_and_never_narrows(value, wind):
    bare, about, least, most = (
        parse_claim(f"{hedge} {value} km {wind}").claimed for hedge in ("", "about", "at least", "at most")
    )
    assert about.contains(bare)
    assert least.contains(Interval(bare.low, bare.high)) or least.low == pytest.approx(bare.low)
    assert most.high == pytest.approx(bare.high)


@given(st.integers(2, 5000))
def test_a_rounder_figure_is_no_more_exact_than_its_neighbor(value):
    round_one, next_one = (parse_claim(f"{v} km").claimed for v in (value * 10, value * 10 + 1))
    assert round_one.high - round_one.low >= next_one.high - next_one.low


def test_the_speaker_is_the_innermost_one_whose_words_cover_the_claim():
    text, resolutions = unmarked("The mayor said that, as the army put it, [Sake] is 27 km west of [Goma].")
    everything, inner = (
        Span(0, len(text)),
        Span(text.index("Sake"), len(text)),
    )
    quotes = (
        Quote(everything, "mayor", stance=Stance.REPORTS, speaker_span=Span(4, 9), cue=Span(10, 14)),
        Quote(inner, "army", stance=Stance.CLAIMS, speaker_span=Span(28, 32), cue=Span(33, 36)),
    )
    (claim,) = DistanceClaimFinder()(Document(text), resolutions, (), quotes)
    assert (claim.speaker, claim.stance) == ("army", Stance.CLAIMS)


def _event(text: str, trigger: str, where: str, *, sub_type: SubType) -> Event:
    at = text.index(trigger)
    span = Span(at, at + len(trigger))
    name = text.index(where)
    return Event(
        trigger,
        span,
        sub_type.event_type,
        sub_type=sub_type,
        trigger=span,
        location=resolved(where, Span(name, name + len(where))),
        mentions=(span,),
    )


def test_the_place_hit_in_a_strike_is_where_the_strike_was():
    text, resolutions = unmarked(
        "Jets bombed the garrison at [Tanf]. A clash was reported in [Homs]. "
        "A spokesman put it that the place hit in the strike was at least 250 kilometers (155 miles) "
        "from locations marked by the [U.S.|country] as held by the opposition."
    )
    events = (
        _event(text, "bombed", "Tanf", sub_type=SubType.AIR_STRIKE),
        _event(text, "clash", "Homs", sub_type=SubType.ARMED_CLASH),
    )
    (claim,) = DistanceClaimFinder()(Document(text), resolutions, events, ())
    assert claim.subject.text == "the place hit in the strike"
    assert claim.subject.event_id == "bombed"
    assert claim.subject.resolution is not None
    assert claim.subject.resolution.toponym.text == "Tanf"
    assert "Tanf" in claim.subject.reason
    assert claim.reference.resolution is None
    assert claim.reference.text == "locations marked by the U.S."


def test_an_ambush_far_from_a_town_is_not_put_in_that_town():
    text, resolutions = unmarked("Two men died in an ambush. The ambush was 30 km north of [Karbala].")
    events = (_event(text, "ambush", "Karbala", sub_type=SubType.ATTACK),)
    (claim,) = DistanceClaimFinder()(Document(text), resolutions, events, ())
    assert claim.subject.event_id is None
    assert claim.subject.resolution is None


@pytest.mark.parametrize("role", [ToponymRole.DATELINE, ToponymRole.INSTITUTION, ToponymRole.DEMONYM])
def test_datelines_institutions_and_demonyms_are_no_end(role):
    text, (resolution,) = unmarked("[Moscow], 30 km away, was quiet.")
    named = resolution.toponym
    other = type(resolution)(
        Toponym(named.span, named.text, role=role), resolution.candidates, is_settled=True, reason=""
    )
    (claim,) = DistanceClaimFinder()(Document(text), (other,), (), ())
    assert claim.subject.resolution is None


def test_the_capital_is_the_city_that_the_text_calls_so():
    marked = "Gunmen came to [Masaka], 130 km from the capital. [Kampala], the capital, was calm."
    _, (claim,) = analyzed(marked)
    assert described(claim) == "exact 130 km: Masaka -> the capital = Kampala"


class Capitals:
    """A gazetteer that knows every name, as a settlement of the country asked for."""

    def lookup(self, name, *, country, kind, limit):
        found = place(name, kind=kind)
        return [SimpleNamespace(place=found)][:limit] if country == "IQ" else []


def test_the_capital_of_a_country_is_looked_up_where_the_text_does_not_name_it():
    text, (ramadi, iraqi) = unmarked("[Ramadi] is 130 km west of the [Iraqi] capital.")
    country = replace(place("Iraq", kind=PlaceKind.COUNTRY), country="IQ")
    demonym = replace(
        iraqi,
        toponym=replace(iraqi.toponym, role=ToponymRole.DEMONYM),
        candidates=(replace(iraqi.candidates[0], place=country),),
    )
    (claim,) = DistanceClaimFinder(Capitals())(Document(text), (ramadi, demonym), (), ())
    assert claim.reference.text == "the Iraqi capital"
    assert claim.reference.resolution is not None
    assert claim.reference.resolution.place is not None
    assert claim.reference.resolution.place.name == "Baghdad"
    assert claim.reference.reason == "Baghdad is the capital of IQ"


def test_every_span_quotes_the_words_of_the_claim():
    for sample in CLAIMS:
        text, claims = analyzed(sample["text"])
        for claim in claims:
            assert claim.span.of(text).strip()
            for end in (claim.subject, claim.reference):
                assert end.span is None or end.span.of(text) == end.text


@given(st.text(max_size=300))
def test_no_text_raises(text):
    for mention in mentions(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.amount.figure is None or mention.amount.figure.value >= 0
    assert len(amounts(text)) == len(mentions(text))


@given(
    st.lists(
        st.sampled_from(
            """30 km of from ( ) miles/ between 10 and or the north a few 1,5 . ; capital border two-hour drive
            near in into on 33.51N 38.62E closest town [A] [B|country] via radius is village and It
            across opposite located province [C|water] The , . to""".split()
        ),
        max_size=40,
    )
)
def test_no_jumble_of_claim_words_raises(words):
    text, claims = analyzed(" ".join(words))
    assert all(claim.span.end <= len(text) for claim in claims)
    assert list(claims) == sorted(claims, key=lambda claim: claim.span)


@pytest.mark.parametrize(
    "words",
    [
        (
            "Gunmen left [Sake], near [Goma], 27 km from the capital of the area of [Goma], the closest town, in "
            "[Kivu|admin1], on the border with Rwanda, two hours from [Sake] (33.51N 38.62E). "
        ),
        "[Sake] is a village in [Goma], across [Kivu|water] from [Beni], located 5 km from [Uvira], D.C., and ",
    ],
)
def test_time_grows_with_the_number_of_names_and_no_faster(words):
    def seconds(times: int) -> float:
        text, resolutions = unmarked(words * times)
        return _cpu_seconds(lambda: DistanceClaimFinder()(Document(text), resolutions, (), ()))

    seconds(50)
    assert seconds(1200) < 4 * 3 * max(seconds(300), 0.02)


def test_names_of_areas_give_way_to_the_places_in_them():
    _, (country, region, claim) = analyzed(
        "A mine went off near [Kaya], in [Russia|country]'s [Saratov|admin1] region, 9 km from [Engels]."
    )
    assert [described(c) for c in (country, region)] == [
        "containment: Kaya -> Russia",
        "containment: Kaya -> Saratov",
    ]
    assert claim.subject.text == "Kaya"
    assert claim.subject.resolution is not None
    assert claim.subject.resolution.candidates[0].place.kind is PlaceKind.SETTLEMENT


@pytest.mark.parametrize(
    ("words", "kind", "countries"),
    [
        ("the Jordanian border", LineKind.BORDER, ("JO",)),
        ("the Syrian-Turkish border", LineKind.BORDER, ("SY", "TR")),
        ("the border between Mali and Niger", LineKind.BORDER, ("ML", "NE")),
        ("Turkey's border", LineKind.BORDER, ("TR",)),
        ("the border", LineKind.BORDER, ()),
        ("the Kursk border", LineKind.OTHER, ()),
        ("the Mediterranean coast", LineKind.COAST, ()),
        ("the front line", LineKind.OTHER, ()),
    ],
)
def test_a_noun_phrase_names_a_line_and_whose_it_is(words, kind, countries):
    assert line_named(words) == Line(kind, countries=countries)


@pytest.mark.parametrize(
    "words", ["the border town of Rafah", "a border post", "the road-side", "Kramatorsk"]
)
def test_what_stands_at_a_line_is_none(words):
    assert line_named(words) is None


@pytest.mark.parametrize(
    ("written", "lat", "lon", "radius_km"),
    [
        ("35.52N 36.72E", 35.52, 36.72, 1.43),
        ("35.52°N, 36.72°E", 35.52, 36.72, 1.43),
        ("35°31′N 36°43′E", 35.51667, 36.71667, 2.39),
        ("33°30'22\"N, 38°37'05\"E", 33.50611, 38.61806, 0.041),
        ("S12.25 W45.5", -12.25, -45.5, 1.56),
        ("at 33.506, 38.618", 33.506, 38.618, 0.145),
        ("48.12345, 37.54321", 48.12345, 37.54321, 0.002),
        ("37S DT 64520 07449", 33.506, 38.618, 0.001),
    ],
)
def test_coordinates_are_places_as_large_as_their_last_figure(written, lat, lon, radius_km):
    (point,) = given_points(f"It lay {written}, they said.")
    assert point.place.point.lat == pytest.approx(lat, abs=1e-4)
    assert point.place.point.lon == pytest.approx(lon, abs=1e-4)
    assert point.place.radius_km == pytest.approx(radius_km, abs=0.02)


@pytest.mark.parametrize(
    "text",
    ["a score of 33.51, 38.62", "prices of $3.25, 4.50", "95.5N 200.1E", "37S II 12 34", "1.25, 3.75 km"],
)
def test_figures_that_are_no_coordinates_give_no_point(text):
    assert given_points(text) == ()


@pytest.mark.parametrize(
    ("phrase", "low", "high", "nearest", "farthest"),
    [
        ("two hours by car", 1.7, 2.3, 1.7 * 15 / 1.8, 2.3 * 120),
        ("a 30-minute walk", 0.425, 0.575, 0.425 * 2 / 1.8, 0.575 * 6.5),
        ("an hour and a half's flight", 1.275, 1.725, 1.275 * 150, 1.725 * 950),
        ("less than an hour", 0, 1.15, 0, 1.15 * 120),
    ],
)
def test_a_travel_time_is_a_claim_of_a_kind_of_its_own(phrase, low, high, nearest, farthest):
    (time,) = travel_times(f"It is {phrase} from Aleppo.")
    assert (time.hours.low, time.hours.high) == pytest.approx((low, high))
    assert (time.straight_km.low, time.straight_km.high) == pytest.approx((nearest, farthest))


@pytest.mark.parametrize(
    "text",
    [
        "It came two hours after the raid on Gao.",
        "Two hours from now the truce begins.",
        "They work 24 hours a day from Russia.",
        "He spoke for an hour of the war.",
        "Five days from Tuesday they vote.",
    ],
)
def test_a_time_that_is_no_way_is_no_claim(text):
    assert travel_times(text) == ()


def test_nautical_miles_need_the_sea_and_nanometers_do_not():
    (at_sea,) = mentions("The ship was 20 nm off Hodeidah.")
    assert at_sea.amount.unit is Unit.NAUTICAL_MILE
    assert at_sea.kind is MentionKind.CLAIM
    (on_land,) = mentions("The 20 nm from the plant was wrong.")
    assert on_land.kind is MentionKind.TRAP


@pytest.mark.parametrize(
    "unit",
    [
        "30 km south of Gao, ",
        "1,5 km (",
        "between 10 and ",
        "km ",
        "about about about ",
        "a few miles from the town of the town of ",
        "30 km from A and ",
        "the area hit was 30 km away ",
        "((((1/2 miles",
        "30 nm ",
        "a two-hour drive from ",
        "two hours and a half by car north of the ",
        "33.51N 38.62E, ",
        "33.506, 38.618 ",
        "37S DT 64520 07449 ",
        "the nearest town to the nearest city ",
        "on the border with the border with ",
        "M4 Mi-24 km 17 80 mm ",
    ],
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(unit):
    def seconds(text: str) -> float:
        return min(_cpu_seconds(lambda: DistanceClaimFinder()(Document(text), (), (), ())) for _ in range(2))

    size = 8_000
    short, long = unit * (size // len(unit)), unit * (4 * size // len(unit))
    assert seconds(long) < 4 * 3 * max(seconds(short), 0.02)


def _cpu_seconds(run) -> float:
    # Processor time, because other processes share the machine.
    started = time.process_time()
    run()
    return time.process_time() - started


def test_what_begins_at_words_is_found_as_it_is_everywhere():
    pattern = re.compile(r"(?<=[\s\d-])(?:km|miles?|hours?)(?!\w)", re.IGNORECASE)
    may_begin = Memo(lambda key: key.startswith(("km", "mile", "hour")))
    written = "It is 5km, 3 Miles and 2-hour walks, 7½km by mile's end; Miles-long 4 km² and KM 9, homemile."
    for text in (written, written.replace("½", ""), *(row["text"] for row in (*CLAIMS, *TRAPS))):
        found = [match.span() for match in matches_at_words(pattern, text, may_begin)]
        assert found == [match.span() for match in pattern.finditer(text)]
