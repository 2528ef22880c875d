"""Prices from /api/v1/models answers."""

import json
from datetime import date
from pathlib import Path

import pytest

from explorer.domain.schema import Price, to_day
from explorer.domain.snapshot import Basis, Snapshot
from explorer.errors import ExplorerError
from explorer.sources import read

CREATED = 1771509627  # 2026-02-19 14:00:27 UTC
GLM = {
    "id": "z-ai/glm-5",
    "canonical_slug": "z-ai/glm-5-20260211",
    "name": "Z.ai: GLM 5",
    "created": CREATED,
    "pricing": {"prompt": "0.0000003", "completion": "0.00000255", "input_cache_read": "0.00000015", "image": "0"},
}
FREE = {
    "id": "a/b:free",
    "canonical_slug": "a/b",
    "name": "B (free)",
    "created": 1,
    "pricing": {"prompt": "0", "completion": "0"},
}
ROUTER = {"id": "openrouter/auto", "name": "Auto", "pricing": {"prompt": "-1", "completion": "-1", "request": "-1"}}
ALIAS = {**GLM, "id": "~z-ai/glm-latest", "alias_target": {"name": "GLM 5", "slug": "z-ai/glm-5"}}


def taken(folder: Path, document: object, name: str = "models.json") -> Snapshot:
    path = folder / name
    path.write_text(json.dumps(document))
    return read(path)


@pytest.mark.parametrize("wrap", [lambda models: {"data": models}, lambda models: models])
def test_prices_are_exact_per_million(tmp_path: Path, wrap: object) -> None:
    assert callable(wrap)
    snapshot = taken(tmp_path, wrap([GLM, FREE, ROUTER]))
    assert snapshot.prices is not None
    assert snapshot.prices.source == "OpenRouter models"
    assert snapshot.prices.prices == (
        Price("z-ai/glm-5", "z-ai/glm-5-20260211", "Z.ai: GLM 5", 0.3, 2.55, 0.15, None, other=(("image", 0.0),)),
        Price("a/b:free", "a/b", "B (free)", 0.0, 0.0),
        Price("openrouter/auto", "", "Auto", None, None, own=False),
    )
    assert (snapshot.provenance.rows, snapshot.provenance.licence) == (3, "")
    assert "licence not stated" in snapshot.provenance.citation


def test_the_time_in_its_name_tells_two_lists_of_one_day_apart(tmp_path: Path) -> None:
    for name, as_of in (
        ("models-2026-03-01T235958Z.json", "2026-03-01T23:59:58Z"),
        ("models-2026-03-01T245958Z.json", "2026-03-01"),
        ("models-2026-03-01T2359Z.json", "2026-03-01"),
        ("models-2026-03-01.json", "2026-03-01"),
        ("2026-03-01T080000Z-2026-03-01T090000Z.json", ""),
    ):
        found = taken(tmp_path, [GLM], name)
        assert (found.provenance.as_of, found.provenance.basis) == (
            as_of,
            Basis.FILE_NAME if as_of else Basis.UNKNOWN,
        )
        assert found.prices is not None
        if as_of:
            assert (found.prices.day, found.prices.stated) == (to_day(date(2026, 3, 1)), True)


def test_missing_prices_are_not_zero(tmp_path: Path) -> None:
    prices = taken(tmp_path, [{"id": "a", "pricing": {"prompt": "1e-6"}}, {"id": "b"}]).prices
    assert prices is not None
    assert [(p.input, p.output, p.own) for p in prices.prices] == [(1.0, None, True), (None, None, True)]


def test_aliases_are_skipped_with_what_they_stand_for(tmp_path: Path) -> None:
    snapshot = taken(tmp_path, {"data": [ALIAS, GLM]})
    assert snapshot.prices is not None
    assert [price.model for price in snapshot.prices.prices] == ["z-ai/glm-5"]
    assert [(str(row.place), str(row.reason)) for row in snapshot.skipped] == [
        ("row 1", "~z-ai/glm-latest is another name for z-ai/glm-5.")
    ]
    unnamed = taken(tmp_path, {"data": [GLM, {**ALIAS, "alias_target": {}}]})
    assert [(str(row.place), str(row.reason)) for row in unnamed.skipped] == [
        ("row 2", "~z-ai/glm-latest is another name for a newest model.")
    ]


@pytest.mark.parametrize(
    ("name", "as_of", "basis", "day"),
    [
        ("2026-02-22.json", "2026-02-22", Basis.FILE_NAME, date(2026, 2, 22)),
        ("2026-02-12.json", "2026-02-12", Basis.FILE_NAME, date(2026, 2, 12)),  # announced a week ahead
        ("2026-02-11.json", "", Basis.UNKNOWN, date(2026, 2, 19)),
        ("models.json", "", Basis.UNKNOWN, date(2026, 2, 19)),
    ],
)
def test_the_day_a_list_speaks_from(tmp_path: Path, name: str, as_of: str, basis: Basis, day: date) -> None:
    snapshot = taken(tmp_path, {"data": [GLM, FREE]}, name)
    assert snapshot.prices is not None
    assert (snapshot.provenance.as_of, snapshot.provenance.basis) == (as_of, basis)
    assert snapshot.prices.day == to_day(day)
    assert snapshot.prices.stated is bool(as_of)
    assert (as_of or "newest model of 2026-02-19") in snapshot.provenance.citation


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (GLM, 'z-ai/glm-5" is there twice'),
        ({"id": "x", "pricing": {"prompt": "free"}}, '"free"'),
        ({"id": "x", "pricing": {"prompt": "-2"}}, '"-2"'),
        ({"id": "x", "pricing": {"completion": "NaN"}}, '"NaN"'),
        ({"id": "x", "pricing": {"prompt": "1e999"}}, '"1e999"'),
        ({"id": "x", "pricing": {"prompt": True}}, "True"),
        ({"id": "x", "pricing": {"prompt": ["1"]}}, "['1']"),
        ({"id": "x", "pricing": "cheap"}, "not an object"),
        ({"id": 7, "pricing": {}}, "not a model"),
        ("x", "not a model"),
        (None, "not a model"),
    ],
)
def test_a_bad_model_is_named(tmp_path: Path, entry: object, said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        taken(tmp_path, {"data": [GLM, entry]})
    assert str(caught.value).startswith("models.json: row 2: ")
    assert said in str(caught.value)


def test_a_list_of_aliases_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="no models"):
        taken(tmp_path, [ALIAS])
