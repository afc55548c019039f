from __future__ import annotations

import base64
import math
import re
import xml.etree.ElementTree as ET
from typing import Any

import map_samples as samples
import pytest
from hypothesis import given, strategies as st

pytest.importorskip("matplotlib")

from geoevents.errors import OptionError
from geoevents.geodesy import LatLon, distance_km
from geoevents.maps import build_map, stills, write_map
from geoevents.maps.furniture import length_for
from geoevents.maps.ground import clipped_ring, ground_of
from geoevents.maps.groups import grouped, radius_of
from geoevents.maps.layout import SHEETS, Size
from geoevents.maps.measures import measure_picture, measure_words
from geoevents.maps.palette import OUTCOMES, TYPES
from geoevents.maps.paper import frame_of
from geoevents.maps.projections import Azimuthal, EqualEarth, projection_for
from geoevents.maps.sheets import Region
from geoevents.maps.stills import still
from geoevents.maps.wording import DISCLAIMER, clean, describe

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: bytes) -> str:
    return " ".join(node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("name", "suffix"), [("at_tanf", ".png"), ("refuted", ".svg"), ("many", ".pdf"), ("hostile", ".svg")]
)
def test_the_same_input_gives_the_same_bytes(name: str, suffix: str) -> None:
    first = still(getattr(samples, name)(), suffix=suffix, size=Size.COLUMN)
    assert first == still(getattr(samples, name)(), suffix=suffix, size=Size.COLUMN)


@pytest.mark.parametrize("name", ["nowhere", "regional", "hostile"])
def test_any_collection_has_a_picture(name: str) -> None:
    assert still(getattr(samples, name)(), suffix=".png", size=Size.COLUMN).startswith(b"\x89PNG")


@pytest.mark.parametrize("size", list(Size))
def test_a_picture_has_the_measures_of_its_sheet(size: Size) -> None:
    png = still(samples.refuted(), suffix=".png", size=size)
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    sheet = SHEETS[size]
    assert (width, height) == (int(sheet.width_in * sheet.dpi), int(sheet.height_in * sheet.dpi))


def test_text_stays_text_and_says_what_stands_on_the_map() -> None:
    words = words_of(still(samples.refuted(), suffix=".svg"))
    for wanted in (
        "Drones hit a fuel depot in Engels", "Sample wire · 14 January 2025 · 2 events · 3 claims", "535 km measured",
        "less than 300 km claimed", "Kharkiv", "The map contradicts it", "km", "mi", DISCLAIMER,
    ):  # fmt: skip
        assert wanted in words, wanted


def test_a_name_is_written_once_however_many_layers_ask_for_it() -> None:
    words = words_of(still(samples.refuted(), suffix=".svg", size=Size.PAGE))
    assert len(re.findall(r"\bKharkiv\b", words)) == 1


def test_an_svg_names_no_file_and_has_words_for_who_cannot_see_it() -> None:
    svg = still(samples.at_tanf(), suffix=".svg")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert (root.find(f"{SVG}desc").text or "").startswith("Map: Ministry says strikes")
    text = svg.decode()
    assert "DOCTYPE" not in text
    links = re.findall(r'(?:href|src)="([^"]*)"', text)
    assert all(link.startswith(("#", "data:")) for link in links)
    assert "url(http" not in text


@pytest.mark.parametrize("words", samples.HOSTILE)
def test_hostile_words_are_neither_formula_nor_markup(words: str) -> None:
    text = f"{words} hit a depot."
    rows = [
        samples.event({"start": 0, "end": 3, "text": words}, (34.0, 38.0), words, type=words, actors=[words])
    ]
    rows.append(
        samples.claim(
            {"start": 0, "end": 3, "text": words}, {"subject": (34.0, 38.0), "reference": (35.0, 39.0)}, subject=words,
            reference=words, claimed_km=[10, 20], figure=words, reason=words, distance_km=143.0, measured_km=[140, 146], outcome=words,
        )
    )  # fmt: skip
    collection = samples.collection([samples.document(text, title=words, source=words)], rows)
    svg = still(collection, suffix=".svg", title=words, size=Size.COLUMN)
    root = ET.fromstring(svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()}.isdisjoint(
        {"script", "image", "foreignObject", "a"}
    )
    assert not [name for node in root.iter() for name in node.attrib if name.lower().startswith("on")]
    assert clean(words)[:20] in words_of(svg)


