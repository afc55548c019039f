"""How large is the map of many events, how soon can it be used, and how smoothly does it move?

Builds one page of the same events with geoevents and with its peers, opens each in headless
Chromium on this machine and prints a table::

    python benchmarks/map.py --events 100000
    python benchmarks/map.py --events 100000 --libraries folder/   # peers' scripts without a network

Events lie around the towns of `data/gazetteer.csv`; their texts are drawn by Zipf's law from
`data/common_words.csv`, so that they pack no better than news does. "Interactive" is from the start
of navigation until the first mark is drawn and the main thread has come to rest; "pan" and "zoom" are
times between frames while a mouse drags and a wheel turns, "filter" the time from a change to the
painted frame. The peers need the `benchmarks` extra.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from geoevents import build_map
from geoevents.model import SubType

DATA = Path(__file__).resolve().parent.parent / "data"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WORDS = (14, 34)  # as long as the note of a coder
SPREAD_DEG = 0.4
YEARS = 4
ACTORS = 300

Events = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A way to draw the events: how it is built, what shows that it has drawn, how it is filtered."""

    name: str
    build: Callable[[Events], str]
    drawn: str
    filtered: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured of one page."""

    build_s: float
    megabytes: float
    interactive_s: float
    renderer_mb: float
    pan_ms: tuple[float, float]
    zoom_ms: tuple[float, float]
    filter_ms: float | None
    requests: int


def sample_events(count: int) -> Events:
    """Return a collection of events with texts, the same for the same count."""
    chance = random.Random(11)  # noqa: S311 -- a sample, not a secret
    with (DATA / "gazetteer.csv").open(encoding="utf-8") as file:
        towns = [row for row in csv.DictReader(file) if row["kind"] == "settlement"]
    with (DATA / "common_words.csv").open(encoding="utf-8") as file:
        words = [row["word"] for row in csv.DictReader(file)]
    chance.shuffle(words)
    chance.shuffle(towns)
    often = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(towns))))
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    actors = [f"Armed group {number}" for number in range(ACTORS)]
    features = []
    for number in range(count):
        town = chance.choices(towns, cum_weights=often)[0]
        text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(*WORDS))).capitalize()
        features.append(_event(chance, number, town, actors, text + "."))
    return {"type": "FeatureCollection", "features": features}


def _event(
    chance: random.Random, number: int, town: dict[str, str], actors: list[str], text: str
) -> dict[str, Any]:
    sub_type = chance.choice(list(SubType))
    day = (date(2022, 1, 1) + timedelta(days=chance.randrange(365 * YEARS))).isoformat()
    point = [
        round(float(town["lon"]) + chance.gauss(0, SPREAD_DEG), 5),
        round(float(town["lat"]) + chance.gauss(0, SPREAD_DEG), 5),
    ]
    killed = chance.choice([None, 0, 0, 1, 3])
    properties = {
        "layer": "event", "id": f"e{number}", "type": sub_type.event_type.value, "sub_type": sub_type.value,
        "date": day, "date_end": day, "name": town["name"], "country": town["country"],
        "geo_precision": chance.choice([1, 1, 2]), "actors": [chance.choice(actors)],
        "targets": [chance.choice(actors)], "fatalities": None if killed is None else [killed, killed],
        "source": f"Source {chance.randrange(40)}", "text": text,
    }  # fmt: skip
    geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _ours(events: Events) -> str:
    page: str = build_map(events, title="Benchmark").get_root().render()
    return page


def _rows(events: Events) -> Iterator[tuple[float, float, dict[str, Any]]]:
    for feature in events["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        yield lat, lon, feature["properties"]


def _marker_cluster(events: Events) -> str:
    import folium
    from folium.plugins import MarkerCluster

    page = folium.Map([30, 30], zoom_start=4, tiles=None)
    cluster = MarkerCluster().add_to(page)
    for lat, lon, row in _rows(events):
        folium.Marker([lat, lon], popup=row["text"]).add_to(cluster)
    rendered: str = page.get_root().render()
    return rendered


def _fast_marker_cluster(events: Events) -> str:
    import folium
    from folium.plugins import FastMarkerCluster

    callback = "function (row) { return L.marker([row[0], row[1]]).bindPopup(row[2]); }"
    page = folium.Map([30, 30], zoom_start=4, tiles=None)
    FastMarkerCluster([[lat, lon, row["text"]] for lat, lon, row in _rows(events)], callback).add_to(page)
    rendered: str = page.get_root().render()
    return rendered


def _pydeck(events: Events) -> str:
    import pydeck

    rows = [{"at": [lon, lat], "text": row["text"]} for lat, lon, row in _rows(events)]
    layer = pydeck.Layer("ScatterplotLayer", rows, get_position="at", get_radius=2000, pickable=True)
    view = pydeck.ViewState(latitude=30, longitude=30, zoom=4)
    deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{text}"})
    rendered: str = deck.to_html(as_string=True, offline=True)
    return rendered


CLUSTER_ICON = "document.querySelector('.marker-cluster, .leaflet-marker-icon')"
SUBJECTS = (
    Subject(
        name="geoevents",
        build=_ours,
        drawn="window.geoevents && geoevents.readyAt",
        filtered="const f = geoevents.facet('type'); geoevents.hide(f, f.hidden.size ? [] : [0]); geoevents.scene.repaint();",
    ),
    Subject(name="folium MarkerCluster", build=_marker_cluster, drawn=CLUSTER_ICON),
    Subject(name="FastMarkerCluster", build=_fast_marker_cluster, drawn=CLUSTER_ICON),
    Subject(name="pydeck", build=_pydeck, drawn="document.querySelector('canvas')"),
)

# Runs before the page's own scripts: notes when the first mark is there and when long tasks end.
WATCH = """
window.watched = { busyUntil: 0, drawnAt: 0 };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) watched.busyUntil = Math.max(watched.busyUntil, task.startTime + task.duration);
}).observe({ type: "longtask", buffered: true });
(function look() {
  if (DRAWN) watched.drawnAt = performance.now();
  else requestAnimationFrame(look);
})();
"""
FRAMES = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (now) => { frames_ms.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); };
  window.ticking = requestAnimationFrame(tick);
}"""
QUIET_MS = 1200
LONGEST_S = 240


