"""What is a set, or a table of sets, as far as a file says: by how it is made, or by what it is annotated as, here or anywhere in the house."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tests.served import ROOT

SET, MAP = "set", "map of sets"
SETS = ("set", "frozenset")
SAID_SETS = (*SETS, "AbstractSet", "MutableSet", "Set")
SAID_MAPS = ("Mapping", "MutableMapping", "OrderedDict", "defaultdict", "dict")
AROUND = ("Annotated", "ClassVar", "Final")
NUMBERS = ("bool", "float", "int")
OF_SETS = ("difference", "intersection", "symmetric_difference", "union")
TAKEN = ("get", "pop", "setdefault")
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Said(NamedTuple):
    """What fields and functions are annotated as, by name."""

    fields: Mapping[str, set[str]]
    functions: Mapping[str, set[str]]


class Kinds(NamedTuple):
    """What names, fields and functions are: of a field that this file does not declare, what all that are called so in the house are."""

    names: Mapping[str, str]
    own: Said
    house: Said

    def field(self, name: str) -> str:
        return _one(self.own.fields.get(name) or self.house.fields.get(name))

    def function(self, name: str) -> str:
        return _one(self.own.functions.get(name) or self.house.functions.get(name))

    def of(self, node: ast.expr) -> str:
        return kind_of(node, self)


def _one(kinds: set[str] | None) -> str:
    return next(iter(kinds)) if kinds and len(kinds) == 1 else ""


@cache
def house() -> Said:
    """What all files of the house say together."""
    made = Said({}, {})
    for path in (ROOT / "kaibo").rglob("*.py"):
        if "tests" not in path.parts:
            for mine, theirs in zip(made, said(ast.parse(path.read_text("utf-8"))), strict=True):
                for name, kinds in theirs.items():
                    mine[name] = mine.get(name, set[str]()) | kinds
    return made


def said(tree: ast.AST) -> Said:
    """What a file says of its fields and functions."""
    fields, functions = dict[str, set[str]](), dict[str, set[str]]()
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(body=body):
                for each in body:
                    if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                        fields.setdefault(each.target.id, set()).add(kind_said(each.annotation))
            case ast.AnnAssign(target=ast.Attribute(attr=name), annotation=kind):
                fields.setdefault(name, set()).add(kind_said(kind))
            case ast.FunctionDef(name=name, returns=returns) | ast.AsyncFunctionDef(name=name, returns=returns):
                known = fields if any(ast.unparse(each).endswith("property") for each in node.decorator_list) else functions
                known.setdefault(name, set()).add(kind_said(returns) if returns else "")
            case _:
                pass
    return Said(fields, functions)


def kind_said(node: ast.expr) -> str:
    """The kind that an annotation says."""
    match node:
        case ast.Constant(value=str(text)):
            return kind_said(ast.parse(text, mode="eval").body)
        case ast.BinOp(left=left, right=right):
            return kind_said(left) or kind_said(right)
        case ast.Subscript(slice=of) if _called(node.value) in SAID_SETS:
            return "" if _is_of_numbers(of) else SET
        case ast.Subscript(slice=ast.Tuple(elts=[_, held])) if _called(node.value) in SAID_MAPS:
            return MAP if kind_said(held) == SET else ""
        case ast.Subscript(slice=held) if _called(node.value) in AROUND:
            return kind_said(held.elts[0] if isinstance(held, ast.Tuple) else held)
        case ast.Name() | ast.Attribute():
            return SET if _called(node) in SAID_SETS else ""
        case _:
            return ""


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_of_numbers(kind: ast.expr) -> bool:
    """The hash of a number is the number: these lie the same way each run."""
    names = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
    return bool(names) and names <= {*NUMBERS, "tuple"}


def kind_of(node: ast.expr, kinds: Kinds) -> str:
    """What an expression is: a set, a table of sets, or neither as far as anybody sees."""
    match node:
        case ast.Set() | ast.SetComp():
            return SET
        case ast.Name(id=name):
            return kinds.names.get(name, "")
        case ast.Attribute(attr=name):
            return kinds.field(name)
        case ast.Subscript(value=value):
            return SET if kinds.of(value) == MAP else ""
        case ast.IfExp(body=one, orelse=other):
            return kinds.of(one) or kinds.of(other)
        case ast.BoolOp(values=values):
            return next(filter(None, map(kinds.of, values)), "")
        case ast.NamedExpr(value=value):
            return kinds.of(value)
        case ast.BinOp(op=ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor()):
            return _combined(node, kinds)
        case ast.Call():
            return _answered(node, kinds)
        case _:
            return ""


def _combined(node: ast.BinOp, kinds: Kinds) -> str:
    sides = [node.left] if isinstance(node.op, ast.Sub) else [node.left, node.right]
    return SET if any(_is_keys(side) or kinds.of(side) == SET for side in sides) else ""


def _is_keys(node: ast.expr) -> bool:
    """Keys lie in order; what is made of two of them is a set."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keys"


