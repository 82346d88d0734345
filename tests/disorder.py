"""What differs from machine to machine and from run to run without any clock: the order of a set of texts, and the zone of the machine."""

import ast
from collections.abc import Collection, Iterator

from tests.kinds import SET, Function, Kinds, house, inside, kinds_in, said

ORDERED = ("dict.fromkeys", "enumerate", "iter", "list", "map", "tuple", "zip")  # they keep the order of what they are handed
WRITTEN = ("format", "repr", "str")  # as it lies, one after another
BLIND = ("all", "any", "frozenset", "len", "max", "min", "set", "sorted", "sum")  # it is all the same to them
ADDED = ("extend", "join")


def disorder(tree: ast.Module) -> Iterator[str]:
    """`order of a set` where one is gone through as it lies, for the hash of a text is another one each run; `timestamp()` of a naive time."""
    blind = {id(each) for node in ast.walk(tree) if _name_of(node) in BLIND for each in _arguments(node)}
    known = kinds_in(tree, Kinds({}, said(tree), house()))
    for scope in (node for node in ast.walk(tree) if isinstance(node, ast.Module | Function)):
        nodes = list(inside(scope))
        kinds = known if scope is tree else kinds_in(scope, known)
        zoned = _zoned(nodes)
        for node in nodes:
            if id(node) not in blind and any(kinds.of(each) == SET for each in _gone_through(node)):
                yield "order of a set"
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr="timestamp")) if not _is_zoned(value, zoned):
                    yield "timestamp()"
                case _:
                    pass


def _zoned(nodes: list[ast.AST]) -> set[str]:
    """Names of which everything that they are given is a time that knows its zone."""
    given = [each for node in nodes for each in _given(node)]
    found = {name for name, _ in given}
    while lost := {name for name in found if not all(_is_zoned(value, found) for other, value in given if other == name)}:
        found -= lost
    return found


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case _:
            pass


def _name_of(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Subscript(value=ast.Name(id=name))):
            return name  # `frozenset[str](…)`
        case ast.Call(func=ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys")):
            return "dict.fromkeys"
        case _:
            return ""


def _arguments(node: ast.AST) -> list[ast.expr]:
    return node.args if isinstance(node, ast.Call) else []


def _gone_through(node: ast.AST) -> Iterator[ast.expr]:
    """What is gone through here one after another, so that its order is that of what comes of it."""
    match node:
        case ast.For(iter=value) if not all(map(_is_same_in_any_order, node.body)):
            yield value
        case ast.ListComp(generators=generators) | ast.DictComp(generators=generators) | ast.GeneratorExp(generators=generators):
            yield from (each.iter for each in generators)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (each.value for each in parts if isinstance(each, ast.Starred))
        case ast.YieldFrom(value=value) | ast.FormattedValue(value=value):
            yield value
        case ast.Assign(targets=[ast.Tuple(elts=[_, _, *_]) | ast.List(elts=[_, _, *_])], value=value):
            yield value  # the only one of a set is that one in any order
        case ast.Call(func=ast.Attribute(value=value, attr="pop"), args=[]):
            yield value  # whichever lies first
        case ast.Call(args=args) if _name_of(node) in (*ORDERED, *WRITTEN) or (
            isinstance(node.func, ast.Attribute) and node.func.attr in ADDED
        ):
            yield from args
        case ast.Call(args=args) if _name_of(node) not in BLIND:
            yield from (each.value for each in args if isinstance(each, ast.Starred))
        case _:
            pass


def _is_same_in_any_order(step: ast.stmt) -> bool:
    """What is put into sets, taken out of tables or counted is the same whatever comes first."""
    match step:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() | ast.Attribute(), attr="add" | "discard" | "remove"))):
            return True
        case (
            ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() | ast.Attribute(), attr="pop"), args=[_, *_]))
            | ast.Delete()
            | ast.Continue()
            | ast.Pass()
        ):
            return True
        case ast.AugAssign(op=ast.Add() | ast.Sub(), value=ast.Constant(value=int())):
            return True
        case ast.If(body=body, orelse=orelse) | ast.For(body=body, orelse=orelse):
            return all(map(_is_same_in_any_order, (*body, *orelse)))
        case _:
            return False


def _is_zoned(node: ast.expr, zoned: Collection[str]) -> bool:
    """Whether anybody can see that this time knows its zone."""
    match node:
        case ast.Name(id=name):
            return name in zoned
        case ast.Call(func=ast.Attribute(attr="astimezone"), args=[_]):
            return True
        case ast.Call(func=ast.Attribute(attr="fromtimestamp"), args=[_, _]):
            return True
        case ast.Call(func=func, keywords=keywords):
            told = [each.value for each in keywords if each.arg in {"tz", "tzinfo"}]
            if told:
                return not any(isinstance(each, ast.Constant) for each in told)
            return isinstance(func, ast.Attribute) and func.attr == "replace" and _is_zoned(func.value, zoned)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub()):
            return _is_zoned(left, zoned)  # so much later or earlier
        case _:
            return False
