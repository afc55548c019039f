"""Where the page must work: on a server, in frames, under a host's policy, with folium's layers, with tiles."""

from __future__ import annotations

import base64
import csv
import re
import threading
from collections.abc import Callable, Iterator
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import folium
import map_samples as samples
import pytest
from playwright.sync_api import Browser, Frame, Page, Route

from geoevents.eventfiles import read_collection
from geoevents.gazetteer import Gazetteer
from geoevents.maps import build_map, embed_snippets, safe_popup, safe_tooltip, write_map
from geoevents.pipeline import Pipeline
from geoevents.reports import write_report

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
GAZETTEER = "id name kind country admin1 lat lon radius_km population geonameid wikidata disputed aliases source note".split()
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Quiet(SimpleHTTPRequestHandler):
    policy = ""

    def log_message(self, *_: Any) -> None: ...

    def end_headers(self) -> None:
        if self.policy and "host" in self.path:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, type[Quiet]]]:
    handler = type(
        "Handler", (Quiet,), {"__init__": lambda self, *a: Quiet.__init__(self, *a, directory=str(tmp_path))}
    )
    running = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", handler
    running.shutdown()
    running.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    context.set_default_timeout(5000)
    made = context.new_page()
    made.trouble = []  # type: ignore[attr-defined]
    made.on("console", lambda m: made.trouble.append(m.text) if m.type in {"error", "warning"} else None)  # type: ignore[attr-defined]
    made.on("pageerror", lambda error: made.trouble.append(str(error)))  # type: ignore[attr-defined]
    yield made
    context.close()


HOST = '<!DOCTYPE html><link rel="icon" href="data:,"><title>Host</title>'


def frame_when_ready(page: Page) -> Frame:
    """The frame of the host page, once the map in it has opened."""
    for _ in range(50):
        page.wait_for_timeout(100)
        if page.frames[1].evaluate("Boolean(window.geoevents && geoevents.readyAt)"):
            break
    return page.frames[1]


def test_a_map_works_from_a_server(server: tuple[str, Any], page: Page, tmp_path: Path) -> None:
    write_map(samples.at_tanf(), tmp_path / "map.html")
    page.goto(f"{server[0]}/map.html")
    assert page.evaluate("geoevents.readyAt > 0")
    assert page.trouble == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["src", "srcdoc"])
def test_each_snippet_shows_the_map_in_a_page_of_ones_own(
    kind: str, server: tuple[str, Any], page: Page, tmp_path: Path
) -> None:
    path = write_map(samples.at_tanf(), tmp_path / "map.html")
    (tmp_path / "host.html").write_text(f"{HOST}{getattr(embed_snippets(path), kind)}", encoding="utf-8")
    page.goto(f"{server[0]}/host.html")
    frame = frame_when_ready(page)
    frame.evaluate("document.querySelector(\"mark[data-key='e0']\").click()")
    assert "Air/drone strike" in frame.evaluate("document.getElementById('detail').innerText")
    assert page.get_attribute("iframe", "title") == "Ministry says strikes were far from marked areas"
    assert page.trouble == []  # type: ignore[attr-defined]


def test_a_host_with_a_strict_policy_can_show_the_map_by_src(
    server: tuple[str, Any], page: Page, tmp_path: Path
) -> None:
    path = write_map(samples.at_tanf(), tmp_path / "map.html")
    snippets = embed_snippets(path)
    server[1].policy = "default-src 'self'"
    (tmp_path / "host.html").write_text(f"{HOST}{snippets.src}", encoding="utf-8")
    page.goto(f"{server[0]}/host.html")
    assert frame_when_ready(page).evaluate("geoevents.readyAt > 0")
    (tmp_path / "other-host.html").write_text(f"{HOST}{snippets.srcdoc}", encoding="utf-8")
    page.goto(f"{server[0]}/other-host.html")
    page.wait_for_timeout(400)
    assert not page.frames[1].evaluate("Boolean(window.geoevents && geoevents.readyAt)")


