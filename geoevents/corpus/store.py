"""Where do the parts of a run lie, and which of them are done, even if it was killed?

A part is written beside its place and moved there, then a marker with the digest of its batch and the
sizes of its parts is; what has no marker, or not the parts that it speaks of, was never finished. A run
that is started again passes over what is done, and refuses a folder that other inputs or settings have
filled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.corpus.tables import TABLES
from geoevents.errors import DocumentError, OptionError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Store"]

_MANIFEST = "manifest.json"
_LOCK = ".lock"
_DONE = "done"
_GROUP = 5_000  # rows that are written at a time


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of one run."""

    folder: Path

    @contextmanager
    def begun(self, settings: Mapping[str, Any]) -> Iterator[None]:
        """Make the folder for these settings, or go on in it, and keep it from other runs meanwhile.

        Raises `OptionError` where it holds a run with others, files that are no run's, or a run that is
        at work.
        """
        manifest = self.folder / _MANIFEST
        try:
            is_new = not manifest.is_file()
            if is_new and self.folder.is_dir() and any(p.name != _LOCK for p in self.folder.iterdir()):
                raise OptionError(f"the folder {str(self.folder)!r} holds something else than a run")
            for name in (*TABLES, _DONE):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        with self._locked():
            if not is_new and self._holds_documents():
                self._compare(_read(manifest), settings)
            elif not is_new and _read(manifest) != settings:
                self._clear()
            self._put(manifest, (json.dumps(settings, indent=2, sort_keys=True) + "\n").encode())
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder; the system lets it go when the process ends, however it does."""
        try:
            import fcntl
        except ImportError:  # where there are no such locks, nobody is kept out
            yield
            return
        with (self.folder / _LOCK).open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise OptionError(f"another run is at work in {str(self.folder)!r}") from None
            yield

    def _holds_documents(self) -> bool:
        markers = (self.folder / _DONE).glob("[0-9]*.json")
        return any(_read(marker).get("rows", {}).get("documents", 1) for marker in markers)

    def _clear(self) -> None:
        """Remove the parts of a run that found nothing, as one with a slip in the name of a column does."""
        for name in (_DONE, *TABLES):
            for part in (self.folder / name).glob("[0-9]*"):
                part.unlink()

    def _compare(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                raise OptionError(
                    f"the folder {str(self.folder)!r} holds a run with {key} {old.get(key)!r}, not"
                    f" {new.get(key)!r}: choose another folder, or delete it"
                )

    def is_done(self, number: int, digest: str) -> bool:
        """Say whether a batch was finished. Raises `OptionError` where it held something else then."""
        marker = _read(self._marker(number))
        if "digest" not in marker:
            return False
        if marker["digest"] != digest:
            raise OptionError(
                f"the input has changed since {str(self.folder)!r} was begun (batch {number}):"
                " choose another folder, or delete it"
            )
        return bool(marker["bytes"] == {name: _size(self.part(name, number)) for name in TABLES})

    def write(self, number: int, digest: str, tables: Mapping[str, pa.Table]) -> dict[str, int]:
        """Write the parts of a batch, then its marker, and return how many rows each table got.

        Raises `OptionError` where the disk takes no more.
        """
        from pyarrow import parquet  # late: an extra

        sizes: dict[str, int] = {}
        counts = {name: table.num_rows for name, table in tables.items()}
        try:
            for name, table in tables.items():
                path = self.part(name, number)
                beside = _beside(path)
                parquet.write_table(table, beside, compression="zstd")
                sizes[name] = _size(beside)
                beside.replace(path)
        except OSError as error:
            raise self._unwritable(error) from error
        marker = {"digest": digest, "rows": counts, "bytes": sizes}
        self._put(self._marker(number), (json.dumps(marker, sort_keys=True) + "\n").encode())
        return counts

    def counts(self, number: int) -> dict[str, int]:
        """Return how many rows a finished batch gave each table."""
        rows: dict[str, int] = _read(self._marker(number))["rows"]
        return rows

    def errors(self, number: int) -> Iterator[DocumentError]:
        """Yield what a finished batch could not use, with the document and why."""
        from pyarrow import parquet  # late: an extra

        for row in parquet.read_table(self.part("errors", number)).to_pylist():
            yield DocumentError(row["reason"], path=row["document"], line=row["line"])

    def parts(self, table: str) -> list[Path]:
        """Return the parts of a table in order of batch."""
        return sorted((self.folder / table).glob("[0-9]*.parquet"), key=lambda path: int(path.stem))

    def part(self, table: str, number: int) -> Path:
        """Return where the part of a batch lies."""
        return self.folder / table / f"{number:06d}.parquet"

    def write_rows(self, name: str, rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> int:
        """Write one table of the whole run beside the parts, and return how many rows it has."""
        import pyarrow as pa  # late: an extra
        from pyarrow import parquet

        count, coming = 0, iter(rows)
        path = self.folder / f"{name}.parquet"
        beside = _beside(path)
        try:
            with parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
                while some := list(islice(coming, _GROUP)):
                    writer.write_table(pa.Table.from_pylist(some, schema=schema))
                    count += len(some)
            beside.replace(path)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            beside.unlink(missing_ok=True)
        return count

    def write_page(self, name: str, text: str) -> None:
        """Write a page of the whole run. Raises `OptionError` where the disk takes no more."""
        self._put(self.folder / name, text.encode("utf-8", "replace"))

    def end(self, last: int) -> None:
        """Remove what a killed process left beside the parts. Raises `OptionError` for batches beyond the last.

        Those are of an input that has become shorter since.
        """
        for name in (".", *TABLES, _DONE):
            for left in (self.folder / name).glob(".[0-9]*-*"):
                left.unlink(missing_ok=True)
        if any(int(marker.stem) > last for marker in (self.folder / _DONE).glob("[0-9]*.json")):
            raise OptionError(
                f"the input has become shorter since {str(self.folder)!r} was begun: choose another folder,"
                " or delete it"
            )

    def _marker(self, number: int) -> Path:
        return self.folder / _DONE / f"{number:06d}.json"

    def _put(self, path: Path, data: bytes) -> None:
        try:
            beside = _beside(path)
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OptionError:
        return OptionError(f"cannot write to {str(self.folder)!r}: {error.strerror or error}")


def _beside(path: Path) -> Path:
    return path.with_name(f".{os.getpid()}-{path.name}")


def _read(path: Path) -> dict[str, Any]:
    """Return the object in a file of JSON; what is missing or damaged is an empty one."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
