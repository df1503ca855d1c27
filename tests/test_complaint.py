"""Complaints: what was said, by whom, to whom, when and through which channel."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samples import START, complaint
from servicekit.complaint import Channel, Complaint, Customer, Dissatisfaction, Subject
from servicekit.errors import RecordError


@pytest.mark.parametrize(
    ("channel", "written"),
    [
        (Channel.IN_PERSON, False),
        (Channel.PHONE, False),
        (Channel.EMAIL, True),
        (Channel.LETTER, True),
        (Channel.WEB, True),
        (Channel.CHAT, True),
        (Channel.SOCIAL_MEDIA, True),
    ],
)
def test_channel_is_written_or_spoken(channel, written):
    """Each channel says whether what is said there stands in writing."""
    assert written is channel.written


def test_every_channel_is_listed():
    """There are seven channels."""
    assert [
        "in_person",
        "phone",
        "email",
        "letter",
        "web",
        "chat",
        "social_media",
    ] == list(Channel)


def test_causes_of_dissatisfaction():
    """There are the seven causes and the two complaints heard most."""
    assert [
        "unprofessional",
        "impersonal",
        "not_right_first_time",
        "bad_result",
        "not_solved",
        "treated_badly",
        "overcharged",
        "slow_answer",
        "bad_attitude",
    ] == list(Dissatisfaction)


def test_only_what_is_known_of_a_customer():
    """A name is enough; the rest is None where it is not known."""
    assert (None,) * 4 == (
        (customer := Customer("Aino")).address,
        customer.phone,
        customer.email,
        customer.language,
    )


@pytest.mark.parametrize("name", ["name", "address", "phone", "email"])
def test_blank_is_not_known(name):
    """A blank entry is no entry; None is how one says that nothing is known."""
    with pytest.raises(RecordError, match=f"Customer: {name} is ' ', allowed: well-formed text"):
        Customer(**{"name": "Aino", name: " "})


def test_bad_language():
    """A language is a BCP 47 tag."""
    with pytest.raises(RecordError, match="Customer: language is 'Finnish', allowed: a BCP 47"):
        Customer("Aino", language="Finnish")


def test_defaults_of_a_complaint():
    """What was not said is None, and no causes is none."""
    made = complaint()
    assert (None, frozenset(), None, None, None) == (
        made.category,
        made.causes,
        made.remedy_sought,
        made.on_behalf_of,
        made.about,
    )


@pytest.mark.parametrize("kind", [set, frozenset, list, tuple])
def test_causes_are_taken_from_any_collection(kind):
    """Causes of dissatisfaction are a set, given as one, as a list or as a tuple."""
    given = kind([Dissatisfaction.OVERCHARGED, Dissatisfaction.SLOW_ANSWER])
    assert frozenset(given) == complaint(causes=given).causes


@pytest.mark.parametrize(
    "causes", ["overcharged", ["overcharged"], [[]], {"overcharged": 1}, None, Dissatisfaction]
)
def test_causes_refused(causes):
    """What is no cause of dissatisfaction is no entry of the set."""
    with pytest.raises(RecordError, match="Complaint: causes is "):
        complaint(causes=causes)


def test_kept_with_its_offset():
    """Any aware instant is taken, with the offset that was in force."""
    local = START.astimezone(ZoneInfo("Asia/Kathmandu"))
    made = complaint(received_at=local)
    assert "2026-05-04T15:15:00+05:45" == made.received_at.isoformat()
    assert complaint() == made
    assert hash(complaint()) == hash(made)


def test_naive_is_refused():
    """An instant without an offset is refused by name."""
    naive = datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 - that is the point
    with pytest.raises(RecordError, match=r"Complaint: received_at is datetime.datetime\(2026, 5"):
        complaint(received_at=naive)


@pytest.mark.parametrize("keys", [{"order": "O"}, {"product": "P"}, {"policy": "Y"}])
def test_subject_has_a_key(keys):
    """A subject is an order, a product or a policy; one is enough."""
    assert [keys.get(name) for name in ("order", "product", "policy")] == [
        (subject := Subject(**keys)).order,
        subject.product,
        subject.policy,
    ]


def test_subject_of_nothing():
    """A subject without any key is refused."""
    with pytest.raises(RecordError, match="an order, a product or a policy"):
        Subject()


def test_positional():
    """Id and customer come first; the rest is named."""
    made = Complaint(
        "C-1",
        Customer("Aino"),
        channel=Channel.WEB,
        received_at=START + timedelta(days=1),
        received_by="web form",
        concern="Late",
    )
    assert ("C-1", "Aino") == (made.id, made.customer.name)
