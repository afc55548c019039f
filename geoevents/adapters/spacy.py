"""Which place names does a spaCy pipeline find?

Needs the extra `geoevents[spacy]`, and a pipeline with a named entity recognizer: an installed
package or a folder. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from geoevents.adapters.entities import Entity, passages, toponyms_of
from geoevents.errors import OptionError
from geoevents.model import Document, Span, Toponym, ToponymRole

__all__ = ["LABELS", "SpacyRecognizer", "load"]

# OntoNotes' labels of English pipelines: countries and cities, other locations, facilities, and
# nationalities. Organizations are left out: where in their name a place stands is not marked.
LABELS: Mapping[str, ToponymRole] = {
    "GPE": ToponymRole.LITERAL,
    "LOC": ToponymRole.LITERAL,
    "FAC": ToponymRole.LITERAL,
    "NORP": ToponymRole.DEMONYM,
}
# Far below the million characters at which spaCy refuses a text, for the memory that it takes.
_MOST_CHARACTERS = 100_000


class _Marked(Protocol):
    """An entity of a spaCy document."""

    @property
    def start_char(self) -> int: ...
    @property
    def end_char(self) -> int: ...
    @property
    def label_(self) -> str: ...


class _Parsed(Protocol):
    """A spaCy document."""

    @property
    def ents(self) -> Sequence[_Marked]: ...


class _Pipeline(Protocol):
    """A spaCy pipeline."""

    def __call__(self, text: str, /) -> _Parsed: ...


class SpacyRecognizer:
    """Finds the place names that a spaCy pipeline marks as entities.

    `labels` gives each label that stands for a place the role its names get. spaCy tells no
    metonyms, datelines or names inside organizations apart.
    """

    def __init__(self, nlp: _Pipeline, *, labels: Mapping[str, ToponymRole] = LABELS) -> None:
        self._nlp = nlp
        self._labels = dict(labels)

    def __call__(self, document: Document, /) -> tuple[Toponym, ...]:
        """Return the place names of a document, in order of span, none overlapping."""
        return toponyms_of(document.text, self._entities(document.text))

    def _entities(self, text: str) -> Iterator[Entity]:
        for passage in passages(text, at_most=_MOST_CHARACTERS, size=len):
            for entity in self._nlp(passage.of(text)).ents:
                role = self._labels.get(entity.label_)
                if role is not None:
                    span = Span(passage.start + entity.start_char, passage.start + entity.end_char)
                    yield span, role


def load(name: str) -> SpacyRecognizer:
    """Return the recognizer of an installed spaCy pipeline, by its package or folder.

    Raises `OptionError` when spaCy or the pipeline is not there.
    """
    try:
        import spacy  # an extra
    except ImportError as error:
        raise OptionError(f"spaCy is not installed ({error}): pip install 'geoevents[spacy]'") from None
    try:
        return SpacyRecognizer(spacy.load(name))
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise OptionError(f"spaCy cannot load the pipeline {name!r}: {reason}") from error
