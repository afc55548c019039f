from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from claim_samples import analyzed, unmarked
from hypothesis import assume, given, strategies as st

from geoevents.claims import DistanceClaimFinder, parse_claim
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import (
    angle_between_deg,
    bearing_deg,
    compass_point,
    destination,
    distance_km,
    point_radius_km,
)
from geoevents.model import (
    Analysis,
    Candidate,
    ClaimEnd,
    ClaimKind,
    Distance,
    DistanceClaim,
    Document,
    Interval,
    LatLon,
    Outcome,
    Place,
    PlaceKind,
    Resolution,
    Span,
    Timeline,
    Toponym,
    ToponymRole,
    Unit,
    Verdict,
)
from geoevents.pipeline import analyze
from geoevents.verification import (
    GeodesicVerifier,
    claim_conflicts,
    extent_km,
    units_agree,
    verify_distance,
)

RANK = [Outcome.REFUTED, Outcome.ROAD_ONLY, Outcome.CONSISTENT, Outcome.SUPPORTED]
CENTER = LatLon(lat=35.0, lon=38.0)


def town(
    name: str,
    point: LatLon,
    *,
    population: int | None = 5_000,
    country: str = "SY",
    radius_km: float | None = None,
) -> Place:
    return Place(
        name.lower(),
        name,
        point=point,
        kind=PlaceKind.SETTLEMENT,
        population=population,
        country=country,
        radius_km=radius_km,
    )


def pair(distance_km: float, bearing_deg: float = 0.0) -> tuple[Place, Place]:
    """A subject that lies so far, in that direction, from a reference."""
    point = destination(CENTER, bearing_deg=bearing_deg, distance_km=distance_km)
    return town("Subject", point), town("Reference", CENTER)


def outcome(phrase: str, distance_km: float, bearing_deg: float = 0.0) -> Outcome:
    subject, reference = pair(distance_km, bearing_deg)
    claim = parse_claim(phrase)
    assert claim is not None
    return verify_distance(subject, reference, claim=claim).outcome


@pytest.mark.parametrize(
    ("phrase", "distance", "bearing", "expected"),
    [
        ("30 km", 30, 0, Outcome.SUPPORTED),
        ("32 km", 32, 0, Outcome.CONSISTENT),  # the extents are wider than the rounding
        ("about 30 km", 30, 0, Outcome.SUPPORTED),
        ("30 km", 60, 0, Outcome.REFUTED),
        ("30 km", 20, 0, Outcome.ROAD_ONLY),
        ("30 km as the crow flies", 20, 0, Outcome.REFUTED),
        ("30 km by road", 20, 0, Outcome.CONSISTENT),
        ("30 km by road", 30, 0, Outcome.CONSISTENT),
        ("30 km", 10, 0, Outcome.REFUTED),
        ("more than 300 km", 327, 0, Outcome.SUPPORTED),
        ("more than 300 km (186 miles)", 220, 0, Outcome.ROAD_ONLY),
        ("more than 300 km (186 miles)", 120, 0, Outcome.REFUTED),
        ("less than 30 km", 12, 0, Outcome.SUPPORTED),
        ("less than 30 km", 70, 0, Outcome.REFUTED),
        ("within 30 km", 31, 0, Outcome.SUPPORTED),
        ("30 km north", 30, 40, Outcome.SUPPORTED),
        ("30 km north", 30, 60, Outcome.CONSISTENT),
        ("30 km north", 30, 90, Outcome.REFUTED),
        ("30 km northeast", 30, 5, Outcome.CONSISTENT),
        ("30 km northeast", 30, 20, Outcome.SUPPORTED),
        ("30 km NNE", 30, 0, Outcome.SUPPORTED),
        ("30 km NNE", 30, 320, Outcome.CONSISTENT),
        ("30 km south", 30, 0, Outcome.REFUTED),
        ("2 km west", 2, 90, Outcome.REFUTED),
        ("20 miles", 32, 0, Outcome.SUPPORTED),
        ("20 km", 32, 0, Outcome.REFUTED),
        ("a few km", 3, 0, Outcome.NOT_CHECKABLE),
    ],
)
def test_a_verdict_is_the_relation_of_two_intervals(phrase, distance, bearing, expected):
    assert outcome(phrase, distance, bearing) is expected


