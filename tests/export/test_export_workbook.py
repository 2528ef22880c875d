"""Workbooks, read again by calamine, and their XML."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from explorer.domain import record as records
from explorer.domain.dataset import Dataset
from explorer.domain.selection import LISTED, Grouping
from explorer.domain.table import Column, Kind
from explorer.export import chart_data, workbook
from explorer.export.exhibit import Exhibit
from explorer.words import say

Shown = Callable[..., Exhibit]
DIGITS = partial(pytest.approx, rel=1e-15, abs=0)
"""A number as a spreadsheet keeps it."""
VIEWS = ("leaderboard", "share", "prices", "leads", "drivers", "price_history", "price_usage", "workload", "spend")


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(content: bytes, under: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith(under)}


def of_columns(like: Exhibit, columns: dict[str, tuple[Kind, list[Any]]]) -> Exhibit:
    """An exhibit of a table of literal columns, of no chart."""
    count = len(next(iter(columns.values()))[1])
    table = replace(
        like.table,
        columns=tuple(Column(key, say(key.title()), kind) for key, (kind, _) in columns.items()),
        values={key: values for key, (_, values) in columns.items()},
        ids=tuple(map(str, range(count))),
        names=(),
    )
    return replace(like, table=table, view="plain")


def test_a_sheet_is_the_table_on_screen(shown: Shown) -> None:
    exhibit = shown("share")
    head, *rows = sheets(workbook.workbook([exhibit]))["Share"]
    columns = exhibit.table.exported
    assert head[: len(columns)] == [str(column.label) for column in columns]
    for row, (start, end, group, tokens, share, unfinished) in zip(rows, exhibit.table.rows(), strict=False):
        days = [np.datetime64(day, "D").item() for day in (start, end)]
        assert row[:6] == [*days, group, tokens, DIGITS(share), bool(unfinished)]
    assert len(rows) >= len(exhibit.table)


def test_values_are_what_they_are(shown: Shown) -> None:
    exhibit = of_columns(
        shown("leaderboard"),
        {
            "words": (Kind.TEXT, ["=1+1", "http://x.y", "12", "中文", "\t@x", ""]),
            "day": (Kind.DATE, [date(2026, 2, 9), np.datetime64("2026-02-15", "D"), None, None, None, None]),
            "tokens": (Kind.TOKENS, [7_500_000_000_000, np.int64(12), 0, None, np.nan, 999_999_999_999_999]),
            "share": (Kind.SHARE, [0.1 + 0.2, np.float64(1 / 3), 0.0, np.inf, None, 1.0]),
            "flag": (Kind.FLAG, [True, np.bool_(False), None, True, True, True]),
        },
    )
    content = workbook.workbook([exhibit])
    _, *rows = sheets(content)["Plain"]
    assert [row[:5] for row in rows] == [
        ["=1+1", date(2026, 2, 9), 7_500_000_000_000, DIGITS(0.1 + 0.2), True],
        ["http://x.y", date(2026, 2, 15), 12, DIGITS(1 / 3), False],
        ["12", "", 0, 0, ""],
        ["中文", "", "", "", True],
        ["\t@x", "", "", "", True],
        ["", "", 999_999_999_999_999, 1, True],
    ]
    (sheet,) = [xml for name, xml in parts(content, "xl/worksheets/sheet1").items()]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_head_stays_and_filters(shown: Shown) -> None:
    sheet = parts(workbook.workbook([shown("leaderboard")]), "xl/worksheets/sheet1.xml")["xl/worksheets/sheet1.xml"]
    assert 'ySplit="1"' in sheet
    assert 'xSplit="2"' in sheet
    assert '<autoFilter ref="A1:' in sheet
    assert "<printOptions" in sheet or "<pageSetup" in sheet


def cells(book: dict[str, list[list[Any]]], reference: str) -> list[Any]:
    """The values that a reference such as 'Chart of share'!$B$2:$B$5 names."""
    name, area = reference.replace("'", "").split("!")
    (left, top), (right, bottom) = (
        re.fullmatch(r"\$([A-Z]+)\$(\d+)", end).groups()  # type: ignore[union-attr]
        for end in (area if ":" in area else f"{area}:{area}").split(":")
    )
    assert left == right
    column = 0
    for letter in left:
        column = column * 26 + ord(letter) - 64
    return [book[name][row][column - 1] for row in range(int(top) - 1, int(bottom))]


@pytest.mark.parametrize("view", VIEWS)
def test_a_native_chart_refers_to_cells_that_hold_its_values(shown: Shown, view: str) -> None:
    exhibit = shown(view)
    content = workbook.workbook([exhibit])
    charts, book = parts(content, "xl/charts/"), sheets(content)
    wanted = chart_data.charts(exhibit)
    assert len(charts) == len(wanted)
    for xml, chart in zip(charts.values(), wanted, strict=True):
        tag = "yVal" if "<c:yVal>" in xml else "val"
        found = [cells(book, ref) for ref in re.findall(rf"<c:{tag}><c:numRef><c:f>([^<]+)</c:f>", xml)]
        drawn = {at: value for own in found for at, value in enumerate(own) if value != ""}
        if len(found) == len(chart.series):
            for own, series in zip(found, chart.series, strict=True):
                assert own == ["" if value is None else DIGITS(value) for value in series.values]
        else:  # one series of the table's own column, in the colours of its rows
            assert drawn == {i: v for each in chart.series for i, v in enumerate(each.values) if v is not None}


def test_bars_follow_the_table_itself(shown: Shown) -> None:
    content = workbook.workbook([shown("leaderboard", scope=LISTED)])
    (xml,) = parts(content, "xl/charts/").values()
    assert re.findall(r"<c:f>([^<]+)</c:f>", xml) == [
        "Leaderboard!$E$1",
        "Leaderboard!$B$2:$B$5",
        "Leaderboard!$E$2:$E$5",
    ]
    assert xml.count("<c:dPt>") == 4
    assert [*sheets(content)] == ["Leaderboard", "Provenance"]


def test_provenance_says_everything(shown: Shown) -> None:
    exhibits = [shown("share"), shown("leaderboard")]
    rows = sheets(workbook.workbook(exhibits))["Provenance"]
    said = [str(row[1]) for row in rows]
    for exhibit in exhibits:
        assert set(exhibit.provenance) <= set(said)
        assert exhibit.source in said
        assert records.text(exhibit.record) in said
    labels = {row[0]: row[1] for row in rows}
    assert labels["Of all"] == "column share_of_all: Share of all tokens in the window, other included"


def test_the_same_exhibits_give_the_same_bytes_of_their_data_s_day(shown: Shown) -> None:
    exhibits = [shown(view) for view in VIEWS]
    first, second = (workbook.workbook(exhibits) for _ in range(2))
    assert first == second
    core = parts(first, "docProps/core.xml")["docProps/core.xml"]
    assert "2026-03-04T" in core
    assert "&quot;view&quot;" in core or '"view"' in core


def test_several_tables_of_one_view_have_sheets_of_their_own(shown: Shown) -> None:
    exhibits = [shown("share"), shown("share", grouping=Grouping.AUTHOR), replace(shown("leads"), view="A:b/c" * 9)]
    names = [*sheets(workbook.workbook(exhibits))]
    assert names == [
        "Share",
        "Chart of share",
        "Share 2",
        "Chart of share 2",
        "A b ca b ca b ca b ca b ca b ca",
        "Provenance",
    ]


def test_numbers_too_long_for_a_spreadsheet_are_said_to_be_rounded(shown: Shown) -> None:
    note = "Whole numbers of more than 15 digits are rounded: a spreadsheet keeps no more."
    for value, told in ((10**15 - 1, False), (9_007_199_254_740_993, True)):
        exhibit = of_columns(shown("leaderboard"), {"tokens": (Kind.TOKENS, [value])})
        rows = sheets(workbook.workbook([exhibit]))["Provenance"]
        assert (note in [row[1] for row in rows]) is told


def test_an_empty_table_is_its_sentence(shown: Shown) -> None:
    exhibit = shown("claims")
    assert str(exhibit.table.empty) in [row[0] for row in sheets(workbook.workbook([exhibit]))["Claims"]]


def test_the_lens_is_four_charts(shown: Shown, many: Dataset) -> None:
    content = workbook.workbook([shown("share", lens=True), shown("share", many, grouping=Grouping.MODEL)])
    assert len(parts(content, "xl/charts/")) == 5


def test_dates_are_days_not_moments(shown: Shown) -> None:
    rows = sheets(workbook.workbook([shown("leads")]))["Leads"]
    assert all(not isinstance(cell, datetime) for row in rows for cell in row)


@pytest.mark.parametrize("title", ["=Sheet1!$A$1", "Look!A1 and more", "=1+1"])
def test_a_title_is_no_reference(shown: Shown, title: str) -> None:
    made = workbook.workbook([replace(shown("leaderboard"), title=title)])
    (chart,) = parts(made, "xl/charts/chart").values()
    heading = chart[: chart.index("<c:plotArea>")]
    assert "<c:f>" not in heading
    assert re.findall("<a:t>(.*?)</a:t>", heading.replace("\N{WORD JOINER}", "")) == [title]


def test_the_footer_cuts_the_citation_never_the_licence(shown: Shown) -> None:
    exhibit = shown("leaderboard")
    for length in (10, 150, 400):
        caption = replace(exhibit.table.caption, source=say("{words}.", words="A & B " * (length // 6)))
        long = replace(exhibit, table=replace(exhibit.table, caption=caption))
        sheet = parts(workbook.workbook([long]), "xl/worksheets/")["xl/worksheets/sheet1.xml"]
        found = re.search("<oddFooter>(.*?)</oddFooter>", sheet)
        assert found is not None
        footer = html.unescape(found[1])
        assert len(footer) <= 255
        assert f"{exhibit.record.licence}&R&8&P / &N" in footer
        assert footer.startswith("&L&8A && B A &&" if length > 10 else "&L&8A && B .")
        assert ("…" in footer) == (length > 150)
