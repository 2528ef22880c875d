"""Six real answers of the keyed API, overlapping and restating one another, in any order."""

import hashlib
import json
import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from explorer.domain.schema import UsageFrame, check, to_date, to_day
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, Snapshot
from explorer.store import Store

FOLDER = Path(__file__).parents[3] / "shared/data/openrouter/rankings-daily/api"
FILES = sorted(FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(len(FILES) != 6, reason="the six real API files are not at ../shared/data")


def load(path: Path) -> Snapshot:
    raw = path.read_bytes()
    content = json.loads(raw)
    rows = content["data"]
    as_of = content.get("meta", {}).get("as_of", "")
    models = tuple(dict.fromkeys(row["model_permaslug"] for row in rows))
    code = {model: n for n, model in enumerate(models)}
    day = np.array([to_day(date.fromisoformat(row["date"])) for row in rows], np.int32)
    frame = UsageFrame(
        day,
        np.array([code[row["model_permaslug"]] for row in rows], np.int32),
        np.array([int(row["total_tokens"]) for row in rows], np.int64),
        models,
    )
    basis = Basis.STATED if as_of else Basis.UNKNOWN
    sha256 = hashlib.sha256(raw).hexdigest()
    provenance = Provenance(
        "api", path.name, OPENROUTER, as_of, basis, sha256, LICENCE, "", len(rows), int(day.min()), int(day.max())
    )
    return Snapshot(provenance, raw, usage=frame)


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    return [load(path) for path in FILES]


@pytest.fixture(scope="module")
def newest() -> list[tuple[str, str, int]]:
    """What a plain dictionary keeps when the files are read in the order of their names."""
    days: dict[str, dict[str, int]] = {}
    for path in FILES:
        rows = json.loads(path.read_bytes())["data"]
        days |= {row["date"]: {} for row in rows}
        for row in rows:
            days[row["date"]][row["model_permaslug"]] = int(row["total_tokens"])
    return sorted((day, model, tokens) for day, models in days.items() for model, tokens in models.items())


@pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
def test_any_order_and_twice_each_gives_the_same_frame(
    seed: int | None, snapshots: list[Snapshot], newest: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    order = [*snapshots, *snapshots]
    if seed is not None:
        random.Random(seed).shuffle(order)
    with Store.open(tmp_path / "s.sqlite") as store:
        reports = [store.add(snapshot, "2026-06-24T00:00:00Z") for snapshot in order]
        frame = store.frames().usage
        assert all(store.raw(snapshot.provenance.sha256) == snapshot.raw for snapshot in snapshots)
    assert sum(report.duplicate for report in reports) == 6
    check(frame)
    columns = zip(frame.day.tolist(), frame.model.tolist(), frame.tokens.tolist(), strict=True)
    assert [(to_date(day).isoformat(), frame.models[model], tokens) for day, model, tokens in columns] == newest
