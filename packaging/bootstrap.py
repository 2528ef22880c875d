"""Make the virtual environment and install the locked dependencies into it.

    python packaging/bootstrap.py .venv [EXTRA…]

Leaves a stamp file `.installed` in the environment, and one `.installed-EXTRA` for every extra, which `make`
compares with the files that decide what is installed. Python 3.7 runs it too, to be told that it is too old.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def trouble(version: tuple[int, ...], modules: frozenset[str]) -> str | None:
    """Return one line on why Python `version` having `modules` can't make the environment, or None."""
    major, minor = version[:2]
    if (major, minor) < OLDEST:
        return f"Python 3.11 or newer is needed, this is {major}.{minor}. Name one: make PYTHON=python3.12"
    if not {"venv", "ensurepip"} <= modules:
        package = f"python{major}.{minor}-venv"
        return f"This Python has no venv module. On Debian or Ubuntu: sudo apt-get install {package}"
    return None


def interpreter(folder: Path) -> Path:
    """Return the Python of the virtual environment in `folder`, which need not exist yet."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def usable(python: Path) -> bool:
    """Tell whether `python` runs and has pip: a Python since removed or a half-made environment doesn't."""
    try:
        asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def install(folder: Path, extras: list[str]) -> None:
    """Make or repair the environment in `folder`, install the project with `extras`, and leave the stamps."""
    python = interpreter(folder)
    if not usable(python):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    project = f".[{','.join(extras)}]" if extras else "."
    # Newer pips lock the tools of the build itself by the second name only.
    locks = {"PIP_CONSTRAINT": "constraints.txt", "PIP_BUILD_CONSTRAINT": "constraints.txt"}
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--editable", project]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **locks}, check=True)
    for stamp in ["", *(f"-{extra}" for extra in extras)]:
        (folder / f".installed{stamp}").touch()


def main(arguments: list[str]) -> int:
    """Install and return 0, or say in one line what is wrong with this Python and return 2."""
    modules = frozenset(name for name in ("venv", "ensurepip") if importlib.util.find_spec(name))
    why = trouble(sys.version_info[:2], modules)
    if why:
        sys.stderr.write(f"{why}\n")
        return 2
    folder, *extras = arguments
    try:
        install(Path(folder).absolute(), extras)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
