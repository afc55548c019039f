"""Which articles does a corpus file hold, and on which line does each part of them begin?

Corpora come out of many hands: tags differ in case, and one stray ampersand makes a file of a
thousand articles malformed. A file that is not well-formed as a whole is read article by article,
and only the articles that are not are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from geoevents.errors import DocumentError, MissingFileError

__all__ = ["Node", "read_articles"]

_ARTICLE = "article"
# No corpus nests deeper; what does is taken as part of its parent, so that a hostile file ends no run.
_DEEPEST = 50
_START = re.compile(rb"<article[\s/>]", re.IGNORECASE)
_END = re.compile(rb"</article\s{0,9}>", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{1,99}\bencoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})[\"']")


@dataclass(slots=True)
class Node:
    """An element: tag and attribute names in lower case, without their namespace."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[Node | str] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Node]:
        """The elements directly in it, in order."""
        return (part for part in self.parts if isinstance(part, Node))

    @property
    def text(self) -> str:
        """All characters between its tags, as they are."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def child(self, tag: str) -> Node | None:
        """Return the first child with that tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str:
        """Return the text of the first child with that tag, stripped; "" without one."""
        child = self.child(tag)
        return "" if child is None else child.text.strip()

    def all(self, tag: str) -> Iterator[Node]:
        """Yield the descendants with that tag, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)


def read_articles(path: Path) -> tuple[list[Node], list[DocumentError]]:
    """Return the articles of an XML file, and an error for each that is malformed.

    Raises `MissingFileError` for what is no file, and `DocumentError` for what is no XML or holds
    no article.
    """
    data = _bytes(path)
    problems: list[DocumentError] = []
    try:
        articles = _parsed(data, encoding=None, first_line=1)
    except expat.ExpatError as error:
        if not _START.search(data):
            raise DocumentError(f"is no XML: {_reason(error)}", path=path, line=error.lineno) from None
        articles, problems = _one_by_one(data, path)
    if not articles and not problems:
        raise DocumentError("holds no <article>", path=path)
    return articles, problems


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise MissingFileError("is no corpus file" if path.exists() else "no such corpus file", path=path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=path) from None


def _one_by_one(data: bytes, path: Path) -> tuple[list[Node], list[DocumentError]]:
    articles: list[Node] = []
    problems: list[DocumentError] = []
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    starts = [found.start() for found in _START.finditer(data)]
    line = at = 0
    for start, following in zip(starts, [*starts[1:], len(data)], strict=True):
        line, at = line + data.count(b"\n", at, start), start
        end = _END.search(data, start, following)
        fragment = data[start : end.end() if end else following]
        try:
            articles += _parsed(fragment, encoding=encoding, first_line=line + 1)
        except expat.ExpatError as error:
            problems.append(
                DocumentError(f"malformed article: {_reason(error)}", path=path, line=line + error.lineno)
            )
    return articles, problems


def _parsed(data: bytes, *, encoding: str | None, first_line: int) -> list[Node]:
    try:
        parser = expat.ParserCreate(encoding)
    except ValueError:  # an encoding that expat has not heard of
        parser = expat.ParserCreate("utf-8")
    builder = _Builder(parser, first_line)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.Parse(data, True)
    return builder.articles


class _Builder:
    """Grows a tree for each article as its parts go by."""

    def __init__(self, parser: expat.XMLParserType, first_line: int) -> None:
        self._parser = parser
        self._before = first_line - 1
        self._open: list[Node] = []
        self.articles: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _bare(tag)
        if not self._open and name != _ARTICLE:
            return
        named = {_bare(key): value for key, value in attributes.items()}
        node = Node(name, named, self._before + self._parser.CurrentLineNumber)
        if not self._open:
            self.articles.append(node)
        elif len(self._open) < _DEEPEST:
            self._open[-1].parts.append(node)
        else:
            node = self._open[-1]
        self._open.append(node)

    def end(self, _tag: str) -> None:
        if self._open:
            self._open.pop()

    def characters(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _reason(error: expat.ExpatError) -> str:
    return expat.ErrorString(error.code)
