from __future__ import annotations

import csv
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
from export_samples import HAMA, SARMIN, TAVEUNI, TEXT, analysis, claim
from hypothesis import given, settings, strategies as st
from map_samples import HOSTILE_TEXT, collection, document, event
from shapely.geometry import LinearRing, Point, shape
from test_eventfiles import ACLED, UCDP

from geoevents.cli import main
from geoevents.errors import OptionError
from geoevents.exports import (
    ACLED_COLUMNS,
    HXL_TAGS,
    UCDP_COLUMNS,
    ExportFormat,
    Layer,
    acled_rows,
    geo_frame,
    ucdp_rows,
    write_acled,
    write_csv,
    write_export,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_hxl,
    write_kml,
    write_parquet,
    write_plover,
    write_ucdp,
)
from geoevents.exports.areas import area_features, circle, path as geodesic
from geoevents.exports.geojson import feature_collection
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import Interval
from geoevents.pipeline import analyze

points = st.builds(LatLon, lat=st.floats(-89, 89), lon=st.floats(-180, 180))
# A read library leaves what it opened to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def shells(geometry: dict) -> list[list[list[float]]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [part[0] for part in parts]


def is_counter_clockwise(corners: list[list[float]]) -> bool:
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(corners)) < 0


@given(points, st.floats(0.1, 3000))
@settings(deadline=None)
def test_a_circle_is_a_valid_right_handed_geometry_within_the_world_that_holds_its_center(center, radius_km):
    geometry = circle(center, radius_km=radius_km)
    assert geometry is not None
    outline = shape(geometry)
    assert outline.is_valid
    assert outline.buffer(1e-6).covers(Point(center.lon, center.lat))
    west, south, east, north = outline.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert all(is_counter_clockwise(corners) for corners in shells(geometry))


@given(points, points)
@settings(deadline=None)
def test_no_line_runs_round_the_world(a: LatLon, b: LatLon) -> None:
    geometry = geodesic(a, b)
    parts = geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]
    for part in parts:
        assert all(abs(p[0] - q[0]) <= 180 for p, q in pairwise(part))


def test_a_circle_over_the_antimeridian_is_in_two_parts() -> None:
    geometry = circle(TAVEUNI.point, radius_km=20)
    assert geometry is not None
    assert geometry["type"] == "MultiPolygon"
    assert len(geometry["coordinates"]) == 2


@pytest.mark.parametrize("radius_km", [0.0, 0.0005, 10_001.0])
def test_a_radius_that_no_gis_can_draw_is_no_circle(radius_km: float) -> None:
    assert circle(SARMIN.point, radius_km=radius_km) is None


@pytest.mark.parametrize("place", [SARMIN, TAVEUNI])
def test_the_corners_of_an_area_lie_at_its_radius(place) -> None:
    areas = list(area_features(feature_collection([analysis(place=place)])["features"]))
    (first, *_) = [a for a in areas if a["properties"]["of"] == "event"]
    for corners in shells(first["geometry"]):
        for lon, lat in corners:
            if abs(lon) < 180:
                km = distance_km(place.point, LatLon(lat=lat, lon=lon))
                assert km == pytest.approx(first["properties"]["radius_km"], abs=0.01)


def test_a_claim_has_the_band_of_its_figure_and_the_extent_of_each_end() -> None:
    areas = list(area_features(feature_collection([analysis()])["features"]))
    of_claim = {a["properties"]["meaning"]: a for a in areas if a["properties"]["of"] == "claim"}
    assert set(of_claim) == {
        "extent of the subject", "extent of the reference", "where the claim says that the subject is",
    }  # fmt: skip
    band = shape(of_claim["where the claim says that the subject is"]["geometry"])
    hama = HAMA.point
    assert not band.contains(Point(hama.lon, hama.lat))
    assert band.contains(Point(hama.lon, hama.lat + 60 / 111.0))


def test_geojson_holds_all_layers_and_splits_at_the_antimeridian(tmp_path: Path) -> None:
    path = write_geojson([analysis(place=TAVEUNI)], tmp_path / "out" / "all.geojson")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert {f["properties"]["layer"] for f in found["features"]} == {"place", "event", "claim", "area"}
    frame = geopandas.read_file(path)
    assert len(frame) == len(found["features"])
    kinds = {f["geometry"]["type"] for f in found["features"] if f["properties"]["layer"] == "area"}
    assert "MultiPolygon" in kinds
    for feature in found["features"]:
        for corners in shells(feature["geometry"]) if feature["properties"]["layer"] == "area" else ():
            assert is_counter_clockwise(corners)
            assert all(len(f"{v:.9f}".rstrip("0").partition(".")[2]) <= 7 for at in corners for v in at)


