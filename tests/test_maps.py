from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
import folium.plugins
import map_samples as samples
import pytest
from hypothesis import given, strategies as st
from page_columns import read_columns, read_page

from geoevents import maps
from geoevents.errors import GeoeventsError, OptionError
from geoevents.geodesy import LatLon, distance_km
from geoevents.maps import build_map, embed_snippets, safe_popup, safe_tooltip, write_map
from geoevents.maps.aggregate import aggregated
from geoevents.maps.blocks import packed, packed_json
from geoevents.maps.columns import GROUP_ROWS, pack_columns
from geoevents.maps.extent import first_view
from geoevents.maps.leaflet import leaflet_css, leaflet_js
from geoevents.maps.markup import _safe
from geoevents.maps.page import SCRIPTS, STYLES
from geoevents.maps.shapes import claim_shapes
from geoevents.maps.sheets import (
    CELL_BUDGET_BYTES,
    Region,
    cell_sheets,
    city_rows,
    disputed_areas,
    names,
    world_sheet,
)
from geoevents.model import Analysis, Document, Timeline

PAGE_BYTES = 700_000
BASEMAP_BYTES = 4_000_000


def render(collection: dict[str, Any], title: str | None = None) -> str:
    return build_map(collection, title=title).get_root().render()


def test_importing_the_package_loads_no_folium() -> None:
    code = "import sys, geoevents.maps; print(sorted({'folium', 'branca', 'pandas'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_map_is_a_folium_map_that_can_be_extended() -> None:
    made = build_map(samples.at_tanf())
    assert isinstance(made, folium.Map)
    folium.CircleMarker([34, 38], radius=5).add_to(made)
    assert "L.circleMarker" in made.get_root().render()


@pytest.mark.parametrize("name", ["at_tanf", "refuted", "many", "nowhere", "hostile"])
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    assert render(getattr(samples, name)()) == render(getattr(samples, name)())


def test_a_page_of_one_article_stays_within_its_weight() -> None:
    assert len(render(samples.at_tanf()).encode()) < PAGE_BYTES
    assert len(render(samples.many()).encode()) < PAGE_BYTES


def test_the_page_names_no_file_outside_itself() -> None:
    page = render(samples.hostile(), title=samples.HOSTILE_TEXT)
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r'(?:src|href)="(?!data:,|#)', markup)
    assert not re.search(r"url\((?!data:)", page.replace("url(#default#VML)", ""))
    assert "@import" not in page


