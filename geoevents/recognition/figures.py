"""Which points does a document give in figures?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geoevents.model import Span, Toponym
from geoevents.notations import point_at
from geoevents.recognition.reading import Reading

__all__ = ["points_in_figures"]

# How the words of a point are written: figures, and letters of hemispheres before or behind. There are
# few such stretches in a text, and only there is it read for a point.
_LAYOUT = re.compile(rb"Id{1,3}Id{1,3}|d{1,3}Id{1,3}I|dd|dI?u")
_SIGNS = "-−"


def points_in_figures(reading: Reading) -> Iterator[Toponym]:
    """Yield the points that are written in figures, in order; each resolves to itself."""
    end = -1
    for stretch in _LAYOUT.finditer(reading.shapes):
        start = reading.starts[stretch.start()]
        if start and reading.text[start - 1] in _SIGNS:
            start -= 1
        found = point_at(reading.text, start) if start >= end else None
        if found is not None:
            end = found.end
            span = Span(start, end)
            yield Toponym(span, span.of(reading.text))
