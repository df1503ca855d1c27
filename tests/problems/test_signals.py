"""Signals: what they may say, and what is read from cases, contacts, figures and comments."""

from datetime import timedelta

import pytest

from samples import START, at, case, cause, complaint, correction, understanding
from servicekit.complaint import Channel, Dissatisfaction, Subject
from servicekit.errors import RecordError
from servicekit.feedback import Code, Codebook, Comment, code
from servicekit.problems import UNCODED, Signal, Source, signals_from
from servicekit.register import Contact, Operations
from servicekit.resolution import Case, Cause, Prevention

NAIVE = START.replace(tzinfo=None)


def found(minutes, key):
    """Find a cause that has a key, or None."""
    return Cause("Boiled", "Dry", problem="A seam", key=key, at=at(minutes), by="Mika")


def suggestion(minutes=5):
    """Suggest how to prevent the problem."""
    return Prevention("Test every seam", at=at(minutes), by="Salla")


def contact(**changes):
    """Make a call."""
    return Contact("T-1", Channel.PHONE, **{"queued_at": START} | changes)


def told(signals):
    """Give problem, source and weight of each signal."""
    return [(signal.problem, signal.source, signal.weight) for signal in signals]


def test_terms_stand_for_their_text():
    """A term as problem, source or policy is kept as plain text, so that it is saved as such."""
    signal = Signal(Dissatisfaction.OVERCHARGED, Source.STAFF, START, policy=Channel.WEB)
    assert ("overcharged", "staff", "web") == (signal.problem, signal.source, signal.policy)
    assert {str} == {type(text) for text in (signal.problem, signal.source, signal.policy)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("problem", " "),
        ("source", None),
        ("at", NAIVE),
        ("weight", -1),
        ("weight", 0.5),
        ("weight", True),
        ("weight", 2**53),
        ("actionable", None),
        ("policy", ""),
        ("note", None),
        ("evidence", 7),
    ],
)
def test_what_cannot_be_is_refused_by_name(field, value):
    """A field that cannot be is refused and named."""
    given = {"problem": "late", "source": "survey", "at": START} | {field: value}
    with pytest.raises(RecordError, match=f"Signal: {field} is "):
        Signal(**given)


def test_all_problems_of_a_signal_at_once():
    """Everything that is wrong is told together."""
    with pytest.raises(RecordError) as refused:
        Signal("", "", NAIVE, weight=-1)
    assert ["problem", "source", "at", "weight"] == [p.field for p in refused.value.problems]


def test_a_case_tells_of_its_cause():
    """The key of the cause is the problem, the complaint is the evidence and gives the instant."""
    about = Subject(policy="P-3")
    steps = (understanding(1), found(2, "seam"))
    (signal,) = signals_from([Case(complaint(category="leak", about=about), steps)])
    assert (
        Signal("seam", "complaints", START, policy="P-3", note="A seam", evidence="C-17") == signal
    )


def test_the_last_cause_counts():
    """A cause that was found later takes the place of an earlier one."""
    steps = (understanding(1), found(2, "seam"), found(3, "lid"))
    assert [("lid", "complaints", 1)] == told(signals_from([case(*steps)]))


def test_annulled_steps_do_not_count():
    """A cause or a suggestion that was annulled tells of nothing."""
    steps = (understanding(1), found(2, "seam"), found(3, "lid"), suggestion(4))
    annulled = (*steps, correction(5, 2), correction(6, 3))
    assert [("seam", "complaints", 1)] == told(signals_from([case(*annulled)]))


def test_a_case_as_of_an_instant():
    """Before the cause was found a case tells of the category of the complaint."""
    known = Case(complaint(category="leak"), (understanding(1), found(9, "seam")))
    assert ["leak"] == [signal.problem for signal in signals_from([known.as_of(at(5))])]


@pytest.mark.parametrize(
    ("steps", "changes", "problem", "note"),
    [
        ((), {}, UNCODED, "The kettle leaks"),
        ((), {"category": "leak"}, "leak", "The kettle leaks"),
        ((understanding(1), cause(2)), {}, UNCODED, "A cracked seam"),
        ((understanding(1), cause(2)), {"category": "leak"}, "leak", "A cracked seam"),
        (
            (understanding(1), cause(2)),
            {"causes": {Dissatisfaction.OVERCHARGED}},
            UNCODED,
            "A cracked seam",
        ),
    ],
)
def test_what_has_no_key_is_not_lost(steps, changes, problem, note):
    """Without a cause key the category stands in; without either it is uncoded, and vague."""
    first, *_ = signals_from([Case(complaint(**changes), steps)])
    assert (problem, note, problem != UNCODED) == (first.problem, first.note, first.actionable)


