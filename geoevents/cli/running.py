"""How does one run of a command go from its arguments to an exit code?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.folders import installed_layers
from geoevents.errors import GeoeventsError, OptionError
from geoevents.geodesy import LatLon
from geoevents.seams import with_named_stages

if TYPE_CHECKING:
    from geoevents.documents import Columns
    from geoevents.gazetteer import Gazetteer
    from geoevents.model import Analysis, Document, ToponymRole
    from geoevents.pipeline import Pipeline

__all__ = [
    "OneLineGroup",
    "Run",
    "count",
    "load_gazetteer",
    "require_countries",
    "say",
    "say_skipped",
]


_MOST_SKIPPED_NAMES = 5


class _BadInput(click.ClickException):
    """One line on standard error and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"geoevents: {self.message}", file=file, err=file is None)


class OneLineGroup(click.Group):
    """A group of commands in which an error of ours, or in how it is called, is one line and no traceback."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the words before a command."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            raise _in_one_line(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a `GeoeventsError` ends it with exit code 2."""
        try:
            return super().invoke(ctx)
        except GeoeventsError as error:
            raise _BadInput(str(error)) from None
        except click.UsageError as error:
            raise _in_one_line(error) from None


def _in_one_line(error: click.UsageError) -> click.ClickException:
    """Return an error of click's without its three lines of usage; help that was asked for stays help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    command = error.ctx.command_path if error.ctx is not None else "geoevents"
    message = " ".join(error.format_message().split()).rstrip(".")
    return _BadInput(f"{message} (see {command} --help)")


def say(message: str) -> None:
    """Print one line of talk to standard error."""
    click.echo(message, err=True)


def count(number: int, noun: str) -> str:
    """Return the number with its noun.

    >>> count(1, "claim"), count(0, "claim")
    ('1 claim', '0 claims')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def say_skipped(number: int, names: Sequence[Path]) -> None:
    """Say how many files were passed over, and which the first of them are."""
    if number:
        more = ", ..." if number > len(names) else ""
        listed = ", ".join(path.as_posix() for path in names)
        say(f"geoevents: {count(number, 'file')} of kinds that are not read passed over: {listed}{more}")


def load_gazetteer(paths: tuple[Path, ...], *, is_strict: bool = False) -> Gazetteer:
    """Load the gazetteer with the user's layers and files on top; bad rows are named and left out.

    Where the user `is_strict`, the first of them raises.
    """
    from geoevents.gazetteer import Gazetteer  # late: start-up time of --help

    gazetteer = Gazetteer.load(extra=paths, layers=installed_layers())
    for problem in gazetteer.problems:
        if is_strict:
            raise problem
        say(f"geoevents: {problem}")
    return gazetteer


def require_countries(gazetteer: Gazetteer, countries: tuple[str, ...]) -> None:
    """Raise `OptionError` for a code that no place of the gazetteer has."""
    for country in countries:
        if not gazetteer.in_country(country):
            raise OptionError(f"no country has the code {country!r}")