def test_the_reason_is_one_sentence_with_its_arithmetic():
    subject, reference = pair(43, 150)
    claim = parse_claim("about 20 kilometers (12 miles) south")
    verdict = verify_distance(subject, reference, claim=claim)
    assert verdict.reason == (
        "Subject to Reference is 43 km (41 to 45 km with the extent of both), claimed about 20 km (17 to 23 km), "
        "and S fits its bearing of 150° (SSE), and 12 mi is 19.31 km, which agrees with 20 km: refuted"
    )
    assert verdict.margin_km == pytest.approx(18.4, abs=0.05)
    assert verdict.distance_km == pytest.approx(43)
    assert verdict.bearing_deg == pytest.approx(150)


@pytest.mark.parametrize(
    ("phrase", "distance", "bearing", "slip"),
    [
        ("22 km", 35, 0, "it would hold in miles"),
        ("50 km west", 50, 90, "it would hold to the E"),
        ("5 km", 50, 0, "it would hold with one more digit"),
        ("500 km", 50, 0, "it would hold with one digit less"),
        ("500 km", 110, 0, "refuted"),
        ("50 km west", 75, 90, "it would hold in miles and to the E"),
        ("50 km", 300, 0, "it would hold for another place of one of the two names"),
        ("16 km", 61, 0, "it would hold as 61 km"),
    ],
)
def test_a_refuted_claim_names_the_reading_that_would_hold(phrase, distance, bearing, slip):
    verdict = verify_distance(*pair(distance, bearing), claim=parse_claim(phrase))
    assert verdict.outcome is Outcome.REFUTED
    assert verdict.reason.endswith(slip)


@given(st.floats(1, 2000), st.floats(0, 800), st.floats(0, 800), st.floats(0, 800), st.floats(0, 800))
def test_a_wider_claim_is_never_less_supported(distance, low, width, more_low, more_high):
    subject, reference = pair(distance)
    bare = parse_claim("30 km")
    narrow = replace(bare, claimed=Interval(low, low + width))
    wide = replace(bare, claimed=Interval(max(0.0, low - more_low), low + width + more_high))
    ranks = [RANK.index(verify_distance(subject, reference, claim=c).outcome) for c in (narrow, wide)]
    assert ranks[0] <= ranks[1]


@given(st.integers(1, 900), st.floats(1, 900), st.floats(0, 360))
def test_a_distance_without_direction_is_symmetric(value, distance, bearing):
    subject, reference = pair(distance, bearing)
    claim = parse_claim(f"about {value} km")
    there, back = (
        verify_distance(a, b, claim=claim) for a, b in ((subject, reference), (reference, subject))
    )
    assert there.outcome is back.outcome
    assert there.distance_km == pytest.approx(back.distance_km)


@given(st.floats(1, 900), st.integers(1, 900))
def test_the_same_length_in_miles_gets_the_same_verdict(distance, value):
    in_km, in_miles = f"nearly {value} km", f"nearly {value / 1.609344:.6f} miles"
    low, high = parse_claim(in_km).claimed.low, parse_claim(in_km).claimed.high
    assume(all(abs(distance - end) > 3 for end in (low, high, low / 1.8)))
    assert outcome(in_km, distance) is outcome(in_miles, distance)


@given(st.integers(30, 900), st.floats(0, 359))
def test_a_halved_or_tenfold_claim_is_refuted(distance, bearing):
    assert outcome(f"{distance} km", distance, bearing) in {Outcome.SUPPORTED, Outcome.CONSISTENT}
    assert outcome(f"{distance / 2:g} km", distance, bearing) is Outcome.REFUTED
    assert outcome(f"{distance * 10} km", distance, bearing) is Outcome.REFUTED


@given(st.floats(5, 500), st.floats(0, 359))
def test_the_wind_it_lies_in_is_right_and_the_opposite_one_is_refuted(distance, bearing):
    whole = max(1, round(distance))
    wind, opposite = compass_point(bearing), compass_point(bearing + 180)
    assert outcome(f"about {whole} km {wind}", distance, bearing) is not Outcome.REFUTED
    assert outcome(f"about {whole} km {opposite}", distance, bearing) is Outcome.REFUTED


@given(st.integers(1, 4_000_000), st.integers(1, 4_000_000))
def test_a_larger_town_is_no_smaller_and_no_town_is_wider_than_twenty_kilometers(first, second):
    small, large = sorted((first, second))
    radii = [extent_km(town("T", CENTER, population=p)) for p in (small, large, 10**9)]
    assert 0 < radii[0] <= radii[1] <= radii[2] == 20


