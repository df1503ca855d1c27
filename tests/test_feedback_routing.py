"""Routing and recognition: who is to hear of feedback, and who is praised."""

from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from samples import CODEBOOK, CODING, OFFICE, START, at
from servicekit.catalogue.routing import AFTER_A_CONTACT, RATED_1_TO_5
from servicekit.complaint import Channel
from servicekit.errors import DefinitionError, RecordError
from servicekit.feedback import (
    Comment,
    Destination,
    Recognition,
    RoutingRule,
    RoutingRules,
    code,
    recognition,
    route,
)
from servicekit.kpi import Column, Within
from servicekit.register import Contact

HOUR: Final = timedelta(hours=1)
DESK: Final = Destination("desk", 48 * HOUR)
OWNER: Final = Destination("owner", timedelta(0))
BOSS: Final = Destination("boss", 4 * HOUR)


def comment(key: str, rating: float | None = None, text: str = "", **more: Any) -> Comment:
    """Make a comment, made at the start unless said otherwise."""
    return Comment(key, text, rating=rating, **{"at": START} | more)


def contact(
    key: str, *, solved: bool | None = None, well: bool | None = None, **more: Any
) -> Contact:
    """Make a contact after which the customer was asked."""
    said = {"solved": solved, "represented_well": well, "agent": "Aino"}
    return Contact(key, Channel.PHONE, queued_at=START, **said | more)


def rules(*given: RoutingRule) -> RoutingRules:
    """Put rules in order, with the desk as the fallback."""
    return RoutingRules(given, DESK)


def ways(feedback: Any, by: RoutingRules, **more: Any) -> dict[str, tuple[str, str | None]]:
    """Say where each piece of feedback goes, and by which rule."""
    routed = route(feedback, by, **more)
    return {
        one.feedback.id: (one.destination.to, one.rule.key if one.rule else None) for one in routed
    }


ANGRY: Final = RoutingRule("angry", OWNER, when=Column("rating") <= 1)
BAD: Final = RoutingRule("bad", BOSS, when=Column("rating") <= 2)
LATE: Final = RoutingRule("late", BOSS, codes="late")

# --- Rules ----------------------------------------------------------------------------------------


def test_a_rule_asks_for_something():
    """A rule without a condition and without codes would catch everything unseen."""
    with pytest.raises(DefinitionError, match="when is None, allowed: a condition, codes or both"):
        RoutingRule("all", OWNER)


def test_what_is_no_rule():
    """All fields at fault are named."""
    with pytest.raises(DefinitionError) as refused:
        RoutingRule("", "owner", when=Column("rating"), codes=[5])
    assert ["key", "destination", "when", "codes"] == [one.field for one in refused.value.problems]


@pytest.mark.parametrize("within", [-HOUR, 0, None])
def test_a_time_is_zero_or_more(within):
    """Nobody hears of anything before it was said."""
    with pytest.raises(DefinitionError, match=r"within is .*, allowed: a timedelta of zero"):
        Destination("owner", within)


def test_rule_keys_are_used_once():
    """Two rules with one key are refused, for a decision names its rule."""
    with pytest.raises(DefinitionError, match="rules is 'bad', allowed: each key once"):
        rules(BAD, ANGRY, BAD)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (BAD, "rating <= 2"),
        (attrs.evolve(LATE, codes={"rude", "late"}), "about late or rude"),
        (attrs.evolve(BAD, codes=["late"]), "rating <= 2, about late"),
    ],
)
def test_a_rule_says_itself(rule, expected):
    """A rule is read as a sentence."""
    assert expected == str(rule)


# --- Routing --------------------------------------------------------------------------------------


def test_the_first_rule_that_applies_decides():
    """Rules are tried in order; what none applies to goes to the fallback."""
    given = [comment("1", 1), comment("2", 2), comment("3", 3), comment("4")]
    expected = {
        "1": ("owner", "angry"),
        "2": ("boss", "bad"),
        "3": ("desk", None),
        "4": ("desk", None),
    }
    assert expected == ways(given, rules(ANGRY, BAD))
    assert ("boss", "bad") == ways(given, rules(BAD, ANGRY))["1"]


def test_what_is_not_known_makes_no_rule_apply():
    """Neither a condition nor its contrary is true of what nobody said."""
    unlike = RoutingRule("not_bad", OWNER, when=~(Column("rating") <= 2))
    silent = RoutingRule("silent", BOSS, when=~Column("rating").known())
    assert {"1": ("desk", None)} == ways([comment("1")], rules(BAD, unlike))
    assert {"1": ("boss", "silent")} == ways([comment("1")], rules(BAD, unlike, silent))


