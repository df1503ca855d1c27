"""The whole at once: a report for management, each part traceable to what it was made from."""

import pickle
from itertools import pairwise
from typing import Any, Final

import attrs
import pytest

from samples import (
    BEFORE,
    CONTACT,
    EARLIER,
    FULL_CASE,
    INSTRUMENT,
    KPIS,
    MEASURED,
    OPERATIONS,
    POLICY,
    REGISTER,
    REVIEW,
    SIGNALS,
    TRAINED,
    TRAINING,
    TRIES,
    VISION,
    answers,
    at,
)
from servicekit.benchmark import compare, summarize
from servicekit.catalogue import kpis
from servicekit.change import change
from servicekit.errors import DefinitionError, RecordError
from servicekit.kpi import Better, Column, Measurements, Share, Target, equity, measure
from servicekit.policy import ServicePolicy, ServiceReview, audit, overdue, review
from servicekit.problems import Signal, Source, rank
from servicekit.register import promise_entries

NOTHING: Final = ServicePolicy("Nothing yet")
EMPTY: Final = ServiceReview([], [], [], [], [], [], NOTHING, at(0))

OVER_ENTRIES: Final = Target(kpis.FOLLOWED_UP, at_least=0.5)
OVER_PROMISES: Final = Target(kpis.PROMISES_KEPT, at_least=0.9)
OVER_CONTACTS: Final = Target(kpis.OWN_LANGUAGE, at_least=0.9)
OVER_OPERATIONS: Final = Target(kpis.RETURNED_UNITS, at_most=0.1)
IN_EUROS: Final = Target(kpis.total_compensation("EUR"), at_most=100)


def made(**changes: Any) -> ServiceReview:
    """Make a review of nothing, but for what is given."""
    return attrs.evolve(EMPTY, **changes)


def test_every_kpi_is_measured_over_its_own_rows() -> None:
    """Which rows those are follows from the columns that it names, parts of fields included."""
    promises = promise_entries((FULL_CASE,), as_of=at(99))
    found = made(
        entries=REGISTER,
        contacts=CONTACT,
        operations=OPERATIONS,
        promises=promises,
        as_of=at(99),
        targets=[OVER_ENTRIES, OVER_PROMISES, OVER_CONTACTS, OVER_OPERATIONS, IN_EUROS],
    ).measurements
    rows = {
        OVER_ENTRIES: REGISTER,
        OVER_PROMISES: promises,
        OVER_CONTACTS: [CONTACT],
        OVER_OPERATIONS: [OPERATIONS],
        IN_EUROS: REGISTER,
    }

    assert found == Measurements(
        {
            target.kpi.key: measure([target.kpi], of, as_of=at(99))[target.kpi.key]
            for target, of in rows.items()
        }
    )


def test_every_kpi_of_the_catalogue_has_its_rows() -> None:
    """Only loyalty is measured over rows of one's own."""
    for kpi in set(kpis.EVERY) - set(kpis.LOYALTY):
        bound = {"at_most": 1} if kpi.better is Better.LOWER else {"at_least": 1}
        assert kpi.key in made(targets=Target(kpi, **bound)).measurements
    for kpi in kpis.LOYALTY:
        bound = {"at_most": 1} if kpi.better is Better.LOWER else {"at_least": 1}
        with pytest.raises(DefinitionError, match=rf"ServiceReview: targets is {kpi.key} \("):
            made(targets=Target(kpi, **bound))


def test_kpis_measured_elsewhere_are_taken_as_they_are() -> None:
    """Also where the rows of the review have the columns."""
    elsewhere = measure([kpis.COMPLAINTS[0]], [], as_of=at(0))
    found = made(measured=MEASURED, targets=Target(TRIES, at_most=3)).measurements

    assert MEASURED["tries"] == found["tries"]
    assert ["tries"] == list(found)
    target = Target(kpis.COMPLAINTS[0], at_least=0.5)
    assert (
        0
        == made(entries=REGISTER, measured=elsewhere, targets=target)
        .scorecard.assessments[0]
        .measurement.n
    )


def test_the_scorecard_has_the_policy_s_targets_as_well() -> None:
    """Each target once, the most pressing first."""
    of_policy = POLICY.targets[0]
    found = made(measured=MEASURED, policy=POLICY, targets=[OVER_CONTACTS, of_policy])

    assert {of_policy, OVER_CONTACTS} == {one.target for one in found.scorecard}
    assert 2 == len(found.scorecard)


