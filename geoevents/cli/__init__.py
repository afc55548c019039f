"""How is geoevents used from a shell?

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 what `--fail-on` asked
for, 2 bad input (each named in one line; the good input beside it is still worked on).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents import __version__
from geoevents.cli.check import check_command
from geoevents.cli.evaluate import evaluate_command
from geoevents.cli.events import events_command
from geoevents.cli.export import export_command
from geoevents.cli.gazetteer import gazetteer_group
from geoevents.cli.lookup import (
    distance_report,
    hit_row,
    is_by_sound,
    looser_hint,
    online_rows,
    places_named,
    ranked_hits,
)
from geoevents.cli.map import embed_command, map_command
from geoevents.cli.parameters import (
    Format,
    format_option,
    input_options,
    knowledge_options,
    roles_option,
    stage_options,
)
from geoevents.cli.printing import (
    Listing,
    print_listing,
    print_rows,
)
from geoevents.cli.report import report_command
from geoevents.cli.run import run_command
from geoevents.cli.running import OneLineGroup, Run, load_gazetteer, say
from geoevents.errors import OptionError
from geoevents.geodesy import LatLon
from geoevents.model import LOCATING_ROLES, PlaceKind, ToponymRole

if TYPE_CHECKING:
    from geoevents.model import Analysis

__all__ = ["main"]


@click.group(
    cls=OneLineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="geoevents %(version)s")
def main() -> None:
    """Read conflict news: what happened where, and can the distances claimed be true?

    PATH is a text file, a folder of them, or - for standard input. Everything works offline.

    \b
    Examples:
      geoevents map report.txt -o report.html
      geoevents check --text "Toretsk is 20 km south of Kramatorsk."
      geoevents lookup Hmeimim
    """  # noqa: D301 - \b is click's mark for a paragraph to leave as it is


@main.command("places")
@input_options
@knowledge_options
@stage_options
@format_option(Format.TABLE, Format.JSONL, Format.CSV, Format.GEOJSON)
@roles_option(
    "Show only names in these roles: literal,metonym. All by default; in GeoJSON those that locate."
    " End-to-end F1 on LGL and GeoWebNews: .86 and .86 with all, .78 and .76 with those that locate."
)
@click.option("--fail-on", type=click.Choice(["unresolved"]), help="Exit with 1 when there is one.")
def places_command(
    output_format: str, fail_on: str | None, roles: frozenset[ToponymRole] | None, **inputs: Any
) -> None:
    """Print the place names, which place each one means, in which role, and why.

    \b
    The roles say what a name does in its sentence:
      literal      the place itself ("in Aleppo")
      dateline     where the report was written ("MOSCOW (AP) -")
      institution  a body called by its seat ("the Kremlin")
      metonym      a government called by its capital or country ("Moscow said")
      demonym      a people or an adjective ("Syrian")
      embedded     a part of an organization's name ("Aleppo Media Center")
      description  a place that is meant but not named ("the Syrian capital", "in the city")

    All are listed. Demonyms and embedded names say where nothing happened: they are on no map, in
    no event and in no GeoJSON, unless asked for by --roles.

    \b
    Examples:
      geoevents places examples/at-tanf.txt
      geoevents places --roles literal,dateline --country SY reports/
      geoevents places --format jsonl reports/ > places.jsonl
    """  # noqa: D301
    from geoevents.exports import PLACE_COLUMNS, place_rows  # late: start-up time

    layout = Format(output_format)
    if roles is None and layout is Format.GEOJSON:
        roles = LOCATING_ROLES

    def fails(analysis: Analysis) -> bool:
        return fail_on is not None and any(r.place is None for r in analysis.resolutions)

    shown = ("text", "role", "name", "kind", "country", "admin1", "lat", "lon", "score", "reason")
    run = Run(**inputs, fails=fails, is_places_only=True, roles=roles)
    listing = Listing(place_rows, PLACE_COLUMNS, shown=shown, layers=("place",))
    print_listing(run.analyses(), listing, layout=layout)
    run.end()


@main.command("lookup")
@click.argument("name")
@knowledge_options
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many to show."
)
@click.option(
    "--kind", type=click.Choice([kind.value for kind in PlaceKind]), help="Only places of this kind."
)
@click.option("--online", is_flag=True, help="Ask OpenStreetMap's Nominatim for a name that is nowhere here.")
@click.option("--nominatim", metavar="URL", help="Another Nominatim server to ask.")
@format_option(Format.TABLE, Format.JSONL, Format.CSV)
def lookup_command(
    name: str,
    gazetteers: tuple[Path, ...],
    countries: tuple[str, ...],
    near: LatLon | None,
    limit: int,
    kind: str | None,
    nominatim: str | None,
    output_format: str,
    *,
    online: bool,
) -> None:
    """Show every place that NAME may mean, best first, and why: spelling, then kind and size.

    After a comma, NAME may say where it lies: "Paris, Texas".

    Nothing leaves this machine unless you say --online; answers are kept, and never asked for twice.

    \b
    Examples:
      geoevents lookup Hmeimim
      geoevents lookup Tripoli --country LY
      geoevents lookup "Springfield, Ill."
      geoevents lookup Springfield --near 39.8,-89.6
      geoevents lookup Tiyas --kind military
    """  # noqa: D301
    chosen = PlaceKind(kind) if kind else None
    hits = ranked_hits(load_gazetteer(gazetteers), name, countries=countries, near=near, kind=chosen)[:limit]
    rows = [hit_row(hit, near) for hit in hits]
    if online and (not rows or is_by_sound(hits)):
        rows = online_rows(name, countries=countries, near=near, server=nominatim)[:limit] or rows
    if not rows:
        what = f"place of kind {kind!r}" if kind else "place"
        raise OptionError(f"no {what} is called {name!r}, in any spelling that is known")
    print_rows(rows, tuple(rows[0]), shown=tuple(rows[0]), layout=Format(output_format))
    if hits and (hint := looser_hint(hits[0], name)):
        say(hint)


# A point south of the equator begins with a minus, and is no option.
@main.command("distance", context_settings={"ignore_unknown_options": True})
@click.argument("origin", metavar="FROM")
@click.argument("target", metavar="TO")
@knowledge_options
def distance_command(
    origin: str,
    target: str,
    gazetteers: tuple[Path, ...],
    countries: tuple[str, ...],
    near: LatLon | None,
) -> None:
    """Print how far it is FROM one place TO another, and in which direction.

    FROM and TO are names, or points as LAT,LON in degrees, decimal or with minutes and seconds.

    \b
    Examples:
      geoevents distance At-Tanf Aleppo
      geoevents distance 33.506,38.618 "Deir ez-Zor"
      geoevents distance -1.68,29.22 "Goma, DR Congo"
      geoevents distance '33°30′22″N 38°37′05″E' Aleppo
    """  # noqa: D301
    gazetteer = load_gazetteer(gazetteers)
    ends = places_named(gazetteer, (origin, target), countries=countries, near=near)
    click.echo(distance_report(*ends))


main.add_command(export_command)
main.add_command(check_command)
main.add_command(evaluate_command)
main.add_command(events_command)
main.add_command(map_command)
main.add_command(embed_command)
main.add_command(report_command)
main.add_command(gazetteer_group)
main.add_command(run_command)


@main.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    Examples:
      geoevents completion bash > ~/.local/share/bash-completion/completions/geoevents
      geoevents completion zsh > ~/.zfunc/_geoevents
      geoevents completion fish > ~/.config/fish/completions/geoevents.fish
    """  # noqa: D301
    from click.shell_completion import get_completion_class  # late: start-up time

    completion = get_completion_class(shell)
    if completion is None:
        raise OptionError(f"there is no completion for {shell!r}")
    click.echo(completion(main, {}, "geoevents", "_GEOEVENTS_COMPLETE").source())
