"""Problems."""

from servicekit.problems._impact import Impact
from servicekit.problems._rank import policies, rank
from servicekit.problems._ranking import Ranking, WithoutSource
from servicekit.problems._signal import UNCODED, Signal, Source
from servicekit.problems._sorting import Grouping
from servicekit.problems._standing import Apart, Reason, Standing
from servicekit.problems._taxonomy import Problem, Taxonomy
