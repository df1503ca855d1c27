"""What a question of the policy is asked about."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from samples import AUTHORITY, OFFICE, POLICY, RULES, SURVEY, TRAINING, at, case
from servicekit.errors import Problem, RecordError
from servicekit.money import Money
from servicekit.policy import audit, checklist, clock, escalate, may, overdue, review
from servicekit.policy._asked import check

MISTAKES: Final[dict[str, tuple[Callable[[Any], object], object]]] = {
    "review: vision": (review, SURVEY),  # that is for the other review, in feedback
    "audit: policy": (audit, None),
    "audit: targets": (lambda wrong: audit(POLICY, [wrong]), "at least 0.9"),
    "may: authority": (lambda wrong: may(wrong, "agent", "refund", Money(1, "EUR")), POLICY),
    "may: amount": (lambda wrong: may(AUTHORITY, "agent", "refund", wrong), 50),
    "escalate: case": (lambda wrong: escalate(wrong, AUTHORITY, at(0)), None),
    "escalate: authority": (lambda wrong: escalate(case(), wrong, at(0)), POLICY),
    "clock: standards": (lambda wrong: clock(case(), wrong, OFFICE, at(0)), RULES.obligations),
    "clock: pauses": (lambda wrong: clock(case(), RULES, OFFICE, at(0), pauses=wrong), []),
    "overdue: plan": (lambda wrong: overdue(wrong, [], at(0)), TRAINING.courses),
    "overdue: records": (lambda wrong: overdue(TRAINING, [wrong], at(0)), "Mika"),
    "checklist: plan": (checklist, POLICY),
    "checklist: starts": (lambda wrong: checklist(TRAINING, wrong), at(0)),
}


@pytest.mark.parametrize("said", MISTAKES)
def test_what_cannot_be_asked_about_is_refused(said: str) -> None:
    """The error names the question and the parameter, and says what is allowed."""
    ask, wrong = MISTAKES[said]
    with pytest.raises(RecordError, match=rf"^{said} is .*, allowed: "):
        ask(wrong)


def test_all_that_is_wrong_is_named() -> None:
    """Problems are listed together, and none is none."""
    one, other = Problem("a", "1", "2"), Problem("b", "3", "4")
    with pytest.raises(RecordError, match="ask has 2 problems") as caught:
        check("ask", one, None, other)
    assert (one, other) == caught.value.problems
    check("ask", None, None)
    check("ask")