def positions(coordinates: list) -> Iterator[list[float]]:
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            yield from positions(inner)
    else:
        yield coordinates


def test_geojson_keeps_rfc_7946(tmp_path: Path) -> None:
    made = json.loads(
        write_geojson([analysis(), analysis(place=TAVEUNI)], tmp_path / "a.geojson").read_bytes()
    )
    assert "crs" not in made  # section 4: it is WGS 84, always
    shapes = Counter(f["geometry"]["type"] for f in made["features"] if f["geometry"] is not None)
    assert shapes.keys() >= {"Point", "LineString", "Polygon", "MultiPolygon"}
    for feature in made["features"]:
        assert feature.keys() >= {"type", "geometry", "properties"}
        if (geometry := feature["geometry"]) is None:
            continue
        for lon, lat in positions(geometry["coordinates"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert (round(lon, 7), round(lat, 7)) == (lon, lat)
        polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
        for outer, *holes in polygons.get(geometry["type"], []):
            assert outer[0] == outer[-1]
            assert LinearRing(outer).is_ccw
            assert not any(LinearRing(hole).is_ccw for hole in holes)


def test_geopackage_holds_four_layers_and_another_library_reads_the_same_points(tmp_path: Path) -> None:
    path = write_geopackage([analysis()], tmp_path / "all.gpkg")
    assert [name for name, _ in pyogrio.list_layers(path)] == ["places", "events", "claims", "areas"]
    places = geopandas.read_file(path, layer="places")
    assert len(places) == 2
    assert (places.geometry[0].x, places.geometry[0].y) == (36.72528, 35.90333)
    assert places.geometry[1] is None
    events = geopandas.read_file(path, layer="events")
    assert len(events) == 4
    assert list(events.fatalities_low) == [12.0] * 4
    assert events.crs.to_epsg() == 4326


def test_a_layer_without_findings_is_there_all_the_same(tmp_path: Path) -> None:
    path = write_geopackage([], tmp_path / "none.gpkg")
    assert [name for name, _ in pyogrio.list_layers(path)] == ["places", "events", "claims", "areas"]


@pytest.mark.parametrize("layer", list(Layer))
def test_geoparquet_and_parquet_come_back_as_they_went(tmp_path: Path, layer: Layer) -> None:
    here = geo_frame([analysis()], layer=layer)
    back = geopandas.read_parquet(write_geoparquet([analysis()], tmp_path / "geo.parquet", layer=layer))
    assert back.to_crs(4326).geometry.geom_equals(here.geometry).sum() == here.geometry.notna().sum()
    table = pyarrow.parquet.read_table(write_parquet([analysis()], tmp_path / "flat.parquet", layer=layer))
    assert table.num_rows == len(here)
    assert table.column_names == [name for name in here.columns if name != "geometry"]


def test_the_columns_of_a_layer_have_the_same_types_whatever_was_found() -> None:
    assert dict(geo_frame([], layer=Layer.EVENTS).dtypes) == dict(geo_frame([analysis()]).dtypes)


def test_kml_is_read_by_another_library_and_shows_markup_as_text(tmp_path: Path) -> None:
    path = write_kml([analysis()], tmp_path / "all.kml")
    events = geopandas.read_file(path, layer="events")
    assert len(events) == 3
    assert (events.geometry[0].x, events.geometry[0].y) == (36.72528, 35.90333)
    described = geopandas.read_file(path, layer="claims").iloc[0]
    assert "<b>said" not in "".join(str(v) for v in described)
    assert "refuted: 60 km from Hama" in str(described.to_dict())


def test_kmz_holds_the_same_kml_and_two_runs_the_same_bytes(tmp_path: Path) -> None:
    kml, kmz = write_kml([analysis()], tmp_path / "a.kml"), write_kml([analysis()], tmp_path / "a.kmz")
    again = write_kml([analysis()], tmp_path / "b.kmz")
    with zipfile.ZipFile(kmz) as archive:
        assert archive.read("doc.kml") == kml.read_bytes()
    assert kmz.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("ending", ["gpkg", "parquet", "geojson", "csv"])
def test_the_same_findings_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    first, second = (write_export([analysis()], tmp_path / f"{n}.{ending}") for n in "ab")
    assert first.read_bytes() == second.read_bytes()


HOSTILE = collection(
    [document(HOSTILE_TEXT)], [event({"start": 0, "end": 9, "text": HOSTILE_TEXT}, (1, 2), HOSTILE_TEXT)]
)


@pytest.mark.parametrize("ending", ["kml", "gpkg", "geojson", "csv", "geoparquet"])
def test_hostile_text_travels_as_text(tmp_path: Path, ending: str) -> None:
    path = write_export(HOSTILE, tmp_path / f"x.{ending}")  # type: ignore[arg-type]
    assert path.stat().st_size > 0
    if ending == "kml":
        assert b"<script" not in path.read_bytes()
        assert len(geopandas.read_file(path, layer="events")) == 1


def test_acled_has_its_31_columns_and_takes_what_acled_would(tmp_path: Path) -> None:
    assert (list(ACLED_COLUMNS), len(ACLED)) == (ACLED, 31)
    rows = list(csv.DictReader(write_acled([analysis()], tmp_path / "a.csv").open(encoding="utf-8")))
    assert len(rows) == 1  # not the planned strike, nor the one without a place, nor the visit
    row = rows[0]
    assert tuple(row) == ACLED_COLUMNS
    assert row["event_date"] == "2016-06-16"
    assert row["disorder_type"] == "Political violence"
    assert row["sub_event_type"] == "Air/drone strike"
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Russia", "State forces")
    assert (row["actor2"], row["inter2"]) == ("Civilians (Syria)", "Civilians")
    assert row["interaction"] == "State forces-Civilians"
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["iso"], row["region"], row["country"]) == ("760", "Middle East", "Syria")
    assert (row["latitude"], row["longitude"], row["fatalities"]) == ("35.9033", "36.7253", "12")
    assert row["event_id_cnty"].startswith("SYR")


def test_ucdp_has_its_49_columns_and_takes_what_ucdp_would(tmp_path: Path) -> None:
    assert (list(UCDP_COLUMNS), len(UCDP)) == (UCDP, 49)
    (row,) = csv.DictReader(write_ucdp([analysis()], tmp_path / "u.csv").open(encoding="utf-8"))
    assert tuple(row) == UCDP_COLUMNS
    assert row["type_of_violence"] == "3"
    assert (row["side_a"], row["side_b"]) == ("Military Forces of Russia", "Civilians (Syria)")
    assert (row["gwnoa"], row["country_id"], row["region"]) == ("365", "652", "Middle East")
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"]) == ("12", "12", "12", "12")
    assert (row["where_prec"], row["date_prec"], row["date_start"]) == ("1", "1", "2016-06-16")
    assert row["geom_wkt"] == "POINT (36.72528 35.90333)"
    # 35.90333 is the 252nd half degree from the south pole, 36.72528 the 434th from the antimeridian.
    assert row["priogrid_gid"] == str(251 * 720 + 433 + 1)


def test_plover_records_have_the_names_of_its_manual(tmp_path: Path) -> None:
    lines = write_plover([analysis()], tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()
    first, visit = map(json.loads, lines)
    assert (first["event"], first["mode"]) == ("ASSAULT", "heavy-weapons")
    assert first["source"] == [
        {"code": "RUS", "sector": "MIL", "identifier": "Military Forces of Russia", "actorText": "Strikes"}
    ]
    assert first["eventLoc"]["cc3"] == "SYR"
    assert (first["date"], first["dead"]) == ("2016-06-16", 12)
    assert visit["event"] == "CONSULT"


def test_the_number_of_an_event_depends_on_its_document_alone() -> None:
    (alone,) = acled_rows(analysis())
    _, second = acled_rows([analysis(document="other"), analysis()])
    assert alone["event_id_cnty"] == second["event_id_cnty"]


def test_the_crowd_is_acleds_first_actor_of_a_protest_whoever_acts() -> None:
    text = "Riot police used water cannon against protesters in Yerevan on 3 May 2024."
    (row,) = acled_rows(analyze(text))
    assert (row["inter1"], row["inter2"]) == ("Protesters", "State forces")
    assert row["disorder_type"] == "Demonstrations"


def test_hxl_has_a_row_of_hashtags_under_the_header(tmp_path: Path) -> None:
    rows = list(csv.reader(write_hxl([analysis()], tmp_path / "h.csv").open(encoding="utf-8", newline="")))
    assert rows[0] == list(HXL_TAGS)
    assert rows[1] == list(HXL_TAGS.values())
    assert all(tag.startswith("#") for tag in rows[1])
    assert len(rows) == 2 + 4


def test_what_a_spreadsheet_would_run_is_defused(tmp_path: Path) -> None:
    claims = write_csv([analysis()], tmp_path / "c.csv", layer=Layer.PLACES).read_text(encoding="utf-8")
    assert not any(line.startswith("=") for line in claims.splitlines())
    events = list(csv.DictReader(write_csv([analysis()], tmp_path / "e.csv").open(encoding="utf-8")))
    assert events[0]["text"].startswith(TEXT[1:8])
    assert events[0]["actors"] == "Military Forces of Russia"


def test_an_ending_that_says_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"the ending of 'x\.xyz' says no format"):
        write_export([analysis()], tmp_path / "x.xyz")
    with pytest.raises(OptionError, match="has no layer to choose, got 'claims'"):
        write_export([analysis()], tmp_path / "x.kml", layer=Layer.CLAIMS)
    with pytest.raises(OptionError, match="needs the name of a file, got the folder"):
        write_export([analysis()], tmp_path, layout=ExportFormat.KML)
    with pytest.raises(OptionError, match="not a feature collection: 'Feature'"):
        write_geojson({"type": "Feature"}, tmp_path / "x.geojson")


def test_a_missing_library_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(OptionError, match=r"needs geopandas.*pip install 'geoevents\[gis\]'"):
        write_geopackage([analysis()], tmp_path / "x.gpkg")
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "old.kml"
    target.write_text("old")
    with pytest.raises(OptionError):
        write_export([analysis()], target / "below" / "x.kml")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["old.kml"]


def test_the_command_writes_by_the_ending(tmp_path: Path) -> None:
    from click.testing import CliRunner

    out = tmp_path / "x.csv"
    done = CliRunner().invoke(
        main,
        [
            "export",
            "--text",
            "TORETSK, May 4, 2024 (AP) - Shelling hit Toretsk on Friday.",
            "-o",
            str(out),
            "--format",
            "acled",
        ],
    )
    assert done.exit_code == 0, done.output
    (row,) = csv.DictReader(out.open(encoding="utf-8"))
    assert (row["location"], row["event_date"]) == ("Toretsk", "2024-05-03")


def test_a_claim_without_its_reference_is_a_point_and_the_ring_where_that_would_be() -> None:
    found = replace(analysis(), verdicts=(claim(reference=None),))
    (geometry,) = geo_frame(found, layer=Layer.CLAIMS).geometry
    assert geometry.geom_type == "Point"
    areas = geo_frame(found, layer=Layer.AREAS)
    assert "where the claim says that the reference is" in set(areas.meaning)


def test_an_end_that_the_text_does_not_name_has_its_area() -> None:
    found = analyze(
        "Rockets hit an outpost 15 km northeast of Hasakah, and killed 3 soldiers and 2 civilians."
    )
    areas = geo_frame(found, layer=Layer.AREAS)
    (area,) = areas[areas.meaning.str.startswith("where the claim puts ")].geometry
    hasakah = next(r.place.point for r in found.resolutions if r.place is not None)
    assert area.is_valid
    assert area.exterior.is_ccw
    assert not area.contains(Point(hasakah.lon, hasakah.lat))
    assert area.contains(Point(hasakah.lon + 0.12, hasakah.lat + 0.095))


def test_ucdp_counts_the_dead_by_side_and_the_rest_as_unknown() -> None:
    told = replace(
        analysis().events[0], fatalities=Interval(12, 15), deaths_b=Interval(3), deaths_civilians=Interval(7)
    )
    (row,) = ucdp_rows(replace(analysis(), events=(told,)))
    assert [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")] == [0, 3, 7, 2]
    assert (row["low"], row["best"], row["high"]) == (12, 12, 15)


def test_the_command_says_how_many_events_a_table_of_others_takes(tmp_path: Path) -> None:
    from click.testing import CliRunner

    text = (
        "TORETSK, May 4, 2024 (AP) - Shelling hit Toretsk on Friday. Troops will attack Kramatorsk, he said."
    )
    words = ["export", "--text", text, "-o", str(tmp_path / "x.csv"), "--format"]
    done = CliRunner().invoke(main, [*words, "ACLED"])
    assert done.exit_code == 0, done.output
    assert "1 of 2 events written: acled takes factual, dated events with a place" in done.stderr
    assert "takes" not in CliRunner().invoke(main, [*words, "csv"]).stderr
