"""Which day was it written, and which day does each time expression mean?

News dates are their own dialect: a weekday is the most recent one, the day of writing included;
"Feb. 27" is the latest one that has been; "two days earlier" counts from the date named before.
"""

from geoevents.dates.dater import NewsDater

__all__ = ["NewsDater"]
