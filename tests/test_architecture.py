"""The rules of the house that import-linter can't check."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import explorer

HEAVY = {
    "PySide6",
    "pyqtgraph",
    "pandas",
    "sqlite_utils",
    "genai_prices",
    "httpx2",
    "keyring",
    "python_calamine",
    "pyarrow",
    "pptx",
    "xlsxwriter",
    "fontTools",
}


def imported_by(module: str) -> set[str]:
    """Return the top-level names in `sys.modules` after a fresh interpreter has imported `module`."""
    code = f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_the_command_line_starts_without_the_heavy_packages() -> None:
    assert not HEAVY & imported_by("explorer.cli")


def test_the_check_for_system_libraries_needs_only_the_standard_library() -> None:
    imported = imported_by("explorer.app.system_libraries") - imported_by("sys")
    assert imported - sys.stdlib_module_names == {"explorer"}


@pytest.mark.parametrize(
    "module", ["explorer.words", "explorer.errors", "explorer.paths", "explorer.progress", "explorer.style"]
)
def test_the_bottom_of_the_house_needs_no_numbers(module: str) -> None:
    assert not {"numpy", *HEAVY} & imported_by(module)


def test_dialogs_of_files_are_made_in_one_place() -> None:
    """Qt's own ones open the files they list, which drops the locks of an open store."""
    house = Path(explorer.__file__).parent
    naming = {path.relative_to(house) for path in house.rglob("*.py") if "QFileDialog" in path.read_text("utf-8")}
    assert naming == {Path("app/file_dialogs.py")}
