from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import map_samples as samples
import pytest
from hypothesis import given, settings, strategies as st

from geoevents.errors import DocumentError, GeoeventsError, MissingFileError
from geoevents.eventfiles import read_collection
from geoevents.eventfiles.recipes import recipe_for
from geoevents.exports import EVENT_COLUMNS, csv_lines
from geoevents.exports.timemap import timemap
from geoevents.maps import build_map

# As ACLED's knowledge base lists them for the download.
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities "
    "tags timestamp"
).split()
# As the codebook of UCDP GED 24.1 lists them.
UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()


def acled_row(**cells: Any) -> dict[str, Any]:
    usual = {
        "event_id_cnty": "SYR1", "event_date": "2024-05-01", "time_precision": 1, "event_type": "Battles",
        "sub_event_type": "Armed clash", "actor1": "Army", "assoc_actor_1": "Militia; Police", "actor2": "Rebels",
        "country": "Syria", "admin1": "Aleppo", "location": "Azaz", "latitude": 36.58, "longitude": 37.04,
        "geo_precision": 1, "source": "A wire", "notes": "Clashes north of the town.", "fatalities": 3,
    }  # fmt: skip
    return dict.fromkeys(ACLED, "") | usual | cells


def ucdp_row(**cells: Any) -> dict[str, Any]:
    usual = {
        "id": 7, "type_of_violence": 3, "side_a": "Group A", "side_b": "Civilians", "source_office": "An agency",
        "source_headline": "Many killed", "where_prec": 4, "where_coordinates": "Gao", "adm_1": "Gao region",
        "latitude": 16.27, "longitude": -0.05, "country": "Mali", "date_prec": 2,
        "date_start": "2019-03-23 00:00:00.000", "date_end": "2019-03-25 00:00:00.000", "best": 12, "high": 20, "low": 9,
    }  # fmt: skip
    return dict.fromkeys(UCDP, "") | usual | cells


def table(path: Path, header: list[str], rows: list[dict[str, Any]], delimiter: str = ",") -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def read(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    problems: list[GeoeventsError] = []
    collection = read_collection(path, on_error=problems.append)
    return collection["features"], [str(problem) for problem in problems]


def test_a_download_of_acled_is_read_by_its_columns(tmp_path: Path) -> None:
    features, problems = read(table(tmp_path / "a.csv", ACLED, [acled_row()]))
    assert problems == []
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [37.04, 36.58]}
    row = features[0]["properties"]
    assert (row["type"], row["sub_type"], row["date"], row["name"]) == (
        "Battles",
        "Armed clash",
        "2024-05-01",
        "Azaz",
    )
    assert (row["actors"], row["targets"]) == (["Army", "Militia", "Police"], ["Rebels"])
    assert (row["fatalities"], row["source"], row["text"]) == ([3, 3], "A wire", "Clashes north of the town.")


def test_a_download_of_ucdp_is_read_by_its_columns(tmp_path: Path) -> None:
    features, problems = read(
        table(tmp_path / "u.csv", UCDP, [ucdp_row(), ucdp_row(type_of_violence=1, where_prec=1)])
    )
    assert problems == []
    row = features[0]["properties"]
    assert (row["type"], row["sub_type"]) == ("Violence against civilians", "Attack")
    assert (row["date"], row["date_end"], row["time_precision"]) == ("2019-03-23", "2019-03-25", 2)
    assert (row["geo_precision"], row["fatalities"], row["name"]) == (3, [9, 20], "Gao")
    assert features[1]["properties"]["type"] == "Battles"
    assert features[1]["properties"]["geo_precision"] == 1


BAD = [
    ({"latitude": "91,5"}, "latitude '91,5' is not a number"),
    ({"latitude": 95}, "latitude '95' is not a number from -90 to 90"),
    ({"longitude": "east"}, "longitude 'east' is not a number"),
    ({"latitude": "", "longitude": 37}, "one is given without the other"),
    ({"latitude": 0, "longitude": 0}, "latitude 0 and longitude 0"),
    ({"latitude": "nan"}, "latitude 'nan' is not a number"),
    ({"event_date": "5/1/2024"}, "event_date '5/1/2024' is not a day such as 2024-05-01"),
    ({"event_date": "2024-02-31"}, "event_date '2024-02-31' is not a day of the calendar"),
    ({"fatalities": "many"}, "fatalities 'many' is not a number"),
    ({"geo_precision": 9}, "geo_precision '9' is not a code from 1 to 3"),
]


