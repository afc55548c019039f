"""How are many documents worked on: streamed, side by side, resumed, on one machine or a cluster?"""

from __future__ import annotations

from geoevents.corpus.frames import analyze_batches, analyze_frame
from geoevents.corpus.limits import Limits
from geoevents.corpus.run import Progress, Result, run_corpus
from geoevents.corpus.work import Settings

__all__ = ["Limits", "Progress", "Result", "Settings", "analyze_batches", "analyze_frame", "run_corpus"]
