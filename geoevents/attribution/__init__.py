"""Who says what?

Works sentence by sentence on words and marks: a reporting verb or phrase is the cue, the noun phrase
beside it the speaker, and the clause on the other side what is said. Speakers are then resolved in
order of the text: pronouns, surnames, and short names of institutions to the full name given before.
"""

from geoevents.attribution.attributor import SpeechAttributor
from geoevents.attribution.discourse import UNNAMED

__all__ = ["UNNAMED", "SpeechAttributor"]
