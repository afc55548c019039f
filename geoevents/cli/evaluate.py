"""How well do our stages, or those that a user names, place the names of an annotated corpus?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.parameters import knowledge_options, roles_option, stage_options
from geoevents.cli.printing import one_line
from geoevents.cli.running import count, load_gazetteer, require_countries, say
from geoevents.errors import DocumentError
from geoevents.geodesy import LatLon
from geoevents.model import ALL_ROLES, LOCATING_ROLES, NAME_ROLES, ToponymRole
from geoevents.seams import with_named_stages

if TYPE_CHECKING:
    from geoevents.evaluation import (
        Accuracy,
        Corpus,
        Evaluation,
        GoldDocument,
        NameTally,
        PinTally,
        PlaceError,
        Score,
    )
    from geoevents.model import Resolution
    from geoevents.pipeline import Pipeline

__all__ = ["evaluate_command"]

# Where nobody watches, a line now and then says that the run is alive.
_DOCUMENTS_PER_LINE = 100


@click.command("evaluate")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["lgl", "geowebnews", "geovirus"]),
    required=True,
    help="How the corpus is laid out; TR-News is in the format of LGL.",
)
@click.argument("path", type=click.Path(path_type=Path))
@knowledge_options
@stage_options
@roles_option(
    "Count only our names in these roles: literal,metonym. By default all names, because annotators of LGL and"
    " GeoWebNews mark peoples and organizations too (end-to-end F1 .87 and .87, against .79 and .76 with the names"
    " that locate); for GeoVirus, which marks places only, those that locate."
)
@click.option(
    "--errors",
    "shown_errors",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    metavar="N",
    help="How many of the most costly errors to show.",
)
@click.option("--json", "is_json", is_flag=True, help="Print everything as one JSON object.")
def evaluate_command(
    layout: str,
    path: Path,
    *,
    gazetteers: tuple[Path, ...],
    countries: tuple[str, ...],
    near: LatLon | None,
    recognizer: str | None,
    resolver: str | None,
    roles: frozenset[ToponymRole] | None,
    shown_errors: int,
    is_json: bool,
) -> None:
    """Measure how well names are found and placed, on a corpus with gold places at PATH.

    \b
    Three things are measured:
      recognition   are the names found? Same span, or one that overlaps.
      gold spans    given the names, is the place within 161 km (100 miles)?
      raw text      are the names found and placed within 161 km?

    Recall of raw text is over the names with coordinates, and over all names: annotators give some
    none, and nobody can get those right. A pin on one of those is wrong, and in the line "judged"
    it is left out. A country or division is also right by its own GeoNames number ("or same area"),
    because the middle of one is a matter of taste. What other choices of --roles would give is
    printed as well.

    A span that is a few characters off is moved to its phrase. A row or article that cannot be
    used is named with its line and left out; when articles are lost, the exit code is 2.

    \b
    Examples:
      geoevents evaluate --format lgl lgl.xml
      geoevents evaluate --format geowebnews GWN.xml --roles literal,dateline,institution,metonym
      geoevents evaluate --format geovirus GeoVirus.xml --errors 50 --json > geovirus.json
      geoevents evaluate --format lgl TR-News.xml --recognizer geoevents.adapters.spacy:load:en_core_web_sm
    """  # noqa: D301 - \b is click's mark for a paragraph to leave as it is
    from geoevents.evaluation import CorpusFormat, compare, read_corpus  # late: start-up time
    from geoevents.pipeline import Pipeline

    gazetteer = load_gazetteer(gazetteers)
    require_countries(gazetteer, countries)
    corpus = read_corpus(path, CorpusFormat(layout))
    for problem in corpus.problems:
        say(f"geoevents: {problem}")
    if not corpus.documents:
        raise DocumentError("none of its articles can be used", path=path)
    kept = _DEFAULT_ROLES[layout] if roles is None else roles
    recognized = ALL_ROLES if ToponymRole.DESCRIPTION in kept else NAME_ROLES
    pipeline = Pipeline.over_places(gazetteer, countries=countries, near=near, roles=recognized)
    pipeline = with_named_stages(pipeline, gazetteer, recognizer=recognizer, resolver=resolver)
    answers = list(_answers(pipeline, corpus.documents))
    found = [found for found, _ in answers]
    evaluation = compare(
        corpus.documents,
        _in_roles(found, kept),
        [given for _, given in answers],
        gazetteer=gazetteer,
    )
    choices = _choices(corpus, found)
    _say_losses(corpus)
    if is_json:
        values = _as_json(path, layout, corpus, evaluation, shown_errors)
        values["by_choice_of_roles"] = {label: _score(score) for label, score in choices.items()}
        click.echo(json.dumps(values, ensure_ascii=False))
    else:
        click.echo(_report(path, corpus, evaluation, choices, shown_errors))
    if corpus.lost_articles or gazetteer.problems:
        raise click.exceptions.Exit(2)


# Annotators of GeoVirus mark places, neither peoples nor what stands inside the name of a body.
_DEFAULT_ROLES = {
    "lgl": NAME_ROLES,
    "geowebnews": NAME_ROLES,
    "geovirus": LOCATING_ROLES & NAME_ROLES,
}
_CHOICES = {
    "all names": NAME_ROLES,
    "without demonyms": NAME_ROLES - {ToponymRole.DEMONYM},
    "without embedded names": NAME_ROLES - {ToponymRole.EMBEDDED},
    "names that locate": LOCATING_ROLES & NAME_ROLES,
    "literal names": frozenset({ToponymRole.LITERAL}),
}


def _in_roles(
    found: Sequence[Sequence[Resolution]], roles: frozenset[ToponymRole]
) -> list[tuple[Resolution, ...]]:
    return [tuple(r for r in one if r.toponym.role in roles) for one in found]


def _choices(corpus: Corpus, found: Sequence[Sequence[Resolution]]) -> dict[str, Score]:
    """Return what each choice of roles does to the figures from raw text."""
    from geoevents.evaluation import score_end_to_end  # late: start-up time

    return {
        label: score_end_to_end(corpus.documents, _in_roles(found, roles))
        for label, roles in _CHOICES.items()
    }


def _answers(
    pipeline: Pipeline, documents: Sequence[GoldDocument]
) -> Iterator[tuple[tuple[Resolution, ...], tuple[Resolution, ...]]]:
    """Yield for each document what is found in its text, and the places given to its gold spans."""
    from geoevents.model import Toponym  # late: start-up time

    for number, doc in enumerate(documents, start=1):
        gold = tuple(Toponym(name.span, name.text) for name in doc.toponyms)
        yield pipeline(doc.document).resolutions, pipeline.resolve(doc.document, gold)
        _say_progress(number, len(documents))
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)


def _say_progress(number: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{number:,} of {count(total, 'document')}", nl=False, err=True)
    elif number % _DOCUMENTS_PER_LINE == 0 and number < total:
        say(f"geoevents: {number:,} of {count(total, 'document')}")


def _say_losses(corpus: Corpus) -> None:
    rows = len(corpus.problems) - corpus.lost_articles
    parts = [count(corpus.realigned, "span") + " moved to the phrase"] if corpus.realigned else []
    parts += [count(corpus.repeated, "row") + " repeated"] if corpus.repeated else []
    parts += [count(rows, "row") + " not used"] if rows else []
    parts += [count(corpus.lost_articles, "article") + " not used"] if corpus.lost_articles else []
    if parts:
        say(f"geoevents: {', '.join(parts)}")


def _report(
    path: Path, corpus: Corpus, evaluation: Evaluation, choices: Mapping[str, Score], shown_errors: int
) -> str:
    accuracy = evaluation.resolution
    rows = len(corpus.problems) - corpus.lost_articles
    heading = (
        f"{path.name}: {count(evaluation.documents, 'document')}, {count(evaluation.names, 'name')},"
        f" {accuracy.gold:,} with coordinates; {count(corpus.realigned, 'span')} realigned,"
        f" {count(rows, 'row')} and {count(corpus.lost_articles, 'article')} not used"
    )
    parts = [
        heading,
        _score_table(evaluation),
        _accuracy_lines(accuracy),
        _name_table("kind of place", evaluation.by_kind),
        _name_table("use", evaluation.by_use),
        _choice_table(choices),
        _pin_table("our pins by role", evaluation.by_role),
        _pin_table("our pins by kind", evaluation.by_answer),
    ]
    if shown_errors and evaluation.errors:
        parts.append("\n".join(_error_lines(evaluation.errors[:shown_errors], len(evaluation.errors))))
    return "\n\n".join(parts)


def _table(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    from tabulate import tabulate  # late: start-up time

    alignment = ("left", *["right"] * (len(headers) - 1))
    return tabulate(rows, headers, tablefmt="simple", disable_numparse=True, colalign=alignment)


def _score_table(evaluation: Evaluation) -> str:
    from geoevents.evaluation import Counting, Nearness, SpanMatch  # late: start-up time

    scores: list[tuple[str, Score]] = [
        ("recognition, same span", evaluation.recognition[SpanMatch.EXACT]),
        ("recognition, overlapping span", evaluation.recognition[SpanMatch.OVERLAP]),
    ]
    labels = {
        Counting.LOCATED: "raw text, names with coordinates",
        Counting.ALL: "raw text, all names",
        Counting.JUDGED: "raw text, judged pins only",
    }
    for counting, label in labels.items():
        scores.append((label, evaluation.end_to_end[counting, Nearness.POINT]))
        scores.append(("... or same area", evaluation.end_to_end[counting, Nearness.AREA]))
    rows = [
        [label, _figure(s.precision), _figure(s.recall), _figure(s.f1), f"{s.right:,}", f"{s.predicted:,}",
         f"{s.gold:,}"]
        for label, s in scores
    ]  # fmt: skip
    return _table(rows, ["", "precision", "recall", "F1", "right", "ours", "gold"])


def _choice_table(choices: Mapping[str, Score]) -> str:
    rows = [[label, _figure(s.precision), _figure(s.recall), _figure(s.f1)] for label, s in choices.items()]
    return _table(rows, ["raw text, by choice of --roles", "precision", "recall", "F1"])


def _accuracy_lines(accuracy: Accuracy) -> str:
    return (
        f"gold spans: {_figure(accuracy.share)} of {accuracy.gold:,} within 161 km"
        f" ({_figure(accuracy.share_or_same)} or same area), {accuracy.answered:,} answered\n"
        f"  error of the answered: median {_km(accuracy.median_km)}, mean {_km(accuracy.mean_km)}\n"
        f"  area under the error curve: {_figure(accuracy.auc)}, {_figure(accuracy.auc_answered)} of the"
        " answered (0 is perfect)"
    )


def _name_table(title: str, groups: Mapping[str, NameTally]) -> str:
    rows = [
        [
            group,
            f"{t.names:,}",
            *_shares((t.found, t.names), (t.near_given, t.located), (t.near_found, t.located)),
        ]
        for group, t in groups.items()
    ]
    return _table(rows, [title, "names", "found", "gold spans", "raw text"])


def _pin_table(title: str, groups: Mapping[str, PinTally]) -> str:
    rows = [
        [group, f"{t.pins:,}", *_shares((t.on_names, t.pins), (t.near, t.pins))]
        for group, t in groups.items()
    ]
    return _table(rows, [title, "pins", "on a name", "right"])


def _shares(*parts: tuple[int, int]) -> Iterator[str]:
    return (_figure(part / whole) if whole else "" for part, whole in parts)


def _error_lines(errors: Sequence[PlaceError], total: int) -> Iterator[str]:
    yield f"the most costly of {count(total, 'different error')}"
    for error in errors:
        away = f", {error.error_km:,.0f} km off" if error.error_km is not None else ""
        answer = f", ours: {one_line(error.answer)}" if error.answer else ""
        gold = f"{one_line(error.text)!r}, gold: {one_line(error.gold)}"
        yield f"{error.count:4} x {error.kind.value}: {gold}{answer}{away}"
        yield f"       {error.document}: ... {one_line(error.context)} ..."


def _figure(value: float | None) -> str:
    """Return a share with three decimals, as tables of the field print it."""
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def _km(length: float | None) -> str:
    return "none" if length is None else f"{length:,.0f} km"


def _as_json(
    path: Path, layout: str, corpus: Corpus, evaluation: Evaluation, shown_errors: int
) -> dict[str, Any]:
    accuracy = evaluation.resolution
    return {
        "corpus": str(path),
        "format": layout,
        "documents": evaluation.documents,
        "names": evaluation.names,
        "names_with_coordinates": accuracy.gold,
        "realigned": corpus.realigned,
        "repeated": corpus.repeated,
        "rows_not_used": len(corpus.problems) - corpus.lost_articles,
        "articles_not_used": corpus.lost_articles,
        "recognition": {match.value: _score(score) for match, score in evaluation.recognition.items()},
        "gold_spans": _accuracy(accuracy),
        "end_to_end": {
            counting.value: {
                nearness.value: _score(score)
                for (counted, nearness), score in evaluation.end_to_end.items()
                if counted is counting
            }
            for counting in dict.fromkeys(counting for counting, _ in evaluation.end_to_end)
        },
        "by_kind": {name: _cells(tally) for name, tally in evaluation.by_kind.items()},
        "by_use": {name: _cells(tally) for name, tally in evaluation.by_use.items()},
        "by_role": {name: _cells(tally) for name, tally in evaluation.by_role.items()},
        "by_answer": {name: _cells(tally) for name, tally in evaluation.by_answer.items()},
        "errors": [_error(error) for error in evaluation.errors[:shown_errors]],
    }


def _score(score: Score) -> dict[str, Any]:
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {name: round(share, 4) for name, share in shares.items()} | _cells(score)


def _accuracy(accuracy: Accuracy) -> dict[str, Any]:
    shares = {"accuracy_161km": accuracy.share, "accuracy_161km_or_same_area": accuracy.share_or_same}
    return {name: round(share, 4) for name, share in shares.items()} | _cells(accuracy)


def _error(error: PlaceError) -> dict[str, Any]:
    cells = _cells(error)
    return cells | {"kind": error.kind.value, "span": [error.span.start, error.span.end]}


def _cells(value: Any) -> dict[str, Any]:
    """Return the fields of a frozen value, lengths and shares rounded."""
    cells = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: round(cell, 4) if isinstance(cell, float) else cell for name, cell in cells.items()}
