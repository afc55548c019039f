"""How well do the places found agree with the gold? On small corpora of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from geoevents.errors import DocumentError, MissingFileError
from geoevents.evaluation import (
    GoldDocument,
    GoldToponym,
    Score,
    SpanMatch,
    match_spans,
    read_geowebnews,
    read_lgl,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.model import Candidate, Document, LatLon, Place, PlaceKind, Resolution, Span, Toponym

LGL = """<?xml version="1.0"?><articles><article docid="7"><title>A fire</title><domain>example.org</domain>
<text>Fire in Azaz and Nowhere.</text><toponyms>
<toponym><start>8</start><end>12</end><phrase>Azaz</phrase><gaztag geonameid="173811"><name>Azaz</name>
<fcode>PPL</fcode><lat>36.586</lat><lon>37.044</lon></gaztag></toponym>
<toponym><start>17</start><end>24</end><phrase>Nowhere</phrase></toponym>
<toponym><start>0</start><end>3</end><phrase>Azaz</phrase></toponym>
</toponyms></article></articles>"""

GWN = """<?xml version="1.0"?><articles><article file="3"><title>T</title><text>Syrian men left Homs.</text><toponyms>
<toponym><extractedName>Syrian</extractedName><type>Non_Literal_Modifier</type><start>0</start><end>6</end>
<geonamesID>163843</geonamesID><latitude>35</latitude><longitude>38</longitude></toponym>
<toponym><extractedName>men</extractedName><type>Non_Lit_Expression</type><start>7</start><end>10</end></toponym>
<toponym><extractedName>Homs</extractedName><type>Literal</type><start>16</start><end>20</end>
<geonamesID/><latitude>34.73</latitude><longitude>36.71</longitude></toponym>
<toponym><extractedName>Homs</extractedName><type>Literal</type><start>-4</start><end>-1</end></toponym>
</toponyms></article></articles>"""


def place(lat, lon):
    return Place("x", "X", point=LatLon(lat=lat, lon=lon), kind=PlaceKind.SETTLEMENT)


def resolution(start, end, *, at=None):
    toponym = Toponym(Span(start, end), "x" * (end - start))
    if at is None:
        return Resolution(toponym, (), is_settled=False, reason="unknown")
    return Resolution(toponym, (Candidate(place(*at), 1.0),), is_settled=True, reason="known")


GOLD = GoldDocument(
    Document("x" * 40),
    (
        GoldToponym(Span(0, 4), "xxxx", point=LatLon(lat=36.0, lon=37.0)),
        GoldToponym(Span(10, 14), "xxxx", point=LatLon(lat=0.5, lon=0.5)),
        GoldToponym(Span(20, 24), "xxxx"),
    ),
)


def test_lgl_is_read_with_points_ids_and_features(tmp_path):
    path = tmp_path / "lgl.xml"
    path.write_text(LGL, encoding="utf-8")
    (doc,) = read_lgl(path)
    assert doc.document.id == "7"
    assert doc.document.source == "example.org"
    assert [(n.text, n.geonameid, n.feature) for n in doc.toponyms] == [
        ("Azaz", 173811, "PPL"),
        ("Nowhere", None, ""),
    ]
    assert doc.toponyms[0].point == LatLon(lat=36.586, lon=37.044)
    assert doc.toponyms[1].point is None


def test_geowebnews_keeps_names_in_any_use_and_leaves_out_common_nouns_and_bad_spans(tmp_path):
    path = tmp_path / "gwn.xml"
    path.write_text(GWN, encoding="utf-8")
    (doc,) = read_geowebnews(path)
    assert [(n.text, n.use) for n in doc.toponyms] == [
        ("Syrian", "Non_Literal_Modifier"),
        ("Homs", "Literal"),
    ]


def test_a_missing_or_broken_corpus_is_named(tmp_path):
    with pytest.raises(MissingFileError, match=r"none\.xml"):
        read_lgl(tmp_path / "none.xml")
    (tmp_path / "bad.xml").write_text("<articles>", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"bad\.xml"):
        read_geowebnews(tmp_path / "bad.xml")


def test_recognition_counts_exact_and_overlapping_spans():
    found = [[Toponym(Span(0, 4), "xxxx"), Toponym(Span(11, 18), "x" * 7), Toponym(Span(30, 32), "xx")]]
    exact = score_recognition([GOLD], found, match=SpanMatch.EXACT)
    overlap = score_recognition([GOLD], found, match=SpanMatch.OVERLAP)
    assert exact == Score(right=1, predicted=3, gold=3)
    assert overlap == Score(right=2, predicted=3, gold=3)


def test_an_unanswered_name_counts_as_wrong_with_gold_spans():
    found = [[resolution(0, 4, at=(36.5, 37.0)), resolution(10, 14), resolution(20, 24, at=(0, 0))]]
    accuracy = score_resolution([GOLD], found)
    assert (accuracy.gold, accuracy.answered, accuracy.near) == (2, 1, 1)
    assert accuracy.share == 0.5
    assert 55 < accuracy.median_km < 56


def test_a_pin_on_a_name_without_a_point_or_far_away_is_wrong_end_to_end():
    found = [
        [resolution(0, 4, at=(36.5, 37.0)), resolution(10, 14, at=(20, 20)), resolution(20, 24, at=(1, 1))]
    ]
    assert score_end_to_end([GOLD], found) == Score(right=1, predicted=3, gold=2)


def test_161_km_is_near_and_more_is_not():
    inside = [[resolution(10, 14, at=(0.5, 0.5 + 1.446))]]
    outside = [[resolution(10, 14, at=(0.5, 0.5 + 1.447))]]
    assert score_end_to_end([GOLD], inside).right == 1
    assert score_end_to_end([GOLD], outside).right == 0


def test_a_score_without_predictions_is_nought_not_an_error():
    score = Score(right=0, predicted=0, gold=0)
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="right must be"):
        Score(right=2, predicted=1, gold=5)


@st.composite
def ordered_spans(draw):
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=16)))
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]


@given(gold=ordered_spans(), predicted=ordered_spans())
def test_each_span_is_paired_at_most_once_and_overlap_finds_no_fewer_than_exact(gold, predicted):
    exact = match_spans(gold, predicted, match=SpanMatch.EXACT)
    overlap = match_spans(gold, predicted, match=SpanMatch.OVERLAP)
    assert all(gold[i] == predicted[j] for i, j in exact)
    assert all(gold[i].overlaps(predicted[j]) for i, j in overlap)
    assert len({i for i, _ in overlap}) == len({j for _, j in overlap}) == len(overlap)
    assert set(exact) <= set(overlap)
