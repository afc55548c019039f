"""How is each published corpus of place names read?

Three formats, each with offsets of its own: LGL (M. Lieberman et al., "Geotagging with local
lexicons to build indexes for textually-specified spatial data", ICDE 2010; TR-News has the same),
GeoWebNews (M. Gritta et al., "A pragmatic guide to geoparsing evaluation", 2020) and GeoVirus (M.
Gritta et al., "Which Melbourne? Augmenting geocoding with maps", 2018). Texts are kept as they are:
offsets count in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from geoevents.errors import DocumentError
from geoevents.evaluation.gold import Corpus, GoldDocument, GoldToponym
from geoevents.evaluation.markup import Node, read_articles
from geoevents.gazetteer.features import kind_of_feature
from geoevents.geodesy import LatLon
from geoevents.model import Document
from geoevents.text import Span

__all__ = ["CorpusFormat", "read_corpus", "read_geovirus", "read_geowebnews", "read_lgl"]


class CorpusFormat(StrEnum):
    """How a corpus file is laid out."""

    LGL = "lgl"
    GEOWEBNEWS = "geowebnews"
    GEOVIRUS = "geovirus"


# Annotations of GeoWebNews that are no place names by its own guide, or are nobody's place.
_NO_NAMES = frozenset("Demonym Language Homonym Non_Toponym Non_Lit_Expression Literal_Expression".split())
# Farther off than this a phrase is another mention, or stood in a headline that the text is without.
REACH = 100
_WHOLE = re.compile(r"-?\d{1,12}")
# How corpora write "no coordinates".
_BLANK = frozenset(("", "n/a", "na", "nan", "none", "null", "-"))


def read_corpus(path: Path | str, layout: CorpusFormat) -> Corpus:
    """Read a corpus file; what cannot be used is told in `problems`, with its line.

    A span that does not quote its phrase is moved to the nearest occurrence of the phrase, at most
    a hundred characters off. Raises `MissingFileError`, and `DocumentError` for what is no XML or
    holds no article.
    """
    file = Path(path)
    nodes, problems = read_articles(file)
    readers = [_ArticleReader(node, file, _READERS[layout]) for node in nodes]
    documents = tuple(
        document for number, reader in enumerate(readers) if (document := reader.read(number)) is not None
    )
    bad_rows = [problem for reader in readers for problem in reader.problems]
    return Corpus(
        documents,
        realigned=sum(reader.realigned for reader in readers),
        repeated=sum(reader.repeated for reader in readers),
        lost_articles=len(nodes) + len(problems) - len(documents),
        problems=tuple(sorted([*problems, *bad_rows], key=lambda problem: problem.line or 0)),
    )


def read_lgl(path: Path | str) -> tuple[GoldDocument, ...]:
    """Read the documents of a corpus in the format of the Local-Global Lexicon (TR-News has the same)."""
    return read_corpus(path, CorpusFormat.LGL).documents


def read_geowebnews(path: Path | str) -> tuple[GoldDocument, ...]:
    """Read the documents of a corpus in the format of GeoWebNews: the names, in any use.

    Demonyms in the plural, languages, homonyms, names that are no toponyms, and common nouns are
    left out, as their annotators gave them no point.
    """
    return read_corpus(path, CorpusFormat.GEOWEBNEWS).documents


def read_geovirus(path: Path | str) -> tuple[GoldDocument, ...]:
    """Read the documents of a corpus in the format of GeoVirus, whose offsets count from 1."""
    return read_corpus(path, CorpusFormat.GEOVIRUS).documents


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a format keeps what: the tag of its rows, how one is read, how a document is made."""

    row: str
    read: Callable[[Node], GoldToponym | None]
    document: Callable[[Node, str, int], Document]


class _BadRowError(Exception):
    """A row that cannot be used; its words say why."""


class _ArticleReader:
    """Reads one article and counts what it had to put right."""

    def __init__(self, article: Node, path: Path, layout: _Layout) -> None:
        self._article = article
        self._path = path
        self._layout = layout
        body = article.child("text")
        self._text = "" if body is None else body.text
        self.problems: list[DocumentError] = []
        self.realigned = self.repeated = 0

    def read(self, number: int) -> GoldDocument | None:
        """Return the document, `None` without a text; `number` names it where the corpus does not."""
        if self._article.child("text") is None:
            self._note("article without a text", self._article.line)
            return None
        rows = list(self._rows())
        return GoldDocument(self._layout.document(self._article, self._text, number), self._placed(rows))

    def _rows(self) -> Iterator[tuple[Node, GoldToponym]]:
        for node in self._article.all(self._layout.row):
            try:
                name = self._layout.read(node)
            except _BadRowError as error:
                self._note(str(error), node.line)
            else:
                if name is not None:
                    yield node, name

    def _placed(self, rows: list[tuple[Node, GoldToponym]]) -> tuple[GoldToponym, ...]:
        """Return the names in order of span: first those that quote their phrase, then the others."""
        taken: dict[Span, GoldToponym] = {}
        astray: list[tuple[Node, GoldToponym]] = []
        for node, name in rows:
            quoted = name.span.of(self._text)
            if _squeezed(quoted) != _squeezed(name.text):
                astray.append((node, name))
                continue
            self.repeated += name.span in taken
            if name.span not in taken or taken[name.span].point is None:
                taken[name.span] = replace(name, text=quoted)
        for node, name in astray:
            span = _nearest(self._text, name, taken)
            if span is None:
                self._note(f"{name.text!r} does not stand near {name.span.start}", node.line)
            else:
                self.realigned += 1
                taken[span] = replace(name, span=span)
        return tuple(name for _, name in sorted(taken.items()))

    def _note(self, message: str, line: int) -> None:
        self.problems.append(DocumentError(message, path=self._path, line=line))