def test_an_area_of_unknown_extent_is_not_measured_from():
    country = Place("sy", "Syria", point=CENTER, kind=PlaceKind.COUNTRY, country="SY")
    subject, _ = pair(30)
    verdict = verify_distance(subject, country, claim=parse_claim("30 km"))
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "Syria is an area (country) of unknown extent" in verdict.reason


def end(*places: Place, scores: tuple[float, ...] = (), is_settled: bool = True) -> ClaimEnd:
    scored = scores or tuple(1.0 for _ in places)
    candidates = tuple(Candidate(p, s) for p, s in zip(places, scored, strict=True))
    span = Span(0, 4)
    toponym = Toponym(span, "Name")
    return ClaimEnd(
        "Name", span, resolution=Resolution(toponym, candidates, is_settled=is_settled, reason="why")
    )


@given(
    st.lists(st.floats(1, 600), min_size=1, max_size=4),
    st.integers(1, 500),
    st.booleans(),
)
def test_a_claim_that_some_plausible_pair_supports_is_never_refuted(distances, value, is_settled):
    places = [
        town(f"S{i}", destination(CENTER, bearing_deg=90 * i, distance_km=d), radius_km=1.0)
        for i, d in enumerate(distances)
    ]
    reference = town("Reference", CENTER, radius_km=1.0)
    claim = replace(
        parse_claim(f"about {value} km"),
        subject=end(*places, is_settled=is_settled),
        reference=end(reference),
    )
    (verdict,) = GeodesicVerifier()((claim,), ())
    alone = [verify_distance(p, reference, claim=claim).outcome for p in places]
    if Outcome.SUPPORTED in alone:
        assert verdict.outcome is not Outcome.REFUTED
    if is_settled and len(places) == 1:
        assert verdict.outcome is alone[0]


def test_homonyms_that_would_give_different_answers_leave_the_claim_unchecked():
    near, far = (
        town(n, destination(CENTER, bearing_deg=0, distance_km=d)) for n, d in (("Near", 30), ("Far", 400))
    )
    claim = replace(parse_claim("400 km"), subject=end(near, far), reference=end(town("Reference", CENTER)))
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "several places" in verdict.reason


@pytest.mark.parametrize(
    ("scores", "expected"),
    [((0.9, 0.3), Outcome.NOT_CHECKABLE), ((0.9, 0.001), Outcome.REFUTED)],
)
def test_a_claim_is_not_refuted_while_another_place_of_the_name_would_satisfy_it(scores, expected):
    near, far = (
        town(n, destination(CENTER, bearing_deg=0, distance_km=d)) for n, d in (("Near", 30), ("Far", 400))
    )
    claim = replace(
        parse_claim("400 km"),
        subject=end(near, far, scores=scores),
        reference=end(town("Reference", CENTER)),
    )
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is expected


def test_a_village_resolved_on_another_continent_refutes_nothing():
    far = town("Zaragoza", LatLon(lat=41.6, lon=-0.9), country="ES")
    claim = replace(parse_claim("about 10 km"), subject=end(far), reference=end(town("Reference", CENTER)))
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "another place" in verdict.reason


@pytest.mark.parametrize(
    ("phrase", "population", "expected"),
    [
        ("20 km", 900, Outcome.NOT_CHECKABLE),  # a village of which the gazetteer may not know the namesake
        ("20 km", 90_000, Outcome.REFUTED),
        ("15 km", 900, Outcome.REFUTED),  # one more digit is the likelier slip
        ("600 km", 900, Outcome.REFUTED),  # too far claimed, not too far off
    ],
)
def test_a_village_far_too_far_off_refutes_nothing(phrase, population, expected):
    subject, reference = _at("Sarmin", 150, 0, population), _at("Reference", 0, 0)
    ends = [replace(end(place), text=place.name) for place in (subject, reference)]
    claim = replace(parse_claim(phrase), subject=ends[0], reference=ends[1])
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is expected


