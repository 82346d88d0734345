"""What a house loads before it answers: after a crash all screens wait for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT, sign_in, start
from tests.world import STREAM

MODULES_MAX = 1_352  # a hundred are a tenth of a second; Litestar alone brings two hundred, a job of the house eight
LATER = (  # what opens and fills files, sets type, trains, plays: for the processes and commands that do so
    "charset_normalizer", "duckdb", "httpx", "noto_cjk_sans_otc", "numpy.ma", "openpyxl", "pandas", "pyarrow", "pypinyin.phrases_dict", "typst",
    "kaibo.archive.write", "kaibo.demo", "kaibo.feed", "kaibo.kit.typescript", "kaibo.kit.workbook", "kaibo.train",
    "kaibo.features.product.sheet_write", "kaibo.features.report.paper", "kaibo.features.report.workbook", "kaibo.features.rundown.sheet_write",
)  # fmt: skip


def test_a_show_on_air_is_answered_before_anything_is_loaded_that_it_does_not_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    subprocess.run([sys.executable, "-m", "tests.laws.snapped", str(tmp_path), "1"], cwd=ROOT, check=True)
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    process = start(tmp_path)
    try:
        kind, _, show_id = STREAM.partition("/")
        assert sign_in(process.base, process.link).get(f"/api/streams/{kind}/{show_id}/views/show.head").status_code == 200
    finally:
        process.kill()
    loaded = set(re.findall(r"^import time: +\d+ \| +\d+ \| +(\S+)$", capfd.readouterr().err, re.MULTILINE))
    assert "kaibo.app" in loaded
    assert loaded.isdisjoint(LATER), loaded & {*LATER}
    assert len(loaded) <= MODULES_MAX
