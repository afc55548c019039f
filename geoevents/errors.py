"""Which errors does geoevents raise, and what can a caller catch?

The text never raises: what cannot be resolved or checked is a result with a reason. The world
raises (files, gazetteer rows, options), always a `GeoeventsError` that is also the built-in
exception it resembles::

    GeoeventsError
    ├── DocumentError (ValueError)        a file that is no text document, a table without its column
    ├── GazetteerError (ValueError)       a bad gazetteer row, a world index that does not fit
    ├── OptionError (ValueError)          a value that no option or argument takes
    ├── MissingFileError (FileNotFoundError)   a path that is not there
    └── NetworkError (ConnectionError)    a server that the user asked for and that did not deliver
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

__all__ = [
    "DocumentError",
    "GazetteerError",
    "GeoeventsError",
    "MissingFileError",
    "NetworkError",
    "OptionError",
]


class GeoeventsError(Exception):
    """Every error that geoevents raises on purpose.

    `path` and `line` say where the offending input stands, when it stands in a file; the message
    begins with them, as compilers do, and `reason` is what follows them.

    >>> str(GazetteerError("latitude '91' is not a number from -90 to 90", path=Path("g.csv"), line=7))
    "g.csv:7: latitude '91' is not a number from -90 to 90"
    """

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        self.path = None if path is None else Path(path)
        self.line = line
        self.reason = message
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(_printable(where + message))

    def __reduce__(self) -> tuple[Callable[..., GeoeventsError], tuple[object, ...]]:
        """Travel between processes whole, with path and line."""
        return _rebuilt, (type(self), self.reason, self.path, self.line)


def _printable(message: str) -> str:
    """Return one line that a terminal prints and does not obey: names of files may hold anything."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in message)


def _rebuilt(kind: type[GeoeventsError], message: str, path: Path | None, line: int | None) -> GeoeventsError:
    return kind(message, path=path, line=line)


class DocumentError(GeoeventsError, ValueError):
    """A file that cannot be read as a document: binary, too large, or a table without its column."""


class GazetteerError(GeoeventsError, ValueError):
    """A gazetteer row or index that cannot be used."""


class OptionError(GeoeventsError, ValueError):
    """An option or argument whose value means nothing here."""


class MissingFileError(GeoeventsError, FileNotFoundError):
    """A path that the user named and that does not exist."""


class NetworkError(GeoeventsError, ConnectionError):
    """A server that the user asked for by name and that did not deliver."""
