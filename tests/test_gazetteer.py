from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from geoevents.errors import GazetteerError, MissingFileError
from geoevents.gazetteer import COLUMNS, Gazetteer, SpellingLevel, validate
from geoevents.gazetteer.airports import Airport, Surroundings, airport_rows, read_airports
from geoevents.gazetteer.chosen import CompiledPlaces
from geoevents.gazetteer.compile import compile_index
from geoevents.gazetteer.curated import read_places
from geoevents.gazetteer.index import WorldIndex
from geoevents.gazetteer.rows import WorldRow
from geoevents.gazetteer.spelling import spelling_key
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import PlaceKind
from geoevents.text import tokenize

HEADER = ",".join(COLUMNS)
CURATED = f"""\
{HEADER}
country-us,United States,country,US,,39.76,-98.5,2000,327167434,6252001,,,US|U.S.|America,ours,
country-sy,Syria,country,SY,,35,38,300,,163843,,,Syrian Arab Republic,ours,
sy-raqqa,Raqqa,settlement,SY,Raqqa,35.95,39.01,5,,172955,,,Ar-Raqqah|Rakka,ours,
sy-tanf,At-Tanf,military,SY,Homs,33.506,38.618,3,,,,held by nobody,Al Tanf,ours,
us-pa,Pennsylvania,admin1,US,,41,-77.5,200,,,,,Pa.|Penn.,ours,
us-wv,West Virginia,admin1,US,,38.5,-80.5,150,,,,,W.Va.,ours,
nl-hague,The Hague,settlement,NL,,52.08,4.3,8,474292,,,,,ours,
"""
WORLD = [
    WorldRow(
        172955,
        ("Ar Raqqah", "Raqqa", "Racca", "الرقة"),
        lat=35.95283,
        lon=39.00788,
        kind=PlaceKind.SETTLEMENT,
        country="SY",
        population=531952,
    ),
    WorldRow(
        170000,
        ("Al Bāb", "Bab"),
        lat=36.37,
        lon=37.51,
        kind=PlaceKind.SETTLEMENT,
        country="SY",
        population=63069,
    ),
    WorldRow(
        703448,
        ("Kyiv", "Kiev", "Київ", "IEV"),
        lat=50.45,
        lon=30.52,
        kind=PlaceKind.SETTLEMENT,
        country="UA",
        division="Kyiv City",
        population=2952301,
    ),
    WorldRow(
        2988507,
        ("Paris",),
        lat=48.85,
        lon=2.35,
        kind=PlaceKind.SETTLEMENT,
        country="FR",
        population=2138551,
    ),
    WorldRow(
        4717560,
        ("Paris",),
        lat=33.66,
        lon=-95.55,
        kind=PlaceKind.SETTLEMENT,
        country="US",
        division="Texas",
        population=24782,
    ),
    WorldRow(
        6324733,
        ("St. John's", "Saint John's"),
        lat=47.56,
        lon=-52.71,
        kind=PlaceKind.SETTLEMENT,
        country="CA",
        population=110525,
    ),
    WorldRow(
        4407066,
        ("St. Louis",),
        lat=38.62,
        lon=-90.19,
        kind=PlaceKind.SETTLEMENT,
        country="US",
        population=315685,
    ),
    WorldRow(
        2556991, ("Assads",), lat=30.0, lon=-9.0, kind=PlaceKind.SETTLEMENT, country="MA", population=900
    ),
    WorldRow(
        0,
        ("Canillo", "Canillo Parish"),
        id="admin1-ad-02",
        lat=42.58,
        lon=1.64,
        kind=PlaceKind.ADMIN1,
        country="AD",
        division="Canillo",
        radius_km=5.6,
        has_chosen_names=True,
    ),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    path = tmp_path_factory.mktemp("world") / "world.idx"
    compile_index(WORLD, path, sources=["a test"])
    return path


@pytest.fixture(scope="module")
def curated(tmp_path_factory):
    path = tmp_path_factory.mktemp("curated") / "gazetteer.csv"
    path.write_text(CURATED, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(world, curated):
    return Gazetteer.load(curated=curated, world=world)


@pytest.fixture(scope="module")
def full():
    return Gazetteer.load()


def found(gazetteer, text):
    return [(m.span.of(text), m.level) for m in gazetteer.scan(text, tokenize(text))]


def names(gazetteer, text):
    return [name for name, _ in found(gazetteer, text)]


# The compiled index

COORDINATES = {"lat": st.integers(-9_000_000, 9_000_000), "lon": st.integers(-18_000_000, 18_000_000)}
NAMES = st.text(
    alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Pd"], exclude_characters="\n"),
    min_size=1,
    max_size=20,
).filter(lambda name: any(c.isalpha() for c in name))


@st.composite
def world_rows(draw):
    ids = draw(st.lists(st.integers(1, 2**32 - 1), unique=True, max_size=8))
    return [
        WorldRow(
            number,
            tuple(draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))),
            lat=draw(COORDINATES["lat"]) / 100_000,
            lon=draw(COORDINATES["lon"]) / 100_000,
            kind=draw(st.sampled_from(PlaceKind)),
            country=draw(st.sampled_from(["SY", "UA", "US", ""])),
            division=draw(st.sampled_from(["Homs", "Texas", ""])),
            population=draw(st.integers(0, 30_000_000)),
        )
        for number in ids
    ]


