"""Find the three big problems of a shop, the policies behind them, and what lies underneath.

    python examples/three_problems.py

Complaints, comments from a survey, calls, a carrier's report and the shop's own figures go in. The
quarter is made up, without chance: every case follows from its number.
"""

from datetime import UTC, datetime, timedelta

from servicekit import Case, Cause, Channel, Complaint, Customer, Money, Prevention, Understanding
from servicekit.catalogue.reference import FOLKLORE, FRONT_LINE
from servicekit.complaint import Dissatisfaction, Subject
from servicekit.feedback import Code, Codebook, Comment, code
from servicekit.problems import (
    Problem,
    Signal,
    Source,
    Taxonomy,
    iceberg,
    policies,
    rank,
    recurrence,
    signals_from,
)
from servicekit.register import Contact, Operations

APRIL, JULY = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CAUSES = ("dented", "dented", "seam", "dented", "invoice", "seam", "dented", "dented")
FAULTS = {"dented": "No padding in the box", "seam": "A cracked seam", "invoice": "An old price"}
POLICIES = {
    "dented": Subject(policy="one delivery slot"),
    "invoice": Subject(policy="invoices on paper"),
}
SLOW = frozenset({Dissatisfaction.SLOW_ANSWER})


def case(number: int) -> Case:
    """Make a complaint and the cause that was found; from June on kettles are packed better."""
    received = APRIL + number * DAY * 2
    key = CAUSES[number % 8]
    if key == "dented" and received >= APRIL + 61 * DAY:
        key = "invoice"
    by = {"at": received + 5 * MINUTE, "by": "Mika"}
    made = Complaint(
        f"K-{number:02}",
        Customer(f"Customer {number}"),
        channel=Channel.PHONE,
        received_at=received,
        received_by="Mika",
        concern="It came with a dent" if key == "dented" else "It is not as it should be",
        causes=SLOW if number % 5 == 0 else (),
        about=POLICIES.get(key),
    )
    understood = Understanding("Bought a kettle", "It is faulty", confirmed=True, **by)
    found = Cause("Ordered a kettle", "A good kettle", problem=FAULTS[key], key=key, **by)
    thought = (Prevention("Fill the box with paper", **by),) if number == 1 else ()
    return Case(made, (understood, found, *thought))


SAID = (
    ("fi", "Paketti oli kolhiintunut, ja se viivästyi"),
    ("en", "The kettle had a dent when it came"),
    ("en", "Two weeks late"),
    ("fi", "Laskussa oli virhe"),
    ("en", "I was not satisfied"),
    ("en", "Friendly people, thank you"),
    ("fi", "Toimitus viivästyi taas"),
)
CODEBOOK = Codebook(
    "What could we do better?",
    [
        Code("dented", "Dented", words={"en": "dent*", "fi": "kolhiintu*"}),
        Code("late", "Late", words={"en": "late", "fi": "viiväst*"}),
        Code("invoice", "Invoice", words={"en": "invoice*", "fi": "lasku*"}),
        Code("unhappy", "Unhappy", words={"en": "not satisfied", "fi": "tyytymätön"}),
    ],
)
comments = [
    Comment(f"S-{number}", text, at=APRIL + number * 9 * DAY, language=language)
    for number, (language, text) in enumerate(SAID)
]
calls = [
    Contact(
        f"T-{n}", Channel.PHONE, queued_at=(at := APRIL + n * 7 * DAY), abandoned_at=at + MINUTE
    )
    for n in range(12)
]
reports = [
    Operations(APRIL, APRIL + 61 * DAY, source="carrier", refused_deliveries=19),
    Operations(APRIL, JULY, stock_outs=6, rejected=4),
]
staff = [
    Signal("late", Source.STAFF, JULY - DAY, policy="one delivery slot", note="Let them choose"),
    Signal("invoice", Source.STAFF, JULY - DAY, note="The form confuses people"),
]

# One list of signals, from everybody who knows something.
cases = [case(number) for number in range(45)]
signals = (
    *signals_from([*cases, *calls, *reports]),
    *signals_from(code(comments, CODEBOOK).mentions),
    *staff,
)

# What each problem is called, what it belongs to, and what others call it.
taxonomy = Taxonomy(
    [
        Problem("dented", "Dented on the way"),
        Problem("refused_deliveries", "Delivery refused", becomes="dented"),  # the carrier's name
        Problem("late", "Delivered late"),
        Problem("stock_outs", "Out of stock"),
        Problem("seam", "The seam leaks"),
        Problem("rejected", "Found in inspection", becomes="seam"),
        Problem("invoice", "Wrong invoice"),
        Problem("slow_answer", "Nobody answers"),
        Problem("unhappy", "Not satisfied", ask="What should have been different?"),
    ]
)
cost = {  # of one occurrence, by the books
    "dented": Money(34, "EUR"),
    "seam": Money(41, "EUR"),
    "late": Money(12, "EUR"),
    "stock_outs": Money("22.50", "EUR"),
    "invoice": Money(15, "EUR"),
    "slow_answer": Money(8, "EUR"),
}

ranking = rank(signals, impact=cost, since=APRIL, as_of=JULY, taxonomy=taxonomy)
print(ranking, "\n")

for one in ranking.top:
    says = "several say so" if one.corroborated else "one source alone"
    print(f"{one.place}. {one.title} ({says}): {', '.join(one.evidence[:4])} ...")
    print(f"   what was said: {'; '.join(one.notes[:4])}")
print()

print(policies(signals, impact=cost, taxonomy=taxonomy), "\n")

# In June the boxes were filled with paper: did dents come back?
complaints = signals_from(cases)
print(recurrence("dented", complaints, APRIL + 61 * DAY, since=APRIL, as_of=JULY), "\n")

# What lies under the complaints that were voiced: by what everybody quotes, and by what was found.
for ratios in (FOLKLORE, FRONT_LINE):
    print(iceberg(cases, ratios), "\n")