def test_layers_of_folium_lie_on_the_map_and_safe_popups_show_words(page: Page, tmp_path: Path) -> None:
    made = build_map(samples.nowhere())
    folium.Marker(
        [34, 38], popup=safe_popup(samples.HOSTILE_TEXT), tooltip=safe_tooltip("A <b>tip</b>")
    ).add_to(made)
    folium.Marker([35, 39], popup="<i>plain</i> words").add_to(made)
    folium.CircleMarker([33, 37], radius=8).add_to(made)
    folium.GeoJson({"type": "Point", "coordinates": [37, 34]}).add_to(made)
    (tmp_path / "map.html").write_bytes(made.get_root().render().encode())
    page.goto((tmp_path / "map.html").as_uri())
    assert page.evaluate("geoevents.readyAt > 0")
    page.evaluate("geoevents.map.setView([34, 38], 6, {animate: false})")
    page.locator(".leaflet-marker-icon").nth(0).dispatch_event("click")
    shown = page.evaluate("document.querySelector('.leaflet-popup-content').textContent")
    as_read = samples.HOSTILE_TEXT.replace("\ud800", "\ufffd")
    assert shown.replace("\ud800", "\ufffd") == as_read
    page.locator(".leaflet-marker-icon").nth(1).dispatch_event("click")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.leaflet-popup-content')].some((n) => n.textContent.includes('plain words'))"
    )
    assert page.evaluate("window.pwned") is None
    assert page.evaluate(
        "[...document.querySelectorAll('.leaflet-marker-icon')].every((image) => image.src.startsWith('data:'))"
    )
    assert page.trouble == []  # type: ignore[attr-defined]


def test_tiles_are_asked_of_their_server_alone(page: Page, tmp_path: Path) -> None:
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    page.route(re.compile("^https?:"), answer)
    path = write_map(samples.at_tanf(), tmp_path / "map.html", tiles="OpenStreetMap")
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    assert asked
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    assert "OpenStreetMap contributors" in page.inner_text("#credits")
    assert page.trouble == []  # type: ignore[attr-defined]


def test_hostile_words_of_a_table_are_shown_and_never_run(page: Page, tmp_path: Path) -> None:
    words = samples.HOSTILE_TEXT.encode("utf-8", "replace").decode()
    quoted = '"' + words.replace('"', '""') + '"'
    header = "event_date,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,source,notes,fatalities"
    line = f"2024-05-01,{quoted},{quoted},{quoted},{quoted},{quoted},{quoted},{quoted},36.5,37.0,{quoted},{quoted},3"
    table = tmp_path / "acled.csv"
    table.write_text(f"{header}\n{line}\n{line}\n", encoding="utf-8", newline="")
    path = write_map(read_collection(table), tmp_path / "map.html", title=words)
    page.goto(path.as_uri())
    page.evaluate("geoevents.select('e0', 'map')")
    for details in ("type", "actor", "source"):
        page.evaluate("id => geoevents.facet(id).counts()", details)
    page.evaluate("document.querySelectorAll('details').forEach((node) => { node.open = true; })")
    assert "window.pwned=1" in page.inner_text("#detail")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert page.trouble == []  # type: ignore[attr-defined]


def test_hostile_names_of_a_gazetteer_are_shown_and_never_run(page: Page, tmp_path: Path) -> None:
    words = samples.HOSTILE_TEXT.encode("utf-8", "replace").decode().replace("|", "/")
    table = tmp_path / "mine.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, GAZETTEER)
        writer.writeheader()
        named = {
            "id": "mine-1",
            "name": words,
            "kind": "settlement",
            "country": "SY",
            "lat": 34.0,
            "lon": 38.0,
        }
        told = {"aliases": "Zorvath", "disputed": words, "source": words, "note": words, "admin1": words}
        writer.writerow(dict.fromkeys(GAZETTEER, "") | named | told)
    pipeline = Pipeline.over(Gazetteer.load(extra=(table,)))
    analysis = pipeline(
        "Shelling hit the town of Zorvath in Syria on Monday. The city of Zorvath lies 20 km south of Aleppo, Syria."
    )
    assert words in {r.place.name for r in analysis.resolutions if r.place}
    path = write_map([analysis], tmp_path / "map.html")
    page.goto(path.as_uri())
    for key in ("p0", "e0", "c0"):
        page.evaluate("key => geoevents.select(key, 'map')", key)
        assert "window.pwned=1" in page.inner_text("#detail")
    page.evaluate("geoevents.openTab('claims')")
    page.evaluate("geoevents.openTab('events')")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert page.trouble == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["at_tanf", "refuted", "hostile"])
def test_a_briefing_opens_clean_and_without_a_barrier(name: str, page: Page, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    axe = pytest.importorskip("axe_playwright_python")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    path = write_report(getattr(samples, name)(), tmp_path / "brief.html")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert page.trouble == []  # type: ignore[attr-defined]
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    page.evaluate(script)
    found = page.evaluate("axe.run()")["violations"]
    assert [(row["id"], row["nodes"][0]["target"]) for row in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
