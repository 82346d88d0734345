"""Trials: the tests of one feature, or the laws, collected once; for each mutant a forked process gets it and runs them.

No file is touched. In the child the bent function's code is put in the place of the true one; what is bent at module level is
read by the importer of a process of its own.
"""

import ast
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings

from mutants.bend import Mutant

ROOT = Path(__file__).resolve().parent.parent
LAWS = ("tests/logs", "tests/laws/test_one_truth.py", "tests/laws/test_counted_once.py", "tests/laws/test_views.py")
PATIENCE_S, TIMES_LONGER = 10.0, 5  # a test that takes so much longer than on the true source hangs, and the mutant is caught
MEMORY_BYTES_MAX = 4 << 30  # a loop without end must not eat the machine before that
TRIAL_S_MAX = 3600.0  # also for what the tests take on the true source, on a machine that is busy
PYTEST = ("--assert=plain", "--no-header", "--no-summary", "--tb=no")


class Trial(msgspec.Struct, frozen=True):
    """What is to be tried on which tests; `at_import`: one mutant, of what a module does when it is imported.

    `near`: only tests that go through the bent function are asked. Laws share worlds that the first of them made: all are asked.
    """

    tests: tuple[str, ...]
    mutants: tuple[Mutant, ...]
    at_import: bool = False
    near: bool = True


class Told(msgspec.Struct, frozen=True):
    """What became of a mutant: killed (`by` which test), hung, stillborn or lived."""

    mutant: str
    verdict: str
    by: str = ""


def told(trial: Trial) -> Iterator[Told]:
    """Try, in a process of its own; what became of each as soon as it is known. Raises RuntimeError when the true source is red."""
    reads, writes = os.pipe()
    command = [sys.executable, "-m", "mutants.trial", str(writes)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=(writes,)) as process:  # noqa: S603  our own
        os.close(writes)
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(trial))
        process.stdin.close()
        silent = True
        with os.fdopen(reads) as lines:
            for line in lines:
                silent = False
                one = msgspec.json.decode(line, type=Told)
                if not one.mutant:
                    raise RuntimeError(f"red on the true source: {one.by}")
                yield one
    if process.returncode:
        raise RuntimeError(f"the process of the tests ended with {process.returncode}")
    if silent and trial.at_import:  # it breaks what every test imports: nothing was collected
        yield Told(trial.mutants[0].name, "killed", "the import")


# in the process of the tests
class Watch:
    """A plugin of pytest. `red`: the first test that failed; `stillborn`: it failed because a call lacks what it must be given."""

    def __init__(self) -> None:
        """Nothing ran yet."""
        self.red = ""
        self.stillborn = False

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Which test went red first."""
        if report.failed and not self.red:
            self.red = report.nodeid

    def pytest_exception_interact(self, call: Any) -> None:
        """A call without a needed argument is no rule left out: such a mutant does not count."""
        error = call.excinfo.value
        self.stillborn = self.stillborn or (isinstance(error, TypeError) and "issing" in str(error) and "argument" in str(error))

    def run(self, items: Sequence[Any], took: dict[str, float]) -> None:
        """One after another, until one is red; the process dies by an alarm when one has no end."""
        for item, after in zip(items, [*items[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S + TIMES_LONGER * took.get(item.nodeid, PATIENCE_S))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.red:
                return

    def verdict(self) -> tuple[str, str]:
        """As it is told."""
        return ("stillborn" if self.stillborn else "killed" if self.red else "lived"), self.red


class Loop:
    """A plugin of pytest: instead of the tests once, all mutants one after another."""

    def __init__(self, trial: Trial, tell: Callable[[Told], None]) -> None:
        """Collects first."""
        self._trial = trial
        self._tell = tell
        self._took: dict[str, float] = {}
        self._through: dict[str, set[str]] = {}
        self._broken = ""

    def pytest_collectreport(self, report: Any) -> None:
        """A mutant that cannot even be imported is caught."""
        if report.failed and not self._broken:
            self._broken = report.nodeid

    def pytest_runtestloop(self, session: Any) -> bool:
        """In the place of pytest's own loop."""
        mutants = self._trial.mutants
        if self._trial.at_import:
            verdict = ("killed", self._broken) if self._broken else _apart(session.items, self._took)
            self._tell(Told(mutants[0].name, *verdict))
            return True
        if red := self._measure(session.items):
            self._tell(Told("", "red", red))
            return True
        for mutant in mutants:
            near = self._near(session.items, mutant)
            self._tell(Told(mutant.name, *(_apart(near, self._took, mutant) if near else ("lived", ""))))
        return True

    def _measure(self, items: Sequence[Any]) -> str:
        """How long each test takes on the true source, and which functions it goes through; "" when all are green."""
        _, body = _forked(lambda: json.dumps(_watched(items)).encode())
        red, self._took, through = json.loads(body) if body else ("no end", {}, {})
        self._through = {name: set(seen) for name, seen in through.items()}
        return red

    def _near(self, items: Sequence[Any], mutant: Mutant) -> list[Any]:
        """Tests that can see the bent function."""
        if not self._trial.near:
            return list(items)
        place = f"{mutant.path}::{mutant.where}"
        near = [item for item in items if place in self._through[item.nodeid]]
        return sorted(near, key=lambda item: self._took[item.nodeid])


