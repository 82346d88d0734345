"""Every way a file's rules can be bent or deleted: one small edit of the source each, found in its syntax tree."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

FLIPPED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
SIGNS: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.FloorDiv: "*", ast.Div: "*", ast.Mod: "*"}
EITHER = (ast.BitOr, ast.BitAnd)
TIDYING = ("strip", "casefold", "lower", "upper")
SWORN = ("strict",)  # of `zip`: no rule but an assertion
WORDS_OF_A_REFUSAL = ("code", "status")  # the seam's, not a rule's


class Mutant(msgspec.Struct, frozen=True):
    """One edit: in which file and function (a path and `Class.method`, "" at module level), at which line, from what to what."""

    path: str
    where: str
    line: int
    change: str
    source: str

    @property
    def name(self) -> str:
        """What it is called from run to run, also when lines move."""
        return f"{self.path}::{self.where or '-'}: {self.change}"


def mutants_of(path: str, source: str) -> list[Mutant]:
    """All mutants of a file, in the order of the text."""
    bender = _Bender(path, source.encode())
    bender.body(ast.parse(source).body)
    seen: Counter[str] = Counter()
    found: list[Mutant] = []
    for mutant in bender.found:
        seen[mutant.name] += 1
        again = f" (no. {seen[mutant.name]})" if seen[mutant.name] > 1 else ""
        found.append(Mutant(mutant.path, mutant.where, mutant.line, mutant.change + again, mutant.source))
    return found


def _one_line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 90 else f"{joined[:60]} … {joined[-27:]}"


def _keeps(target: ast.expr) -> bool:
    """Whether it writes something that outlives the function: without a name's value nothing after it would run."""
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return not any(isinstance(part, ast.Name) for part in parts)


