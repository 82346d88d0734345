"""What a file of a feature would remember from one stream to the next: whatever its functions change that is not their own.

Names of the module and of what it imports are outside; so is what a function reaches from them, by whatever name of its own.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

CHANGING = (
    "add", "append", "appendleft", "clear", "difference_update", "discard", "extend", "extendleft", "insert", "intersection_update",
    "move_to_end", "pop", "popitem", "popleft", "remove", "reverse", "rotate", "setdefault", "sort", "symmetric_difference_update",
    "update", "__delattr__", "__delitem__", "__iadd__", "__iand__", "__ior__", "__isub__", "__ixor__", "__next__", "__setattr__", "__setitem__",
)  # fmt: skip
# Functions that change what they are handed first.
CHANGERS = (
    "next", "setattr", "delattr", "bisect.insort", "bisect.insort_left", "bisect.insort_right",
    "heapq.heapify", "heapq.heappop", "heapq.heappush", "heapq.heappushpop", "heapq.heapreplace",
    "operator.delitem", "operator.iadd", "operator.iand", "operator.iconcat", "operator.ior", "operator.isub", "operator.ixor",
    "operator.setitem", "msgspec.structs.force_setattr",
)  # fmt: skip
TYPES = ("bytearray", "dict", "list", "object", "set")  # `list.append(SEEN, x)` is `SEEN.append(x)`
REACHING = ("get", "items", "values", "__getitem__")  # what they give is part of what they are asked of
THROUGH = ("enumerate", "getattr", "iter", "reversed", "vars", "zip")  # the same of what they are handed
CLASSES = {"type()", "__class__", "cls"}  # a class outlives its objects, by whichever of these a method comes to it
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Body(NamedTuple):
    """A function as it is looked at: its names, the names it gives with what they are reached from, the names something of which changes."""

    function: Function
    nodes: list[ast.AST]
    own: set[str]
    given: list[tuple[list[str], set[str]]]
    changed: dict[str, None]


def remembered(tree: ast.Module, known: Mapping[str, str], modules: Collection[str]) -> Iterator[str]:
    """`SEEN changes` for each name from outside that a function changes; `make remembers` for one that hands out what it keeps.

    `known`: full names of what is imported. `modules`: those of them that are modules; `np.sort` is a function, and no list is sorted.
    """
    outside = {*known, *(name for node in tree.body for name in _bound(node))} - set(modules)
    lists = {name for node in tree.body if _is_list(node) for name in _bound(node)}
    bodies = {node: _body(node, known) for node in ast.walk(tree) if isinstance(node, Function)}
    top = {node.name: bodies[node] for node in tree.body if isinstance(node, ast.FunctionDef)}
    changers = {name: _changed_arguments(body) for name, body in top.items()}
    for body in bodies.values():
        reach, growing = _reach(body, (outside - body.own) | CLASSES), set(_named_anew(body, lists - body.own))
        yield from (f"{name} changes" for name in body.changed if name in reach)
        for node in body.nodes:
            match node:
                case ast.Global(names=names):
                    yield from (f"{name} changes" for name in names)
                case ast.AugAssign(target=ast.Name(id=name)) if name in growing:
                    yield f"{name} changes"  # `+=` makes a list longer, and a number another one
                case ast.Call(func=ast.Name(id=name), args=args) if name in changers:
                    handed = (value for value, changes in zip(args, changers[name], strict=False) if changes)
                    yield from (f"{each} changes" for value in handed for each in _roots(value) if each in reach)
                case _:
                    pass
    keepers = {
        name
        for name, body in top.items()
        if _keeps(body, [bodies[each] for each in body.nodes[1:] if isinstance(each, Function)])
    }
    yield from (f"{name} remembers" for node in tree.body for name in _made_at_import(node) if name in keepers)


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it is written; "" where it is something else."""
    match node:
        case ast.Attribute(value=value, attr=attr):
            return f"{front}.{attr}" if (front := dotted(value)) else ""
        case ast.Name(id=name):
            return name
        case _:
            return ""


def full(node: ast.expr, known: Mapping[str, str]) -> str:
    """`datetime.datetime.now` of `d.now`."""
    root, _, rest = dotted(node).partition(".")
    return ".".join(filter(None, (known.get(root, ""), rest)))


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module gives."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield from _stored(node)


def _stored(node: ast.AST) -> Iterator[str]:
    yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store))


