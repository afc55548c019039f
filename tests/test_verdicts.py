"""What do whole sentences get for verdicts, from the text to the map and back?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geoevents.checking import verify_distance
from geoevents.cli import main
from geoevents.exports import feature_collection
from geoevents.exports.areas import area_features
from geoevents.maps.palette import gravest_first, verdict_words
from geoevents.model import ClaimEnd, LatLon, Outcome, Verdict
from geoevents.pipeline import analyze

GOLDEN = Path(__file__).parent / "golden" / "verdicts.jsonl"
SENTENCES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def test_golden_sentences_get_the_verdicts_that_they_deserve(request):
    found = [
        {"text": s["text"], "verdicts": [described(v) for v in analyze(s["text"]).verdicts]}
        for s in SENTENCES
    ]
    if request.config.getoption("--update-golden"):
        lines = [json.dumps(sample, ensure_ascii=False) for sample in found]
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    assert found == SENTENCES


def described(verdict: Verdict) -> str:
    """Write a verdict on one line: "refuted: Toretsk -> Kramatorsk". A question mark is an end without a place."""
    return f"{verdict.outcome.value}: {_end(verdict.claim.subject)} -> {_end(verdict.claim.reference)}"


def _end(end: ClaimEnd) -> str:
    place = None if end.resolution is None else end.resolution.place
    if end.line is not None or place is None:
        return f"[{end.text}]" if end.line is not None else f"?{end.text}"
    return place.name


@pytest.mark.parametrize("name", ["Deir ez-Zor", "Dayr az Zawr", "Deir Ezzor", "DEIR EZ-ZOR"])
def test_a_city_in_every_spelling_gets_one_answer_although_a_province_has_its_name(name):
    (verdict,) = analyze(f"{name} is 300 km (186 miles) from Damascus.").verdicts
    assert verdict.outcome is Outcome.REFUTED
    assert verdict.would_hold == ("for some part of Deir ez-Zor Governorate",)
    assert verdict.reason.endswith("refuted, it would hold for some part of Deir ez-Zor Governorate")


def test_a_province_is_measured_where_the_text_says_province():
    (verdict,) = analyze("Deir ez-Zor province is 310 km from Damascus.").verdicts
    assert verdict.outcome is Outcome.CONSISTENT
    assert "Deir ez-Zor Governorate" in verdict.reason


RIVERS = [
    "The Litani River is about 30 km north of the Israeli border.",
    "Naqoura is 40 km south of the Litani River.",
    "They built an outpost 15 km north of the Litani River.",
    "Toretsk is 10 km from Donetsk Oblast.",
]


@pytest.mark.parametrize("text", RIVERS)
def test_nothing_is_measured_or_drawn_from_the_middle_of_a_river_or_of_a_wide_area(text):
    analysis = analyze(text)
    (verdict,) = analysis.verdicts
    (claim,) = [f for f in feature_collection([analysis])["features"] if f["properties"]["layer"] == "claim"]
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.implied is None
    assert verdict.what_if == ()
    assert claim["geometry"] is None
    assert not list(area_features([claim]))


def test_a_range_of_mountains_is_not_said_to_lie_where_its_middle_lies():
    (verdict,) = analyze("Troops fought in the Hindu Kush in Pakistan.").verdicts
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "how far Hindu Kush (land) reaches" in verdict.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kilis is 5 km from Syria.", Outcome.CONSISTENT),
        ("Kilis is 50 km from Syria.", Outcome.REFUTED),
        ("Chernihiv is 40 km from Belarus.", Outcome.CONSISTENT),
        ("Israel is 150 km from Damascus.", Outcome.NOT_CHECKABLE),  # from its edge or its far end?
        ("Kyiv is 1,000 km from Portugal.", Outcome.REFUTED),
    ],
)
def test_a_country_is_measured_from_the_border_that_the_two_share(text, expected):
    (verdict,) = analyze(text).verdicts
    assert verdict.outcome is expected


def test_text_table_and_distance_measure_from_one_place_of_the_name():
    (verdict,) = analyze("Al-Tanf is 327 km from Aleppo.").verdicts
    in_table = verify_distance("Al-Tanf", "Aleppo", claim="327 km")
    printed = CliRunner().invoke(main, ["distance", "Al-Tanf", "Aleppo"]).stdout
    assert verdict.distance_km == in_table.distance_km
    assert verdict.measured == in_table.measured
    assert f"distance  {verdict.distance_km:.1f} km" in printed
    assert "At-Tanf garrison" in verdict.reason
    assert "At-Tanf garrison" in printed


@pytest.mark.parametrize(
    ("text", "outcome", "said"),
    [
        (
            "Kyiv is 410 km (186 miles) from Kharkiv.",
            Outcome.CONSISTENT,
            "by 410 km consistent, by 186 mi refuted",
        ),
        (
            "Kyiv is 300 km (255 miles) from Kharkiv.",
            Outcome.REFUTED,
            "by 300 km refuted, by 255 mi supported, it would hold as 255 mi",
        ),
        (
            "Kilis is 5 km (20 miles) from the Syrian border.",
            Outcome.CONSISTENT,
            "by 5 km consistent, by 20 mi refuted",
        ),
    ],
)
def test_two_figures_that_disagree_are_what_a_verdict_says_first(text, outcome, said):
    (verdict,) = analyze(text).verdicts
    assert verdict.outcome is outcome
    assert verdict.units_agree is False
    assert verdict.reason.startswith("the two figures disagree, ")
    assert verdict.reason.endswith(said)


def test_a_claim_is_never_supported_in_one_of_two_figures_that_disagree():
    subject, reference = LatLon(lat=36, lon=38), LatLon(lat=36.27, lon=38)
    assert verify_distance(subject, reference, claim="30 km").outcome is Outcome.SUPPORTED
    verdict = verify_distance(subject, reference, claim="30 km (40 miles)")
    assert verdict.outcome is Outcome.CONSISTENT


def test_a_clash_of_units_stands_beside_the_outcome_and_on_standard_error():
    shown = CliRunner().invoke(main, ["check", "--text", "Kyiv is 410 km (186 miles) from Kharkiv."])
    assert shown.exit_code == 0
    assert "consistent, its two figures" in shown.stdout
    assert "units: 410 km and 186 mi are not one length (consistent)\n" in shown.stderr


@pytest.mark.parametrize(
    ("text", "outcome", "code"),
    [
        ("Toretsk is 70 km from Kramatorsk.", Outcome.ROAD_ONLY, 1),
        ("Toretsk is 70 km by road from Kramatorsk.", Outcome.CONSISTENT, 0),
    ],
)
def test_a_distance_that_only_a_road_could_have_contradicts_the_line_unless_the_text_says_road(
    text, outcome, code
):
    (verdict,) = analyze(text).verdicts
    assert verdict.outcome is outcome
    assert CliRunner().invoke(main, ["check", "--fail-on", "road_only", "--text", text]).exit_code == code


def test_rows_that_are_not_used_do_not_hide_what_fail_on_found(tmp_path: Path):
    table = tmp_path / "claims.csv"
    table.write_text("subject,reference,claim\nToretsk,Kramatorsk,400 km\nToretsk,,4 km\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", "--claims", str(table), "--fail-on", "refuted"])
    assert shown.exit_code == 2
    last = shown.stderr.splitlines()[-1]
    assert last == "geoevents: 1 row not used, 1 claim checked; --fail-on found 1 refuted"


def test_files_that_cannot_be_read_do_not_hide_what_fail_on_found(tmp_path: Path):
    text = tmp_path / "a.txt"
    text.write_text("Toretsk is 400 km from Kramatorsk.", encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", str(text), str(tmp_path / "none.txt"), "--fail-on", "refuted"])
    assert shown.exit_code == 2
    assert shown.stderr.splitlines()[-1].endswith("1 document analyzed; --fail-on found 1 refuted")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Zzyzxqa is 15 km north of Tyre.", "the subject is called 'Zzyzxqa', and no place of that name was"),
        (
            "Ain el-Delb, a village 5 km east of Sidon, was bombed.",
            "the subject is called 'Ain el-Delb', and",
        ),
        ("THEY BUILT AN OUTPOST 15 KM NORTH OF TYRE.", "the text does not name the subject, it says only"),
        ("Troops are 30 km from Homs.", "the text does not name the subject, it says only 'Troops'"),
        ("The village is 20 km from Homs.", "the text does not name the subject, it says only 'The village'"),
        ("15 km from Sidon there is a base.", "the text does not say what the subject is"),
    ],
)
def test_a_name_that_nobody_knows_is_no_end_without_a_name(text, said):
    (verdict,) = analyze(text).verdicts
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.reason.startswith(said)


def test_a_county_or_a_river_of_which_only_the_town_is_known_is_not_measured():
    (verdict,) = analyze("Shippen lies in the Cumberland Valley, 41 miles southwest of Harrisburg.").verdicts
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "'Cumberland Valley' is an area or a river" in verdict.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Herat, near the Iranian border, was quiet.", Outcome.NOT_CHECKABLE),  # 106 to 124 km
        ("Kandahar, near the Iranian border, was quiet.", Outcome.REFUTED),  # 364 km
        ("Homs, near Damascus, was hit.", Outcome.NOT_CHECKABLE),  # 126 to 154 km
        ("Homs, near Deir ez-Zor, was hit.", Outcome.REFUTED),  # 319 km
        ("Kabul, on the border with Pakistan, was hit.", Outcome.REFUTED),
    ],
)
def test_how_near_is_near_is_refuted_only_where_nobody_would_say_so(text, expected):
    (verdict,) = analyze(text).verdicts
    assert verdict.outcome is expected


@pytest.mark.parametrize(
    "called", ["The Syrian capital", "Syria's capital", "The capital of Syria", "The capital city of Syria"]
)
def test_a_capital_that_is_named_by_its_country_is_a_subject(called):
    (verdict,) = analyze(f"{called} is 100 km from Beirut.").verdicts
    assert verdict.outcome is Outcome.CONSISTENT
    assert verdict.reason.startswith("Damascus to Beirut")


def test_a_clash_of_units_stands_in_the_heading_of_a_picture_and_of_a_briefing():
    claim = {"outcome": "consistent", "units_agree": False}
    assert verdict_words(claim) == "The map allows it, and its two figures disagree"
    assert verdict_words({"outcome": "consistent", "units_agree": True}) == "The map allows it"
    assert gravest_first([{"outcome": "not_checkable"}, claim]) == [claim, {"outcome": "not_checkable"}]