@pytest.mark.parametrize(
    ("population", "phrases", "expected"),
    [
        (900, ("600 km", "700 km"), Outcome.NOT_CHECKABLE),  # one namesake explains both
        (900, ("600 km", "120 km"), Outcome.REFUTED),  # the other claim knows the same village
        (90_000, ("600 km", "700 km"), Outcome.REFUTED),
    ],
)
def test_a_village_that_two_places_contradict_is_another_one_of_the_name(population, phrases, expected):
    subject = _at("Krynki", 150, 0, population)
    references = _at("Near", 0, 0), _at("Far", 30, 0, 9_000)
    claims = tuple(
        replace(parse_claim(phrase), subject=end(subject), reference=end(reference))
        for phrase, reference in zip(phrases, references, strict=True)
    )
    first, _ = GeodesicVerifier()(claims, ())
    assert first.outcome is expected


def test_a_place_that_the_text_leaves_open_refutes_nothing():
    claim = replace(
        parse_claim("400 km"),
        subject=end(_at("Subject", 30, 0)),
        reference=replace(end(_at("Reference", 0, 0)), is_inferred=True),
    )
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "leaves open" in verdict.reason


def test_a_name_that_is_not_resolved_for_certain_refutes_nothing():
    near = town("Near", destination(CENTER, bearing_deg=0, distance_km=30))
    claim = replace(
        parse_claim("400 km"), subject=end(near, is_settled=False), reference=end(town("Reference", CENTER))
    )
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "not resolved for certain" in verdict.reason


class Index:
    """A gazetteer of a few places."""

    def __init__(self, *places: Place) -> None:
        self.places = places

    def in_country(self, country: str, *, min_population: int) -> tuple[Place, ...]:
        return tuple(p for p in self.places if p.country == country and (p.population or 0) >= min_population)

    def near(self, point: LatLon, *, radius_km: float, min_population: int) -> tuple[Place, ...]:
        return tuple(
            p
            for p in self.places
            if (p.population or 0) >= min_population and abs(p.point.lat - point.lat) * 111 <= radius_km
        )

    def lookup(self, name: str, *, limit: int) -> tuple[SimpleNamespace, ...]:
        return tuple(SimpleNamespace(place=p) for p in self.places if p.name == name)[:limit]


def _at(name: str, distance: float, bearing: float, population: int = 100_000) -> Place:
    return town(name, destination(CENTER, bearing_deg=bearing, distance_km=distance), population=population)


def test_an_unnamed_end_gets_what_would_have_to_be_true():
    index = Index(
        _at("Satisfying", 330, 0),
        _at("Refuting", 120, 90),
        _at("Nearer", 310, 180),
        _at("Hamlet", 400, 45, 900),
    )
    text, resolutions = unmarked(
        "The depot at [Tanf] is more than 300 kilometers (186 miles) away from locations marked by the [U.S.|country]."
    )
    known = Candidate(town("Tanf", CENTER), 1.0)
    resolutions = (replace(resolutions[0], candidates=(known,)), resolutions[1])
    claims = DistanceClaimFinder()(Document(text), resolutions, (), ())
    (verdict,) = GeodesicVerifier(index)(claims, resolutions)
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.units_agree is True
    assert verdict.reason == (
        "the text does not name the reference, it says only 'locations marked by the U.S.', "
        "and 186 mi is 299.3 km, which agrees with 300 km: not checkable"
    )
    assert [(w.place.name, w.outcome) for w in verdict.what_if] == [
        ("Nearer", Outcome.SUPPORTED),
        ("Satisfying", Outcome.SUPPORTED),
        ("Refuting", Outcome.REFUTED),
    ]
    assert verdict.what_if[0].measured.low == pytest.approx(310)


def test_what_would_have_to_be_true_is_measured_over_every_reading_of_the_known_end():
    garrison = Place(
        "g", "Tanf garrison", point=CENTER, kind=PlaceKind.MILITARY, country="SY", alternate_names=("Tanf",)
    )
    village = town("Tanf", destination(CENTER, bearing_deg=0, distance_km=5), population=None)
    city = _at("City", 330, 0)
    claim = replace(parse_claim("more than 300 km (186 miles)"), subject=end(garrison))
    (verdict,) = GeodesicVerifier(Index(village, city))((claim,), ())
    (row,) = verdict.what_if
    assert (round(row.measured.low), round(row.measured.high)) == (325, 330)


