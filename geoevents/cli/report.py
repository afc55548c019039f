"""The command `report`: findings as a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geoevents.cli.findings import Findings
from geoevents.cli.parameters import input_options, knowledge_options
from geoevents.cli.running import say

__all__ = ["report_command"]


@click.command("report")
@input_options
@knowledge_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("output/brief.html"),
    show_default=True,
    help="The file to write: .html, .docx, .pptx or .pdf.",
)
@click.option("--title", help="The title; by default the headline.")
def report_command(output: Path, title: str | None, **inputs: Any) -> None:
    """Write a briefing: summary, map, verdicts with their arithmetic, events, sources, limits.

    It is for reading and print, and each picture has alternative text. Needs the extra `report`
    (pip install 'geoevents[report]'). PATH may be texts, or a table or collection of events, as for
    `map`.

    \b
    Examples:
      geoevents report examples -o brief.docx
      geoevents report reports/ -o brief.pptx --title "Week 24"
      geoevents report acled.csv -o brief.pdf
    """  # noqa: D301
    from geoevents.reports import check_report_target, write_report  # late: start-up time

    check_report_target(output)
    findings = Findings(inputs)
    if not findings.is_empty:
        say(str(write_report(findings.collection, output, title=title or findings.default_title)))
    findings.end()