def test_the_policy_allows_each_script_by_its_hash_and_nothing_else() -> None:
    page = render(samples.at_tanf())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        for body in re.findall(f"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[1]


def test_the_policy_comes_before_any_script() -> None:
    page = render(samples.at_tanf())
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_words_of_a_document_stand_only_in_data_blocks() -> None:
    """What folium would compile as a template, or the browser run as script, is not there to be found."""
    page = render(samples.hostile(), title=samples.HOSTILE_TEXT)
    for words in ("pwned", "{{ 7*7 }}", "49", "lipsum", "alert(1)"):
        outside = re.sub(r'<script type="text/plain"[^>]*>[A-Za-z0-9+/=]*</script>', "", page)
        head, _, rest = outside.partition("<title>")
        title, _, rest = rest.partition("</title>")
        if words != "49":  # Leaflet has figures of its own
            assert words not in head + rest
        assert "<script>window" not in title
    _, layers = read_page(page)
    assert layers["place"][0]["name"] == samples.HOSTILE_TEXT


def test_folium_does_not_compile_what_a_macro_wrote() -> None:
    made = build_map(samples.nowhere(), title="{{ 7*7 }} {% if %} {# x")
    page = made.get_root().render()
    assert "<title>&#123;&#123; 7*7 &#125;&#125; &#123;&#37; if &#37;&#125; &#123;&#35; x</title>" in page


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"])))
def test_safe_text_reads_back_and_holds_no_code(text: str) -> None:
    escaped = _safe(text)
    assert html.unescape(escaped) == text
    assert not set(escaped) & set("<>\"'`${}%\\\u2028\u2029")


@given(st.binary())
def test_a_block_unpacks_to_what_was_packed(data: bytes) -> None:
    block = packed(data)
    assert re.fullmatch(r"[A-Za-z0-9+/=]*", block)
    assert gzip.decompress(base64.b64decode(block)) == data
    # No system is named: Python's own header does so in some versions.
    assert base64.b64decode(block)[:10].hex() == "1f8b08000000000002ff"


@given(st.text())
def test_any_text_travels_in_a_block_even_half_a_character(text: str) -> None:
    assert json.loads(gzip.decompress(base64.b64decode(packed_json(text + "\ud800")))) == text + "\ud800"


def unpacked(named: list[tuple[str, list[Any]]], count: int) -> dict[str, list[Any]]:
    columns = pack_columns(named, count=count)
    cells, rest = read_columns(
        json.loads(json.dumps(columns.heads)), count, bytes(columns.body), columns.groups
    )
    assert rest == b""
    return cells


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(st.one_of(*(st.lists(of, max_size=20) for of in (
    JSON, st.none() | st.integers(0, 300), st.none() | st.floats(-180, 180).map(lambda x: round(x, 5)),
    st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text("ab")), st.none() | st.booleans(),
))))  # fmt: skip
def test_columns_read_back_as_they_were(values: list[Any]) -> None:
    cells = unpacked([("x", values), ("y", list(range(len(values))))], len(values)).get("x")
    # What is absent everywhere is no column, and a list that is absent among lists is an empty one.
    has_lists = cells is not None and any(isinstance(cell, list) for cell in cells)
    expected = [[] if value is None and has_lists and [] in cells else value for value in values]
    assert repr(cells or [None] * len(values)) in {repr(expected), repr(values)}


def test_each_column_takes_the_cheapest_of_its_kinds() -> None:
    count = 3 * GROUP_ROWS
    named: list[tuple[str, list[Any]]] = [
        ("none", [None] * count),
        ("same", ["wire"] * count),
        ("codes", [("a", "b", None)[i % 3] for i in range(count)]),
        ("number", [None if i % 7 == 0 else round(30 + i / 1000, 3) for i in range(count)]),
        ("lists", [["army"] * (i % 3) for i in range(count)]),
        ("text", [f"{i} shells fell on the outskirts of the town before the morning, residents said" for i in range(count)]),
        ("json", [[i, {"note": "x" * 40}] for i in range(count)]),
    ]  # fmt: skip
    columns = pack_columns(named, count=count)
    assert [head["kind"] for head in columns.heads] == ["same", "codes", "number", "lists", "text", "json"]
    assert len(columns.groups) == 3
    cells = unpacked(named, count)
    for name, values in named[1:]:
        assert cells[name] == values


def test_half_a_character_keeps_the_spans_of_a_text() -> None:
    texts = [f"{i}\ud800 {'shells fell ' * 20}" for i in range(300)]
    assert [len(text) for text in unpacked([("t", list(texts))], 300)["t"]] == [len(text) for text in texts]


def test_the_words_of_a_span_travel_once() -> None:
    page = render(samples.at_tanf())
    head, layers = read_page(page)
    assert all(
        c["name"] != "text" for layer in ("place", "event", "claim") for c in head["layers"][layer]["columns"]
    )
    assert layers["document"][0]["text"] == samples.GARRISON


def test_leaflet_is_the_version_that_folium_names() -> None:
    named = next(url for name, url in folium.Map.default_js if name == "leaflet")
    version = re.search(r"leaflet@([0-9.]+)/", named)
    assert version
    assert f"Leaflet {version[1]}" in leaflet_js()
    assert "images/" not in leaflet_css()
    assert "</script" not in leaflet_js().lower()


