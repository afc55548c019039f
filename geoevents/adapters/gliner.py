"""Which place names does a GLiNER model find?

Needs the extra `geoevents[gliner]`, and a model in a folder or in the cache of the hub: nothing is
downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypedDict

from geoevents.adapters.entities import Entity, passages, toponyms_of
from geoevents.errors import OptionError
from geoevents.model import Document, Span, Toponym, ToponymRole

__all__ = ["LABELS", "GlinerRecognizer", "load"]

# What the model is asked for, in words, and the role that its answers get.
LABELS: Mapping[str, ToponymRole] = {
    "country": ToponymRole.LITERAL,
    "city": ToponymRole.LITERAL,
    "region": ToponymRole.LITERAL,
    "location": ToponymRole.LITERAL,
    "nationality": ToponymRole.DEMONYM,
}
# A model reads a prefix and says nothing of the rest: of 384 tokens mostly, of 296 one for news.
_MOST_TOKENS = 250
# As GLiNER's own splitter counts: words, and each mark by itself.
_TOKEN = re.compile(r"\w+|[^\w\s]")


class _Prediction(TypedDict):
    """An entity as `predict_entities` returns it."""

    start: int
    end: int
    text: str
    label: str
    score: float


class _Model(Protocol):
    """A GLiNER model."""

    def predict_entities(
        self, text: str, labels: list[str], *, threshold: float
    ) -> Sequence[_Prediction]: ...


class GlinerRecognizer:
    """Finds the place names that a GLiNER model predicts.

    `labels` are the words that the model is asked for, each with the role that its names get;
    `threshold` is the least score that counts.
    """

    def __init__(
        self, model: _Model, *, labels: Mapping[str, ToponymRole] = LABELS, threshold: float = 0.5
    ) -> None:
        if not 0.0 <= threshold <= 1.0:
            raise OptionError(f"a threshold is from 0 to 1, got {threshold!r}")
        self._model = model
        self._labels = dict(labels)
        self._threshold = threshold

    def __call__(self, document: Document, /) -> tuple[Toponym, ...]:
        """Return the place names of a document, in order of span, none overlapping."""
        return toponyms_of(document.text, self._entities(document.text))

    def _entities(self, text: str) -> Iterator[Entity]:
        wanted = list(self._labels)
        for passage in passages(text, at_most=_MOST_TOKENS, size=_tokens):
            found = self._model.predict_entities(passage.of(text), wanted, threshold=self._threshold)
            for entity in found:
                role = self._labels.get(entity["label"])
                if role is not None:
                    yield Span(passage.start + entity["start"], passage.start + entity["end"]), role


def _tokens(text: str) -> int:
    return sum(1 for _ in _TOKEN.finditer(text))


def load(name: str) -> GlinerRecognizer:
    """Return the recognizer of a GLiNER model, by its folder or its name in the cache of the hub.

    Raises `OptionError` when GLiNER or the model is not there.
    """
    try:
        from gliner import GLiNER  # an extra
    except ImportError as error:
        raise OptionError(f"GLiNER is not installed ({error}): pip install 'geoevents[gliner]'") from None
    try:
        return GlinerRecognizer(GLiNER.from_pretrained(name, local_files_only=True))
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise OptionError(f"GLiNER cannot load the model {name!r} from this machine: {reason}") from error
