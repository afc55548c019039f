"""Which arguments and options do the commands share?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from geoevents.errors import OptionError
from geoevents.geodesy import LatLon, parse_point
from geoevents.model import ToponymRole

__all__ = [
    "Bytes",
    "Format",
    "coordinates",
    "format_option",
    "input_options",
    "knowledge_options",
    "reading_options",
    "roles_option",
    "stage_options",
]

_DECIMAL = re.compile(
    r"\s*([+-]?\d{1,3}(?:\.\d{1,12})?)(?:\s{0,9}[,;]\s{0,9}|\s{1,9})([+-]?\d{1,3}(?:\.\d{1,12})?)\s*"
)
_SEXAGESIMAL = re.compile(r"\d\s{0,2}(?:[°º]|[NSns]\b)")


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


def coordinates(text: str) -> LatLon | None:
    """Return the point that `text` names in decimal degrees or in degrees, minutes and seconds.

    `None` where it names none; a place name never does. Raises `OptionError` for figures that are
    beyond the poles or the antimeridian.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return parse_point(text) if _SEXAGESIMAL.search(text) else None
    try:
        return LatLon(lat=float(match[1]), lon=float(match[2]))
    except ValueError as error:
        raise OptionError(f"{text!r} is no point: {error}") from None


class _Coordinates(click.ParamType[LatLon]):
    """LAT,LON in degrees."""

    name = "LAT,LON"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> LatLon:
        if isinstance(value, LatLon):
            return value
        point = coordinates(value)
        if point is None:
            self.fail(f"{value!r} is not LAT,LON in degrees, such as 33.51,38.62", param, ctx)
        return point


class _Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2016-06-19", param, ctx)


_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s{0,9}([KMGT]?)(?:I?B)?", re.IGNORECASE)


class Bytes(click.ParamType[int]):
    """A size such as 500M or 2G."""

    name = "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes; units are powers of 1,024."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(value.strip())
        size = int(float(match[1]) * _UNITS[match[2].upper()]) if match else 0
        if size < 1:
            self.fail(f"{value!r} is not a size such as 500M or 2G", param, ctx)
        return size


class _Countries(click.ParamType[tuple[str, ...]]):
    """ISO 3166-1 alpha-2 codes, separated by commas."""

    name = "CODES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        codes = tuple(code.strip().upper() for code in value.split(","))
        for code in codes:
            if not (len(code) == 2 and code.isascii() and code.isalpha()):
                self.fail(f"{code!r} is not an ISO 3166-1 alpha-2 code such as SY", param, ctx)
        return codes


class _Roles(click.ParamType[frozenset[ToponymRole]]):
    """Roles of names, separated by commas."""

    name = "ROLES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[ToponymRole]:
        if isinstance(value, frozenset):
            return value
        words = [word.strip().lower() for word in value.split(",")]
        for word in words:
            if word not in _ROLE_WORDS:
                self.fail(f"{word!r} is no role; the roles are {', '.join(_ROLE_WORDS)}", param, ctx)
        return frozenset(map(ToponymRole, words))


_ROLE_WORDS = tuple(role.value for role in ToponymRole)
_T = TypeVar("_T", bound=Callable[..., Any])


def _options(*options: Callable[[Any], Any]) -> Callable[[_T], _T]:
    def decorate(command: _T) -> _T:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


reading_options = _options(
    click.option(
        "--date",
        "day",
        type=_Day(),
        help="The day the text was written; counts where the text itself does not say.",
    ),
    click.option("--text-column", metavar="NAME", help="In tables: the column that holds the texts."),
    click.option("--id-column", metavar="NAME", help="In tables: the column that names each text."),
    click.option("--date-column", metavar="NAME", help="In tables: the column with the day it was written."),
    click.option(
        "--strict",
        "is_strict",
        is_flag=True,
        help="Stop at the first input that cannot be used, instead of naming it and going on.",
    ),
)
input_options = _options(
    click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]..."),
    click.option("--text", help="Analyze this text instead of files."),
    reading_options,
)
knowledge_options = _options(
    click.option(
        "--gazetteer",
        "gazetteers",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="CSV",
        help="More places, in the columns of data/gazetteer.csv; may be repeated.",
    ),
    click.option(
        "--country", "countries", type=_Countries(), default=(), help="What the text is about: SY,IQ."
    ),
    click.option("--near", type=_Coordinates(), help="Where the text is about."),
)


stage_options = _options(
    click.option(
        "--recognizer",
        metavar="MODULE:OBJECT",
        help="Another stage to find the names: a Document in, a tuple of Toponyms out.",
    ),
    click.option(
        "--resolver",
        metavar="MODULE:OBJECT",
        help="Another stage to say which place each name means: a Document and Toponyms in, a Resolution for each out.",
    ),
)


def roles_option(help_text: str) -> Callable[[_T], _T]:
    """Return the option that chooses names by their role, with what the choice does in `help_text`."""
    return click.option("--roles", type=_Roles(), help=help_text)


def format_option(*formats: Format) -> Callable[[_T], _T]:
    """Return the option that chooses among `formats`; the first is the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice([f.value for f in formats]),
        default=formats[0].value,
        show_default=True,
        help="How to print what was found.",
    )


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
