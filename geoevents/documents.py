"""Which documents do these files and folders hold?

Plain text in any encoding that can be told. A document's `id` is its path as the user gave it, and
`title` its headline, where the first lines read like one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geoevents.errors import DocumentError, GeoeventsError, MissingFileError
from geoevents.model import Document

__all__ = ["decode", "headline", "read_documents"]

_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ""})
_MAX_BYTES = 100_000_000  # a text this long is no article; a limit keeps a wrong path from filling memory
_MARKUP = re.compile(rb"\s{0,99}<(?:!doctype\b|html\b|\?xml\b)", re.IGNORECASE)
# Up to this share of bytes beyond ASCII a text is Western European, whose marks are too few to guess by.
_WESTERN_SHARE = 0.03
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_documents(
    paths: Iterable[str | Path] | str | Path,
    *,
    on_error: Callable[[GeoeventsError], None] | None = None,
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Document]:
    """Yield the documents of files and folders, lazily and in order; a folder's files by path.

    In folders, only plain text (.txt, .text, .md, .markdown, .rst) is taken, hidden files are
    not; a file named outright is read whatever its name. A file that cannot be read goes to
    `on_error` and the rest goes on; without `on_error` it raises `DocumentError` or
    `MissingFileError`. `on_skip` is told of each file of a folder that is passed over for its kind.
    """
    for path in _files([paths] if isinstance(paths, str | Path) else paths, on_error, on_skip):
        try:
            document = _read(path)
        except GeoeventsError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield document


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
    if _MARKUP.match(data):
        raise DocumentError("is an HTML page or XML, not plain text: save its text, and name that", path=path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, path)


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


def _files(
    paths: Iterable[str | Path],
    on_error: Callable[[GeoeventsError], None] | None,
    on_skip: Callable[[Path], None] | None,
) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, on_skip)
        elif path.exists():
            yield path
        else:
            error = MissingFileError("there is no such file or folder", path=path)
            if on_error is None:
                raise error
            on_error(error)


def _folder(folder: Path, on_skip: Callable[[Path], None] | None) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if is_hidden or not path.is_file():
            continue
        if path.suffix.lower() in _TEXT_SUFFIXES:
            yield path
        elif on_skip is not None:
            on_skip(path)


def _read(path: Path) -> Document:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=path) from None
    if len(data) > _MAX_BYTES:
        raise DocumentError(f"is longer than {_MAX_BYTES:,} bytes", path=path)
    text = decode(data, path=path)
    return Document(text, id=path.as_posix(), title=headline(text))


def _decode_as(data: bytes, encoding: str, path: Path | str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"is not {encoding} at byte {error.start}, as its first bytes say", path=path
        ) from None


def _guess(data: bytes, path: Path | str) -> str:
    if sum(byte > 127 for byte in data) <= max(1, _WESTERN_SHARE * len(data)):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass  # bytes that no Western text has: let the guess speak
    from charset_normalizer import from_bytes  # late: start-up time

    best = from_bytes(data).best()
    if best is None:
        raise DocumentError("is text in no encoding that can be told, or binary", path=path)
    return data.decode(best.encoding)
