"""Which windows a story may have meant: those it states, and the usual ones that end near its date."""

from collections.abc import Iterable, Iterator

from explorer.domain.claims.claim import COMPARING, Claim, Window
from explorer.domain.claims.reading import as_window, compared
from explorer.domain.periods import TRAILING, Grain, Span, period_of

BEFORE, AFTER = 7, 3  # days
"""A trailing window ends within AFTER days of the last one stated, or at most BEFORE days before the story."""
_WEEKLY = (Grain.WEEK, Grain.DAYS_7, Grain.SUNDAY_WEEK, Grain.MONTH, Grain.DAYS_30, Grain.DAYS_28)
_MONTHLY = (Grain.MONTH, Grain.DAYS_30, Grain.DAYS_28, Grain.WEEK, Grain.DAYS_7, Grain.SUNDAY_WEEK)


def candidates(claim: Claim) -> tuple[Window, ...]:
    """Return the windows to try, the stated one first, then from the usual to the odd; no span twice.

    Where the story is known to be younger than the days it states, or states none, no other window ends after it.
    """
    found = [claim.window] if claim.window else []
    dated = claim.window is None or claim.near > claim.window.span.last
    others = _shifted(claim) if _since(claim) else _usual(claim)
    found += (window for window in others if window.span.last <= claim.near or not dated)
    once: dict[tuple[Span, Span | None], Window] = {}
    for window in found:
        once.setdefault((window.span, window.base), window)
    return tuple(once.values())


def _since(claim: Claim) -> bool:
    """Tell whether a claim compares two periods that are not next to each other."""
    window = claim.window
    return window is not None and window.base is not None and window.base != compared(window).base


def _shifted(claim: Claim) -> Iterator[Window]:
    """Yield both periods of a comparison moved by the same few days, the nearest first."""
    window = claim.window
    assert window is not None and window.base is not None
    for days in sorted(range(-BEFORE, AFTER + 1), key=abs):
        span, base = _moved(window.span, days), _moved(window.base, days)
        yield Window(span, as_window(span).grain, base)


def _moved(span: Span, days: int) -> Span:
    return Span(span.first + days, span.last + days)


def _usual(claim: Claim) -> Iterator[Window]:
    last = claim.window.span.last if claim.window else claim.near
    monthly = claim.window is not None and len(claim.window.span) > 14
    for grain in _MONTHLY if monthly else _WEEKLY:
        for span in _trailing(claim, last, grain) if grain in TRAILING else _calendar(claim, last, grain):
            window = Window(span, grain)
            yield compared(window) if claim.quantity in COMPARING else window


def _calendar(claim: Claim, last: int, grain: Grain) -> Iterable[Span]:
    """Return the periods that hold the last stated day or the story's, and those just before them."""
    held = [period_of(day, grain) for day in (last, claim.near)]
    return dict.fromkeys((*held, *(period_of(span.first - 1, grain) for span in held)))


def _trailing(claim: Claim, last: int, grain: Grain) -> Iterable[Span]:
    """Return the runs of days that end near the last stated day or in the week before the story, the nearest first."""
    ends = {*range(last - AFTER, last + AFTER + 1), *range(claim.near - BEFORE, claim.near + 1)}
    days = TRAILING[grain]
    return [Span(end - days + 1, end) for end in sorted(ends, key=lambda day: (abs(day - last), day))]