@settings(max_examples=40, deadline=None)
@given(rows=world_rows())
def test_what_is_compiled_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("idx") / "w.idx"
    compile_index(rows, path)
    index = WorldIndex.open(path)
    assert len(index) == len(rows)
    for row in rows:
        number = index.row_of(row.geonameid)
        assert tuple(index.spellings_of(number)) == row.names
        place = index.place(number)
        assert (place.name, *place.alternate_names) == row.names
        assert (place.country or "", place.admin1 or "") == (row.country, row.division)
        assert (place.kind, place.population or 0) == (row.kind, row.population)
        assert place.point == index.point_of(number) == LatLon(lat=row.lat, lon=row.lon)
        assert number in list(index.rows_in_country(row.country))


@settings(max_examples=25, deadline=None)
@given(rows=world_rows(), seed=st.integers(0, 99))
def test_the_order_of_the_sources_does_not_change_a_byte(tmp_path_factory, rows, seed):
    folder = tmp_path_factory.mktemp("idx")
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    compile_index(rows, folder / "one.idx")
    compile_index(shuffled, folder / "other.idx")
    assert (folder / "one.idx").read_bytes() == (folder / "other.idx").read_bytes()


@settings(max_examples=25, deadline=None)
@given(rows=world_rows())
def test_every_compiled_name_is_looked_up_in_any_script(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("idx")
    compile_index(rows, folder / "w.idx")
    (folder / "g.csv").write_text(HEADER + "\n", encoding="utf-8")
    gazetteer = Gazetteer.load(curated=folder / "g.csv", world=folder / "w.idx")
    for row in rows:
        for name in row.names:
            if spelling_key(name):
                ids = [hit.place.id for hit in gazetteer.lookup(name, limit=1000)]
                assert f"gn{row.geonameid}" in ids


def test_two_rows_of_one_number_are_an_error(tmp_path):
    with pytest.raises(GazetteerError, match="4717560"):
        compile_index([*WORLD, WORLD[4]], tmp_path / "w.idx")


def test_an_index_that_is_no_index_is_named(tmp_path, world):
    path = tmp_path / "w.idx"
    with pytest.raises(MissingFileError, match="compile"):
        WorldIndex.open(path)
    path.write_bytes(b"")
    with pytest.raises(GazetteerError, match="empty"):
        WorldIndex.open(path)
    path.write_bytes(b"id,name\n1,Paris\n" * 10)
    with pytest.raises(GazetteerError, match="not a world index"):
        WorldIndex.open(path)
    path.write_bytes(world.read_bytes()[:-8])
    with pytest.raises(GazetteerError, match="cut short"):
        WorldIndex.open(path)
    path.write_bytes(world.read_bytes().replace(b'"format": 3,', b'"format": 9,', 1))
    with pytest.raises(GazetteerError, match="format 9"):
        WorldIndex.open(path)
    path.write_bytes(world.read_bytes()[:40])
    with pytest.raises(GazetteerError, match="cut short"):
        WorldIndex.open(path)


# Layers


def test_a_curated_row_replaces_the_worlds_row_and_keeps_its_names(small):
    place = small.place("sy-raqqa")
    assert place.geonameid == 172955
    assert place.radius_km == 5
    assert place.population == 531952
    assert {"Ar-Raqqah", "Rakka", "Racca", "الرقة"} <= set(place.alternate_names)
    assert small.place("gn172955") == place
    assert [hit.place for hit in small.lookup("Racca")] == [place]


def test_a_world_place_has_its_columns(small):
    place = small.place("gn703448")
    assert (place.name, place.country, place.admin1, place.population) == (
        "Kyiv",
        "UA",
        "Kyiv City",
        2952301,
    )
    assert place.alternate_names == ("Kiev", "Київ", "IEV")
    assert place.kind is PlaceKind.SETTLEMENT
    assert place.source == "GeoNames"


def test_a_place_without_a_number_goes_by_its_own_id(small):
    place = small.place("admin1-ad-02")
    assert (place.name, place.geonameid, place.radius_km) == ("Canillo", None, 5.6)


@pytest.mark.parametrize("place_id", ["gn1", "gn", "gnx", "", "sy-nowhere", "gn99999999999", "gn²"])
def test_an_unknown_id_is_an_error(small, place_id):
    with pytest.raises(GazetteerError, match="no place has the id"):
        small.place(place_id)


def test_a_users_table_lies_on_top(curated, world, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        f"{HEADER}\nmy-paris,Paris,front,FR,,48.9,2.4,1,,2988507,,,Lutetia,me,\n"
        "sy-tanf,Tanf garrison,camp,SY,,33.5,38.6,1,,,,,,me,\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.load(curated=curated, world=world, extra=[own])
    assert gazetteer.place("gn2988507").id == "my-paris"
    assert gazetteer.place("sy-tanf").name == "Tanf garrison"
    assert gazetteer.lookup("Lutetia")[0].place.id == "my-paris"
    assert gazetteer.info()["tables"][str(own)] == 2


def test_bad_rows_of_a_users_table_are_listed_and_the_good_ones_kept(curated, world, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        f"{HEADER}\nx-1,Good,camp,SY,,33.5,38.6,1,,,,,,me,\nx-2,Bad,camp,SY,,33.5,east,1,,,,,,me,\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.load(curated=curated, world=world, extra=[own])
    assert gazetteer.place("x-1").name == "Good"
    (problem,) = gazetteer.problems
    assert str(problem) == f"{own}:3: lon 'east' is not a number from -180 to 180"


BAD_ROWS = [
    ("x,X,castle,SY,,1,2,,,,,,,me,", "kind 'castle'"),
    ("x,X,camp,XX,,1,2,,,,,,,me,", "country 'XX'"),
    ("x,X,camp,SY,,91,2,,,,,,,me,", "lat '91'"),
    ("x,X,camp,SY,,nan,2,,,,,,,me,", "lat 'nan'"),
    ("x,X,camp,SY,,1,181,,,,,,,me,", "lon '181'"),
    ("x,X,camp,SY,,,2,,,,,,,me,", "lat ''"),
    ("x,X,camp,SY,,1,2,-3,,,,,,me,", "radius_km '-3'"),
    ("x,X,camp,SY,,1,2,inf,,,,,,me,", "radius_km 'inf'"),
    ("x,X,camp,SY,,1,2,,many,,,,,me,", "population 'many'"),
    ("x,X,camp,SY,,1,2,,,Q1,,,,me,", "geonameid 'Q1'"),
    ("x,X,camp,SY,,1,2,,,,,,,,", "source is missing"),
    (",X,camp,SY,,1,2,,,,,,,me,", "id is missing"),
    ("x,,camp,SY,,1,2,,,,,,,me,", "name is missing"),
    ("sy-tanf,X,camp,SY,,1,2,,,,,,,me,", "duplicate id 'sy-tanf', first in line 5"),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROWS)
def test_a_bad_curated_row_is_named_with_file_line_column_and_value(tmp_path, world, row, message):
    path = tmp_path / "gazetteer.csv"
    path.write_text(f"{CURATED}{row}\n", encoding="utf-8")
    with pytest.raises(GazetteerError) as caught:
        Gazetteer.load(curated=path, world=world)
    assert str(caught.value).startswith(f"{path}:9: {message}")
    assert (caught.value.path, caught.value.line) == (path, 9)
    assert [str(problem) for problem in validate(path)] == [str(caught.value)]


def test_validate_lists_all_that_is_wrong(tmp_path):
    path = tmp_path / "gazetteer.csv"
    path.write_text("\n".join([CURATED.strip(), *(row for row, _ in BAD_ROWS)]), encoding="utf-8")
    problems = validate(path)
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert {problem.line for problem in problems} == set(range(9, 9 + len(BAD_ROWS)))


def test_columns_that_may_be_empty_may_be_left_out(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon,kind,id,source\nCamp Zulu,35.1,38.9,military,zulu,own\n", encoding="utf-8")
    assert validate(path) == ()
    (hit,) = Gazetteer.load(extra=(path,)).lookup("Camp Zulu", limit=1)
    assert (hit.place.id, hit.place.country, hit.place.radius_km) == ("zulu", None, None)


def test_a_table_without_a_column_or_a_file_is_named(tmp_path):
    path = tmp_path / "gazetteer.csv"
    path.write_text("id,name\n1,X\n", encoding="utf-8")
    assert [str(p) for p in validate(path)] == [f"{path}:1: missing columns 'kind', 'lat', 'lon', 'source'"]
    path.write_text("id,name,kind,lat,lon\n", encoding="utf-8")
    assert [str(p) for p in validate(path)] == [f"{path}:1: missing column 'source'"]
    with pytest.raises(MissingFileError):
        validate(tmp_path / "nowhere.csv")


def outcomes(gazetteer, text):
    """Everything that a gazetteer says of a text and its names."""
    found = [(m.span, m.first, m.last, m.hits) for m in gazetteer.scan(text, tokenize(text))]
    asked = [gazetteer.lookup(name, country=c) for name in text.split() for c in (None, "SY", "US")]
    return found, asked, gazetteer.curated_places()


def test_a_compiled_table_answers_as_a_parsed_one_does(curated, tmp_path):
    compile_index(WORLD, tmp_path / "with.idx", curated=curated)
    compile_index(WORLD, tmp_path / "without.idx")
    compiled = Gazetteer.load(curated=curated, world=tmp_path / "with.idx")
    parsed = Gazetteer.load(curated=curated, world=tmp_path / "without.idx")
    text = (
        "Ar-Raqqah, Rakkeh and al-Tanf's Tanph; The Hague, US, Pa. and Pa, W.Va. الرقة Syrian Arab Republic"
    )
    assert outcomes(compiled, text) == outcomes(parsed, text)
    assert compiled.info()["tables"] == parsed.info()["tables"]


def test_a_compiled_table_is_read_row_by_row_whatever_its_line_ends_and_quotes(tmp_path):
    header, *rows = CURATED.strip().split("\n")
    rows[2] = rows[2].replace("Ar-Raqqah|Rakka", '"Ar-Raqqah|\nRakka, so written|""Rakka"""')
    odd = tmp_path / "gazetteer.csv"
    for end in ("\n", "\r\n", "\r"):
        table = end.join([f"\ufeff{header}", "", *rows[:3], "", "", *rows[3:]])
        odd.write_bytes(table.encode())
        compile_index(WORLD, tmp_path / "with.idx", curated=odd)
        compile_index(WORLD, tmp_path / "without.idx")
        compiled = Gazetteer.load(curated=odd, world=tmp_path / "with.idx")
        assert isinstance(compiled._curated, CompiledPlaces)
        parsed = Gazetteer.load(curated=odd, world=tmp_path / "without.idx")
        assert compiled.curated_places() == parsed.curated_places()
        assert compiled.lookup("Rakka, so written")[0].place.id == "sy-raqqa"


def test_an_edited_table_counts_as_it_stands_without_compiling_again(curated, tmp_path):
    own = tmp_path / "gazetteer.csv"
    own.write_bytes(curated.read_bytes())
    compile_index(WORLD, tmp_path / "w.idx", curated=own)
    own.write_text(f"{CURATED}sy-new,Newtown,camp,SY,,35,38,,,,,,,me,\n", encoding="utf-8")
    gazetteer = Gazetteer.load(curated=own, world=tmp_path / "w.idx")
    assert gazetteer.lookup("Newtown")[0].place.id == "sy-new"


def test_the_shipped_table_answers_the_same_compiled_and_parsed(full, tmp_path):
    own = tmp_path / "gazetteer.csv"
    shipped = Path(__file__).parent.parent / "data" / "gazetteer.csv"
    own.write_bytes(shipped.read_bytes() + b"\n")
    parsed = Gazetteer.load(curated=own)
    text = "Hmaymeem near Lattakia, W.Va.; Deir al-Zor’s al-Bab. Київ und Харків, حلب; the U.S. and the UAE"
    assert outcomes(full, text) == outcomes(parsed, text)


def test_info_says_what_there_is(small, curated):
    info = small.info()
    assert info["tables"] == {str(curated): 7}
    assert info["world"]["counts"]["places"] == len(WORLD)
    assert info["world"]["sources"] == ["a test"]


# Scanning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Raqqa.", ["Raqqa"]),
        ("al-Raqqa and Ar Raqqah", ["al-Raqqa", "Raqqa", "Ar Raqqah", "Raqqah"]),
        ("AL-RAQQA, AT-TANF", ["AL-RAQQA", "RAQQA", "AT-TANF", "TANF"]),
        ("strikes at Tanf", ["Tanf"]),
        ("the at-Tanf base", ["at-Tanf", "Tanf"]),
        ("al-Tanf’s garrison", ["al-Tanf", "Tanf"]),
        ("Kyiv's streets", ["Kyiv"]),
        ("Assad's army", []),
        ("St. John's harbor", ["St. John's"]),
        ("St. Louis. Louis", ["St. Louis"]),
        ("St.\nLouis", ["St.\nLouis"]),
        ("the U.S. The army", ["U.S."]),
        ("US troops told us. Us?", ["US"]),
        ("Erie, Pa., and Pa went", ["Pa."]),
        ("Charleston, W.Va.", ["W.Va."]),
        ("United, States; United\n\nStates (United) States", []),
        ("United\nStates and United-States", ["United\nStates", "United-States"]),
        ("in the Hague, in Hague", ["the Hague", "Hague", "Hague"]),
        ("raqqa was hit near Kyiv", ["Kyiv"]),
        ("raqqa was hit near kyiv", ["raqqa", "kyiv"]),
        ("У Києві та Київ", ["Київ"]),
        ("قصف الرقة اليوم", ["الرقة"]),
        ("IEV is a code, Canillo Parish is none", ["Canillo", "Canillo Parish"]),
        ("", []),
        ("... 42 !", []),
    ],
)
def test_names_are_found_in_texts(small, text, expected):
    assert names(small, text) == expected


def test_all_names_of_any_length_are_given_in_order(small):
    text = "United States, Paris and Canillo Parish"
    matches = small.scan(text, tokenize(text))
    places = [(m.first, m.last) for m in matches]
    assert places == sorted(places)
    assert [m.span.of(text) for m in matches] == ["United States", "Paris", "Canillo", "Canillo Parish"]


def test_a_match_says_how_loosely_it_was_read(small):
    levels = dict(found(small, "Ar-Raqqah, AR RAQQAH, el-Raqqa, Paris"))
    assert levels == {
        "Ar-Raqqah": SpellingLevel.EXACT,
        "Raqqah": SpellingLevel.ARTICLE,
        "AR RAQQAH": SpellingLevel.FOLDED,
        "RAQQAH": SpellingLevel.ARTICLE,
        "el-Raqqa": SpellingLevel.ARTICLE,
        "Raqqa": SpellingLevel.EXACT,
        "Paris": SpellingLevel.EXACT,
    }


def test_namesakes_come_largest_first(small):
    (match,) = small.scan("Paris", tokenize("Paris"))
    assert [hit.place.id for hit in match.hits] == ["gn2988507", "gn4717560"]
    assert all(hit.is_primary for hit in match.hits)


def test_a_sign_that_folds_to_a_phrase_ends_a_name(small):
    assert names(small, "United \ufdfa States near Paris") == ["Paris"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_scanned_and_every_match_spans_its_tokens(text):
    gazetteer = _shared()
    tokens = tokenize(text)
    for match in gazetteer.scan(text, tokens):
        assert match.span.start == tokens[match.first].span.start
        assert match.span.end <= tokens[match.last].span.end + 1
        assert match.hits


WORDS = st.sampled_from(
    "Raqqa al- Ar at-Tanf Kyiv's Paris, Pa. the Hague of U.S. St. Louis John’s and Київ الرقة\n\n (AP) —".split(
        " "
    )
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_what_a_text_holds_is_found_again_alone(words):
    gazetteer = _shared()
    text = " ".join(words)
    for match in gazetteer.scan(text, tokenize(text)):
        surface = match.span.of(text)
        alone = {m.span.of(surface): m.hits for m in gazetteer.scan(surface, tokenize(surface))}
        if surface in alone:
            assert alone[surface] == match.hits
        assert {hit.place.id for hit in match.hits} <= {h.place.id for h in gazetteer.lookup(surface)}


_GAZETTEERS: list[Gazetteer] = []


def _shared() -> Gazetteer:
    if not _GAZETTEERS:
        _GAZETTEERS.append(Gazetteer.load())
    return _GAZETTEERS[0]


def test_scanning_takes_time_in_proportion_to_the_text(small):
    text = "The United States of America and at-Tanf's St. Louis, al-al-al-al Raqqa. " * 300

    def seconds(copies):
        whole = text * copies
        tokens = tokenize(whole)
        start = time.process_time()
        small.scan(whole, tokens)
        return time.process_time() - start

    once, eight = min(seconds(1) for _ in range(3)), min(seconds(8) for _ in range(3))
    assert eight < 24 * once + 0.05


# Lookup


def test_a_lookup_loads_nothing_that_it_does_not_need():
    code = """
import sys
from geoevents.gazetteer import Gazetteer
assert Gazetteer.load().lookup("Hmeimim")
print(*sorted(sys.modules))
"""
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    heavy = {"geoevents.model", "geographiclib", "geopy", "hashlib", "numpy", "pandas", "sqlite3", "zipfile"}
    assert not heavy & set(loaded.split())


def test_codes_are_looked_up_in_any_case(small):
    assert small.lookup("iev")[0].place.id == "gn703448"
    assert small.lookup("us")[0].place.id == "country-us"
    assert small.lookup("Pa")[0].place.id == "us-pa"


def test_sound_counts_in_a_known_country_or_when_nothing_else_is_found(small):
    assert small.lookup("Rakkeh", country="SY")[0].level is SpellingLevel.PHONETIC
    assert small.lookup("Rakkeh")[0].place.id == "sy-raqqa"
    assert small.lookup("Rakkeh", country="UA") == ()
    assert [hit.place.id for hit in small.lookup("Paris", country="US")] == ["gn4717560"]


def test_lookup_filters_by_kind_and_limits(small):
    assert [hit.place.id for hit in small.lookup("Tanf", kind=PlaceKind.MILITARY)] == ["sy-tanf"]
    assert small.lookup("Tanf", kind=PlaceKind.CAMP) == ()
    assert len(small.lookup("Paris", limit=1)) == 1


@pytest.mark.parametrize("name", ["", " ", "?!", "Nowhereville", "\x00", "al-", "the", "é" * 500])
def test_a_name_that_nobody_bears_has_no_places(small, name):
    assert small.lookup(name) == ()


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Hmeimim", "SY", "Hemeimeem air base"),
        ("Khmeymim", "SY", "Hemeimeem air base"),
        ("Lattakia", "SY", "Latakia"),
        ("Al Lādhiqīyah", "SY", "Latakia"),
        ("Deir al-Zour", "SY", "Deir ez-Zor"),
        ("Dayr az Zawr", "SY", "Deir ez-Zor"),
        ("al-Raqqah", "SY", "Raqqa"),
        ("Kiev", "UA", "Kyiv"),
        ("Kharkov", "UA", "Kharkiv"),
        ("Sana'a", "YE", "Sanaa"),
        ("Khan Yunis", "PS", "Khan Younis"),
        ("Al-Fashir", "SD", "El Fasher"),
        ("Severodonetsk", "UA", "Sievierodonetsk"),
    ],
)
def test_news_spellings_find_their_place_first_with_and_without_the_country(full, name, country, expected):
    assert full.lookup(name, country=country)[0].place.name == expected
    assert full.lookup(name)[0].place.name == expected


@pytest.mark.parametrize("name", ["Daraa", "Marib", "Aleppo", "Kidal"])
def test_a_province_comes_after_the_town_in_it_of_the_same_name(full, name):
    kinds = [hit.place.kind for hit in full.lookup(name)[:2]]
    assert kinds == [PlaceKind.SETTLEMENT, PlaceKind.ADMIN1]


@pytest.mark.parametrize("name", ["Kansas", "Texas", "Nevada"])
def test_a_state_comes_before_the_villages_elsewhere_of_its_name(full, name):
    assert full.lookup(name)[0].place.kind is PlaceKind.ADMIN1


def test_every_spelling_of_the_curated_table_finds_its_place(full):
    for place in full.curated_places():
        for name in (place.name, *place.alternate_names):
            levels = {hit.place.id: hit.level for hit in full.lookup(name, limit=1000)}
            assert levels[place.id] is SpellingLevel.EXACT, name


def test_the_curated_table_is_valid():
    path = Path(__file__).parent.parent / "data" / "gazetteer.csv"
    assert validate(path) == ()


# Airports

AIRPORTS = [
    Airport(
        icao,
        names,
        codes=(icao, *codes),
        city=city,
        country=country,
        subdivision="Texas" if country == "US" else "",
        lat=lat,
        lon=lon,
        has_iata=bool(codes),
    )
    for icao, names, codes, city, country, lat, lon in [
        ("OSXA", ("Rakka International Airport",), ("RKX",), "", "SY", 35.75, 39.0),
        ("OSXB", ("Tanf Air Base",), (), "", "SY", 33.51, 38.62),
        ("OSXC", ("Al Al Airport",), (), "", "SY", 33.0, 36.5),
        ("KPRX", ("Paris Airport",), ("PRX",), "Paris", "US", 33.63, -95.45),
        ("KMAR", ("March Field",), ("RIV",), "", "US", 33.88, -117.26),
        ("KFOO", ("Fallow Airport",), (), "", "US", 33.0, -97.0),
        ("KONE", ("Elm International Airport",), ("ONE",), "Elm", "US", 32.0, -97.0),
        ("KTWO", ("Elm Airport",), ("TWO",), "Elm", "US", 31.0, -97.0),
    ]
]


@pytest.fixture(scope="module")
def flying(curated, tmp_path_factory):
    around = Surroundings(
        list(read_places(curated)),
        [row for row in WORLD if row.population >= 100_000],
        divisions={("US", "Texas")},
        words=frozenset({"elm"}),
    )
    path = tmp_path_factory.mktemp("flying") / "w.idx"
    compile_index([*WORLD, *airport_rows(AIRPORTS, around)], path, curated=curated)
    return Gazetteer.load(curated=curated, world=path)


def test_an_airport_goes_by_names_and_codes_and_has_an_extent(flying):
    place = flying.lookup("rkx")[0].place
    assert (place.id, place.kind, place.radius_km) == ("icao-osxa", PlaceKind.AIRPORT, 2.0)
    assert flying.place("icao-osxa") == place
    for name in ("OSXA", "Rakka International Airport", "Rakka airport"):
        assert [hit.place for hit in flying.lookup(name)] == [place]
    assert flying.lookup("PRX")[0].place.admin1 == "Texas"


def test_an_airport_that_the_curated_table_has_adds_its_codes_to_that_row(flying):
    assert (
        flying.lookup("OSXB")[0].place == flying.lookup("Tanf Air Base")[0].place == flying.place("sy-tanf")
    )


def test_a_strip_far_from_any_war_without_an_iata_code_is_left_out(flying):
    assert "icao-kfoo" not in {hit.place.id for hit in flying.lookup("Fallow Airport")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rakka International Airport was hit", ["Rakka", "Rakka International Airport"]),
        ("shells fell on Rakka airport", ["Rakka", "Rakka airport"]),
        ("OSXA, RKX and PRX", []),
        ("Paris Airport", ["Paris"]),  # the one in Texas is not what France's is
        ("the March Field", []),
        ("the Airport", []),
        ("Elm Airport", []),
    ],
)
def test_a_text_is_scanned_for_what_says_that_it_is_an_airport(flying, text, expected):
    assert names(flying, text) == expected


def test_a_shorter_name_that_two_airports_of_a_country_could_bear_is_nobodys(flying):
    assert [hit.place.id for hit in flying.lookup("Elm Airport")] == ["icao-ktwo"]


def test_names_of_the_register_are_spelled_out_and_split():
    by_code = {airport.icao: airport for airport in read_airports()}
    assert by_code["KEDW"].names == ("Edwards Air Force Base",)
    assert by_code["KBLV"].names == ("Scott Air Force Base", "Midamerica St Louis Airport")
    assert by_code["LPLA"].names == ("Lajes Field",)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("OSDI", "sy-damascus-international-airport"),
        ("OLBA", "lb-beirut-airport"),
        ("KJFK", "icao-kjfk"),
        ("Damascus International Airport", "sy-damascus-international-airport"),
        ("Edwards AFB", "icao-kedw"),
    ],
)
def test_airports_of_the_world_are_looked_up_by_code_and_name(full, asked, expected):
    assert full.lookup(asked)[0].place.id == expected


