from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from typing import Any

import map_samples as samples
import pytest

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def select(visit: Any, key: str, origin: str = "map") -> None:
    visit.page.evaluate("([key, origin]) => geoevents.select(key, origin)", [key, origin])


def point_of(visit: Any, key: str) -> tuple[float, float]:
    """Where on the screen an item is drawn."""
    found = visit.page.evaluate(
        """key => {
            const item = geoevents.store.byKey.get(key);
            const frame = document.querySelector(".folium-map").getBoundingClientRect();
            const at = geoevents.map.latLngToContainerPoint([item.lat, item.lon]);
            return [frame.left + at.x, frame.top + at.y];
        }""",
        key,
    )
    return found[0], found[1]


SAMPLES = ("at_tanf", "refuted", "many", "nowhere")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_complete_at_load_asks_nobody_and_complains_of_nothing(name: str, open_map: Opener) -> None:
    visit = open_map(getattr(samples, name)())
    assert visit.page.evaluate("geoevents.readyAt") > 0
    assert len(visit.requests) == 1  # the page itself
    assert visit.trouble == []


def test_hostile_words_are_shown_and_never_run(open_map: Opener) -> None:
    visit = open_map(samples.hostile(), title=samples.HOSTILE_TEXT)
    page = visit.page
    shown = samples.HOSTILE_TEXT.replace("\ud800", "\ufffd")
    as_read = "s => s.replace(/\\ud800/g, '\\ufffd')"
    for key in ("p0", "e0", "c0"):
        select(visit, key)
        detail = page.evaluate(f"({as_read})(document.getElementById('detail').textContent)")
        assert detail.count(shown) >= 1
    for tab in ("text", "claims", "events"):
        page.evaluate("tab => geoevents.openTab(tab)", tab)
        view = page.evaluate(f"({as_read})(document.getElementById('view-{tab}').textContent)")
        assert shown in view
    assert shown in page.evaluate(f"({as_read})(document.getElementById('page-title').textContent)")
    assert page.title().startswith("</script><script>window.pwned=1;alert(1)</script> | <img src=x")
    page.mouse.move(*point_of(visit, "e0"))
    page.evaluate("geoevents.showSeveral(geoevents.store.items.event)")
    page.evaluate("geoevents.picture()")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert visit.trouble == []
    assert len(visit.requests) == 1


@pytest.mark.parametrize("words", samples.HOSTILE)
def test_each_hostile_word_alone_survives_in_text_and_title(words: str, open_map: Opener) -> None:
    text = f"{words} hit a depot in {words}."
    rows = [samples.place({"start": 0, "end": len(words), "text": words}, (34.0, 38.0), words)]
    visit = open_map(samples.collection([samples.document(text, title=words)], rows), title=words)
    body = visit.page.evaluate("document.querySelector('.story .body').textContent")
    mark = visit.page.evaluate("document.querySelector('mark[data-key]').textContent")
    assert (body, mark) == (text, words)
    assert visit.page.evaluate("document.getElementById('page-title').textContent") == words
    assert visit.trouble == []


def test_the_policy_stops_a_script_that_was_slipped_in(open_map: Opener) -> None:
    visit = open_map(samples.nowhere())
    visit.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); }"
    )
    assert visit.page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in line for line in visit.trouble)


