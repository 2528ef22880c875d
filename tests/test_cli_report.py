"""`tokenshare report`: a deck and a PDF without a window, for a job that runs every week."""

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

from explorer.app import loading
from explorer.cli import main
from explorer.cli import reporting as cli
from explorer.domain import record as records
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain
from explorer.domain.reports import TEMPLATES, VIEWS
from explorer.domain.selection import Grouping, Scope, Selection
from explorer.domain.tables import TABLES, table
from explorer.domain.workspace import Layout, Workspace
from explorer.export import workspace_file
from explorer.sources import read
from explorer.sources import records as carried
from explorer.store import Store

# Three whole weeks from Monday 2 February 2026, China behind in the first; two days more.
ROWS = "date,model_permaslug,total_tokens\n" + "".join(
    f"2026-02-{day:02d},{model},{tokens}\n"
    for day in range(2, 25)
    for model, tokens in (("minimax/minimax-m2.5", 100 * day), ("openai/gpt-5.2", 900), ("other", 10))
)
WEEKLY = "tokenshare-weekly-2026-02-16"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    source = tmp_path / "2026-02-25.csv"
    source.write_text(ROWS, "utf-8")
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        opened.add(read(source), "2026-02-25T00:00:00Z")
    return path


def dataset(store: Path) -> Dataset:
    with Store.open(store) as opened:
        return loading.dataset(opened).with_prices(loading.prices(opened))


def report(store: Path, *args: object) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), "report", *map(str, args)])


def slides(path: Path) -> list[dict[str, str]]:
    """The texts of each slide by the names of their boxes, the title as "Title"."""
    made: Any = Presentation(str(path))
    found = []
    for slide in made.slides:
        texts = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
        found.append({**texts, "Title": slide.shapes.title.text_frame.text})
    return found


def pages(path: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def test_the_names_are_those_of_the_domain() -> None:
    assert tuple(TEMPLATES) == cli.TEMPLATES


def test_every_slide_has_its_finding_its_sentence_and_its_source(store: Path, tmp_path: Path) -> None:
    done = report(store, "--template", "weekly", "--out", tmp_path / "new" / "folder", "--pptx")
    path = tmp_path / "new" / "folder" / f"{WEEKLY}.pptx"
    assert (done.exit_code, done.output) == (0, f"{path}\n")
    summary, *found = slides(path)
    data = dataset(store)
    tables = [table(view, data, TEMPLATES["weekly"].select(data)) for view in VIEWS]
    assert len(found) == len(tables)
    for slide, shown in zip(found, tables, strict=True):
        assert slide["Title"] == str(shown.caption.title)
        assert shown.empty is None
        assert slide["Sentence"] == str(shown.caption.sentence)
        assert str(shown.caption.source) in slide["Source"]
    assert summary["Title"] == "Token usage on OpenRouter, 16–22 February 2026"
    for shown in tables:
        assert str(shown.caption.title) in summary["Summary"]
        assert str(shown.caption.sentence) in summary["Summary"]
    assert "as of 25 Feb 2026" in summary["Source"]
    assert "named with their sha256 in the file’s notes or metadata: 1." in summary["Source"]
    assert "CC BY 4.0" in summary["Source"]


def test_nothing_on_a_slide_lies_over_anything_else_or_beside_the_slide(store: Path, tmp_path: Path) -> None:
    report(store, "--template", "weekly", "--out", tmp_path, "--pptx")
    made: Any = Presentation(str(tmp_path / f"{WEEKLY}.pptx"))
    for slide in made.slides:
        boxes = sorted((shape.top, shape.top + shape.height, shape.name) for shape in slide.shapes)
        for (_, bottom, upper), (top, _, lower) in pairwise(boxes):
            if "More rows" not in (upper, lower):
                assert bottom <= top + 20_000, (upper, lower)
        assert boxes[-1][1] <= made.slide_height


def test_every_page_has_its_finding_and_its_sentence(store: Path, tmp_path: Path) -> None:
    done = report(store, "--template", "weekly", "--out", tmp_path, "--pdf", "--theme", "print")
    assert (done.exit_code, done.output) == (0, f"{tmp_path / WEEKLY}.pdf\n")
    summary, *found = pages(tmp_path / f"{WEEKLY}.pdf")
    data = dataset(store)
    tables = [table(view, data, TEMPLATES["weekly"].select(data)) for view in VIEWS]
    assert len(found) == len(tables)
    for page, shown in zip(found, tables, strict=True):
        assert " ".join(str(shown.caption.title).split()) in page
        assert " ".join(str(shown.caption.sentence).split()) in page
        assert " ".join(str(shown.caption.sentence).split()) in summary
        assert " ".join(str(shown.caption.source).split()) in page


def test_both_are_the_usual_and_bring_the_selection_back(store: Path, tmp_path: Path) -> None:
    done = report(store, "--template", "monthly", "--out", tmp_path)
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".pptx", ".pdf"]
    for path in paths:
        found = carried.read(path)
        assert found is not None
        assert (found.view, found.selection.grain) == ("", Grain.MONTH)


