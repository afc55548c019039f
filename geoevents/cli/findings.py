"""How do texts and files of events become the one collection that maps and briefings are made from?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from geoevents.cli.running import Run, count, say
from geoevents.errors import GeoeventsError
from geoevents.eventfiles import holds_events, read_collection

__all__ = ["Findings"]

_NAMED_AT_MOST = 20


@dataclass(slots=True)
class Findings:
    """What one command was given: texts go through the pipeline, tables and collections do not.

    `inputs` are the options that the commands share. A bad row is named in one line, and the good ones
    beside it are kept; `end` leaves with the exit code that this deserves.
    """

    inputs: dict[str, Any]
    collection: dict[str, Any] = field(init=False)
    default_title: str | None = field(default=None, init=False)
    _run: Run | None = field(default=None, init=False)
    _bad_rows: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        # Whoever names the column of texts has a table of texts, not of events.
        is_of_texts = self.inputs.get("text_column") is not None
        tables = [path for path in self.inputs["paths"] if not is_of_texts and holds_events(path)]
        texts = tuple(path for path in self.inputs["paths"] if path not in tables)
        parts = [self._table(path) for path in tables]
        if texts or self.inputs["text"] is not None or not tables:
            parts.append(self._texts(texts))
        self.collection = _joined(part for part in parts if part is not None)
        if len(self.inputs["paths"]) == len(tables) == 1:
            self.default_title = Path(tables[0]).stem

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all could be read."""
        return not self.collection["features"] and not self.collection["geoevents"]["documents"]

    def end(self) -> None:
        """Say how much input was not used, and leave with the exit code that the run deserves."""
        if self._bad_rows > _NAMED_AT_MOST:
            say(f"geoevents: and {self._bad_rows - _NAMED_AT_MOST:,} more rows that could not be used")
        if self._run is not None:
            self._run.end()
        if self._bad_rows:
            events = sum(f["properties"]["layer"] == "event" for f in self.collection["features"])
            say(f"geoevents: {count(self._bad_rows, 'row')} not used, {count(events, 'event')} kept")
            raise click.exceptions.Exit(2)

    def _table(self, path: str) -> dict[str, Any] | None:
        try:
            return read_collection(path, on_error=self._note)
        except GeoeventsError as error:
            self._note(error)
            return None

    def _texts(self, paths: tuple[str, ...]) -> dict[str, Any]:
        from geoevents.exports import feature_collection  # late: start-up time

        self._run = Run(**(self.inputs | {"paths": paths}))
        return feature_collection(self._run.analyses())

    def _note(self, error: GeoeventsError) -> None:
        self._bad_rows += 1
        if self._bad_rows <= _NAMED_AT_MOST:
            say(f"geoevents: {error}")


def _joined(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return one collection of several; of documents with one id the first is kept."""
    features: list[dict[str, Any]] = []
    documents: dict[str, dict[str, Any]] = {}
    version = None
    for part in parts:
        features += part["features"]
        version = part["geoevents"]["version"]
        for row in part["geoevents"]["documents"]:
            documents.setdefault(row["id"], row)
    meta = {"version": version, "documents": list(documents.values())}
    return {"type": "FeatureCollection", "features": features, "geoevents": meta}
