"""Sizes of pictures as people write them."""

import pytest

from explorer.errors import ExplorerError
from explorer.export.size import LARGEST, SMALLEST, Size, size_of


@pytest.mark.parametrize("written", ["1920x1080", "1920×1080", "1920X1080", " 1920x1080 "])
def test_a_size_is_read(written: str) -> None:
    assert size_of(written) == Size(1920, 1080)


@pytest.mark.parametrize("written", ["", "1920", "1920x", "-5x300", "1920x1080x3", "1e3x1e3", "１９２０x1080"])
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(ExplorerError, match="Write it like 1920x1080"):
        size_of(written)


def test_the_limits_are_the_last_sizes_allowed() -> None:
    assert (Size(SMALLEST, LARGEST).width, Size(SMALLEST, LARGEST).height) == (200, 16384)
    for width, height in ((SMALLEST - 1, 500), (500, LARGEST + 1), (0, 0)):
        with pytest.raises(ExplorerError, match="Choose 200 to 16384 pixels"):
            Size(width, height)
