"""Which format does a file want, and who writes it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from geoevents.errors import OptionError
from geoevents.exports.acled import write_acled
from geoevents.exports.hxl import write_hxl
from geoevents.exports.kml import write_kml
from geoevents.exports.layers import Layer
from geoevents.exports.plover import write_plover
from geoevents.exports.spatial import write_geojson, write_geopackage, write_geoparquet, write_parquet
from geoevents.exports.tabular import write_csv
from geoevents.exports.ucdp import write_ucdp

if TYPE_CHECKING:
    from geoevents.model import Analysis

__all__ = ["ExportFormat", "write_export"]


class ExportFormat(StrEnum):
    """A format of files, by the name that `--format` takes."""

    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    GEOPARQUET = "geoparquet"
    PARQUET = "parquet"
    KML = "kml"
    CSV = "csv"
    ACLED = "acled"
    UCDP = "ucdp"
    PLOVER = "plover"
    HXL = "hxl"


@dataclass(frozen=True, slots=True)
class _Writer:
    """`write_layer` for the formats that hold one layer, `write_all` for the others."""

    write_all: Callable[[Iterable[Analysis], Path], Path] | None = None
    write_layer: Callable[..., Path] | None = None


_WRITERS = {
    ExportFormat.GEOJSON: _Writer(write_geojson),
    ExportFormat.GEOPACKAGE: _Writer(write_geopackage),
    ExportFormat.GEOPARQUET: _Writer(write_layer=write_geoparquet),
    ExportFormat.PARQUET: _Writer(write_layer=write_parquet),
    ExportFormat.KML: _Writer(write_kml),
    ExportFormat.CSV: _Writer(write_layer=write_csv),
    ExportFormat.ACLED: _Writer(write_acled),
    ExportFormat.UCDP: _Writer(write_ucdp),
    ExportFormat.PLOVER: _Writer(write_plover),
    ExportFormat.HXL: _Writer(write_hxl),
}
_BY_ENDING = {
    ".geojson": ExportFormat.GEOJSON,
    ".json": ExportFormat.GEOJSON,
    ".gpkg": ExportFormat.GEOPACKAGE,
    ".parquet": ExportFormat.GEOPARQUET,
    ".geoparquet": ExportFormat.GEOPARQUET,
    ".kml": ExportFormat.KML,
    ".kmz": ExportFormat.KML,
    ".csv": ExportFormat.CSV,
}


def write_export(
    analyses: Iterable[Analysis],
    path: Path,
    *,
    layout: ExportFormat | None = None,
    layer: Layer | None = None,
) -> Path:
    """Write analyses in a format, by default the one that the ending of `path` says.

    `layer` is for the formats that hold a single one, events by default. Raises `OptionError` for an
    ending that says nothing, a layer where the format holds them all, and a file that cannot be
    written.
    """
    chosen = layout or _BY_ENDING.get(path.suffix.lower())
    if chosen is None:
        known = ", ".join(sorted(_BY_ENDING))
        raise OptionError(f"the ending of {path.name!r} says no format ({known}): name one with --format")
    writer = _WRITERS[chosen]
    if writer.write_layer is not None:
        return writer.write_layer(analyses, path, layer=layer or Layer.EVENTS)
    if layer is not None:
        raise OptionError(f"the format {chosen.value!r} has no layer to choose, got {layer.value!r}")
    assert writer.write_all is not None
    return writer.write_all(analyses, path)
