"""What does `geoevents export` do with its arguments?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.parameters import input_options, knowledge_options
from geoevents.cli.running import Run, count, say

if TYPE_CHECKING:
    from geoevents.model import Analysis

__all__ = ["export_command"]

# Spelled out here, so that --help needs none of the writers.
_FORMATS = ("geojson", "gpkg", "geoparquet", "parquet", "kml", "csv", "acled", "ucdp", "plover", "hxl")
_LAYERS = ("places", "events", "claims", "areas")


@click.command("export")
@input_options
@knowledge_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; its ending says how.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(_FORMATS, case_sensitive=False),
    help="The format, where the ending does not say.",
)
@click.option(
    "--layer",
    type=click.Choice(_LAYERS),
    help="For csv, parquet and geoparquet: which layer.  [default: events]",
)
def export_command(output: Path, layout: str | None, layer: str | None, **inputs: Any) -> None:
    """Write what was found as a file for a GIS, a spreadsheet or another project's tables.

    .geojson, .gpkg, .kml and .kmz hold places, events, claims and uncertainty areas; .parquet and
    .csv hold one layer. acled (31 columns), ucdp (49 columns of GED), plover (JSON Lines) and hxl
    (CSV with hashtags) are named with --format. GeoPackage and Parquet need `pip install
    'geoevents[gis]'`.

    \b
    Examples:
      geoevents export reports/ -o output/reports.gpkg
      geoevents export reports/ -o output/claims.csv --layer claims
      geoevents export reports/ -o output/acled.csv --format acled
    """  # noqa: D301
    from geoevents.exports import ExportFormat, Layer, write_export  # late: start-up time

    taken = _Taken(layout)
    run = Run(**inputs)
    write_export(
        taken.counted(run.analyses()),
        output,
        layout=ExportFormat(layout) if layout else None,
        layer=Layer(layer) if layer else None,
    )
    say(str(output))
    taken.tell()
    run.end()


# What the tables of other projects take, of what was found.
_TAKES = {
    "acled": "factual, dated events with a place, of ACLED's six types; deaths that no text counts are 0",
    "ucdp": "factual, dated events with a place and a death",
    "plover": "factual, dated events with a place, of its categories",
}


class _Taken:
    """Counts how many of the events another project's table takes."""

    def __init__(self, layout: str | None) -> None:
        self._layout = layout
        self._events = self._taken = 0

    def counted(self, analyses: Iterable[Analysis]) -> Iterator[Analysis]:
        from geoevents.exports import acled_rows, plover_records, ucdp_rows  # late: start-up time

        rows_of = {"acled": acled_rows, "ucdp": ucdp_rows, "plover": plover_records}.get(self._layout or "")
        for analysis in analyses:
            if rows_of is not None:
                self._events += len(analysis.events)
                self._taken += sum(1 for _ in rows_of(analysis))
            yield analysis

    def tell(self) -> None:
        if self._layout in _TAKES:
            written = f"{self._taken:,} of {count(self._events, 'event')} written"
            say(f"geoevents: {written}: {self._layout} takes {_TAKES[self._layout]}")