def test_an_institution_or_dateline_of_the_document_is_no_row():
    known = town("Known", CENTER)
    claim = replace(parse_claim("more than 100 km"), subject=end(known))
    rows = [
        (PlaceKind.INSTITUTION, ToponymRole.LITERAL),
        (PlaceKind.COUNTRY, ToponymRole.LITERAL),
        (PlaceKind.SETTLEMENT, ToponymRole.DATELINE),
        (PlaceKind.SETTLEMENT, ToponymRole.LITERAL),
    ]
    resolutions = tuple(
        Resolution(
            Toponym(Span(i, i + 1), "X", role=role),
            (Candidate(replace(_at(f"P{i}", 200, 0), kind=kind), 1.0),),
            is_settled=True,
            reason="",
        )
        for i, (kind, role) in enumerate(rows)
    )
    (verdict,) = GeodesicVerifier()((claim,), resolutions)
    assert [w.place.name for w in verdict.what_if] == ["P3"]


TANF = LatLon(lat=33.506, lon=38.618)
LVIV = LatLon(lat=49.838, lon=24.023)
KHARKIV = LatLon(lat=49.98, lon=36.25)


def judged(marked: str, *places: Place, gazetteer: object = None) -> Verdict:
    """The verdict on the only claim of a text whose marked names are these places, in order."""
    text, resolutions = unmarked(marked)
    resolved = tuple(
        replace(r, candidates=(Candidate(place, 1.0),)) for r, place in zip(resolutions, places, strict=True)
    )
    (claim,) = DistanceClaimFinder()(Document(text), resolved, (), ())
    (verdict,) = GeodesicVerifier(gazetteer)((claim,), resolved)
    return verdict


@pytest.mark.parametrize(
    ("marked", "point", "country", "expected"),
    [
        ("[Lviv] lies some 55 kilometers from the Polish border.", LVIV, "UA", Outcome.CONSISTENT),
        ("[Lviv] lies some 20 kilometers from the Polish border.", LVIV, "UA", Outcome.REFUTED),
        ("[Lviv] lies within 90 kilometers of the border with Poland.", LVIV, "UA", Outcome.SUPPORTED),
        ("[Kharkiv] is 30 km from the border.", KHARKIV, "UA", Outcome.CONSISTENT),
        ("[Kharkiv] is 300 km from the Russian border.", KHARKIV, "UA", Outcome.REFUTED),
        ("[Tanf] lies near the border with Iraq and Jordan.", TANF, "SY", Outcome.SUPPORTED),
        ("[Tanf] is on the Syrian-Turkish border.", TANF, "SY", Outcome.REFUTED),
        ("[Tanf] lies more than 200 km from the coast.", TANF, "SY", Outcome.SUPPORTED),
        ("[Tanf] lies on the coast.", TANF, "SY", Outcome.REFUTED),
        ("[Tanf] lies 20 km inside Syria.", TANF, "SY", Outcome.CONSISTENT),
        ("[Tanf] lies 20 km inside Iraq.", TANF, "SY", Outcome.REFUTED),
        ("[Tanf] lies 20 km from the front line.", TANF, "SY", Outcome.NOT_CHECKABLE),
        ("The post is 20 km from the Jordanian border.", None, "SY", Outcome.NOT_CHECKABLE),
    ],
)
def test_borders_and_coasts_are_measured(marked, point, country, expected):
    places = () if point is None else (town("P", point, country=country, radius_km=2.0),)
    verdict = judged(marked, *places)
    assert verdict.outcome is expected
    assert verdict.what_if == ()


def test_a_border_in_dispute_is_measured_in_both_views():
    # Near Perekop the border is at hand as it is held, and hundreds of kilometers off as it is claimed.
    verdict = judged(
        "[Perekop] is on the border with Russia.", town("Perekop", LatLon(lat=46.2, lon=33.6), country="UA")
    )
    assert verdict.outcome is Outcome.CONSISTENT
    assert verdict.measured.low < 15
    assert verdict.measured.high > 200


