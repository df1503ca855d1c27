"""The benchmark: any questionnaire scored exactly, one respondent or a million.

An `Instrument` is a questionnaire as a value, `Answers` are what one respondent said to it. Scores
are fractions: a section scores the mean of its ratings, the total is the sum of the sections, and
no float ever decides a band.

>>> from servicekit.catalogue.excellence import EXCELLENCE
>>> call = Answers({statement.key: 4 for statement in EXCELLENCE.statements})
>>> score(EXCELLENCE, call).total
Fraction(24, 1)
>>> score(EXCELLENCE, Answers({"same_for_all": 6}), missing="omit")
Traceback (most recent call last):
    ...
servicekit.errors.RecordError: Answers: ratings['same_for_all'] is 6, allowed: a whole number from \
1 to 5
"""

from servicekit.benchmark._alpha import Reliability
from servicekit.benchmark._answers import Answers
from servicekit.benchmark._columns import summarize_columns
from servicekit.benchmark._compare import Comparison, compare
from servicekit.benchmark._instrument import Instrument, questions
from servicekit.benchmark._missing import Missing
from servicekit.benchmark._parts import Band, Scale, Section, Statement
from servicekit.benchmark._reliability import reliability
from servicekit.benchmark._score import Score, SectionScore, Tipping, score
from servicekit.benchmark._scores import Contrast, Scores
from servicekit.benchmark._summarize import summarize
from servicekit.benchmark._summary import SectionSummary, StatementSummary, Summary
from servicekit.benchmark._tally import Tally

__all__ = [
    "Answers",
    "Band",
    "Comparison",
    "Contrast",
    "Instrument",
    "Missing",
    "Reliability",
    "Scale",
    "Score",
    "Scores",
    "Section",
    "SectionScore",
    "SectionSummary",
    "Statement",
    "StatementSummary",
    "Summary",
    "Tally",
    "Tipping",
    "compare",
    "questions",
    "reliability",
    "score",
    "summarize",
    "summarize_columns",
]
