"""Mutation testing: which small changes of the code no test notices.

``python tests/mutate.py kpi worktime/_line.py`` changes the functions of a package or module in one
place at a time and runs the tests that reach the place; what they let pass is printed. A change of
what runs on import - constants, defaults, class bodies - is not tried. Further arguments,
such as the tests to take, are for pytest.

The tests are collected and run once, to learn which lines each reaches. Then each change gets a
process of its own, forked from there, with the changed code in the functions that are already made.
Tests of data frames are left out: engines with threads of their own do not survive that.
"""

import ast
import gc
import os
import resource
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import _lru_cache_wrapper
from itertools import chain
from pathlib import Path
from time import monotonic
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

import coverage
import servicekit

TOP = Path(servicekit.__file__).parent
PROCESSES = os.cpu_count() or 1
PATIENCE = 10.0
"""Seconds that the tests of one change took when nothing was changed; those left are not run."""
MEMORY = 3 * 2**30
NOT_TRIED = 3

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
PASSED_OVER = {"annotation", "returns", "decorator_list", "defaults", "kw_defaults", "type_params"}
"""Fields of nodes that run on import, or never."""


class Mutant(NamedTuple):
    """A change: where it is, how the statement read before and after, and the module's new code."""

    place: str
    lines: range
    before: str
    after: str
    code: CodeType


class Place(NamedTuple):
    """Where a node stands: in a field of another, or in a list there."""

    holder: Any
    name: str
    index: int | None

    @property
    def node(self) -> Any:
        """Give the node that stands here."""
        value = getattr(self.holder, self.name)
        return value if self.index is None else value[self.index]

    def put(self, node: ast.AST) -> None:
        """Have another node stand here."""
        if self.index is None:
            setattr(self.holder, self.name, node)
        else:
            getattr(self.holder, self.name)[self.index] = node


def with_field(node: ast.AST, name: str, value: object) -> ast.AST:
    other = copy(node)
    setattr(other, name, value)
    return other