def test_hostile_words_go_into_a_pdf() -> None:
    assert still(samples.hostile(), suffix=".pdf", title=samples.HOSTILE_TEXT).startswith(b"%PDF")


@given(st.text())
def test_clean_text_is_fit_for_xml(text: str) -> None:
    root = ET.fromstring(f"<a>{clean(text).replace('&', '&amp;').replace('<', '&lt;')}</a>")
    assert (root.text or "") == clean(text)
    assert len(clean(text, is_one_line=False)) == len(text.replace("\r\n", "\n"))


def test_the_palette_on_paper_is_that_of_the_page() -> None:
    from importlib.resources import files

    assets = files("geoevents.maps") / "assets"
    css = (assets / "page.css").read_text(encoding="utf-8").partition("@media")[0]
    theme = (assets / "theme.js").read_text(encoding="utf-8")
    variables = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", css))
    for name, sign in TYPES.items():
        found = re.search(rf'"?{re.escape(name)}"?: {{ color: "(--type-[a-z]+)"', theme)
        assert found
        assert variables[found[1]] == sign.color
    for key, outcome in OUTCOMES.items():
        found = re.search(rf'{key}: {{ color: "(--[a-z]+)".*words: "([^"]+)"', theme)
        assert found
        assert (variables[found[1]], found[2]) == (outcome.color, outcome.words)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-60, 60), st.floats(-80, 80))
def test_a_point_comes_back_from_paper(lat: float, lon: float, east: float, north: float) -> None:
    projection = Azimuthal(lat=lat, lon=lon)
    at_lat = max(-89.0, min(89.0, lat + north / 2))
    at = projection.point(lon + east, at_lat)
    assert at is not None
    back = projection.inverse(*at)
    assert math.remainder(back[0] - (lon + east), 360) == pytest.approx(0, abs=1e-6)
    assert back[1] == pytest.approx(at_lat, abs=1e-6)


def test_lengths_from_the_middle_are_true_in_a_region() -> None:
    projection = projection_for(Region(west=36, south=33, east=40, north=37))
    assert isinstance(projection, Azimuthal)
    x, y = projection.point(39.5, 36.5) or (0, 0)
    measured = distance_km(LatLon(lat=projection.lat, lon=projection.lon), LatLon(lat=36.5, lon=39.5))
    assert math.hypot(x, y) == pytest.approx(measured, rel=0.004)


@pytest.mark.parametrize("projection", [Azimuthal(lat=30, lon=20), EqualEarth(lon=20)])
def test_areas_are_true(projection: Azimuthal | EqualEarth) -> None:
    def area(lon: float, lat: float, step: float = 0.05) -> float:
        corners = [
            projection.point(lon + dx, lat + dy) or (0, 0)
            for dx, dy in ((0, 0), (step, 0), (step, step), (0, step))
        ]
        return (
            sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
            / 2
        )

    for lon, lat in ((20, 30), (50, 0), (-20, 55), (60, -30)):
        true = (6371.0088 * math.radians(0.05)) ** 2 * math.cos(math.radians(lat + 0.025))
        assert area(lon, lat) == pytest.approx(true, rel=2e-3)


def test_the_world_is_drawn_whole_and_a_region_in_the_ratio_of_its_sheet() -> None:
    world = frame_of(None, ratio=1.6)
    assert isinstance(world.projection, EqualEarth)
    assert world.width_km > 30_000
    for ratio in (0.7, 1.0, 1.9):
        frame = frame_of(Region(west=36, south=33, east=40, north=36), ratio=ratio)
        assert frame.width_km / (frame.north_km - frame.south_km) == pytest.approx(ratio)


@pytest.mark.parametrize("region", [
    Region(west=36, south=33, east=40, north=36), Region(west=178, south=-19, east=182, north=-15),
    Region(west=-170, south=-60, east=190, north=80), Region(west=-60, south=60, east=-20, north=84),
])  # fmt: skip
def test_the_ground_of_a_region_lies_in_it_and_has_land(region: Region) -> None:
    ground = ground_of(region)
    assert ground.land
    for ring in ground.land:
        for lon, lat in ring:
            assert region.west - 1e-9 <= lon <= region.east + 1e-9
            assert region.south - 1e-9 <= lat <= region.north + 1e-9


def test_a_ring_is_cut_at_the_rectangle() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    cut = clipped_ring(square, Region(west=5, south=-5, east=20, north=5))
    assert {(round(x), round(y)) for x, y in cut} == {(5, 0), (10, 0), (10, 5), (5, 5)}
    assert clipped_ring(square, Region(west=20, south=20, east=30, north=30)) == []


