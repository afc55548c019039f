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
import map_samples as samples
import pytest
from hypothesis import given, strategies as st

from geoevents.errors import GeoeventsError, OptionError
from geoevents.geodesy import LatLon, distance_km
from geoevents.maps import build_map, write_map
from geoevents.maps.blocks import packed, packed_json
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


def data_of(page: str) -> dict[str, Any]:
    block = re.search(r'id="ge-data">([A-Za-z0-9+/=]*)</script>', page)
    assert block
    loaded: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(block[1])))
    return loaded


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
    features = data_of(page)["collection"]["features"]
    assert features[0]["properties"]["name"] == samples.HOSTILE_TEXT


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


@given(st.text())
def test_any_text_travels_in_a_block_even_half_a_character(text: str) -> None:
    assert json.loads(gzip.decompress(base64.b64decode(packed_json(text + "\ud800")))) == text + "\ud800"


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


def test_every_asset_is_used() -> None:
    shipped = {entry.name for entry in (files("geoevents.maps") / "assets").iterdir()}
    assert shipped == {*SCRIPTS, *STYLES, "page.html"}


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
    shapes = claim_shapes({"subject_point": [38, 34], "reference_point": [30, 50], "claimed_km": [0, 20]})
    assert shapes["line"][:2] == [30, 50]
    assert shapes["line"][-2:] == [38, 34]
    assert shapes["center"] == [30, 50]
    assert shapes["inner"] == []


def test_a_claim_without_a_place_or_figure_draws_nothing() -> None:
    assert claim_shapes({"claimed_km": [300, None]}) == {"line": []}
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
    assert {"Damascus", "Tadmur", "Paris"} <= found
    assert len(found & {row[0] for row in city_rows(None)}) < len(found)
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)


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


def test_no_analysis_at_all_is_still_a_page(tmp_path: Path) -> None:
    assert "<title>Events</title>" in write_map([], tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_notebook_gets_a_frame_that_may_only_run_scripts_and_save() -> None:
    shown = build_map(samples.at_tanf()).get_root()._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts allow-downloads"' in shown
