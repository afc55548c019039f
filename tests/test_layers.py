from __future__ import annotations

import json
import sqlite3
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from geoevents.errors import GazetteerError, MissingFileError, OptionError
from geoevents.gazetteer import COLUMNS, Gazetteer, SpellingLevel
from geoevents.gazetteer.compile import compile_index
from geoevents.gazetteer.importing import import_layer, layer_paths, remove_layer
from geoevents.gazetteer.layers import Layer, LayerRow, Tier, write_layer
from geoevents.gazetteer.rows import WorldRow
from geoevents.gazetteer.shapes import middle
from geoevents.gazetteer.sources import Listener, SourceFormat, sniff
from geoevents.gazetteer.spelling import spelling_key
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import PlaceKind
from geoevents.text import tokenize

HEADER = ",".join(COLUMNS)
CURATED = f"""\
{HEADER}
country-sy,Syria,country,SY,,35,38,300,,163843,,,,ours,
sy-raqqa,Raqqa,settlement,SY,Raqqa,35.95,39.01,5,,172955,,,Rakka,ours,
"""
WORLD = [
    WorldRow(
        170654, ("Aleppo", "Halab"), lat=36.2, lon=37.16, kind=PlaceKind.SETTLEMENT, country="SY",
        population=1_602_264,
    ),
    WorldRow(172955, ("Ar Raqqah",), lat=35.95, lon=39.01, kind=PlaceKind.SETTLEMENT, country="SY"),
]  # fmt: skip


def geonames_line(number, name, alternates="", *, code="P.PPL", lat="36.1", lon="37.9", people="0"):
    letter, _, fcode = code.partition(".")
    cells = [str(number), name, name, alternates, lat, lon, letter, fcode, "SY", "", "09", "", "", ""]
    return "\t".join([*cells, people, "", "300", "Asia/Damascus", "2024-05-01"])


SY = [
    geonames_line(170654, "Aleppo", "Haleb,Халеб,ALP", people="1700000", lat="36.20124"),
    geonames_line(172955, "Ar Raqqah", "Racca", people="531952"),
    geonames_line(168000, "Tall Qaraqil", "Tell Karakil,tl qraql"),
    geonames_line(168001, "Wadi al Malih", code="H.WAD"),
    geonames_line(168002, "Al Fuqara'", "Fouqara"),
    geonames_line(168003, "Tiyas Military Airport", code="S.AIRB"),
]


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ground")
    compile_index(WORLD, folder / "w.idx")
    (folder / "g.csv").write_text(CURATED, encoding="utf-8")
    return {"world": folder / "w.idx", "curated": folder / "g.csv"}


@pytest.fixture
def layers(tmp_path):
    return tmp_path / "layers"


def written(path, lines):
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def opened(ground, layers, **more):
    return Gazetteer.load(**ground, layers=layer_paths(layers), **more)


def names(gazetteer, text):
    return [match.span.of(text) for match in gazetteer.scan(text, tokenize(text))]


def ids(hits):
    return [hit.place.id for hit in hits]


# Country files of GeoNames


def test_a_country_file_is_looked_up_scanned_and_searched_by_nearness(ground, layers, tmp_path):
    import_layer(written(tmp_path / "SY.txt", SY), layers)
    gazetteer = opened(ground, layers)
    (hit,) = gazetteer.lookup("Tell Karakil")
    assert (hit.place.id, hit.place.name, hit.place.admin1) == ("gn168000", "Tall Qaraqil", "Aleppo")
    assert (hit.level, hit.is_primary, hit.place.source) == (SpellingLevel.EXACT, False, "GeoNames")
    assert names(gazetteer, "Clashes near Tell Karakil and al-Fuqara on Monday.") == [
        "Tell Karakil",
        "al-Fuqara",
        "Fuqara",
    ]
    near = gazetteer.near(LatLon(lat=36.1, lon=37.9), radius_km=1)
    assert {"gn168000", "gn168002", "gn168003"} <= {place.id for place in near}
    assert "gn168001" not in {place.id for place in near}, "areas are not near"
    assert "gn168000" in [place.id for place in gazetteer.in_country("SY")]
    assert gazetteer.place("gn168003").kind is PlaceKind.MILITARY


