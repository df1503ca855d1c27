"""The public API, name by name: what is there, what it takes, what it says of itself."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import attrs
import pytest

import servicekit
from tour import public_modules

API = """\
servicekit
servicekit.complaint
  Channel: IN_PERSON PHONE EMAIL LETTER WEB CHAT SOCIAL_MEDIA
  Channel.written: bool
  Complaint(id: str, customer: Customer, *, channel: Channel, received_at: datetime, received_by:
      str, concern: str, category: str | None = None, causes: Collection[Dissatisfaction] =
      frozenset(), remedy_sought: str | None = None, on_behalf_of: Customer | None = None, about:
      Subject | None = None) -> None
  Customer(name: str, address: str | None = None, *, phone: str | None = None, email: str | None =
      None, language: str | None = None) -> None
  Dissatisfaction: UNPROFESSIONAL IMPERSONAL NOT_RIGHT_FIRST_TIME BAD_RESULT NOT_SOLVED
      TREATED_BADLY OVERCHARGED SLOW_ANSWER BAD_ATTITUDE
  Subject(order: str | None = None, product: str | None = None, *, policy: str | None = None) ->
      None
servicekit.errors
  CurrencyError(left: str, right: str) -> None
  FlowError(step: str, position: int, stage: str, outcome: str | None, allowed: tuple[str, ...],
      missing: tuple[str, ...]) -> None
  Problem(field: str, value: str, allowed: str) -> None
  RecordError(record: str, problems: tuple[Problem, ...]) -> None
  ServicekitError: Exception
servicekit.money
  Money(amount: Decimal | int | str, currency: str) -> None
  Totals(amounts: Iterable[Money] | Mapping[str, Money] = ()) -> None