def test_no_script_of_ours_can_end_its_own_element() -> None:
    for name in (*SCRIPTS, *STYLES):
        text = (files("geoevents.maps") / "assets" / name).read_text(encoding="utf-8").lower()
        assert "</script" not in text
        assert "</style" not in text
        assert "<!--" not in text
        assert "innerhtml" not in text, name


def test_a_page_is_ascii_so_that_its_hashes_hold_in_any_encoding() -> None:
    page = build_map(samples.hostile(), title="Éclats à Alep \U0001f4a5").get_root().render()
    assert page.isascii()
    assert "<title>&#201;clats &#224; Alep &#128165;</title>" in page


def test_every_asset_is_used() -> None:
    shipped = {entry.name for entry in (files("geoevents.maps") / "assets").iterdir()}
    assert shipped == {*SCRIPTS, *STYLES, "page.html", "folium.js"}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_parses(name: str) -> None:
    path = str(files("geoevents.maps") / "assets" / name)
    subprocess.run(["node", "--check", path], check=True, capture_output=True)


def test_a_ring_lies_where_its_figure_says() -> None:
    shapes = claim_shapes({"subject_point": [38.618, 33.506], "claimed_km": [300, None]})
    center = LatLon(lat=33.506, lon=38.618)
    ring = shapes["inner"]
    for lon, lat in zip(ring[::2], ring[1::2], strict=True):
        assert distance_km(center, LatLon(lat=lat, lon=lon)) == pytest.approx(300, abs=0.02)
    assert shapes["is_open"]
    assert shapes["line"] == []


def test_a_claim_with_both_ends_has_a_line_from_reference_to_subject() -> None:
    ends = {"subject_point": [38, 34], "reference_point": [30, 50]}
    shapes = claim_shapes({**ends, "claimed_km": [0, 20], "distance_km": 1893.2})
    assert shapes["line"][:2] == [30, 50]
    assert shapes["line"][-2:] == [38, 34]
    assert shapes["center"] == [30, 50]
    assert shapes["inner"] == []


def test_a_claim_without_a_place_or_figure_draws_nothing() -> None:
    assert claim_shapes({"claimed_km": [300, None]}) == {"line": []}
    ends = {"subject_point": [38, 34], "reference_point": [30, 50]}
    assert claim_shapes({**ends, "claimed_km": [0, 20], "distance_km": None}) == {"line": []}
    assert claim_shapes({"subject_point": [38, 34], "claimed_km": None}) == {"line": []}


def test_the_detail_of_a_region_stays_within_its_budget() -> None:
    small = Region(west=36, south=33, east=40, north=36)
    bounds, cells = cell_sheets(small)
    assert bounds[0] <= 36
    assert bounds[2] >= 40
    assert 0 < len(cells) < 10 * CELL_BUDGET_BYTES
    assert cell_sheets(Region(west=-120, south=-50, east=140, north=70)) == ([], b"")
    assert cell_sheets(None) == ([], b"")


def test_towns_of_the_region_are_named_and_villages_elsewhere_are_not() -> None:
    rows = city_rows(Region(west=36, south=33, east=40, north=36))
    found = {row[0] for row in rows}
    assert {"Damascus", "Palmyra", "Paris"} <= found
    assert len(found & {row[0] for row in city_rows(None)}) < len(found)
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)


def test_cities_are_named_as_newspapers_name_them_and_once() -> None:
    rows = [row[0] for row in city_rows(Region(west=-20, south=-40, east=75, north=60))]
    wanted = [
        "Mariupol", "Basra", "Kyiv", "Odesa", "Kharkiv", "Aleppo", "Mosul", "Gaza City", "Khartoum",
        "Omdurman", "Sanaa", "Aden", "Donetsk", "Kryvyi Rih", "Zaporizhzhia", "Rafah", "Baghdad",
    ]  # fmt: skip
    local = [city_rows(Region(west=lon - 1, south=lat - 1, east=lon + 1, north=lat + 1)) for lat, lon in (
        (47.1, 37.5), (30.5, 47.8), (48, 37.9), (31.4, 34.4), (15.6, 32.5), (36.3, 43.1), (47.9, 33.4), (12.8, 45),
    )]  # fmt: skip
    everywhere = set(rows) | {row[0] for part in local for row in part}
    assert [name for name in wanted if name not in everywhere] == []
    for district in ("Pravyi Bereh", "Al Başrah al Qadīmah", "Basrah", "Al Mawşil al Jadīdah", "Rafaḩ"):
        assert district not in everywhere