def test_names_that_sound_alike_are_found_in_a_layer(ground, layers, tmp_path):
    import_layer(written(tmp_path / "SY.txt", SY), layers)
    (hit,) = opened(ground, layers).lookup("Tal Karaqeel", country="SY")
    assert (hit.place.id, hit.level) == ("gn168000", SpellingLevel.PHONETIC)


def test_machine_transliterations_and_codes_are_not_scanned_for(ground, layers, tmp_path):
    import_layer(written(tmp_path / "SY.txt", SY), layers)
    gazetteer = opened(ground, layers)
    assert names(gazetteer, "They flew to ALP with Tl Qraql.") == []
    assert ids(gazetteer.lookup("ALP")) == ["gn170654"]
    assert {hit.level for hit in gazetteer.lookup("tl qraql")} == {SpellingLevel.PHONETIC}


def test_a_layer_of_geonames_wins_over_the_world_and_yields_to_the_curated_table(ground, layers, tmp_path):
    import_layer(written(tmp_path / "SY.txt", SY), layers)
    gazetteer = opened(ground, layers)
    aleppo = gazetteer.place("gn170654")
    assert (aleppo.point.lat, aleppo.population) == (36.20124, 1_700_000)
    assert {"Halab", "Haleb", "Халеб"} <= set(aleppo.alternate_names), "all names are kept"
    raqqa = gazetteer.place("gn172955")
    assert raqqa.id == "sy-raqqa"
    assert ids(gazetteer.lookup("Racca")) == ["sy-raqqa"]
    assert ids(gazetteer.lookup("Aleppo")) == ["gn170654"]