def test_an_iata_code_gives_the_city_and_then_its_airport(full):
    ids = [hit.place.id for hit in full.lookup("DAM")]
    assert ids[:2] == ["sy-damascus", "sy-damascus-international-airport"]


# Places from registers


@pytest.mark.parametrize(
    ("asked", "country", "kind", "division", "lat", "lon"),
    [
        ("Meadow Grove", "US", PlaceKind.SETTLEMENT, "Nebraska", 42.03, -97.74),
        ("Kanawha River", "US", PlaceKind.WATER, None, 38.84, -82.14),
        ("DeKalb", "US", PlaceKind.ADMIN2, "Georgia", 33.8, -84.2),
        ("Robotyne", "UA", PlaceKind.SETTLEMENT, "Zaporizhzhia Oblast", 47.45, 35.84),
        ("Kamianka-Dniprovska", "UA", PlaceKind.SETTLEMENT, "Zaporizhzhia Oblast", 47.48, 34.41),
        ("Arhab", "YE", PlaceKind.ADMIN2, "Sanaa Governorate", 15.8, 44.2),
        ("Oahu", "US", PlaceKind.LAND, None, 21.47, -157.98),
        ("Silicon Valley", "US", PlaceKind.REGION, None, 37.39, -122.06),
    ],
)
def test_small_places_and_features_are_found(full, asked, country, kind, division, lat, lon):
    places = [hit.place for hit in full.lookup(asked, country=country, kind=kind, limit=50)]
    near = [p for p in places if distance_km(p.point, LatLon(lat=lat, lon=lon)) < 30]
    assert near
    assert division is None or near[0].admin1 == division