servicekit.resolution
  TRANSITIONS
  Acknowledgement(automatic: bool = False, *, at: datetime, by: str) -> None
  Acknowledgement.is_contact: bool
  AgreedSolution(*, what: str, remedy: str, agreed_at: datetime, promised_by: datetime | None,
      carried_out_at: datetime | None) -> None
  Basis: WITHDRAWN NO_AGREEMENT REFERRED_ELSEWHERE UNREACHABLE
  Case(complaint: Complaint, steps: Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction | list[Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction] | tuple[Understanding | Cause | Proposal | Fix | FollowUp | Closure |
      Reopening | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention |
      Note | Correction, ...] = ()) -> None
  Case.advance(self, step: Understanding | Cause | Proposal | Fix | FollowUp | Closure | Reopening
      | Acknowledgement | Promise | PromiseKept | Escalation | Goodwill | Prevention | Note |
      Correction) -> 'Case'
  Case.stage: Stage
  Case.allowed: frozenset[Outcome]
  Case.rounds: int
  Case.resolved_at: datetime | None
  Case.first_response_at: datetime | None
  Case.followed_up_at: datetime | None
  Case.actions: tuple[str, ...]
  Case.compensation: Totals
  Case.goodwill: tuple[Goodwill, ...]
  Case.prevention: tuple[str, ...]
  Case.escalations: tuple[Escalation, ...]
  Case.as_of(self, at: datetime) -> 'Case'
  Case.promises(self, as_of: datetime) -> tuple[PromiseState, ...]
  Case.record(self) -> Record
  Case.timeline(self) -> str
  Cause(customer_did: str, should_have_happened: str, *, at: datetime, by: str, problem: str,
      responsible: Responsible = Responsible.COMPANY, escaped_because: str | None = None, key: str
      | None = None) -> None
  Cause.outcome: Outcome
  Closure(basis: Basis, note: str = '', *, at: datetime, by: str) -> None
  Closure.outcome: Outcome
  Correction(annuls: int, reason: str, *, at: datetime, by: str) -> None
  Escalation(to: str, reason: str, *, at: datetime, by: str) -> None
  Fix(actions: str | list[str] | tuple[str, ...], apology: str, *, at: datetime, by: str,
      compensation: Money | list[Money] | tuple[Money, ...] = ()) -> None
  Fix.outcome: Outcome
  Fix.is_contact: bool
  FollowUp(satisfied: bool | None, note: str = '', *, at: datetime, by: str) -> None
  FollowUp.outcome: Outcome
  FollowUp.is_contact: bool
  Goodwill(what: str, value: Money | None = None, *, at: datetime, by: str) -> None
  Guidance(do: tuple[str, ...], ask: tuple[str, ...]) -> None
  Note(text: str, *, at: datetime, by: str) -> None
  Outcome: CONFIRMED UNCONFIRMED CAUSE_FOUND ACCEPTED DECLINED FIXED SATISFIED DISSATISFIED
      UNREACHED CLOSED REOPENED
  Prevention(suggestion: str, *, at: datetime, by: str) -> None
  Promise(key: str, what: str, *, at: datetime, by: str, due: datetime, replaces: str | None =
      None, in_writing: bool = False) -> None
  Promise.is_contact: bool
  PromiseKept(key: str, *, at: datetime, by: str) -> None
  PromiseState(*, what: str, due: datetime, as_of: datetime, made_at: datetime, kept_at: datetime
      | None = None, replaced_at: datetime | None = None, in_writing: bool | None = None, key: str
      | None = None, solution: Solution | None = None) -> None
  PromiseState.status: PromiseStatus
  PromiseStatus: PENDING KEPT KEPT_LATE BROKEN RENEGOTIATED
  Proposal(wish: str | None, solutions: Solution | list[Solution] | tuple[Solution, ...], *, at:
      datetime, by: str, accepted: bool) -> None
  Proposal.outcome: Outcome
  Proposal.is_contact: bool
  Record(*, customer: Customer, received_by: str, received_at: datetime, resolved_at: datetime |
      None, concern: str, solutions: tuple[AgreedSolution, ...], actions: tuple[str, ...],
      followed_up_at: datetime | None, compensation: Totals, prevention: tuple[str, ...]) -> None
  Record.items(self) -> tuple[tuple[str, str], ...]
  Reopening(reason: str, *, at: datetime, by: str) -> None
  Reopening.outcome: Outcome
  Responsible: COMPANY CUSTOMER SUPPLIER NOBODY
  Solution(what: str, remedy: str, *, promised_by: datetime | None = None) -> None
  Stage: RECEIVED UNDERSTOOD EXPLAINED AGREED FIXED RESOLVED CLOSED
  Step
  Understanding(facts: str | list[str] | tuple[str, ...], restatement: str, *, at: datetime, by:
      str, confirmed: bool) -> None
  Understanding.outcome: Outcome
  Understanding.is_contact: bool
  guidance(stage: Stage) -> Guidance
servicekit.serialize
  DataError: ClassValidationError ServicekitError ValueError
  configure_converter(converter: Converter) -> None
  explain(error: BaseException) -> list[str]
  make_converter(**options: Any) -> JsonConverter
