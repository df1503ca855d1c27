"""Comments are coded by a codebook: ours against regular expressions, one per code and all in one.

The codebooks have 10 and 300 codes of four phrases each, whole words, stems and phrases of two
words; comments have 15 words. All contenders must find the same codes in every comment before
anything is timed. Then one comment of growing length is read, to see that time grows with it.

    python benchmarks/feedback.py [comments]
"""

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from string import ascii_lowercase
from time import perf_counter

from _paired import report
from servicekit.feedback import Code, Codebook, Comment, code

AT = datetime(2026, 5, 4, tzinfo=UTC)
LETTERS = f"{ascii_lowercase}äöā"
Found = list[set[str]]


def vocabulary(random: Random, n: int) -> list[str]:
    """Make words of three to ten letters."""
    return ["".join(random.choices(LETTERS, k=random.randint(3, 10))) for _ in range(n)]


def codebook(random: Random, words: list[str], n: int) -> Codebook:
    """Make codes of two words, a stem and a phrase each."""
    return Codebook(
        "book",
        [
            Code(
                f"code {k}",
                f"Code {k}",
                words=[
                    random.choice(words),
                    random.choice(words),
                    f"{random.choice(words)[:5]}*",
                    f"{random.choice(words)} {random.choice(words[:50])}",
                ],
            )
            for k in range(n)
        ],
    )


def ours(comments: list[Comment], book: Codebook) -> Found:
    """Code as one does."""
    return [set(one.codes) for one in code(comments, book).read]


def pattern(phrase: str) -> str:
    """Write a phrase as a regular expression."""
    return r"\b" + phrase.replace("*", r"\w*").replace(" ", r"\W+") + r"\b"


def one_per_code(comments: list[Comment], book: Codebook) -> Found:
    """Search for each code with a regular expression of its own."""
    looked_for = {
        one.key: re.compile("|".join(map(pattern, one.words["mul"])), re.IGNORECASE)
        for one in book.codes
    }
    return [
        {key for key, regex in looked_for.items() if regex.search(comment.text)}
        for comment in comments
    ]


def all_in_one(comments: list[Comment], book: Codebook) -> Found:
    """Look at every place for any code, each in a group of its own that only looks ahead."""
    groups = ("|".join(map(pattern, one.words["mul"])) for one in book.codes)
    regex = re.compile("".join(f"(?=({group})?)" for group in groups) + r"\w+", re.IGNORECASE)
    keys = [one.key for one in book.codes]
    return [
        {
            key
            for match in regex.finditer(comment.text)
            for key, found in zip(keys, match.groups(), strict=True)
            if found
        }
        for comment in comments
    ]


def compared(n: int, codes: int) -> None:
    """Compare the contenders on so many comments and codes."""
    random = Random(1)
    words = vocabulary(random, 5000)
    book = codebook(random, words, codes)
    texts = [" ".join(random.choices(words, k=15)).capitalize() + "." for _ in range(n)]
    comments = [Comment(str(k), text, at=AT) for k, text in enumerate(texts)]
    contenders: dict[str, Callable[[list[Comment], Codebook], Found]] = {
        "servicekit, with the reason for each code": ours,
        "re, one expression per code": one_per_code,
        "re, all codes in one expression": all_in_one,
    }
    results = [find(comments, book) for find in contenders.values()]
    assert all(result == results[0] for result in results)
    assert any(results[0])
    report(
        f"{n} comments, {codes} codes",
        {name: lambda find=find: find(comments, book) for name, find in contenders.items()},
        turns=5,
    )


def lengths() -> None:
    """Read one comment of growing length, of words as they come and of one that repeats."""
    book = Codebook("b", Code("late", "Late", words=["late", "not on time", "delay*"]))
    for text in ("It came with a delay again. ", "not on ", "a\u0301\u0316"):
        print(f"one comment of {text!r} repeated")
        for size in (10_000, 100_000, 1_000_000, 10_000_000):
            comment = Comment("1", text * (size // len(text)), at=AT)
            start = perf_counter()
            code([comment], book)
            taken = perf_counter() - start
            print(
                f"  {size:>10} characters {taken:>8.3f} s {1e6 * taken / size:>8.2f} us/character"
            )


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for size in (10, 300):
        compared(number, size)
    lengths()