def test_the_benchmark_is_of_the_answers_that_were_there() -> None:
    """Answers given later are left out; without any there is no benchmark."""
    later = attrs.evolve(answers("24123"), at=at(5))
    undated = attrs.evolve(answers("24123"), at=None)
    given = [one.answers for one in BEFORE]
    found = made(instrument=INSTRUMENT, answers=[*given, later, undated])

    assert summarize(INSTRUMENT, [*given, undated]) == found.benchmark
    assert made(instrument=INSTRUMENT).benchmark is None
    assert made(instrument=INSTRUMENT, answers=later).benchmark is None


def test_answers_need_their_instrument() -> None:
    """Without it nobody knows what they answer."""
    with pytest.raises(RecordError, match=r"instrument is None, allowed: the Instrument"):
        made(answers=answers("24123"))


def test_problems_are_ranked_as_of_the_review() -> None:
    """Signals from later do not count; a ranking of one's own keeps its instant and impacts."""
    own = rank(SIGNALS, impact={"late": 9}, as_of=at(50))

    assert rank(SIGNALS, as_of=at(50)) == made(signals=iter(SIGNALS), as_of=at(50)).problems
    assert own == made(signals=own, as_of=at(99)).problems


def test_changes_are_those_since_the_last_review() -> None:
    """KPIs that both measured alike, and the benchmark where the instrument is the same."""
    both = change(EARLIER.measurements, REVIEW.measurements)

    assert both == REVIEW.changes
    assert compare(EARLIER.benchmark, REVIEW.benchmark) == REVIEW.comparison
    assert (None, None) == (EARLIER.changes, EARLIER.comparison)
    other = attrs.evolve(EARLIER, targets=(), measured=MEASURED, previous=None)
    assert ["tries"] == list(attrs.evolve(REVIEW, previous=other).changes)
    assert made(previous=made(as_of=at(-1)), targets=OVER_CONTACTS).changes is None
    assert attrs.evolve(REVIEW, instrument=None, answers=()).comparison is None
    translated = attrs.evolve(INSTRUMENT, source="another")
    assert attrs.evolve(REVIEW, instrument=translated).comparison is None


def test_a_review_comes_before_the_next() -> None:
    """The last review is as of an earlier instant, and is a review."""
    with pytest.raises(RecordError, match=r"previous is .* as of an instant before"):
        made(previous=EMPTY)
    with pytest.raises(RecordError, match=r"previous is 'last', allowed: a ReviewFigures"):
        made(previous="last")


def test_reviews_do_not_pile_up() -> None:
    """Of the last review only its figures are kept, and they will do in its place."""
    assert REVIEW.previous == EARLIER.figures
    assert (EARLIER.as_of, EARLIER.measurements, EARLIER.benchmark) == (
        REVIEW.previous.as_of,
        REVIEW.previous.measurements,
        REVIEW.previous.benchmark,
    )
    assert attrs.evolve(REVIEW, previous=EARLIER.figures) == REVIEW


def test_equal_service_is_asked_of_every_kpi_that_can_tell() -> None:
    """Shares, means and percentiles by the first column that the rows have, if there are groups."""
    swedish = attrs.evolve(CONTACT, id="T-2", language_wanted="sv")
    targets = [OVER_CONTACTS, OVER_OPERATIONS, OVER_ENTRIES, Target(TRIES, at_most=3)]
    waits = Target(kpis.ANSWER_DELAY_MEAN, at_most=30)
    found = made(
        contacts=[CONTACT, swedish],
        entries=REGISTER,
        targets=[*targets, waits],
        measured=MEASURED,
    )

    assert [kpis.OWN_LANGUAGE, kpis.ANSWER_DELAY_MEAN] == [one.kpi for one in found.equity]
    assert found.equity == tuple(
        equity(one.kpi, [CONTACT, swedish], "language_wanted", at(0)) for one in found.equity
    )
    assert () == attrs.evolve(found, by="nothing").equity
    assert () == attrs.evolve(found, contacts=CONTACT).equity


def test_gaps_are_those_of_the_vision_and_the_policy() -> None:
    """The company's targets count as the policy's own."""
    found = made(policy=POLICY, measured=MEASURED, targets=Target(KPIS[0], at_least=0.5))

    assert (*review(VISION), *audit(POLICY, found.targets)) == found.gaps
    assert audit(NOTHING) == EMPTY.gaps


def test_training_is_judged_by_the_records() -> None:
    """Where the policy has a plan."""
    found = made(policy=attrs.evolve(NOTHING, training=TRAINING), trained=TRAINED, as_of=at(99))

    assert overdue(TRAINING, [TRAINED], at(99)) == found.training
    assert made(trained=TRAINED).training is None