def changed(node: Any) -> Iterator[ast.AST]:
    """Give what can stand in the place of a part of a statement."""
    match node:
        case ast.Compare(ops=operators):
            for index, operator in enumerate(operators):
                other = SWAPPED[type(operator)]()
                yield with_field(node, "ops", [*operators[:index], other, *operators[index + 1 :]])
        case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPPED:
            yield with_field(node, "op", SWAPPED[type(node.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.IfExp():
            yield node.body
            yield node.orelse
        case ast.comprehension(ifs=[_, *_]):
            yield with_field(node, "ifs", [])
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value:
            yield ast.Constant(f"XX{value.swapcase()}")


def changed_statement(node: Any) -> Iterator[ast.AST]:
    """Give what can stand in the place of a statement."""
    match node:
        case ast.If() | ast.While() if not isinstance(node.test, ast.Compare):
            yield with_field(node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.AugAssign() if type(node.op) in SWAPPED:
            yield with_field(node, "op", SWAPPED[type(node.op)]())
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield()):
            yield ast.Pass()
        case ast.Break() | ast.Continue():
            yield SWAPPED[type(node)]()


def places(node: Any) -> Iterator[Place]:
    """Give where each child of a node stands that runs when a function does."""
    type_ = node.args[0] if is_cast(node) else None
    for name, value in ast.iter_fields(node):
        if name in PASSED_OVER or isinstance(node, ast.JoinedStr):
            continue
        if isinstance(value, list):
            yield from (
                Place(node, name, index)
                for index, each in enumerate(value)
                if isinstance(each, ast.AST) and not is_docstring(each) and each is not type_
            )
        elif isinstance(value, ast.AST):
            yield Place(node, name, None)


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_cast(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "cast"


def mutants(file: Path) -> Iterator[Mutant]:
    """Change a module in one place after the other."""
    tree = ast.parse(file.read_text("utf-8"))

    def walk(node: ast.AST, statement: Place | None, *, inside: bool) -> Iterator[Mutant]:
        for place in places(node):
            child = place.node
            at = place if isinstance(child, ast.stmt) else statement
            if inside and at:
                others = changed_statement if place is at else changed
                for other in others(child):
                    yield made(place, other, at)
            function = isinstance(child, ast.FunctionDef | ast.Lambda)
            yield from walk(child, at, inside=inside or function)

    def made(place: Place, other: Any, at: Place) -> Mutant:
        child, statement = place.node, at.node
        whole = child if hasattr(child, "lineno") else statement
        if isinstance(child, ast.If | ast.While):
            whole = child.test
        before = ast.unparse(statement)
        ast.copy_location(other, whole)
        place.put(other)
        try:
            after = ast.unparse(at.node)
            code = compile(ast.fix_missing_locations(tree), file, "exec")
        finally:
            place.put(child)
        lines = range(whole.lineno, whole.end_lineno + 1)
        return Mutant(f"{file.relative_to(TOP)}:{whole.lineno}", lines, before, after, code)

    yield from walk(tree, None, inside=False)


def replaced(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Pair the code objects of two versions of a module that are not alike."""
    parts = [[each for each in code.co_consts if isinstance(each, CodeType)] for code in (old, new)]
    for before, after in zip(*parts, strict=False):
        if before != after:
            yield before, after
            yield from replaced(before, after)


class Mutation:
    """The plugin that runs the tests once as they are, and then for each change those it needs."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = files
        self.seconds: dict[str, float] = {}
        self.reached: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.codes: dict[str, Code] = {}
        self.caches: list[Any] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every change, as many at the same time as there are processors."""
        items = {item.nodeid: item for item in session.items}
        self.learn(session.items)
        print(f"{len(self.seconds)} of {len(items)} tests pass and are used")
        functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
        self.codes = {str(file): Code(file, functions) for file in self.files}
        self.caches = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
        gc.freeze()
        gc.disable()
        self.leave_out_what_fails_here(items)
        killed = tried = 0
        running: dict[int, Mutant] = {}
        for mutant in chain(chain.from_iterable(map(mutants, self.files)), [None]):
            while running and (mutant is None or len(running) == PROCESSES):
                process, status = os.wait()
                done = running.pop(process)
                killed += status not in {0, NOT_TRIED << 8}
                if status == 0:
                    self.tell("survived", done)
                elif status == NOT_TRIED << 8:
                    self.tell("not tried", done)
            if mutant is None:
                continue
            tried += 1
            chosen = self.chosen(mutant)
            if not chosen:
                self.tell("not reached", mutant)
                continue
            running[self.start(mutant, [items[each] for each in chosen])] = mutant
        print(f"{killed} of {tried} changes were noticed")
        return True

    def learn(self, items: Sequence[pytest.Item]) -> None:
        """Run every test, and note how long it takes and which lines it reaches."""
        measured = coverage.Coverage(data_file=None, source=[str(TOP)], config_file=False)
        measured.start()
        for item, after in zip(items, [*items[1:], None], strict=True):
            measured.switch_context(item.nodeid)
            start = monotonic()
            reports = runtestprotocol(item, log=False, nextitem=after)
            if all(report.passed for report in reports):
                self.seconds[item.nodeid] = monotonic() - start
        measured.stop()
        data = measured.get_data()
        for file in self.files:
            for line, contexts in data.contexts_by_lineno(str(file)).items():
                self.reached[str(file), line].update(contexts)

    def leave_out_what_fails_here(self, items: Mapping[str, pytest.Item]) -> None:
        """Run the tests in a process of its own with nothing changed; what fails tells nothing."""
        reading, writing = os.pipe()
        if not os.fork():
            for name in self.seconds:
                reports = runtestprotocol(items[name], log=False, nextitem=None)
                if not all(report.passed for report in reports):
                    os.write(writing, f"{name}\n".encode())
            os._exit(0)
        os.close(writing)
        with open(reading, encoding="utf-8") as failed:  # noqa: PTH123 - a pipe
            for name in failed.read().splitlines():
                print(f"left out, as it fails in a process of its own: {name}")
                del self.seconds[name]
        os.wait()

    def chosen(self, mutant: Mutant) -> list[str]:
        """Give the tests that reach a change, the fastest first, while patience lasts."""
        file = mutant.code.co_filename
        names = set[str]().union(*(self.reached[file, line] for line in mutant.lines))
        chosen, left = [], PATIENCE
        for name in sorted(names & self.seconds.keys(), key=self.seconds.__getitem__):
            left -= self.seconds[name]
            if chosen and left < 0:
                break
            chosen.append(name)
        return chosen

    def start(self, mutant: Mutant, items: Sequence[pytest.Item]) -> int:
        """Run tests on changed code in a process of its own, which fails when a test does."""
        if process := os.fork():
            return process
        limit = 10 + 4 * sum(self.seconds[item.nodeid] for item in items)
        signal.alarm(int(limit))
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (used + MEMORY, used + MEMORY))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            self.codes[mutant.code.co_filename].change(mutant.code)
        except ValueError:  # a closure holds other variables then
            os._exit(NOT_TRIED)
        try:
            for cache in self.caches:
                cache.cache_clear()
            for item in items:
                reports = runtestprotocol(item, log=False, nextitem=None)
                if not all(report.passed for report in reports):
                    os._exit(1)
        except BaseException:  # noqa: BLE001 - whatever ends it, the change was noticed
            os._exit(2)
        os._exit(0)

    def tell(self, what: str, mutant: Mutant) -> None:
        """Show the first line that a change changes."""
        lines = list(zip(mutant.before.splitlines(), mutant.after.splitlines(), strict=False))
        before, after = next((pair for pair in lines if pair[0] != pair[1]), ("", "gone"))
        print(f"{what} {mutant.place}\n  - {before.strip()}\n  + {after.strip()}", flush=True)


class Code:
    """The functions of a module that are there, and the code they have."""

    def __init__(self, file: Path, functions: Sequence[FunctionType]) -> None:
        self.original = compile(file.read_text("utf-8"), file, "exec")
        self.functions = [each for each in functions if each.__code__.co_filename == str(file)]

    def change(self, changed: CodeType) -> None:
        """Give the functions the code that they have in a changed module."""
        pairs = dict(replaced(self.original, changed))
        for each in self.functions:
            if new := pairs.get(each.__code__):
                each.__code__ = new


def main(arguments: list[str]) -> int:
    names = [each for each in arguments if (TOP / each).exists()]
    files = [
        file for name in names for file in (sorted((TOP / name).rglob("*.py")) or [TOP / name])
    ]
    options = ["-q", "-s", "-pno:cacheprovider", "-pno:xdist", "--hypothesis-profile=mutation"]
    passed_over = [
        f"--ignore-glob=*/{name}" for name in ("extra/*", "*_frames_*", "test_examples*")
    ]
    others = [each for each in arguments if each not in names]
    return pytest.main([*options, *passed_over, *others], plugins=[Mutation(files)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