@pytest.mark.parametrize(
    ("area", "subject", "expected"),
    [
        (Place("sy", "Syria", point=CENTER, kind=PlaceKind.COUNTRY, country="SY"), {}, Outcome.SUPPORTED),
        (Place("fr", "France", point=CENTER, kind=PlaceKind.COUNTRY, country="FR"), {}, Outcome.REFUTED),
        (
            Place("h", "Homs", point=CENTER, kind=PlaceKind.ADMIN1, country="SY", radius_km=100),
            {"admin1": "Homs"},
            Outcome.SUPPORTED,
        ),
        (
            Place("h", "Homs", point=CENTER, kind=PlaceKind.ADMIN1, country="SY", radius_km=100),
            {"admin1": "Hama"},
            Outcome.NOT_CHECKABLE,  # the circles of two divisions overlap, and no outline says more
        ),
        (
            Place(
                "d",
                "Daraa",
                point=LatLon(lat=32.6, lon=36.1),
                kind=PlaceKind.ADMIN1,
                country="SY",
                radius_km=50,
            ),
            {"admin1": "Homs"},
            Outcome.REFUTED,
        ),
        (
            Place("i", "Anbar", point=CENTER, kind=PlaceKind.ADMIN1, country="IQ", radius_km=100),
            {"admin1": "Homs"},
            Outcome.REFUTED,
        ),
        (
            Place("r", "Badia", point=CENTER, kind=PlaceKind.REGION, country="SY", radius_km=100),
            {},
            Outcome.CONSISTENT,
        ),
        (Place("r", "Badia", point=CENTER, kind=PlaceKind.REGION, country="SY"), {}, Outcome.NOT_CHECKABLE),
    ],
)
def test_a_place_lies_in_an_area_by_outline_gazetteer_or_circle(area, subject, expected):
    inner = replace(town("Inner", CENTER, radius_km=1.0), **subject)
    named = replace(end(inner), text="Inner")
    claim = DistanceClaim(Span(0, 4), named, end(area), figure=None, claimed=None, kind=ClaimKind.CONTAINMENT)
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is expected
    assert verdict.measured is None


@pytest.mark.parametrize(("text", "radius_km"), [("Inner", None), ("Other spelling", 1.0)])
def test_a_village_in_another_country_than_the_area_is_another_village(text, radius_km):
    inner = replace(end(town("Inner", CENTER, radius_km=radius_km)), text=text)
    france = Place("fr", "France", point=CENTER, kind=PlaceKind.COUNTRY, country="FR")
    claim = DistanceClaim(
        Span(0, 4), inner, end(france), figure=None, claimed=None, kind=ClaimKind.CONTAINMENT
    )
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "another place" in verdict.reason


def test_a_disputed_area_answers_for_both_sides():
    sevastopol = town("Sevastopol", LatLon(lat=44.6, lon=33.5), country="UA")
    for code in ("UA", "RU"):
        country = Place(code, code, point=CENTER, kind=PlaceKind.COUNTRY, country=code)
        claim = DistanceClaim(
            Span(0, 4), end(sevastopol), end(country), figure=None, claimed=None, kind=ClaimKind.CONTAINMENT
        )
        (verdict,) = GeodesicVerifier()((claim,), ())
        assert verdict.outcome is Outcome.CONSISTENT


@pytest.mark.parametrize(
    ("marked", "distance", "bearing", "expected"),
    [
        ("[A], near [B], fell.", 12, 0, Outcome.SUPPORTED),
        ("[A], near [B], fell.", 400, 0, Outcome.REFUTED),
        ("[A] is north of [B].", 400, 10, Outcome.SUPPORTED),
        ("[A] is north of [B].", 400, 60, Outcome.CONSISTENT),
        ("[A] is north of [B].", 400, 180, Outcome.REFUTED),
        ("[A] is a two-hour drive from [B].", 100, 0, Outcome.CONSISTENT),
        ("[A] is a two-hour drive from [B].", 700, 0, Outcome.REFUTED),
        ("[A] is a two-hour walk from [B].", 100, 0, Outcome.REFUTED),
    ],
)
def test_claims_without_a_length_are_judged(marked, distance, bearing, expected):
    known = [replace(place, radius_km=1.0) for place in pair(distance, bearing)]
    assert judged(marked, *known).outcome is expected


def test_coordinates_are_measured_from_like_any_place():
    near, far = (town("A", destination(TANF, bearing_deg=0, distance_km=d), radius_km=1.0) for d in (3, 60))
    assert judged("[A] (33.506N 38.618E) was hit.", near).outcome is Outcome.SUPPORTED
    assert judged("[A] (33.506N 38.618E) was hit.", far).outcome is Outcome.REFUTED
    assert judged("[A] lies 60 km north of 37S DT 64520 07449.", far).outcome is Outcome.SUPPORTED