def test_a_review_of_nothing_says_so() -> None:
    """Every section is there and says that it has nothing to go by."""
    text = str(EMPTY)

    for line in (
        "No answers.",
        "No rows.",
        "From signals: 0.",
        "No review before this one.",
        "No groups by language, language_wanted to compare.",
        "From the policy 'Nothing yet'.",
        "No training plan.",
    ):
        assert line in text
    assert "Service review, 2026-05-04" == text.splitlines()[0]


TITLES: Final = [
    "Benchmark",
    "Goals",
    "Problems",
    "Changes",
    "Equal service",
    "Policy gaps",
    "Training",
]


def test_all_renderings_have_the_same_sections() -> None:
    """Plain text, Markdown and HTML, in the order in which a manager reads them."""
    lines = str(REVIEW).splitlines()
    ruled = [line for line, rule in pairwise(lines) if set(rule) == {"-"}]
    marked = [line[3:] for line in REVIEW.as_markdown().splitlines() if line.startswith("## ")]
    tagged = [part.partition("</h2>")[0] for part in REVIEW.as_html().split("<h2>")[1:]]

    assert TITLES == ruled == marked == tagged
    assert REVIEW.as_html() == REVIEW._repr_html_()


def test_all_renderings_have_the_same_figures() -> None:
    """What one shows the others show as well."""
    for shown in (str(REVIEW), REVIEW.as_markdown(), REVIEW.as_html()):
        for figure in ("A year, 2026-05-11", "3.58", "56.3", "124", "37 found", "complaints 1"):
            assert figure in shown


def test_figures_say_what_they_rest_on() -> None:
    """How many rows count, how many are unknown or still open, and the formula of each KPI."""
    text = str(REVIEW)

    assert "From rows: complaints 1, promises 3, contacts 2, operating figures 1" in text
    assert "Tries: total of tries" in text
    assert "Since the review as of 2026-05-04 11:08+00:00." in text
    assert "From answers to 'desk': 2." in text


def test_html_is_escaped() -> None:
    """No text becomes markup, wherever it comes from."""
    evil = "<script>alert('&')</script>"
    signal = Signal(evil, Source.STAFF, at(0), policy=evil)
    target = Target(attrs.evolve(kpis.OWN_LANGUAGE, title=evil), at_least=0.5, owner=evil)
    shown = made(
        title=evil,
        signals=signal,
        targets=target,
        contacts=[CONTACT, attrs.evolve(CONTACT, agent=evil)],
        by="agent",
        policy=ServicePolicy(evil),
    )

    assert "<script" not in shown.as_html()
    assert "<script" not in shown.as_markdown().replace("\\<", "")
    assert evil in str(shown)


def test_shown_in_short() -> None:
    """The whole fills pages; its title and instant name it."""
    assert repr(EMPTY) == f"ServiceReview('Service review', as_of={EMPTY.as_of!r})"


def test_what_follows_from_the_rest_is_not_pickled() -> None:
    """A pickle holds what a review was made from, and nothing worked out."""
    again = pickle.loads(pickle.dumps(REVIEW))

    assert (REVIEW, str(REVIEW)) == (again, str(again))
    assert len(pickle.dumps(EMPTY)) < len(pickle.dumps(REVIEW))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("entries", [CONTACT]),
        ("entries", "rows"),
        ("contacts", REGISTER),
        ("operations", None),
        ("answers", ["24123"]),
        ("targets", KPIS),
        ("policy", None),
        ("as_of", at(0).replace(tzinfo=None)),
        ("title", ""),
        ("instrument", "desk"),
        ("promises", REGISTER),
        ("measured", {}),
        ("trained", "Mika"),
        ("by", ()),
        ("by", [None]),
    ],
    ids=str,
)
def test_what_is_no_review_is_refused(name: str, wrong: object) -> None:
    """Every field says what it may hold."""
    with pytest.raises(RecordError, match=rf"ServiceReview: {name} is .*, allowed: "):
        made(**{name: wrong})


def test_signals_are_signals() -> None:
    """What cannot be ranked is refused by the ranking."""
    with pytest.raises(RecordError, match=r"signals is .* a Signal"):
        made(signals=[CONTACT])


def test_two_kpis_of_one_key_are_refused() -> None:
    """A scorecard could not tell them apart."""
    other = attrs.evolve(kpis.OWN_LANGUAGE, measure=Share(Column("resolved").is_true()))

    with pytest.raises(DefinitionError):
        made(targets=[OVER_CONTACTS, Target(other, at_least=0.5)])
