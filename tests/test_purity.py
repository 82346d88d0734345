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
    ],
)
@pytest.mark.parametrize("file", ["rules.py", "view.py", "slices.py", "some_new_name.py"])
def test_a_file_of_a_feature_is_pure_unless_it_is_listed(tmp_path: Path, file: str, line: str, name: str) -> None:
    path = tmp_path / "promo" / file
    path.parent.mkdir()
    path.write_text(f'"""Some rules."""\n\n{line}\n', "utf-8")
    assert f"promo/{file}: {name}" in impure(tmp_path)


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