def test_conditions_on_all_that_a_comment_holds():
    """Channel, customer, source, question, language and their combinations decide."""
    when = (
        Column("channel").equals(Channel.EMAIL)
        & Column("customer").one_of("A", "B")
        & (Column("language").equals("fi") | Column("source").equals("web"))
        & Column("question").known()
    )
    known = {"channel": Channel.EMAIL, "customer": "B", "source": "web", "question": "q"}
    given = [comment("1", **known), comment("2", **known | {"customer": "C"}), comment("3")]
    found = ways(given, rules(RoutingRule("r", OWNER, when=when)))
    assert ["owner", "desk", "desk"] == [to for _, (to, _) in sorted(found.items())]


def test_codes_decide():
    """A rule on codes applies to comments with one of them, and asks for the rest as well."""
    both = attrs.evolve(LATE, key="late_and_bad", when=Column("rating") <= 1)
    assert {
        "1": ("boss", "late_and_bad"),
        "2": ("boss", "late"),
        "3": ("desk", None),
        "4": ("desk", None),
        "5": ("desk", None),
    } == ways(CODING, rules(both, LATE))


def test_comments_that_were_not_read_are_routed_too():
    """A rating without a word, or in a language that nobody reads, is feedback."""
    coding = code([comment("1", 1), comment("2", 1, "Bra!", language="sv")], CODEBOOK)
    assert {"1": ("owner", "angry"), "2": ("owner", "angry")} == ways(coding, rules(LATE, ANGRY))


def test_nothing_is_dropped():
    """Every piece of feedback is routed once, also where ids are the same."""
    given = [comment("1", 1), comment("1", 2), comment("1")]
    routed = route(given, rules(ANGRY, BAD))
    assert given == [one.feedback for one in routed]
    assert 3 == len(routed)
    assert 0 == len(route([], rules(ANGRY)))


def test_what_is_due_first_stands_first():
    """The decisions are in the order of their due instants, and else as given."""
    given = [
        comment("1"),
        comment("2", 2),
        comment("3", 2),
        comment("4", 1, at=START + 5 * HOUR),
        comment("5", 2, at=START - HOUR),
    ]
    routed = route(given, rules(ANGRY, BAD))
    assert ["5", "2", "3", "4", "1"] == [one.feedback.id for one in routed]
    assert START + 3 * HOUR == next(iter(routed)).due


def test_at_once_is_when_it_was_said():
    """A time of zero gives the instant of the comment itself, in its own offset."""
    east = START.astimezone(OFFICE.tz)
    (routed,) = route([comment("1", 1, at=east)], rules(ANGRY))
    assert east.isoformat() == routed.due.isoformat()


def test_in_working_time():
    """With a calendar the time runs while it is open, and comes back on its clock."""
    (routed,) = route([comment("1", 2)], rules(BAD), calendar=OFFICE)
    assert OFFICE.deadline(START, 4 * HOUR) == routed.due
    assert routed.due > START + 4 * HOUR
    assert OFFICE.tz.utcoffset(None) != routed.due.utcoffset()


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, 0),
        ({"answered_at": at(1)}, 1),
        ({"abandoned_at": at(2)}, 2),
        ({"answered_at": at(1), "ended_at": at(3)}, 3),
    ],
)
def test_a_contact_is_heard_of_when_it_ends(known, expected):
    """The time runs from the last instant that is known of a contact."""
    (routed,) = route([contact("1", well=False, **known)], RoutingRules([], OWNER))
    assert at(expected) == routed.due


def test_by_destination():
    """What each one is to hear of, most urgent first."""
    given = [comment("1"), comment("2", 2), comment("3", 1), comment("4", 2, at=at(-1))]
    found = route(given, rules(ANGRY, BAD)).by_destination
    assert {"boss": ["4", "2"], "desk": ["1"], "owner": ["3"]} == {
        to: [one.feedback.id for one in routed] for to, routed in found.items()
    }


def test_each_decision_says_why():
    """The rule in words, or that none applied."""
    routed = route([comment("1", 2), comment("2")], rules(BAD))
    assert ["bad: rating <= 2", "no rule applies"] == [one.because for one in routed]
    assert [
        "2 routed",
        "Feedback    To                        Due           Because",
        "1         boss  2026-05-04 13:30:00+00:00  bad: rating <= 2",
        "2         desk  2026-05-06 09:30:00+00:00   no rule applies",
    ] == str(routed).splitlines()


def test_windows_are_taken_as_closed():
    """A condition on a limit is decided on what is on record: no answer is no answer in time."""
    slow = RoutingRule("slow", BOSS, when=~Within("queued_at", "answered_at", HOUR))
    given = [contact("1"), contact("2", answered_at=at(5))]
    assert {"1": ("boss", "slow"), "2": ("desk", None)} == ways(given, rules(slow))