def test_a_brook_is_no_sea(ground, layers, tmp_path):
    lines = [geonames_line(1, "Malih", code="H.WAD"), geonames_line(2, "Malih", people="12")]
    import_layer(written(tmp_path / "SY.txt", lines), layers)
    assert ids(opened(ground, layers).lookup("Malih")) == ["gn2", "gn1"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x\ty", "2 cells, not 19"),
        (geonames_line("Q1", "X"), "geonameid 'Q1' is not a whole number"),
        (geonames_line(5, "X", lat="91"), "lat '91' is not a number from -90 to 90"),
        (geonames_line(5, "X", lon="nan"), "lon 'nan' is not a number"),
        (geonames_line(5, " "), "name is missing"),
        (geonames_line(5, "X", people="many"), "population 'many'"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_kept(layers, tmp_path, line, message):
    problems = []
    path = written(tmp_path / "SY.txt", [SY[0], line, SY[2]])
    done = import_layer(path, layers, listener=Listener(problems.append))
    assert (done.problems, done.counts["places"]) == (1, 2)
    assert str(problems[0]).startswith(f"{path}:2: ")
    assert message in str(problems[0])


def test_a_line_that_is_not_utf8_is_bad_alone(layers, tmp_path):
    path = tmp_path / "SY.txt"
    path.write_bytes(f"{SY[0]}\n".encode() + SY[2].encode() + b"\xff\n" + f"{SY[4]}\n".encode())
    problems = []
    done = import_layer(path, layers, listener=Listener(problems.append))
    assert done.counts["places"] == 2
    assert f"{path}:2: not UTF-8" in str(problems[0])


def test_a_zip_is_read_as_its_text(layers, tmp_path):
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "no data " * 1000)
        archive.writestr("SY.txt", "\n".join(SY))
    done = import_layer(tmp_path / "SY.zip", layers)
    assert done.counts["places"] == len(SY)
    assert done.path == layers / "sy.layer"


def test_a_second_row_of_one_number_is_left_out(layers, tmp_path):
    done = import_layer(written(tmp_path / "SY.txt", [*SY, SY[2]]), layers)
    assert (done.counts["places"], done.counts["duplicates"]) == (len(SY), 1)


def test_code_files_name_the_divisions(ground, layers, tmp_path):
    codes = written(
        tmp_path / "admin1CodesASCII.txt", ["SY.09\tHalab Governorate\tHalab Governorate\t170652"]
    )
    import_layer(written(tmp_path / "SY.txt", SY), layers, codes=[codes])
    assert opened(ground, layers).place("gn168000").admin1 == "Halab Governorate"


# Mere names


def test_alternate_names_lead_to_the_places_that_are_known(ground, layers, tmp_path):
    lines = [
        "1\t170654\ten\tHaleppo\t\t\t\t\t\t",
        "2\t999\ten\tNowhereville\t\t\t\t\t\t",
        "3\t170654\tlink\thttps://example.org/Aleppo\t\t\t\t\t\t",
        "4\t172955\tfr\tRakkah la Blanche\t\t\t\t\t\t",
        "5\t170654\tar\tحلب\t\t\t\t\t\t",
    ]
    done = import_layer(written(tmp_path / "alternateNamesV2.txt", lines), layers)
    assert done.counts["names only"] == 3
    gazetteer = opened(ground, layers)
    assert ids(gazetteer.lookup("Haleppo")) == ["gn170654"]
    assert ids(gazetteer.lookup("حلب")) == ["gn170654"]
    assert gazetteer.lookup("Nowhereville") == ()
    text = "From Haleppo to Nowhereville and Rakkah la Blanche."
    assert names(gazetteer, text) == ["Haleppo", "Rakkah la Blanche"]
    assert "https://example.org/Aleppo" not in gazetteer.place("gn170654").alternate_names


# Tables of our own columns


OWN = f"""\
{HEADER}
my-post,Qzarbundi,front,SY,Aleppo,36.3,37.5,1,,,,held by us,QZB|Qzarboundi,my survey,
sy-raqqa,Raqqa city,settlement,SY,Raqqa,35.951,39.011,4,,172955,,,,my survey,
my-aleppo,Aleppo old town,quarter,SY,Aleppo,36.199,37.162,1,,170654,,,,my survey,
"""


def test_a_users_own_layer_wins_over_the_curated_table(ground, layers, tmp_path):
    (tmp_path / "mine.csv").write_text(OWN, encoding="utf-8")
    import_layer(tmp_path / "mine.csv", layers)
    import_layer(written(tmp_path / "SY.txt", SY), layers, name="zz-geonames")
    assert [path.stem for path in layer_paths(layers)] == ["zz-geonames", "mine"]
    gazetteer = opened(ground, layers)
    post = gazetteer.place("my-post")
    assert (post.disputed, post.radius_km, post.source) == ("held by us", 1, "my survey")
    assert gazetteer.place("sy-raqqa").name == "Raqqa city"
    assert ids(gazetteer.lookup("Rakka")) == ["sy-raqqa"]
    assert ids(gazetteer.lookup("Aleppo")) == ["my-aleppo"]
    assert gazetteer.place("gn170654").name == "Aleppo old town"
    assert names(gazetteer, "Fire at QZB, or qzb, near Qzarboundi.") == ["QZB", "Qzarboundi"]
    assert gazetteer.is_own(post)
    assert not gazetteer.is_own(gazetteer.place("gn168000"))


def test_a_table_given_for_once_wins_over_the_layers(ground, layers, tmp_path):
    (tmp_path / "mine.csv").write_text(OWN, encoding="utf-8")
    import_layer(tmp_path / "mine.csv", layers)
    once = tmp_path / "once.csv"
    once.write_text(
        f"{HEADER}\nsy-raqqa,Raqqa today,settlement,SY,,35.9,39,4,,172955,,,,me,\n", encoding="utf-8"
    )
    gazetteer = opened(ground, layers, extra=[once])
    assert gazetteer.place("sy-raqqa").name == gazetteer.place("gn172955").name == "Raqqa today"


def test_a_bad_row_of_a_table_is_named(layers, tmp_path):
    (tmp_path / "mine.csv").write_text(OWN + "x,X,castle,SY,,1,2,,,,,,,me,\n", encoding="utf-8")
    problems = []
    done = import_layer(tmp_path / "mine.csv", layers, listener=Listener(problems.append))
    assert done.counts["places"] == 3
    assert "mine.csv:5: kind 'castle'" in str(problems[0])


# GeoJSON

SQUARE = [[[37.0, 36.0], [38.0, 36.0], [38.0, 37.0], [37.0, 37.0], [37.0, 36.0]]]


def feature(properties, geometry=None):
    geometry = geometry or {"type": "Polygon", "coordinates": SQUARE}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collected(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (
            {"shapeName": "Aleppo", "shapeISO": "", "shapeID": "SYR-1", "shapeGroup": "SYR", "shapeType": "ADM1"},
            ("Aleppo", "shapes-syr-1", "SY", PlaceKind.ADMIN1),
        ),
        (
            {"NAME": "Syria", "ISO_A2": "SY", "ne_id": 1159321295, "FEATURECLA": "Admin-0 country"},
            ("Syria", "shapes-1159321295", "SY", PlaceKind.COUNTRY),
        ),
        (
            {"ADM1_EN": "Aleppo", "ADM1_PCODE": "SY02", "ADM2_EN": "Al Bab", "ADM2_PCODE": "SY0202", "ADM0_PCODE": "SY"},
            ("Al Bab", "shapes-sy0202", "SY", PlaceKind.ADMIN2),
        ),
        (
            {"adm3_name": "Arima", "adm3_pcode": "SY020203", "adm1_name": "Aleppo"},
            ("Arima", "shapes-sy020203", None, PlaceKind.REGION),
        ),
        (
            {"wof:name": "Sheikh Maqsoud", "wof:id": 85, "wof:country": "SY", "wof:placetype": "neighbourhood"},
            ("Sheikh Maqsoud", "shapes-85", "SY", PlaceKind.QUARTER),
        ),
        ({"name": "Zone 4"}, ("Zone 4", "shapes-1", None, PlaceKind.REGION)),
    ],
)  # fmt: skip
def test_the_names_of_map_publishers_are_understood(ground, layers, tmp_path, properties, expected):
    import_layer(collected(tmp_path / "shapes.geojson", feature(properties)), layers)
    place = opened(ground, layers).place(expected[1])
    assert (place.name, place.id, place.country, place.kind) == expected
    assert (place.point, place.radius_km) == (LatLon(lat=36.5, lon=37.5), pytest.approx(71.5, abs=0.5))