def test_a_village_without_a_point_of_its_own_says_so_by_its_radius(full):
    codifier = [p for p in full.in_country("UA") if p.source.startswith("Ukraine's codifier")]
    assert len(codifier) > 10_000
    assert {p.radius_km for p in codifier} == {15.0}


@pytest.mark.parametrize(
    "text", ["Douglas said so.", "Mr. Haynes left.", "He sang of Dixie.", "the West York line"]
)
def test_no_text_is_scanned_for_a_hamlet_or_county_named_as_a_person_or_word(full, text):
    kinds = [hit.place.kind for match in full.scan(text, tokenize(text)) for hit in match.hits]
    assert PlaceKind.ADMIN2 not in kinds
    sources = [hit.place.source for match in full.scan(text, tokenize(text)) for hit in match.hits]
    assert "GeoNames' postal codes" not in sources


@pytest.mark.parametrize(
    ("short", "full_name"),
    [("Mt. Pleasant", "Mount Pleasant"), ("Ft. Worth", "Fort Worth"), ("W. Columbia", "West Columbia")],
)
def test_a_shortened_first_word_is_looked_up_as_the_whole(full, short, full_name):
    assert full_name in {hit.place.name for hit in full.lookup(short, country="US")}


def test_an_initial_and_a_word_are_no_town_in_a_text(full):
    text = "George W. Columbia spoke."
    assert "W. Columbia" not in {m.span.of(text) for m in full.scan(text, tokenize(text))}


