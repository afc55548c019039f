"""What do the documents of a run say together: repeats, stories, conflicts, a summary, a map?

All of it is worked out anew from the tables at the end of a run, so that it can be stopped at any moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geoevents.corpus.atlas import atlas_page
from geoevents.corpus.columns import Documents, document_columns
from geoevents.corpus.conflicts import conflict_rows, conflict_schema
from geoevents.corpus.page import summary_page
from geoevents.corpus.sketches import resemblance
from geoevents.corpus.store import Store
from geoevents.corpus.stories import story_rows, story_schema
from geoevents.corpus.summary import summarize

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["compare"]


def compare(store: Store, rows: Mapping[str, int]) -> dict[str, int]:
    """Write what the documents of a run say together, and return how many rows all tables have.

    `rows` are those of the tables that there are.
    """
    documents = document_columns(store)
    together = dict(rows) | {
        "duplicates": store.write_rows("duplicates", _duplicates(documents), _duplicate_schema()),
        "stories": store.write_rows("stories", story_rows(store, documents), story_schema()),
        "conflicts": store.write_rows("conflicts", conflict_rows(store, documents), conflict_schema()),
    }
    store.write_page("summary.html", summary_page(summarize(store, together)))
    store.write_page("map.html", atlas_page(store, documents=together["documents"]))
    return together


def _duplicate_schema() -> pa.Schema:
    import pyarrow as pa  # late: an extra

    return pa.schema([("document", pa.string()), ("repeats", pa.string()), ("resemblance", pa.float64())])


def _duplicates(documents: Documents) -> Iterator[dict[str, Any]]:
    """Yield the documents that repeat the text of an earlier one, with the share of runs of words in common."""
    import numpy as np  # late: start-up time

    firsts = documents.firsts
    for index in np.flatnonzero(firsts != np.arange(len(firsts))).tolist():
        first = int(firsts[index])
        yield {
            "document": documents.ids[index].as_py(),
            "repeats": documents.ids[first].as_py(),
            "resemblance": round(resemblance(documents.sketch(index), documents.sketch(first)), 2),
        }
