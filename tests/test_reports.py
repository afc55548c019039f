from __future__ import annotations

import io
import re
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import map_samples as samples
import pytest

pytest.importorskip("docx")
pytest.importorskip("pptx")
pytest.importorskip("matplotlib")

import docx
import pptx

from geoevents import reports
from geoevents.errors import OptionError
from geoevents.maps.wording import clean
from geoevents.reports import write_report
from geoevents.reports.outline import MOST_ROWS, brief_of
from geoevents.reports.packing import repacked
from geoevents.reports.webpage import brief_page

KINDS = (".html", ".docx", ".pptx", ".pdf")


def has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


NEEDS_PANGO = pytest.mark.skipif(not has_pango(), reason="weasyprint or the system's Pango is not installed")
ALL = [pytest.param(kind, marks=NEEDS_PANGO if kind == ".pdf" else ()) for kind in KINDS]


def written(name: str, suffix: str, folder: Path, **more: Any) -> bytes:
    return write_report(getattr(samples, name)(), folder / f"brief{suffix}", **more).read_bytes()


class Page(HTMLParser):
    """The texts, tags and alternative texts of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_and_alternatives(data: bytes, suffix: str) -> tuple[str, list[str]]:
    if suffix == ".html":
        page = Page(data.decode("utf-8"))
        return " ".join(page.words), [
            attributes.get("alt") or "" for tag, attributes in page.tags if tag == "img"
        ]
    if suffix == ".docx":
        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words = [paragraph.text for paragraph in document.paragraphs]
        described = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', document.element.xml)
        assert len(described) == document.element.xml.count("<wp:inline")
        return " ".join([*words, *cells]), described
    deck = pptx.Presentation(io.BytesIO(data))
    words, described = [], []
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            words += [shape.text_frame.text] if shape.has_text_frame else []
            words += [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            if shape.shape_type == 13:
                described.append(shape._element.nvPicPr.cNvPr.get("descr") or "")
    return " ".join(words), described


@pytest.mark.parametrize("suffix", KINDS[:3])
@pytest.mark.parametrize("name", ["at_tanf", "refuted"])
def test_a_briefing_holds_all_its_parts_and_each_picture_has_words(
    name: str, suffix: str, tmp_path: Path
) -> None:
    words, described = words_and_alternatives(written(name, suffix, tmp_path), suffix)
    collection = getattr(samples, name)()
    claims = [f["properties"] for f in collection["features"] if f["properties"]["layer"] == "claim"]
    flat = " ".join(words.split())
    for claim in claims:
        assert claim["text"] in flat
        assert claim["reason"] in flat
    for wanted in ("Map", "Events", "Sources", "Method and limits", "geodesic on the WGS84", "GeoNames"):
        assert wanted in flat
    assert len(described) == 1 + sum(bool(claim["claimed_km"]) for claim in claims)
    assert all(described)
    assert described[0].startswith("Map: ")


@pytest.mark.parametrize("suffix", ALL)
def test_the_same_input_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    assert written("refuted", suffix, tmp_path) == written("refuted", suffix, tmp_path)


@NEEDS_PANGO
def test_a_pdf_is_tagged_and_its_pictures_have_words(tmp_path: Path) -> None:
    data = written("refuted", ".pdf", tmp_path)
    streams = re.findall(rb"/FlateDecode.{0,99}?>>\s*stream\r?\n(.*?)\r?\nendstream", data, flags=re.DOTALL)
    whole = data + b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    assert b"/StructTreeRoot" in whole
    assert b"/Figure" in whole
    assert whole.count(b"/Alt") == 4  # the map and three verdicts


def test_what_an_unnamed_end_could_be_stands_in_a_table(tmp_path: Path) -> None:
    words, _ = words_and_alternatives(written("at_tanf", ".docx", tmp_path), ".docx")
    assert "Hemeimeem air base 323–327 km would fit" in words
    assert "Damascus 216–220 km would not" in words


def test_refuted_claims_come_first() -> None:
    outcomes = [verdict.outcome for verdict in brief_of(samples.refuted()).verdicts]
    assert outcomes == ["The map contradicts it", "The map allows it", "The map supports it"]


def test_a_long_table_is_cut_and_says_so(tmp_path: Path) -> None:
    crowd = samples.many(MOST_ROWS + 7)
    brief = brief_of(crowd)
    assert (len(brief.events.rows), brief.events_left_out) == (MOST_ROWS, 7)
    page = write_report(crowd, tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "7 more events are not listed here" in page


def test_the_summary_counts_the_events_of_each_place() -> None:
    crowd = samples.many(30)
    rows = [f["properties"] for f in crowd["features"] if f["properties"]["layer"] == "event"]
    for number, row in enumerate(rows):
        row["name"] = f"Town {number % 8}" if number < 25 else None
    rows[0]["weight"] = 3
    assert brief_of(crowd).summary[1] == (
        "Where: Town 0 6, Town 1 3, Town 2 3, Town 3 3, Town 4 3, Town 5 3, other places 6, no place 5."
    )


def test_a_document_without_a_title_is_called_by_its_file_and_named_once_in_full() -> None:
    crowd = samples.many(4)
    names = ["/in/a/one.txt", "/in/b/two.txt", "/in/a/three.txt", "/in/b/three.txt", "https://wire.example/4"]
    crowd["geoevents"]["documents"] = [{"id": name, "title": None, "text": "x"} for name in names]
    brief = brief_of(crowd)
    assert brief.sources == (
        ("one.txt", "/in/a/one.txt"),
        ("two.txt", "/in/b/two.txt"),
        ("/in/a/three.txt", ""),
        ("/in/b/three.txt", ""),
        ("https://wire.example/4", ""),
    )


def test_a_name_in_a_table_breaks_only_where_it_is_longer_than_a_column() -> None:
    crowd = samples.many(2)
    rows = [f["properties"] for f in crowd["features"] if f["properties"]["layer"] == "event"]
    rows[0]["source"], rows[1]["source"] = "lebanon.txt", "x" * 600
    page = brief_page(brief_of(crowd))
    assert '<td dir="auto">lebanon.txt</td>' in page
    assert f'<td class="long" dir="auto">{"x" * 600}</td>' in page


def test_a_reason_begins_as_a_sentence_does() -> None:
    made = samples.regional()
    assert [verdict.reason for verdict in brief_of(made).verdicts] == ["The text names no point of the line"]


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert brief_of(samples.refuted()).events.heads == ("Date", "Event", "Place", "Who, to whom", "Toll")
    assert "Source" in brief_of(samples.many()).events.heads


@pytest.mark.parametrize("suffix", ALL)
def test_hostile_words_are_words_in_every_kind(suffix: str, tmp_path: Path) -> None:
    data = written("hostile", suffix, tmp_path, title=samples.HOSTILE_TEXT)
    if suffix == ".html":
        page = Page(data.decode("utf-8"))
        assert {tag for tag, _ in page.tags}.isdisjoint({"script", "iframe", "object", "embed", "form", "a"})
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert [attributes["src"][:22] for tag, attributes in page.tags if tag == "img"] == [
            "data:image/png;base64,"
        ] * 2
    if suffix != ".pdf":
        words, _ = words_and_alternatives(data, suffix)
        assert clean(samples.HOSTILE[0])[:30] in " ".join(words.split())
    if suffix in {".docx", ".pptx"}:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        relations = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in names if n.endswith(".rels"))
        assert b'TargetMode="External"' not in relations


def test_a_page_allows_nothing_but_its_own_style_and_pictures(tmp_path: Path) -> None:
    page = written("refuted", ".html", tmp_path).decode("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy[1]
    assert "unsafe-inline" not in policy[1]
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_an_empty_collection_is_still_a_briefing(tmp_path: Path) -> None:
    words, _ = words_and_alternatives(written("nowhere", ".html", tmp_path), ".html")
    assert "No event that could be coded." in words


@pytest.mark.parametrize(
    ("library", "suffix"),
    [("docx", ".docx"), ("pptx", ".pptx"), ("weasyprint", ".pdf"), ("matplotlib", ".html")],
)
def test_without_its_library_one_line_says_what_to_install(
    library: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = reports.find_spec
    monkeypatch.setattr(reports, "find_spec", lambda name: None if name == library else find(name))
    with pytest.raises(OptionError, match=r"pip install 'geoevents\[report\]'") as found:
        write_report(samples.nowhere(), tmp_path / f"brief{suffix}")
    assert suffix in str(found.value)
    assert list(tmp_path.iterdir()) == []


def test_another_kind_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"brief\.odt' ends in none of them"):
        write_report(samples.nowhere(), tmp_path / "brief.odt")
    with pytest.raises(OptionError, match="got the folder"):
        write_report(samples.nowhere(), tmp_path)


def test_repacking_keeps_every_member_and_forgets_the_clock() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b.xml", b"<b/>")
        archive.writestr("a.xml", b"<a/>")
    again = zipfile.ZipFile(io.BytesIO(repacked(out.getvalue())))
    assert [(info.filename, info.date_time) for info in again.infolist()] == [
        ("b.xml", (1980, 1, 1, 0, 0, 0)),
        ("a.xml", (1980, 1, 1, 0, 0, 0)),
    ]
    assert again.read("a.xml") == b"<a/>"


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pptx"])
def test_tolls_accounts_precision_and_slips_are_in_every_briefing(suffix: str, tmp_path: Path) -> None:
    words, _ = words_and_alternatives(written("told_twice", suffix, tmp_path), suffix)
    for wanted in (
        "12+ killed, 30 injured, 2 captured (accounts differ)", "near Taiz", "Where accounts differ",
        "Killed: 12+ civilians, says the health ministry; 4 civilians, says a spokesman.", "planned or threatened",
        "in miles; or to the north", "about 2 h of travel, 14–276 km in a straight line",
    ):  # fmt: skip
        assert wanted in words, wanted
