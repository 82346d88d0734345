"""What a file of a feature may lean on. Pure by default: all that is not on these lists is a clock, chance, a machine or somebody else's business.

Names are taken from the syntax tree, so that `import time as t`, `from kaibo import kit`, `from ...kit import vault` and
`kaibo.kit.vault` behind an innocent import are the same thing.
"""

import ast
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from types import ModuleType

from tests.disorder import disorder
from tests.remembered import dotted, full, remembered

PURE = (
    "array", "base64", "bisect", "collections", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib", "heapq", "hmac",
    "itertools", "math", "operator", "re", "statistics", "tomllib", "typing", "unicodedata", "urllib.parse", "xml.sax.saxutils", "zlib", "zoneinfo",
    "fractional_indexing", "msgspec", "pypinyin", "re2",
    "kaibo.analysis", "kaibo.core",
)  # fmt: skip
# Of numpy what is used: its other names are read, written or rolled in more places than anybody could list.
NUMPY = (
    "abs", "add", "append", "arange", "argmax", "argsort", "array", "asarray", "ascontiguousarray", "bincount", "bool_", "concatenate",
    "count_nonzero", "cumsum", "diff", "empty", "exp", "flatnonzero", "float64", "frexp", "frombuffer", "fromiter", "full", "full_like",
    "generic", "iinfo", "int32", "int64", "int8", "integer", "interp", "intp", "isin", "lexsort", "log", "maximum", "mean", "median",
    "minimum", "ones", "packbits", "repeat", "rint", "searchsorted", "sort", "sqrt", "stack", "typing.NDArray", "uint16", "uint32", "uint64",
    "uint8", "union1d", "unique", "unpackbits", "var", "where", "zeros",
)  # fmt: skip
PURE = (*PURE, *(f"numpy.{name}" for name in NUMPY))
NEVER = (
    "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
    "kaibo.analysis.book", "operator.methodcaller",
)  # fmt: skip
BUILTINS = (
    "__builtins__",
    "__import__",
    "__loader__",
    "__spec__",
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "globals",
    "hash",
    "id",
    "input",
    "locals",
    "open",
    "print",
)
CALLED = (
    "dump",
    "now",
    "samples",
    "today",
    "tofile",
    "utcnow",
)  # whatever it is called on: a clock, dice or a file behind another name
LOCAL = {"astimezone": 1, "fromtimestamp": 2}  # called with fewer arguments they take the zone of the machine
SHOWN = "kaibo.features.*.shown"
# The files that touch more than facts and states: why, and what they may use beside what is pure.
MACHINE = {
    "*/routes.py": ("kaibo.kit", "litestar", "asyncio", "secrets", SHOWN),  # HTTP: they ask the engine and answer
    "*/react.py": ("kaibo.kit", "asyncio", "logging", "pathlib", SHOWN),  # followers act with the engine in hand
    "*/sheet*.py": ("kaibo.kit", "openpyxl"),  # sheets of people, read and written through the kit's tables
    "comment/training.py": ("pathlib",),  # reads lessons and writes the model's file
    "*/paper.py": ("pathlib", "kaibo.kit.typeset"),  # sets pages in type
    "report/workbook.py": ("io", "openpyxl", "kaibo.kit.cells"),  # writes the report as a workbook
}
SEEN = {
    "audience/columns.py": "_made changes",  # columns are handed to who reads them next; the same bytes give the same ones
    "charter/table.py": "order of a set",  # who holds one of the roles alone; of several the first in the order of the roles
    "moderation/words.py": "re2.*",  # the package brings no types: it is named anew as Any
}
APART = {
    "analysis/book.py": ("pathlib",),  # reads the book of figures; no feature may know it
    "core/slice.py": ("inspect.signature",),  # once, when one is made: whether its functions take what they will be called with
}
READERS = (
    "report/report.py",
    "report/rows.py",
    "report/moves.py",
    "report/viewers.py",
    "report/team.py",
    "roster/handover.py",
    "roster/figures.py",
)  # the report, the hand-over sheet and figures by shift are made of what others show


def impure(features: Path, seen: Mapping[str, str] = SEEN) -> list[str]:
    """`promo/rules.py: time.time` for each name that a file of this folder may not use."""
    found: list[str] = []
    for path in sorted(features.glob("*/**/*.py")):
        place = path.relative_to(features).as_posix()
        if "tests" not in path.parts:
            names = dict.fromkeys(_used(ast.parse(path.read_text("utf-8")), ("kaibo", "features", *place.split("/")[:-1])))
            found += [f"{place}: {name}" for name in names if name != seen.get(place) and not _may(place, name)]
    return found


