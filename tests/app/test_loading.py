"""What is shown from which store."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from explorer import paths
from explorer.app import loading, spans
from explorer.domain.origins import Origin, Overrides, Reveal
from explorer.domain.periods import Span
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.schema import Frames, to_day
from explorer.domain.selection import Selection, Source
from explorer.errors import ExplorerError
from explorer.sources import read
from explorer.store import Store

RANKINGS = "date,model_permaslug,total_tokens\n2026-02-09,minimax/minimax-m2.5,600\n2026-02-09,other,5\n"
MODELS = """{"data": [{"id": "minimax/minimax-m2.5", "name": "M2.5", "created": 1769904000,
"pricing": {"prompt": "0.0000003", "completion": "0.0000011"}}]}"""
FIGURES_HEADER = (
    "id,window_as_published,window_start,window_end,scope_as_published,entity,measure,value,unit,"
    "source_title,publisher,source_date\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store.sqlite")


@pytest.fixture(autouse=True)
def _closed(store: Store):
    yield
    store.close()


def put(store: Store, folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    store.add(read(folder / name), "2026-03-01T00:00:00Z")


def test_looking_for_a_store_never_makes_one(tmp_path: Path) -> None:
    assert loading.existing(tmp_path / "folder" / "none.sqlite") is None
    assert not (tmp_path / "folder").exists()
    with pytest.raises(ExplorerError, match="folder"):
        loading.existing(tmp_path)


def test_without_a_store_the_bundled_figures_are_shown(store: Store) -> None:
    bundled = read(paths.PUBLISHED_FIGURES).figures
    for source in (None, store):
        shown = loading.dataset(source)
        assert shown.source is Source.PUBLISHED
        assert {figure.id for figure in shown.figures} == {figure.id for figure in bundled}


def test_rankings_are_shown_as_soon_as_there_are_any(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "2026-02-10.csv", RANKINGS)
    shown = loading.dataset(store)
    assert shown.source is Source.RANKINGS
    assert shown.cube.models == ("minimax/minimax-m2.5",)
    assert set(shown.figures) == set(read(paths.PUBLISHED_FIGURES).figures), "to be tested against the rankings"
    assert [p.name for p in shown.provenance] == ["2026-02-10.csv"]
    day = shown.cube.first_day
    assert shown.attribution(day).country.tolist() == ["CN"]


def test_the_bundled_reveals_are_known(store: Store) -> None:
    found = loading.origins().reveal("openrouter/pony-alpha:free")
    assert found is not None
    assert (found.author, found.revealed) == ("z-ai", date(2026, 2, 11))
    assert not loading.origins().overrides


def test_the_users_overrides_decide_in_rankings_and_in_print(store: Store, tmp_path: Path) -> None:
    own = Overrides((Origin("minimax", "MiniMax", "DE", date(2023, 1, 1)),))
    store.set_overrides(own)
    printed = loading.dataset(store)
    assert printed.source is Source.PUBLISHED
    assert printed.origins.overrides == own
    put(store, tmp_path, "2026-02-10.csv", RANKINGS)
    shown = loading.dataset(store)
    assert shown.attribution(shown.cube.first_day).country.tolist() == ["DE"]
    assert not loading.origins().overrides, "the program's own tables stay as they are"


def test_overrides_are_kept_in_a_store_made_for_them(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite"
    own = Overrides(reveals=(Reveal("openrouter/pony-alpha", "", date(2026, 2, 11)),))
    loading.keep_overrides(path, own)
    with Store.open(path, create=False) as kept:
        assert kept.overrides() == own


def test_imported_figures_join_the_bundled_and_replace_those_of_their_id(store: Store, tmp_path: Path) -> None:
    bundled = {figure.id: figure for figure in read(paths.PUBLISHED_FIGURES).figures}
    known = next(iter(bundled))
    row = "w,2026-02-09,2026-02-15,s,CN,tokens,7.5,T,t,p,2026-02-20\n"
    put(store, tmp_path, "mine.csv", f"{FIGURES_HEADER}mine,{row}{known},{row}")
    shown = {figure.id: figure for figure in loading.dataset(store).figures}
    assert set(shown) == {*bundled, "mine"}
    assert shown["mine"].value == shown[known].value == 7.5
    assert all(shown[key] == bundled[key] for key in bundled if key != known)


def test_prices_are_the_stores_and_the_catalogues(store: Store, tmp_path: Path) -> None:
    assert {dated.source for dated in loading.prices(None)} == {CATALOGUE}
    put(store, tmp_path, "2026-02-10.json", MODELS)
    assert {dated.source for dated in loading.prices(store)} == {MODELS_API, CATALOGUE}


def test_a_store_of_prices_alone_shows_the_figures_at_those_prices(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "2026-02-10.json", MODELS)
    shown = loading.dataset(store)
    assert shown.source is Source.PUBLISHED
    at = shown.prices.at(to_day(date(2026, 2, 10)))
    index = shown.prices.models.index("minimax/minimax-m2.5")
    assert at.input[index] == pytest.approx(0.3)


# --- as known on a day

EARLIER = "date,model_permaslug,total_tokens\n2026-02-08,minimax/minimax-m2.5,400\n2026-02-09,other,9\n"
LATER = "date,model_permaslug,total_tokens\n2026-02-09,minimax/minimax-m2.5,700\n2026-02-10,google/gemini-3-flash,70\n"
DEARER = MODELS.replace("0.0000003", "0.0000009")
FILES = (
    ("2026-02-09.csv", EARLIER),
    ("2026-02-10.csv", RANKINGS),
    ("2026-02-09.json", MODELS),
    ("2026-02-11.csv", LATER),
    ("2026-02-12.json", DEARER),
)


def filled(path: Path, folder: Path, names: Iterable[tuple[str, str]]) -> Store:
    store = Store.open(path)
    for name, text in names:
        put(store, folder, name, text)
    return store


@pytest.mark.parametrize("as_of", ["2026-02-08", "2026-02-09", "2026-02-10", "2026-02-11", "2026-02-12", "2026-03-01"])
def test_what_was_known_is_what_a_store_of_the_older_snapshots_shows(tmp_path: Path, as_of: str) -> None:
    whole = filled(tmp_path / "whole.sqlite", tmp_path, FILES)
    older = [(name, text) for name, text in FILES if name[:10] <= as_of]
    part = filled(tmp_path / "part.sqlite", tmp_path, older)
    with whole, part:
        latest = loading.dataset(whole).with_prices(loading.prices(whole))
        known = loading.as_known(whole, latest, as_of)
        wanted = loading.dataset(part).with_prices(loading.prices(part))
    assert known.as_of == as_of
    assert [p.name for p in known.provenance] == [name for name, _ in older]
    if not older:
        assert known.cube.days is None
        assert "No snapshot is as old as 8 Feb" in str(known.no_data())
        assert spans.whole(known) is None, "not the days of the published figures"
        return
    assert known.cube.models == wanted.cube.models
    assert known.cube.days == wanted.cube.days
    assert known.cube.days is not None
    for day in range(known.cube.days.first, known.cube.days.last + 1):
        one = Span(day, day)
        assert known.cube.tokens(one).tolist() == wanted.cube.tokens(one).tolist()
        mine, theirs = known.prices.at(day), wanted.prices.at(day)
        assert mine.input.tolist() == pytest.approx(theirs.input.tolist(), nan_ok=True)
    assert (known.figures, known.origins) == (latest.figures, latest.origins)


def test_what_is_shown_is_of_one_moment_though_another_program_imports_meanwhile(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, tmp_path, "2026-02-10.csv", RANKINGS)
    put(store, tmp_path, "models-2026-02-10.json", MODELS)
    overrides = Store.overrides

    def meanwhile(self: Store) -> Overrides:
        with Store.open(self.path) as other:
            for name, text in (("2026-02-11.csv", f"{RANKINGS}2026-02-10,a/b,9\n"), ("models-2026-02-11.json", dearer)):
                put(other, tmp_path, name, text)
        return overrides(self)

    dearer = MODELS.replace("0.0000003", "0.0000009")
    latest = loading.dataset(store)
    before = [p.name for p in latest.provenance]
    for load in (loading.dataset, loading.priced, lambda store: loading.as_known(store, latest, "2026-03-01")):
        monkeypatch.setattr(Store, "overrides", meanwhile)
        monkeypatch.setattr(Store, "frames", after(Store.frames, meanwhile))
        shown = load(store)
        monkeypatch.undo()
        assert [p.name for p in shown.provenance] == before
        assert shown.cube.days == latest.cube.days
        assert {d.day for d in shown.prices.lists if d.source == MODELS_API} == {d.day for d in latest.prices.lists}
        for name in ("2026-02-11.csv", "models-2026-02-11.json"):
            (about,) = [p for p in store.provenance() if p.name == name]
            store.remove(about.sha256, "2026-03-01T00:00:00Z")


def after(real: Callable[..., Frames], then: Callable[[Store], object]) -> Callable[..., Frames]:
    def read(self: Store, as_of: str = "") -> Frames:
        found = real(self, as_of)
        then(self)
        return found

    return read


def test_a_dated_list_of_prices_of_no_stated_vintage_is_not_known_before_its_day(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "2026-02-10.csv", RANKINGS)
    created = MODELS.replace("1769904000", str(int(datetime(2026, 2, 20, tzinfo=UTC).timestamp())))
    put(store, tmp_path, "models.json", created)
    latest = loading.priced(store)
    for as_of, listed in (("2026-02-19", set[int]()), ("2026-02-20", {to_day(date(2026, 2, 20))})):
        known = loading.as_known(store, latest, as_of)
        assert {dated.day for dated in known.prices.lists if dated.source == MODELS_API} == listed


def test_the_vintages_of_a_store_are_read_when_asked_for_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "whole.sqlite"
    with filled(path, tmp_path, FILES) as store:
        latest = loading.dataset(store)
    vintages = loading.Vintages(path)
    opened: list[Path] = []
    monkeypatch.setattr(loading, "existing", lambda of: opened.append(of) or Store.open(of, create=False))
    assert vintages(latest, Selection()) is latest
    assert opened == []
    known = vintages(latest, Selection(as_of="2026-02-09"))
    assert [p.name for p in known.provenance] == ["2026-02-09.csv", "2026-02-09.json"]
    assert vintages(latest, Selection(as_of="2026-02-09", search="x")) is known
    assert opened == [path]
    other = replace(latest)
    assert vintages(other, Selection(as_of="2026-02-09")) is not known, "of other data anew"


def test_printed_figures_have_no_vintages(tmp_path: Path) -> None:
    printed = loading.dataset(None)
    assert loading.Vintages(tmp_path / "none.sqlite")(printed, Selection(as_of="2026-02-09")) is printed