def measured(
    browser: Browser, subject: Subject, events: Events, folder: Path, libraries: Path | None
) -> Figures:
    """Build one page and measure it."""
    started = time.process_time()
    page_text = subject.build(events)
    build_s = time.process_time() - started
    path = folder / "page.html"
    path.write_text(page_text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(LONGEST_S * 1000)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    if libraries is not None:
        page.route(re.compile("^https?:"), lambda route: _fulfil(route, libraries))
    page.add_init_script(WATCH.replace("DRAWN", subject.drawn))
    page.goto(path.as_uri(), wait_until="commit")
    interactive_s = _interactive_s(page)
    renderer_mb = _renderer_mb(browser)
    figures = Figures(
        build_s=build_s,
        megabytes=path.stat().st_size / 1e6,
        interactive_s=interactive_s,
        renderer_mb=renderer_mb,
        pan_ms=_frames(page, _drag),
        zoom_ms=_frames(page, _wheel),
        filter_ms=None if subject.filtered is None else _filter_ms(page, subject.filtered),
        requests=sum(not url.startswith(("file:", "data:", "blob:")) for url in requests),
    )
    context.close()
    return figures


def _fulfil(route: Route, libraries: Path) -> None:
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    known = libraries / name
    route.fulfill(path=known) if known.exists() else route.fulfill(body="")


def _interactive_s(page: Page) -> float:
    page.wait_for_function(
        f"() => watched.drawnAt && performance.now() - Math.max(watched.busyUntil, watched.drawnAt) > {QUIET_MS}"
    )
    return float(page.evaluate("Math.max(watched.busyUntil, watched.drawnAt)")) / 1000


def _renderer_mb(browser: Browser) -> float:
    """Return the resident memory of the largest renderer, from /proc."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = []
    for process in processes:
        if process["type"] == "renderer":
            status = Path(f"/proc/{process['id']}/status").read_text(encoding="ascii")
            line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            sizes.append(int(line.split()[1]) / 1000)
    session.detach()
    return max(sizes)


def _frames(page: Page, act: Callable[[Page], None]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the time between frames during an action."""
    page.evaluate(FRAMES)
    act(page)
    times = page.evaluate("() => { cancelAnimationFrame(ticking); return frames_ms.slice(2); }")
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _drag(page: Page) -> None:
    page.mouse.move(600, 500)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(600 - 4 * step, 500 - 2 * step)
    page.mouse.up()
    page.wait_for_timeout(300)


def _wheel(page: Page) -> None:
    page.mouse.move(500, 450)
    for _ in range(6):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(150)
    page.wait_for_timeout(300)


def _filter_ms(page: Page, script: str) -> float:
    """Return the least of five times from a change to the frame that shows it."""
    timed = f"""async () => {{
      const times = [];
      for (let i = 0; i < 5; i++) {{
        const started = performance.now();
        {script}
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - started);
      }}
      return Math.min(...times);
    }}"""
    return float(page.evaluate(timed))


def _row(name: str, figures: Figures) -> str:
    filtered = "-" if figures.filter_ms is None else f"{figures.filter_ms:.0f}"
    pan, zoom = (f"{median:.0f} / {worst:.0f}" for median, worst in (figures.pan_ms, figures.zoom_ms))
    return (
        f"{name:<22}{figures.build_s:>8.1f}{figures.megabytes:>8.1f}{figures.interactive_s:>15.2f}"
        f"{figures.renderer_mb:>13.0f}{pan:>13}{zoom:>14}{filtered:>11}{figures.requests:>10}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000, help="how many (default: 100000)")
    parser.add_argument("--libraries", type=Path, help="a folder with the scripts that peers would fetch")
    parser.add_argument("--only", choices=[subject.name for subject in SUBJECTS], help="one subject alone")
    options = parser.parse_args()
    events = sample_events(options.events)
    print(f"{options.events:,} events with text")
    print(
        f"{'':<22}{'build s':>8}{'MB':>8}{'interactive s':>15}{'renderer MB':>13}"
        f"{'pan ms':>13}{'zoom ms':>14}{'filter ms':>11}{'requests':>10}"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for subject in SUBJECTS:
            if options.only not in {None, subject.name}:
                continue
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            figures = measured(browser, subject, events, Path(folder), options.libraries)
            browser.close()
            print(_row(subject.name, figures), flush=True)
    print("pan and zoom: median and 95th percentile of the time between frames")


if __name__ == "__main__":
    main()