def test_each_disputed_area_says_who_holds_it_and_after_whom() -> None:
    areas = disputed_areas()
    assert {"Crimea", "Golan Heights", "Western Sahara", "Nagorno-Karabakh"} <= {a["name"] for a in areas}
    for area in areas:
        assert area["status"]
        assert area["source"]
        assert area["rings"], area["name"]


def test_names_have_a_spot_on_the_globe() -> None:
    spots = [(name, spot) for name, _, places in names()["countries"] for spot in places]
    spots += [(name, [lon, lat]) for name, lon, lat, _ in names()["seas"]]
    assert {"Syria", "Ukraine", "Sudan", "DR Congo", "Black Sea"} <= {name for name, _ in spots}
    for name, (lon, lat) in spots:
        assert -180 <= lon <= 180, name
        assert -90 <= lat <= 90, name


def test_the_basemap_files_are_small_and_say_where_they_come_from() -> None:
    folder = files("geoevents.maps") / "basemap"
    assert sum(len(entry.read_bytes()) for entry in folder.iterdir()) < BASEMAP_BYTES
    assert "public domain" in (folder / "README.md").read_text(encoding="utf-8")
    assert len(world_sheet("110m")) < len(world_sheet("50m"))


def test_what_is_no_collection_is_refused() -> None:
    with pytest.raises(OptionError, match="not a feature collection: 'Feature'"):
        build_map({"type": "Feature"})


def analysis(text: str, **more: Any) -> Analysis:
    document = Document(text, **more)
    return Analysis(
        document=document,
        resolutions=(),
        timeline=Timeline(None, ()),
        quotes=(),
        events=(),
        verdicts=(),
    )


def test_a_map_is_written_with_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "new" / "map.html"
    assert (
        write_map([analysis("Nothing happened.", title="Quiet", published=date(2025, 1, 2))], target)
        == target
    )
    assert "<title>Quiet</title>" in target.read_text(encoding="utf-8")


def test_a_folder_is_no_file_to_write_a_map_to(tmp_path: Path) -> None:
    with pytest.raises(GeoeventsError, match="got the folder"):
        write_map([], tmp_path)


@pytest.mark.parametrize("path", ["/dev/null/x.html", "/proc/nope/x.html"])
def test_a_path_that_cannot_be_written_is_named_with_the_reason(path: str) -> None:
    with pytest.raises(
        OptionError, match=r"^cannot write the map to '/(dev/null|proc/nope)/x\.html': [A-Z]"
    ) as found:
        write_map([], path)
    assert "\n" not in str(found.value)


def test_a_path_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(OptionError, match=r"notes\.txt/map\.html': (Not a directory|File exists)"):
        write_map([], tmp_path / "notes.txt" / "map.html")


