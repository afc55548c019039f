"""Which characters are place names?

Every name of the gazetteer that stands in the text is a candidate; a linear score over features of
its shape, its neighbors, the gazetteer's entry and the rest of the document says whether it is
meant as a place. Features and weights are kept apart: the weights can be learned without touching
how a feature is seen, and every decision can be taken to pieces.
"""

from geoevents.recognition.features import WEIGHTS
from geoevents.recognition.recognizer import ALL_ROLES, DEFAULT_ROLES, GazetteerRecognizer

__all__ = ["ALL_ROLES", "DEFAULT_ROLES", "WEIGHTS", "GazetteerRecognizer"]
