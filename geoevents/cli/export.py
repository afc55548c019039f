"""What does `geoevents export` do with its arguments?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geoevents.cli.parameters import input_options, knowledge_options
from geoevents.cli.running import Run, say

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
    "--format", "layout", type=click.Choice(_FORMATS), help="The format, where the ending does not say."
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

    run = Run(**inputs)
    write_export(
        run.analyses(),
        output,
        layout=ExportFormat(layout) if layout else None,
        layer=Layer(layer) if layer else None,
    )
    say(str(output))
    run.end()
