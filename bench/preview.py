"""GO while somebody looks at a sheet of 5,000 rows and 20 columns: what the reading of it costs everybody else."""

import asyncio
import io
import time
from typing import Any

import openpyxl
import uvloop

from bench.house import House, accepted, quantiles

ROWS, COLUMNS = 5_000, 20
PRESSES = 60
TOGETHER = 2  # previews at once, as when two planners try at the same time


def measure(house: House) -> dict[str, Any]:
    """Milliseconds from pressing GO to its answer, alone and beside previews, and seconds a preview takes."""
    return uvloop.run(_measure(house, _sheet()))


def _sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("腳本")
    sheet.append(["環節", "時長", "商品", "話術", *(f"備註 {column}" for column in range(COLUMNS - 4))])
    for row in range(ROWS - 1):
        sheet.append(
            [
                f"環節 {row}",
                "2:00",
                f"T{row % 40:02}",
                "第一點\n第二點",
                *(f"第 {row} 列第 {column} 欄" for column in range(COLUMNS - 4)),
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def _measure(house: House, sheet: bytes) -> dict[str, Any]:
    async with house.client() as client:
        alone = await _presses(house, client)
        took: list[float] = []
        looking = asyncio.Event()

        async def look() -> None:
            while not looking.is_set():
                began = time.perf_counter()
                answer = await client.post(
                    f"/api/streams/show/{house.show}/imports/rundown?dry_run=true", files={"file": ("large.xlsx", sheet)}
                )
                if answer.status_code != 200:
                    raise RuntimeError(answer.text)
                took.append(time.perf_counter() - began)

        planners = [asyncio.create_task(look()) for _ in range(TOGETHER)]
        await asyncio.sleep(0.5)
        beside = await _presses(house, client)
        looking.set()
        await asyncio.gather(*planners)
    return {
        "cells": ROWS * COLUMNS,
        "go_alone_p50": alone["p50"],
        "go_alone_p99": alone["p99"],
        "go_beside_p50": beside["p50"],
        "go_beside_p99": beside["p99"],
        "later_p99": round(beside["p99"] - alone["p99"], 2),
        "preview_s": round(sorted(took)[len(took) // 2], 2),
    }


async def _presses(house: House, client: Any) -> dict[str, float]:
    spans: list[float] = []
    for turn in range(PRESSES):
        began = time.perf_counter()
        await accepted(client.post(f"/api/streams/show/{house.show}/commands/rundown.jump", json={"cue_id": f"c{turn % 7 + 1}"}))
        spans.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.05)
    return quantiles(spans)
