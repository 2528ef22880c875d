"""What columns mean, remembered by heading."""

from pathlib import Path

import pytest

from explorer.domain.column_mapping import Mapping
from explorer.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def test_a_mapping_is_remembered_by_heading_whatever_its_order(path: Path) -> None:
    first, second = Mapping("Date", "Model", tokens="T", decimal=","), Mapping("Date", "Model", tokens="U")
    with Store.open(path) as store:
        assert store.mapping(("Date", "Model", "T")) is None
        store.remember_mapping(("Date", "Model", "T"), first)
        store.remember_mapping(("Date", "Model", "U"), second)
    with Store.open(path) as store:
        assert store.mapping(("T", "Date", "Model")) == first
        assert store.mapping(("Date", "Model", "U")) == second
        assert store.mapping(("Date,Model", "T")) is None
        store.remember_mapping(("Model", "Date", "T"), second)
        assert store.mapping(("Date", "Model", "T")) == second
        assert store.is_empty()
