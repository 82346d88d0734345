"""What rules may lean on, each form of what they may not planted: a guard that finds nothing wrong in wrong code guards nothing."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.planted import copied, plant, run
from tests.purity import MACHINE, SEEN, impure, impure_below


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import time", "time"),
        ("import time as t", "time"),
        ("from time import time_ns as instant", "time.time_ns"),
        ("from random import choice", "random.choice"),
        ("import secrets", "secrets"),
        ("from uuid import uuid4", "uuid.uuid4"),
        ("import numpy as np\nX = np.random.default_rng()", "numpy.random.default_rng"),
        ("from numpy import random", "numpy.random"),
        ("from datetime import datetime as d\nX = d.now()", "datetime.datetime.now"),
        ("import datetime\nX = datetime.datetime.now", "datetime.datetime.now"),
        ("from os import path", "os.path"),
        ("import os.path", "os.path"),
        ("from pathlib import Path", "pathlib.Path"),
        ("from importlib import import_module", "importlib.import_module"),
        ("import importlib.resources", "importlib.resources"),
        ("import sys", "sys"),
        ("import asyncio", "asyncio"),
        ("import urllib.request", "urllib.request"),
        ("import sqlite3, socket", "sqlite3"),
        ("import httpx", "httpx"),
        ("X = __import__('time')", "__import__"),
        ("X = open('model.txt')", "open"),
        ("reader = open", "open"),
        ("X = eval('1')", "eval"),
        ("import litestar", "litestar"),
        ("from litestar import get", "litestar.get"),
        ("import kaibo.kit.vault", "kaibo.kit.vault"),
        ("import kaibo.kit.vault as v", "kaibo.kit.vault"),
        ("from kaibo import kit", "kaibo.kit"),
        ("from kaibo.kit import vault", "kaibo.kit.vault"),
        ("from ...kit import vault", "kaibo.kit.vault"),
        ("from ... import kit", "kaibo.kit"),
        ("import kaibo", "kaibo"),
        ("import kaibo.core.money\nX = kaibo.kit.vault", "kaibo.kit.vault"),
        ("from kaibo.stores.memory import MemoryStore", "kaibo.stores.memory.MemoryStore"),
        ("from kaibo import stores", "kaibo.stores"),
        ("from kaibo.config import Settings", "kaibo.config.Settings"),
        ("from kaibo.features import FEATURES", "kaibo.features.FEATURES"),
        ("from kaibo.features.promo.routes import ROUTES", "kaibo.features.promo.routes.ROUTES"),
        ("from . import routes", "kaibo.features.promo.routes"),
        ("from .react import followers", "kaibo.features.promo.react.followers"),
        ("from kaibo.features.product.shown import CARDS", "kaibo.features.product.shown.CARDS"),
        ("from ..product import shown", "kaibo.features.product.shown"),
        ("def late() -> None:\n    import time", "time"),
        ("if TYPE_CHECKING:\n    import time", "time"),
        ("import numpy as np\nX = np.datetime64('now')", "numpy.datetime64"),
        ("import numpy as np\nX = np.loadtxt('rows.txt')", "numpy.loadtxt"),
        ("from numpy import genfromtxt", "numpy.genfromtxt"),
        ("import numpy as np\nnp.savetxt('rows.txt', [1])", "numpy.savetxt"),
        ("import numpy as np\nX = np.rec.fromfile('rows.bin')", "numpy.rec.fromfile"),
        ("import numpy as np\nX = np.zeros(3)\nX.tofile('rows.bin')", "tofile()"),
        ("from array import array\narray('q').tofile(object())", "tofile()"),
        ("import numpy as np\nX = np.lib", "numpy.lib"),
        ("from statistics import NormalDist\nX = NormalDist().samples(3)", "samples()"),
        ("from statistics import random", "statistics.random"),
        ("import statistics\nX = statistics.random.random()", "statistics.random.random"),
        ("from dataclasses import sys", "dataclasses.sys"),
        ("from datetime import datetime\nclock = datetime\nX = clock.now()", "now()"),
        ("def f(t: object) -> object:\n    return type(t).now(None)", "now()"),
        ("from datetime import *", "datetime.*"),
        ("import numpy as np\nX = getattr(np, 'random')", "numpy.*"),
        ("X = hash('a')", "hash"),
        ("X = id([])", "id"),
        ("keys = map(id, ())", "id"),
        ("X = compile('1', '', 'eval')", "compile"),
        ("from kaibo.analysis.book import Path", "kaibo.analysis.book.Path"),
        ("import statistics\ns = statistics\nX = s.random.random()", "statistics.*"),
        ("import numpy as np\nX = vars(np)['random']", "numpy.*"),
        ("import datetime\nX = [datetime]", "datetime.*"),
        ("import operator\nX = operator.methodcaller('now')", "operator.methodcaller"),
        ("from operator import methodcaller as m", "operator.methodcaller"),
        ("from operator import attrgetter\nX = attrgetter('now')", "now()"),
        ("import operator as o\nX = o.attrgetter('at', 'datetime.now')", "now()"),
        ("from operator import attrgetter\nX = attrgetter(NAME)", "()"),
        ("def f(t): return t.astimezone()", "astimezone()"),
        ("from datetime import datetime\ndef f(t): return datetime.fromtimestamp(t)", "fromtimestamp()"),
        ("import numpy as np\nnp.zeros(3).dump('rows.bin')", "dump()"),
        ("X = locals()", "locals"),
        ("SEEN = []\ndef f(x): SEEN.append(x)", "SEEN changes"),
        ("SEEN: dict[str, int] = {}\ndef f(x): SEEN[x] = 1", "SEEN changes"),
        ("SEEN = {}\ndef f(x):\n    del SEEN[x]", "SEEN changes"),
        ("SEEN = {}\ndef f(x):\n    SEEN[x] += 1", "SEEN changes"),
        ("SEEN = set()\nf = lambda x: SEEN.add(x)", "SEEN changes"),
        ("SEEN = 0\ndef f():\n    global SEEN\n    SEEN += 1", "SEEN changes"),
        ("from itertools import count\nIDS = count()\ndef f(): return next(IDS)", "IDS changes"),
        ("class Seen:\n    at = 0\n\ndef f(): Seen.at = 1", "Seen changes"),
        ("from kaibo.core.money import CODES\ndef f(): CODES.clear()", "CODES changes"),
        ("from datetime import datetime\nX = vars(datetime)['now']", "vars"),
        ("from datetime import datetime\nX = datetime.__dict__['now']", "__dict__"),
        ("from datetime import datetime\nX = getattr(datetime, 'now')", "now()"),
    ],
)
@pytest.mark.parametrize("file", ["rules.py", "view.py", "slices.py", "some_new_name.py"])
def test_a_file_of_a_feature_is_pure_unless_it_is_listed(tmp_path: Path, file: str, line: str, name: str) -> None:
    path = tmp_path / "promo" / file
    path.parent.mkdir()
    path.write_text(f'"""Some rules."""\n\n{line}\n', "utf-8")
    assert f"promo/{file}: {name}" in impure(tmp_path)


LIST = "SEEN = []\ndef f(x):\n    "
CLASS = "class Seen:\n    n = 0\n    seen = []\n    def f(self, x):\n        "
MAKE = "def make():\n    seen = []\n    n = 0\n    def count(x):\n        "


@pytest.mark.parametrize(
    ("code", "name"),
    [
        # under another name, and what is reached from it
        (LIST + "s = SEEN\n    s.append(x)", "s changes"),
        (LIST + "s = t = SEEN\n    u = t\n    u[0] = x", "u changes"),
        (LIST + "s = SEEN\n    s += [x]", "s changes"),
        (LIST + "s = SEEN if x else x\n    s.append(x)", "s changes"),
        (LIST + "s = x or SEEN\n    del s[0]", "s changes"),
        (LIST + "if s := SEEN: s.clear()", "s changes"),
        (LIST + "SEEN[0].append(x)", "SEEN changes"),
        (LIST + "SEEN[0].rows[1].add(x)", "SEEN changes"),
        (LIST + "SEEN.get(x).append(x)", "SEEN changes"),
        (LIST + "for s in SEEN: s.append(x)", "s changes"),
        (LIST + "for _, s in SEEN.items(): s.append(x)", "s changes"),
        (LIST + "return [s.pop() for s in SEEN]", "s changes"),
        ("SEEN = []\ndef f(x, seen=SEEN): seen.append(x)", "seen changes"),
        ("SEEN = []\ndef f(x, *, y, seen=SEEN): seen.append(x)", "seen changes"),
        # handed to what changes it
        (LIST + "list.append(SEEN, x)", "SEEN changes"),
        (LIST + "SEEN.__setitem__(0, x)", "SEEN changes"),
        (LIST + "return map(SEEN.append, x)", "SEEN changes"),
        (LIST + "add = SEEN.append\n    add(x)", "SEEN changes"),
        (LIST + "setattr(SEEN, 'x', x)", "SEEN changes"),
        ("import heapq\n" + LIST + "heapq.heappush(SEEN, x)", "SEEN changes"),
        ("from heapq import heappush as push\n" + LIST + "push(SEEN, x)", "SEEN changes"),
        ("import operator\n" + LIST + "operator.setitem(SEEN, 0, x)", "SEEN changes"),
        ("from bisect import insort\n" + LIST + "insort(SEEN, x)", "SEEN changes"),
        ("from collections import deque\nSEEN = deque()\ndef f(x): deque.append(SEEN, x)", "SEEN changes"),
        ("import numpy as np\n" + LIST + "np.add(x, x, out=SEEN)", "SEEN changes"),
        ("def put(n, s):\n    s.append(n)\n" + LIST + "put(x, SEEN)", "SEEN changes"),
        ("from itertools import count\nIDS = count()\ndef f(): return IDS.__next__()", "IDS changes"),
        ("from itertools import count\nIDS = [count()]\ndef f(): return next(IDS[0])", "IDS changes"),
        # of a class
        (CLASS + "type(self).n += 1", "type() changes"),
        (CLASS + "self.__class__.n = x", "__class__ changes"),
        (CLASS + "type(self).seen.append(x)", "type() changes"),
        ("class Seen:\n    n = 0\n    @classmethod\n    def f(cls): cls.n += 1", "cls changes"),
        # kept by a function that another one handed out
        (MAKE + "seen.append(x)\n    return count\ncount = make()", "make remembers"),
        (MAKE + "nonlocal n\n        n += 1\n        return n\n    return count\ncount = make()", "make remembers"),
        (
            "def make(f):\n    seen = {}\n    return lambda x: seen.setdefault(x, f(x))\n@make\ndef f(x): return x",
            "make remembers",
        ),
    ],
)
def test_a_file_of_a_feature_remembers_nothing(tmp_path: Path, code: str, name: str) -> None:
    assert name in planted(tmp_path, code, "changes", "remembers")


@pytest.mark.parametrize(
    "code",
    [
        "NONE = []\ndef f(x):\n    s = list(NONE)\n    s.append(x)\n    return s",
        "NONE = ()\ndef f(x):\n    s = NONE\n    s += (x,)\n    return s",
        "NONE = [1]\ndef f(x):\n    n = NONE[0]\n    n += x\n    return n",
        "def put(s, x): s.append(x)\nNONE = []\ndef f(s, x): put(s, NONE)",
        "def f():\n    seen = []\n    def add(x): seen.append(x)\n    add(1)\n    return seen\ndef g(): return f()",
        "import numpy as np\ndef f(x): return np.sort(x)",
        "import heapq\nLEAST = 1\ndef f(x): heapq.heappush(x, LEAST)",
    ],
)
def test_what_is_a_functions_own_may_change(tmp_path: Path, code: str) -> None:
    assert planted(tmp_path, code, "changes", "remembers") == set()


TIME = "from datetime import UTC, datetime\n"
SEEN_CLASS = """
class State:
    seen: set[str]
    held: ClassVar[frozenset[str]]
    numbers: set[int]
    by_room: dict[str, set[str]]
    rows: dict[str, int]
    @property
    def all_of_them(self) -> set[str]: ...
    def names(self) -> list[str]: ...
