"""The nine items of a record, as they stand."""

import attrs

from samples import (
    FULL_CASE,
    FULL_COMPLAINT,
    TO_STAGE,
    at,
    case,
    cause,
    closure,
    fix,
    proposal,
    reopening,
    understanding,
)
from servicekit.resolution import AgreedSolution, Record, Stage

EXPLAINED = TO_STAGE[Stage.EXPLAINED]


def test_nine_items():
    """The record holds the nine items, as derived from the history."""
    solutions = tuple(
        AgreedSolution(
            what=what,
            remedy=remedy,
            agreed_at=at(8),
            promised_by=promised_by,
            carried_out_at=at(20),
        )
        for what, remedy, promised_by in (
            ("A new kettle", "replacement", at(60)),
            ("A lesson", "explanation", None),
        )
    )
    assert (
        Record(
            customer=FULL_COMPLAINT.customer,
            received_by="Mika",
            received_at=at(0),
            resolved_at=None,
            concern="The kettle leaks",
            solutions=solutions,
            actions=("Sent a new kettle", "Gave a lesson"),
            followed_up_at=at(23),
            compensation=FULL_CASE.compensation,
            prevention=("Test every seam",),
        )
        == FULL_CASE.record()
    )


def test_every_item_is_that_of_the_case():
    """The record says what the case says."""
    record = FULL_CASE.record()
    derived = {"resolved_at", "actions", "followed_up_at", "compensation", "prevention"}
    assert {name: getattr(FULL_CASE, name) for name in derived} == {
        name: getattr(record, name) for name in derived
    }


def test_at_any_instant():
    """The record of a case as of an instant knows what was known then."""
    assert () == FULL_CASE.as_of(at(7)).record().solutions
    assert (None, None) == tuple(
        solution.carried_out_at for solution in FULL_CASE.as_of(at(8)).record().solutions
    )


def test_to_a_reader():
    """The nine items are shown under their titles; what is not there is said in words."""
    assert """\
customer:              Aino Virtanen, Kaivokatu 1, Helsinki, +358 40 123 4567
received by:           Mika
received and resolved: 2026-05-04 09:30+00:00, not yet
concern:               The kettle leaks
agreed solutions:      A new kettle (carried out 2026-05-04 09:50+00:00); \
A lesson (carried out 2026-05-04 09:50+00:00)
actions taken:         Sent a new kettle; Gave a lesson
followed up:           2026-05-04 09:53+00:00
compensation:          12.50 EUR, 3 GBP
prevention:            Test every seam""" == str(FULL_CASE.record())
    assert """\
customer:              Aino Virtanen
received by:           Mika
received and resolved: 2026-05-04 09:30+00:00, not yet
concern:               The kettle leaks
agreed solutions:      none
actions taken:         none
followed up:           not yet
compensation:          nothing
prevention:            none""" == str(case().record())


def test_resolved():
    """A resolved case says when."""
    titles = dict(case(*TO_STAGE[Stage.RESOLVED]).record().items())
    assert "2026-05-04 09:30+00:00, 2026-05-04 09:35+00:00" == titles["received and resolved"]
    assert 9 == len(titles)


def test_solutions_to_a_reader():
    """A solution was carried out, or is promised by an instant, or is to be done."""
    promised = case(*EXPLAINED, proposal(3, due=at(60)))
    open_ended = case(*EXPLAINED, proposal(3))
    assert ["New one (promised by 2026-05-04 10:30+00:00)", "New one (to be done)"] == [
        str(each.record().solutions[0]) for each in (promised, open_ended)
    ]
    (done,) = promised.advance(fix(5)).record().solutions
    assert "New one (carried out 2026-05-04 09:35+00:00)" == str(done)


def test_dropped_solutions_are_left_out():
    """Only what was agreed and not dropped for something else is on record."""
    dropped = case(*EXPLAINED, proposal(3), proposal(4, accepted=False))
    replaced = dropped.advance(proposal(5, what="Another"))
    assert [(), ("Another",)] == [
        tuple(solution.what for solution in each.record().solutions) for each in (dropped, replaced)
    ]


def test_closed_and_reopened():
    """What was agreed before a closure stays on record, as not carried out."""
    closed = case(*EXPLAINED, proposal(3, what="First"), closure(4), reopening(5))
    again = case(*closed.steps, understanding(6), cause(7), proposal(8, what="Second"), fix(9))
    assert [("First", None), ("Second", at(9))] == [
        (solution.what, solution.carried_out_at) for solution in again.record().solutions
    ]


def test_keyword_only():
    """The items of a record are given by name."""
    assert all(field.kw_only for field in (*attrs.fields(Record), *attrs.fields(AgreedSolution)))
