"""How well do the places found agree with those that annotators marked?

A corpus is read with `read_corpus`, an analysis of it held against it with `compare`; the single
scores are there for themselves.
"""

from __future__ import annotations

from geoevents.evaluation.comparison import (
    ErrorKind,
    Evaluation,
    NameTally,
    PinTally,
    PlaceError,
    compare,
)
from geoevents.evaluation.corpora import (
    CorpusFormat,
    read_corpus,
    read_geovirus,
    read_geowebnews,
    read_lgl,
)
from geoevents.evaluation.gold import Corpus, GoldDocument, GoldToponym
from geoevents.evaluation.scores import (
    NEAR_KM,
    Accuracy,
    Counting,
    Nearness,
    Score,
    SpanMatch,
    error_curve_area,
    match_spans,
    score_end_to_end,
    score_recognition,
    score_resolution,
)

__all__ = [
    "NEAR_KM",
    "Accuracy",
    "Corpus",
    "CorpusFormat",
    "Counting",
    "ErrorKind",
    "Evaluation",
    "GoldDocument",
    "GoldToponym",
    "NameTally",
    "Nearness",
    "PinTally",
    "PlaceError",
    "Score",
    "SpanMatch",
    "compare",
    "error_curve_area",
    "match_spans",
    "read_corpus",
    "read_geovirus",
    "read_geowebnews",
    "read_lgl",
    "score_end_to_end",
    "score_recognition",
    "score_resolution",
]
