"""The calendar of covered days: every day has its square, apart from all others, and states tell themselves apart."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.domain.periods import Span
from explorer.domain.schema import to_day
from explorer.domain.snapshot_days import DayCover, State
from explorer.drawing import text
from explorer.drawing.calendar import DayCalendar, months, natural_height
from explorer.style import DARK, LIGHT, PRINT, SMALL, Style, Theme

FIRST = to_day(date(2026, 2, 9))


def days_of(states: Sequence[State], first: int = FIRST) -> tuple[DayCover, ...]:
    return tuple(DayCover(first + i, state, () if state is State.GAP else ("a", "b")) for i, state in enumerate(states))


def long_run(days: int) -> tuple[DayCover, ...]:
    states = list(State)
    return days_of([states[i % len(states)] for i in range(days)])


def painted(calendar: DayCalendar, size: tuple[int, int], theme: Theme) -> np.ndarray:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    calendar.paint(painter)
    painter.end()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)
    return flat[:, :, :3].astype(int)


@pytest.mark.parametrize("count", [1, 20, 171, 700, 1500])
@pytest.mark.parametrize("size", [(560, 120), (1100, 300), (300, 500), (1800, 90)])
def test_every_day_has_a_square_of_its_own(count: int, size: tuple[int, int], qapp: QApplication) -> None:
    days, rect = long_run(count), QRectF(10, 20, *size)
    calendar = DayCalendar(days, rect, Style())
    if not calendar.pitch:
        assert count > 700
        return
    boxes = [calendar.box(each.day) for each in days]
    assert len({(box.x(), box.y()) for box in boxes}) == count
    room = rect.adjusted(-0.5, -0.5, 0.5, 0.5)
    assert all(room.contains(box) for box in boxes)
    for each, box in zip(days, boxes, strict=True):
        assert calendar.hit(box.center()) == each.day
        assert box.width() == box.height() == calendar.pitch
    assert calendar.hit(QPointF(rect.left() + 1, boxes[0].center().y())) is None
    assert calendar.bottom + len(calendar.legend) * calendar.line <= rect.bottom() + 1


def test_days_before_the_first_and_after_the_last_have_none(qapp: QApplication) -> None:
    calendar = DayCalendar(days_of([State.ONE] * 3), QRectF(0, 0, 600, 100), Style())
    row = calendar.box(FIRST)
    before, after = QPointF(row.left() - 3, row.center().y()), QPointF(row.left() + 3.5 * row.width(), row.center().y())
    assert calendar.hit(before) is None
    assert calendar.hit(after) is None


def test_a_month_is_a_row(qapp: QApplication) -> None:
    days = days_of([State.ONE] * 60)  # 9 February to 9 April
    assert [(m.start, m.end) for m in months(days)] == [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ]
    calendar = DayCalendar(days, QRectF(0, 0, 560, 200), Style())
    rows = {calendar.box(each.day).y() for each in days}
    assert len(rows) == 3
    first_of_april = calendar.box(to_day(date(2026, 4, 1)))
    assert first_of_april.x() == calendar.box(to_day(date(2026, 3, 1))).x()
    assert [row.label for row in calendar.rows] == ["Feb 2026", "Mar 2026", "Apr 2026"]


def test_labels_never_overlap(qapp: QApplication) -> None:
    for count in (171, 700, 1000):
        for width in (400, 560, 900, 1900):
            style = Style()
            calendar = DayCalendar(long_run(count), QRectF(0, 0, width, 110), style)
            used = text.font(style, SMALL)
            placed = [
                QRectF(row.at.x() - text.width(row.label, used), row.at.y(), text.width(row.label, used), calendar.line)
                for row in calendar.rows
                if row.label
            ]
            placed += [calendar.box(each.day) for each in long_run(count)] if calendar.pitch >= calendar.line else []
            for i, one in enumerate(placed):
                assert not any(one.adjusted(1, 1, -1, -1).intersects(other) for other in placed[i + 1 :])


def test_days_are_numbered_above_their_squares(qapp: QApplication) -> None:
    for count, size in ((60, (560, 200)), (700, (1100, 300)), (171, (1800, 90))):
        calendar = DayCalendar(long_run(count), QRectF(0, 0, *size), Style())
        numbers = list(calendar.numbers())
        assert [words for _, words in numbers[:7]] == ["1", "5", "10", "15", "20", "25", "30"]
        month = calendar.rows[0].days
        days = {each.start.day: calendar.rows[0].at.x() + i * calendar.pitch for i, each in enumerate(days_in(month))}
        for place, words in numbers[:6]:
            left = days[int(words)]
            assert left < place.center().x() < left + calendar.pitch
            assert place.top() >= 0 and place.bottom() <= calendar.rows[0].at.y() + 1
        for i, (one, _) in enumerate(numbers):
            assert not any(one.intersects(other) for other, _ in numbers[i + 1 :])
    low = DayCalendar(long_run(60), QRectF(0, 0, 560, 40), Style())
    assert low.pitch
    assert list(low.numbers()) == [], "the squares need the room"


def days_in(month: Span) -> list[Span]:
    return [Span(day, day) for day in range(month.first, month.last + 1)]


def test_the_natural_height_is_all_it_needs(qapp: QApplication) -> None:
    for count in (1, 30, 171, 400):
        days = long_run(count)
        high = natural_height(days, 560, Style())
        calendar = DayCalendar(days, QRectF(0, 0, 560, high), Style())
        assert calendar.pitch == 13
        assert calendar.bottom + len(calendar.legend) * calendar.line <= high
    assert natural_height((), 560, Style()) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_no_two_states_look_alike(theme: Theme, qapp: QApplication) -> None:
    days = days_of(list(State))
    calendar = DayCalendar(days, QRectF(0, 0, 700, 80), Style(theme))
    seen = painted(calendar, (700, 80), theme)
    looks = []
    for each in days:
        box = calendar.box(each.day).toRect()
        looks.append(seen[box.top() : box.bottom() + 1, box.left() : box.right() + 1].astype(int))
    for i, one in enumerate(looks):
        for other in looks[i + 1 :]:
            assert np.abs(one.mean(axis=2) - other.mean(axis=2)).max() > 40, "told apart in grey as well"


def test_a_gap_is_hollow_and_a_covered_day_is_not(qapp: QApplication) -> None:
    days = days_of([State.ONE, State.GAP, State.SEVERAL])
    seen = painted(DayCalendar(days, QRectF(0, 0, 700, 80), Style()), (700, 80), LIGHT)
    calendar = DayCalendar(days, QRectF(0, 0, 700, 80), Style())
    inner = [
        seen[round(box.center().y()) + 1, round(box.center().x()) + 1]
        for box in map(calendar.box, range(FIRST, FIRST + 3))
    ]
    white = [255, 255, 255]
    assert [tuple(ink) == tuple(white) for ink in inner] == [False, True, False]


def test_the_brush_lies_under_its_days_alone(qapp: QApplication) -> None:
    days, rect = days_of([State.ONE] * 20), QRectF(0, 0, 700, 80)
    plain = painted(DayCalendar(days, rect, Style()), (700, 80), LIGHT)
    calendar = DayCalendar(days, rect, Style(), Span(FIRST + 5, FIRST + 7))
    changed = np.argwhere((painted(calendar, (700, 80), LIGHT) != plain).any(axis=2))
    first, last = calendar.box(FIRST + 5), calendar.box(FIRST + 7)
    assert len(changed)
    assert changed[:, 1].min() >= first.left() - 1
    assert changed[:, 1].max() <= last.right() + 3


def test_the_legend_counts_the_states_there_are(qapp: QApplication) -> None:
    states = [State.ONE] * 4 + [State.GAP] * 2 + [State.RESTATED]
    calendar = DayCalendar(days_of(states), QRectF(0, 0, 700, 80), Style())
    assert [words for line in calendar.legend for *_, words in line] == [
        "one snapshot: 4",
        "several, restated: 1",
        "no data: 2",
    ]
    narrow = DayCalendar(days_of(list(State)), QRectF(0, 0, 220, 300), Style())
    assert len(narrow.legend) > 1
    assert all(left + wide <= 221 for line in narrow.legend for left, wide, *_ in line)
