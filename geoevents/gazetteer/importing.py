"""How does a file of places become a layer, and which layers are there?

The folder is the caller's to name; each layer is one file in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from geoevents.errors import GazetteerError, OptionError
from geoevents.gazetteer.layers import Layer, LayerRow, Tier, write_layer
from geoevents.gazetteer.shapes import read_geojson
from geoevents.gazetteer.sources import (
    Listener,
    SourceFormat,
    division_names,
    read_alternates,
    read_codes,
    read_geonames,
    read_table,
    sniff,
)
from geoevents.places import PlaceKind

__all__ = ["ImportedLayer", "import_layer", "layer_name", "layer_paths", "remove_layer"]

_SUFFIX = ".layer"
_ODD = re.compile(r"[^a-z0-9_-]{1,200}")


@dataclass(frozen=True, slots=True)
class ImportedLayer:
    """What an import made: the layer's file, and how many places, spellings and bad lines there were."""

    path: Path
    counts: Mapping[str, int]
    _: KW_ONLY
    problems: int


def layer_name(text: str) -> str:
    """Return a text as the name of a layer: lower case, with hyphens for whatever may be no file name.

    >>> layer_name("syr_admbnda ADM1 (2024)")
    'syr_admbnda-adm1-2024'
    """
    name = _ODD.sub("-", text.lower()).strip("-")
    if not name:
        raise OptionError(f"{text!r} is no name for a layer: it needs a letter or a digit")
    return name[:100]


def layer_paths(folder: Path) -> tuple[Path, ...]:
    """Return the layers in a folder, in order of precedence: of two places of one id, the later wins.

    Collections come first, then tables of the user's own; among themselves each are in order of name.
    Raises `GazetteerError` for a file that is no layer.
    """
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    own = {path for path in paths if Layer(path).tier is Tier.OWN} if len(paths) > 1 else set()
    return tuple(sorted(paths, key=lambda path: (path in own, path.name)))


def remove_layer(folder: Path, name: str) -> Path:
    """Delete the layer of a name and return its path. Raises `OptionError` when there is none."""
    path = folder / f"{layer_name(name)}{_SUFFIX}"
    if not path.is_file():
        raise OptionError(f"there is no layer {name!r}")
    path.unlink()
    return path


def import_layer(
    source: Path,
    folder: Path,
    *,
    name: str | None = None,
    kind: PlaceKind | None = None,
    codes: Sequence[Path] = (),
    listener: Listener | None = None,
) -> ImportedLayer:
    """Write the layer of a file of places, called `name` or as the file is.

    `kind` is what the features of GeoJSON are, `codes` are GeoNames' files of division codes, for the
    names of divisions. Bad lines are told to `listener` and left out. Raises `GazetteerError` when
    nothing can be used; an older layer of that name then stays as it was.
    """
    counted = _Counted(listener or Listener())
    sort = sniff(source)
    layer = layer_name(name or source.stem)
    path = folder / f"{layer}{_SUFFIX}"
    rows = _rows(source, sort, layer=layer, kind=kind, codes=codes, listener=counted.listener)
    header = {"file": source.name, "format": sort.value}
    is_own = sort in {SourceFormat.TABLE, SourceFormat.GEOJSON}
    described = source.name if is_own else "GeoNames"
    try:
        counts = write_layer(path, rows, header=header, source=described, tier=sort.tier)
    except GazetteerError as error:
        if error.path is not None:
            raise
        raise GazetteerError(str(error), path=source) from None
    return ImportedLayer(path, counts, problems=counted.problems)


class _Counted:
    """A listener that counts the problems it hands on."""

    def __init__(self, listener: Listener) -> None:
        self.problems = 0
        self._listener = listener
        self.listener = Listener(self._note, on_progress=listener.on_progress)

    def _note(self, problem: GazetteerError) -> None:
        self.problems += 1
        self._listener.on_problem(problem)


def _rows(
    source: Path,
    sort: SourceFormat,
    *,
    layer: str,
    kind: PlaceKind | None,
    codes: Sequence[Path],
    listener: Listener,
) -> Iterator[LayerRow]:
    match sort:
        case SourceFormat.GEONAMES:
            divisions = division_names(codes, listener=Listener(listener.on_problem))
            return read_geonames(source, divisions=divisions, listener=listener)
        case SourceFormat.ALTERNATES:
            return read_alternates(source, listener=listener)
        case SourceFormat.CODES:
            return read_codes(source, listener=listener)
        case SourceFormat.TABLE:
            return read_table(source, listener=listener)
        case SourceFormat.GEOJSON:
            return read_geojson(source, layer=layer, kind=kind, listener=listener)