def test_no_analysis_at_all_is_still_a_page(tmp_path: Path) -> None:
    assert "<title>Events</title>" in write_map([], tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_notebook_gets_a_frame_that_may_only_run_scripts_and_save() -> None:
    shown = build_map(samples.at_tanf()).get_root()._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts allow-downloads"' in shown


def view_of(features: list[dict[str, Any]]) -> Region | None:
    return first_view({"features": [{**f, "shapes": claim_shapes(f["properties"])} for f in features]})


SOMEWHERE = {"start": 0, "end": 4, "text": "here"}


def dots(*points: tuple[float, float], **more: Any) -> list[dict[str, Any]]:
    return [samples.event(SOMEWHERE, point, "Here", **more) for point in points]


def test_what_lies_far_off_does_not_stretch_the_first_view() -> None:
    view = view_of(samples.regional()["features"])
    assert view is not None
    assert (view.west, view.east) == pytest.approx((37.1769, 37.625))
    assert (view.south, view.north) == pytest.approx((48.2814, 48.87))


def test_a_claim_that_nobody_measured_does_not_count_for_the_view() -> None:
    ends = {"subject": (48.7, 37.6), "reference": (39.8, -98.6)}
    unmeasured = samples.claim(SOMEWHERE, ends, claimed_km=[0, 20])
    measured = samples.claim(SOMEWHERE, ends, claimed_km=[0, 20], distance_km=9000.0)
    events = dots((48.7, 37.6))
    assert view_of([*events, unmeasured]) == view_of(events)
    assert view_of([measured]) == Region(west=-98.6, south=39.8, east=37.6, north=48.7)


def test_events_on_two_continents_are_both_in_view() -> None:
    view = view_of(dots((50, 30), (36, 37), (15, 32), (15, 44), (2, 45), (12, 13)))
    assert view == Region(west=13, south=2, east=45, north=50)


def test_one_event_of_many_far_off_does_not_shrink_the_others() -> None:
    near = [(48 + i / 10, 37.0) for i in range(8)]
    view = view_of(dots(*near, (12.4, -1.5)))
    assert view == Region(west=37.0, south=48.0, east=37.0, north=48.7)


def test_places_are_in_view_where_nothing_else_is() -> None:
    there = samples.place(SOMEWHERE, (36.2, 37.1), "Aleppo")
    country = samples.place(SOMEWHERE, (39.8, -98.6), "United States", kind="country")
    assert view_of([there, country]) == Region(west=37.1, south=36.2, east=37.1, north=36.2)
    assert view_of([country]) == Region(west=-98.6, south=39.8, east=-98.6, north=39.8)
    assert view_of([]) is None


def test_a_ring_around_the_one_known_end_is_in_view() -> None:
    view = view_of(samples.at_tanf()["features"])
    assert view is not None
    assert view.east > samples.AT_TANF[1] + 3


def test_a_view_over_the_antimeridian_is_narrow() -> None:
    view = view_of(dots((-17, 179.5), (-17.5, 178.9), (-16.5, -179.8)))
    assert view is not None
    assert (view.west, view.east) == pytest.approx((178.9, 180.2))


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=30))
def test_most_events_are_always_in_view(points: list[tuple[float, float]]) -> None:
    view = view_of(dots(*points))
    assert view is not None
    inside = sum(
        view.padded(0, least_deg=1e-6).holds(lat=lat, lon=lon) or view.east - view.west >= 359
        for lat, lon in points
    )
    assert inside >= 0.85 * (len(points) - 1)


def test_more_events_than_a_page_carries_are_drawn_together() -> None:
    events = [
        samples.event(SOMEWHERE, (36 + i % 50 / 100, 37 + i % 70 / 100), f"Town {i % 3}", date=f"2024-{1 + i % 3:02d}-1{i % 10}",
                      date_end=f"2024-{1 + i % 3:02d}-1{i % 10}", fatalities=[1, None] if i % 9 == 0 else [2, 2])
        for i in range(5000)
    ]  # fmt: skip
    unplaced = samples.event(SOMEWHERE, None, None, date=None)
    claim = samples.claim(SOMEWHERE, {"subject": (36, 37)}, claimed_km=[300, None])
    made = aggregated(samples.collection([samples.document("text")], [*events, unplaced, claim]))
    rows = [f["properties"] for f in made["features"] if f["properties"]["layer"] == "event"]
    assert sum(row["weight"] for row in rows) == 5001
    assert len(rows) < 5001
    assert made["geoevents"]["aggregate"]["events"] == 5001
    assert made["geoevents"]["documents"] == []
    assert sum(f["geometry"] is None for f in made["features"] if f["properties"]["layer"] == "event") == 1
    assert sum(row["fatalities"][0] for row in rows) == sum(f["properties"]["fatalities"][0] for f in events)
    assert {row["date"][:7] for row in rows if row["date"]} == {"2024-01", "2024-02", "2024-03"}
    assert [f for f in made["features"] if f["properties"]["layer"] == "claim"] == [claim]