def f(state, x):
"""


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("def f(x): return list(set(x))", "order of a set"),
        ("def f(x): return tuple(frozenset[str](x))", "order of a set"),
        ("def f(x): return [*{*x}]", "order of a set"),
        ("def f(x): return '、'.join({each.name for each in x})", "order of a set"),
        ("def f(x): return next(iter(set(x)))", "order of a set"),
        ("def f(x): return dict.fromkeys({*x})", "order of a set"),
        ("def f(x, y): return list(x.keys() - y)", "order of a set"),
        ("def f(x, y): return list(set(x) | y)", "order of a set"),
        ("def f(x, y): return list(set(x).union(y))", "order of a set"),
        ("def f(x):\n    for each in set(x): yield each", "order of a set"),
        ("def f(x):\n    yield from set(x)", "order of a set"),
        ("def f(x): return {each: 1 for each in set(x)}", "order of a set"),
        ("def f(x): return tuple(each for each in set(x))", "order of a set"),
        ("def f(x):\n    seen = set(x)\n    return list(seen)", "order of a set"),
        ("def f(x: frozenset[str]): return list(x)", "order of a set"),
        ("X = list({'a', 'b'})", "order of a set"),
        # what is a set by what it is said to be
        (SEEN_CLASS + "    return list(state.seen)", "order of a set"),
        (SEEN_CLASS + "    for each in state.seen: state.rows[each] = 1", "order of a set"),
        (SEEN_CLASS + "    return [each for each in state.held]", "order of a set"),
        (SEEN_CLASS + "    seen = state.seen\n    return tuple(seen)", "order of a set"),
        (SEEN_CLASS + "    return state.seen.pop()", "order of a set"),
        (SEEN_CLASS + "    return list(state.by_room[x])", "order of a set"),
        (SEEN_CLASS + "    return list(state.by_room.get(x, ()))", "order of a set"),
        (SEEN_CLASS + "    for room in state.by_room.values(): yield from room", "order of a set"),
        (SEEN_CLASS + "    return [each for _, room in state.by_room.items() for each in room]", "order of a set"),
        (SEEN_CLASS + "    return list(state.all_of_them)", "order of a set"),
        (
            "class State:\n    def __init__(self):\n        self.seen: set[str] = make()\n    def f(self): return list(self.seen)",
            "order of a set",
        ),
        ("def found(x) -> set[str]: ...\ndef f(x): return list(found(x))", "order of a set"),
        ("class State:\n    def found(self) -> 'set[str] | None': ...\ndef f(state): return [*state.found()]", "order of a set"),
        ("def f(touched, X):\n    for each in touched.of(X): yield each", "order of a set"),
        ("def f(x):\n    rooms: dict[str, set[str]] = {}\n    return list(rooms[x])", "order of a set"),
        (
            "from collections import defaultdict\ndef f(x):\n    rooms = defaultdict(set)\n    return list(rooms[x])",
            "order of a set",
        ),
        ("def f(x, rooms: Mapping[str, AbstractSet[str]]): return list(rooms.get(x, ()))", "order of a set"),
        ("def f(seen: set[str] | None): return list(seen or ())", "order of a set"),
        ("def f(seen: set[tuple[str, int]]): return list(seen)", "order of a set"),
        ("KINDS = frozenset(('a', 'b'))\ndef f(): return list(KINDS)", "order of a set"),
        # taken out, written and put together
        ("def f(x):\n    seen = set(x)\n    return seen.pop()", "order of a set"),
        ("def f(x):\n    first, *others = set(x)\n    return first", "order of a set"),
        ("def f(lost: set[str]): return f'{lost}'", "order of a set"),
        ("def f(lost: set[str]): return str(lost)", "order of a set"),
        ("def f(a, b): return list(a.keys() | b.keys())", "order of a set"),
        ("def f(a, b): return list(a | b.keys())", "order of a set"),
        ("def f(a, b): return list(set.union(a, b))", "order of a set"),
        ("def f(x): return list(set(x).copy())", "order of a set"),
        ("def f(x, rows):\n    for each in set(x): rows.setdefault(each, set()).add(1)", "order of a set"),
        ("def f(x, rows):\n    for each in set(x):\n        if each: rows[each] = 1", "order of a set"),
        ("def f(t): return t.timestamp()", "timestamp()"),
        (TIME + "def f(): return datetime(2026, 1, 1).timestamp()", "timestamp()"),
        (TIME + "def f(t): return t.replace(tzinfo=None).timestamp()", "timestamp()"),
        (TIME + "def f(t):\n    u = datetime.fromtimestamp(1, UTC)\n    u = t\n    return u.timestamp()", "timestamp()"),
    ],
)
def test_the_order_of_a_set_and_the_zone_of_the_machine_are_no_rules(tmp_path: Path, code: str, name: str) -> None:
    assert planted(tmp_path, code) == {name}


@pytest.mark.parametrize(
    "code",
    [
        "def f(x): return sorted(set(x)), len(set(x)), max(set(x)), {*x}, {each for each in set(x)}",
        "def f(x): return any(each > 1 for each in set(x))",
        "def f(x: set[int]): return list(x)",
        "def f(x):\n    found: set[int] = set()\n    return list(found)",
        "def f(x):\n    found = set(x)\n    found = sorted(found)\n    return list(found)",
        "def f(x): return list(dict.fromkeys(x))",
        SEEN_CLASS + "    return sorted(state.seen), len(state.seen), x in state.seen, any(each > x for each in state.seen)",
        SEEN_CLASS
        + "    return state.seen | state.held, state.seen - {x}, state.seen <= state.held, {each for each in state.seen}",
        SEEN_CLASS
        + "    return list(state.numbers), list(state.rows), list(state.names()), list(state.by_room), state.rows.pop(x)",
        SEEN_CLASS + "    (only,) = state.seen\n    return only, min(state.seen)",
        SEEN_CLASS
        + "    for each in state.seen:\n        if each != x: state.held.add(each)\n        state.rows.pop(each, None)",
        SEEN_CLASS
        + "    n = 0\n    for each in state.seen:\n        n += 1\n    return f'{n} {len(state.seen)} {sorted(state.seen)}'",
        "class One:\n    seen: set[str]\nclass Other:\n    seen: list[str]\ndef f(state): return list(state.seen)",
        "def found(x) -> list[str]: ...\ndef f(x): return list(found(x))",
        "def f(a, b): return list(a.keys()), list({**a, **b}), [*a]",
        "def f(seen: set[tuple[int, int]]): return list(seen)",
        "KINDS = frozenset(('a', 'b'))\ndef f(KINDS): return list(KINDS)",
        "def f(x):\n    seen = set(x)\n    for seen in x: yield list(seen)",
        TIME + "def f(t): return t.astimezone(UTC).timestamp()",
        TIME + "def f(): return datetime(2026, 1, 1, tzinfo=UTC).timestamp()",
        TIME + "def f(t):\n    u = t.replace(tzinfo=UTC)\n    return u.replace(fold=1).timestamp()",
    ],
)
def test_a_set_in_order_and_a_time_with_its_zone_are_rules(tmp_path: Path, code: str) -> None:
    assert planted(tmp_path, code) == set()


def planted(where: Path, code: str, *ends: str) -> set[str]:
    """What is found wrong in rules of this text: all, or what ends so."""
    path = where / "promo/rules.py"
    path.parent.mkdir()
    path.write_text(code, "utf-8")
    names = {line.partition(": ")[2] for line in impure(where)}
    return {name for name in names if name.endswith(ends or ("",)) and not name.startswith("datetime.")}


def test_the_features_are_pure_and_the_list_of_exceptions_is_no_longer_than_it_must_be(copy: Path) -> None:
    features = copy / "kaibo/features"
    assert impure(features) == []
    assert impure(features, {}) == [f"{place}: {name}" for place, name in SEEN.items()]
    for pattern in MACHINE:
        for path in features.glob(pattern):
            path.rename(path.with_name(f"listed_no_more_{path.name}"))
    seen = {line.partition(":")[0].replace("listed_no_more_", "") for line in impure(features)}
    assert {pattern for pattern in MACHINE if not any(fnmatch(file, pattern) for file in seen)} == set()


@pytest.mark.parametrize("package", ["core", "analysis"])
def test_what_features_lean_on_whole_is_as_pure(copy: Path, package: str) -> None:
    assert impure_below(copy / "kaibo" / package) == []
    plant(copy, f"kaibo/{package}/new.py", "import time\nfrom pathlib import Path\nfrom kaibo.kit import vault")
    assert [line.partition(": ")[2] for line in impure_below(copy / "kaibo" / package)] == [
        "time",
        "pathlib.Path",
        "kaibo.kit.vault",
    ]


@pytest.mark.parametrize(
    ("file", "line"), [("routes.py", "import sqlite3"), ("sheet.py", "import asyncio"), ("react.py", "import time")]
)
def test_an_exception_is_for_what_it_names_alone(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "promo" / file
    path.parent.mkdir()
    path.write_text(line, "utf-8")
    assert impure(tmp_path) == [f"promo/{file}: {line.partition(' ')[2]}"]


@pytest.mark.parametrize(
    "line",
    [
        "import time\nNOW = time.time()",
        "from datetime import datetime\nNOW = datetime.now()",
        "import uuid\nID = uuid.uuid4()",
        "import random\nN = random.random()",
    ],
)
def test_time_and_chance_come_in_by_the_door(copy: Path, line: str) -> None:
    assert run(copy, "ruff", "check", "--no-cache", "kaibo/kit/words.py").returncode == 0
    plant(copy, "kaibo/kit/words.py", line)
    answer = run(copy, "ruff", "check", "--no-cache", "--output-format=concise", "kaibo/kit/words.py")
    assert "TID251" in answer.stdout
