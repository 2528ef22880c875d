"""The one owner of state: who changes what, how often it says so, and the way back."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from explorer.domain.dataset import Dataset, published, rankings
from explorer.domain.opening import opening
from explorer.domain.origins import Origins
from explorer.domain.schema import Frames, UsageFrame, to_day
from explorer.domain.selection import Grouping, Scope, Selection
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.words import say

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


# --- another vintage


class Archive:
    """Brings the data of a vintage: as many tokens as the month has days gone; there is none from before 2026."""

    def __init__(self) -> None:
        self.asked: list[tuple[Dataset, str]] = []

    def __call__(self, latest: Dataset, selection: Selection) -> Dataset:
        self.asked.append((latest, selection.as_of))
        if not selection.as_of:
            return latest
        if selection.as_of < "2026":
            raise ExplorerError(say("There is no such vintage."), remedy=say("Choose a later day."))
        return replace(daily(int(selection.as_of[-2:])), as_of=selection.as_of)


def known_on(day: str) -> Selection:
    return Selection(as_of=day)


@pytest.fixture
def latest() -> Dataset:
    return daily(100)


@pytest.fixture
def dated(latest: Dataset) -> Session:
    return Session(latest, complete=Archive())


def test_a_selection_of_another_vintage_brings_its_data_before_anyone_is_told(dated: Session, latest: Dataset) -> None:
    shown: list[str] = []
    dated.changed.connect(lambda: shown.append(dated.dataset.as_of))
    dated.select(known_on("2026-02-03"))
    assert (dated.dataset.as_of, shown) == ("2026-02-03", ["2026-02-03"])
    assert dated.latest is latest
    dated.select(known_on(""))
    assert dated.dataset is latest


def test_a_session_may_begin_with_another_vintage(latest: Dataset) -> None:
    session = Session(latest, known_on("2026-02-03"), complete=Archive())
    assert (session.dataset.as_of, session.latest) == ("2026-02-03", latest)


def test_undo_and_redo_go_across_vintages(dated: Session, latest: Dataset) -> None:
    dated.select(known_on("2026-02-03"))
    dated.select(known_on("2026-02-04"))
    dated.undo()
    assert dated.dataset.as_of == "2026-02-03"
    dated.undo()
    assert dated.dataset is latest
    dated.redo()
    dated.redo()
    assert dated.dataset.as_of == dated.selection.as_of == "2026-02-04"


def test_a_vintage_that_cannot_be_had_changes_nothing_and_is_said(dated: Session) -> None:
    dated.select(known_on("2026-02-03"))
    told, failed = Heard(dated), []
    dated.failed.connect(failed.append)
    before = dated.dataset
    dated.select(known_on("2025-01-01"))
    assert [str(error) for error in failed] == ["There is no such vintage. Choose a later day."]
    assert (dated.selection, dated.dataset, len(told)) == (known_on("2026-02-03"), before, 0)
    dated.undo()
    assert not dated.can_undo, "what failed left no step"


def test_newer_data_keep_the_vintage_on_screen_and_are_its_new_latest(dated: Session) -> None:
    dated.select(known_on("2026-02-03"))
    newer = daily(200)
    dated.load(newer)
    assert (dated.latest, dated.dataset.as_of, dated.selection) == (newer, "2026-02-03", known_on("2026-02-03"))
    assert dated.can_undo


def test_newer_data_without_that_vintage_open_anew(latest: Dataset) -> None:
    gone: list[bool] = []

    def complete(found: Dataset, selection: Selection) -> Dataset:
        if gone and selection.as_of:
            raise ExplorerError(say("Gone."), remedy=say("Look elsewhere."))
        return replace(found, as_of=selection.as_of)

    session = Session(latest, complete=complete)
    session.select(known_on("2026-02-03"))
    gone.append(True)
    newer = daily(200)
    session.load(newer)
    assert (session.dataset, session.selection) == (newer, opening(newer))
    assert not session.can_undo
