"""Columns, filters, days and geodesy: what the page works out by itself, against Python."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import map_samples as samples
import pytest
from playwright.sync_api import expect

from geoevents import maps
from geoevents.geodesy import LatLon, mgrs
from geoevents.maps.shapes import claim_shapes

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]

ROW = """([layer, i]) => {
    const { p } = geoevents.layer(layer).item(i);
    return Object.fromEntries([...geoevents.layer(layer).columns.keys()].map((name) => [name, p[name]]));
}"""


def table(count: int = 3000, **more: Any) -> dict[str, Any]:
    """Events of a table, without documents, enough for several groups of rows."""
    chance = random.Random(5)
    features = []
    for number in range(count):
        name, lat, lon, country = samples.TOWNS[number % len(samples.TOWNS)]
        kind, sub_type, _ = samples.KINDS[number % len(samples.KINDS)]
        where = {
            "start": 0,
            "end": 0,
            "text": f"Report {number}: {'shells fell near the town ' * (number % 4)}",
        }
        day = f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}"
        cells = {
            "document": None, "type": kind, "sub_type": sub_type, "date": day, "date_end": day, "country": country,
            "actors": [f"Group {number % 25}"], "targets": [] if number % 3 else ["Civilians"],
            "fatalities": None if number % 2 else [number % 5, number % 5], "source": f"Source {number % 3}",
            "geo_precision": 1 + number % 3, "radius_km": chance.choice([None, 3.0, 40.0]),
        }  # fmt: skip
        at = (round(lat + chance.gauss(0, 0.4), 5), round(lon + chance.gauss(0, 0.4), 5))
        features.append(samples.event(where, at, name, **(cells | more)))
    return samples.collection([], features)


def test_every_row_arrives_as_it_was_sent(open_map: Opener) -> None:
    collection = table()
    page = open_map(collection).page
    for i in [0, 1, 2047, 2048, 2999, *range(7, 2999, 311)]:
        sent = collection["features"][i]["properties"]
        seen = page.evaluate(ROW, ["event", i])
        for name, value in seen.items():
            if name not in {"lon", "lat"}:
                assert value == sent[name], (i, name)
        assert [seen["lon"], seen["lat"]] == collection["features"][i]["geometry"]["coordinates"]


def test_a_table_of_events_opens_on_its_list_and_has_no_empty_tabs(open_map: Opener) -> None:
    visit = open_map(table(40))
    assert visit.page.is_visible("#view-events table")
    assert visit.page.is_hidden("#tab-text")
    assert visit.page.is_hidden("#tab-claims")
    visit.page.click("#view-events .link >> nth=0")
    assert "Report" in visit.page.inner_text("#detail .said")
    assert visit.trouble == []


COUNTS = "id => { const f = geoevents.facet(id); const c = f.counts(); return Object.fromEntries(f.table.names.map((n, i) => [n, c[i]])); }"
HIDE = "([id, names]) => { const f = geoevents.facet(id); geoevents.hide(f, names.map((n) => f.table.names.indexOf(n))); }"


def rows(collection: dict[str, Any]) -> list[dict[str, Any]]:
    return [f["properties"] for f in collection["features"]]


def test_filters_join_and_each_counts_what_the_others_leave(open_map: Opener) -> None:
    collection = table()
    page = open_map(collection).page
    page.evaluate(HIDE, ["type", ["Battles", "Riots"]])
    page.evaluate(HIDE, ["source", ["Source 1"]])
    kept = [
        r for r in rows(collection) if r["type"] not in {"Battles", "Riots"} and r["source"] != "Source 1"
    ]
    assert page.evaluate("geoevents.countShown('event')") == len(kept)
    by_source = page.evaluate(COUNTS, "source")
    for source in ("Source 0", "Source 1", "Source 2"):
        expected = sum(
            r["source"] == source and r["type"] not in {"Battles", "Riots"} for r in rows(collection)
        )
        assert by_source[source] == expected
    assert page.evaluate(COUNTS, "type")["Battles"] == sum(
        r["type"] == "Battles" and r["source"] != "Source 1" for r in rows(collection)
    )


def test_an_event_stays_while_one_of_its_actors_is_shown(open_map: Opener) -> None:
    collection = table()
    page = open_map(collection).page
    page.evaluate(HIDE, ["actor", ["Group 3"]])
    gone = [r for r in rows(collection) if r["actors"] == ["Group 3"] and not r["targets"]]
    assert page.evaluate("geoevents.countShown('event')") == len(rows(collection)) - len(gone)


def test_a_long_list_of_actors_is_searched_and_one_alone_is_chosen(open_map: Opener) -> None:
    collection = table()
    page = open_map(collection).page
    page.click("details[data-facet='actor'] summary")
    expect(page.locator("details[data-facet='actor'] .choice")).to_have_count(12)
    page.fill("details[data-facet='actor'] input[type=search]", "group 24")
    page.hover("details[data-facet='actor'] .choice")
    page.click("details[data-facet='actor'] .only")
    expected = sum(r["actors"] == ["Group 24"] for r in rows(collection))
    assert page.evaluate("geoevents.countShown('event')") == expected
    assert page.is_visible("#legend-reset")
    page.click("#legend-reset")
    assert page.evaluate("geoevents.countShown('event')") == len(rows(collection))
    assert page.is_hidden("#legend-reset")


def test_days_hide_what_lies_outside_and_play_walks_through_them(open_map: Opener) -> None:
    collection = table()
    page = open_map(collection).page
    first = page.locator("#timeline input").first
    span = int(first.get_attribute("max") or 0) - int(first.get_attribute("min") or 0)
    first.focus()
    for _ in range(3):
        first.press("ArrowRight")
    assert page.evaluate("geoevents.countShown('event')") == sum(
        r["date"] > "2024-01-03" for r in rows(collection)
    )
    assert "4 Jan 2024" in page.inner_text("#timeline output")
    assert first.get_attribute("aria-valuetext") == "4 Jan 2024"
    page.click("text=All days")
    assert page.evaluate("geoevents.days") is None
    page.click("#play")
    page.wait_for_timeout(900)
    shown = page.evaluate("geoevents.countShown('event')")
    assert 0 < shown < len(rows(collection))
    page.click("#play")
    assert page.inner_text("#play") == "Play"
    assert span > 300


def test_the_address_restores_filters_and_days(open_map: Opener) -> None:
    visit = open_map(table())
    page = visit.page
    page.evaluate(HIDE, ["type", ["Battles"]])
    page.evaluate(HIDE, ["actor", ["Group 1", "Civilians"]])
    page.evaluate("geoevents.showDays([19800, 19900])")
    shown = page.evaluate("geoevents.countShown('event')")
    page.wait_for_timeout(400)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.evaluate("geoevents.countShown('event')") == shown
    assert page.evaluate("geoevents.days") == [19800, 19900]
    assert not page.is_checked("[data-filter='Battles']")


@pytest.mark.parametrize(
    "hash_", ["type=99999", "days=x..y", "actor=1.2.x", "map=a/b/c", "show=e999999", "off=cellar", "text=-1"]
)
def test_an_address_that_means_nothing_changes_nothing(hash_: str, open_map: Opener) -> None:
    visit = open_map(table(60))
    visit.page.evaluate("h => { location.hash = h; }", hash_)
    visit.page.wait_for_timeout(50)
    assert visit.page.evaluate("geoevents.countShown('event')") == 60
    assert visit.trouble == []


def test_marks_together_hold_every_event_in_view(open_map: Opener) -> None:
    page = open_map(table()).page
    page.click("#zoom-fit")
    page.wait_for_timeout(400)
    total = page.evaluate(
        "geoevents.clusters(geoevents.scene.view, geoevents.layer('event')).reduce((sum, group) => sum + group.indexes.length, 0)"
    )
    assert total == 3000


def test_the_table_keeps_the_order_of_equals_both_ways(open_map: Opener) -> None:
    page = open_map(table(90, date="2024-05-01", date_end="2024-05-01")).page
    keys = "[...document.querySelectorAll('#view-events tr[data-key]')].map((row) => Number(row.dataset.key.slice(1)))"
    assert page.evaluate(keys) == list(range(90))
    page.click("[data-column='date']")
    assert page.evaluate(keys) == list(range(90))


def test_groups_of_events_say_how_many_they_stand_for(
    open_map: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST_EVENTS", 100)
    visit = open_map(table(2000))
    page = visit.page
    assert "2,000\u00a0events" in page.inner_text("#page-source")
    assert "drawn together by cells" in page.inner_text("#page-source")
    assert page.evaluate("geoevents.countShown('event')") == 2000
    assert "2,000 events" in page.inner_text("#view-events caption")
    assert visit.trouble == []


def test_the_grid_of_the_page_is_that_of_python(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    chance = random.Random(2)
    points = [(chance.uniform(-79.9, 83.9), chance.uniform(-180, 180)) for _ in range(300)]
    points += [(60.4, 5.3), (78.2, 15.6), (-80, 0), (83.99, 33), (0, 179.999), (85, 10), (-81, 10)]
    seen = page.evaluate("points => points.map(([lat, lon]) => geoevents.mgrs(lat, lon))", points)
    for (lat, lon), grid in zip(points, seen, strict=True):
        assert grid == mgrs(LatLon(lat=lat, lon=lon)), (lat, lon)


def test_rings_and_lines_of_the_page_are_those_of_python(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    claims = [
        {"subject_point": [38.618, 33.506], "claimed_km": [300, None]},
        {"subject_point": [179.5, -65.0], "claimed_km": [20, 900]},
        {
            "reference_point": [30, 50],
            "subject_point": [38, 34],
            "claimed_km": [0, 20],
            "distance_km": 1893.2,
        },
        {"reference_point": [30, 50], "subject_point": [38, 34], "claimed_km": [0, 20], "distance_km": None},
        {"claimed_km": [300, None]},
        {"subject_point": [38, 34], "claimed_km": None},
    ]
    for claim in claims:
        seen, expected = page.evaluate("p => geoevents.claimShapes(p)", claim), claim_shapes(claim)
        assert len(seen["line"]) == len(expected["line"])
        for name in ("inner", "outer"):
            path = expected.get(name, [])
            turned = [((x - y + 180) % 360) - 180 for x, y in zip(seen[name], path, strict=True)]
            assert max(map(abs, turned), default=0) < 2e-4, name
        if expected["line"]:
            assert max(abs(a - b) for a, b in zip(seen["line"], expected["line"], strict=True)) < 0.05


def test_a_bare_spot_gives_its_grid(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    page.evaluate("geoevents.showSpot(33.506, 38.618)")
    assert "37S DT 64520 07449" in page.inner_text("#detail")


@pytest.mark.parametrize(("cells", "words"), [
    ({"date": "2016-06-16", "date_end": "2016-06-16"}, "16 June 2016"),
    ({"date": "2016-06-01", "date_end": "2016-06-30"}, "June 2016"),
    ({"date": "2016-01-01", "date_end": "2016-12-31"}, "2016"),
    ({"date": "2016-02-01", "date_end": "2016-02-29"}, "February 2016"),
    ({"date": "2016-06-03", "date_end": "2016-06-09"}, "between 3 June 2016 and 9 June 2016"),
    ({"date": None, "date_text": "last year"}, "last year"),
])  # fmt: skip
def test_a_date_is_told_as_exactly_as_it_is_known(
    cells: dict[str, Any], words: str, open_map: Opener
) -> None:
    page = open_map(table(1, **cells)).page
    page.evaluate("geoevents.select('e0', 'map')")
    assert page.inner_text("#detail dd >> nth=0") == words


def test_everything_on_a_table_s_page_is_reached_by_the_keyboard(open_map: Opener) -> None:
    page = open_map(table(60)).page
    page.evaluate("document.querySelectorAll('.legend details').forEach((node) => { node.open = true; })")
    page.wait_for_timeout(50)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, a[href], [tabindex='0']")]
            .filter((node) => node.offsetParent && !node.disabled && !(node.getAttribute('role') === 'tab' && node.tabIndex < 0)).length"""
    )
    seen = set()
    page.evaluate("document.body.focus()")
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => {
                const node = document.activeElement;
                if (!node || node === document.body) return null;
                const outline = getComputedStyle(node).outlineStyle;
                node.dataset.seen = node.dataset.seen || String(Math.random());
                return [node.dataset.seen, outline];
            }"""
        )
        if mark:
            assert mark[1] != "none"
            seen.add(mark[0])
    assert len(seen) >= wanted - 1


@pytest.fixture(scope="module")
def axe() -> str:
    pytest.importorskip("axe_playwright_python")
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "dark")])
def test_axe_finds_no_barrier_in_a_table_with_all_filters_open(
    size: str, scheme: str, axe: str, open_map: Opener
) -> None:
    page = open_map(table(400), size, color_scheme=scheme).page
    page.evaluate("document.getElementById('legend').open = true")
    page.evaluate("document.querySelectorAll('.legend details').forEach((node) => { node.open = true; })")
    page.evaluate("geoevents.showDays([19800, 19900])")
    page.evaluate("geoevents.select('e100', 'map')")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(row["id"], row["nodes"][0]["target"]) for row in found] == []


def test_a_page_of_many_documents_is_searched_and_read(open_map: Opener) -> None:
    visit = open_map(samples.many(5000))
    page = visit.page
    assert page.evaluate("document.querySelectorAll('.doc-list li').length") == 200
    page.fill(".doc-search", "wire-4321")
    page.wait_for_function("() => document.querySelectorAll('.doc-list li').length === 1")
    page.click(".doc-list button")
    assert page.locator(".story .body mark").count() > 0
    assert "wire-4321" in page.inner_text(".story .byline")
    page.evaluate("geoevents.select('e4999', 'map')")
    assert "wire-4999" in page.inner_text(".story .byline")
    assert visit.trouble == []
