"""How does a user look at the gazetteer, add places to it and take them away again?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoevents.cli.folders import data_folder_option, layers_folder
from geoevents.cli.running import count, say
from geoevents.errors import GazetteerError, GeoeventsError, OptionError
from geoevents.model import PlaceKind

if TYPE_CHECKING:
    from geoevents.gazetteer.importing import ImportedLayer

__all__ = ["gazetteer_group"]

_MOST_PROBLEMS = 50  # lines of a file; what is wrong with a file is mostly wrong with all of it


@click.group("gazetteer")
def gazetteer_group() -> None:
    """Look at the gazetteer, check tables, and import more places.

    Imported places lie in the user's data folder, one layer for each file, and every command knows
    them from then on.

    \b
    Examples:
      geoevents gazetteer info
      geoevents gazetteer fetch SY UA
      geoevents gazetteer import SY.zip syr_admin2.geojson my-places.csv
      geoevents gazetteer validate my-places.csv
    """  # noqa: D301


@gazetteer_group.command("validate")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def validate_command(path: Path | None) -> None:
    """Name every bad row of a table with file, line, column and value; of the curated one by default.

    A row is bad whose kind, country, numbers or id cannot be, that names no source, whose point lies
    outside its country (unless it says that it is disputed, or its circle reaches in) or would lie
    in it with latitude and longitude swapped, or that gives the name of a bigger city to something
    else. The exit code is 2 when there is one.

    \b
    Examples:
      geoevents gazetteer validate
      geoevents gazetteer validate my-places.csv
    """  # noqa: D301
    from geoevents.boundaries import Boundaries  # late: start-up time
    from geoevents.gazetteer import Gazetteer
    from geoevents.gazetteer.validation import validate_on_map
    from geoevents.tables import table_path

    table = path or table_path("gazetteer.csv")
    boundaries = Boundaries.load()
    problems = validate_on_map(
        table,
        countries_at=lambda point: {answer.country for answer in boundaries.countries_at(point)},
        gazetteer=Gazetteer.load(),
    )
    for problem in problems:
        say(f"geoevents: {problem}")
    say(f"{table}: {count(len(problems), 'problem')}")
    _finish(len(problems))


@gazetteer_group.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--name", help="What to call the layer; by default the name of its file. For one file only.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in PlaceKind]),
    help="What the features of GeoJSON are, where they do not say it.",
)
@data_folder_option
def import_command(paths: tuple[Path, ...], name: str | None, kind: str | None, folder: Path | None) -> None:
    """Import places from files: each becomes a layer, in place of an older one of its name.

    PATH is a country file of GeoNames or its allCountries (.txt or .zip), its alternateNamesV2,
    admin1CodesASCII.txt or admin2Codes.txt (which name the divisions of what is imported with them),
    a CSV table in the columns of data/gazetteer.csv, or GeoJSON with points or polygons (a file, or a
    folder of files as Who's On First has them). A line that cannot be used is named and left out, and
    the exit code is then 2; a file that is broken or breaks off leaves the older layer as it was.

    \b
    Examples:
      geoevents gazetteer import SY.zip UA.txt
      geoevents gazetteer import allCountries.zip admin1CodesASCII.txt
      geoevents gazetteer import --name raions --kind admin2 ukr_admbnda_adm2.geojson
    """  # noqa: D301
    if name is not None and len(paths) > 1:
        raise OptionError("--name is for one file only")
    chosen = PlaceKind(kind) if kind else None
    _finish(_import(paths, folder or layers_folder(), name=name, kind=chosen))


def _import(
    paths: tuple[Path, ...], folder: Path, *, name: str | None = None, kind: PlaceKind | None = None
) -> int:
    """Import the files one after the other and return how much went wrong."""
    from geoevents.gazetteer.sources import SourceFormat, sniff  # late: start-up time

    codes = [path for path in paths if path.is_file() and _is(path, SourceFormat.CODES, sniff)]
    problems = 0
    for path in paths:
        try:
            problems += _import_file(path, folder, name=name, kind=kind, codes=codes)
        except GeoeventsError as error:
            say(f"geoevents: {error}")
            problems += 1
    return problems


def _import_file(
    path: Path,
    folder: Path,
    *,
    name: str | None = None,
    kind: PlaceKind | None = None,
    codes: Sequence[Path] = (),
) -> int:
    """Import one file and return how many lines were bad. Raises `GeoeventsError` when nothing came of it."""
    from geoevents.gazetteer.importing import import_layer  # late: start-up time
    from geoevents.gazetteer.sources import Listener

    told = _Problems()
    try:
        with _progress(path.name, "sorting the names") as advance:
            listener = Listener(told, on_progress=advance)
            layer = import_layer(path, folder, name=name, kind=kind, codes=codes, listener=listener)
        _report(path, layer)
    finally:
        problems = told.end(path)
    return problems


def _is(path: Path, wanted: object, sniff: Callable[[Path], object]) -> bool:
    try:
        return sniff(path) is wanted
    except GeoeventsError:
        return False  # named when it is imported


def _report(path: Path, layer: ImportedLayer) -> None:
    counts = layer.counts
    parts = [count(counts["places"], "place")] if counts["places"] else []
    parts += [f"names of {count(counts['names only'], 'place')}"] if counts["names only"] else []
    parts += [f"{counts['duplicates']:,} left out as duplicates"] if counts["duplicates"] else []
    say(
        f"{path.name}: layer {layer.path.stem!r}, {', '.join(parts)}, {count(counts['spellings'], 'spelling')}"
    )


class _Problems:
    """Names bad lines as they come, up to a number that still helps."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, problem: GazetteerError) -> None:
        self._number += 1
        if self._number <= _MOST_PROBLEMS:
            say(f"geoevents: {problem}")

    def end(self, path: Path) -> int:
        """Say how many more there were, and return how many in all."""
        if self._number > _MOST_PROBLEMS:
            say(f"geoevents: {path}: {count(self._number - _MOST_PROBLEMS, 'more bad line')}")
        return self._number


def _finish(problems: int) -> None:
    if problems:
        raise click.exceptions.Exit(2)


_BAR = 30  # characters


@contextmanager
def _progress(label: str, afterwards: str) -> Iterator[Callable[..., None]]:
    """At a terminal, show a bar on one line, and what is done when it is full."""
    is_shown = sys.stderr.isatty()

    def advance(done: int, total: int | None = None) -> None:
        if not is_shown:
            return
        state = f"{done:,} bytes"
        if total:
            full = _BAR * done // total
            state = f"[{'#' * full}{'.' * (_BAR - full)}] {100 * done // total} %"
        ending = f", {afterwards}" if done == total else ""
        click.echo(f"\r\x1b[K{label} {state}{ending}", nl=False, err=True)

    try:
        yield advance
    finally:
        if is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)


