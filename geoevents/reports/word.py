"""How does a briefing look in Word?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from geoevents.reports.outline import Brief, Picture, Verdict
from geoevents.reports.packing import named, repacked

__all__ = ["brief_document"]

_WIDTH_CM = 17.0
_SOFT = RGBColor(0x4A, 0x56, 0x62)


def brief_document(brief: Brief) -> bytes:
    """Return the briefing as a .docx file: headings for its parts, alternative text on each picture."""
    document = Document()
    _page(document)
    document.add_heading(brief.title, level=0)
    _soft(document, brief.subtitle)
    document.add_heading("Summary", level=1)
    for line in brief.summary:
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("Map", level=1)
    _picture(document, brief.map, width_cm=_WIDTH_CM)
    _soft(document, brief.caption)
    _verdicts(document, brief)
    _events(document, brief)
    _sources(document, brief)
    document.add_heading("Method and limits", level=1)
    for name, words in brief.method:
        document.add_heading(name, level=2)
        document.add_paragraph(words)
    _soft(document, brief.credit)
    named(document.core_properties, title=brief.title)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)


def _soft(document: Any, words: str) -> None:
    run = document.add_paragraph().add_run(words)
    run.font.size, run.font.color.rgb = Pt(8.5), _SOFT


def _picture(document: Any, picture: Picture, *, width_cm: float) -> None:
    inline = document.add_picture(io.BytesIO(picture.png), width=Cm(width_cm))
    described = inline._inline.docPr  # noqa: SLF001 -- python-docx has no setter for alternative text
    described.set("descr", picture.words)
    described.set("title", "")


def _verdicts(document: Any, brief: Brief) -> None:
    if brief.verdicts:
        document.add_heading("Claims, and what the map says", level=1)
    for verdict in brief.verdicts:
        _verdict(document, verdict)
    _left_out(document, brief.verdicts_left_out, "claim")


def _verdict(document: Any, verdict: Verdict) -> None:
    heading = document.add_heading(level=2)
    run = heading.add_run(verdict.outcome)
    run.font.color.rgb = RGBColor.from_string(verdict.color.lstrip("#").upper())
    document.add_paragraph(f"“{verdict.quote}”", style="Quote")
    about = f"{verdict.speaker} In “{verdict.document}”." if verdict.document else verdict.speaker
    _soft(document, about)
    if verdict.picture is not None:
        _picture(document, verdict.picture, width_cm=14.0)
    document.add_paragraph(f"Claimed: {verdict.claimed}. Measured: {verdict.measured}.")
    document.add_paragraph(verdict.reason)
    if verdict.would_hold:
        paragraph = document.add_paragraph()
        paragraph.add_run("It would hold ").bold = True
        paragraph.add_run(f"{verdict.would_hold}.")
    if verdict.what_if:
        document.add_paragraph(f"What if “{verdict.missing or 'the end without a name'}” were …")
        rows = [(one.name, one.distance, one.fit) for one in verdict.what_if]
        _table(document, ("Place", "Distance", "The claim"), rows, widths_cm=(6.0, 4.0, 4.0))


def _events(document: Any, brief: Brief) -> None:
    table = brief.events
    if table.rows:
        document.add_heading("Events", level=1)
        widths = [_WIDTH_CM * share for share in table.shares]
        _table(document, table.heads, table.rows, widths_cm=widths)
        _left_out(document, brief.events_left_out, "event")
    if brief.accounts:
        document.add_heading("Where accounts differ", level=1)
        _listed(document, brief.accounts)


def _sources(document: Any, brief: Brief) -> None:
    if brief.sources:
        document.add_heading("Sources", level=1)
        _listed(document, brief.sources)
        _left_out(document, brief.sources_left_out, "document")


def _listed(document: Any, pairs: Iterable[tuple[str, str]]) -> None:
    for title, about in pairs:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(title).bold = True
        paragraph.add_run(f" {about}")


def _left_out(document: Any, count: int, noun: str) -> None:
    if count:
        _soft(document, f"{count:,} more {noun}{'s' if count > 1 else ''} are not listed here.")


def _table(
    document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], *, widths_cm: Sequence[float]
) -> None:
    """Add a table whose first row is its heading on every page."""
    table = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    table.autofit = False
    grid = [list(row.cells) for row in table.rows]  # python-docx builds the cells anew at each look
    for line, cells in zip(grid, [heads, *rows], strict=True):
        for number, (cell, words) in enumerate(zip(line, cells, strict=True)):
            cell.width = Cm(widths_cm[number])
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(words)
            run.font.size = Pt(8.5)
            run.bold = line is grid[0]
            if heads[number] == "Distance":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    repeats = OxmlElement("w:tblHeader")
    repeats.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)  # noqa: SLF001 -- no setter either
    document.add_paragraph()
