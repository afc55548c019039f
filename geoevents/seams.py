"""How does a stage that the user names take part: on the command line, or in the settings of a corpus run?

`package.module:object` names a callable that fits the protocol of its stage, and
`package.module:object:word` one that makes such a callable of a word. It is other people's code:
what it is, what it gives and what it raises is checked here, so that a mistake in it is one line and
exit code 2, never a wrong pin.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError

if TYPE_CHECKING:
    from geoevents.gazetteer import Gazetteer
    from geoevents.model import Document, Resolution, Toponym
    from geoevents.pipeline import Pipeline
    from geoevents.stages import Recognizer, Resolver

__all__ = ["require_stages", "with_named_stages"]


def with_named_stages(
    pipeline: Pipeline, gazetteer: Gazetteer, *, recognizer: str | None, resolver: str | None
) -> Pipeline:
    """Return the pipeline with the stages that the user named instead of its own.

    An object is called with the word that follows it, a class without one is constructed with the
    gazetteer, anything else callable is taken as it is. Raises
    `OptionError` for what cannot be imported, is not there, or cannot be called.
    """
    if recognizer is not None:
        pipeline = replace(pipeline, recognize=_recognizer(recognizer, gazetteer))
    if resolver is not None:
        pipeline = replace(pipeline, resolve=_resolver(resolver, gazetteer))
    return pipeline


def require_stages(*, recognizer: str | None, resolver: str | None) -> None:
    """Raise `OptionError` for a name of a stage that cannot be imported or is not there; nothing is made yet."""
    for option, name in (("recognizer", recognizer), ("resolver", resolver)):
        if name is not None:
            _named(f"--{option} {name}", name)


def _recognizer(name: str, gazetteer: Gazetteer) -> Recognizer:
    stage = _stage(f"--recognizer {name}", name, gazetteer)

    def recognize(document: Document, /) -> tuple[Toponym, ...]:
        label = f"--recognizer {name}"
        return _toponyms(label, _sequence(label, _run(label, stage, document)), document.text)

    return recognize


def _resolver(name: str, gazetteer: Gazetteer) -> Resolver:
    stage = _stage(f"--resolver {name}", name, gazetteer)

    def resolve(document: Document, toponyms: tuple[Toponym, ...], /) -> tuple[Resolution, ...]:
        label = f"--resolver {name}"
        return _resolutions(label, _sequence(label, _run(label, stage, document, toponyms)), toponyms)

    return resolve


def _stage(label: str, name: str, gazetteer: Gazetteer) -> Callable[..., object]:
    stage, word = _named(label, name)
    if word is not None and callable(stage):
        stage = _run(label, stage, word)
    elif isinstance(stage, type):
        stage = _run(label, stage, gazetteer)
    if not callable(stage):
        raise OptionError(f"{label} is {_kind(stage)}, which cannot be called")
    return stage


def _named(label: str, name: str) -> tuple[object, str | None]:
    """Return the object that a name stands for, and the word behind it."""
    module_name, _, rest = name.partition(":")
    attribute, colon, word = rest.partition(":")
    if not (module_name and attribute):
        raise OptionError(f"{label} is not package.module:object")
    module = _module(label, module_name)
    try:
        stage: object = getattr(module, attribute)
    except AttributeError:
        raise OptionError(f"{label}: module {module_name!r} has no {attribute!r}") from None
    return stage, word if colon else None


def _module(label: str, name: str) -> object:
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))  # last, so that no file of the folder hides an installed module
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        what = "there is no such module" if _is_within(name, error.name) else f"it needs {error.name!r}"
        raise OptionError(f"{label}: {what} ({error})") from None
    except Exception as error:  # see `_run`
        raise OptionError(f"{label} cannot be imported: {_one_line(error)}") from error


def _is_within(name: str, missing: str | None) -> bool:
    """Say whether the missing module is the one that was named, or a package on the way to it."""
    return missing is not None and f"{name}.".startswith(f"{missing}.")


def _run(label: str, call: Callable[..., object], /, *arguments: object) -> object:
    try:
        return call(*arguments)
    except OptionError:
        raise
    except Exception as error:  # other people's code may raise anything, and exit code 1 means --fail-on
        where = traceback.extract_tb(error.__traceback__)[-1]
        raise OptionError(f"{label} failed: {_one_line(error)} ({where.filename}:{where.lineno})") from error


def _sequence(label: str, value: object) -> tuple[Any, ...]:
    if isinstance(value, tuple | list):
        return tuple(value)
    raise OptionError(f"{label} gave {_kind(value)}, not a tuple")


def _toponyms(label: str, found: tuple[Any, ...], text: str) -> tuple[Toponym, ...]:
    from geoevents.model import Toponym  # late: start-up time of --help

    end = 0
    for toponym in found:
        if not isinstance(toponym, Toponym):
            raise OptionError(f"{label} gave {_kind(toponym)} among its names, not a Toponym")
        if toponym.span.of(text) != toponym.text or not toponym.text:
            raise OptionError(f"{label} gave {toponym.text!r} for {toponym.span}, which does not say so")
        if toponym.span.start < end:
            raise OptionError(
                f"{label} gave names that overlap or are out of order, at {toponym.text!r}, {toponym.span}"
            )
        end = toponym.span.end
    return found


def _resolutions(label: str, found: tuple[Any, ...], toponyms: tuple[Toponym, ...]) -> tuple[Resolution, ...]:
    from geoevents.model import Resolution  # late: start-up time of --help

    if len(found) != len(toponyms):
        raise OptionError(f"{label} gave {len(found)} resolutions for {len(toponyms)} names")
    for resolution, toponym in zip(found, toponyms, strict=True):
        if not isinstance(resolution, Resolution):
            raise OptionError(f"{label} gave {_kind(resolution)} for {toponym.text!r}, not a Resolution")
        if resolution.toponym.span != toponym.span:
            raise OptionError(
                f"{label} gave {resolution.toponym.text!r} where {toponym.text!r} was asked for"
            )
    return found


def _kind(value: object) -> str:
    return "None" if value is None else f"an object of type {type(value).__name__!r}"


def _one_line(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
