"""The palette, as people with a colour-vision deficiency and people with a grey printer see it."""

import math
from itertools import combinations

import numpy as np
import pytest

from explorer import style
from explorer.style import AUTHOR_COLOURS, COUNTRY_COLOURS, DARK, LIGHT, NEUTRAL_COLOURS, SPARE_COLOURS, Style, Theme

# Severity 1.0, on linear RGB. G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for
# Simulation of Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009.
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
DEFICIENCIES = pytest.mark.parametrize("sight", [PROTANOPIA, DEUTERANOPIA], ids=["protanopia", "deuteranopia"])

# Linear sRGB to CIE XYZ under D65, IEC 61966-2-1.
XYZ = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))

STORY = {key: COUNTRY_COLOURS[key] for key in ("US", "CN", "FR", "DE", "KR")} | {
    "Unattributed": NEUTRAL_COLOURS["Unattributed"]
}
BIGGEST = ("google", "anthropic", "openai", "x-ai", "minimax", "deepseek", "moonshotai", "z-ai", "qwen", "xiaomi")
BANDS = {**COUNTRY_COLOURS, **AUTHOR_COLOURS, **NEUTRAL_COLOURS, **{f"spare {c}": c for c in SPARE_COLOURS}}


def lab(colour: str, sight: tuple[tuple[float, ...], ...] = NORMAL) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour as seen with `sight`."""
    encoded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    relative = XYZ @ np.clip(np.array(sight) @ linear, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative * (29 / 6) ** 2 / 3 + 4 / 29).tolist()
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """ΔE00 as in G. Sharma, W. Wu, E. N. Dalal, Color Research and Application 30 (1), 2005."""
    mean_chroma = (math.hypot(*one[1:]) + math.hypot(*two[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    a1, b1, a2, b2 = one[1] * stretch, one[2], two[1] * stretch, two[2]
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    light, chroma = (one[0] + two[0]) / 2, (c1 + c2) / 2
    cosines = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    weight = 1 + sum(k * math.cos(math.radians(n * hue + offset)) for k, n, offset in cosines)
    x = (two[0] - one[0]) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    y = (c2 - c1) / (1 + 0.045 * chroma)
    z = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    angle = 60 * math.exp(-(((hue % 360 - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(angle))
    return math.sqrt(x * x + y * y + z * z + rotation * y * z)


def too_close(colours: dict[str, str], sight: tuple[tuple[float, ...], ...], least: float) -> list[str]:
    seen = {key: lab(value, sight) for key, value in colours.items()}
    pairs = ((one, two, ciede2000(seen[one], seen[two])) for one, two in combinations(seen, 2))
    return [f"{one} and {two}: {apart:.1f}" for one, two, apart in pairs if apart < least]


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_yardstick_is_the_published_one(
    one: tuple[float, float, float], two: tuple[float, float, float], apart: float
) -> None:
    assert ciede2000(one, two) == pytest.approx(apart, abs=1e-4)


def test_lightness_is_cie_lightness() -> None:
    assert lab("#ffffff")[0] == pytest.approx(100)
    assert lab("#777777")[0] == pytest.approx(50.03, abs=0.05)


@DEFICIENCIES
def test_the_story_s_countries_stay_apart(sight: tuple[tuple[float, ...], ...]) -> None:
    assert not too_close(STORY, sight, 12)


@DEFICIENCIES
def test_all_countries_stay_apart(sight: tuple[tuple[float, ...], ...]) -> None:
    assert not too_close({**COUNTRY_COLOURS, **NEUTRAL_COLOURS}, sight, 8)


@DEFICIENCIES
def test_the_biggest_authors_stay_apart(sight: tuple[tuple[float, ...], ...]) -> None:
    assert not too_close({key: AUTHOR_COLOURS[key] for key in BIGGEST} | {**NEUTRAL_COLOURS}, sight, 8)


@DEFICIENCIES
def test_no_two_authors_or_spare_colours_look_the_same(sight: tuple[tuple[float, ...], ...]) -> None:
    assert not too_close({**AUTHOR_COLOURS, **NEUTRAL_COLOURS}, sight, 5)
    assert not too_close({c: c for c in SPARE_COLOURS} | {**NEUTRAL_COLOURS}, sight, 5)


def test_the_story_s_countries_stay_apart_in_grey() -> None:
    grey = {key: lab(value)[0] for key, value in STORY.items()}
    assert [pair for pair in combinations(grey, 2) if abs(grey[pair[0]] - grey[pair[1]]) < 5] == []
    assert abs(grey["US"] - grey["CN"]) >= 20


def test_the_us_is_a_dark_blue_and_china_an_orange_red() -> None:
    light, red, blue = lab(COUNTRY_COLOURS["US"])
    assert light < 45
    assert blue < -20
    light, red, yellow = lab(COUNTRY_COLOURS["CN"])
    assert red > 40
    assert yellow > 20


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible(theme: Theme) -> None:
    pairs = [(ink, paper) for ink in (theme.text, theme.muted) for paper in (theme.background, theme.surface)]
    assert [pair for pair in pairs if style.contrast(*pair) < 4.5] == []
    assert style.contrast(theme.text, theme.selection) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_band_stands_off_the_background(theme: Theme) -> None:
    faint = {key: style.contrast(value, theme.background) for key, value in BANDS.items()}
    assert {key: ratio for key, ratio in faint.items() if ratio < 1.5} == {}


def test_contrast_is_the_wcag_ratio() -> None:
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert style.mix("#000000", "#ffffff", 0) == "#000000"
    assert style.mix("#102030", "#ffffff", 1) == "#ffffff"
    assert style.mix("#000000", "#ff8040", 0.5) == "#804020"


def test_a_colour_is_the_same_wherever_it_is_asked_for() -> None:
    assert style.colour("US") == COUNTRY_COLOURS["US"]
    assert style.colour("minimax") == style.colour("minimax/minimax-m2.5", "minimax") == AUTHOR_COLOURS["minimax"]
    assert style.colour("nobody/model", "nobody") == style.colour("nobody") in SPARE_COLOURS
    assert style.colour("other") == NEUTRAL_COLOURS["other"]


def test_a_scaled_style_multiplies_every_size() -> None:
    assert Style().scaled(2).scaled(1.5).px(11) == 33
