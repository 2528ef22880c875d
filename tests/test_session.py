"""The one owner of state: who changes what, how often it says so, and the way back."""

from datetime import date, timedelta

import numpy as np
import pytest

from explorer.domain.dataset import Dataset, published, rankings
from explorer.domain.opening import opening
from explorer.domain.origins import Origins
from explorer.domain.schema import Frames, UsageFrame, to_day
from explorer.domain.selection import Grouping, Scope, Selection
from explorer.session import Session

NOWHERE = Origins([])


def daily(tokens: int) -> Dataset:
    """Two weeks of one model, Monday to Sunday."""
    first = to_day(date(2026, 2, 2))
    days = np.arange(first, first + 14, dtype=np.int32)
    frame = UsageFrame(days, np.zeros(14, np.int32), np.full(14, tokens, np.int64), ("a/x",))
    return rankings(Frames(frame), NOWHERE, ())


class Heard:
    """Counts what a session says, and remembers the selection it held while saying it."""

    def __init__(self, session: Session) -> None:
        self.selections: list[Selection] = []
        self._session = session
        session.changed.connect(self._listen)

    def _listen(self) -> None:
        self.selections.append(self._session.selection)

    def __len__(self) -> int:
        return len(self.selections)


@pytest.fixture
def session() -> Session:
    return Session(daily(1))


@pytest.fixture
def heard(session: Session) -> Heard:
    return Heard(session)


def searching(text: str) -> Selection:
    return Selection(search=text)


def test_a_session_opens_on_what_its_dataset_opens_on_or_on_what_it_is_given() -> None:
    dataset = daily(1)
    assert Session(dataset).selection == opening(dataset)
    assert Session(dataset, searching("x")).selection == searching("x")
    assert not Session(dataset).can_undo and not Session(dataset).can_redo


def test_an_equal_selection_emits_nothing_and_leaves_no_step_back(session: Session, heard: Heard) -> None:
    session.select(session.selection.but(search=""))
    session.select(session.selection.but(), continued=True)
    assert (len(heard), session.can_undo) == (0, False)


def test_a_change_is_told_once_when_it_is_done(session: Session, heard: Heard) -> None:
    steps = [searching("a"), searching("ab").mark(Grouping.COUNTRY, "CN"), Selection(scope=Scope(9))]
    for step in steps:
        session.select(step)
    assert heard.selections == steps


def test_undo_and_redo_go_back_and_forth_with_one_emission_each(session: Session, heard: Heard) -> None:
    start = session.selection
    session.select(searching("a"))
    session.select(searching("b"))
    session.undo()
    session.undo()
    assert (session.selection, session.can_undo, session.can_redo) == (start, False, True)
    session.redo()
    session.redo()
    assert (session.selection, session.can_undo, session.can_redo) == (searching("b"), True, False)
    a, b = searching("a"), searching("b")
    assert heard.selections == [a, b, a, start, a, b]


def test_at_either_end_undo_and_redo_do_nothing(session: Session, heard: Heard) -> None:
    session.undo()
    session.redo()
    assert len(heard) == 0


def test_a_new_step_forgets_what_was_undone(session: Session) -> None:
    session.select(searching("a"))
    session.undo()
    session.select(searching("b"))
    assert not session.can_redo
    session.undo()
    session.redo()
    assert session.selection == searching("b")


def test_a_continued_gesture_is_undone_at_once(session: Session, heard: Heard) -> None:
    session.select(searching("before"))
    session.select(searching("d"))
    for text in ("dr", "dra", "drag"):
        session.select(searching(text), continued=True)
    assert len(heard) == 5
    session.undo()
    assert session.selection == searching("before")
    session.redo()
    assert session.selection == searching("drag")


def test_a_gesture_that_ends_where_it_began_leaves_no_step_that_changes_nothing(session: Session, heard: Heard) -> None:
    session.select(searching("before"))
    session.select(searching("out"))
    session.select(searching("before"), continued=True)
    told = len(heard)
    session.undo()
    assert session.selection != searching("before")
    assert len(heard) == told + 1


def test_the_way_back_is_long_but_not_endless(session: Session) -> None:
    for n in range(300):
        session.select(searching(str(n)))
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert steps == 200
    assert session.selection == searching("99")


def test_newer_data_of_the_same_source_keep_the_question_and_the_way_back(session: Session, heard: Heard) -> None:
    session.select(searching("a"))
    newer = daily(2)
    session.load(newer)
    assert (session.dataset, session.selection, session.can_undo) == (newer, searching("a"), True)
    assert len(heard) == 2


def test_another_source_opens_anew_and_forgets_the_way_back(session: Session, heard: Heard) -> None:
    session.select(searching("a"))
    session.select(searching("b"))
    session.undo()
    printed = published((), NOWHERE)
    session.load(printed)
    assert (session.dataset, session.selection) == (printed, opening(printed))
    assert not session.can_undo and not session.can_redo
    assert heard.selections[-1] == opening(printed)
    assert len(heard) == 4
    session.load(daily(1))
    assert session.selection.brush is not None
    assert session.selection.brush.start == date(2026, 2, 2) + timedelta(7)
