"""Where do bytes come from, and how many are too many?

A `Source` is a file, a member of an archive, standard input or a page: a name and a way to open it. What
is read whole is bounded, whatever an archive or a header claims of its size.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from geoevents.errors import DocumentError

__all__ = ["MAX_BYTES", "Source", "file_source", "members", "uncompressed"]

# A text this long is no article; a limit keeps a wrong path, or a zip bomb, from filling memory.
MAX_BYTES = 100_000_000
_MAX_MEMBERS = 1_000_000
# News compresses three- to fourfold, a table of it up to some twentyfold; a bomb a thousandfold.
_MAX_RATIO = 200
_SURE_BYTES = 10_000_000  # Below this, nobody minds the ratio.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, gzip.BadGzipFile, RuntimeError)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name: `open` gives a stream to read from, each time from the beginning.

    `depth` is how many archives it lies in; `kind` an ending that says more than that of the name;
    `path` the file that it is, where it is one of its own.
    """

    name: str
    open: Callable[[], IO[bytes]]
    _: KW_ONLY
    depth: int = 0
    kind: str | None = None
    path: Path | None = None

    @property
    def suffix(self) -> str:
        """The ending that says of which kind it is, in lower case, with its dot."""
        return PurePosixPath(self.name.lower()).suffix if self.kind is None else self.kind

    def read(self, *, limit: int = MAX_BYTES) -> bytes:
        """Return all bytes. Raises `DocumentError` for more than `limit` and for what cannot be read."""
        try:
            with self.open() as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise DocumentError(f"is a broken archive: {error}", path=self.name) from None
        except OSError as error:
            raise DocumentError(
                f"cannot be read ({(error.strerror or str(error)).lower()})", path=self.name
            ) from None
        if len(data) > limit:
            raise DocumentError(f"is longer than {limit:,} bytes", path=self.name)
        return data


def file_source(path: Path) -> Source:
    """Return a file as a source."""
    return Source(path.as_posix(), lambda: path.open("rb"), path=path)


def uncompressed(source: Source) -> Source:
    """Return what a gzip file holds, of the kind that its name without ".gz" says."""
    return Source(
        source.name,
        lambda: io.BufferedReader(_Bounded(source.open(), name=source.name)),
        depth=source.depth + 1,
        kind=PurePosixPath(source.name.lower().removesuffix(".gz")).suffix,
    )


class _Bounded(io.RawIOBase):
    """A stream out of gzip that breaks off where it unpacks to far more than any text does."""

    def __init__(self, packed: IO[bytes], *, name: str) -> None:
        self._packed = packed
        self._inner = gzip.GzipFile(fileobj=packed)
        self._name = name
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # any writable buffer
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        if self._given > _SURE_BYTES and self._given > _MAX_RATIO * max(1, self._packed.tell()):
            raise DocumentError(
                f"unpacks to more than {_MAX_RATIO} times its size: no text does", path=self._name
            )
        return len(data)

    def close(self) -> None:
        self._inner.close()
        self._packed.close()
        super().close()


def members(source: Source, *, on_error: Callable[[DocumentError], None]) -> Iterator[Source]:
    """Yield the files in a zip archive, in order of name; each that may not be read goes to `on_error`.

    Nothing is written to disk. Raises `DocumentError` for what is no zip archive.
    """
    try:
        with source.open() as stream, zipfile.ZipFile(_seekable(stream)) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
            if len(entries) > _MAX_MEMBERS:
                raise DocumentError(f"holds more than {_MAX_MEMBERS:,} files", path=source.name)
            for entry in entries:
                if entry.is_dir() or _is_hidden(entry.filename):
                    continue
                problem = _problem(entry)
                name = f"{source.name}/{entry.filename}"
                if problem is not None:
                    on_error(DocumentError(problem, path=name))
                else:
                    yield Source(name, _opener(archive, entry), depth=source.depth + 1)
    except _BROKEN as error:
        raise DocumentError(f"is a broken zip file: {error}", path=source.name) from None


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    return stream if stream.seekable() else io.BytesIO(stream.read(MAX_BYTES))


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _problem(entry: zipfile.ZipInfo) -> str | None:
    """Say why a member of an archive is not read, `None` where it may be."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or any(part.endswith(":") for part in path.parts[:1]):
        return "has a name that leads out of its archive"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.file_size > _SURE_BYTES and entry.file_size > _MAX_RATIO * max(1, entry.compress_size):
        return f"unpacks to more than {_MAX_RATIO} times its size: no text does"
    return None
