"""Published figures: our own CSV."""

from datetime import date
from pathlib import Path

import pytest

from explorer.domain.schema import QUALIFIERS, Figure
from explorer.domain.snapshot import Basis, Snapshot
from explorer.errors import ExplorerError
from explorer.sources import read

HEADER = (
    "id,window_as_published,window_start,window_end,scope_as_published,entity,measure,value,unit,"
    "source_title,publisher,source_date"
)
ROWS = (
    "3,2026-02-02..2026-02-08,2026-02-02,2026-02-08,Chinese models,China,tokens,2.27,T,"
    '"In February, usage",Daily,2026-02-27',
    "41,March,,,platform,all,change,-9.33,%,Title,Daily,2026-03",
)


def taken(folder: Path, *lines: str, header: str = HEADER) -> Snapshot:
    path = folder / "figures.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return read(path)


def test_figures_are_taken_as_printed(tmp_path: Path) -> None:
    snapshot = taken(tmp_path, *(f"{row},by hand" for row in ROWS), header=f"{HEADER},remark")
    window = (date(2026, 2, 2), date(2026, 2, 8))
    assert snapshot.figures == (
        Figure(
            id="3",
            window="2026-02-02..2026-02-08",
            start=window[0],
            end=window[1],
            scope="Chinese models",
            entity="China",
            measure="tokens",
            value=2.27,
            unit="T",
            title="In February, usage",
            publisher="Daily",
            published="2026-02-27",
            printed="2.27",
        ),
        Figure(
            "41",
            "March",
            None,
            None,
            "platform",
            "all",
            "change",
            -9.33,
            "%",
            "Title",
            "Daily",
            "2026-03",
            printed="-9.33",
        ),
    )
    found = snapshot.provenance
    assert (found.format, found.rows, found.as_of, found.basis) == ("published figures", 2, "", Basis.UNKNOWN)
    assert found.citation == "Figures as printed; the source of each stands in its row."


@pytest.mark.parametrize("value", ["27", "27.0", "27.00", "027", "0.10", "-9.30"])
def test_a_value_keeps_its_digits(tmp_path: Path, value: str) -> None:
    (figure,) = taken(tmp_path, ROWS[0].replace("2.27", value)).figures
    assert (figure.printed, figure.value) == (value, float(value))


def test_a_unit_keeps_its_remark(tmp_path: Path) -> None:
    (figure,) = taken(tmp_path, ROWS[0].replace("2.27,T", "66.7,% (nearly two thirds)")).figures
    assert (figure.value, figure.unit, figure.qualifier) == (66.7, "% (nearly two thirds)", "")


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_qualifiers_are_read_wherever_their_column_stands(tmp_path: Path, qualifier: str) -> None:
    rows = [f"{qualifier},{row},by hand,a/b" for row in ROWS]
    figures = taken(tmp_path, *rows, header=f"qualifier,{HEADER},note,model").figures
    assert [(f.qualifier, f.note, f.model) for f in figures] == [(qualifier, "by hand", "a/b")] * 2


@pytest.mark.parametrize("qualifier", ["almost", "About", " over", "~"])
def test_a_qualifier_of_another_kind_is_named_with_its_line(tmp_path: Path, qualifier: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        taken(tmp_path, f"{ROWS[0]},over", f"{ROWS[1]},{qualifier}", header=f"{HEADER},qualifier")
    assert f'"{qualifier}" is none of about, nearly, over, under.' in str(caught.value)
    assert caught.value.line == 3


@pytest.mark.parametrize("value", ['"1,234.5"', "4.12T", "61 %", "+263", "1e3", "２.27", ".5", "5."])
def test_a_value_that_is_no_plain_number_is_said_to_be_so(tmp_path: Path, value: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        taken(tmp_path, ROWS[0].replace("2.27", value))
    written = value.strip('"')
    plain = "is not a plain number such as 1234.5, without thousands separators or a unit."
    assert f'the value "{written}" {plain}' in str(caught.value)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2.27", "2,27", "13 values"),
        ("2.27", "about 2", "about 2"),
        ("2.27", "nan", "nan"),
        ("2.27", "", 'value ""'),
        ("2026-02-08,C", "2026-02-30,C", "2026-02-30"),
        ("2026-02-08,C", "2026-02-01,C", "before it starts"),
        ("China", "", "empty"),
        ("3,2026", "41,2026", "twice"),
    ],
)
def test_a_bad_figure_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        taken(tmp_path, ROWS[1], ROWS[0].replace(old, new, 1))
    assert said in str(caught.value)
    assert caught.value.line == 3


def test_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="no figures"):
        taken(tmp_path)