def _body(function: Function, known: Mapping[str, str]) -> Body:
    nodes = list(ast.walk(function))
    own = {each.arg for each in nodes if isinstance(each, ast.arg)}
    own |= {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    given = [(names, roots) for node in nodes for names, value in _given(node) if (roots := set(_roots(value)))]
    changed = dict.fromkeys(name for node in nodes for value in _changing(node, known) for name in _roots(value))
    return Body(function, nodes, own, given, changed)


def _is_list(node: ast.stmt) -> bool:
    """Whether what is given a name here grows in place."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    grows = isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)
    return grows or (isinstance(value, ast.Call) and dotted(value.func).rpartition(".")[2] in {*TYPES, "deque", "Counter"})


def _roots(node: ast.expr) -> Iterator[str]:
    """The names that a value is reached from: `SEEN` of `SEEN[0].rows`."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.Attribute(attr="__class__"):
            yield "__class__"
        case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Starred(value=value) | ast.NamedExpr(value=value):
            yield from _roots(value)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_roots(body), *_roots(orelse))
        case ast.BoolOp(values=values):
            yield from (name for value in values for name in _roots(value))
        case ast.Call(func=ast.Attribute(value=value, attr=how)) if how in REACHING:
            yield from _roots(value)
        case ast.Call(func=ast.Name(id="type"), args=[_]):
            yield "type()"
        case ast.Call(func=ast.Name(id=name), args=args) if name in THROUGH:
            yield from (name for value in args for name in _roots(value))
        case _:
            pass


def _reach(body: Body, outside: set[str]) -> set[str]:
    """The names from outside and those of the function that stand for them, or for part of them."""
    reach = set(outside)
    while more := {name for names, roots in body.given if roots & reach for name in names} - reach:
        reach |= more
    return reach


def _given(node: ast.AST) -> Iterator[tuple[list[str], ast.expr]]:
    """Names that are given here, and to what."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield [name for target in targets for name in _stored(target)], value
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield list(_stored(target)), value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield list(_stored(target)), value
        case ast.arguments():
            named = [*node.posonlyargs, *node.args]
            pairs = [*zip(named[::-1], node.defaults[::-1], strict=False), *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
            yield from (([argument.arg], value) for argument, value in pairs if value is not None)
        case _:
            pass


def _named_anew(body: Body, lists: set[str]) -> Iterator[str]:
    """Names of the function that are these lists themselves."""
    given = (node for node in body.nodes if isinstance(node, ast.Assign) and dotted(node.value) in lists)
    yield from (name for node in given for name in _stored(node))


def _changing(node: ast.AST, known: Mapping[str, str]) -> Iterator[ast.expr]:
    """What changes here."""
    match node:
        case ast.Attribute(value=value, ctx=ast.Store() | ast.Del()) | ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
            yield value
        case ast.Attribute(value=value, attr=how) if how in CHANGING:
            yield value  # called at once, or handed on to be called
        case ast.Call(func=func, args=[first, *_], keywords=keywords):
            if _changes_first(func, known):
                yield first
            yield from (each.value for each in keywords if each.arg == "out")
        case _:
            pass


def _changes_first(func: ast.expr, known: Mapping[str, str]) -> bool:
    name = full(func, known) if dotted(func).partition(".")[0] in known else dotted(func)
    kind, _, how = name.rpartition(".")
    return name in CHANGERS or (how in CHANGING and (kind in TYPES or kind.startswith("collections.")))


def _changed_arguments(body: Body) -> list[bool]:
    """Of each argument whether the function changes it."""
    arguments = body.function.args
    return [not _reach(body, {each.arg}).isdisjoint(body.changed) for each in (*arguments.posonlyargs, *arguments.args)]


def _keeps(body: Body, inside: list[Body]) -> bool:
    """Whether a function inside it changes what is this one's: each call of that one finds what the last one left."""
    own = body.own - {name for each in inside for name in each.own}
    return any(isinstance(node, ast.Nonlocal) for node in body.nodes) or any(
        not _reach(each, own).isdisjoint(each.changed) for each in inside
    )


def _made_at_import(node: ast.stmt) -> Iterator[str]:
    """Functions that are called while the module is imported, or that dress one of its functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        for each in node.decorator_list:
            yield dotted(each.func if isinstance(each, ast.Call) else each)
    elif isinstance(node, ast.ClassDef):
        for each in node.body:
            yield from _made_at_import(each)
    else:
        yield from (each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name))
