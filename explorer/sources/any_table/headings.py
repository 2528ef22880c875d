"""What a column's name says of it: words for dates, models, tokens and prices, and for the units they are in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[a-z]+|[0-9]+|[$€]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words_of(heading: str) -> frozenset[str]:
    """Return the words of a column's name in lower case without accents: "promptTokens (M)" has prompt, tokens, m."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", heading)).encode("ascii", "ignore").decode().lower()
    return frozenset(_WORD.findall(plain + ("€" if "€" in heading else "")))


@dataclass(frozen=True, slots=True)
class _Rule:
    """A role and the words a name must have one of, for each group; `never` are words that speak against it."""

    role: str
    groups: tuple[frozenset[str], ...]
    never: frozenset[str] = frozenset()

    def fits(self, words: frozenset[str]) -> bool:
        return all(words & group for group in self.groups) and not words & self.never


def _any(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INPUT, _OUTPUT = (
    _any("input in prompt prompts eingabe entree entrada"),
    _any("output out completion completions generated ausgabe sortie salida"),
)
_MONEY, _TOKEN = (
    _any("price prices cost costs rate usd dollar dollars $ preis prix precio"),
    _any("token tokens tok toks"),
)
_CACHE, _SHARE = (
    _any("cache cached cach write read"),
    _any("share percent pct ratio change growth rank avg average mean per"),
)
_NO_COUNT = _CACHE | _SHARE | _MONEY | _any("calls requests users count limit context max min length")

# The first rule that fits wins: the narrower go before the wider.
_RULES = (
    _Rule("input_price", (_MONEY, _INPUT), _CACHE | _any("total tokens_total spend")),
    _Rule("output_price", (_MONEY, _OUTPUT), _CACHE | _any("total spend")),
    _Rule("reasoning", (_any("reasoning thinking"),), _NO_COUNT),
    _Rule("prompt", (_INPUT,), _NO_COUNT | _OUTPUT),
    _Rule("completion", (_OUTPUT,), _NO_COUNT | _INPUT),
    _Rule("tokens", (_TOKEN,), _NO_COUNT | _any("id")),
    _Rule("tokens", (_any("usage total volume"),), _NO_COUNT | _any("date day time id type kind by")),
    _Rule("variant", (_any("variant variante"),)),
    _Rule(
        "model",
        (_any("model models modell modele modelo permaslug slug llm"),),
        _SHARE | _any("count release released author date"),
    ),
    _Rule(
        "date",
        (_any("date day datum tag jour fecha dia data ds timestamp time datetime utc giorno"),),
        _any("week month year release released created updated"),
    ),
)

_UNIT = re.compile(
    r"(?:[(\[/]|(?:\b|_)(?:per|in)[\s_])\s*(?:in\s+|per\s+|\$\s*/\s*)?(1000000|1000|1)?[\s_]*([a-z]*)", re.IGNORECASE
)
"""Where a unit stands: in brackets, or after a stroke, "per" or "in"."""
_NAMES = {
    "token": _any("token tokens tok"),
    "thousand": _any("k ktok thousand thousands tausend"),
    "million": _any("m mn mio mtok million millions millionen"),
    "billion": _any("b bn billion billions mrd"),
    "trillion": _any("t tn trillion trillions"),
}
_NUMBERS = {"1000": "thousand", "1000000": "million"}
_LONG = 6
"""Letters from which on a unit's name is known wherever it stands."""


def role_of(heading: str) -> str:
    """Return the role that a column's name speaks for, "" for none."""
    words = words_of(_UNIT.sub(lambda found: " " if _amount(found) else found[0], heading))
    return next((rule.role for rule in _RULES if rule.fits(words)), "")


def token_unit(heading: str) -> str:
    """Return the unit of tokens a name states, as in TOKEN_UNITS: "Tokens (bn)" is "billion"; "" for single ones."""
    unit = _unit(heading)
    return "" if unit == "token" else unit


def price_unit(heading: str) -> str:
    """Return for how many tokens the prices are by a column's name, as in PRICE_UNITS; "" where it does not say."""
    unit = _unit(heading)
    return unit if unit in ("token", "thousand", "million") else ""


def _unit(heading: str) -> str:
    stated = (_amount(found) for found in _UNIT.finditer(heading.replace(",", "")))
    unit = next(filter(None, stated), "")
    words = {word for word in words_of(heading) if len(word) >= _LONG}
    return unit or next((unit for unit, names in _NAMES.items() if unit != "token" and words & names), "")


def _amount(found: re.Match[str]) -> str:
    """Return the unit that a match of _UNIT names, "" where it names none."""
    number, name = found[1], found[2].lower()
    return _NUMBERS.get(number) or next((unit for unit, names in _NAMES.items() if name in names), "")


def liking(heading: Sequence[str]) -> int:
    """Return how many different things a heading names that this program knows."""
    return len({role for name in heading if (role := role_of(name))})
