"""In which encoding is a text, and what is its headline?"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from geoevents.errors import DocumentError

__all__ = ["decode", "encoding_of", "headline", "is_markup", "marked_encoding"]

_MARKUP = re.compile(rb"\s{0,99}<(?:!doctype\b|html\b|\?xml\b)", re.IGNORECASE)
# Up to this share of bytes beyond ASCII a text is Western European, whose marks are too few to guess by.
_WESTERN_SHARE = 0.03
_SAMPLE = 1 << 20  # Enough to guess an encoding by.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, *, path: Path | str) -> str:
    """Return the text of `data`: by byte order mark, as UTF-8, or in the encoding it most looks like.

    What has few bytes beyond ASCII is taken for Windows-1252. `path` is for the message. Raises
    `DocumentError` for binary data, for HTML and XML, and for text in no known encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, path)
    if b"\0" in data:
        raise DocumentError("is binary, not text (it holds NUL bytes)", path=path)
    if is_markup(data):
        raise DocumentError("is an HTML page or XML, not plain text: save its text, and name that", path=path)
    return _decode_as(data, encoding_of(data, path=path), path)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark says, by the name under which Python drops the mark."""
    found = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    return None if found is None else f"{found}-sig" if found == "utf-8" else found[:6].rstrip("-")


def is_markup(data: bytes) -> bool:
    """Say whether data begins as an HTML page or an XML document does."""
    return _MARKUP.match(data) is not None


def encoding_of(data: bytes, *, path: Path | str) -> str:
    """Return the encoding of bytes without a byte order mark, or of the beginning of some.

    Raises `DocumentError` for what is text in no encoding that can be told.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return _guess(data, path)
    return "utf-8"


def headline(text: str) -> str | None:
    """Return the first line that reads as a headline: short, and set off from what follows.

    Lines of copyright are passed over. `None` where the text begins with its body.
    """
    lines = [line.strip() for line in text[:4000].splitlines()]
    filled = [line for line in lines if line and not line.startswith(("©", "(c)", "Copyright"))]
    if len(filled) < 2:
        return None
    first = filled[0].lstrip("# ")
    is_short = 8 <= len(first) <= 200
    return first if is_short and first[-1] not in ".,;:" and " — " not in first else None


def _decode_as(data: bytes, encoding: str, path: Path | str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"is not {encoding} at byte {error.start}, as its first bytes say", path=path
        ) from None


def _guess(data: bytes, path: Path | str) -> str:
    data = data[:_SAMPLE]
    if sum(byte > 127 for byte in data) <= max(1, _WESTERN_SHARE * len(data)):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            pass  # bytes that no Western text has: let the guess speak
        else:
            return "cp1252"
    from charset_normalizer import from_bytes  # late: start-up time

    best = from_bytes(data).best()
    if best is None:
        raise DocumentError("is text in no encoding that can be told, or binary", path=path)
    return best.encoding
