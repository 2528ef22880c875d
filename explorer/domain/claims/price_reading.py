"""From a printed price, or a printed multiple of two, to a claim that price lists can be held against."""

import re

from explorer.domain.claims.claim import EVERYTHING, PRICE_RATIOS, Claim, Entity, EntityKind, Quantity
from explorer.domain.claims.reading import PRICE_UNITS, as_window, bounds, days_of, entity_called, near_of, unit_of
from explorer.domain.origins import Origins
from explorer.domain.schema import Figure
from explorer.words import Message, say

_PRICE = frozenset({"price", "prices", "pricing"})
_INPUT, _OUTPUT = frozenset({"input", "prompt"}), frozenset({"output", "completion"})
_OTHERS = frozenset({"cache", "cached", "blended", "image", "request", "call", "subscription", "month", "monthly"})
_RATIO = frozenset({"ratio", "multiple", "times"})
_QUANTITIES = {
    (True, False): Quantity.PRICE_INPUT,
    (False, False): Quantity.PRICE_OUTPUT,
    (True, True): Quantity.PRICE_INPUT_RATIO,
    (False, True): Quantity.PRICE_OUTPUT_RATIO,
}
"""By whether it is of input, and whether it is a ratio."""
_RATIO_UNITS = ("x", "")


def read(figure: Figure, origins: Origins) -> Claim | Message | None:
    """Return what a figure claims of prices; None where it speaks of none, a Message why it can't be tested."""
    words = frozenset(re.findall(r"[a-z]+", figure.measure.casefold()))
    if not words & _PRICE:
        return None
    of_input, of_output = bool(words & _INPUT), bool(words & _OUTPUT)
    if words & _OTHERS or of_input == of_output:
        return say("{measure} is neither an input nor an output price per million tokens.", measure=figure.measure)
    unit = unit_of(figure)
    quantity = _QUANTITIES[of_input, bool(words & _RATIO) or unit == "x"]
    if unit not in (_RATIO_UNITS if quantity in PRICE_RATIOS else PRICE_UNITS):
        return say("{measure} is not printed in “{unit}”.", measure=figure.measure, unit=figure.unit)
    days = days_of(figure)
    near = days.last if days is not None else near_of(figure, None)
    if near is None:
        return say("The story does not say of which days it speaks.")
    sides = _sides(figure, quantity, origins)
    if isinstance(sides, Message):
        return sides
    entity, rival = sides
    return Claim(quantity, entity, *bounds(figure), None, as_window(days) if days else None, near, rival)


def _sides(figure: Figure, quantity: Quantity, origins: Origins) -> tuple[Entity, Entity] | Message:
    """Return whose price it is and, in a ratio, over whose; a price is a single model's."""
    ratio = quantity in PRICE_RATIOS
    names = figure.entity.split("/", maxsplit=1) if ratio else [figure.entity]
    if ratio and len(names) < 2:
        return say("The story does not say to what {entity} is compared.", entity=figure.entity)
    found: list[Entity] = []
    for name in names:
        entity = entity_called(name, origins, "" if ratio else figure.model)
        if entity is None or entity.kind is not EntityKind.MODEL:
            return say("A price is of one model, and {entity} is none.", entity=name.strip() or "–")
        found.append(entity)
    return found[0], found[1] if ratio else EVERYTHING