def test_shapes_are_not_trusted_like_a_table_of_ones_own(ground, layers, tmp_path):
    import_layer(collected(tmp_path / "shapes.geojson", feature({"name": "Zone 4"})), layers)
    gazetteer = opened(ground, layers)
    assert not gazetteer.is_own(gazetteer.place("shapes-1"))
    assert ids(gazetteer.lookup("Zone 4")) == ["shapes-1"]


def test_a_place_is_looked_up_by_its_code_and_no_text_is_scanned_for_that(ground, layers, tmp_path):
    named = {"ADM2_EN": "Al Bab", "ADM2_PCODE": "SY0202", "ADM1_EN": "Aleppo", "ADM0_PCODE": "SY"}
    import_layer(collected(tmp_path / "ocha.geojson", feature(named)), layers)
    gazetteer = opened(ground, layers)
    assert ids(gazetteer.lookup("sy0202")) == ["ocha-sy0202"]
    assert names(gazetteer, "SY0202 in Al Bab") == ["Al Bab", "Bab"]


def test_one_feature_and_a_folder_of_such_files_are_read(ground, layers, tmp_path):
    folder = tmp_path / "whosonfirst"
    for number, name in enumerate(("Marea", "Tadef", "Bizaa"), start=1):
        file = folder / "data" / str(number) / f"{number}.geojson"
        file.parent.mkdir(parents=True)
        properties = {"wof:name": name, "wof:id": number, "wof:country": "SY", "wof:placetype": "locality"}
        file.write_text(json.dumps(feature(properties)), encoding="utf-8")
    (folder / "data" / "1" / "1-alt-quattroshapes.geojson").write_text("{}", encoding="utf-8")
    (folder / "README.md").write_text("no place", encoding="utf-8")
    assert import_layer(folder / "data" / "2" / "2.geojson", layers).counts["places"] == 1
    assert import_layer(folder, layers).counts["places"] == 3
    assert ids(opened(ground, layers).lookup("Bizaa")) == ["whosonfirst-3"]
    (folder / "data" / "3" / "3.geojson").write_text("[]", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"3\.geojson: not a GeoJSON"):
        import_layer(folder, layers)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(GazetteerError, match="no place in it"):
        import_layer(empty, layers)


