"""The browser that benches and stories look through."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright

WEB = Path(__file__).parent.parent / "web"
ARGS = [
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium if it has one; else the one of the npm package, with its own libraries where they are missing."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed is not None:
        return playwright.chromium.launch(executable_path=installed, args=ARGS)
    script = WEB / "tests" / "chromium.mjs"
    answer = subprocess.run([_node(), str(script)], cwd=WEB, capture_output=True, text=True, check=True)
    brought = json.loads(answer.stdout)
    arguments = [*ARGS, "--headless=shell"]
    env: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_PATH": brought["fonts"]}
    try:
        return playwright.chromium.launch(executable_path=brought["path"], args=arguments, env=env)
    except Error:
        env["LD_LIBRARY_PATH"] = brought["libraries"]
        return playwright.chromium.launch(executable_path=brought["path"], args=arguments, env=env)


def _node() -> str:
    beside = Path(sys.executable).parent / "node"
    return str(beside) if beside.exists() else shutil.which("node") or "node"