@gazetteer_group.command("fetch")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--base-url", help="A mirror of https://download.geonames.org/export/dump/.")
@data_folder_option
def fetch_command(codes: tuple[str, ...], base_url: str | None, folder: Path | None) -> None:
    """Download the GeoNames files of countries over HTTPS, and import them.

    CODE is ISO 3166-1 alpha-2, or allCountries. A download that breaks off is gone on with the next
    time. The data is GeoNames', under CC BY 4.0.

    \b
    Examples:
      geoevents gazetteer fetch SY UA
    """  # noqa: D301
    layers = folder or layers_folder()
    problems = 0
    for code in codes:
        try:
            problems += _fetch(code, layers, base_url)
        except GeoeventsError as error:
            say(f"geoevents: {error}")
            problems += 1
    _finish(problems)


def _fetch(code: str, layers: Path, base_url: str | None) -> int:
    """Download and import one country; what came is kept when it cannot be imported."""
    from geoevents.gazetteer.fetching import GEONAMES_URL, fetch_country  # late: start-up time

    with _progress(code, "checking it") as advance:
        path = fetch_country(
            code, layers / "downloads", base_url=base_url or GEONAMES_URL, on_progress=advance
        )
    try:
        problems = _import_file(path, layers)
    except GeoeventsError:
        say(f"what was downloaded is in {path}")
        raise
    path.unlink()
    return problems


@gazetteer_group.command("list")
@data_folder_option
def list_command(folder: Path | None) -> None:
    """List the imported layers, the one that wins last.

    \b
    Examples:
      geoevents gazetteer list
    """  # noqa: D301
    from tabulate import tabulate  # late: start-up time

    from geoevents.gazetteer.importing import layer_paths
    from geoevents.gazetteer.layers import Layer

    layers = [Layer(path) for path in layer_paths(folder or layers_folder())]
    if not layers:
        say(f"there are no layers in {folder or layers_folder()}")
        return
    rows = [
        (layer.name, layer.header["format"], layer.header["file"], *_figures(layer.header["counts"]))
        for layer in layers
    ]
    click.echo(tabulate(rows, headers=["layer", "what", "file", "places", "spellings"], intfmt=","))


def _figures(counts: dict[str, int]) -> tuple[int, int]:
    return counts["places"] or counts["names only"], counts["spellings"]


@gazetteer_group.command("info")
@click.argument("name", required=False)
@data_folder_option
def info_command(name: str | None, folder: Path | None) -> None:
    """Print what the gazetteer, or the layer NAME, is made of: sources, versions and counts.

    \b
    Examples:
      geoevents gazetteer info
      geoevents gazetteer info sy
    """  # noqa: D301
    from geoevents.gazetteer import Gazetteer  # late: start-up time
    from geoevents.gazetteer.importing import layer_paths

    info = Gazetteer.load(layers=layer_paths(folder or layers_folder())).info()
    layers = {Path(layer["path"]).stem: layer for layer in info["layers"]}
    if name is not None:
        if name not in layers:
            raise OptionError(f"there is no layer {name!r}")
        click.echo(_described(name, layers[name]))
        return
    for path, rows in info["tables"].items():
        click.echo(f"curated  {count(rows, 'place')}\n  file     {path}")
    world = info["world"]
    click.echo(f"world    {count(world['counts']['places'], 'place')}\n  file     {world['path']}")
    click.echo(f"  size     {world['size'] / 1e6:.1f} MB, format {world['format']}")
    for source in world["sources"]:
        click.echo(f"  source   {source}")
    click.echo(f"  version  {world['fingerprint'][:16]}")
    for entry, number in world["counts"].items():
        click.echo(f"  {entry:<11}{number:>11,}")
    for layer_name, layer in layers.items():
        click.echo(_described(layer_name, layer))


def _described(name: str, layer: dict[str, object]) -> str:
    counts = layer["counts"]
    figures = (
        ", ".join(f"{key} {value:,}" for key, value in counts.items()) if isinstance(counts, dict) else ""
    )
    lines = [
        f"layer    {name}",
        f"  file     {layer['path']}",
        f"  source   {layer['source']}, {layer['format']}, from {layer['file']}",
        f"  counts   {figures}",
    ]
    return "\n".join(lines)


@gazetteer_group.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@data_folder_option
def remove_command(names: tuple[str, ...], folder: Path | None) -> None:
    """Delete imported layers.

    \b
    Examples:
      geoevents gazetteer remove sy
    """  # noqa: D301
    from geoevents.gazetteer.importing import remove_layer  # late: start-up time

    for name in names:
        say(f"removed {remove_layer(folder or layers_folder(), name)}")
