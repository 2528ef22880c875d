"""Names beside dots: inside, on nothing, and the first one served first."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.placing import Box, Name, dot, line, place

ROOM = Box(0, 0, 400, 300)
names = st.lists(
    st.builds(Name, st.floats(0, 400), st.floats(0, 300), st.floats(10, 120), st.floats(8, 16)), max_size=40
)


def overlap(a: Box, b: Box) -> bool:
    return min(a.right, b.right) > max(a.left, b.left) and min(a.bottom, b.bottom) > max(a.top, b.top)


@given(names)
def test_names_cover_neither_each_other_nor_a_dot_and_stay_inside(wanted: list[Name]) -> None:
    dots = [dot(name.x, name.y, 4) for name in wanted]
    found = place(wanted, dots, ROOM, 7)
    assert len(found) == len(wanted)
    placed = [box for box in found if box is not None]
    for i, box in enumerate(placed):
        assert box.within(ROOM)
        assert not any(overlap(box, other) for other in placed[:i])
        assert not any(overlap(box, other) for other in dots)


def test_the_first_name_gets_its_best_place() -> None:
    one, two = Name(100, 100, 60, 12), Name(130, 100, 60, 12)
    first, second = place([one, two], [], ROOM, 7)
    assert first == Box(107, 94, 167, 106)
    assert second is not None
    assert not overlap(first, second)
    assert second.bottom <= 94 or second.top >= 106 or second.left >= 167


def test_where_nothing_fits_there_is_no_name() -> None:
    assert place([Name(50, 50, 500, 12)], [], ROOM, 7) == [None]
    assert place([Name(100, 100, 60, 12)], [Box(0, 0, 400, 300)], ROOM, 7) == [None]


def test_names_keep_off_lines() -> None:
    (found,) = place([Name(100, 100, 60, 12)], [line(100, 100, 300, 100, 1)], ROOM, 7)
    assert found is not None
    assert found.right <= 93


def test_a_name_stands_nowhere_nearer_to_another_dot_than_to_its_own() -> None:
    own, above, far = (100.0, 100.0), (170.0, 89.0), (300.0, 100.0)
    wanted = Name(*own, 60, 12)
    # To the right of its dot the name would end 3 pixels off the one above: it goes to the left.
    assert place([wanted], [], ROOM, 7, [own, above, far]) == [Box(33, 94, 93, 106)]
    assert place([wanted], [], ROOM, 7, [own, far]) == [Box(107, 94, 167, 106)]


def test_a_name_that_would_stand_beside_other_dots_wherever_it_goes_is_left_out() -> None:
    own = (100.0, 100.0)
    ring = [(100.0 + x, 100.0 + y) for x in (-70, -35, 0, 35, 70) for y in (-22, 0, 22) if (x, y) != (0, 0)]
    assert place([Name(*own, 60, 12)], [], ROOM, 7, [own, *ring]) == [None]


def test_dots_in_one_place_may_both_have_their_names() -> None:
    here = Name(100, 100, 60, 12)
    assert place([here, here], [], ROOM, 7, [(100, 100), (100, 100)]) == [Box(107, 94, 167, 106), Box(33, 94, 93, 106)]


def test_a_name_does_not_end_where_the_next_begins() -> None:
    one, two = Name(100, 100, 60, 12), Name(234, 100, 60, 12)
    first, second = place([one, two], [], Box(100, 94, 241, 106), 7)
    assert first == Box(107, 94, 167, 106)
    assert second is None, "left of its dot it would begin at 167"
