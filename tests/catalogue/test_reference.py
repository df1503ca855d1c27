"""Quoted figures: as they are quoted, with source and caution, and out of reach of every KPI."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest

from servicekit.catalogue import reference
from servicekit.catalogue.reference import REFERENCES
from servicekit.problems import Reference

QUOTED = {
    "silent": (26, 26),
    "silent_at_front_line": (Fraction(1, 3), 1),
    "leaving": (Fraction(91, 100), Fraction(91, 100)),
    "told": (9, 15),
    "unhelpful_staff": (Fraction(2, 3), 1),
    "pay_more": (Fraction(55, 100), Fraction(55, 100)),
    "repurchase_silent": (Fraction(9, 100), Fraction(9, 100)),
    "repurchase_unsatisfied": (Fraction(19, 100), Fraction(19, 100)),
    "repurchase_satisfied": (Fraction(54, 100), Fraction(54, 100)),
    "repurchase_satisfied_quickly": (Fraction(82, 100), Fraction(82, 100)),
}


def test_figures_are_as_quoted():
    """Every figure stands as it is quoted."""
    assert QUOTED == {key: (figure.low, figure.high) for key, figure in REFERENCES.items()}


def test_every_constant_is_among_them():
    """No figure is left out of the mapping, and each is under its own key."""
    constants = [one for one in vars(reference).values() if isinstance(one, Reference)]
    assert sorted(REFERENCES) == sorted(one.key for one in constants)
    assert list(REFERENCES) == [figure.key for figure in REFERENCES.values()]


@pytest.mark.parametrize("figure", REFERENCES.values(), ids=REFERENCES)
def test_each_says_whence_and_what_it_cannot_bear(figure):
    """Every figure has a source and a caution."""
    assert (True, True) == (bool(figure.source.strip()), bool(figure.caution.strip()))


@pytest.mark.parametrize("module", ["servicekit.kpi", "servicekit.catalogue.kpis"])
def test_no_kpi_knows_of_them(module):
    """Importing all KPIs loads neither the figures nor the iceberg."""
    code = f"import sys, {module}, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert module in loaded
    assert set() == loaded & {"servicekit.catalogue.reference", "servicekit.problems"}
