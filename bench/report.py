"""The report of a 10-million-event show from its archive: by kaibo, by DuckDB in SQL, by pandas. All three must say the same."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from kaibo.analysis.windows import WINDOW_MS
from kaibo.archive.figures import KEPT, MINUTE_MS, WINDOW_MINUTES, ShowFigures, figures_of
from kaibo.archive.sink import Sink, Words
from kaibo.archive.tables import BY_NAME
from kaibo.features.audience.facts import KINDS

EVENTS = int(os.environ.get("KAIBO_BENCH_EVENTS", "10000000"))
VIEWERS = EVENTS // 20
START = 1_764_331_200_000
LENGTH_MS = 3 * 3_600_000
PRODUCTS = tuple(f"P{number:02d}" for number in range(20))
WEIGHTS = {"comment": 12, "like": 50, "follow": 1, "click": 15, "view": 19, "share": 3}
ROUNDS = 3


def write_show(folder: Path) -> int:
    """A show as an archive, from a seed; gives the bytes of its audience table."""
    chance = np.random.default_rng(1)
    stays = EVENTS // 10
    viewer = chance.integers(0, VIEWERS, stays)
    begins = chance.integers(0, LENGTH_MS, stays)
    lasts = chance.exponential(240_000, stays).astype(np.int64)
    others = EVENTS - 2 * stays
    stay = chance.integers(0, stays, others)
    kinds = [np.full(stays, KINDS.index("enter")), np.full(stays, KINDS.index("leave"))]
    weights = np.array(list(WEIGHTS.values())) / sum(WEIGHTS.values())
    kinds.append(chance.choice([KINDS.index(kind) for kind in WEIGHTS], others, p=weights))
    at = np.concatenate([begins, begins + lasts, begins[stay] + (chance.random(others) * lasts[stay]).astype(np.int64)]) + START
    order = np.argsort(at, kind="stable")
    at, kind = at[order], np.concatenate(kinds)[order].astype(np.int32)
    who = np.concatenate([viewer, viewer, viewer[stay]])[order].astype(np.int32)
    about = np.isin(kind, [KINDS.index("click"), KINDS.index("view")])
    product = np.where(about, (chance.random(EVENTS) ** 2 * len(PRODUCTS)).astype(np.int32), -1)
    number = np.arange(EVENTS)
    sinks = {name: Sink(table, folder) for name, table in BY_NAME.items()}
    for first in range(0, EVENTS, 5000):
        part = slice(first, first + 5000)
        sinks["audience"].add(
            number[part] // 5000 + 1, (number[part] % 5000).astype(np.int32), at[part], Words(kind[part], KINDS), who[part],
            Words(product[part], PRODUCTS), np.ones(len(number[part]), np.int32), "", "bench", "r",
        )  # fmt: skip
    _write_orders(sinks, chance, at, who, kind, product)
    for place in range(6):
        row = {
            "promo_id": f"promo{place}",
            "product_id": PRODUCTS[place],
            "applied_at": START + (place + 1) * 1_500_000,
            "ended_at": None,
        }
        blank = {column.name: "" if column.kind in ("text", "word") else 0 for column in BY_NAME["promos"].columns}
        sinks["promos"].add(*([value] for value in {**blank, **row}.values()))
    for sink in sinks.values():
        sink.close()
    return (folder / "audience.parquet").stat().st_size


def _write_orders(sinks: dict[str, Sink], chance: Any, at: Any, who: Any, kind: Any, product: Any) -> None:
    clicks = np.flatnonzero(kind == KINDS.index("click"))
    bought = np.sort(chance.choice(clicks, len(clicks) // 20, replace=False))
    for place, item in enumerate(bought.tolist()):
        units = place % 3 + 1
        price = 10_000 + 1000 * int(product[item])
        for what, delay in (("created", 5_000), ("paid", 45_000)):
            if what == "paid" and place % 7 == 0:
                continue
            told = int(at[item]) + delay
            order = [[place + 1], [what], [told], ["bench"], [f"o{place}"], [f"v{who[item]}"], [units * price], ["TWD"], [""]]
            sinks["orders"].add(*order)
            line = [[place + 1], [0], [what], [told], ["bench"], [f"o{place}"], [PRODUCTS[product[item]]], [""], [units], [price]]
            sinks["order_lines"].add(*line)


# in SQL, as somebody would write it
def by_duckdb(folder: Path) -> ShowFigures:
    """The same figures by DuckDB alone."""
    import duckdb  # noqa: PLC0415  each contender pays for its own import before the clock starts

    base = duckdb.connect(":memory:")
    for name in ("audience", "orders", "order_lines", "promos", "shows"):
        base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder}/{name}.parquet')")

    def rows(sql: str) -> list[Any]:
        return base.execute(sql).fetchall()

    kept = ", ".join(f"count(*) FILTER (length >= {each})" for each in KEPT)
    cohorts = rows(
        "WITH moves AS (SELECT viewer, epoch_ms(platform_at) AS t, kind FROM audience WHERE kind IN ('enter', 'leave')), "
        "turns AS (SELECT *, lag(kind, 1, 'leave') OVER (PARTITION BY viewer ORDER BY t, kind) AS was FROM moves), "
        "steps AS (SELECT viewer, t, kind, lead(t) OVER (PARTITION BY viewer ORDER BY t, kind) AS until FROM turns WHERE kind <> was) "
        f"SELECT t // {MINUTE_MS} AS minute, count(*), {kept} FROM "
        f"(SELECT t, coalesce((until - t) // {MINUTE_MS}, {KEPT[-1]}) AS length FROM steps WHERE kind = 'enter') GROUP BY 1 ORDER BY 1"
    )
    products = rows(
        "WITH clicks AS (SELECT product_id, count(*) AS n FROM audience WHERE kind = 'click' GROUP BY 1) "
        "SELECT product_id, coalesce(any_value(n), 0), sum(quantity), sum(quantity * price_minor) AS gmv FROM order_lines "
        "LEFT JOIN clicks USING (product_id) WHERE what = 'paid' GROUP BY 1 ORDER BY gmv DESC, 1"
    )
    apart = f"{WINDOW_MS} * INTERVAL 1 MILLISECOND"
    lasted = "promos.ended_at - applied_at"
    begin = f"applied_at - least({apart}, applied_at - (SELECT any_value(aired_at) FROM shows), {lasted})"
    end = f"least(applied_at + {apart}, (SELECT any_value(ended_at) FROM shows), promos.ended_at)"

    def around(table: str, what: str, summed: str) -> list[Any]:
        return rows(
            f"SELECT promo_id, coalesce(sum({summed}) FILTER (platform_at < applied_at), 0), "
            f"coalesce(sum({summed}) FILTER (platform_at >= applied_at), 0) FROM promos LEFT JOIN {table} t "
            f"ON t.product_id = promos.product_id AND {what} AND platform_at >= {begin} "
            f"AND platform_at < {end} WHERE applied_at IS NOT NULL GROUP BY 1 ORDER BY 1"
        )

    clicks, units = around("audience", "t.kind = 'click'", "1"), around("order_lines", "t.what = 'paid'", "quantity")
    return msgspec.convert(
        {
            "uv": rows("SELECT count(DISTINCT viewer) FROM audience")[0][0],
            "gmv_paid": _by(
                rows(f"SELECT epoch_ms(platform_at) // {MINUTE_MS}, sum(amount_minor) FROM orders WHERE what = 'paid' GROUP BY 1")
            ),
            "pv": _by(
                rows(f"SELECT epoch_ms(platform_at) // {MINUTE_MS}, count(*) FROM audience WHERE kind = 'enter' GROUP BY 1")
            ),
            "uv_windows": _by(
                rows(
                    f"SELECT epoch_ms(platform_at) // {MINUTE_MS * WINDOW_MINUTES}, count(DISTINCT viewer) FROM audience GROUP BY 1"
                )
            ),
            "funnel": {
                **dict.fromkeys(("enter", "view", "click", "ordered", "paid"), 0),
                **_by(
                    rows("SELECT kind, count(DISTINCT viewer) FROM audience WHERE kind IN ('enter', 'view', 'click') GROUP BY 1"),
                    str,
                ),
                **_by(
                    rows(
                        "SELECT CASE what WHEN 'created' THEN 'ordered' ELSE 'paid' END, count(DISTINCT (platform, coalesce(nullif(buyer, ''), '/' || order_id))) FROM orders "
                        "WHERE what IN ('created', 'paid') GROUP BY 1"
                    ),
                    str,
                ),
            },
            "retention": [{"minute": m, "stays": n, "kept": kept_} for m, n, *kept_ in cohorts],
            "products": [
                {"product_id": p, "clicks": c, "units_paid": int(u), "gmv_paid_minor": int(g)} for p, c, u, g in products
            ],
            "promos": [
                {"promo_id": one, "clicks": [int(a), int(b)], "units_paid": [int(c), int(d)]}
                for (one, a, b), (_, c, d) in zip(clicks, units, strict=True)
            ],
        },
        ShowFigures,
        strict=False,
    )


def _by(rows: Any, key: Callable[[Any], Any] = int) -> dict[Any, int]:
    return {key(name): int(value) for name, value in rows}


# in pandas, as somebody would write it
def by_pandas(folder: Path) -> ShowFigures:
    """The same figures by pandas alone."""
    import pandas as pd  # noqa: PLC0415

    seen = pd.read_parquet(folder / "audience.parquet", columns=["platform_at", "kind", "viewer", "product_id"])
    orders = pd.read_parquet(folder / "orders.parquet")
    lines = pd.read_parquet(folder / "order_lines.parquet")
    promos = pd.read_parquet(folder / "promos.parquet")
    for frame in (seen, orders, lines):
        frame["t"] = frame["platform_at"].astype("int64")
    promos["t"] = promos["applied_at"].astype("int64")
    paid, sold = orders[orders["what"] == "paid"], lines[lines["what"] == "paid"].copy()
    sold["gmv"] = sold["quantity"].astype("int64") * sold["price_minor"]
    enters, clicks = seen[seen["kind"] == "enter"], seen[seen["kind"] == "click"]
    by_product = sold.groupby("product_id", observed=True)[["quantity", "gmv"]].sum().reset_index()
    clicked = clicks["product_id"].value_counts()
    by_product = by_product.sort_values(["gmv", "product_id"], ascending=[False, True])
    moves = seen[seen["kind"].isin(["enter", "leave"])].sort_values(
        ["viewer", "t", "kind"], key=lambda c: c.astype(str) if c.name == "kind" else c
    )
    was = moves.groupby("viewer")["kind"].shift(1).astype(object).fillna("leave")
    moves = moves[moves["kind"].astype(object) != was]
    until = moves.groupby("viewer")["t"].shift(-1)
    stays = moves[moves["kind"] == "enter"].copy()
    stays["length"] = ((until[stays.index] - stays["t"]) // MINUTE_MS).fillna(KEPT[-1])
    stays["minute"] = stays["t"] // MINUTE_MS
    cohorts = stays.groupby("minute")["length"].agg(
        ["size", *((f"k{each}", lambda s, each=each: int((s >= each).sum())) for each in KEPT)]
    )

    def around(frame: Any, promo: Any, column: str | None) -> list[int]:
        mine = frame[frame["product_id"] == promo.product_id]
        parts = [mine[(mine["t"] >= low) & (mine["t"] < low + WINDOW_MS)] for low in (promo.t - WINDOW_MS, promo.t)]
        return [len(part) if column is None else int(part[column].sum()) for part in parts]

    return msgspec.convert(
        {
            "uv": int(seen["viewer"].nunique()),
            "gmv_paid": _by(paid.groupby(paid["t"] // MINUTE_MS)["amount_minor"].sum().items()),
            "pv": _by((enters["t"] // MINUTE_MS).value_counts().items()),
            "uv_windows": _by(seen.groupby(seen["t"] // (MINUTE_MS * WINDOW_MINUTES))["viewer"].nunique().items()),
            "funnel": {
                **{step: int(seen[seen["kind"] == step]["viewer"].nunique()) for step in ("enter", "view", "click")},
                "ordered": int(orders[orders["what"] == "created"]["buyer"].nunique()),
                "paid": int(paid["buyer"].nunique()),
            },
            "retention": [
                {"minute": m, "stays": row[0], "kept": row[1:]}
                for m, row in zip(cohorts.index.tolist(), cohorts.to_numpy().tolist(), strict=True)
            ],
            "products": [
                {"product_id": p, "clicks": int(clicked.get(p, 0)), "units_paid": int(q), "gmv_paid_minor": int(g)}
                for p, q, g in by_product.itertuples(index=False)
            ],
            "promos": [
                {"promo_id": promo.promo_id, "clicks": around(clicks, promo, None), "units_paid": around(sold, promo, "quantity")}
                for promo in promos.itertuples()
            ],
        },
        ShowFigures,
        strict=False,
    )


CONTENDERS: dict[str, Callable[[Path], ShowFigures]] = {"kaibo": figures_of, "duckdb": by_duckdb, "pandas": by_pandas}


def measure() -> dict[str, Any]:
    """Seconds and memory of each, best of some rounds taken in turn, each in a process of its own; ratios to kaibo."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_show(folder)
        gc.collect()
        runs: dict[str, list[dict[str, Any]]] = {contender: [] for contender in CONTENDERS}
        for _ in range(ROUNDS):
            for contender in CONTENDERS:
                runs[contender].append(_apart(contender, folder))
        answers = {run["answer"] for each in runs.values() for run in each}
        if len(answers) != 1:
            raise RuntimeError(f"the answers differ: {answers}")
    best = {contender: min(run["seconds"] for run in each) for contender, each in runs.items()}
    found: dict[str, Any] = {"events": EVENTS, "bytes_per_event": round(size / EVENTS, 2)}
    for contender, seconds in best.items():
        found[f"{contender}_s"] = round(seconds, 2)
        found[f"{contender}_mb"] = min(run["mb"] for run in runs[contender])
    found |= {f"{contender}_ratio": round(best[contender] / best["kaibo"], 2) for contender in CONTENDERS if contender != "kaibo"}
    return {**found, "answers_equal": 1}


def _apart(contender: str, folder: Path) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, "-m", "bench.report", contender, str(folder)], check=True, capture_output=True, text=True
    ).stdout
    return msgspec.json.decode(told)


def _run(contender: str, folder: Path) -> None:
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415

    if contender != "kaibo":
        __import__(contender)
    began = time.perf_counter()
    figures = CONTENDERS[contender](folder)
    seconds = time.perf_counter() - began
    answer = hashlib.sha256(json.dumps(msgspec.to_builtins(figures, str_keys=True), sort_keys=True).encode()).hexdigest()
    # not ru_maxrss: that begins with what the parent held when it forked
    mb = (
        next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        // 1024
    )
    print(msgspec.json.encode({"seconds": seconds, "mb": mb, "answer": answer}).decode())


if __name__ == "__main__":
    _run(sys.argv[1], Path(sys.argv[2]))