def _compiles(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class _Bender:
    """Walks a tree; `where` is the function it is in. Annotations, imports, decorators and docstrings are no rules."""

    def __init__(self, path: str, source: bytes) -> None:
        """Nothing found yet."""
        self.path = path
        self.source = source
        self.found: list[Mutant] = []
        self.names: list[str] = []
        self.inside = 0  # functions deep
        starts = [0]
        for line in source.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self.starts = starts

    # text
    def span(self, node: ast.AST) -> tuple[int, int]:
        """From and to, in bytes."""
        begin = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        return begin, end

    def text(self, node: ast.AST) -> str:
        """A node as it is written."""
        begin, end = self.span(node)
        return self.source[begin:end].decode()

    def bend(self, node: ast.AST, into: str, what: str = "") -> None:
        """One mutant: this node reads otherwise. It is told by the node, or by `what` where that says more."""
        begin, end = self.span(node)
        bent = self.source[:begin] + into.encode() + self.source[end:]
        change = what or f"{_one_line(self.text(node))} → {_one_line(into)}"
        if _compiles(bent):
            self.found.append(Mutant(self.path, ".".join(self.names), node.lineno, change, bent.decode()))  # type: ignore[attr-defined]

    # statements
    def body(self, nodes: Sequence[ast.stmt]) -> None:
        """Statements one after another."""
        for node in nodes:
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        """A statement by its kind."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.ClassDef():
                self._class(node)
            case ast.Import() | ast.ImportFrom() | ast.Assert():
                pass
            case ast.AnnAssign():
                self.values(node.value)
            case _:
                self._plain(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.names.append(node.name)
        self.inside += 1
        self.values(*node.args.defaults, *node.args.kw_defaults)
        self.body(node.body)
        self.inside -= 1
        self.names.pop()

    def _class(self, node: ast.ClassDef) -> None:
        self.names.append(node.name)
        for each in node.body:
            if isinstance(each, ast.Assign) and self.text(each.targets[0]) in WORDS_OF_A_REFUSAL:
                continue
            self.statement(each)
        self.names.pop()

    def _plain(self, node: ast.stmt) -> None:
        match node:
            case ast.Expr(value=ast.Constant()):
                return
            case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))) | ast.Delete(targets=[ast.Name()]):
                return
            case ast.Expr() | ast.Delete() | ast.Break() | ast.Continue() if self.inside:
                self.bend(node, "pass", f"without: {_one_line(self.text(node))}")
            case ast.Assign(targets=[target]) if self.inside and _keeps(target):
                self.bend(node, "pass", f"without: {_one_line(self.text(node))}")
            case ast.AugAssign():
                self.bend(node, "pass", f"without: {_one_line(self.text(node))}")
            case ast.If() | ast.While():
                self._test(node.test, "False")
            case ast.Match():
                self._cases(node)
            case _:
                pass
        skips = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.statement(child)
            elif isinstance(child, ast.match_case):
                self.values(child.guard)
                self.body(child.body)
            elif isinstance(child, ast.expr):
                self.value(child, drops=not skips)

    def _cases(self, node: ast.Match) -> None:
        for case in node.cases:
            if case.guard is not None:
                self._test(case.guard, "False", "True")
            elif not isinstance(case.pattern, ast.MatchAs) or case.pattern.pattern is not None:
                pattern = self.text(case.pattern)
                self.bend(case.pattern, f"{pattern} if False", f"without: case {_one_line(pattern)}")

    def _test(self, test: ast.expr, *answers: str) -> None:
        for answer in answers:
            if not isinstance(test, ast.Constant):
                self.bend(test, answer, f"if {_one_line(self.text(test))} → if {answer}")

    # expressions
    def values(self, *nodes: ast.expr | None) -> None:
        """Some expressions."""
        for node in nodes:
            if node is not None:
                self.value(node)

    def value(self, node: ast.expr, *, drops: bool = True) -> None:
        """An expression and those in it; `drops`: its elements may be left out."""
        for into in self._bent(node, drops=drops):
            self.bend(node, into)
        match node:
            case ast.Lambda(body=body):
                self.value(body)
                return
            case ast.Subscript(value=value, slice=place):
                self.value(value)
                if isinstance(place, ast.Slice | ast.BinOp | ast.Constant | ast.Call):
                    self.values(*[child for child in ast.iter_child_nodes(place) if isinstance(child, ast.expr)])
                return
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                for each in node.generators:
                    for test in each.ifs:
                        self._test(test, "True")
                    self.values(each.iter, *each.ifs)
            case ast.IfExp(test=test):
                self._test(test, "True", "False")
            case _:
                pass
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
            elif isinstance(child, ast.keyword) and child.arg not in SWORN:
                self.value(child.value)

    def _bent(self, node: ast.expr, *, drops: bool) -> Iterator[str]:
        """What may stand in an expression's place."""
        match node:
            case ast.Compare(ops=[operator]):
                yield f"{self.text(node.left)} {FLIPPED[type(operator)]} {self.text(node.comparators[0])}"
            case ast.BoolOp(op=operator, values=values):
                word = " and " if isinstance(operator, ast.And) else " or "
                yield from self._without(values, word, "({})")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield f"({self.text(operand)})"
            case ast.BinOp(op=operator) if type(operator) in SIGNS:
                yield f"{self.text(node.left)} {SIGNS[type(operator)]} {self.text(node.right)}"
            case ast.BinOp(op=operator) if isinstance(operator, EITHER) and self.inside:
                yield self.text(node.left)
                yield self.text(node.right)
            case ast.Constant(value=bool() as value):
                yield str(not value)
            case ast.Constant(value=int() | float() as value):
                yield str(value + 1)
            case ast.Tuple(elts=elements, ctx=ast.Load()) if drops:
                yield from self._without(elements, ", ", "({},)")
            case ast.List(elts=elements, ctx=ast.Load()) if drops:
                yield from self._without(elements, ", ", "[{}]")
            case ast.Set(elts=elements):
                yield from self._without(elements, ", ", "{{*({},)}}")
            case ast.Subscript(slice=ast.Slice()):
                yield self.text(node.value)
            case ast.Call():
                yield from self._call(node)
            case _:
                return

    def _without(self, nodes: Sequence[ast.expr], between: str, form: str) -> Iterator[str]:
        """All but one of these, each once."""
        if len(nodes) == 1:
            if form != "({})":
                yield "()" if form == "({},)" else "[]" if form == "[{}]" else "set()"
            return
        for left_out in nodes:
            yield form.format(between.join(self.text(each) for each in nodes if each is not left_out))

    def _call(self, node: ast.Call) -> Iterable[str]:
        match node:
            case ast.Call(func=ast.Name(id="max" | "min"), args=[first, second], keywords=[]):
                yield self.text(first)
                yield self.text(second)
            case ast.Call(func=ast.Name(id="sorted"), args=[first]):
                yield f"list({self.text(first)})"
            case ast.Call(func=ast.Attribute(value=value, attr=attr), args=[]) if attr in TIDYING:
                yield self.text(value)
            case ast.Call(keywords=keywords) if self.inside:
                for left_out in keywords:
                    kept = [self.text(each) for each in (*node.args, *keywords) if each is not left_out]
                    if left_out.arg is not None and left_out.arg not in SWORN:
                        yield f"{self.text(node.func)}({', '.join(kept)})"
            case _:
                return
