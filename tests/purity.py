"""What a file of a feature may lean on. Pure by default: all that is not on these lists is a clock, chance, a machine or somebody else's business.

Names are taken from the syntax tree, so that `import time as t`, `from kaibo import kit`, `from ...kit import vault` and
`kaibo.kit.vault` behind an innocent import are the same thing.
"""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

PURE = (
    "array", "base64", "bisect", "collections", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib", "heapq", "hmac",
    "itertools", "math", "operator", "re", "statistics", "typing", "unicodedata", "urllib.parse", "xml.sax.saxutils", "zlib", "zoneinfo",
    "fractional_indexing", "msgspec", "numpy", "pypinyin", "re2",
    "kaibo.analysis", "kaibo.core",
)  # fmt: skip
NEVER = (
    "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
    "numpy.fromfile", "numpy.load", "numpy.memmap", "numpy.random", "numpy.save",
)  # fmt: skip
BUILTINS = (
    "__builtins__",
    "__import__",
    "__loader__",
    "__spec__",
    "breakpoint",
    "eval",
    "exec",
    "globals",
    "input",
    "open",
    "print",
)
SHOWN = "kaibo.features.*.shown"
# The files that touch more than facts and states: why, and what they may use beside what is pure.
MACHINE = {
    "*/routes.py": ("kaibo.kit", "litestar", "asyncio", "secrets", SHOWN),  # HTTP: they ask the engine and answer
    "*/react.py": ("kaibo.kit", "asyncio", "logging", "pathlib", SHOWN),  # followers act with the engine in hand
    "*/sheet*.py": ("kaibo.kit", "openpyxl"),  # sheets of people, read and written through the kit's tables
    "comment/training.py": ("pathlib",),  # reads lessons and writes the model's file
    "report/paper.py": ("pathlib", "noto_cjk_sans_otc", "typst"),  # sets the report in type
    "report/workbook.py": ("io", "openpyxl"),  # writes the report as a workbook
}
READERS = ("report/report.py", "report/rows.py", "report/moves.py", "report/viewers.py")  # the report is made of what others show


def impure(features: Path) -> list[str]:
    """`promo/rules.py: time.time` for each name that a file of this folder may not use."""
    found: list[str] = []
    for path in sorted(features.glob("*/**/*.py")):
        place = path.relative_to(features).as_posix()
        if "tests" not in path.parts:
            names = dict.fromkeys(_used(ast.parse(path.read_text("utf-8")), ("kaibo", "features", *place.split("/")[:-1])))
            found += [f"{place}: {name}" for name in names if not _may(place, name)]
    return found


def _may(place: str, name: str) -> bool:
    if any(_below(name, never) for never in NEVER):
        return False
    more = tuple(extra for pattern, extras in MACHINE.items() if fnmatch(place, pattern) for extra in extras)
    readings = (SHOWN,) if place in READERS else ()
    if any(_below(name, known) for known in (*PURE, *more, *readings)):
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


def _used(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
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
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in BUILTINS:
                yield name
            case ast.Name(id=name) if name in BUILTINS and name not in bound:
                yield name
            case ast.Attribute() if (dotted := _dotted(node)) and dotted.partition(".")[0] in known:
                root, _, rest = dotted.partition(".")
                yield f"{known[root]}.{rest}"
            case _:
                pass


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=value, attr=attr):
            return f"{front}.{attr}" if (front := _dotted(value)) else ""
        case ast.Name(id=name):
            return name
        case _:
            return ""