"""


def plain(text: object) -> str:
    """Leave the modules out of an annotation."""
    modules = r"\b(?:servicekit|collections|cattrs|decimal|datetime)\.(?:\w+\.)*"
    return re.sub(modules, "", str(text))


def described(module: str) -> Iterator[str]:
    """Describe every public name of a module in a line, and its methods and properties."""
    names = vars(importlib.import_module(module))
    for name in names["__all__"] if module != "servicekit" else ():
        value = names[name]
        if not isinstance(value, type):
            yield f"{name}{plain(inspect.signature(value))}" if callable(value) else name
            continue
        if issubclass(value, Enum):
            yield f"{name}: {' '.join(value.__members__)}"
        elif issubclass(value, Exception) and not attrs.has(value):
            yield f"{name}: {' '.join(base.__name__ for base in value.__bases__)}"
        else:
            yield f"{name}{plain(inspect.signature(value))}"
        yield from (f"{name}.{member}" for member in members(value))


def members(kind: type) -> Iterator[str]:
    """Describe the public methods and properties that a class defines or changes."""
    for name, member in vars(kind).items():
        if name.startswith("_"):
            continue
        if inspect.isfunction(member):
            yield f"{name}{plain(inspect.signature(member))}"
        elif isinstance(member, property) and inspect.isfunction(member.fget):
            returned = inspect.signature(member.fget).return_annotation
            yield f"{name}: {plain(inspect.formatannotation(returned))}"


def collapsed(lines: list[str]) -> list[str]:
    """Join the lines that go on, which are set in deeper, with the ones before them."""
    return re.sub(r"\n {6}\s*", " ", "\n".join(lines)).splitlines()


def test_signatures():
    """Nothing public appears, goes or changes what it takes unless the table above says so."""
    found = []
    for module in public_modules():
        found += [module, *(f"  {line}" for line in described(module))]
    assert collapsed(API.splitlines()) == found


@pytest.mark.parametrize("name", public_modules())
def test_all_is_sorted(name):
    """`__all__` is sorted: constants, then classes, then functions, without doubles."""
    public = importlib.import_module(name).__all__
    order = sorted(set(public), key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    assert order == public


SHARED = {"servicekit.errors": {"INSTANT", "shown"}}
"""What modules of the library share with each other, and what is no part of the API."""


def defined(path: Path) -> set[str]:
    """Name what a source defines at its top level, without the private names."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("name", public_modules())
def test_all_is_complete(name):
    """What a public module defines is public, and what is public can be imported."""
    module = importlib.import_module(name)
    assert SHARED.get(name, set()) == defined(Path(module.__file__)) - set(module.__all__)
    namespace = {}
    exec(f"from {name} import *", namespace)  # noqa: S102 - what a user may write
    assert set(module.__all__) == set(namespace) - {"__builtins__"}


def test_private_modules_say_what_they_share():
    """Every module names in `__all__` what others take from it, and has nothing else."""
    folder = Path(servicekit.__file__).parent
    for path in folder.rglob("_*.py"):
        if path.name == "__init__.py":
            continue
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        public = importlib.import_module(name).__all__
        assert set(public) == defined(path), name
        assert sorted(public, key=lambda n: (not n.isupper(), not n[0].isupper(), n)) == public


def test_the_core_is_small():
    """The top level has between 20 and 30 names, each the very thing of its own module."""
    assert 20 <= len(servicekit.__all__) <= 30
    for module in ("complaint", "errors", "money", "resolution"):
        origin = importlib.import_module(f"servicekit.{module}")
        for name in set(servicekit.__all__) & set(origin.__all__):
            assert getattr(origin, name) is getattr(servicekit, name)


def test_version():
    """The version is one literal, with three numbers."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", servicekit.__version__)


@pytest.mark.parametrize("name", public_modules())
def test_docstrings(name):
    """Every public module, class, function, method and property says what it is."""
    module = importlib.import_module(name)
    told = {name: module.__doc__}
    for public in module.__all__:
        value = getattr(module, public)
        if inspect.isfunction(value):
            told[public] = value.__doc__
        elif isinstance(value, type):
            told[public] = vars(value).get("__doc__")
            told |= {
                f"{public}.{key}": member.__doc__
                for key, member in vars(value).items()
                if not key.startswith("_") and (inspect.isfunction(member) or is_property(member))
            }
    assert [] == [key for key, text in told.items() if not (text or "").strip()]
    first = {key: text.strip().splitlines()[0] for key, text in told.items()}
    assert [] == [key for key, line in first.items() if not line.endswith((".", ":"))]


def is_property(member: object) -> bool:
    """Say whether a member is a property."""
    return isinstance(member, property)


def test_typed():
    """Type checkers are told to look at the library."""
    assert (Path(servicekit.__file__).parent / "py.typed").exists()
