"""Timelines: a case told to a reader, a line each."""

from datetime import timedelta, timezone

import attrs

from samples import FULL_CASE, FULL_COMPLAINT, TO_STAGE, at, case, complaint, correction, note
from servicekit.complaint import Subject
from servicekit.resolution import Stage

TOLD = """\
C-17  Aino Virtanen, Kaivokatu 1, Helsinki, +358 40 123 4567, aino@example.org, fi
2026-05-04 09:30+00:00  Mika            received by social media: The kettle leaks
                                        on behalf of: Eero Virtanen, +358 9 1234
                                        category: leak
                                        causes: not right first time, slow answer
                                        asks for: replacement
                                        order: O-1
                                        product: K-2
                                        policy: P-3
2026-05-04 09:30+00:00  mail robot   0  acknowledged automatically
2026-05-04 09:31+00:00  Mika         1  acknowledged
2026-05-04 09:32+00:00  Mika         2  promised by 2026-05-04 10:00+00:00: To call back (call)
2026-05-04 09:33+00:00  Mika         3  not yet understood
                                        Bought on Friday
                                        Leaks
                                        repeated back: It leaks
2026-05-04 09:34+00:00  Mika         4  understood
                                        Bought on Friday
                                        Leaks
                                        repeated back: It leaks
2026-05-04 09:35+00:00  Mika         5  escalated to Salla: Above my limit
2026-05-04 09:36+00:00  Salla        6  cause: A cracked seam
                                        the customer did: Boiled water
                                        should have happened: A dry table
                                        responsible: supplier
                                        not caught earlier because: Seams are not tested
                                        counted as: seam
2026-05-04 09:37+00:00  Mika         7  proposal declined
                                        wish: A new one
                                        New one (replacement)
2026-05-04 09:38+00:00  Salla        8  proposal accepted
                                        wish: asked, none
                                        A new kettle (replacement) by 2026-05-04 10:30+00:00
                                        A lesson (explanation)
2026-05-04 09:39+00:00  Mika         9  promised in writing by 2026-05-04 11:00+00:00: \
To call back (visit)
                                        in place of: call
2026-05-04 09:40+00:00  Salla       10  goodwill: A bag of tea
2026-05-04 09:40+00:00  Salla       11  goodwill: A voucher
                                        5.00 EUR
2026-05-04 09:50+00:00  Salla       12  fixed: Sent a new kettle; Gave a lesson
                                        apology: We are sorry
                                        compensation: 12.50 EUR, 3 GBP
2026-05-04 09:51+00:00  Mika        13  promise kept: visit
2026-05-04 09:52+00:00  Mika        14  asked whether satisfied: not reached
2026-05-04 09:53+00:00  Mika        15  asked whether satisfied: no
                                        Still leaks
2026-05-04 09:54+00:00  Salla       16  closed: no agreement
                                        Went to court
2026-05-04 09:55+00:00  Mika        17  reopened: It leaks again
2026-05-04 09:56+00:00  Mika        18  prevention: Test every seam
2026-05-04 09:57+00:00  Mika        19  note: Called
                                        annulled, does not count
2026-05-04 09:58+00:00  Mika        20  correction: step 19 does not count: Recorded wrongly"""


def test_every_kind_of_step():
    """The timeline tells everything that the complaint and the steps hold."""
    assert TOLD == FULL_CASE.timeline()


def test_nothing_is_left_out():
    """Every text of the complaint and the steps can be read in the timeline."""
    values = [FULL_COMPLAINT, *FULL_CASE.steps]
    texts = [
        text
        for value in values
        for name, text in attrs.asdict(value, recurse=False).items()
        if isinstance(text, str) and name not in {"channel", "basis", "by"}
    ]
    assert [] == [text for text in texts if text not in FULL_CASE.timeline()]


def test_fresh():
    """A complaint alone is told in two lines, and what is not known is not mentioned."""
    assert """\
C-17  Aino Virtanen
2026-05-04 09:30+00:00  Mika      received by phone: The kettle leaks""" == case().timeline()


def test_subject_in_part():
    """Of what a complaint is about, only the keys that are known are told."""
    told = attrs.evolve(case(), complaint=complaint(about=Subject("O-1"))).timeline()
    assert ["received by phone: The kettle leaks", "order: O-1"] == [
        line[len("2026-05-04 09:30+00:00  Mika      ") :] for line in told.splitlines()[1:]
    ]


def test_offsets_as_they_were():
    """Each instant is shown with the offset with which it was recorded."""
    local = attrs.evolve(note(), at=at(1).astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert "2026-05-04 15:16+05:45  Mika   0  note: Called" in case(local).timeline()


def test_nothing_granted():
    """Where nothing was granted, nothing is said of it."""
    told = case(*TO_STAGE[Stage.FIXED]).timeline()
    assert ["fixed: Sent it", "apology: We are sorry"] == [
        line[len("2026-05-04 09:34+00:00  Mika   3  ") :] for line in told.splitlines()[-2:]
    ]


def test_a_correction_annulled():
    """A correction that no longer counts says so, and what it annulled no longer does."""
    lines = case(note(1), correction(2, 0), correction(3, 1)).timeline().splitlines()
    assert ["0", "1", "", "2"] == [line[28:34].strip() for line in lines[2:]]
    assert "annulled, does not count" == lines[4].strip()


def test_a_text_of_several_lines():
    """Text stays in its place: it can neither break a line nor pass for another step."""
    forged = "Called\n2026-05-04 09:59+00:00  Boss   9  closed: withdrawn"
    told = case(attrs.evolve(note(1), text=forged, by="Mi\nka")).timeline().splitlines()
    assert 4 == len(told)
    assert told[-1].startswith(" " * len("2026-05-04 09:30+00:00  Mi ka   0  "))
    assert "  Mi ka   0  note: Called" in told[2]