POINTS = st.lists(st.tuples(st.floats(0, 900), st.floats(0, 600)), max_size=60)


@given(POINTS)
def test_groups_hold_every_event_once_and_do_not_overlap(points: list[tuple[float, float]]) -> None:
    rows: list[tuple[float, float, dict[str, Any]]] = [
        (x, y, {"type": "Battles", "n": i}) for i, (x, y) in enumerate(points)
    ]
    groups = grouped(rows, unit=20.0)
    assert sorted(row["n"] for group in groups for row in group.rows) == list(range(len(points)))
    assert sum(group.count for group in groups) == len(points)
    for i, a in enumerate(groups):
        for b in groups[i + 1 :]:
            assert math.hypot(a.x - b.x, a.y - b.y) >= 0.89 * 20 * (radius_of(a.count) + radius_of(b.count))


def test_each_picture_of_a_verdict_says_what_it_shows() -> None:
    claims = [
        f["properties"]
        for f in (*samples.refuted()["features"], *samples.at_tanf()["features"])
        if f["properties"]["layer"] == "claim"
    ]
    assert [measure_words(row) for row in claims] == [
        "Claimed at most 300 km, measured 531–539 km, bearing 68° (ENE)",
        "Claimed 10–14 km, measured 5.2–13 km, bearing 133° (SE), claimed direction E",
        "Claimed 575–900 km, measured 702–718 km, bearing 260° (W), claimed direction W",
        "Claimed at least 300 km",
    ]
    pictures = [measure_picture(row) for row in claims]
    assert all(picture and picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(set(pictures)) == 4
    assert measure_picture({"outcome": "not_checkable"}) is None


def test_what_the_map_contradicts_comes_first_beside_it() -> None:
    made = samples.refuted()
    claims = [row["properties"] for row in made["features"] if row["properties"]["layer"] == "claim"]
    for row, outcome in zip(claims, ("supported", "road_only", "refuted"), strict=True):
        row["outcome"] = outcome
    words = words_of(still(made, suffix=".svg", size=Size.SLIDE))
    order = [words.index("“" + row["text"].split()[0]) for row in claims]
    assert order == sorted(order, reverse=True)
    assert describe(made).index(OUTCOMES["refuted"].words) < describe(made).index(OUTCOMES["supported"].words)


def test_alternative_text_tells_counts_places_and_verdicts() -> None:
    words = describe(samples.refuted())
    assert words.startswith("Map: Drones hit a fuel depot in Engels. 2 events: Explosions/Remote violence 2.")
    assert "Claim: less than 300 km, Engels from Ukrainian border. The map contradicts it." in words


def test_a_round_length_is_never_longer() -> None:
    assert [length_for(km) for km in (1, 4.9, 99, 1234.5)] == [1, 3, 50, 1000]


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stills, "find_spec", lambda _: None)
    with pytest.raises(OptionError, match=r"pip install 'geoevents\[stills\]'"):
        still(samples.nowhere(), suffix=".png")


def test_a_map_is_written_by_its_suffix(tmp_path: Any) -> None:
    starts = {
        ".png": b"\x89PNG",
        ".svg": b"<?xml",
        ".pdf": b"%PDF",
        ".html": b"<!DOCTYPE html>",
        ".json": b"{",
    }
    for suffix, start in starts.items():
        path = write_map(samples.refuted(), tmp_path / f"map{suffix}", size="column")
        assert path.read_bytes().startswith(start)
    with pytest.raises(OptionError, match=r"'.*map\.gif' ends in none of them"):
        write_map(samples.refuted(), tmp_path / "map.gif")
    with pytest.raises(OptionError, match="slide, page, column, not 'poster'"):
        write_map(samples.refuted(), tmp_path / "map.png", size="poster")


def test_a_notebook_gets_the_page_and_a_picture() -> None:
    bundle = build_map(samples.at_tanf())._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/png"}
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/html"].startswith("<iframe srcdoc=")


def test_thousands_of_events_are_drawn_as_rings_with_their_counts() -> None:
    crowd = samples.many(3000)
    words = words_of(still(crowd, suffix=".svg", size=Size.COLUMN))
    rings = re.findall(r"(?<![\d(,])(?:\d,)?\d{2,3}(?![\d,)])", words.partition("Events in")[0])
    assert sum(int(ring.replace(",", "")) for ring in rings if ring != "500") >= 3000