def _squeezed(words: str) -> str:
    """Return the words as on one line: phrases are copied without the line breaks of the text."""
    return " ".join(words.split())


def _nearest(text: str, name: GoldToponym, taken: dict[Span, GoldToponym]) -> Span | None:
    """Return the free occurrence of a phrase, as words of its own, that is nearest to its span."""
    size, start = len(name.text), name.span.start
    spans: list[Span] = []
    at = text.find(name.text, max(0, start - REACH), start + REACH + size)
    while at >= 0:
        span = Span(at, at + size)
        if span not in taken and _is_word(text, span):
            spans.append(span)
        at = text.find(name.text, at + 1, start + REACH + size)
    return min(spans, key=lambda span: (abs(span.start - start), span.start), default=None)


def _is_word(text: str, span: Span) -> bool:
    before, after = text[: span.start][-1:], text[span.end : span.end + 1]
    return not (before.isalnum() and text[span.start].isalnum()) and not (
        after.isalnum() and text[span.end - 1].isalnum()
    )


def _name(phrase: str, node: Node, *, first: int = 0) -> GoldToponym:
    """Return the bare name of a row whose offsets count from `first`."""
    if not phrase:
        raise _BadRowError("row without its phrase")
    return GoldToponym(_span(node, len(phrase), first), phrase)


def _span(node: Node, size: int, first: int) -> Span:
    start, end = node.value("start"), node.value("end")
    if not _WHOLE.fullmatch(start) or (end and not _WHOLE.fullmatch(end)):
        raise _BadRowError(f"{start!r} and {end!r} are no offsets")
    # The first character is 1 in a file that counts from 1, but files of that format exist that do not.
    begin = int(start) - min(first, int(start)) if int(start) >= 0 else -1
    stop = int(end) - first if end else begin + size
    if not 0 <= begin <= stop:
        raise _BadRowError(f"{start} to {end} is no span of the text")
    return Span(begin, stop)


def _point(lat: str, lon: str) -> LatLon | None:
    if {lat.lower(), lon.lower()} <= _BLANK:
        return None
    try:
        return LatLon(lat=float(lat), lon=float(lon))
    except ValueError:
        raise _BadRowError(f"{lat!r}, {lon!r} is no point") from None


def _number(digits: str) -> int | None:
    return int(digits) if _WHOLE.fullmatch(digits) else None


def _lgl_name(row: Node) -> GoldToponym:
    tag = row.child("gaztag") or row
    feature = tag.value("fcode")
    return replace(
        _name(row.value("phrase"), row),
        point=_point(tag.value("lat"), tag.value("lon")),
        geonameid=_number(tag.attributes.get("geonameid") or tag.value("geonameid")),
        feature=feature,
        kind=kind_of_feature(tag.value("fclass"), feature) if feature else None,
        full_name=tag.value("name"),
    )


def _geowebnews_name(row: Node) -> GoldToponym | None:
    use = row.value("type")
    if use in _NO_NAMES:
        return None
    return replace(
        _name(row.value("extractedname"), row),
        point=_point(row.value("latitude"), row.value("longitude")),
        geonameid=_number(row.value("geonamesid")),
        use=use,
        full_name=row.value("normalisedname"),
    )


def _geovirus_name(row: Node) -> GoldToponym:
    name = _name(row.value("name"), row, first=1)
    point = _point(row.value("lat"), row.value("lon"))
    return replace(name, point=point, full_name=row.value("altname"))


def _lgl_document(article: Node, text: str, number: int) -> Document:
    id_ = article.attributes.get("docid") or f"article {number + 1}"
    return Document(text, id_, source=article.value("domain") or None, title=article.value("title") or None)


def _geowebnews_document(article: Node, text: str, number: int) -> Document:
    id_ = "gwn-" + article.attributes.get("file", str(number))
    return Document(text, id_, source=_host(article.value("link")), title=article.value("title") or None)


def _geovirus_document(article: Node, text: str, number: int) -> Document:
    return Document(text, f"geovirus-{number}", source=_host(article.value("source")))


def _host(url: str) -> str | None:
    """Return the host that an address names, without "www."."""
    return url.partition("//")[2].partition("/")[0].removeprefix("www.").lower() or None


_READERS = {
    CorpusFormat.LGL: _Layout("toponym", _lgl_name, _lgl_document),
    CorpusFormat.GEOWEBNEWS: _Layout("toponym", _geowebnews_name, _geowebnews_document),
    CorpusFormat.GEOVIRUS: _Layout("location", _geovirus_name, _geovirus_document),
}