@pytest.mark.parametrize(("cells", "message"), BAD)
def test_a_bad_row_is_named_with_file_line_and_value_and_the_others_stay(
    cells: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", ACLED, [acled_row(), acled_row(**cells), acled_row(location="Idlib")])
    features, problems = read(path)
    assert [row["properties"]["name"] for row in features] == ["Azaz", "Idlib"]
    assert len(problems) == 1
    assert problems[0].startswith(f"{path}:3: ")
    assert message in problems[0]


def test_without_anyone_to_tell_the_first_bad_row_raises(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.csv:2: latitude"):
        read_collection(table(tmp_path / "a.csv", ACLED, [acled_row(latitude=95)]))


def test_a_line_number_counts_lines_of_the_file_not_rows(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ACLED, [acled_row(notes="two\nlines"), acled_row(latitude=95)])
    _, problems = read(path)
    assert problems[0].startswith(f"{path}:4: ")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_table_with_latitude_and_longitude_is_read(delimiter: str, tmp_path: Path) -> None:
    rows = [
        {"Lat": 50.1, "Lng": 36.2, "Day": "1 May 2024", "Town": "Kharkiv", "Title": "Shelling", "Killed": 2}
    ]
    features, problems = read(table(tmp_path / "any.csv", list(rows[0]), rows, delimiter))
    assert problems == []
    row = features[0]["properties"]
    assert (row["date"], row["name"], row["text"], row["fatalities"]) == (
        "2024-05-01",
        "Kharkiv",
        "Shelling",
        [2, 2],
    )


def test_a_table_without_places_is_refused_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(
        DocumentError, match="without columns for latitude and longitude; its columns are 'title'"
    ):
        read_collection(table(tmp_path / "news.csv", ["title", "text"], [{"title": "x", "text": "y"}]))


def test_our_own_rows_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [
        dict.fromkeys(EVENT_COLUMNS)
        | {
            "document": "d", "type": "Battles", "sub_type": "Armed clash", "date": "2024-05-01", "date_end": "2024-05-02",
            "name": "=Azaz", "lat": 36.58, "lon": 37.04, "geo_precision": 2, "actors": ["Army", "Police"],
            "targets": [], "fatalities": [2, None], "status": "denied", "radius_km": 3.5,
        }
    ]  # fmt: skip
    path = tmp_path / "ours.csv"
    path.write_text("\n".join(csv_lines(rows, EVENT_COLUMNS)), encoding="utf-8")
    features, problems = read(path)
    assert problems == []
    found = features[0]["properties"]
    for key in (
        "type",
        "sub_type",
        "date",
        "date_end",
        "name",
        "geo_precision",
        "actors",
        "targets",
        "fatalities",
        "status",
        "radius_km",
    ):
        assert found[key] == rows[0][key], key


def test_json_lines_of_ours_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.jsonl"
    row = {
        "type": "Riots",
        "sub_type": "Mob violence",
        "lat": 1.5,
        "lon": 30.0,
        "geo_precision": 1,
        "fatalities": [1, 1],
    }
    path.write_text(f"{json.dumps(row)}\nnot json\n{json.dumps({'title': 'no place'})}\n", encoding="utf-8")
    features, problems = read(path)
    assert features[0]["properties"]["fatalities"] == [1, 1]
    assert [problem.split(": ", 1)[0][-2:] for problem in problems] == [":2", ":3"]


def flat(geometry: dict[str, Any] | None) -> list[float]:
    """The figures of a point or line in a row."""
    at = [] if geometry is None else geometry["coordinates"]
    return [figure for point in at for figure in point] if at and isinstance(at[0], list) else at


@pytest.mark.parametrize("name", ["at_tanf", "refuted", "many", "regional"])
def test_a_collection_of_ours_draws_the_same_page_after_a_round_trip(name: str, tmp_path: Path) -> None:
    collection = getattr(samples, name)()
    path = tmp_path / "ours.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")
    again = read_collection(path)
    for before, after in zip(collection["features"], again["features"], strict=True):
        assert flat(after["geometry"]) == pytest.approx(flat(before["geometry"]), abs=1e-6)
    assert again["geoevents"]["documents"] == collection["geoevents"]["documents"]
    ends = (
        "text",
        "type",
        "date",
        "name",
        "claimed_km",
        "measured_km",
        "outcome",
        "fatalities",
        "status",
        "role",
    )
    for before, after in zip(collection["features"], again["features"], strict=True):
        for key in ends:
            assert after["properties"].get(key) == before["properties"].get(key), key


def test_geojson_of_others_is_read_by_its_properties(tmp_path: Path) -> None:
    polygon = [[[30, 10], [32, 10], [32, 12], [30, 12]]]
    data = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [38, 34, 700]},
                "properties": {"title": "A"},
            },
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": polygon},
                "properties": {"title": "B"},
            },
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [338, 34]}, "properties": {}},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": "x"}, "properties": {}},
            {"type": "Feature", "geometry": None, "properties": {"layer": "uncertainty"}},
            7,
        ],
    }
    path = tmp_path / "others.geojson"
    path.write_text(json.dumps(data), encoding="utf-8")
    features, problems = read(path)
    assert [f["geometry"]["coordinates"] for f in features] == [[38, 34], [31, 11]]
    assert ["feature 3" in problems[0], "feature 4" in problems[1], "feature 6" in problems[2]] == [True] * 3
    assert "338" in problems[0]


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "null",
        "7",
        '{"type": "FeatureCollection"}',
        DEEP,
        '{"features": 3}',
        '{"events": {}}',
        '"\\ud800"',
    ],
)
def test_json_that_holds_no_events_is_refused_in_one_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"bad\.json") as found:
        read_collection(path)
    assert "\n" not in str(found.value)


