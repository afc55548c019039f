"""What happened, to whom, where, when, and who says so?

A trigger lexicon finds the words that tell of an event; rules on the clause around each one say
whether it happened, who did it to whom, where and when; mentions of the same event are merged.
Actors are named in ACLED's manner.
"""

from geoevents.events.coder import ClauseEventCoder, main_event
from geoevents.events.location import locate, locating_names

__all__ = ["ClauseEventCoder", "locate", "locating_names", "main_event"]