def test_what_cannot_be_routed():
    """What is no feedback, no rules and no calendar is refused by its place."""
    with pytest.raises(RecordError) as refused:
        route([comment("1")], [BAD], calendar=5)
    assert ["rules", "calendar"] == [one.field for one in refused.value.problems]
    with pytest.raises(RecordError) as refused:
        route([comment("1"), {"id": "2"}, None], rules(BAD))
    assert ["feedback[1]", "feedback[2]"] == [one.field for one in refused.value.problems]
    with pytest.raises(RecordError, match=r"route: mood is missing, allowed: a column of every"):
        route([comment("1")], rules(RoutingRule("r", BOSS, when=Column("mood") < 1)))
    with pytest.raises(RecordError, match=r"route: text is ''"):
        route([comment("1")], rules(RoutingRule("r", BOSS, when=Column("text") < 1)))


def test_codes_that_nobody_gave():
    """A rule on codes needs a coding, and one of its codes."""
    with pytest.raises(RecordError, match=r"feedback is no Coding, allowed: .* rule 'late' asks"):
        route([comment("1")], rules(BAD, LATE))
    with pytest.raises(DefinitionError, match=r"rules\['late'\].codes is 'lat', .*: bad, late"):
        route(CODING, rules(attrs.evolve(LATE, codes=["late", "lat"])))


# --- The rules of the catalogue -------------------------------------------------------------------


def test_rated_1_to_5():
    """The worst straight to the owner, bad ones to the supervisor, the best to thanks."""
    given = [comment(str(rating), rating) for rating in range(1, 6)]
    assert ["owner", "supervisor", "service_desk", "service_desk", "thanks"] == [
        to for _, (to, _) in sorted(ways(given, RATED_1_TO_5).items())
    ]


@pytest.mark.parametrize(
    ("solved", "well", "expected"),
    [
        (False, False, "owner"),
        (True, False, "supervisor"),
        (None, False, "supervisor"),
        (False, True, "supervisor"),
        (False, None, "supervisor"),
        (True, True, "thanks"),
        (None, True, "thanks"),
        (True, None, "service_desk"),
        (None, None, "service_desk"),
    ],
)
def test_after_a_contact(solved, well, expected):
    """Blame goes up, praise to thanks, and what nobody said to the desk."""
    assert expected == ways([contact("1", solved=solved, well=well)], AFTER_A_CONTACT)["1"][0]


# --- Recognition ----------------------------------------------------------------------------------


def praised(agent: str | None, good: int, bad: int, unknown: int = 0) -> list[Contact]:
    """Make so many contacts of an agent with praise, with blame, and with neither said."""
    said = [True] * good + [False] * bad + [None] * unknown
    return [contact(f"{agent}{n}", well=well, agent=agent) for n, well in enumerate(said)]


def names(credits_: Any) -> list[object]:
    """Name whose credits these are."""
    return [one.who for one in credits_]


def test_one_praise_of_one_contact_does_not_beat_many():
    """The surest praise stands first; too few contacts earn thanks, and no reward."""
    found = recognition([*praised("Mika", 1, 0), *praised("Aino", 18, 2), *praised("Eero", 3, 9)])
    assert ["Aino", "Eero", "Mika"] == names(found)
    assert ["Aino", "Eero", "Mika"] == names(found.thanked)
    assert ["Aino"] == names(found.rewarded)
    assert ["Eero", "Aino"] == names(found.weakest)


def test_the_interval_decides_among_those_with_enough():
    """Nine of ten beat five of five where nothing else does, the sample being larger."""
    found = recognition([*praised("A", 5, 0), *praised("B", 36, 4)])
    assert ["B", "A"] == names(found)
    assert [1, Fraction(9, 10)] == sorted((one.praised for one in found), reverse=True)


def test_evidence():
    """Each credit names the contacts with praise and with blame, in the order given."""
    (one,) = recognition(praised("A", 2, 1, 3))
    assert (("A0", "A1"), ("A2",), 3, 3) == (one.praise, one.blame, one.n, one.unknown)
    assert (Fraction(2, 3), Fraction(1, 3)) == (one.praised, one.blamed)


def test_praise_with_a_middle():
    """Where blame is stated, what is neither counts as neither."""
    given = [comment(str(n), rating, agent="A") for n, rating in enumerate([5, 5, 3, 1, None])]
    good, bad = Column("rating") >= 5, Column("rating") <= 1
    (one,) = recognition(given, praise=good, blame=bad)
    assert (("0", "1"), ("3",), 4, 1) == (one.praise, one.blame, one.n, one.unknown)


def test_blame_alone_is_known_too():
    """A contact with blame counts even where nobody knows of praise."""
    given = [contact("1", solved=False), contact("2", solved=True)]
    (one,) = recognition(given, blame=~Column("solved").is_true())
    assert (("1",), 1, 1) == (one.blame, one.n, one.unknown)


