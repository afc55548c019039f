"""What happened in these texts, to whom, where, when, and who says so?"""

from __future__ import annotations

from typing import Any

import click

from geoevents.cli.parameters import Format, format_option, input_options, knowledge_options, stage_options
from geoevents.cli.printing import Listing, explain_event, print_explained, print_listing, require_table
from geoevents.cli.running import Run

__all__ = ["events_command"]


@click.command("events")
@input_options
@knowledge_options
@stage_options
@format_option(Format.TABLE, Format.JSONL, Format.CSV, Format.GEOJSON)
@click.option(
    "--explain",
    is_flag=True,
    help="Print each event in full: the rule and the word that made it one, and the reason for each slot.",
)
def events_command(output_format: str, *, explain: bool, **inputs: Any) -> None:
    """Print the events: what, when, where, by whom, to whom, and who says so.

    \b
    Examples:
      geoevents events examples/at-tanf.txt
      geoevents events --format csv reports/ > events.csv
      geoevents events --explain --date 2025-01-14 --text "Shelling killed two in Toretsk on Monday."
    """  # noqa: D301
    from geoevents.exports import EVENT_COLUMNS, event_rows  # late: start-up time

    shown = ("date", "sub_type", "status", "name", "actors", "targets", "fatalities", "text")
    run = Run(**inputs)
    if explain:
        require_table(output_format)
        print_explained(run.analyses(), lambda a: (explain_event(e, a.document.text) for e in a.events))
    else:
        listing = Listing(event_rows, EVENT_COLUMNS, shown=shown, layers=("event",))
        print_listing(run.analyses(), listing, layout=Format(output_format))
    run.end()
