"""The frame of a picture: what it says, where it leaves room, and that nothing overlaps."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.domain import attribution_notes
from explorer.domain.table import Caption
from explorer.drawing import frame, text
from explorer.style import DARK, LIGHT, SMALL, TITLE, Style, Theme
from explorer.words import say

SOURCE = "Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."
CAPTION = Caption(
    say("China led with {share} in {window}", share="58.4 %", window="the week of 9–15 Feb 2026"),
    say("tokens a week by country, 15 Nov 2025 – 4 May 2026"),
    say("top 9 models of each week, out of 428 named, 62.1 % of all tokens"),
    say(SOURCE),
    (say("Hatched: partial (27 Apr – 3 May 2026)."), say("Each provider counts tokens with its own tokenizer.")),
    (say("search “kimi”"),),
)
SIZES = [(1920, 1080, 1.5), (3840, 2160, 3.0), (1080, 1080, 1.2), (333, 777, 0.85), (1280, 720, 1.0)]


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Fonts need an application."""


def style_of(scale: float, theme: Theme = LIGHT) -> Style:
    return Style(theme, scale, text.picture_family())


def painted(width: int, height: int, style: Style, caption: Caption = CAPTION) -> tuple[QRectF, np.ndarray]:
    """Return the rectangle left for the drawing and where the frame put ink, bool (height, width)."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(style.theme.background)
    painter = QPainter(image)
    rest = frame.paint(painter, QRectF(0, 0, width, height), caption, style)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)[:, :, :3].astype(int)
    return rest, np.abs(pixels - pixels[0, 0]).max(axis=2) > 60


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_words_keep_off_the_drawing_and_the_edges(width: int, height: int, scale: float, theme: Theme) -> None:
    style = style_of(scale, theme)
    rest, ink = painted(width, height, style)
    rows, columns = np.nonzero(ink)
    margin = style.px(20)
    assert min(rows.min(), columns.min()) >= margin
    assert rows.max() <= height - margin
    assert columns.max() <= width - margin
    inside = ink[int(rest.top()) : int(rest.bottom()) + 1, int(rest.left()) : int(rest.right())]
    assert not inside.any()
    assert ink[: int(rest.top())].any()
    assert ink[int(rest.bottom()) + 1 :].any()
    assert rest.height() > height * 0.4


def test_the_lines_say_title_what_is_counted_of_what_and_filters() -> None:
    lines = frame.header(CAPTION, style_of(1), 2000, large=True)
    assert [line.words for line in lines] == [
        "China led with 58.4 % in the week of 9–15 Feb 2026",
        "tokens a week by country, 15 Nov 2025 – 4 May 2026 · top 9 models of each week, out of 428 named, "
        "62.1 % of all tokens · search “kimi”",
    ]
    assert lines[0].bold
    assert lines[0].size == TITLE


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("room", [400, 700, 1800])
def test_the_source_ends_the_footer_whole(room: float, large: bool) -> None:
    lines = frame.footer(CAPTION, style_of(1), room, large=large)
    assert " ".join(line.words for line in lines).endswith(SOURCE)
    assert all(line.size >= SMALL for line in lines)


def test_a_caption_without_notes_or_source_leaves_the_room_to_the_drawing() -> None:
    bare = Caption(say("Title"), say("counted"), say("of what"), say(""))
    style = style_of(1)
    assert frame.footer(bare, style, 500, large=True) == []
    assert painted(800, 600, style, bare)[0].bottom() > painted(800, 600, style)[0].bottom()


def test_the_height_of_lines_is_where_the_next_begins() -> None:
    style = style_of(1)
    lines = frame.header(CAPTION, style, 500, large=True)
    fonts = [text.font(style, line.size, bold=line.bold) for line in lines]
    assert frame.height(lines, style) == pytest.approx(sum(text.line_height(font) for font in fonts))


def test_a_frame_twice_as_large_is_the_same_frame() -> None:
    small, _ = painted(1280, 720, style_of(1))
    large, _ = painted(2560, 1440, style_of(2))
    for one, two in zip(small.getRect(), large.getRect(), strict=True):
        assert two == pytest.approx(2 * one, abs=4)


# --- where there is little room

OWN = "Your attribution: Pony Alpha counts as openai; stepfun counts as United States; x-ai counts as China."
LONG = "As known now: " + "; ".join(f"Model {i} (1.{i} % of all tokens) counts as z-ai" for i in range(6)) + "."


def with_notes(*notes: str) -> Caption:
    own = say(attribution_notes._OWN, list=OWN.partition(": ")[2][:-1])
    return replace(CAPTION, notes=tuple(own if note == OWN else say(note) for note in notes))


def words(lines: list[frame.Line]) -> str:
    return " ".join(line.words for line in lines)


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("room", [150, 300, 600, 1800])
def test_the_users_own_attribution_comes_first_and_whole(room: float, large: bool) -> None:
    found = words(frame.footer(with_notes("Hatched: partial.", LONG, OWN), style_of(1), room, large=large))
    assert found.startswith(OWN)


def test_the_last_notes_are_left_out_whole() -> None:
    kept, style = "Hatched: partial (27 Apr – 3 May 2026).", style_of(1)
    every = with_notes(kept, LONG, "Each provider counts tokens with its own tokenizer.")
    assert words(frame.footer(every, style, 400, large=False)) == f"{kept} … {SOURCE}"
    assert words(frame.footer(every, style, 4000, large=False)).count("…") == 0
    alone = words(frame.footer(with_notes(LONG), style, 400, large=False))
    assert alone.startswith("As known now: Model 0") and "…" in alone, "a lone note is cut rather than left out"


@pytest.mark.parametrize("own", [(), (OWN,)], ids=["plain", "own"])
@pytest.mark.parametrize("room", [296, 600, 1200])
@pytest.mark.parametrize("high", [60, 110, 144, 200, 330, 800])
def test_a_caption_gives_way_to_the_drawing(high: float, room: float, own: tuple[str, ...]) -> None:
    style, caption = style_of(1), with_notes(*own, "Hatched: partial.", LONG)
    above, below = frame.around(caption, style, room, high, 20)
    taken = frame.height(above, style) + frame.height(below, style)
    assert taken <= high - 20
    brief = frame.header(caption, style, room, large=False, most=(1, 1))
    last = [line for line in below if "Source" in line.words][:1]
    assert taken <= high * (1 - frame.DRAWING) - 20 or len(above) + len(below) <= len(brief) + len(last) + 5
    if high >= 144:
        assert above and above[0].bold
        assert "Source: OpenRouter" in words(below)
        assert not own or words(below).startswith(OWN)
    if high == 800:
        assert (above, words(below)[-len(SOURCE) :]) == (frame.header(caption, style, room, large=False), SOURCE)


def test_the_footer_gives_way_before_the_header() -> None:
    style = style_of(1)
    caption = with_notes("Hatched: partial.", LONG)
    whole = frame.header(caption, style, 400, large=False)
    for high in range(120, 500, 4):
        above, below = frame.around(caption, style, 400, high)
        if above != whole:
            assert "Hatched" not in words(below)
        if "Hatched" in words(below):
            assert above == whole
    assert "Hatched" in words(frame.around(caption, style, 400, 500)[1])
    assert len(frame.around(caption, style, 400, 90)[0]) == 2


@pytest.mark.parametrize(("width", "height", "scale"), [(640, 360, 0.82), (1280, 720, 1.0), (360, 640, 0.82)])
def test_a_picture_with_much_to_say_leaves_its_part_to_the_drawing(width: int, height: int, scale: float) -> None:
    much = with_notes(OWN, *(f"Note {i}: {LONG}" for i in range(8)))
    assert painted(width, height, style_of(scale), much)[0].height() >= height * frame.DRAWING


def test_a_picture_with_room_says_all_of_it() -> None:
    much = replace(with_notes(*[LONG] * 4), scope=say("top 9 models of each week, " * 9))
    above, below = frame._in_picture(much, style_of(1), 400, 2400, 72)
    assert words(above).count("top 9 models of each week") == 9
    assert words(below) == " ".join((*[LONG] * 4, SOURCE))
    above, below = frame._in_picture(much, style_of(1), 400, 700, 72)
    assert words(above).count("top 9 models of each week") == 9, "notes give way before what is counted"
    assert "…" in words(below) and words(below).endswith(SOURCE)


def test_a_long_subtitle_gives_way_to_what_the_numbers_are_a_share_of() -> None:
    caption = Caption(
        say("Who leads?"),
        say("{words}", words="our own words " * 60),
        say("top 9 models of each week, 53.7 % of all tokens"),
        say("Source: somewhere."),
        filters=(say("data as known on 1 June 2026"),),
    )
    lines = [line.words for line in frame.header(caption, Style(), 700, large=True)]
    assert lines[-1] == "top 9 models of each week, 53.7 % of all tokens · data as known on 1 June 2026"
    assert lines[1].startswith("our own words") and lines[-2].endswith("…")
