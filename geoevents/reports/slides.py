"""How does a briefing look as slides of 16 to 9?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from geoevents.reports.outline import Brief, Picture, Verdict
from geoevents.reports.packing import named, repacked

__all__ = ["brief_slides"]

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.55)
_TITLE_ONLY = 5
_ROWS_A_SLIDE = 11
_TABLES_AT_MOST = 6
_ACCOUNTS_A_SLIDE = 5
_VERDICTS_AT_MOST = 12
_SOURCES_A_SLIDE = 14
_TABLE_IN = 12.2
_INK, _SOFT = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x4A, 0x56, 0x62)
_LONGEST_CELL = 90
_LONGEST_QUOTE = 420


def brief_slides(brief: Brief) -> bytes:
    """Return the briefing as a .pptx file: each slide has its title, each picture alternative text."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    _opening(deck, brief)
    _map(deck, brief)
    for verdict in brief.verdicts[:_VERDICTS_AT_MOST]:
        _verdict(deck, verdict)
    _events(deck, brief)
    _accounts(deck, brief)
    _sources(deck, brief)
    slide = _slide(deck, "Method and limits")
    lines = [line for name, words in brief.method for line in ((name, True), (words, False))]
    box = _box(slide, top=Inches(1.25), height=Inches(5.6))
    for words, is_bold in lines:
        _line(box, words, size=15 if is_bold else 13.5, is_bold=is_bold)
    _line(box, brief.credit, size=11, color=_SOFT)
    named(deck.core_properties, title=brief.title)
    out = io.BytesIO()
    deck.save(out)
    return repacked(out.getvalue())


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = _MARGIN, Inches(0.3), _WIDTH - 2 * _MARGIN, Inches(0.9)
    shape.text_frame.word_wrap = True
    shape.text_frame.text = title
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(26), True, _INK
    paragraph.alignment = None
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- the template centers its titles
    properties.set("algn", "l")
    return slide


def _box(slide: Any, *, top: int, height: int, left: int = _MARGIN, width: int | None = None) -> Any:
    shape = slide.shapes.add_textbox(left, top, width or _WIDTH - 2 * _MARGIN, height)
    frame = shape.text_frame
    frame.word_wrap = True
    return frame


def _line(frame: Any, words: str, *, size: float, is_bold: bool = False, color: RGBColor = _INK) -> None:
    is_first = len(frame.paragraphs) == 1 and not frame.paragraphs[0].runs
    paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), is_bold, color
    paragraph.space_after = Pt(6)


def _opening(deck: Any, brief: Brief) -> None:
    slide = _slide(deck, _cut(brief.title, 140))
    box = _box(slide, top=Inches(1.3), height=Inches(5.4))
    _line(box, brief.subtitle, size=14, color=_SOFT)
    for line in brief.summary:
        _line(box, line, size=20)


def _map(deck: Any, brief: Brief) -> None:
    slide = _slide(deck, "Map")
    width = Inches(11.0)
    left, top = Emu(int((_WIDTH - width) / 2)), Inches(1.1)
    _picture(slide, brief.map, left=left, top=top, width=width)


def _picture(slide: Any, picture: Picture, *, left: int, top: int, width: int) -> Any:
    shape = slide.shapes.add_picture(io.BytesIO(picture.png), left, top, width=width)
    described = shape._element.nvPicPr.cNvPr  # noqa: SLF001 -- python-pptx has no setter for alternative text
    described.set("descr", picture.words)
    described.set("name", "Picture")
    return shape


def _verdict(deck: Any, verdict: Verdict) -> None:
    slide = _slide(deck, verdict.outcome)
    color = RGBColor.from_string(verdict.color.lstrip("#").upper())
    slide.shapes.title.text_frame.paragraphs[0].font.color.rgb = color
    has_table = bool(verdict.what_if)
    width = Inches(7.6) if has_table else _WIDTH - 2 * _MARGIN
    box = _box(slide, top=Inches(1.25), height=Inches(3.0), width=width)
    _line(box, f"“{_cut(verdict.quote, _LONGEST_QUOTE)}”", size=20)
    about = f"{verdict.speaker} In “{verdict.document}”." if verdict.document else verdict.speaker
    _line(box, _cut(about, 200), size=13, color=_SOFT)
    _line(box, f"Claimed: {verdict.claimed}. Measured: {verdict.measured}.", size=16, is_bold=True)
    _line(box, _cut(verdict.reason, _LONGEST_QUOTE), size=16)
    if verdict.would_hold:
        _line(box, _cut(f"It would hold {verdict.would_hold}.", 160), size=16, is_bold=True)
    if verdict.picture is not None:
        _picture(slide, verdict.picture, left=_MARGIN, top=Inches(5.45), width=Inches(7.6))
    if has_table:
        heads = (f"What if “{_cut(verdict.missing or 'it', 40)}” were …", "Distance", "The claim")
        rows = [(one.name, one.distance, one.fit) for one in verdict.what_if]
        _table(slide, heads, rows, left=Inches(8.4), top=Inches(1.35), widths_in=(1.9, 1.3, 1.2))


def _events(deck: Any, brief: Brief) -> None:
    table = brief.events
    pages = list(_paged(table.rows, _ROWS_A_SLIDE))
    widths = [_TABLE_IN * share for share in table.shares]
    for number, page in enumerate(pages[:_TABLES_AT_MOST], start=1):
        title = "Events" if len(pages) == 1 else f"Events ({number} of {len(pages)})"
        slide = _slide(deck, title)
        _table(slide, table.heads, page, left=_MARGIN, top=Inches(1.25), widths_in=widths)
    rest = sum(len(page) for page in pages[_TABLES_AT_MOST:]) + brief.events_left_out
    if rest:
        slide = _slide(deck, f"{rest:,} more events")
        words = "They are on the map, and in the table of the interactive page and of the other formats."
        _line(_box(slide, top=Inches(1.3), height=Inches(1)), words, size=18)


def _accounts(deck: Any, brief: Brief) -> None:
    for page in _paged(brief.accounts, _ACCOUNTS_A_SLIDE):
        box = _box(_slide(deck, "Where accounts differ"), top=Inches(1.25), height=Inches(5.7))
        for title, said in page:
            _line(box, _cut(title, 120), size=15, is_bold=True)
            _line(box, _cut(said, _LONGEST_QUOTE), size=15)


_Cells = Sequence[Sequence[str]]


def _paged(rows: _Cells, size: int) -> Iterator[_Cells]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _sources(deck: Any, brief: Brief) -> None:
    if not brief.sources:
        return
    slide = _slide(deck, "Sources")
    box = _box(slide, top=Inches(1.25), height=Inches(5.7))
    for title, about in brief.sources[:_SOURCES_A_SLIDE]:
        _line(box, _cut(f"{title}: {about}", 160), size=13)
    rest = len(brief.sources) - _SOURCES_A_SLIDE + brief.sources_left_out
    if rest > 0:
        _line(box, f"and {rest:,} more", size=13, color=_SOFT)


def _table(
    slide: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: int,
    top: int,
    widths_in: Sequence[float],
) -> None:
    width = Inches(sum(widths_in))
    shape = slide.shapes.add_table(1 + len(rows), len(heads), left, top, width, Inches(0.3 * (1 + len(rows))))
    table = shape.table
    for number, inches in enumerate(widths_in):
        table.columns[number].width = Inches(inches)
    for line, cells in enumerate([heads, *rows]):
        for number, words in enumerate(cells):
            frame = table.cell(line, number).text_frame
            frame.text = _cut(words, _LONGEST_CELL)
            for paragraph in frame.paragraphs:
                paragraph.font.size = Pt(11)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