def test_a_collection_beyond_the_limit_becomes_a_page_of_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "MOST_EVENTS", 50)
    head, layers = read_page(render(samples.many(60)))
    assert head["aggregate"] == {"events": 60, "cell_deg": 0.05, "period": "month"}
    assert layers["document"] == layers["place"] == []
    assert sum(row["weight"] for row in layers["event"]) == 60


def test_a_safe_popup_holds_no_word_that_folium_or_a_browser_could_run() -> None:
    for root in (build_map(samples.nowhere()), folium.Map(tiles=None)):
        marker = folium.Marker(
            [34, 38], popup=safe_popup(samples.HOSTILE_TEXT), tooltip=safe_tooltip(samples.HOSTILE_TEXT)
        )
        marker.add_to(root)
        page = root.get_root().render()
        for words in ("pwned", "lipsum", "alert(1)", "{{"):
            assert words not in page
        packed_words = re.findall(r"\}\)\('([A-Za-z0-9+/=]+)'\)", page)
        assert [json.loads(base64.b64decode(one)) for one in packed_words] == [samples.HOSTILE_TEXT] * 2


def test_stock_popups_run_what_they_are_given_which_is_why_ours_exist() -> None:
    made = folium.Map(tiles=None)
    folium.Marker([34, 38], popup=safe_popup("{{ 7*7 }}")).add_to(made)
    folium.Marker([34, 38], popup="{{ 7*7 }}").add_to(made)
    assert made.get_root().render().count(">49<") == 1


def test_an_added_layer_may_load_the_files_that_it_names_and_nobody_else() -> None:
    made = build_map(samples.nowhere())
    folium.plugins.MarkerCluster().add_to(made)
    folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="x").add_to(made)
    page = made.get_root().render()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "leaflet.markercluster.js" in policy[1].partition("style-src")[0]
    assert "img-src data: blob: https://*.tiles.example.org;" in policy[1]
    assert "strict-origin" in page
    plain = render(samples.nowhere())
    assert "https://" not in (re.search(r'Content-Security-Policy" content="([^"]+)"', plain) or [""])[0]
    assert 'content="no-referrer"' in plain


def test_tiles_are_named_credited_and_allowed() -> None:
    page = build_map(samples.nowhere(), tiles="OpenStreetMap").get_root().render()
    assert "img-src data: blob: https://tile.openstreetmap.org;" in page
    assert "OpenStreetMap contributors" in page.replace("\\u00a9 ", "")
    with pytest.raises(OptionError, match="no online tiles are called 'Moon'"):
        build_map(samples.nowhere(), tiles="Moon")
    with pytest.raises(OptionError, match="want a key"):
        build_map(samples.nowhere(), tiles="Thunderforest Landscape")


def test_snippets_put_a_map_into_a_page(tmp_path: Path) -> None:
    path = write_map(samples.hostile(), tmp_path / "a&b.html", title=samples.HOSTILE_TEXT)
    made = embed_snippets(path)
    assert made.src.startswith('<iframe src="a%26b.html" sandbox="allow-scripts allow-downloads"')
    for snippet in (made.src, made.srcdoc):
        assert "\n" not in snippet
        assert "<" not in snippet[1:].removesuffix("</iframe>")
    document = re.search(r'srcdoc="([^"]*)"', made.srcdoc)
    assert document
    assert html.unescape(document[1]) == path.read_text(encoding="utf-8")
