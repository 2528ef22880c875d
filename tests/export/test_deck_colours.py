"""The colours of a user's template, and slides whose words are read on them."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn

from explorer.domain.table import Column, Kind
from explorer.export import deck, deck_template, report_deck
from explorer.export.deck_colours import Colours
from explorer.export.exhibit import Exhibit
from explorer.style import DARK, LIGHT, contrast
from explorer.words import say

Shown = Callable[..., Exhibit]
NAVY, CREAM = "#101830", "#ffeecc"


def saved(made: Any) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def painted(ground: str, title: str = "") -> bytes:
    """A template whose master is filled, and whose titles have a colour: its text stays the theme's black."""
    made: Any = Presentation()
    fill = made.slide_master.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(ground[1:].upper())
    if title:
        style = made.slide_master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}")
        (ink,) = style.find(qn("a:lvl1pPr")).findall(f"{qn('a:defRPr')}/{qn('a:solidFill')}")
        ink.clear()
        ink.append(ink.makeelement(qn("a:srgbClr"), {"val": title[1:].upper()}))
    return saved(made)


def mapped() -> bytes:
    """A dark template as PowerPoint makes them: text and background change places in the colour map."""
    made: Any = Presentation()
    names = made.slide_master._element.find(qn("p:clrMap"))
    for name, slot in (("bg1", "dk1"), ("tx1", "lt1")):
        names.set(name, slot)
    fill = made.slide_master.background.fill
    fill.solid()
    fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    return saved(made)


def pictured(colour: str) -> bytes:
    """A template with a picture behind everything."""
    made: Any = Presentation()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    picture.seek(0)
    master = made.slide_master
    _, key = master.part.get_or_add_image_part(picture)
    fill = master.background.fill
    fill.solid()
    properties = master._element.find(f".//{qn('p:bgPr')}")
    properties.remove(properties.find(qn("a:solidFill")))
    blipped = properties.makeelement(qn("a:blipFill"), {})
    blipped.append(blipped.makeelement(qn("a:blip"), {qn("r:embed"): key}))
    properties.insert(0, blipped)
    return saved(made)


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        (saved(Presentation()), Colours("#ffffff", "#000000", given=True)),
        (mapped(), Colours("#000000", "#ffffff", given=True)),
        (painted(NAVY, CREAM), Colours(NAVY, CREAM, given=False)),
        (painted(NAVY), Colours(NAVY, "#ffffff", given=False)),
        (painted(CREAM, NAVY), Colours(CREAM, "#000000", given=True)),
        (pictured(NAVY), Colours(NAVY, "#ffffff", given=False)),
    ],
)
def test_the_colours_of_a_template_are_found(template: bytes, wanted: Colours) -> None:
    assert deck_template.opened(template, "own.pptx").colours == wanted


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", [NAVY, CREAM, "#000000", "#ffffff", "#777777"])
def test_what_is_drawn_is_seen_on_a_background_and_lines_step_back(theme: Any, ground: str) -> None:
    ink = max(("#ffffff", "#000000"), key=lambda each: contrast(each, ground))
    worn = Colours(ground, ink, given=False).on(theme)
    assert contrast(worn.text, ground) >= 4.5
    assert contrast(worn.muted, ground) >= min(4.5, contrast(ink, ground))
    assert contrast(worn.accent, ground) >= 3
    assert 1 < contrast(worn.line, ground) < contrast(worn.strong_line, ground) < contrast(worn.muted, ground)


def inks(slide: Any) -> set[str]:
    """The colours of all words on a slide but its title's, "" for words that are given none."""
    found: set[str] = set()
    for shape in slide.shapes:
        if shape == slide.shapes.title:
            continue
        runs = list(shape._element.iter(qn("a:r")))
        if shape.has_chart:
            space = shape.chart._chartSpace
            runs = [*space.findall(f"{qn('c:txPr')}//{qn('a:defRPr')}"), *space.iter(qn("c:axId"))][:1]
        for run in runs:
            filled = run.find(f".//{qn('a:solidFill')}/{qn('a:srgbClr')}")
            found.add("" if filled is None else f"#{filled.get('val').lower()}")
    return found


@pytest.mark.parametrize("view", ["share", "leaderboard", "price_history", "claims", "of no chart"])
def test_words_are_read_on_a_dark_template_that_says_black(shown: Shown, view: str) -> None:
    exhibit, dark = shown(view) if view != "of no chart" else replace(shown("prices"), view=view), painted(NAVY, CREAM)
    columns = tuple(Column(key, say(key), Kind.TEXT) for key in ("finding", "sentence"))
    findings = replace(exhibit.table, columns=columns, values={"finding": ["A"], "sentence": ["B"]}, ids=("a",))
    summary = replace(exhibit, view="report", table=replace(findings, empty=None, names=()))
    for content in (deck.deck([exhibit], template=dark), report_deck.report(summary, [exhibit], template=dark)):
        for slide in Presentation(io.BytesIO(content)).slides:
            found = inks(slide)
            assert found
            assert all(ink and contrast(ink, NAVY) >= 4.5 for ink in found)


def test_words_are_the_template_s_own_where_these_are_read(shown: Shown) -> None:
    for template in (saved(Presentation()), mapped()):
        (slide,) = Presentation(io.BytesIO(deck.deck([shown("share")], template=template))).slides
        assert inks(slide) == {""}


def test_gridlines_are_mixed_from_the_background(shown: Shown) -> None:
    content = deck.deck([shown("share")], template=mapped())
    made: Any = Presentation(io.BytesIO(content))
    (chart,) = [shape.chart for shape in made.slides[0].shapes if shape.has_chart]
    assert contrast(f"#{chart.value_axis.major_gridlines.format.line.color.rgb}".lower(), "#000000") < 2