def test_nobody_said_anything():
    """Without a word there is no share; who has none is neither thanked nor first to develop."""
    found = recognition(praised("A", 0, 0, 9), smallest=0)
    (one,) = found
    assert (None, None, None, None) == (
        one.praised,
        one.blamed,
        one.praise_interval(),
        one.blame_interval(),
    )
    assert (-1.0, 1.0) == (one.worst_case, one.best_case)
    assert ((), ()) == (found.thanked, found.rewarded)
    assert "A         0         -     -   -        -" == str(found).splitlines()[2]


def test_the_weakest_by_little_praise_or_much_blame():
    """Least praise or most blame comes first, the sure cases before the unsure ones."""
    given = [
        *(comment(f"a{n}", 1 if n < 2 else 5, agent="blamed_a_little") for n in range(20)),
        *(comment(f"b{n}", 3, agent="never_praised") for n in range(20)),
        *(comment(f"c{n}", 1, agent="blamed_always") for n in range(20)),
        *(comment(f"d{n}", 1, agent="new") for n in range(2)),
    ]
    found = recognition(given, praise=Column("rating") >= 5, blame=Column("rating") <= 2)
    assert ["blamed_always", "never_praised", "blamed_a_little"] == names(found.weakest)
    assert ["blamed_a_little", "never_praised", "blamed_always", "new"] == names(found)


def test_contacts_of_nobody():
    """Contacts that do not say whose they are are counted apart."""
    found = recognition([*praised(None, 2, 1), *praised("A", 1, 0)])
    assert (3, ["A"]) == (found.unnamed, names(found))


def test_by_another_column():
    """What is praised may be anything that a row names, terms by their text."""
    given = [contact("1", well=True), contact("2", well=False)]
    found = recognition([attrs.evolve(given[0], channel=Channel.CHAT), given[1]], by="channel")
    assert ["chat", "phone"] == names(found)


def test_ties_stand_in_the_order_of_their_names():
    """Equal praise is told apart by name alone, whatever the order of the contacts."""
    given = [*praised("B", 3, 1), *praised("A", 3, 1), *praised("C", 3, 1)]
    for rows in (given, given[::-1]):
        found = recognition(rows, smallest=1)
        assert ["A", "B", "C"] == names(found) == names(found.weakest)


def test_what_a_reward_takes():
    """A reward takes the smallest number and a share that is surely as high as asked for."""
    given = praised("A", 9, 1)
    assert ["A"] == names(recognition(given).rewarded)
    assert [] == names(recognition(given, smallest=11).rewarded)
    assert [] == names(recognition(given, at_least=Fraction(3, 5)).rewarded)


def test_a_table_of_praise():
    """Contacts, shares with their interval, and who earned what."""
    found = recognition([*praised("Aino", 18, 2), *praised("Mika", 1, 0), *praised(None, 1, 0)])
    assert [
        "Praise and blame",
        "      Contacts  Praise %  from     to  Blame %",
        "Aino        20      90.0  69.9   97.2     10.0   reward",
        "Mika         1     100.0  20.7  100.0      0.0  too few",
        "Contacts that do not say whose they are: 1",
    ] == str(found).splitlines()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("praise", "represented_well"),
        ("praise", None),
        ("blame", Column("solved")),
        ("by", ""),
        ("smallest", -1),
        ("smallest", 0.5),
        ("at_least", 0.5),
        ("at_least", Fraction(3, 2)),
    ],
)
def test_what_cannot_be_asked(name, wrong):
    """Each parameter says what it may be."""
    with pytest.raises(RecordError, match=rf"recognition: {name} is .*, allowed: "):
        recognition([], **{name: wrong})


@pytest.mark.parametrize("lacking", ["agent", "id", "represented_well"])
def test_rows_that_lack_a_column(lacking):
    """A row without what is asked for is refused by the name of the column."""
    row = {"id": "1", "agent": "A", "represented_well": True}
    del row[lacking]
    with pytest.raises(RecordError, match=f"recognition: {lacking} is missing"):
        recognition([row])


def test_keys_of_any_kind():
    """Agents and contacts may have numbers for keys; what cannot be a key is refused."""
    (one,) = recognition([{"id": 7, "agent": 5, "represented_well": True}])
    assert (5, (7,)) == (one.who, one.praise)
    with pytest.raises(RecordError) as refused:
        recognition(
            [
                {"id": n, "agent": key, "represented_well": True}
                for n, key in enumerate([["A"], (["A"],), "A"])
            ]
        )
    assert ["['A']", "(['A'],)"] == [problem.value for problem in refused.value.problems]


def test_no_contacts():
    """Without contacts nobody is praised and nothing is weak."""
    found = recognition(iter([]))
    assert isinstance(found, Recognition)
    assert (0, 0, (), ()) == (len(found), found.unnamed, found.weakest, found.thanked)
