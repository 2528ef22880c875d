"""The rankings that are measured: the real history where it is, and made-up ones of a chosen size, always the same."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from explorer.domain.schema import OTHER, UsageFrame, to_day
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, Snapshot, rankings_citation

HISTORY = Path(__file__).resolve().parents[3] / "shared" / "data" / "openrouter" / "rankings-daily" / "history.csv"
START = date(2024, 10, 1)

_AUTHORS = ("anthropic", "deepseek", "google", "minimax", "moonshotai", "openai", "qwen", "x-ai", "z-ai", "someone")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Rankings of `days` days on which `named` of `models` models are named and the rest is `other`."""

    days: int
    models: int
    named: int

    def frame(self) -> UsageFrame:
        """Return the rows, by day and model; log-normal tokens that grow, models that come and go."""
        rng = np.random.default_rng(1)
        day = np.arange(self.days)[:, None]
        born = np.where(rng.random(self.models) < 0.7, -100, rng.integers(0, self.days, self.models))
        peak = np.exp(rng.normal(19, 2.2, self.models)) * 30 ** (day / self.days)
        tokens = peak * 0.5 ** (np.abs(day - born) / rng.uniform(60, 400, self.models))
        tokens *= rng.uniform(0.85, 1.15, tokens.shape) * (day >= born)
        tokens = np.minimum(tokens, 7e12).astype(np.int64)
        best = np.sort(np.argsort(-tokens, axis=1, kind="stable")[:, : self.named], axis=1)
        kept = np.take_along_axis(tokens, best, axis=1)
        rest = tokens.sum(axis=1) - kept.sum(axis=1)
        model = np.hstack([best, np.full((self.days, 1), self.models)]).astype(np.int32)
        amount = np.hstack([kept, rest[:, None]])
        first = to_day(START)
        days = np.broadcast_to(first + day, model.shape).astype(np.int32)
        some = amount > 0
        names = tuple(f"{_AUTHORS[i * i % len(_AUTHORS)]}/model-{i:05d}" for i in range(self.models))
        return UsageFrame(days[some], model[some], amount[some], (*names, OTHER))

    def write(self, path: Path) -> int:
        """Write the rows as upstream's CSV has them and return how many they are."""
        frame = self.frame()
        order = np.lexsort((-frame.tokens, frame.model == self.models, frame.day))
        day, model, tokens = frame.day[order], frame.model[order], frame.tokens[order]
        starts = np.searchsorted(day, np.unique(day))
        total = np.add.reduceat(tokens, starts)[np.searchsorted(np.unique(day), day)]
        rank = np.arange(len(day)) - starts[np.searchsorted(np.unique(day), day)] + 1
        dates = {int(d): (date(1970, 1, 1) + timedelta(int(d))).isoformat() for d in np.unique(day)}
        columns = (day.tolist(), model.tolist(), rank.tolist(), tokens.tolist(), (tokens / total).tolist())
        lines = [
            f"{dates[d]},{frame.models[m]},{'' if m == self.models else r},{t},{s:.6f}"
            for d, m, r, t, s in zip(*columns, strict=True)
        ]
        header = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens"
        path.write_text("\r\n".join((header, *lines, "")), newline="")
        return len(lines)


LARGE = MadeUp(645, 2163, 1550)
"""About a million rows."""
SMALL = MadeUp(171, 428, 50)
"""As many as the real history has."""
DAILY = MadeUp(730, 428, 50)


def rows_in(path: Path) -> int:
    """Return the number of rows of a CSV file."""
    return path.read_bytes().count(b"\n") - 1


def snapshots_of(frame: UsageFrame, length: int) -> list[Snapshot]:
    """Return what a daily export of the trailing `length` days would have given, one snapshot per day."""
    found: list[Snapshot] = []
    last = int(frame.day.max())
    for end in range(int(frame.day.min()) + length - 1, last + 1):
        low, high = np.searchsorted(frame.day, (end - length + 1, end + 1))
        part = UsageFrame(frame.day[low:high], frame.model[low:high], frame.tokens[low:high], frame.models)
        as_of = (date(1970, 1, 1) + timedelta(end + 1)).isoformat()
        raw = as_of.encode()
        stated = (OPENROUTER, as_of, Basis.STATED, hashlib.sha256(raw).hexdigest(), LICENCE)
        citation = rankings_citation(as_of, as_of)
        about = Provenance("made up", f"{as_of}.csv", *stated, citation, len(part), end - length + 1, end)
        found.append(Snapshot(about, raw, usage=part))
    return found
