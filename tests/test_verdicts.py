"""What do whole sentences get for verdicts, from the text to the map and back?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geoevents.exports import feature_collection
from geoevents.exports.areas import area_features
from geoevents.model import ClaimEnd, Outcome, Verdict
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