def test_files_that_are_absent_binary_or_of_another_kind_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"gone\.csv"):
        read_collection(tmp_path / "gone.csv")
    (tmp_path / "x.csv").write_bytes(b"a\0b")
    with pytest.raises(DocumentError, match="binary"):
        read_collection(tmp_path / "x.csv")
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DocumentError, match="no file of events"):
        read_collection(tmp_path / "x.txt")


def test_events_go_to_a_timemap_and_come_back(tmp_path: Path) -> None:
    collection = samples.many()
    made = timemap(collection)
    assert len(made["events"]) == 60
    for event in made["events"]:
        # TimeMap refuses figures that are no text, and events without the two lists.
        assert isinstance(event["latitude"], str)
        assert isinstance(event["associations"], list)
        assert all(source in made["sources"] for source in event["sources"])
    assert {one["id"] for one in made["associations"]} >= {"Battles", "Riots"}
    path = tmp_path / "timemap.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    features, problems = read(path)
    assert problems == []
    events = [f for f in collection["features"] if f["properties"]["layer"] == "event"]
    for before, after in zip(events, features, strict=True):
        assert after["geometry"]["coordinates"] == pytest.approx(before["geometry"]["coordinates"])
        for key in ("type", "sub_type", "date", "name", "text"):
            assert after["properties"][key] == before["properties"][key]


def test_a_timemap_of_others_is_read_and_its_bad_events_named(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "description": "A strike", "date": "3/14/2022", "location": "Mariupol", "latitude": "47,1", "longitude": "37.5", "associations": ["Impact"], "sources": ["s1"]},
        {"id": "2", "description": "No day", "date": "soon", "latitude": "47.1", "longitude": "37.5", "associations": []},
        {"id": "3", "description": "Nowhere", "date": "2022-03-14", "latitude": "", "longitude": "", "associations": []},
    ]  # fmt: skip
    path = tmp_path / "timemap.json"
    path.write_text(
        json.dumps({"events": rows, "sources": {"s1": {"id": "s1", "title": "A channel"}}}), encoding="utf-8"
    )
    features, problems = read(path)
    assert [f["properties"]["date"] for f in features] == ["2022-03-14", "2022-03-14"]
    assert features[0]["properties"]["type"] == "Impact"
    assert features[0]["properties"]["source"] == "A channel"
    assert features[1]["geometry"] is None
    assert len(problems) == 1
    assert "event 2: date 'soon'" in problems[0]


