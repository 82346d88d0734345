"""`make bench`: prints JSON, then a table. Aims: docs/decisions and the README of bench."""

import gc
import json
import os
import platform
import sys
from typing import Any

from bench import (
    archive,
    channel,
    charter,
    claims,
    commands,
    edit,
    effects,
    fanout,
    figures,
    ingest,
    load,
    moderation,
    preview,
    report,
    rest,
    scroll,
    single,
    triage,
    wire,
)
from bench.house import house

AIMS = {
    "fanout_1000": "p99 <= 35 ms",
    "edit_500_cues": "p95 <= 20 ms and <= 2,048 bytes",
    "channel_500": "send -> last of 500 screens p99 <= 60 ms beside 2,000 comments/s; urgent <= 300 ms",
    "carried": "urgent -> confirmed by a messenger, on a screen: <= 2,000 ms",
    "commands_inside": ">= 6,000/s at p50 <= 6 ms",
    "commands_http": ">= 6,000/s, p99 <= 25 ms",
    "ingest_inside": ">= 150,000/s",
    "ingest_busy": "the same with orders by comment and a word list; what follows a batch waited for",
    "figures_100k": "p99 <= 500 ms",
    "figures_200k": "p99 <= 500 ms",
    "claims_inside": ">= 20,000/s, p99 <= 50 ms, 0 oversold",
    "report_10m": "figures of a 10-million-event show beside raw DuckDB SQL and pandas",
    "archive_1m": "a log of a million events as Parquet",
    "load": "a show of a million items opened: GO elsewhere p99 <= 30 ms; finished <= 1 s; after a crash <= 2 s dark",
    "rest": "2,000 old shows: start <= 2 s, <= 60 tasks, within 20 MB of an empty house",
    "effects": "<= 6 % called an effect where there is none, once and at any look, in every scenario",
    "triage": ">= 30,000 comments/s on one core, all stages",
    "charter": "12 roles x 150 duties x 3 phases x 30 people: lint <= 100 ms; a check <= 1,000 ns",
    "moderation": ">= 30,000 comments/s on one core",
    "single": "a comment on a screen: p50 <= 40 ms, p99 <= 150 ms at 100/s",
    "preview_go": "a sheet of 5,000 x 20 cells looked at: GO no more than 20 ms later",
    "scroll_500": ">= 55 frames/s",
    "wire": "fast 3G, a quarter of this processor: <= 230 kB, first content <= 2.5 s, warm <= 1 s",
}


def main() -> None:
    """Run everything, or only the measurements named."""
    gc.freeze()  # as the product starts: nothing of what is loaded is garbage
    wanted = set(sys.argv[1:])
    found: dict[str, dict[str, Any]] = {}

    def take(name: str, measure: Any) -> None:
        if not wanted or any(name.startswith(each) for each in wanted):
            print(f"... {name}", file=sys.stderr)
            found[name] = measure()
            print(json.dumps(found[name]), file=sys.stderr)

    take("commands_inside", commands.inside)
    take("ingest_inside", ingest.inside)
    take("ingest_busy", lambda: ingest.inside(busy=True))
    for pace in (100, 200):
        take(f"figures_{pace}k", lambda pace=pace: figures.paced(pace * 1000))
    take("figures_limit", figures.limit)
    take("claims_inside", claims.inside)
    take("archive_1m", archive.measure)
    take("report_10m", report.measure)
    take("load", load.measure)
    take("rest", rest.measure)
    take("effects", effects.measure)
    take("triage", triage.classify)
    take("moderation", moderation.look)
    take("charter", charter.measure)
    with house() as home:
        for count in (200, 500, 1000):
            take(f"fanout_{count}", lambda count=count: fanout.measure(home, count))
        take("single", lambda: single.measure(home))
        take("preview_go", lambda: preview.measure(home))
        take("commands_http", lambda: commands.over_http(home))
        take("ingest_http", lambda: ingest.over_http(home))
    take("channel_500", channel.measure)
    take("carried", channel.carried)
    with house() as home:
        take("scroll_500", lambda: scroll.measure(home))
        take("wire", lambda: wire.measure(home))
    with house(cues=500) as home:
        take("edit_500_cues", lambda: edit.measure(home))
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
    print(json.dumps({"machine": machine, "results": found}, ensure_ascii=False))
    for name, row in found.items():
        print(f"\n{name}   {AIMS.get(name, '')}")
        for key, value in row.items():
            print(f"  {key:<22}{value:>14,}")


if __name__ == "__main__":
    main()
