"""Which characters are place names?

Every name of the gazetteer that stands in the text is a candidate, and so is a run of capitalized
words that it does not know. A linear score, learned from annotated news, weighs what is known of the
name, what stands around it and what the rest of the document makes of it; the best set of candidates
without overlaps is taken, and each gets a role.
"""

from geoevents.recognition.recognizer import GazetteerRecognizer
from geoevents.recognition.weights import Weights, read_weights

__all__ = ["GazetteerRecognizer", "Weights", "read_weights"]
