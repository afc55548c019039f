"""What do whole sentences get for verdicts, from the text to the map and back?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
