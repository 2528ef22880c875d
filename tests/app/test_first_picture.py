"""What the first picture waits for: the leaderboard and what is around it, and nothing of the other views."""

import subprocess
import sys

LATER = (
    "numpy.ma",
    "pandas",
    "pyqtgraph",
    "genai_prices",
    "explorer.domain.claims",
    "explorer.domain.leads",
    "explorer.domain.lens",
    "explorer.domain.price_table",
    "explorer.domain.published",
    "explorer.domain.shares",
)


def test_the_other_views_are_imported_after_the_first_picture() -> None:
    code = (
        "import sys, explorer.app.main, explorer.views.leaderboard, explorer.domain.leaderboard;"
        f"print([name for name in {LATER} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
