"""The commands `map` and `embed`: findings as a page or a picture, and frames for a page of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from geoevents.cli.findings import Findings
from geoevents.cli.parameters import input_options, knowledge_options, stage_options
from geoevents.cli.running import count, say

__all__ = ["embed_command", "map_command"]


@click.command("map")
@input_options
@knowledge_options
@stage_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("output/map.html"),
    show_default=True,
    help="The file to write: .html a page, .png .svg .pdf a picture, .json for a TimeMap.",
)
@click.option("--title", help="The title; by default the headline.")
@click.option(
    "--size",
    type=click.Choice(["slide", "page", "column"]),
    default="slide",
    show_default=True,
    help="What a picture is for: a slide, the width of a page, a column of print.",
)
@click.option(
    "--tiles",
    metavar="NAME",
    help="Draw an online background, such as OpenStreetMap; the page then asks its server.",
)
def map_command(output: Path, title: str | None, size: str, tiles: str | None, **inputs: Any) -> None:
    """Write one interactive page that holds the map and the evidence, or a still picture.

    The page needs no network: mail it, or embed it in a report. PATH may also be a table or collection
    of events: CSV or GeoJSON of ours, a download of ACLED or UCDP GED, any CSV with latitude and
    longitude, or the JSON of a TimeMap. Rows that cannot be used are named and left out.

    \b
    Examples:
      geoevents map examples/at-tanf.txt -o at-tanf.html
      cat wire.txt | geoevents map - -o wire.html
      geoevents map acled.csv -o acled.html
      geoevents map examples/at-tanf.txt -o at-tanf.png --size column
    """  # noqa: D301
    from geoevents.maps import MOST_EVENTS, check_map_target, write_map  # late: start-up time

    check_map_target(output)
    findings = Findings(inputs)
    if not findings.is_empty:
        heading = title or findings.default_title
        path = write_map(findings.collection, output, title=heading, tiles=tiles, size=size)
        events, claims = (_number(findings.collection, layer) for layer in ("event", "claim"))
        if events > MOST_EVENTS:
            say(
                f"geoevents: {events:,} events are more than a map shows one by one ({MOST_EVENTS:,}): "
                "they are drawn together by cells and months, without their texts"
            )
        documents = len(findings.collection["geoevents"]["documents"])
        parts = [count(documents, "document")] if documents else []
        parts += [count(events, "event"), count(claims, "checked claim")]
        say(f"{path}: {', '.join(parts)}")
    findings.end()


def _number(collection: dict[str, Any], layer: str) -> int:
    return sum(feature["properties"]["layer"] == layer for feature in collection["features"])


_WHEN = """\
src     for a host page that can have a second file beside it: put the map there. The map keeps its own
        security policy, whatever the host's is. Lighter, and the one to prefer.
srcdoc  for all in one file, or a system that takes no second one. The host's own policy then holds in the
        frame as well: where it forbids inline scripts, the map stays empty."""


@click.command("embed")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--height", "height_px", type=click.IntRange(200, 4000), default=640, show_default=True, help="In pixels."
)
@click.option("--kind", type=click.Choice(["src", "srcdoc"]), help="Print this frame only.")
def embed_command(path: Path, height_px: int, kind: str | None) -> None:
    """Print frames that put a written map into a page of your own, and say when which works.

    \b
    Examples:
      geoevents embed output/map.html
      geoevents embed output/map.html --kind srcdoc > frame.html
    """  # noqa: D301
    from geoevents.maps import embed_snippets  # late: start-up time

    snippets = embed_snippets(path, height_px=height_px)
    say(_WHEN)
    if kind != "srcdoc":
        click.echo(snippets.src)
    if kind == "srcdoc" or (kind is None and not sys.stdout.isatty()):
        click.echo(snippets.srcdoc)
    elif kind is None:
        say(f"the other one is {len(snippets.srcdoc):,} characters long: add --kind srcdoc > frame.html")
