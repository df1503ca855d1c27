"""A small firm rates its own service: the owner, the staff and customers, this year and last.

python examples/benchmark.py
"""

from servicekit.benchmark import Answers, compare, questions, score, summarize
from servicekit.catalogue.helpfulness import HELPFULNESS

# The ratings of each respondent, section by section, in the order of the questions.
OWNER = {"Ilze": "5554 4545 454 445 555 54545 444"}
STAFF = {
    "Mika": "4343 4443 333 332 443 33233 333",
    "Jānis": "4433 3443 332 333 443 32332 343",
    "Aino": "3343 4344 323 322 434 43233 333",
}
CUSTOMERS = {
    "K-101": "4433 4343 222 323 333 34333 323",
    "K-117": "3333 3434 212 232 343 43433 333",
    "K-130": "4334 4333 223 222 334 33344 232",
    "K-142": "3433 4443 322 333 243 44333 333",
}
LAST_YEAR = {
    "Mika": "3333 4343 222 332 333 33233 232",
    "Jānis": "3333 3443 232 233 343 32332 333",
    "Aino": "3233 4334 222 322 333 33233 323",
}


def answers(sheet: dict[str, str], role: str) -> list[Answers]:
    """Read the sheets that came back: one digit for each question."""
    keys = list(questions(HELPFULNESS, "en"))
    return [
        Answers(dict(zip(keys, map(int, row.replace(" ", "")), strict=True)), who, role=role)
        for who, row in sheet.items()
    ]


def main() -> None:
    """Print the score, the blind spots, what lifts the band, and what changed in a year."""
    owner, staff, customers = (
        answers(OWNER, "owner"),
        answers(STAFF, "staff"),
        answers(CUSTOMERS, "customer"),
    )

    print("HOW THE OWNER SEES IT")
    print(score(HELPFULNESS, owner[0]))

    print("\nHOW EVERYBODY SEES IT")
    everybody = summarize(HELPFULNESS, [*owner, *staff, *customers])
    print(everybody)

    print("\nBLIND SPOTS: the owner's score less the customers'")
    for gap in everybody.gaps("owner", "customer")[:3]:
        print(f"  {gap.section.title['en']}: {float(gap.change):+.2f}")

    print("\nWHERE STAFF AND CUSTOMERS DIFFER by more than noise")
    for gap in everybody.gaps("staff", "customer"):
        if gap.more_than_noise:
            print(f"  {gap.section.title['en']}: {float(gap.change):+.2f}")

    print("\nWHAT LIFTS THE BAND of one member of the staff")
    mika = score(HELPFULNESS, staff[0])
    tipping = mika.tipping()
    print(f"  {float(mika.total):.2f} is {mika.band.title['en'].lower()}")
    print(f"  {tipping.rises} better ratings make it {tipping.band.title['en'].lower()}")
    print(f"  begin with: {mika.weakest[0].section.title['en']}")

    print("\nWHAT CHANGED SINCE LAST YEAR, for the same staff")
    before, after = (
        [score(HELPFULNESS, one) for one in year] for year in (answers(LAST_YEAR, "staff"), staff)
    )
    print(compare(before, after))


if __name__ == "__main__":
    main()
