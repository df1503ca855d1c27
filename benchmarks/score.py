"""Answers are scored and summarized: ours against plain fractions, pandas, Polars, NumPy, pingouin.

Every contender checks its ratings and works out the same figures, which are compared before
anything is timed: for one respondent the section means, the total and the band; for many the counts
by statement and value, mean and variance by section and in total, alpha by section, the number in
each band and between bands. Peers that begin with plain dictionaries do not pay for `Answers`.

    python benchmarks/score.py
"""

import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from time import perf_counter, perf_counter_ns
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import polars as pl

from _paired import report
from servicekit.benchmark import (
    Answers,
    Summary,
    reliability,
    score,
    summarize,
    summarize_columns,
)
from servicekit.catalogue.helpfulness import HELPFULNESS

SECTIONS = [[one.key for one in section.statements] for section in HELPFULNESS.sections]
KEYS = [key for section in SECTIONS for key in section]
WEIGHTS = [60 // len(section) for section in SECTIONS]
PEOPLE = 100_000
Figures = dict[str, Any]


def drawn(n: int) -> list[dict[str, int]]:
    """Draw respondents who each lean to one side, so that sections are reliable."""
    random = Random(1)
    kinds = [(4, 3, 2, 1, 1), (1, 2, 4, 2, 1), (1, 1, 2, 3, 4)]
    rows = (random.choices(range(1, 6), random.choice(kinds), k=len(KEYS)) for _ in range(n))
    return [dict(zip(KEYS, row, strict=True)) for row in rows]


# --- one respondent -----------------------------------------------------------------------------


def one_ours(ratings: dict[str, int]) -> tuple[Any, ...]:
    result = score(HELPFULNESS, Answers(ratings))
    return [section.mean for section in result.sections], result.total, result.band.key


def one_fractions(ratings: dict[str, int]) -> tuple[Any, ...]:
    if ratings.keys() != KNOWN:
        raise ValueError("unknown or missing statements")
    for rating in ratings.values():
        if type(rating) is not int or not 1 <= rating <= 5:
            raise ValueError("off the scale")
    means = [Fraction(sum([ratings[key] for key in keys]), len(keys)) for keys in SECTIONS]
    total = sum(means)
    return means, total, "asset" if total >= 28 else "adequate" if total >= 21 else "losing"


def one_pandas(ratings: dict[str, int]) -> tuple[Any, ...]:
    given = pd.Series(ratings)
    if not given.index.isin(KEYS).all() or not given.between(1, 5).all():
        raise ValueError("unknown statements or off the scale")
    sums = given.groupby(SECTION_OF).sum() * SIXTIETHS
    total = int(sums.sum())
    band = "asset" if total >= 28 * 60 else "adequate" if total >= 21 * 60 else "losing"
    return sums.tolist(), total, band


KNOWN = set(KEYS)
SECTION_OF = {key: at for at, keys in enumerate(SECTIONS) for key in keys}
SIXTIETHS = pd.Series(WEIGHTS)


def one_pandas_frame(ratings: dict[str, int]) -> tuple[Any, ...]:
    frame = pd.DataFrame([ratings])
    if set(frame.columns) != KNOWN or not frame.isin(range(1, 6)).all(axis=None):
        raise ValueError("unknown or missing statements, or off the scale")
    sums = pd.DataFrame({at: frame[keys].sum(axis=1) for at, keys in enumerate(SECTIONS)}) * WEIGHTS
    total = sums.sum(axis=1)
    bands = pd.cut(
        total, [0, 1260, 1680, 2101], right=False, labels=["losing", "adequate", "asset"]
    )
    return sums.iloc[0].tolist(), int(total.iloc[0]), bands.iloc[0]


def same_one(ratings: dict[str, int]) -> None:
    means, total, band = one_ours(ratings)
    assert (means, total, band) == one_fractions(ratings)
    sixtieths = [mean * 60 for mean in means], total * 60, band
    assert sixtieths == one_pandas(ratings) == one_pandas_frame(ratings)


# --- many respondents, the same figures from everyone -------------------------------------------


def figures(summary: Summary) -> Figures:
    return {
        "n": summary.n,
        "counts": [list(one.counts.values()) for one in summary.statements],
        "means": [float(section.mean) for section in summary.sections],
        "variances": [float(section.scores.variance) for section in summary.sections],
        "alphas": [float(section.alpha) for section in summary.sections],
        "total": (float(summary.total.mean), float(summary.total.variance)),
        "bands": list(summary.bands.values()),
        "between": summary.between_bands,
    }


def alpha(size: int, own: float, total: float) -> float:
    return size / (size - 1) * (1 - own / total)


def with_pandas(frame: pd.DataFrame) -> Figures:
    if not frame.isin(range(1, 6)).to_numpy().all():
        raise ValueError("off the scale")
    counts = [np.bincount(frame[key], minlength=6)[1:].tolist() for key in KEYS]
    found: Figures = {"n": len(frame), "counts": counts, "means": [], "variances": [], "alphas": []}
    total = pd.Series(0, index=frame.index)
    for keys, weight in zip(SECTIONS, WEIGHTS, strict=True):
        sums = frame[keys].sum(axis=1)
        found["means"].append(sums.mean() / len(keys))
        found["variances"].append(sums.var() / len(keys) ** 2)
        found["alphas"].append(alpha(len(keys), frame[keys].var().sum(), sums.var()))
        total += sums * weight
    high, middle = int((total >= 1680).sum()), int((total >= 1260).sum())
    between = ((total > 1200) & (total < 1260)) | ((total > 1620) & (total < 1680))
    return found | {
        "total": (total.mean() / 60, total.var() / 3600),
        "bands": [len(total) - middle, middle - high, high],
        "between": int(between.sum()),
    }


def with_polars(frame: pl.DataFrame) -> Figures:
    sums = [pl.sum_horizontal(keys).alias(f"s{at}") for at, keys in enumerate(SECTIONS)]
    total = sum(pl.col(f"s{at}") * weight for at, weight in enumerate(WEIGHTS)).alias("total")
    counted = [
        (pl.col(key) == value).sum().alias(f"{key}={value}")
        for key in KEYS
        for value in range(1, 6)
    ]
    t = pl.col("total")
    plan = (
        frame.lazy()
        .with_columns(pl.all().cast(pl.Int64))
        .with_columns(sums)
        .with_columns(total)
        .select(
            pl.all_horizontal(pl.col(KEYS).is_between(1, 5).all()).alias("valid"),
            pl.col(KEYS).var().name.suffix(" var"),
            pl.col(*[f"s{at}" for at in range(7)], "total").mean().name.suffix(" mean"),
            pl.col(*[f"s{at}" for at in range(7)], "total").var().name.suffix(" var"),
            (t >= 1260).sum().alias("middle"),
            (t >= 1680).sum().alias("high"),
            (((t > 1200) & (t < 1260)) | ((t > 1620) & (t < 1680))).sum().alias("between"),
            *counted,
        )
    )
    row = plan.collect().row(0, named=True)
    if not row["valid"]:
        raise ValueError("off the scale")
    sizes = [len(keys) for keys in SECTIONS]
    own = [sum(row[f"{key} var"] for key in keys) for keys in SECTIONS]
    spread = [row[f"s{at} var"] for at in range(7)]
    return {
        "n": len(frame),
        "counts": [[row[f"{key}={value}"] for value in range(1, 6)] for key in KEYS],
        "means": [row[f"s{at} mean"] / size for at, size in enumerate(sizes)],
        "variances": [one / size**2 for one, size in zip(spread, sizes, strict=True)],
        "alphas": list(map(alpha, sizes, own, spread)),
        "total": (row["total mean"] / 60, row["total var"] / 3600),
        "bands": [len(frame) - row["middle"], row["middle"] - row["high"], row["high"]],
        "between": row["between"],
    }


def with_numpy(columns: Mapping[str, np.ndarray]) -> Figures:
    matrix = np.stack([columns[key] for key in KEYS])
    if matrix.min() < 1 or matrix.max() > 5:
        raise ValueError("off the scale")
    n = matrix.shape[1]
    counts = np.stack([np.bincount(row, minlength=6)[1:] for row in matrix])
    return numpy_figures(matrix, counts, n)


def with_tuned_numpy(columns: Mapping[str, np.ndarray]) -> Figures:
    matrix = np.stack([columns[key] for key in KEYS])
    if matrix.min() < 1 or matrix.max() > 5:
        raise ValueError("off the scale")
    counts = np.array([[np.count_nonzero(row == value) for value in range(1, 6)] for row in matrix])
    return numpy_figures(matrix, counts, matrix.shape[1])


def numpy_figures(matrix: np.ndarray, counts: np.ndarray, n: int) -> Figures:
    values = np.arange(1, 6)
    points, squares = counts @ values, counts @ values**2
    own = (squares - points**2 / n) / (n - 1)
    found: Figures = {"n": n, "counts": counts.tolist(), "means": [], "variances": [], "alphas": []}
    total, at = np.zeros(n, dtype=np.int32), 0
    for keys, weight in zip(SECTIONS, WEIGHTS, strict=True):
        size = len(keys)
        sums = matrix[at : at + size].sum(axis=0, dtype=np.int32)
        spread = sums.var(ddof=1)
        found["means"].append(sums.mean() / size)
        found["variances"].append(spread / size**2)
        found["alphas"].append(alpha(size, own[at : at + size].sum(), spread))
        total += sums * weight
        at += size
    high, middle = int((total >= 1680).sum()), int((total >= 1260).sum())
    between = ((total > 1200) & (total < 1260)) | ((total > 1620) & (total < 1680))
    return found | {
        "total": (total.mean() / 60, total.var(ddof=1) / 3600),
        "bands": [n - middle, middle - high, high],
        "between": int(between.sum()),
    }


def same(ours: Figures, theirs: Figures) -> None:
    for name, expected in ours.items():
        np.testing.assert_allclose(theirs[name], expected, rtol=1e-9, err_msg=name)


# --- the runs -----------------------------------------------------------------------------------


def one_respondent() -> None:
    ratings = drawn(1)[0]
    same_one(ratings)
    jobs = {
        "servicekit, Answers and score": lambda: one_ours(ratings),
        "a Fraction per section": lambda: one_fractions(ratings),
        "pandas, a series grouped": lambda: one_pandas(ratings),
        "pandas, a frame of one row": lambda: one_pandas_frame(ratings),
    }
    report("one respondent, 25 statements: section means, total, band", jobs, clock=perf_counter_ns)


def many_respondents(rows: Sequence[dict[str, int]]) -> None:
    many = [Answers(row) for row in rows]
    jobs: dict[str, Callable[[], Figures]] = {
        "servicekit, from Answers": lambda: figures(summarize(HELPFULNESS, many)),
        "servicekit, from dicts by way of Answers": lambda: figures(
            summarize(HELPFULNESS, map(Answers, rows))
        ),
        "Polars, a list for each column": lambda: with_polars(
            pl.DataFrame({key: [row[key] for row in rows] for key in KEYS})
        ),
        "Polars, from the list of dicts": lambda: with_polars(pl.DataFrame(rows)),
        "pandas, a list for each column": lambda: with_pandas(
            pd.DataFrame({key: [row[key] for row in rows] for key in KEYS})
        ),
        "pandas, from the list of dicts": lambda: with_pandas(pd.DataFrame(rows)),
    }
    compare_and_report(f"{len(rows):,} respondents: the summary with alpha", jobs)


def from_columns(rows: Sequence[dict[str, int]], kind: type) -> None:
    columns = {key: np.array([row[key] for row in rows], dtype=kind) for key in KEYS}
    jobs: dict[str, Callable[[], Figures]] = {
        "servicekit, summarize_columns": lambda: figures(summarize_columns(HELPFULNESS, columns)),
        "NumPy, bincount": lambda: with_numpy(columns),
        "NumPy, a comparison for each value": lambda: with_tuned_numpy(columns),
    }
    compare_and_report(f"{len(rows):,} respondents in columns of {kind.__name__}", jobs)


def compare_and_report(title: str, jobs: Mapping[str, Callable[[], Figures]]) -> None:
    ours, *others = (job() for job in jobs.values())
    for theirs in others:
        same(ours, theirs)
    report(title, jobs, turns=7, clock=perf_counter_ns)


def alpha_alone() -> None:
    random = Random(2)
    leaning = [random.random() for _ in range(20_000)]
    columns = {
        f"q{at}": np.array([1 + int(5 * (lean + random.random()) / 2) for lean in leaning])
        for at in range(21)
    }
    frame = pd.DataFrame(columns)
    narrow = {key: column.astype(np.uint8) for key, column in columns.items()}
    expected = pingouin.cronbach_alpha(frame)[0]
    for ready in (columns, narrow):
        np.testing.assert_allclose(float(reliability(ready).alpha), expected, rtol=1e-9)
    jobs = {
        "servicekit, columns of int64": lambda: reliability(columns),
        "servicekit, columns of uint8": lambda: reliability(narrow),
        "pingouin, frame ready": lambda: pingouin.cronbach_alpha(frame),
    }
    report("alpha and its interval, 20,000 x 21", jobs, clock=perf_counter_ns)


def generated(made: Sequence[Answers], n: int) -> Iterator[Answers]:
    """Give answers one by one, the same few again and again."""
    return (made[at % len(made)] for at in range(n))


def growth(rows: Sequence[dict[str, int]]) -> None:
    print("cost per respondent and peak memory of summarize, from a generator")
    made = [Answers(row) for row in rows[:1000]]
    for n in (1_000, 10_000, 100_000, 1_000_000):
        times = []
        for _ in range(5):
            start = perf_counter()
            summarize(HELPFULNESS, generated(made, n))
            times.append(perf_counter() - start)
        tracemalloc.start()
        summarize(HELPFULNESS, generated(made, n))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"  {n:>9,} {sorted(times)[2] / n * 1e6:>8.3f} us {peak / 1e6:>8.2f} MB")


def main() -> None:
    one_respondent()
    rows = drawn(PEOPLE)
    many_respondents(rows)
    from_columns(rows, np.uint8)
    from_columns(rows, np.int64)
    alpha_alone()
    growth(rows)


if __name__ == "__main__":
    main()