def _watched(items: Sequence[Any]) -> tuple[str, dict[str, float], dict[str, list[str]]]:
    watch = Watch()
    items[0].config.pluginmanager.register(watch)
    took: dict[str, float] = {}
    through: dict[str, list[str]] = {}
    seen: set[str] = set()
    hook = _into(seen)
    for item, after in zip(items, [*items[1:], None], strict=True):
        seen.clear()
        began = time.perf_counter()
        _profile(hook)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        _profile(None)
        took[item.nodeid], through[item.nodeid] = time.perf_counter() - began, sorted(seen.copy())
    return watch.red, took, through


def _profile(hook: Any) -> None:
    threading.setprofile(hook)
    sys.setprofile(hook)


def _into(seen: set[str]) -> Callable[[Any, str, Any], None]:
    """One for all tests: a server that the first of a file starts, and all others ask, keeps the hook it was started with."""
    known: dict[CodeType, str] = {}

    def hook(frame: Any, event: str, arg: Any) -> None:
        if event == "call":
            name = known.get(frame.f_code)
            if name is None:
                name = known[frame.f_code] = _place(frame.f_code)
            if name:
                seen.add(name)

    return hook


def _place(code: CodeType) -> str:
    path = code.co_filename.removeprefix(f"{ROOT}/")
    return f"{path}::{code.co_qualname}" if path.startswith("kaibo/features/") and "/tests/" not in path else ""


def _apart(items: Sequence[Any], took: dict[str, float], mutant: Mutant | None = None) -> tuple[str, str]:
    """(verdict, by) of these tests in a child, bent as the mutant is; `took`: what each takes on the true source (s)."""

    def work() -> bytes:
        if mutant is not None:
            put_in(mutant)
        watch = Watch()
        items[0].config.pluginmanager.register(watch)
        watch.run(items, took)
        return json.dumps(watch.verdict()).encode()

    died_of, body = _forked(work)
    if died_of == signal.SIGALRM:
        return "hung", ""
    verdict, by = json.loads(body) if body else ("killed", "the process died")
    return verdict, by


def put_in(mutant: Mutant) -> None:
    """From here on the function of this process is the bent one. Raises LookupError when there is none."""
    bent = {code.co_qualname: code for code in _codes(compile(mutant.source, str(ROOT / mutant.path), "exec"))}
    code, found = bent[mutant.where], False
    for each in [each for each in gc.get_objects() if isinstance(each, FunctionType)]:
        if each.__code__.co_qualname == mutant.where and each.__code__.co_filename == code.co_filename:
            each.__code__, found = code, True
    if not found:
        raise LookupError(mutant.name)


def _codes(code: CodeType) -> Iterable[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def in_function(mutant: Mutant) -> bool:
    """Whether it is bent in the body of a function, and so can be put in while the process lives."""
    true = (ROOT / mutant.path).read_text()
    functions: set[tuple[str, int, int]] = set()

    def walk(nodes: Iterable[ast.AST], names: tuple[str, ...]) -> None:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.add((".".join((*names, node.name)), node.body[0].lineno, node.end_lineno or 0))
            elif isinstance(node, ast.ClassDef):
                walk(node.body, (*names, node.name))

    walk(ast.parse(true).body, ())
    return any(name == mutant.where and first <= mutant.line <= last for name, first, last in functions)


class Finder(importlib.abc.MetaPathFinder):
    """Reads a mutant's source where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        """Of which mutant."""
        self._mutant = mutant

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        """The spec of the one module that is bent."""
        if fullname != self._mutant.path.removesuffix(".py").replace("/", "."):
            return None
        file = str(ROOT / self._mutant.path)
        return importlib.util.spec_from_file_location(fullname, file, loader=_Bent(fullname, file, self._mutant.source))


class _Bent(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._text, self.path, "exec")


def _forked(work: Callable[[], bytes]) -> tuple[int, bytes]:
    """What the work answers in a child; with it the signal it died of, 0 for none."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(work, writes)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        body = answer.read()
    return os.WTERMSIG(os.waitpid(child, 0)[1]), body


def _in_child(work: Callable[[], bytes], writes: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
        signal.setitimer(signal.ITIMER_REAL, TRIAL_S_MAX)
        body = work()
        signal.setitimer(signal.ITIMER_REAL, 0)
        while body:
            body = body[os.write(writes, body) :]
    finally:
        os._exit(0)


def main() -> None:
    """A trial from standard input; what is told goes to the pipe that is named."""
    trial = msgspec.json.decode(sys.stdin.buffer.read(), type=Trial)
    writes = int(sys.argv[1])
    # A mutant is killed by the first example that shows it; how small that one could be is nobody's question here.
    # Nor how fast the machine is: what is slow there is not red.
    settings.register_profile(
        "mutants",
        phases=(Phase.explicit, Phase.generate),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=tuple(HealthCheck),
    )
    settings.load_profile("mutants")
    if trial.at_import:
        sys.meta_path.insert(0, Finder(trial.mutants[0]))
    pytest.main([*PYTEST, *trial.tests], plugins=[Loop(trial, lambda one: _write(writes, one))])


def _write(writes: int, one: Told) -> None:
    os.write(writes, msgspec.json.encode(one) + b"\n")


if __name__ == "__main__":
    main()