def test_inflate_agrees_with_zlib(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    chance = random.Random(3)
    noise = bytes(chance.randrange(256) for _ in range(70_000))
    texts = [b"", b"a", b"abc" * 50_000, noise, json.dumps(list(range(20_000))).encode(), noise[:300] * 200]
    for text in texts:
        for level in (0, 1, 6, 9):
            packed = list(gzip.compress(text, level, mtime=0))
            found = page.evaluate("bytes => Array.from(geoevents.inflate(new Uint8Array(bytes)))", packed)
            assert bytes(found) == text


def test_a_damaged_block_is_an_error_not_a_hang(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    packed = bytearray(gzip.compress(b"abc" * 999, 9, mtime=0))
    packed[10:14] = b"\xff\xff\xff\xff"
    outcome = page.evaluate(
        "bytes => { try { geoevents.inflate(new Uint8Array(bytes)); return 'done'; } catch (error) { return error.message; } }",
        list(packed),
    )
    assert outcome == "damaged data block"


def test_a_mark_in_the_text_selects_by_mouse_and_by_keyboard(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    page.click("mark[data-key='e0']")
    assert page.evaluate("geoevents.selected") == "e0"
    assert "Air/drone strike" in page.inner_text("#detail")
    page.keyboard.press("Escape")
    assert page.is_hidden("#detail")
    page.focus("mark[data-key='p6'][tabindex='0']")
    page.keyboard.press("Enter")
    assert page.evaluate("geoevents.selected") == "p6"
    assert "Hemeimeem air base" in page.inner_text("#detail")


def test_every_span_of_the_text_is_one_stop_of_the_keyboard(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    stops = page.evaluate(
        "[...document.querySelectorAll('mark[data-key]')].filter(m => m.tabIndex === 0).map(m => m.dataset.key)"
    )
    assert set(stops) == {f"p{i}" for i in range(10)} | {"e0", "e1", "e2", "e3", "c0"}
    assert stops.count("e0") == 2  # two mentions
    named = page.evaluate(
        "[...document.querySelectorAll('mark[tabindex]')].every(m => m.getAttribute('aria-label'))"
    )
    assert named


def test_a_mark_on_the_map_lights_its_words(open_map: Opener) -> None:
    visit = open_map(samples.at_tanf())
    visit.page.mouse.click(*point_of(visit, "e0"))
    assert visit.page.evaluate("geoevents.selected") == "e0"
    lit = visit.page.evaluate(
        "[...document.querySelectorAll('mark.is-selected')].map(m => m.textContent).join('')"
    )
    assert "Thursday's air strikes" in lit
    assert "The strikes at At-Tanf on Thursday hit fighters" in lit


def test_a_touch_selects_on_a_phone(open_map: Opener) -> None:
    visit = open_map(samples.at_tanf(), "phone", has_touch=True)
    visit.page.touchscreen.tap(*point_of(visit, "e0"))
    assert visit.page.evaluate("geoevents.selected") == "e0"
    visit.page.tap("mark[data-key='p8']")
    assert visit.page.evaluate("geoevents.selected") == "p8"


def test_a_cluster_that_cannot_be_parted_lists_its_events(open_map: Opener) -> None:
    text = "Shelling hit Idlib. Shelling hit Idlib."
    rows = [
        samples.event(samples.span(text, "Shelling hit Idlib", nth), (35.93, 36.63), "Idlib")
        for nth in (0, 1)
    ]
    visit = open_map(samples.collection([samples.document(text)], rows))
    visit.page.mouse.click(*point_of(visit, "e0"))
    assert "2 events in Idlib" in visit.page.inner_text("#detail")
    visit.page.click("#detail li:nth-child(2) button")
    assert visit.page.evaluate("geoevents.selected") == "e1"


def test_a_claim_says_what_it_claims_and_what_would_fit(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    page.click("#tab-claims")
    card = page.inner_text(".card")
    assert "Cannot be checked" in card
    assert "Gen. Oleg Zharov" in card
    assert page.evaluate("document.querySelectorAll('.fits').length") == 5
    page.click(".card >> text=Show on map")
    assert page.evaluate("geoevents.selected") == "c0"


def test_filters_hide_on_map_and_in_table(open_map: Opener) -> None:
    page = open_map(samples.many()).page
    page.click("#tab-events")
    assert page.locator("tbody tr").count() == 60
    page.click("[data-filter='Battles']")
    battles = sum(f["properties"].get("type") == "Battles" for f in samples.many()["features"])
    assert page.locator("tbody tr").count() == 60 - battles
    assert f"{60 - battles} events" in page.inner_text("#live")


def test_the_table_sorts_and_says_so(open_map: Opener) -> None:
    page = open_map(samples.many()).page
    page.click("#tab-events")
    page.click("[data-column='killed']")
    page.click("[data-column='killed']")
    assert page.get_attribute("th:has([data-column='killed'])", "aria-sort") == "descending"
    figures = page.locator("td.number").all_inner_texts()
    killed = [-1 if figure == "–" else int(figure) for figure in figures]
    assert killed == sorted(killed, reverse=True)


def test_documents_are_searched(open_map: Opener) -> None:
    page = open_map(samples.many()).page
    page.fill(".doc-search", "kabul")
    assert page.locator(".doc-list li").count() == 3
    page.click(".doc-list button")
    assert "Kabul" in page.inner_text(".story h2")


def test_the_address_restores_the_view_and_the_selection(open_map: Opener) -> None:
    visit = open_map(samples.at_tanf())
    select(visit, "e1")
    visit.page.evaluate("geoevents.map.setView([34, 40], 7, {animate: false})")
    address = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(address)
    assert visit.page.evaluate("geoevents.selected") == "e1"
    assert visit.page.evaluate("geoevents.map.getZoom()") == 7


def test_a_bare_spot_gives_its_coordinates_and_says_that_it_is_disputed(open_map: Opener) -> None:
    visit = open_map(samples.at_tanf())
    visit.page.evaluate("geoevents.showSpot(33.0, 35.75)")
    detail = visit.page.inner_text("#detail")
    assert "33.0000, 35.7500" in detail
    assert "33° 00′ 00″ N, 35° 45′ 00″ E" in detail
    assert "Golan Heights" in detail


def test_spans_count_code_points(open_map: Opener) -> None:
    text = "\U0001f4a5\U0001f4a5 Shelling hit Idlib."
    rows = [samples.place(samples.span(text, "Idlib"), (35.93, 36.63), "Idlib")]
    page = open_map(samples.collection([samples.document(text)], rows)).page
    assert page.inner_text("mark[data-key='p0']") == "Idlib"


@pytest.mark.parametrize("size", ["phone", "tablet", "desktop"])
@pytest.mark.parametrize("name", [*SAMPLES, "hostile"])
def test_no_width_needs_scrolling_sideways(name: str, size: str, open_map: Opener) -> None:
    page = open_map(getattr(samples, name)(), size).page
    for tab in ("text", "claims", "events"):
        page.evaluate("tab => geoevents.openTab(tab)", tab)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, tab


def test_the_disclaimer_stands_on_the_page_and_on_paper(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    page.emulate_media(media="print")
    assert page.is_visible(".foot")
    assert page.is_visible("#view-claims")
    assert "position on the legal status" in page.inner_text(".foot")


def test_a_page_with_no_place_still_shows_its_text_and_says_why(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    assert "names no place" in page.inner_text("#empty")
    assert "Prices rose again" in page.inner_text("#view-text")


def test_a_picture_holds_map_title_and_disclaimer(open_map: Opener) -> None:
    page = open_map(samples.at_tanf()).page
    with page.expect_download() as download:
        page.click("#act-png")
    assert download.value.suggested_filename == "map.png"
    assert download.value.path().stat().st_size > 50_000


def test_the_page_works_in_a_sandboxed_frame(open_map: Opener) -> None:
    visit = open_map(samples.at_tanf())
    source = visit.page.url.split("#")[0]
    visit.page.goto("about:blank")
    host = (
        f'<iframe sandbox="allow-scripts allow-downloads" width="900" height="600" src="{source}"></iframe>'
    )
    path = source.removeprefix("file://").replace("map.html", "host.html")
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(host)
    visit.page.goto("file://" + path)
    frame = visit.page.frames[1]
    frame.wait_for_function("window.geoevents && geoevents.readyAt > 0")
    frame.evaluate("geoevents.select('e0', 'map')")
    assert visit.trouble == []


def test_dark_and_light_differ_and_neither_complains(open_map: Opener) -> None:
    light = open_map(samples.at_tanf(), color_scheme="light")
    dark = open_map(samples.at_tanf(), color_scheme="dark")
    grounds = [v.page.evaluate("getComputedStyle(document.body).backgroundColor") for v in (light, dark)]
    assert grounds == ["rgb(255, 255, 255)", "rgb(23, 28, 34)"]
    assert light.trouble == dark.trouble == []
