"""XML from anywhere, read for the texts of some elements: no DTD, hence no entities; nothing is ever fetched."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from xml.parsers.expat import ExpatError, ParserCreate

_DEEPEST = 200
_MOST_CHARACTERS = 16 << 20


class _FoundError(Exception):
    """Ends the parsing: nothing more is wanted."""


def texts(
    document: bytes, wanted: Callable[[str, Mapping[str, str]], bool], enough: Callable[[list[str]], bool] = bool
) -> list[str]:
    """Return the texts of the elements that are `wanted` (local name, attributes), until they are `enough`.

    An element's text is its own and that of all elements in it. A document that is no XML, has a DTD or is nested
    beyond reason gives those before the trouble.
    """
    search = _Search(wanted, enough)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = search.refuse
    parser.StartElementHandler = search.start
    parser.EndElementHandler = search.end
    parser.CharacterDataHandler = search.take
    # LookupError and ValueError are for an encoding that nobody knows.
    with suppress(_FoundError, ExpatError, LookupError, ValueError):
        parser.Parse(document, True)
    return search.found


class _Search:
    def __init__(self, wanted: Callable[[str, Mapping[str, str]], bool], enough: Callable[[list[str]], bool]) -> None:
        self.found: list[str] = []
        self._wanted, self._enough = wanted, enough
        self._depth, self._inside = 0, 0  # how deep, and how deep within the wanted element
        self._text: list[str] = []
        self._room = _MOST_CHARACTERS

    def refuse(self, *_: object) -> None:
        raise _FoundError

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _FoundError
        if self._inside or self._wanted(name.rpartition(" ")[2], attributes):
            self._inside += 1

    def end(self, _name: str) -> None:
        self._depth -= 1
        if not self._inside:
            return
        self._inside -= 1
        if not self._inside:
            self.found.append("".join(self._text))
            self._text.clear()
            if self._enough(self.found):
                raise _FoundError

    def take(self, data: str) -> None:
        if self._inside:
            self._room -= len(data)
            if self._room < 0:
                raise _FoundError
            self._text.append(data)
