# ruff: noqa: INP001 -- a command, not a package
"""What does each command take? Writes docs/cli.md from the commands themselves.

    python scripts/reference.py

A test holds the page to what this gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from geoevents.cli import main as geoevents_command

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_OPENING = """\
# Commands

This page is written by `scripts/reference.py` from the commands themselves, and says what `--help` says.

Data goes to standard output, talk to standard error. The exit code is 0 when done, 1 for what `--fail-on` asked
for, and 2 for bad input: each bad file, row or option is named in one line, and the good input beside it is
worked on. Every command also takes `-h` and `--help`.
"""


def cli_reference() -> str:
    """Return the page: every command with its words, arguments, options and examples."""
    root = click.Context(geoevents_command, info_name="geoevents")
    return "\n".join([_OPENING, *_described(geoevents_command, root, level=1)])


def _described(command: click.Command, context: click.Context, *, level: int) -> Iterator[str]:
    if level > 1:
        yield f"{'#' * level} {context.command_path}\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {usage}\n```\n"
    yield from _prose(command.help or "")
    rows = [record for option in command.get_params(context) if (record := option.get_help_record(context))]
    rows = [(names, meaning) for names, meaning in rows if meaning and "--help" not in names]
    if rows:
        yield "| option | what it does |\n|---|---|"
        yield from (f"| `{_cell(names)}` | {_cell(_plain(meaning))} |" for names, meaning in rows)
        yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                inner = click.Context(child, parent=context, info_name=name)
                yield from _described(child, inner, level=level + 1)


def _prose(help_text: str) -> Iterator[str]:
    """Yield paragraphs as they are, and those that click leaves alone as blocks."""
    for paragraph in cleandoc(help_text).split("\n\n"):
        lines = paragraph.splitlines()
        if lines[0] != "\b":
            yield _plain(" ".join(paragraph.split())) + "\n"
            continue
        del lines[0]
        if not lines[0].startswith(" "):
            yield _plain(lines.pop(0)) + "\n"
        indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
        yield "\n".join(["```text", *(line[indent:] for line in lines), "```\n"])


def _plain(text: str) -> str:
    """Return words that Markdown shows as they are: what looks like an option or a pattern is code."""
    text = re.sub(r"(?<![\w`-])(--?[a-z][a-z-]{0,30})(?![\w`-])", r"`\1`", text)
    return text.replace("<", "\\<").replace("*", "\\*")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(cli_reference(), encoding="utf-8")