def test_causes_of_dissatisfaction():
    """Each cause of dissatisfaction is a problem, in a fixed order; some are too vague."""
    causes = {
        Dissatisfaction.SLOW_ANSWER,
        Dissatisfaction.BAD_RESULT,
        Dissatisfaction.NOT_RIGHT_FIRST_TIME,
    }
    signals = signals_from([Case(complaint(causes=causes))])
    assert [
        ("bad_result", False),
        ("not_right_first_time", False),
        ("slow_answer", True),
    ] == [(signal.problem, signal.actionable) for signal in signals]


def test_a_cause_that_is_one_of_dissatisfaction_counts_once():
    """What a complaint says twice is one occurrence."""
    steps = (understanding(1), found(2, "slow_answer"))
    of_one = Case(complaint(causes={Dissatisfaction.SLOW_ANSWER}), steps)
    assert [("slow_answer", "complaints", 1)] == told(signals_from([of_one]))


def test_a_suggestion_is_what_staff_say():
    """A suggestion adds no occurrence; it belongs to the cause and has its own instant."""
    _, signal = signals_from([case(understanding(1), found(2, "seam"), suggestion(5))])
    expected = Signal("seam", "staff", at(5), weight=0, note="Test every seam", evidence="C-17")
    assert expected == signal


def test_a_suggestion_without_a_cause():
    """A suggestion whose problem nobody has named is set apart with it."""
    _, signal = signals_from([case(suggestion())])
    assert (UNCODED, False, "Test every seam") == (signal.problem, signal.actionable, signal.note)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"answered_at": at(1), "solved": True, "represented_well": True}, []),
        ({"abandoned_at": at(1)}, ["slow_answer"]),
        ({"abandoned_at": at(1), "resolved": False}, ["slow_answer"]),
        ({"abandoned_at": at(1), "solved": False}, ["slow_answer", "not_solved"]),
        ({"solved": False, "resolved": True}, ["not_solved"]),
        ({"solved": True, "resolved": False}, []),
        ({"resolved": False}, ["not_solved"]),
        ({"represented_well": False}, ["unprofessional"]),
        ({"solved": False, "represented_well": False}, ["not_solved", "unprofessional"]),
        ({}, []),
    ],
)
def test_what_a_contact_tells(changes, problems):
    """Hanging up, what is not solved, who did badly; the customer's word beats the agent's."""
    signals = signals_from([contact(**changes)])
    assert problems == [signal.problem for signal in signals]


def test_a_contact_names_its_source():
    """A hotline that reports contacts is its own source; the matter and the key are kept."""
    (own, theirs) = signals_from(
        [
            contact(resolved=False, matter="leak"),
            contact(resolved=False, source="hotline"),
        ]
    )
    assert (("contacts", "leak", "T-1"), ("hotline", "")) == (
        (own.source, own.note, own.evidence),
        (theirs.source, theirs.note),
    )


def test_what_operations_count():
    """Counts are weights, zero and unknown counts say nothing, and the source is kept."""
    counts = Operations(
        START, at(60), refused_deliveries=5, reorders=4, stock_outs=0, rejected=2, product="K-2"
    )
    carrier = Operations(START, at(60), source="carrier", reorders=4, returned=1)
    assert [
        ("refused_deliveries", "operations", 5),
        ("rejected", "operations", 2),
        ("refused_deliveries", "carrier", 4),
        ("returned", "carrier", 1),
    ] == told(signals_from([counts, carrier]))
    first, *_ = signals_from([counts])
    assert (at(60) - timedelta(microseconds=1), "K-2") == (first.at, first.note)


def test_comments_that_speak_of_a_theme():
    """A mention of a theme is a signal of the survey, or of who else it names as the source."""
    codebook = Codebook("open", [
        Code("late", "Late", words={"en": ["late"]}),
        Code("bad", "Bad", words={"en": ["bad"]}, actionable=False),
    ])  # fmt: skip
    comments = [
        Comment("1", "Late and bad", at=at(1), language="en"),
        Comment("2", "So late", at=at(2), language="en", source="hotline"),
    ]
    assert (
        Signal("late", "survey", at(1), note="Late", evidence="1"),
        Signal("bad", "survey", at(1), actionable=False, note="bad", evidence="1"),
        Signal("late", "hotline", at(2), note="late", evidence="2"),
    ) == signals_from(code(comments, codebook).mentions)


def test_what_tells_nothing_is_refused():
    """Anything else is refused by its place, and nothing is half done."""
    with pytest.raises(RecordError, match=r"signals_from: \[1\] is 'C-17', allowed: a Case, "):
        signals_from([case(), "C-17"])