def impure_below(package: Path) -> list[str]:
    """The same of what features lean on whole: `core/money.py: time.time`."""
    found: list[str] = []
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package.parent).as_posix()
        if "tests" not in path.parts and path.name != "__main__.py":
            names = dict.fromkeys(_used(ast.parse(path.read_text("utf-8")), ("kaibo", *place.split("/")[:-1])))
            more = APART.get(place, ())
            found += [f"{place}: {name}" for name in names if not (_pure(name) or any(_below(name, extra) for extra in more))]
    return found


def _pure(name: str) -> bool:
    return name == "numpy" or (not _never(name) and any(_below(name, known) for known in PURE))


def _never(name: str) -> bool:
    """A clock, chance, a machine; all of a module at once; or a module that is reached through another."""
    hidden = any(_below(name, known) for known in PURE) and _foreign(name)
    return hidden or name.endswith(".*") or any(_below(name, never) for never in NEVER)


def _foreign(name: str) -> bool:
    """`statistics.random`: a module that another one happens to have imported."""
    parts = name.split(".")
    modules = [module for end in range(1, len(parts) + 1) if (module := _module(".".join(parts[:end])))]
    return any(not any(_below(module, known) or _below(known, module) for known in PURE) for module in modules)


@cache
def _module(name: str) -> str:
    """The true name of the module that a name leads to; "" where it leads to none."""
    try:
        found = resolve_name(name)
    except (ImportError, AttributeError, ValueError):
        return ""
    return found.__name__ if isinstance(found, ModuleType) else ""


def _may(place: str, name: str) -> bool:
    if _never(name):
        return False
    more = tuple(extra for pattern, extras in MACHINE.items() if fnmatch(place, pattern) for extra in extras)
    readings = (SHOWN,) if place in READERS else ()
    if _pure(name) or any(_below(name, known) for known in (*more, *readings)):
        return True
    feature, _, module = name.removeprefix("kaibo.features.").partition(".")
    if not name.startswith("kaibo.features.") or not module:
        return False
    own, file = place.split("/", maxsplit=1)[0] == feature, f"{feature}/{module.split('.')[0]}.py"
    if file.endswith("/shown.py"):
        return own
    return bool(more) or place.endswith("/feature.py") or not any(fnmatch(file, pattern) for pattern in MACHINE)


def _below(name: str, known: str) -> bool:
    parts, wanted = name.split("."), known.split(".")
    return len(parts) >= len(wanted) and all(fnmatch(part, one) for part, one in zip(parts, wanted, strict=False))


def _used(tree: ast.Module, package: tuple[str, ...]) -> Iterator[str]:
    """Full names of what is imported, of what is reached through it by dots, and builtins that reach outside."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    known[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
                    yield alias.name
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join((*(package[: len(package) - level + 1] if level else ()), *([module] if module else ())))
                for alias in names:
                    known[alias.asname or alias.name] = f"{base}.{alias.name}"
                    yield f"{base}.{alias.name}"
            case _:
                pass
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    rooted = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    yield from remembered(tree, known, [name for name, whole in known.items() if _module(whole)])
    yield from disorder(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in BUILTINS and name not in bound:
                yield name
            case ast.Name(id=name, ctx=ast.Load()) if id(node) not in rooted and _module(known.get(name, "")):
                yield f"{known[name]}.*"  # a module handed on: nobody sees what is reached through it
            case ast.Call(func=ast.Name(id=name)) if name in BUILTINS:
                yield name
            case ast.Call(func=ast.Attribute(attr=name)) if name in CALLED or len(node.args) + len(node.keywords) < LOCAL.get(
                name, 0
            ):
                yield f"{name}()"
            case ast.Call(func=func, args=args) if full(func, known) == "operator.attrgetter":
                yield from (f"{each}()" for each in map(_got, args) if each in CALLED or not each)
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), *_]) if name in CALLED:
                yield f"{name}()"
            case ast.Call(func=ast.Name(id="vars"), args=[ast.Name(id=name)]) if name in known:
                yield "vars"  # what is taken out of it by a text
            case ast.Attribute(attr="__dict__"):
                yield "__dict__"
            case ast.Attribute() if dotted(node).partition(".")[0] in known:
                yield full(node, known)
            case _:
                pass


def _got(name: ast.expr) -> str:
    """What `attrgetter` gets last by this name; "" where nobody can see it."""
    return name.value.rpartition(".")[2] if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
