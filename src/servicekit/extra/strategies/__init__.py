"""Hypothesis strategies for every value of the library, legal by construction.

Histories walk `TRANSITIONS`, bands lie within reach, targets on the good side of their KPI: what is
drawn can be built, and nothing has to be filtered away. Everything shrinks to the simplest thing
of its kind.

>>> from hypothesis import find
>>> from servicekit.resolution import Stage
>>> closed = find(cases(Stage.CLOSED), lambda case: True)
>>> [type(step).__name__ for step in closed.steps]
['Closure']

Once the library is installed next to Hypothesis, ``st.from_type(Case)`` and ``st.builds`` of your
own classes know all of them, those for which there is no function here as well, without any import
of this module. `CaseMachine` holds the store of your app against cases kept in memory.
"""

from servicekit.extra.strategies._benchmark import (
    answers,
    comparisons,
    instruments,
    scales,
    scores,
    summaries,
)
from servicekit.extra.strategies._cases import cases, impossible_steps, next_steps
from servicekit.extra.strategies._complaints import complaints, customers, subjects
from servicekit.extra.strategies._feedback import codebooks, comments, surveys
from servicekit.extra.strategies._inference import intervals, samples
from servicekit.extra.strategies._kpi import (
    assessments,
    conditions,
    groups,
    kpis,
    measurements,
    measures,
    periods,
    quantities,
    scorecards,
    targets,
)
from servicekit.extra.strategies._machine import CaseMachine
from servicekit.extra.strategies._money import moneys, totals
from servicekit.extra.strategies._policy import authorities, service_policies, training_plans
from servicekit.extra.strategies._problems import rankings, signals, taxonomies
from servicekit.extra.strategies._register import (
    contacts,
    operations,
    promise_registers,
    registers,
)
from servicekit.extra.strategies._steps import solutions, steps
from servicekit.extra.strategies._texts import texts
from servicekit.extra.strategies._times import instants
from servicekit.extra.strategies._worktime import (
    calendar_histories,
    pauses,
    recurrences,
    response_standards,
    work_calendars,
)

__all__ = [
    "CaseMachine",
    "answers",
    "assessments",
    "authorities",
    "calendar_histories",
    "cases",
    "codebooks",
    "comments",
    "comparisons",
    "complaints",
    "conditions",
    "contacts",
    "customers",
    "groups",
    "impossible_steps",
    "instants",
    "instruments",
    "intervals",
    "kpis",
    "measurements",
    "measures",
    "moneys",
    "next_steps",
    "operations",
    "pauses",
    "periods",
    "promise_registers",
    "quantities",
    "rankings",
    "recurrences",
    "registers",
    "response_standards",
    "samples",
    "scales",
    "scorecards",
    "scores",
    "service_policies",
    "signals",
    "solutions",
    "steps",
    "subjects",
    "summaries",
    "surveys",
    "targets",
    "taxonomies",
    "texts",
    "totals",
    "training_plans",
    "work_calendars",
]