def test_points_and_bad_features(ground, layers, tmp_path):
    point = {"type": "Point", "coordinates": [37.5, 36.5]}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    path = collected(
        tmp_path / "posts.json",
        feature({"name": "Post 1", "id": "P1"}, point),
        feature({"name": "A road"}, line),
        feature({"nombre": "?"}, point),
        feature({"name": "Far"}, {"type": "Point", "coordinates": [36.5, 137.5]}),
        "nonsense",
        {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": None},
        feature({"name": "Nothing"}, {"type": "Polygon", "coordinates": []}),
    )
    problems = []
    done = import_layer(path, layers, kind=PlaceKind.CROSSING, listener=Listener(problems.append))
    assert (done.counts["places"], done.problems) == (1, 6)
    assert ["LineString" in str(p) or "names it" in str(p) or "latitude" in str(p) for p in problems][:3] == [
        True
    ] * 3
    assert opened(ground, layers).place("posts-p1").kind is PlaceKind.CROSSING


@given(
    west=st.floats(-170, 0), south=st.floats(-80, 0), width=st.floats(0.1, 100), height=st.floats(0.1, 70),
    notch=st.floats(0.1, 0.9),
)  # fmt: skip
def test_the_middle_of_a_bent_shape_is_inside_it(west, south, width, height, notch):
    """The shape is an L: a rectangle without its upper right part."""
    x, y = west + width * notch, south + height * notch
    east, north = west + width, south + height
    ring = [(west, south), (east, south), (east, y), (x, y), (x, north), (west, north), (west, south)]
    lon, lat = middle([ring])
    assert west <= lon <= east
    assert south <= lat <= north
    assert lon <= x + 1e-4 or lat <= y + 1e-4


def test_the_middle_is_never_in_a_hole():
    outer = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]
    hole = [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)]
    lon, lat = middle([outer, hole])
    assert not (1 < lon < 3 and 1 < lat < 3)


# Laws

NAMES = st.text(
    alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Pd"], exclude_characters="\n"),
    min_size=1,
    max_size=20,
).filter(lambda name: any(c.isalpha() for c in name))


@st.composite
def layer_rows(draw):
    numbers = draw(st.lists(st.integers(1_000_000, 2**31), unique=True, max_size=8))
    return [
        LayerRow(
            WorldRow(
                number,
                tuple(draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))),
                lat=draw(st.floats(-89, 89)),
                lon=draw(st.floats(-179, 179)),
                kind=PlaceKind.SETTLEMENT,
                country=draw(st.sampled_from(["SY", "UA", "US", ""])),
                population=draw(st.integers(0, 30_000_000)),
                source="",
            )
        )
        for number in numbers
    ]


@settings(max_examples=40, deadline=None)
@given(rows=layer_rows(), point=st.builds(LatLon, lat=st.floats(-80, 80), lon=st.floats(-179, 179)))
def test_what_is_written_is_found_by_every_name_by_id_country_and_nearness(
    ground, tmp_path_factory, rows, point
):
    path = tmp_path_factory.mktemp("layer") / "x.layer"
    if not rows:
        return
    write_layer(path, rows, header={"file": "x", "format": "x"}, source="a test", tier=Tier.COLLECTION)
    gazetteer = Gazetteer.load(**ground, layers=[path])
    for entry in rows:
        row, place_id = entry.row, f"gn{entry.row.geonameid}"
        place = gazetteer.place(place_id)
        assert (place.name, place.point.lat, place.point.lon) == (row.names[0], row.lat, row.lon)
        for name in filter(spelling_key, row.names):
            assert place_id in ids(gazetteer.lookup(name, limit=1000))
        if row.country:
            assert place in gazetteer.in_country(row.country, min_population=row.population)
    near = gazetteer.near(point, radius_km=4000)
    within = {
        f"gn{e.row.geonameid}"
        for e in rows
        if distance_km(point, LatLon(lat=e.row.lat, lon=e.row.lon)) <= 4000
    }
    assert within == {place.id for place in near} - {"gn170654", "sy-raqqa"}


