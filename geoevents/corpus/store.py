"""Where do the parts of the tables lie, and how does a run go on where another was killed?

A part is written beside its place and moved there, then a marker with the digest of its batch is; what
has no marker was never finished. A run that is started again passes over what is marked, and refuses
a folder that other inputs or settings have filled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.corpus.tables import TABLES
from geoevents.errors import OptionError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Store"]

_MANIFEST = "manifest.json"
_DONE = "done"


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of one run."""

    folder: Path

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Make the folder for these settings, or go on in it.

        Raises `OptionError` where it holds a run with others, or files that are no run's.
        """
        text = json.dumps(settings, indent=2, sort_keys=True) + "\n"
        manifest = self.folder / _MANIFEST
        try:
            if manifest.is_file():
                self._compare(json.loads(manifest.read_text(encoding="utf-8")), settings)
                return
            if self.folder.is_dir() and any(self.folder.iterdir()):
                raise OptionError(f"the folder {str(self.folder)!r} holds something else than a run")
            for name in (*TABLES, _DONE):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._put(manifest, text.encode())
        except OSError as error:
            raise OptionError(f"cannot write to {str(self.folder)!r}: {error.strerror or error}") from error
        except ValueError as error:
            raise OptionError(f"the manifest {str(manifest)!r} is damaged: {error}") from None

    def _compare(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                raise OptionError(
                    f"the folder {str(self.folder)!r} holds a run with {key} {old.get(key)!r}, not"
                    f" {new.get(key)!r}: choose another folder"
                )

    def is_done(self, number: int, digest: str) -> bool:
        """Say whether a batch was finished. Raises `OptionError` where it held something else then."""
        marker = self._marker(number)
        if not marker.is_file():
            return False
        if json.loads(marker.read_text(encoding="utf-8"))["digest"] != digest:
            raise OptionError(
                f"the input has changed since {str(self.folder)!r} was begun (batch {number}):"
                " choose another folder"
            )
        return True

    def write(self, number: int, digest: str, tables: Mapping[str, pa.Table]) -> dict[str, int]:
        """Write the parts of a batch, then its marker, and return how many rows each table got."""
        from pyarrow import parquet  # late: an extra

        for name, table in tables.items():
            path = self.part(name, number)
            beside = path.with_name(f".{os.getpid()}-{path.name}")
            parquet.write_table(table, beside, compression="zstd")
            beside.replace(path)
        counts = {name: table.num_rows for name, table in tables.items()}
        marker = json.dumps({"digest": digest, "rows": counts}, sort_keys=True) + "\n"
        self._put(self._marker(number), marker.encode())
        return counts

    def counts(self, number: int) -> dict[str, int]:
        """Return how many rows a finished batch gave each table."""
        rows: dict[str, int] = json.loads(self._marker(number).read_text(encoding="utf-8"))["rows"]
        return rows

    def parts(self, table: str) -> Iterator[Path]:
        """Yield the parts of a table in order of batch."""
        yield from sorted((self.folder / table).glob("[0-9]*.parquet"))

    def part(self, table: str, number: int) -> Path:
        """Return where the part of a batch lies."""
        return self.folder / table / f"{number:06d}.parquet"

    def end(self, last: int) -> None:
        """Remove what a killed worker left beside the parts. Raises `OptionError` for batches beyond the last.

        Those are of an input that has become shorter since.
        """
        for name in TABLES:
            for left in (self.folder / name).glob(".*"):
                left.unlink()
        for marker in (self.folder / _DONE).glob(".*"):
            marker.unlink()
        beyond = [m for m in (self.folder / _DONE).glob("[0-9]*.json") if int(m.stem) > last]
        if beyond:
            raise OptionError(
                f"the input has become shorter since {str(self.folder)!r} was begun: choose another folder"
            )

    def _marker(self, number: int) -> Path:
        return self.folder / _DONE / f"{number:06d}.json"

    @staticmethod
    def _put(path: Path, data: bytes) -> None:
        beside = path.with_name(f".{os.getpid()}-{path.name}")
        beside.write_bytes(data)
        beside.replace(path)
