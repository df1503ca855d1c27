"""What the tests share."""

import os
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "gates",
    derandomize=True,
    deadline=None,
    max_examples=25,
    database=None,
    phases=[phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain],
)
hypothesis.settings.register_profile(
    "brief", hypothesis.settings.get_profile("gates"), max_examples=10
)
hypothesis.settings.register_profile(
    "mutation",
    hypothesis.settings.get_profile("gates"),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=2000, database=None)
hypothesis.settings.load_profile("gates")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Give the folder of real data that SERVICEKIT_DATA names; without it the test is skipped."""
    if not (folder := os.environ.get("SERVICEKIT_DATA")):
        pytest.skip("SERVICEKIT_DATA names no folder of real data")
    return Path(folder)
