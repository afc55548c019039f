"""What is the text of a PDF, a Word file or a mail?

pypdf and python-docx come with the extra `readers`; mails are read by the standard library.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from geoevents.documents.pages import read_page, require
from geoevents.documents.sources import Source, require_modest
from geoevents.documents.texts import headline
from geoevents.errors import DocumentError
from geoevents.model import Document

__all__ = ["read_docx", "read_mail", "read_pdf"]

_MAX_PAGES = 5_000
_HEAD = 400  # A title and a dateline are in the first so many characters.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MAX_CHARACTERS = 20_000_000


def read_pdf(source: Source) -> Document:
    """Return the text layer of a PDF, a blank line between pages, dated by its metadata.

    Raises `DocumentError` for a broken or encrypted file and for one that holds only pictures, and
    `OptionError` without pypdf.
    """
    pypdf = require("pypdf", for_="PDF", extra="readers")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each oddity; we say one line
    data = source.read()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = list(_pages(reader, source))
        about = reader.metadata
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 -- a broken PDF raises whatever its fault leads to
        raise DocumentError(f"is a PDF that cannot be read: {_one_line(error)}", path=source.name) from None
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise DocumentError("is a PDF without text (scanned?): recognize its text first", path=source.name)
    title = _text_of(about, "title")
    return Document(
        text, source.name, published=_unless_told(text, _day_of_pdf(about)), title=title or headline(text)
    )


def _pages(reader: Any, source: Source) -> Iterator[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("is an encrypted PDF", path=source.name)
    if len(reader.pages) > _MAX_PAGES:
        raise DocumentError(f"has more than {_MAX_PAGES:,} pages", path=source.name)
    total = 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > _MAX_CHARACTERS:
            raise DocumentError(f"holds more than {_MAX_CHARACTERS:,} characters", path=source.name)
        yield text.strip()


def _text_of(about: Any, name: str) -> str | None:
    value = getattr(about, name, None)
    return value.strip() or None if isinstance(value, str) else None


def _day_of_pdf(about: Any) -> date | None:
    try:
        made = about.creation_date if about is not None else None
    except Exception:  # noqa: BLE001 -- a damaged date is no date
        return None
    return made.date() if isinstance(made, datetime) else None


def read_docx(source: Source) -> Document:
    """Return the paragraphs and table cells of a Word file, dated by its properties.

    Raises `DocumentError` for what is no Word file, and `OptionError` without python-docx.
    """
    docx = require("docx", for_="Word files", extra="readers")
    data = source.read()
    require_modest(data, name=source.name)
    try:
        opened = docx.Document(io.BytesIO(data))
        lines = list(_lines(opened))
        about = opened.core_properties
        made, title = about.created, about.title
    except Exception as error:  # noqa: BLE001 -- a broken archive or XML raises whatever its fault leads to
        raise DocumentError(
            f"is a Word file that cannot be read: {_one_line(error)}", path=source.name
        ) from None
    text = "\n\n".join(line for line in lines if line.strip())
    day = made.date() if isinstance(made, datetime) else None
    return Document(text, source.name, published=_unless_told(text, day), title=title or headline(text))


def _unless_told(text: str, day: date | None) -> date | None:
    """Return the day of a file's properties, `None` where the text begins with a date of another year.

    A file made from a template has the template's day, and the text knows better.

    >>> _unless_told("Beirut, 28 September 2024", date(2013, 12, 23)) is None
    True
    """
    years = _YEAR.findall(text, 0, _HEAD)
    return None if day is not None and years and str(day.year) not in years else day


def _lines(opened: Any) -> Iterator[str]:
    for block in opened.iter_inner_content():
        if hasattr(block, "rows"):
            # Not `row.cells`: that repeats a merged cell as often as its row says that it spans, a billion times too.
            for row in block._tbl.tr_lst:  # noqa: SLF001
                yield "\t".join("\n".join(_text_of_paragraph(p) for p in cell.p_lst) for cell in row.tc_lst)
        else:
            yield block.text


def _text_of_paragraph(paragraph: Any) -> str:
    return str(paragraph.text)


def read_mail(source: Source) -> Document:
    """Return the body of a mail, its subject as title and its sender as source; attachments are left.

    Raises `DocumentError` for a mail without a text, and `OptionError` where it is HTML only and
    trafilatura is not installed.
    """
    data = source.read()
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(preferencelist=("plain", "html"))
        content = None if body is None else str(body.get_content())
        is_page = body is not None and body.get_content_subtype() == "html"
        sent, subject, sender = _day_of_mail(message), _header(message, "subject"), _header(message, "from")
    except Exception as error:  # noqa: BLE001 -- the standard library raises what a broken mail leads it to
        raise DocumentError(f"is a mail that cannot be read: {_one_line(error)}", path=source.name) from None
    if content is None:
        raise DocumentError("is a mail without a text", path=source.name)
    if is_page:
        page = content.encode("utf-8", "replace")
        content = read_page(Source(source.name, lambda: io.BytesIO(page))).text
    return Document(content, source.name, published=sent, source=sender, title=subject or headline(content))


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError):  # headers that the standard library cannot parse
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _day_of_mail(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date()
    except (ValueError, TypeError, IndexError):
        return None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