def _answered(node: ast.Call, kinds: Kinds) -> str:
    match node.func:
        case ast.Attribute(value=ast.Name(id="touched"), attr="of"):
            return SET  # keys of slices
        case ast.Attribute(value=value, attr=how) if how in OF_SETS and (_called(value) in SETS or kinds.of(value) == SET):
            return SET
        case ast.Attribute(value=value, attr=how) if how in TAKEN and kinds.of(value) == MAP:
            return SET
        case ast.Attribute(value=value, attr="copy"):
            return kinds.of(value)
        case ast.Attribute(attr=name):
            return kinds.function(name)
        case ast.Name(id="defaultdict") if any(_called(each) in SETS for each in node.args):
            return MAP
        case ast.Name(id=name) if name not in SETS:
            return kinds.function(name)
        case func:
            return kind_said(func)


def inside(scope: ast.AST) -> Iterator[ast.AST]:
    """What runs in a module or function itself: functions in it are scopes of their own."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def kinds_in(scope: ast.AST, around: Kinds) -> Kinds:
    """What is known in a module or function: names of which everything that they are given is of one kind, and those around it."""
    given = dict[str, list[ast.expr | str]]()
    for name, value in (*_declared(scope), *(each for node in inside(scope) for each in _given(node))):
        given.setdefault(name, []).append(value)
    known = around._replace(names={name: kind for name, kind in around.names.items() if name not in given})
    for kind in (MAP, SET):
        known = _with_all(kind, given, known)
    return known


def _with_all(kind: str, given: Mapping[str, list[ast.expr | str]], known: Kinds) -> Kinds:
    """The same with the names of one kind: whoever is given anything else is none of it, nor is what it is given to."""
    maybe = [name for name in given if name not in known.names]
    while True:
        all_of_them = known._replace(names={**known.names, **dict.fromkeys(maybe, kind)})
        kept = [name for name in maybe if all(_is(value, kind, all_of_them) for value in given[name])]
        if kept == maybe:
            return all_of_them
        maybe = kept


def _is(value: ast.expr | str, kind: str, known: Kinds) -> bool:
    return (value if isinstance(value, str) else known.of(value)) == kind


def _declared(scope: ast.AST) -> Iterator[tuple[str, str]]:
    """Arguments, and what they are said to be."""
    if isinstance(scope, Function):
        for each in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs):
            yield each.arg, kind_said(each.annotation) if each.annotation else ""


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr | str]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
            yield name, kind_said(kind)
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.For(target=target, iter=source) | ast.comprehension(target=target, iter=source):
            yield from _held(target, source)
        case _:
            pass


def _held(target: ast.expr, source: ast.expr) -> Iterator[tuple[str, ast.expr | str]]:
    """What is gone through by `values()` and `items()` of a table is what it holds."""
    match target, source:
        case ast.Name(id=name), ast.Call(func=ast.Attribute(value=value, attr="values")):
            yield name, ast.Subscript(value=value)
        case ast.Tuple(elts=[_, ast.Name(id=name)]), ast.Call(func=ast.Attribute(value=value, attr="items")):
            yield name, ast.Subscript(value=value)
        case _:
            yield from ((node.id, "") for node in ast.walk(target) if isinstance(node, ast.Name))