def test_the_closest_town_is_the_closest_that_the_gazetteer_knows():
    reference, subject = town("B", CENTER), _at("A", 40, 0)
    said = "The closest town to [B] is [A]."
    assert judged(said, reference, subject).outcome is Outcome.CONSISTENT  # without a gazetteer
    assert judged(said, reference, subject, gazetteer=Index(subject)).outcome is Outcome.SUPPORTED
    larger, hamlet = _at("Larger", 20, 0, 200_000), _at("Hamlet", 20, 0, 900)
    refuted = judged(said, reference, subject, gazetteer=Index(subject, larger))
    assert refuted.outcome is Outcome.REFUTED
    assert "Larger with 200,000 people is nearer" in refuted.reason
    assert judged(said, reference, subject, gazetteer=Index(subject, hamlet)).outcome is Outcome.CONSISTENT


@pytest.mark.parametrize(
    ("phrase", "figure", "wind", "spread"),
    [("15 km northeast", 15, 45, 22.5), ("about 40 km south", 40, 180, 45), ("30 km ENE", 30, 67.5, 11.25)],
)
def test_an_end_without_a_name_is_placed_with_its_uncertainty(phrase, figure, wind, spread):
    known = town("Hasakah", CENTER, radius_km=5.0)
    claim = replace(parse_claim(phrase), subject=ClaimEnd("an outpost", Span(0, 2)), reference=end(known))
    (verdict,) = GeodesicVerifier()((claim,), ())
    implied = verdict.implied
    assert (implied.text, implied.is_subject) == ("an outpost", True)
    assert distance_km(CENTER, implied.point) == pytest.approx(figure, abs=0.01)
    assert angle_between_deg(bearing_deg(CENTER, implied.point), wind) < 0.2
    claimed = claim.claimed
    width = claimed.high - claimed.low
    expected = point_radius_km(figure, direction_deg=spread, extent_km=5.0, precision_km=width)
    assert implied.radius_km == pytest.approx(expected)
    for point in implied.area:
        assert claimed.low - 5.01 <= distance_km(CENTER, point) <= claimed.high + 5.01
        assert distance_km(implied.point, point) <= implied.radius_km * 1.001


def test_an_unnamed_reference_lies_the_other_way():
    claim = replace(parse_claim("15 km north"), subject=end(town("A", CENTER)))
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.implied.point.lat < CENTER.lat
    assert not verdict.implied.is_subject


@pytest.mark.parametrize("phrase", ["15 km", "more than 15 km north", "a few km north"])
def test_what_leads_in_no_one_direction_implies_no_place(phrase):
    claim = replace(parse_claim(phrase), reference=end(town("A", CENTER)))
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert verdict.implied is None


def test_a_refuted_claim_names_the_homonym_that_would_make_it_true():
    here = town("Reference", CENTER)
    wrong, right = _at("Tiyas", 300, 0), replace(_at("Tiyas", 30, 0), id="other", admin1="Homs")
    claim = replace(
        parse_claim("30 km north"), subject=replace(end(wrong), text="Tiyas"), reference=end(here)
    )
    (verdict,) = GeodesicVerifier(Index(wrong, right))((claim,), ())
    assert verdict.outcome is Outcome.REFUTED
    assert verdict.would_hold == ("with one more digit", "for Tiyas, Homs, SY")


def said(document_id: str, *claims: DistanceClaim) -> Analysis:
    verdicts = GeodesicVerifier()(claims, ())
    return Analysis(Document("", id=document_id), (), Timeline(None, ()), (), (), verdicts)


def between(phrase: str, subject: Place, reference: Place) -> DistanceClaim:
    return replace(parse_claim(phrase), subject=end(subject), reference=end(reference))


A, B = pair(200)


@pytest.mark.parametrize(
    ("first", "second", "conflicts"),
    [
        ("200 km", "500 km", True),
        ("200 km", "about 190 km", False),
        ("200 km", "300 km by road", False),
        ("200 km", "900 km by road", True),
        ("more than 150 km", "200 km", False),
        ("200 km north", "200 km south", True),
        ("200 km north", "200 km northeast", False),
        ("200 km", "a few km", False),
    ],
)
def test_two_documents_that_cannot_both_be_right_are_in_conflict(first, second, conflicts):
    found = claim_conflicts([said("a", between(first, A, B)), said("b", between(second, A, B))])
    assert bool(found) is conflicts
    for conflict in found:
        assert conflict.documents == ("a", "b")
        assert "a: " in conflict.reason
        assert "b: " in conflict.reason


