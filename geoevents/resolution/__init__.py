"""Which place does each name mean?"""

from geoevents.resolution.resolver import ContextResolver

__all__ = ["ContextResolver"]
