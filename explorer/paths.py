"""Where things are: the user's data folder, and the resources and bundled data, from source and installed alike."""

from pathlib import Path

from platformdirs import user_data_path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_bundled"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

RESOURCES = _ROOT / "resources"
ORIGINS = RESOURCES / "origins.csv"
REVEALS = RESOURCES / "reveals.csv"
COUNTRIES = RESOURCES / "countries.csv"
PUBLISHED_FIGURES = _ROOT / "data" / "published" / "figures.csv"


def default_store() -> Path:
    """Return the path of the user's own store; neither file nor folder need exist yet."""
    return user_data_path("tokenshare-explorer", appauthor=False) / "tokenshare.sqlite"
