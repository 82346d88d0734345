"""What differs from machine to machine and from run to run without any clock: the order of a set of texts, and the zone of the machine."""

import ast
from collections.abc import Callable, Collection, Iterator

SETS = ("set", "frozenset")
OF_SETS = ("difference", "intersection", "symmetric_difference", "union")
ORDERED = ("dict.fromkeys", "enumerate", "iter", "list", "map", "tuple", "zip")  # they keep the order of what they are handed
BLIND = ("all", "any", "frozenset", "len", "max", "min", "set", "sorted", "sum")  # it is all the same to them
ADDED = ("extend", "join")
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def disorder(tree: ast.AST) -> Iterator[str]:
    """`order of a set` where one is gone through as it lies, for the hash of a text is another one each run; `timestamp()` of a naive time."""
    blind = {id(each) for node in ast.walk(tree) if _name_of(node) in BLIND for each in _arguments(node)}
    for scope in (node for node in ast.walk(tree) if isinstance(node, ast.Module | Function)):
        nodes = list(_inside(scope))
        given = [each for node in nodes for each in _given(node)]
        sets, zoned = _names(given, _is_set) | _declared(scope), _names(given, _is_zoned)
        for node in nodes:
            if id(node) not in blind and any(_is_set(each, sets) for each in _gone_through(node)):
                yield "order of a set"
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr="timestamp")) if not _is_zoned(value, zoned):
                    yield "timestamp()"
                case _:
                    pass


def _inside(scope: ast.AST) -> Iterator[ast.AST]:
    """What runs in a module or function itself: functions in it are scopes of their own."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def _names(given: list[tuple[str, ast.expr]], kind: Callable[[ast.expr, Collection[str]], bool]) -> set[str]:
    """Names of which everything that they are given is of this kind."""
    found = {name for name, _ in given}
    while lost := {name for name in found if not all(kind(value, found) for other, value in given if other == name)}:
        found -= lost
    return found


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind, value=ast.expr() as value):
            yield name, (ast.Constant(0) if _is_of_numbers(kind) else value)
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case _:
            pass


def _declared(scope: ast.AST) -> set[str]:
    """Arguments that are said to be sets."""
    if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        return set()
    arguments = (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)
    return {
        each.arg
        for each in arguments
        if each.annotation and _is_set_type(each.annotation) and not _is_of_numbers(each.annotation)
    }


def _is_set_type(node: ast.expr) -> bool:
    kind = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(kind, ast.Name) and kind.id in SETS


def _is_of_numbers(kind: ast.expr) -> bool:
    """The hash of a number is the number: these lie the same way each run."""
    return ast.unparse(kind) in {f"{name}[int]" for name in SETS}


def _is_set(node: ast.expr, sets: Collection[str]) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id=name):
            return name in sets
        case ast.Call(func=ast.Attribute(value=value, attr=how)) if how in OF_SETS:
            return _is_set(value, sets)
        case ast.Call(func=func):
            return _is_set_type(func)
        case ast.BinOp(left=left, op=ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor() as op, right=right):
            keys = not isinstance(op, ast.BitOr) and _is_keys(left)
            return keys or _is_set(left, sets) or (not isinstance(op, ast.Sub) and _is_set(right, sets))
        case ast.IfExp(body=body, orelse=orelse):
            return _is_set(body, sets) or _is_set(orelse, sets)
        case _:
            return False


def _is_keys(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keys"


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
        case ast.For(iter=value):
            yield value
        case ast.ListComp(generators=generators) | ast.DictComp(generators=generators) | ast.GeneratorExp(generators=generators):
            yield from (each.iter for each in generators)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (each.value for each in parts if isinstance(each, ast.Starred))
        case ast.YieldFrom(value=value):
            yield value
        case ast.Call(args=args) if _name_of(node) in ORDERED or (
            isinstance(node.func, ast.Attribute) and node.func.attr in ADDED
        ):
            yield from args
        case ast.Call(args=args) if _name_of(node) not in BLIND:
            yield from (each.value for each in args if isinstance(each, ast.Starred))
        case _:
            pass


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