@pytest.mark.parametrize("words", samples.HOSTILE)
def test_hostile_words_of_a_table_stay_words(words: str, tmp_path: Path) -> None:
    clean = words.encode("utf-8", "replace").decode("utf-8")
    path = table(
        tmp_path / "a.csv", ACLED, [acled_row(notes=clean, location=clean, actor1=clean, source=clean)]
    )
    features, problems = read(path)
    assert problems == []
    assert features[0]["properties"]["name"] == clean
    page = build_map(read_collection(path)).get_root().render()
    assert "pwned" not in page
    assert "lipsum" not in page


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["layer", "name", "lat", "lon", "actors", "what_if", "claimed_km", "subject_point", "text", "date", "mentions", "start", "end", "document", "type", "attribution", "candidates"]
)  # fmt: skip
PROPERTIES = st.dictionaries(KEYS, JSON | st.sampled_from(["event", "claim", "place"]), max_size=8)
GEOMETRY = st.none() | st.fixed_dictionaries(
    {"type": st.just("Point"), "coordinates": JSON | st.lists(st.floats(-90, 90), min_size=2, max_size=2)}
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({"geometry": GEOMETRY, "properties": PROPERTIES}), max_size=4), JSON)
def test_whatever_a_collection_holds_a_page_is_made_of_it(
    tmp_path_factory: Any, features: list[Any], meta: Any
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.geojson"
    path.write_text(json.dumps({"features": features, "geoevents": {"documents": meta}}), encoding="utf-8")
    problems: list[GeoeventsError] = []
    collection = read_collection(path, on_error=problems.append)
    assert len(collection["features"]) + len(problems) <= len(features)
    assert "ge-data" in build_map(collection).get_root().render()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_of_a_table_stops_the_reader(tmp_path_factory: Any, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_text("lat,lon,notes\n" + text, encoding="utf-8", errors="replace")
    problems: list[GeoeventsError] = []
    with suppress(DocumentError):
        read_collection(path, on_error=problems.append)
    assert all("\n" not in str(problem) for problem in problems)


def test_each_table_is_known_by_its_header() -> None:
    found = [recipe_for(header) for header in (ACLED, UCDP, list(EVENT_COLUMNS), ["X", "Y"], ["title"])]
    assert [one and one.name for one in found] == [
        "ACLED",
        "UCDP GED",
        "geoevents",
        "a table with latitude and longitude",
        None,
    ]


def test_what_a_map_shows_of_tolls_and_claims_survives_a_file(tmp_path: Path) -> None:
    """Drawn from its own GeoJSON, a map shows what it shows when drawn at once."""
    made = samples.told_twice()
    path = tmp_path / "events.geojson"
    path.write_text(json.dumps(made), encoding="utf-8")
    read = read_collection(path)
    for before, after in zip(made["features"], read["features"], strict=True):
        for name in ("counts", "captured", "kind", "duration_h", "would_hold", "implied"):
            assert after["properties"].get(name) == before["properties"].get(name), name


def test_a_toll_that_is_none_is_left_out_or_named(tmp_path: Path) -> None:
    rows = [{"harm": "eaten", "figure": [1, 1]}, {"harm": "killed"}, "none", {"harm": "killed", "figure": 3}]
    path = tmp_path / "events.geojson"
    cells = {"layer": "event", "counts": rows, "captured": None}
    claim = {"layer": "claim", "implied": {"lat": 1, "lon": "x"}, "would_hold": "in miles"}
    features = [{"type": "Feature", "geometry": None, "properties": cells}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    kept = read_collection(path)["features"][0]["properties"]["counts"]
    assert [(row["harm"], row["figure"]) for row in kept] == [("killed", [3, 3])]
    features[0]["properties"] = claim
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    with pytest.raises(DocumentError, match="implied"):
        read_collection(path)
