"""How well do the places found agree with the gold? On small corpora of our own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from geoevents.errors import DocumentError, MissingFileError
from geoevents.evaluation import (
    CorpusFormat,
    Counting,
    ErrorKind,
    GoldDocument,
    GoldToponym,
    Nearness,
    Score,
    SpanMatch,
    compare,
    error_curve_area,
    match_spans,
    read_corpus,
    read_geovirus,
    read_geowebnews,
    read_lgl,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.gazetteer import Gazetteer
from geoevents.model import (
    Candidate,
    Document,
    LatLon,
    Place,
    PlaceKind,
    Resolution,
    Span,
    Toponym,
    ToponymRole,
)

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


GEOVIRUS = """<?xml version="1.0" encoding="UTF-8"?>
<articles><article><source>https://en.wikinews.org/wiki/Ebola_in_Lagos</source>
<text><![CDATA[Ebola reached Lagos & then the US. Lagos closed its port.]]></text>
<locations>
<location><name>Lagos</name><lat>6.455</lat><lon>3.384</lon><page>https://en.wikipedia.org/wiki/Lagos</page><start>15</start><end>20</end></location>
<location><name>US</name><altName>United States</altName><lat>40</lat><lon>-100</lon><page>N/A</page><start>32</start><end>34</end></location>
<location><name>Lagos</name><start>36</start><end>41</end></location>
</locations></article></articles>"""


def write(tmp_path, text, name="corpus.xml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def names_of(document):
    return [(name.text, name.span.start) for name in document.toponyms]


def test_geovirus_counts_from_one_and_needs_no_coordinates(tmp_path):
    (doc,) = read_geovirus(write(tmp_path, GEOVIRUS))
    assert names_of(doc) == [("Lagos", 14), ("US", 31), ("Lagos", 35)]
    assert doc.document.source == "en.wikinews.org"
    assert doc.toponyms[0].point == LatLon(lat=6.455, lon=3.384)
    assert doc.toponyms[1].full_name == "United States"
    assert doc.toponyms[2].point is None


def test_tags_in_capitals_and_blank_coordinates_are_read_alike(tmp_path):
    shouted = (
        GEOVIRUS.replace("location", "Location").replace("<name>", "<NAME>").replace("</name>", "</NAME>")
    )
    shouted = shouted.replace("article>", "Article>").replace(
        "<lat>40</lat><lon>-100</lon>", "<lat>N/A</lat><lon/>"
    )
    corpus = read_corpus(write(tmp_path, shouted), CorpusFormat.GEOVIRUS)
    (doc,) = corpus.documents
    assert names_of(doc) == [("Lagos", 14), ("US", 31), ("Lagos", 35)]
    assert [name.point is None for name in doc.toponyms] == [False, True, True]
    assert corpus.problems == ()


def test_geovirus_that_counts_from_nought_is_realigned_and_counted(tmp_path):
    shifted = GEOVIRUS.replace("Ebola reached Lagos", "Lagos reached Ebola")
    shifted = shifted.replace("<start>15</start><end>20</end>", "<start>0</start><end>5</end>")
    shifted = shifted.replace("<start>32</start><end>34</end>", "<start>31</start><end>33</end>")
    corpus = read_corpus(write(tmp_path, shifted), CorpusFormat.GEOVIRUS)
    assert names_of(corpus.documents[0]) == [("Lagos", 0), ("US", 31), ("Lagos", 35)]
    assert corpus.realigned == 2


def lgl_rows(text, *rows):
    body = "".join(
        f"<toponym><start>{start}</start><end>{start + len(phrase)}</end><phrase>{phrase}</phrase></toponym>\n"
        for start, phrase in rows
    )
    return f"<articles><article docid='1'>\n<text>{text}</text><toponyms>\n{body}</toponyms></article></articles>"


def test_a_span_astray_goes_to_the_nearest_free_occurrence_as_a_word(tmp_path):
    text = "Oman. Romania, Oman and Oman again."
    #       0     6        15       24
    corpus = read_corpus(
        write(tmp_path, lgl_rows(text, (24, "Oman"), (21, "Oman"), (8, "Oman"))), CorpusFormat.LGL
    )
    assert names_of(corpus.documents[0]) == [("Oman", 0), ("Oman", 15), ("Oman", 24)]
    assert (corpus.realigned, corpus.problems) == (2, ())


def test_a_phrase_that_stands_nowhere_near_is_dropped_with_its_line(tmp_path):
    text = "Oman. " + "x" * 200 + " Qatar."
    path = write(tmp_path, lgl_rows(text, (0, "Oman"), (3, "Qatar"), (0, "Yemen")))
    corpus = read_corpus(path, CorpusFormat.LGL)
    assert names_of(corpus.documents[0]) == [("Oman", 0)]
    assert [str(problem) for problem in corpus.problems] == [
        f"{path}:4: 'Qatar' does not stand near 3",
        f"{path}:5: 'Yemen' does not stand near 0",
    ]
    assert corpus.lost_articles == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("<phrase>Oman</phrase><start>x</start><end>4</end>", "'x' and '4' are no offsets"),
        ("<phrase>Oman</phrase>", "'' and '' are no offsets"),
        ("<start>0</start><end>4</end>", "row without its phrase"),
        ("<phrase>Oman</phrase><start>4</start><end>0</end>", "4 to 0 is no span"),
        ("<phrase>Oman</phrase><start>-4</start><end>0</end>", "-4 to 0 is no span"),
        (
            "<phrase>Oman</phrase><start>0</start><end>4</end><gaztag><lat>91</lat><lon>0</lon></gaztag>",
            "'91', '0' is no point",
        ),
        (
            "<phrase>Oman</phrase><start>0</start><end>4</end><gaztag><lat>21</lat><lon>east</lon></gaztag>",
            "'21', 'east' is no point",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_kept(tmp_path, row, words):
    good = "<toponym><start>5</start><end>10</end><phrase>Qatar</phrase></toponym>"
    text = f"<articles><article><text>Oman Qatar</text>\n<toponym>{row}</toponym>{good}</article></articles>"
    path = write(tmp_path, text)
    corpus = read_corpus(path, CorpusFormat.LGL)
    assert names_of(corpus.documents[0]) == [("Qatar", 5)]
    (problem,) = corpus.problems
    assert str(problem).startswith(f"{path}:2: ")
    assert words in str(problem)


def test_a_span_marked_again_counts_once_and_keeps_its_point(tmp_path):
    again = LGL.replace("</toponyms>", "<toponym><start>17</start><end>24</end><phrase>Nowhere</phrase>"
                        "<gaztag><lat>1</lat><lon>2</lon></gaztag></toponym></toponyms>")  # fmt: skip
    corpus = read_corpus(write(tmp_path, again), CorpusFormat.LGL)
    assert names_of(corpus.documents[0]) == [("Azaz", 8), ("Nowhere", 17)]
    assert corpus.documents[0].toponyms[1].point == LatLon(lat=1, lon=2)
    assert corpus.repeated == 1


def test_a_malformed_article_is_named_and_the_others_are_read(tmp_path):
    article = "<article><text>Fire in Oman{}.</text>\n<toponym><start>8</start><end>12</end><phrase>Oman</phrase></toponym></article>\n"
    path = write(
        tmp_path, "<articles>\n" + article.format("") + article.format(" & Qatar") + article.format("!")
    )
    corpus = read_corpus(path, CorpusFormat.LGL)
    assert [doc.document.text for doc in corpus.documents] == ["Fire in Oman.", "Fire in Oman!."]
    (problem,) = corpus.problems
    assert str(problem).startswith(f"{path}:4: malformed article")
    assert corpus.lost_articles == 1


def test_an_article_in_another_encoding_or_without_a_text_is_no_surprise(tmp_path):
    path = tmp_path / "latin.xml"
    xml = "<?xml version='1.0' encoding='ISO-8859-1'?><a><article><text>Málaga</text></article><article/><article>&</article></a>"
    path.write_bytes(xml.encode("iso-8859-1"))
    corpus = read_corpus(path, CorpusFormat.LGL)
    assert [doc.document.text for doc in corpus.documents] == ["Málaga"]
    assert ["without a text" in str(p) or "malformed" in str(p) for p in corpus.problems] == [True, True]
    assert corpus.lost_articles == 2


def test_text_with_markup_inside_keeps_its_characters(tmp_path):
    marked = "<articles><article><text>In <b>Oman</b>, yes</text><toponym><start>3</start><end>7</end><phrase>Oman</phrase></toponym></article></articles>"
    (doc,) = read_lgl(write(tmp_path, marked))
    assert doc.document.text == "In Oman, yes"
    assert names_of(doc) == [("Oman", 3)]


def test_a_phrase_without_the_line_break_of_the_text_is_where_it_says(tmp_path):
    corpus = read_corpus(write(tmp_path, lgl_rows("To New\nYork.", (3, "New York"))), CorpusFormat.LGL)
    assert names_of(corpus.documents[0]) == [("New\nYork", 3)]
    assert (corpus.realigned, corpus.problems) == (0, ())


def test_coordinates_beside_the_phrase_are_read_too(tmp_path):
    row = "<toponym><start>0</start><end>3</end><phrase>Gao</phrase><geonameid>2457161</geonameid><lat>16.3</lat><lon>0</lon></toponym>"
    (doc,) = read_lgl(write(tmp_path, f"<articles><article><text>Gao</text>{row}</article></articles>"))
    assert doc.toponyms[0].point == LatLon(lat=16.3, lon=0)
    assert doc.toponyms[0].geonameid == 2457161


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sample=st.sampled_from([(LGL, "lgl"), (GWN, "geowebnews"), (GEOVIRUS, "geovirus")]),
    cuts=st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 40), st.sampled_from(["", "&", "<", "9" * 5000, "-", "é", "\0"])
        )
    ),
)
def test_whatever_befalls_a_file_it_is_read_or_named(tmp_path, sample, cuts):
    text, layout = sample
    for at, length, instead in cuts:
        start = int(at * len(text))
        text = text[:start] + instead + text[start + length :]
    try:
        corpus = read_corpus(write(tmp_path, text), CorpusFormat(layout))
    except DocumentError:
        return
    for doc in corpus.documents:
        spans = [name.span for name in doc.toponyms]
        assert spans == sorted(set(spans))
        assert all(name.span.of(doc.document.text) == name.text for name in doc.toponyms)


def test_a_file_that_nests_without_end_ends_no_run(tmp_path):
    deep = "<b>" * 5000 + "Gao" + "</b>" * 5000
    (doc,) = read_lgl(write(tmp_path, f"<articles><article><text>{deep}!</text></article></articles>"))
    assert doc.document.text == "Gao!"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not XML at all", r"corpus\.xml:1: is no XML"),
        ("", "is no XML"),
        ("<articles>", "is no XML"),
        ("<articles></articles>", "holds no <article>"),
    ],
)
def test_what_is_no_corpus_is_named(tmp_path, text, words):
    with pytest.raises(DocumentError, match=words):
        read_corpus(write(tmp_path, text), CorpusFormat.LGL)


def test_a_missing_corpus_and_a_folder_are_named(tmp_path):
    with pytest.raises(MissingFileError, match=r"none\.xml"):
        read_lgl(tmp_path / "none.xml")
    with pytest.raises(MissingFileError, match="is no corpus file"):
        read_geowebnews(tmp_path)


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


def test_names_without_a_point_count_by_choice():
    found = [
        [resolution(0, 4, at=(36.5, 37.0)), resolution(10, 14, at=(20, 20)), resolution(20, 24, at=(1, 1))]
    ]
    assert score_end_to_end([GOLD], found, counting=Counting.ALL) == Score(right=1, predicted=3, gold=3)
    assert score_end_to_end([GOLD], found, counting=Counting.JUDGED) == Score(right=1, predicted=2, gold=2)


def area(lat, lon, number, kind=PlaceKind.COUNTRY):
    return Place("x", "X", point=LatLon(lat=lat, lon=lon), kind=kind, geonameid=number)


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        (area(50.0, -100.0, 7), True),
        (area(50.0, -100.0, 8), False),
        (area(50.0, -100.0, None), False),
        (area(50.0, -100.0, 7, PlaceKind.ADMIN1), True),
        (area(50.0, -100.0, 7, PlaceKind.SETTLEMENT), False),
    ],
)
def test_a_country_or_division_is_also_right_by_its_number(answer, is_right):
    gold = GoldDocument(
        Document("x" * 9), (GoldToponym(Span(0, 4), "xxxx", point=LatLon(lat=60, lon=-96), geonameid=7),)
    )
    found = [[Resolution(Toponym(Span(0, 4), "xxxx"), (Candidate(answer, 1.0),), is_settled=True, reason="")]]
    assert score_end_to_end([gold], found).right == 0
    assert score_end_to_end([gold], found, nearness=Nearness.AREA).right == int(is_right)
    accuracy = score_resolution([gold], found)
    assert (accuracy.near, accuracy.near_or_same) == (0, int(is_right))


def test_the_error_curve_counts_an_unanswered_name_as_the_largest_error():
    found = [[resolution(0, 4, at=(36.0, 37.0)), resolution(10, 14), resolution(20, 24)]]
    accuracy = score_resolution([GOLD], found)
    assert accuracy.auc == pytest.approx(0.5, abs=1e-4)
    assert accuracy.auc_answered == 0.0
    assert score_resolution([], []).auc is None


@given(st.lists(st.floats(0, 20_000), min_size=2, max_size=30))
def test_the_error_curve_lies_between_nought_and_one_and_grows_with_errors(errors):
    curve = error_curve_area(errors)
    assert 0.0 <= curve <= 1.0
    assert error_curve_area([error + 30 for error in errors]) >= curve


def test_a_comparison_breaks_down_names_and_pins_and_counts_alike_errors_once(tmp_path):
    path = write(tmp_path, COMPARED)
    gold = read_lgl(path)
    text = gold[0].document.text
    homs, azaz = (34.73, 36.72), (36.59, 37.04)

    def at(name, point, *, role="literal", nth=0):
        start = -1
        for _ in range(nth + 1):
            start = text.index(name, start + 1)
        place_found = None if point is None else place(*point)
        toponym = Toponym(Span(start, start + len(name)), name, role=ToponymRole(role))
        candidates = () if place_found is None else (Candidate(place_found, 1.0),)
        return Resolution(toponym, candidates, is_settled=place_found is not None, reason="too close a call")

    found = [
        [at("Azaz", azaz), at("Homs", azaz), at("Homs", azaz, nth=1), at("Syrian", homs, role="demonym")]
    ]
    found[0].append(at("Gao", None))
    given = [[at("Azaz", azaz), at("Homs", homs), at("Homs", homs, nth=1), at("Gao", None), at("Oman", homs)]]
    evaluation = compare(gold, found, given, gazetteer=Gazetteer.load())
    assert evaluation.recognition[SpanMatch.EXACT] == Score(right=4, predicted=5, gold=5)
    assert evaluation.end_to_end[Counting.LOCATED, Nearness.POINT] == Score(right=1, predicted=4, gold=5)
    assert evaluation.resolution.near == 3
    kinds = {kind: (t.names, t.found, t.near_given, t.near_found) for kind, t in evaluation.by_kind.items()}
    assert kinds == {"settlement": (4, 4, 3, 1), "country": (1, 0, 0, 0)}
    roles = {role: (t.pins, t.on_names, t.near) for role, t in evaluation.by_role.items()}
    assert roles == {"literal": (3, 3, 1), "demonym": (1, 0, 0)}
    assert [(e.kind, e.text, e.count) for e in evaluation.errors] == [
        (ErrorKind.FAR, "Homs", 2),
        (ErrorKind.NO_ANSWER, "Gao", 1),
        (ErrorKind.MISSED, "Oman", 1),
        (ErrorKind.NO_NAME, "Syrian", 1),
    ]
    assert evaluation.errors[0].error_km == pytest.approx(208, abs=2)
    assert "[Homs]" in evaluation.errors[0].context
    assert evaluation.errors[1].answer == "too close a call"


COMPARED = """<articles><article docid="1"><text>Azaz fell, Homs and Homs held; a Syrian left Gao for Oman.</text>
<toponym><start>0</start><end>4</end><phrase>Azaz</phrase><gaztag geonameid="173811"><fclass>P</fclass><fcode>PPL</fcode><lat>36.586</lat><lon>37.044</lon></gaztag></toponym>
<toponym><start>11</start><end>15</end><phrase>Homs</phrase><gaztag geonameid="169577"><lat>34.727</lat><lon>36.723</lon></gaztag></toponym>
<toponym><start>20</start><end>24</end><phrase>Homs</phrase><gaztag geonameid="169577"><lat>34.727</lat><lon>36.723</lon></gaztag></toponym>
<toponym><start>45</start><end>48</end><phrase>Gao</phrase><gaztag><lat>16.27</lat><lon>-0.04</lon></gaztag></toponym>
<toponym><start>53</start><end>57</end><phrase>Oman</phrase><gaztag><fclass>A</fclass><fcode>PCLI</fcode><lat>21</lat><lon>57</lon></gaztag></toponym>
</article></articles>"""


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