def test_the_same_data_gives_the_same_deck_under_the_same_name(store: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert report(store, "--template", "weekly", "--out", tmp_path / folder, "--pptx").exit_code == 0
    one, two = (tmp_path / folder / f"{WEEKLY}.pptx" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_file_that_is_there_is_only_replaced_with_force(store: Path, tmp_path: Path) -> None:
    there = tmp_path / f"{WEEKLY}.pdf"
    there.write_bytes(b"last week's")
    done = report(store, "--template", "weekly", "--out", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{WEEKLY}.pdf: There is a file of this name already." in done.stderr
    assert "--force" in done.stderr
    assert not (tmp_path / f"{WEEKLY}.pptx").exists()
    assert there.read_bytes() == b"last week's"
    assert report(store, "--template", "weekly", "--out", tmp_path, "--force").exit_code == 0
    assert there.read_bytes().startswith(b"%PDF")


def saved(store: Path, path: Path, selection: Selection, seen: tuple[str, ...]) -> Path:
    data = dataset(store)
    shown = table("leaderboard", data, selection)
    made = records.of("", data, selection, shown.caption.source, None)
    path.write_bytes(workspace_file.content(Workspace(path.stem, made, Layout(b"", (0, 0), seen, seen, seen[0]))))
    return path


def test_a_workspace_says_views_and_selection(store: Path, tmp_path: Path) -> None:
    asked = Selection(scope=Scope(1), grouping=Grouping.MODEL)
    path = saved(store, tmp_path / "My desk!.tokenshare", asked, ("share", "leaderboard"))
    done = report(store, "--workspace", path, "--out", tmp_path, "--pptx")
    written = tmp_path / "tokenshare-my-desk-2026-02-02-to-2026-02-24.pptx"
    assert (done.exit_code, done.stdout) == (0, f"{written}\n")
    data = dataset(store)
    titles = [str(table(view, data, asked).caption.title) for view in ("leaderboard", "share")]
    assert [slide["Title"] for slide in slides(written)][1:] == titles


def test_a_summary_of_every_view_loses_none_of_them(store: Path, tmp_path: Path) -> None:
    path = saved(store, tmp_path / "all.tokenshare", Selection(), tuple(TABLES))
    done = report(store, "--workspace", path, "--out", tmp_path)
    assert done.exit_code == 0
    deck, pdf = (Path(line) for line in done.stdout.splitlines())
    later = [slide for slide in slides(deck) if slide["Title"].endswith(" (continued)")]
    summaries = [slide["Summary"] for slide in slides(deck) if "Summary" in slide]
    assert len(summaries) == len(later) + 1
    assert len("\n".join(summaries).splitlines()) == 2 * len(TABLES)
    findings = "\n".join(summaries).splitlines()[::2]
    said = pages(pdf)
    upto = len(said) - len(TABLES)
    assert upto >= 1
    whole = " ".join(said[:upto])
    assert [each for each in findings if " ".join(each.split()) not in whole] == []


def test_a_workspace_of_a_template_s_days(store: Path, tmp_path: Path) -> None:
    path = saved(store, tmp_path / "desk.tokenshare", Selection(scope=Scope(1)), ("share",))
    done = report(store, "--workspace", path, "--template", "weekly", "--out", tmp_path, "--pptx")
    written = tmp_path / "tokenshare-weekly-desk-2026-02-16.pptx"
    assert (done.exit_code, done.stdout) == (0, f"{written}\n")
    found = carried.read(written)
    assert found is not None
    assert found.selection == TEMPLATES["weekly"].select(dataset(store)).but(scope=Scope(1))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "A report is of a --template or a --workspace."),
        (("--template", "weekly", "--slide-template", "gone.pptx"), "gone.pptx: There is no such file."),
        (("--template", "weekly", "--slide-template", "store.sqlite", "--pdf"), "--slide-template belongs to the"),
        (("--template", "weekly", "--slide-template", "store.sqlite"), "store.sqlite: This is no PowerPoint file."),
        (("--workspace", "gone.tokenshare"), "gone.tokenshare: There is no such file."),
    ],
)
def test_what_can_be_mended_is_a_sentence_and_writes_nothing(
    store: Path, tmp_path: Path, asked: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = report(store, *asked, "--out", "out")
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_place_that_is_no_folder_is_a_sentence(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = report(store, "--template", "weekly", "--out", tmp_path / "file", "--pptx")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The folder can't be made" in done.stderr


def test_without_rankings_the_printed_figures_are_reported_and_said_so(tmp_path: Path) -> None:
    done = report(tmp_path / "none.sqlite", "--template", "weekly", "--out", tmp_path / "out", "--pptx")
    assert done.exit_code == 0
    assert "published figures, as printed" in done.stderr
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "tokenshare-weekly-as-printed.pptx"
    summary, *found = slides(path)
    assert summary["Title"] == "Token usage on OpenRouter, as printed"
    assert "there are no rankings yet" in summary["Subtitle"]
    (leads,) = [slide for slide in found if slide["Title"] == "When did the lead change?"]
    assert leads["Empty"] == "There are no rankings yet. Open a rankings file to begin."
    assert "Sentence" not in leads


def test_a_scheduled_job_has_no_display_and_a_deck_needs_no_qt(store: Path, tmp_path: Path) -> None:
    blind = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}

    def run(*args: str) -> str:
        asked = ["--store", str(store), "report", "--template", "weekly", "--out", str(tmp_path), *args]
        program = (
            f"import sys\nfrom explorer.cli import main\nmain({asked!r}, standalone_mode=False)\n"
            "print('PySide6' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=blind)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()[-1]

    assert run("--pptx") == "False"
    assert run("--pdf") == "True"


def test_the_real_data_makes_a_report(shared_data: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "real.sqlite") as opened:
        opened.add(read(shared_data / "openrouter" / "rankings-daily" / "history.csv"), "2026-11-22T00:00:00Z")
    done = report(tmp_path / "real.sqlite", "--template", "weekly", "--out", tmp_path / "out")
    assert done.exit_code == 0
    deck, _ = (Path(line) for line in done.stdout.splitlines())
    assert deck.name == "tokenshare-weekly-2026-04-27.pptx"
    assert len(slides(deck)) == 1 + len(VIEWS)