def test_scanning_with_a_layer_takes_time_in_proportion_to_the_text(ground, layers, tmp_path):
    import_layer(
        written(tmp_path / "SY.txt", [*SY, *(geonames_line(n, f"Al Hamlet {n}") for n in range(1, 2000))]),
        layers,
    )
    gazetteer = opened(ground, layers)
    sentence = "Clashes near Tell Karakil and al-Fuqara and Al Hamlet on Monday, in Al Al Al Al Al Al Al Al. "

    def seconds(times):
        tokens = tokenize(text := sentence * times)
        started = time.process_time()
        gazetteer.scan(text, tokens)
        return time.process_time() - started

    seconds(10)
    assert min(seconds(800) for _ in range(3)) < 5 * min(seconds(400) for _ in range(3))


# Files


def test_a_broken_import_leaves_the_old_layer_untouched(layers, tmp_path):
    old = import_layer(written(tmp_path / "SY.txt", SY), layers).path
    before = old.read_bytes()
    with zipfile.ZipFile(tmp_path / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "\n".join(geonames_line(n, f"Hamlet {n}") for n in range(1, 5000)))
    whole = (tmp_path / "SY.zip").read_bytes()
    broken = bytearray(whole)
    broken[len(whole) // 2] ^= 0xFF
    for content in (whole[: len(whole) // 2], bytes(broken)):
        (tmp_path / "SY.zip").write_bytes(content)
        with pytest.raises(GazetteerError, match="zip"):
            import_layer(tmp_path / "SY.zip", layers)
        assert old.read_bytes() == before
        assert [path.name for path in layers.iterdir()] == ["sy.layer"]


@pytest.mark.parametrize("kept", [0.999, 0.7, 0.2])
def test_a_text_that_breaks_off_leaves_the_old_layer_untouched(layers, tmp_path, kept):
    old = import_layer(written(tmp_path / "SY.txt", SY), layers).path
    before = old.read_bytes()
    whole = "".join(f"{geonames_line(n, f'Hamlet {n}')}\n" for n in range(1, 3000))
    cut = whole[: int(len(whole) * kept)].rpartition("\t")[0]
    (tmp_path / "SY.txt").write_text(cut, encoding="utf-8")
    with pytest.raises(GazetteerError, match="the file breaks off"):
        import_layer(tmp_path / "SY.txt", layers)
    assert old.read_bytes() == before
    assert [path.name for path in layers.iterdir()] == ["sy.layer"]


def test_a_text_that_only_lacks_its_last_line_end_is_whole(layers, tmp_path):
    (tmp_path / "SY.txt").write_text("\n".join(SY), encoding="utf-8")
    assert import_layer(tmp_path / "SY.txt", layers).counts["places"] == len(SY)


def test_an_archive_with_a_password_is_named(layers, tmp_path):
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", "\n".join(SY))
    content = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"SY\.zip: 'SY\.txt' in the archive has a password"):
        import_layer(path, layers)


@pytest.mark.parametrize("name", ["SY.txt", "SY.zip"])
def test_progress_goes_up_to_all_of_the_bytes(layers, tmp_path, name):
    text = "".join(f"{geonames_line(n, f'Hamlet {n}')}\n" for n in range(1, 25_000))
    written(tmp_path / "SY.txt", text.splitlines())
    with zipfile.ZipFile(tmp_path / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", text)
    seen = []
    import_layer(tmp_path / name, layers, listener=Listener(on_progress=lambda *pair: seen.append(pair)))
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert seen[-1] == (len(text.encode()), len(text.encode()))


def test_an_interrupted_import_leaves_nothing_behind(layers, tmp_path):
    def interrupt(*_):
        raise KeyboardInterrupt

    source = written(tmp_path / "SY.txt", (geonames_line(n, f"Hamlet {n}") for n in range(1, 12_000)))
    with pytest.raises(KeyboardInterrupt):
        import_layer(source, layers, listener=Listener(on_progress=interrupt))
    assert list(layers.iterdir()) == []


def test_the_same_file_gives_the_same_bytes(layers, tmp_path):
    source = written(tmp_path / "SY.txt", SY)
    first = import_layer(source, layers).path.read_bytes()
    assert import_layer(source, layers).path.read_bytes() == first


def test_a_file_without_a_place_is_an_error(layers, tmp_path):
    path = written(tmp_path / "SY.txt", [geonames_line(5, "X", lat="north")])
    with pytest.raises(GazetteerError, match="no place in it"):
        import_layer(path, layers)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("SY.txt", SY[0], SourceFormat.GEONAMES),
        ("a.txt", "1\t2\ten\tX\t\t\t\t\t\t", SourceFormat.ALTERNATES),
        ("a.txt", "SY.09\tX\tX\t1", SourceFormat.CODES),
        ("a.CSV", "", SourceFormat.TABLE),
        ("a.geojson", "", SourceFormat.GEOJSON),
    ],
)
def test_the_format_shows_in_the_file(tmp_path, name, content, expected):
    assert sniff(written(tmp_path / name, [content])) is expected


def test_what_is_no_source_is_named(layers, tmp_path):
    with pytest.raises(GazetteerError, match="not a file of GeoNames"):
        sniff(written(tmp_path / "notes.txt", ["hello"]))
    with pytest.raises(MissingFileError):
        sniff(tmp_path / "gone.txt")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("picture.png", b"x")
    with pytest.raises(GazetteerError, match=r"no \.txt file"):
        sniff(tmp_path / "x.zip")
    with pytest.raises(GazetteerError, match="not JSON"):
        import_layer(written(tmp_path / "x.json", ["{"]), layers)
    with pytest.raises(GazetteerError, match="feature collection"):
        import_layer(written(tmp_path / "x.json", ["[]"]), layers)


def test_a_file_that_is_no_layer_is_named(tmp_path):
    (tmp_path / "x.layer").write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(GazetteerError, match=r"x\.layer: not a gazetteer layer"):
        Layer(tmp_path / "x.layer")
    sqlite3.connect(tmp_path / "y.layer").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(GazetteerError, match="not a gazetteer layer"):
        Layer(tmp_path / "y.layer")
    with pytest.raises(MissingFileError):
        Layer(tmp_path / "z.layer")


def test_a_layer_that_is_damaged_is_named_when_it_is_read(ground, layers, tmp_path):
    lines = [geonames_line(n, f"Hamlet {n}") for n in range(1, 3000)]
    path = import_layer(written(tmp_path / "SY.txt", lines), layers).path
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(len(content) - 8192))
    with pytest.raises(GazetteerError, match=r"sy\.layer: "):
        opened(ground, layers).lookup("Hamlet 7")


def test_a_layer_is_removed_by_name(layers, tmp_path):
    import_layer(written(tmp_path / "SY.txt", SY), layers)
    remove_layer(layers, "SY")
    assert layer_paths(layers) == ()
    with pytest.raises(OptionError, match="no layer 'SY'"):
        remove_layer(layers, "SY")


def test_threads_share_a_layer(ground, layers, tmp_path):
    import_layer(
        written(tmp_path / "SY.txt", [*SY, *(geonames_line(n, f"Hamlet {n}") for n in range(1, 400))]), layers
    )
    gazetteer = opened(ground, layers)
    found = {}

    def look(part):
        found[part] = [ids(gazetteer.lookup(f"Hamlet {n}")) for n in range(part, 400, 4)]

    threads = [threading.Thread(target=look, args=(part,)) for part in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for part in range(1, 4):
        assert found[part] == [[f"gn{n}"] for n in range(part, 400, 4)]


def test_the_layers_are_in_the_information(ground, layers, tmp_path):
    import_layer(written(Path(tmp_path) / "SY.txt", SY), layers)
    (layer,) = opened(ground, layers).info()["layers"]
    assert (layer["file"], layer["tier"], layer["counts"]["places"]) == ("SY.txt", "collection", len(SY))