def test_whichever_end_is_named_first_it_is_the_same_pair():
    same = [said("a", between("200 km north", A, B)), said("b", between("200 km south", B, A))]
    assert claim_conflicts(same) == ()
    opposed = [said("a", between("200 km north", A, B)), said("b", between("200 km north", B, A))]
    assert len(claim_conflicts(opposed)) == 1


def test_both_ends_at_one_place_are_not_checkable():
    here = town("Here", CENTER)
    claim = replace(parse_claim("30 km"), subject=end(here), reference=end(here))
    (verdict,) = GeodesicVerifier()((claim,), ())
    assert (verdict.outcome, verdict.reason) == (
        Outcome.NOT_CHECKABLE,
        "both ends resolve to Here: not checkable",
    )


KM, MI = Unit.KILOMETER, Unit.MILE


@pytest.mark.parametrize(
    ("km", "miles"),
    [
        (300, 186),
        (80, 50),
        (60, 40),
        (60, 37),
        (75, 45),
        (235, 145),
        (1200, 740),
        (12, 7.5),
        (6, 4),
        (1, 0.6),
        (1, 1),
        (40, 24),
        (8, 5),
    ],
)
def test_pairs_that_wires_print_agree(km, miles):
    assert units_agree(Distance(km, KM), Distance(miles, MI))
    assert units_agree(Distance(miles, MI), Distance(km, KM))


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        (Distance(300, KM), Distance(162, MI), "162 would be nautical miles"),
        (Distance(30, KM), Distance(30, MI), "repeated"),
        (Distance(31, KM), Distance(50, MI), "exchanged"),
        (Distance(120, KM), Distance(7.5, MI), "decimal place"),
        (Distance(89, KM), Distance(65, MI), ""),
        (Distance(84, KM), Distance(25, MI), "digits seem to be exchanged"),
    ],
)
def test_pairs_that_disagree_name_the_likely_slip(first, second, cause):
    assert not units_agree(first, second)
    claim = replace(parse_claim("30 km"), figure=first, paired=second)
    verdict = verify_distance(*pair(30), claim=claim)
    assert verdict.units_agree is False
    assert cause in verdict.reason


@given(st.integers(1, 3000))
def test_a_conversion_rounded_to_the_whole_always_agrees(miles):
    assert units_agree(Distance(miles, MI), Distance(round(miles * 1.609344), KM))


def test_no_verdict_is_lost_or_reordered():
    _, claims = analyzed("[A], 30 km from [B], [C], 40 km from the coast, and [D], 50 km from [E].")
    verdicts = GeodesicVerifier()(claims, ())
    assert [v.claim for v in verdicts] == list(claims)


@given(st.integers(1, 900), st.floats(1, 1800), st.sampled_from(["", "about ", "more than ", "nearly "]))
def test_the_outcome_is_the_relation_of_the_two_intervals(value, distance, hedge):
    subject, reference = pair(distance)
    verdict = verify_distance(subject, reference, claim=parse_claim(f"{hedge}{value} km"))
    claimed, measured = verdict.claim.claimed, verdict.measured
    if claimed.contains(measured):
        assert verdict.outcome is Outcome.SUPPORTED
    elif claimed.overlaps(measured):
        assert verdict.outcome is Outcome.CONSISTENT
    else:
        assert verdict.outcome in {Outcome.REFUTED, Outcome.ROAD_ONLY}
        assert verdict.margin_km > 0


def test_time_is_linear_in_unnamed_ends_and_places():
    gazetteer = Gazetteer.load()

    def seconds(size):
        analysis = analyze("The place is 20 km from Paris. It is 20 km from Homs. " * size)
        claims = tuple(v.claim for v in analysis.verdicts)
        started = time.process_time()
        GeodesicVerifier(gazetteer)(claims, analysis.resolutions)
        return time.process_time() - started

    seconds(5)
    # Four times the claims and places: a scan of places by claim would need sixteen times as long.
    assert seconds(80) < 8 * seconds(20) + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "Israel also struck Baalbek and Ain el-Delb, a village 5 km east of Sidon, where 45 people were killed.",
        "Ain el-Delb, a village 5 km east of Sidon, was bombed.",
    ],
)
def test_a_village_that_the_text_introduces_is_the_subject_and_not_its_neighbour(text):
    [verdict] = analyze(text).verdicts
    assert verdict.claim.subject.text == "Ain el-Delb"
    assert verdict.outcome is Outcome.NOT_CHECKABLE