def test_an_airport_goes_by_its_name_without_its_city(full):
    assert full.lookup("Heathrow")[0].place.id == "icao-egll"
    assert full.lookup("Bradley International Airport")[0].place.kind is PlaceKind.AIRPORT


# Nearness and countries


@settings(max_examples=30, deadline=None)
@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180), radius_km=st.floats(0, 6000))
def test_near_agrees_with_measuring_every_place(lat, lon, radius_km):
    gazetteer = _shared()
    point = LatLon(lat=lat, lon=lon)
    cities = [p for p in _large_cities(gazetteer) if distance_km(point, p.point) <= radius_km]
    near = gazetteer.near(point, radius_km=radius_km, min_population=2_000_000)
    assert {p.id for p in cities} <= {p.id for p in near}
    away = [distance_km(point, p.point) for p in near]
    assert all(d <= radius_km for d in away)
    assert all(one <= other * 1.012 for one, other in pairwise(away))


_CITIES: list = []


def _large_cities(gazetteer):
    if not _CITIES:
        for code in ("CN", "US", "RU", "SY", "FJ", "NZ", "BR", "NG", "GB", "EG", "IQ", "AU"):
            _CITIES.extend(gazetteer.in_country(code, min_population=2_000_000))
    return _CITIES


def test_near_leaves_out_areas_and_small_places(small):
    near = small.near(LatLon(lat=35.9, lon=39.0), radius_km=500)
    assert [p.id for p in near] == ["sy-raqqa", "gn170000", "sy-tanf"]
    large = small.near(LatLon(lat=35.9, lon=39.0), radius_km=500, min_population=100_000)
    assert [p.id for p in large] == ["sy-raqqa"]


def test_the_towns_of_a_country_come_largest_first(small):
    assert [p.id for p in small.in_country("SY")] == ["sy-raqqa", "gn170000"]
    assert [p.id for p in small.in_country("SY", min_population=100_000)] == ["sy-raqqa"]
    assert small.in_country("ZZ") == ()
