"""Read the consumer complaints that the US CFPB publishes, each row as a case.

    python examples/cfpb.py complaints.csv

The file has up to 18 columns: https://www.consumerfinance.gov/data-research/consumer-complaints/

A row says what was complained of, through which channel, when it was received and sent on, and how
the company answered; names are withheld, and so is the day of the answer. A case is built that
claims no more than that: nobody is said to have been asked, to have agreed or to be satisfied. An
answer that closes the complaint is a closure on record by the newest day in the file.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from servicekit import Case, Channel, Closure, Complaint, Customer, Note
from servicekit.complaint import Subject
from servicekit.resolution import Basis

CHANNELS = {
    "Email": Channel.EMAIL,
    "Fax": Channel.LETTER,
    "Phone": Channel.PHONE,
    "Postal mail": Channel.LETTER,
    "Referral": Channel.LETTER,  # passed on in writing by the authority that it had reached first
    "Web": Channel.WEB,
    "Web Referral": Channel.WEB,
}
CLOSING = {
    "Closed",
    "Closed with explanation",
    "Closed with monetary relief",
    "Closed with non-monetary relief",
    "Closed with relief",
    "Closed without relief",
}

Row = dict[str, str]


def day(text: str) -> datetime:
    """Read a day as its first instant; the file gives no hour and no offset."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def complaint_of(row: Row) -> Complaint:
    """Read what was said, by whom, when and through which channel."""
    issue = ": ".join(filter(None, (row["Issue"], row["Sub-issue"])))
    return Complaint(
        row["Complaint ID"],
        Customer("name withheld", f"{row['State']} {row['ZIP code']}".strip() or None),
        channel=CHANNELS[row["Submitted via"]],
        received_at=day(row["Date received"]),
        received_by="CFPB",
        concern=row.get("Consumer complaint narrative") or issue,
        category=row["Product"],
        about=Subject(product=row["Sub-product"] or row["Product"]),
    )


def case_of(row: Row, newest: datetime) -> Case:
    """Read a row as a complaint and the history that it tells."""
    company, answer = row["Company"], row["Company response to consumer"]
    case = Case(complaint_of(row))
    case = case.advance(Note(f"sent to {company}", at=day(row["Date sent to company"]), by="CFPB"))
    in_time = {"Yes": "in time", "No": "late"}.get(row["Timely response?"], "timeliness not given")
    said = f"{answer}, {in_time}; on record by {newest:%Y-%m-%d}"
    if answer in CLOSING:
        return case.advance(Closure(Basis.NO_AGREEMENT, said, at=newest, by=company))
    return case.advance(Note(said, at=newest, by=company))


def cases_of(rows: Iterable[Row]) -> list[tuple[Row, Case]]:
    """Read all rows, each beside its case."""
    known = list(rows)
    newest = max(
        day(row[name]) for row in known for name in ("Date received", "Date sent to company")
    )
    return [(row, case_of(row, newest)) for row in known]


def main(path: str) -> None:
    """Print how many cases came through each channel and how each was answered."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        read = cases_of(csv.DictReader(file))
    channels = Counter((row["Submitted via"], case.complaint.channel) for row, case in read)
    answers = Counter((row["Company response to consumer"], case.stage) for row, case in read)
    print(f"{len(read)} complaints")
    for title, counts in (("channel", channels), ("response", answers)):
        print(f"\n{title}")
        for (said, ours), count in counts.most_common():
            print(f"{count:>7}  {said} ({ours})")


if __name__ == "__main__":
    main(*sys.argv[1:]) if sys.argv[1:] else sys.exit(__doc__)
