from __future__ import annotations

import base64
import gzip
import json
import random
import re
from collections.abc import Callable
from importlib.resources import files
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
            const item = geoevents.itemOf(key);
            const frame = document.querySelector(".folium-map").getBoundingClientRect();
            const at = geoevents.map.latLngToContainerPoint([item.lat, item.lon]);
            return [frame.left + at.x, frame.top + at.y];
        }""",
        key,
    )
    return found[0], found[1]


def as_shown(text: str) -> str:
    """What the page shows of a text: no override, and no other character that turns its neighbors."""
    return re.sub("[\u202a-\u202c\u2066-\u2069]", "\u2060", re.sub("[\u202d\u202e]", "\ufffd", text))


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
    shown = as_shown(samples.HOSTILE_TEXT).replace("\ud800", "\ufffd")
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
    page.evaluate(
        "geoevents.showSeveral(geoevents.layer('event'), geoevents.items('event').map(i => i.index))"
    )
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
    assert (body, mark) == (as_shown(text), as_shown(words))
    assert visit.page.evaluate("document.getElementById('page-title').textContent") == as_shown(words)
    assert visit.trouble == []


def test_the_policy_stops_a_script_that_was_slipped_in(open_map: Opener) -> None:
    visit = open_map(samples.nowhere())
    visit.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); }"
    )
    assert visit.page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in line for line in visit.trouble)


INFLATE = """packed => {
    const bytes = geoevents.inflate(Uint8Array.from(atob(packed), (one) => one.charCodeAt(0)));
    let text = "";
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
}"""


def test_inflate_agrees_with_zlib(open_map: Opener) -> None:
    page = open_map(samples.nowhere()).page
    chance = random.Random(3)
    noise = bytes(chance.randrange(256) for _ in range(70_000))
    texts = [b"", b"a", b"abc" * 50_000, noise, json.dumps(list(range(20_000))).encode(), noise[:300] * 200]
    for text in texts:
        for level in (0, 1, 6, 9):
            packed = base64.b64encode(gzip.compress(text, level, mtime=0)).decode("ascii")
            assert base64.b64decode(page.evaluate(INFLATE, packed)) == text


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


def test_an_event_shows_every_account_of_its_toll_and_that_they_differ(open_map: Opener) -> None:
    page = open_map(samples.told_twice()).page
    page.click("#tab-events")
    row = page.inner_text("#view-events tbody tr:first-child")
    assert "accounts differ" in row
    assert "30 injured, 2 captured" in row
    assert "near Taiz" in row
    page.click("#view-events tbody tr:first-child button.link")
    card = page.inner_text("#detail")
    assert "12+ civilians, says the health ministry\n4 civilians, says a spokesman\naccounts differ" in card
    assert "30, says the health ministry" in card
    assert "Captured\n2" in card
    assert page.inner_text("#view-events tbody tr:nth-child(2) .tag") == "planned"
    page.click("#legend summary >> text=Accounts of the toll")
    page.uncheck("input[data-filter='differ']")
    assert page.locator("#view-events tbody tr").count() == 1


def test_a_claim_says_what_would_make_it_true_and_how_far_a_journey_reaches(open_map: Opener) -> None:
    page = open_map(samples.told_twice()).page
    page.click("#tab-claims")
    cards = page.eval_on_selector_all(".card", "cards => cards.map(c => c.innerText)")
    assert "The map contradicts it" in cards[0]
    assert "It would hold in miles; or to the north." in cards[0]
    assert "About 2 h of travel reaches 14–276 km in a straight line" in cards[1]
    assert "Where it would lie: “a camp” within 9 km of 14.5000, 44.5000 (38P" in cards[2]
    page.evaluate("geoevents.select('c1', 'map')")
    assert "about 2 h of travel" in page.inner_text("#detail")


def test_on_a_phone_a_row_of_the_table_brings_the_map_back(open_map: Opener) -> None:
    page = open_map(samples.many(), size="phone", reduced_motion="reduce").page
    page.click("#tab-events")
    page.click("#view-events tbody tr:nth-child(20) button.link")
    box = page.locator(".map-side").bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 60


def test_a_text_that_opens_with_its_title_has_it_as_its_only_heading(open_map: Opener) -> None:
    title = "Two towns were shelled"
    texts = [
        samples.document(f"{title}\n\nThe rest.", id=f"{i}", title=title if i else "Another") for i in (0, 1)
    ]
    page = open_map(samples.collection(texts, [])).page
    headings = "node => [...node.querySelectorAll('h2, [role=heading]')].map(n => n.textContent)"
    for index, wanted in ((0, ["Another"]), (1, [title])):
        page.evaluate("index => geoevents.openDocument(index)", index)
        assert page.eval_on_selector("#view-text", headings) == wanted


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


SEA_AND_LAND = """() => {
    const canvas = geoevents.scene._ground;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set();
    for (let i = 0; i < data.length; i += 4) colors.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return [0xd5e4ed, 0xf7f5ef, 0xd55e00].map((color) => colors.has(color));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_one_light_canvas_holds_the_ground_and_the_marks(scheme: str, open_map: Opener) -> None:
    page = open_map(samples.at_tanf(), color_scheme=scheme).page
    before = page.evaluate("[geoevents.map.getZoom(), geoevents.map.getSize().x]")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(SEA_AND_LAND) == [True, True, True]
    assert page.evaluate("getComputedStyle(geoevents.scene._cover).display") == "none"
    page.emulate_media(media="print")
    box = page.locator(".folium-map").bounding_box()
    assert box
    assert box["width"] == pytest.approx(
        page.evaluate("geoevents.map.getSize().x + 2"), abs=1
    )  # and its border
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("[geoevents.map.getZoom(), geoevents.map.getSize().x]") == before
    assert page.is_visible(".scene >> nth=1")


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


RUNS_LEFT_TO_RIGHT = """words => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0 || !node.parentElement.offsetParent) continue;
        const left = i => {
            const range = document.createRange();
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            return range.getBoundingClientRect().left;
        };
        return left(at) < left(at + words.length - 1);
    }
    return null;
}"""


@pytest.mark.parametrize("turning", ["\u202e", "\u202b", "\u2067", "\u2069\u202e", "\u05d7\u05dc\u05d1 "])
def test_no_text_turns_the_direction_of_the_page_s_own_words(turning: str, open_map: Opener) -> None:
    name = f"{turning}Mariupol"
    text = f"Shelling hit {name} on Monday. The army counts forty shells."
    where = samples.span(text, name)
    rows = [
        samples.place(where, (47.1, 37.54), name, country="UA", kind=name),
        samples.event(samples.span(text, f"Shelling hit {name}"), (47.1, 37.54), name, sub_type=name),
        samples.event(samples.span(text, "forty shells"), (47.1, 37.54), name),
    ]
    twins = [samples.document(text, id=f"{turning}{i}", title=name, source=name) for i in (1, 2)]
    for row in rows:
        row["properties"]["document"] = twins[0]["id"]
    visit = open_map(samples.collection(twins, rows))
    page = visit.page
    assert page.evaluate(RUNS_LEFT_TO_RIGHT, "2 events")
    select(visit, "p0")
    assert page.evaluate(RUNS_LEFT_TO_RIGHT, "in the text")
    select(visit, "e0")
    assert page.evaluate(RUNS_LEFT_TO_RIGHT, "Precision")
    page.evaluate(
        "geoevents.showSeveral(geoevents.layer('event'), geoevents.items('event').map(i => i.index))"
    )
    assert page.evaluate(RUNS_LEFT_TO_RIGHT, "2 events in")
    # One word, which no width breaks into two lines.
    assert page.evaluate(RUNS_LEFT_TO_RIGHT, "counts")
    assert visit.trouble == []


def test_an_unmeasured_claim_draws_no_line_and_no_figure(open_map: Opener) -> None:
    page = open_map(samples.regional()).page
    assert page.evaluate("geoevents.isDrawn(geoevents.itemOf('c0'))") is False
    assert page.evaluate("geoevents.map.getZoom()") == 9
    page.click("#tab-claims")
    assert "Show on map" not in page.inner_text(".card")
    before = page.evaluate("geoevents.map.getZoom()")
    page.evaluate("geoevents.select('c0', 'text')")
    assert page.evaluate("geoevents.map.getZoom()") == before


UNCLEAR_PINS = """() => {
    const size = geoevents.map.getSize();
    const side = document.querySelector(".map-side").getBoundingClientRect();
    const covers = [...document.querySelectorAll(".legend, .map-tools, .timeline")]
        .filter(node => node.offsetParent).map(node => node.getBoundingClientRect());
    const pins = [...geoevents.shown("event"), ...geoevents.shown("place").filter(geoevents.isPinned)].filter(i => i.isLocated);
    const reach = 9;
    return pins.filter(({ lat, lon }) => {
        const { x, y } = geoevents.map.latLngToContainerPoint([lat, lon]);
        if (x < -reach || y < -reach || x > size.x + reach || y > size.y + reach) return false;
        if (x < reach || y < reach || x > size.x - reach || y > size.y - reach) return true;
        return covers.some(c => x > c.left - side.left - reach && x < c.right - side.left + reach && y > c.top - side.top - reach && y < c.bottom - side.top + reach);
    }).map(i => i.p.name);
}"""


@pytest.mark.parametrize("size", ["phone", "tablet", "desktop"])
@pytest.mark.parametrize("name", ["at_tanf", "refuted", "many", "regional", "far_apart"])
def test_no_pin_opens_under_a_control_or_cut_by_the_edge(name: str, size: str, open_map: Opener) -> None:
    assert open_map(getattr(samples, name)(), size).page.evaluate(UNCLEAR_PINS) == []


def test_the_legend_lies_where_nothing_is_so_that_all_else_is_seen_closer(open_map: Opener) -> None:
    page = open_map(samples.refuted()).page
    assert page.evaluate("document.getElementById('legend').classList.contains('is-low')")
    zoom = page.evaluate("geoevents.map.getZoom()")
    page.click("#zoom-fit")  # beside the legend
    page.wait_for_function("zoom => geoevents.map.getZoom() < zoom", arg=zoom)


def test_rarer_signs_are_folded_in_a_high_legend_and_open_on_paper(open_map: Opener) -> None:
    assert open_map(samples.at_tanf()).page.get_attribute(".signs", "open") is not None
    page = open_map(samples.far_apart()).page
    assert page.is_hidden(".legend .note")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible(".legend .note")
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.is_hidden(".legend .note")


def test_show_everything_shows_what_the_first_view_left_out(open_map: Opener) -> None:
    page = open_map(samples.regional()).page
    page.click("#zoom-fit")
    page.wait_for_function("geoevents.map.getBounds().contains([38.895, -77.0366])")


def test_on_a_phone_the_actions_stand_beside_the_title_and_keep_their_names(open_map: Opener) -> None:
    page = open_map(samples.at_tanf(), "phone").page
    title, actions = page.locator("#page-title").bounding_box(), page.locator(".bar-actions").bounding_box()
    assert title
    assert actions
    assert actions["y"] < title["y"] + title["height"]
    for name in ("Copy link", "Save PNG", "Print"):
        assert page.get_by_role("button", name=name).is_visible()


def test_copies_of_one_text_are_told_apart_by_their_ids(open_map: Opener) -> None:
    text = "Shelling hit Idlib."
    copies = [samples.document(text, id=key, title="Shelling") for key in ("ukr.md", "ukr.txt")]
    page = open_map(
        samples.collection([*copies, samples.document(text, id="alone.txt", title="Else")], [])
    ).page
    rows = page.locator(".doc-list li").all_inner_texts()
    assert [key in row for key, row in zip(("ukr.md", "ukr.txt", "alone.txt"), rows, strict=True)] == [
        True,
        True,
        False,
    ]


def test_an_event_without_a_date_says_so(open_map: Opener) -> None:
    page = open_map(samples.regional()).page
    page.click("#tab-events")
    assert set(page.locator("td.day").all_inner_texts()) == {"no date"}


def test_an_empty_document_does_not_promise_a_text(open_map: Opener) -> None:
    page = open_map(samples.collection([samples.document("")], [])).page
    assert page.inner_text("#empty") == "The document has no text, and so names no place."
    assert page.inner_text("#view-text") == "This document has no text."


def test_what_if_shows_the_places_that_decide_first_and_all_in_order_of_distance(open_map: Opener) -> None:
    text = "The camp lay more than 300 km from the marked areas."
    rows = [
        samples.what_if(f"Town {km}", (33, 38), (km, km + 2), "consistent" if km >= 300 else "refuted")
        for km in range(700, 220, -20)
    ]
    claim = samples.claim(
        samples.span(text, "more than 300 km"), {"subject": (33, 38)}, claimed_km=[300, None], what_if=rows
    )
    page = open_map(samples.collection([samples.document(text)], [claim])).page
    page.click("#tab-claims")
    shown = page.locator(".what-if tbody tr:visible td:first-child")
    assert shown.all_inner_texts() == [f"Town {km}" for km in range(240, 440, 20)]
    page.click("text=Show all 24 places")
    assert shown.all_inner_texts() == [f"Town {km}" for km in range(240, 720, 20)]


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker that axe-playwright-python carries, so that no test asks the network for it."""
    pytest.importorskip("axe_playwright_python")
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light")])
@pytest.mark.parametrize("name", ["at_tanf", "refuted", "many", "nowhere"])
def test_axe_finds_no_barrier(name: str, size: str, scheme: str, axe: str, open_map: Opener) -> None:
    page = open_map(getattr(samples, name)(), size, color_scheme=scheme).page
    page.evaluate(axe)
    for tab in ("text", "claims", "events"):
        page.evaluate("tab => { geoevents.openTab(tab); geoevents.select('e0', 'map'); }", tab)
        found = page.evaluate("axe.run()")["violations"]
        assert [(row["id"], row["nodes"][0]["target"]) for row in found] == [], tab