@dataclass(slots=True)
class Run:
    """The documents of one command, analyzed one after the other; what went wrong is counted.

    `fails` says of an analysis whether it is what the user wants exit code 1 for; `is_places_only`
    spares the stages behind the places, and `roles` are those of the names to show, all by default.
    """

    paths: tuple[str, ...]
    text: str | None
    day: date | None
    gazetteers: tuple[Path, ...]
    countries: tuple[str, ...]
    near: LatLon | None
    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    is_strict: bool = False
    recognizer: str | None = None
    resolver: str | None = None
    fails: Callable[[Analysis], bool] | None = None
    is_places_only: bool = False
    roles: frozenset[ToponymRole] | None = None
    _failed: bool = field(default=False, init=False)
    _bad_files: int = field(default=0, init=False)
    _bad_rows: int = field(default=0, init=False)
    _skipped: int = field(default=0, init=False)
    _skipped_names: list[Path] = field(default_factory=list, init=False)
    _documents: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.text is None and not self.paths:
            raise click.UsageError("name a file, a folder, - for standard input, or give --text")
        if self.text is not None and self.paths:
            raise click.UsageError("give files or --text, not both")

    def analyses(self) -> Iterator[Analysis]:
        """Yield the analyses in order, with a progress bar where many are read at a terminal."""
        gazetteer = load_gazetteer(self.gazetteers, is_strict=self.is_strict)
        self._bad_rows = len(gazetteer.problems)
        require_countries(gazetteer, self.countries)
        pipeline = self._pipeline(gazetteer)
        with _progress(self._sources(), len(self.paths) > 1 or _is_folder(self.paths)) as documents:
            for document in documents:
                if not document.text.strip():
                    say(f"geoevents: {document.id}: there is no text in it")
                analysis = pipeline(document)
                self._documents += 1
                self._failed |= self.fails is not None and self.fails(analysis)
                yield analysis

    def end(self, *, has_failed: bool = False, found: str = "") -> None:
        """Say how much input was not used, and leave with the exit code that the run deserves.

        `has_failed` says that what the user wants exit code 1 for was found in all the input together,
        `found` in words what of it was: input that was not used would hide it.
        """
        say_skipped(self._skipped, self._skipped_names)
        if self._bad_files or self._bad_rows:
            parts = [count(self._bad_files, "input")] if self._bad_files else []
            parts += [count(self._bad_rows, "gazetteer row")] if self._bad_rows else []
            say(
                f"geoevents: {' and '.join(parts)} not used, {count(self._documents, 'document')} analyzed{found and f'; {found}'}"
            )
            raise click.exceptions.Exit(2)
        if not self._documents:
            raise OptionError("there is no text document in what was named")
        if found:
            say(f"geoevents: {found}")
        if self._failed or has_failed:
            raise click.exceptions.Exit(1)

    def _pipeline(self, gazetteer: Gazetteer) -> Pipeline:
        from geoevents.model import ALL_ROLES  # late: start-up time of --help
        from geoevents.pipeline import Pipeline

        over = Pipeline.over_places if self.is_places_only else Pipeline.over
        roles = ALL_ROLES if self.roles is None else self.roles
        pipeline = over(gazetteer, countries=self.countries, near=self.near, roles=roles)
        pipeline = replace(pipeline, day=self.day)
        return with_named_stages(pipeline, gazetteer, recognizer=self.recognizer, resolver=self.resolver)

    def _sources(self) -> Iterator[Document]:
        from geoevents.documents import headline, read_documents  # late: start-up time
        from geoevents.model import Document

        if self.text is not None:
            yield Document(self.text, id="text", title=headline(self.text))
        yield from read_documents(
            self.paths, columns=self._columns(), on_error=self._note, on_skip=self._skip
        )

    def _columns(self) -> Columns:
        from geoevents.documents import Columns  # late: start-up time

        return Columns(self.text_column, self.id_column, self.date_column)

    def _note(self, error: GeoeventsError) -> None:
        if self.is_strict:
            raise error
        self._bad_files += 1
        say(f"geoevents: {error}")

    def _skip(self, path: Path) -> None:
        self._skipped += 1
        if len(self._skipped_names) < _MOST_SKIPPED_NAMES:
            self._skipped_names.append(path)


def _is_folder(paths: tuple[str, ...]) -> bool:
    return any(Path(path).is_dir() for path in paths)


class _Progress:
    """Documents as they come; at a terminal, a line that counts them."""

    def __init__(self, documents: Iterable[Document], *, is_shown: bool) -> None:
        self._documents = documents
        self._is_shown = is_shown

    def __enter__(self) -> Iterator[Document]:
        return self._counted() if self._is_shown else iter(self._documents)

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _counted(self) -> Iterator[Document]:
        for number, document in enumerate(self._documents, start=1):
            click.echo(f"\r\x1b[K{number:,}  {Path(document.id).name[:60]}", nl=False, err=True)
            yield document


def _progress(documents: Iterable[Document], is_many: bool) -> _Progress:  # noqa: FBT001 - private
    return _Progress(documents, is_shown=is_many and sys.stderr.isatty())
