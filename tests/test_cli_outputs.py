"""`tokenshare export` into files of every kind: opened again, the same twice, never half, never over another."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from pptx import Presentation
from PySide6.QtGui import QImage

from explorer.cli import main, outputs
from explorer.export.formats import FORMATS
from explorer.export.presets import SCALES
from explorer.sources import read
from explorer.store import Store
from explorer.style import THEMES

ROWS = "date,model_permaslug,total_tokens\n" + "".join(
    f"2026-02-{day:02d},{model},{tokens}\n"
    for day in range(2, 16)
    for model, tokens in (("minimax/minimax-m2.5", 400 + day), ("openai/gpt-5.2", 300), ("other", 10))
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    source = tmp_path / "2026-02-16.csv"
    source.write_text(ROWS, "utf-8")
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        opened.add(read(source), "2026-02-16T00:00:00Z")
    source.unlink()
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(store: Path, *args: object) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), "export", *map(str, args)])


def every_kind(out: Path) -> list[object]:
    return [part for kind in outputs.KINDS for part in (f"--{kind}", out / f"x.{kind}")]


def refused(done: Result) -> str:
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    return done.stderr


def test_the_names_are_those_of_the_export_room() -> None:
    assert tuple(FORMATS) == outputs.KINDS
    assert tuple(THEMES) == outputs.THEMES
    assert tuple(map(str, SCALES)) == outputs.SCALES


def test_every_kind_in_one_call_opens_and_has_the_numbers(store: Path, out: Path) -> None:
    done = export(
        store, "leaderboard", "--scope", "listed", *every_kind(out), "--title", "Mine & <b>yours</b>", "--size", "4:3"
    )
    assert (done.exit_code, done.output) == (0, "")
    table = pd.read_csv(out / "x.csv", comment="#", keep_default_na=False)
    assert table["model"].tolist() == ["minimax/minimax-m2.5", "openai/gpt-5.2"]
    assert table["tokens"].tolist() == [sum(400 + day for day in range(2, 16)), 4200]
    sheet = pd.read_excel(out / "x.xlsx", engine="calamine")
    assert sheet["Tokens"].tolist() == table["tokens"].tolist()
    arrow = pytest.importorskip("pyarrow.parquet").read_table(out / "x.parquet").to_pydict()
    assert arrow["tokens"] == table["tokens"].tolist()
    image = QImage(str(out / "x.png"))
    assert (image.width(), image.height(), image.text("Title")) == (1440, 1080, "Mine & <b>yours</b>")
    drawing = ElementTree.parse(out / "x.svg").getroot()
    assert (drawing.get("width"), drawing.findtext("{*}title")) == ("1440", "Mine & <b>yours</b>")
    made: Any = Presentation(str(out / "x.pptx"))
    (slide,) = made.slides
    assert slide.shapes.title.text_frame.text == "Mine & <b>yours</b>"
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    values = [value for series in chart.plots[0].series for value in series.values if value]
    assert sorted(values) == sorted(table["tokens"].tolist())
    assert (out / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed")
def test_a_pdf_is_one_page_of_the_asked_size(store: Path, out: Path) -> None:
    assert export(store, "share", "--pdf", out / "x.pdf", "--size", "960x540").exit_code == 0
    told = subprocess.run(["pdfinfo", str(out / "x.pdf")], capture_output=True, text=True, check=True).stdout
    facts = {key: value.strip() for key, _, value in (line.partition(":") for line in told.splitlines())}
    assert facts["Pages"] == "1"
    assert facts["Page size"].startswith("720 x 405 pts")
    assert "Tokenshare Explorer" in facts["Creator"]


@pytest.mark.parametrize("kind", ["png", "svg", "csv", "pptx", "xlsx", "parquet"])
def test_the_same_call_gives_the_same_bytes(store: Path, out: Path, kind: str) -> None:
    one, two = out / f"one.{kind}", out / f"two.{kind}"
    for path in (one, two):
        assert export(store, "share", f"--{kind}", path, "--theme", "print").exit_code == 0
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        (("--size", "9:16"), (1080, 1920)),
        (("--size", "half-slide", "--scale", "2"), (1920, 2160)),
        (("--size", "640x360"), (640, 360)),
        (("--size", "300x200", "--scale", "4"), (1200, 800)),
    ],
)
def test_sizes_by_name_and_by_number(store: Path, out: Path, asked: tuple[str, ...], size: tuple[int, int]) -> None:
    assert export(store, "share", "--png", out / "x.png", *asked).exit_code == 0
    image = QImage(str(out / "x.png"))
    assert (image.width(), image.height()) == size


def test_nothing_is_written_where_one_of_several_is_there(store: Path, out: Path) -> None:
    (out / "x.svg").write_bytes(b"mine")
    said = refused(export(store, "share", *every_kind(out)))
    assert said.startswith(f"{out / 'x.svg'}: There is a file of this name already.")
    assert "--force" in said
    assert [path.name for path in out.iterdir()] == ["x.svg"]
    assert (out / "x.svg").read_bytes() == b"mine"
    assert export(store, "share", *every_kind(out), "--force").exit_code == 0
    assert (out / "x.svg").read_bytes().startswith(b"<?xml")
    assert len(list(out.iterdir())) == len(outputs.KINDS)


def test_what_was_written_before_a_failure_is_said_and_nothing_is_half(
    store: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.suffix == ".csv":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    said = refused(export(store, "share", "--svg", out / "x.svg", "--csv", out / "x.csv"))
    assert "No space left on device" in said
    assert f"Written before it: {out / 'x.svg'}." in said
    assert [path.name for path in out.iterdir()] == ["x.svg"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_a_sentence(store: Path) -> None:
    assert "No space left on device" in refused(export(store, "share", "--png", "/dev/full"))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nobody is kept out of a folder here")
def test_a_folder_without_rights_is_a_sentence(store: Path, out: Path) -> None:
    out.chmod(0o500)
    try:
        assert "You may not write here." in refused(export(store, "share", "--png", out / "x.png"))
    finally:
        out.chmod(0o700)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--csv", "x.csv", "--csv", "y.csv"), "--csv is given more than once."),
        (("--png", "x", "--svg", "./x"), "--png and --svg name the same file."),
        (("--csv", "-", "--png", "-"), "--png and --csv name the same file."),
        (("--png", "x.svg"), "x.svg: This name is one for another kind of file: SVG drawing. End it in .png"),
        (("--png", "x.png", "--template", "t.pptx"), "--template belongs to --pptx."),
        (("--pptx", "x.pptx", "--template", "gone.pptx"), "gone.pptx: There is no such file."),
        (("--pptx", "x.pptx", "--template", "store.sqlite"), "store.sqlite: This is no PowerPoint file."),
        (("--png", "x.png", "--size", "5:4"), "The size “5:4” is not written as width and height."),
        (("--png", "x.png", "--size", "9000x9000", "--scale", "2"), "Choose 200 to 16384 pixels"),
    ],
)
def test_what_can_not_be_meant_is_a_sentence(
    store: Path, tmp_path: Path, asked: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert said in refused(export(store, "share", *asked))
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_of_any_other_name_is_written_as_what_was_asked_for(store: Path, out: Path) -> None:
    assert export(store, "share", "--png", out / "x.out").exit_code == 0
    assert (out / "x.out").read_bytes().startswith(b"\x89PNG")


def test_a_user_s_template_is_what_slides_look_like(store: Path, out: Path) -> None:
    own: Any = Presentation()
    own.slide_width = own.slide_width // 2 * 2 + 914_400
    own.save(str(out / "own.pptx"))
    done = export(store, "share", "--pptx", out / "x.pptx", "--template", out / "own.pptx")
    assert (done.exit_code, done.output) == (0, "")
    made: Any = Presentation(str(out / "x.pptx"))
    assert made.slide_width == own.slide_width
    assert len(made.slides) == 1


def test_words_of_ones_own_never_take_scope_and_source_away(store: Path, out: Path) -> None:
    words = ("--title", "", "--subtitle", "", "--footnote", "")
    assert export(store, "share", "--svg", out / "x.svg", *words).exit_code == 0
    drawing = ElementTree.parse(out / "x.svg").getroot()
    said = " ".join(each.text or "" for each in drawing.iter("{http://www.w3.org/2000/svg}text"))
    assert "all tokens" in said
    assert "Source: OpenRouter (openrouter.ai/rankings), as of 16 Feb 2026." in said
    assert "CC BY 4.0" in said


def fresh(store: Path, args: list[str], names: tuple[str, ...]) -> str:
    """Export in a process of its own, with no display, and return which modules it imported of some."""
    blind = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    program = (
        f"import sys\nfrom explorer.cli import main\nmain({['--store', str(store), *args]!r}, standalone_mode=False)\n"
        f"print([m for m in {names!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=blind)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


SLOW = ("pptx", "xlsxwriter", "pandas", "pyarrow", "fontTools", "ssl", "httpx2")


def test_a_picture_waits_for_no_office_format(store: Path, out: Path) -> None:
    assert fresh(store, ["export", "share", "--png", str(out / "x.png")], SLOW) == "[]"


def test_what_draws_nothing_needs_no_qt(store: Path, out: Path) -> None:
    files = [part for kind in ("pptx", "xlsx", "csv", "parquet") for part in (f"--{kind}", str(out / f"x.{kind}"))]
    assert fresh(store, ["export", "share", *files], ("PySide6", "pyqtgraph")) == "[]"


def test_letters_that_no_file_can_hold_are_left_out(store: Path, out: Path) -> None:
    typed = ("--title", "a\x07\x0bb\ud800", "--subtitle", "c\x01", "--footnote", "\x02d\ufffe")
    done = export(store, "leaderboard", *every_kind(out), *typed)
    assert (done.exit_code, done.output) == (0, "")
    drawing = ElementTree.parse(out / "x.svg").getroot()
    assert drawing.findtext("{*}title") == "a b"
    made: Any = Presentation(str(out / "x.pptx"))
    assert made.slides[0].shapes.title.text_frame.text == "a b"
    assert made.core_properties.title == "a b"
    for path in (out / "x.png", out / "x.pdf"):
        content = path.read_bytes()
        packet = content[content.index(b"<x:xmpmeta") : content.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")]
        assert "a b" in "".join(ElementTree.fromstring(packet.decode()).itertext())


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "loop/x.csv", "loop"])
def test_a_place_that_can_not_be_is_a_sentence(store: Path, out: Path, name: str) -> None:
    (out / "loop").symlink_to(out / "loop")
    assert "The file can't be written" in refused(export(store, "leaderboard", "--csv", out / name))
