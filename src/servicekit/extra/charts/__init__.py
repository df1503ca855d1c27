"""Charts of what the library gives: each function takes a value and gives an Altair chart.

Needs the extra ``charts``: ``pip install 'servicekit[charts]'``. A chart shows itself in a notebook
and saves itself with ``chart.save("scores.html")``; for PNG, SVG and PDF, offline, install
``vl-convert-python`` as well.

>>> from servicekit.benchmark import Answers, score
>>> from servicekit.catalogue.excellence import EXCELLENCE
>>> call = Answers({statement.key: 4 for statement in EXCELLENCE.statements})
>>> chart = score_chart(score(EXCELLENCE, call), language="fi")
>>> chart.title.text
['Erinomainen palvelu yhdessä kohtaamisessa']
>>> print(chart.description)
Erinomainen palvelu yhdessä kohtaamisessa, section scores from 1 to 5, weakest first: \
Luotettavuus 4.00; Oikea-aikaisuus 4.00; Henkilökohtaisuus 4.00; Helposti lähestyttävyys 4.00; \
Joustavuus 4.00; Enemmän kuin pyydettiin 4.00. Total 24.00, from 6 to 30.

Data are in the chart, so it can be sent as it is. The description of a chart says in words what it
shows, for those who cannot see it. Nothing is told by colour alone: a shape or a word says the same
in a grey print. Numbers are exact until they are drawn; what is not known is not drawn, and said.
"""

from importlib import import_module

try:
    import_module("altair")
except ModuleNotFoundError:
    message = "servicekit.extra.charts needs Altair: pip install 'servicekit[charts]'"
    raise ModuleNotFoundError(message, name="altair") from None

from servicekit.extra.charts._equity import equity_chart
from servicekit.extra.charts._flow import flow_chart
from servicekit.extra.charts._pareto import pareto_chart
from servicekit.extra.charts._score import score_chart
from servicekit.extra.charts._scorecard import scorecard_chart
from servicekit.extra.charts._timeline import timeline_chart
from servicekit.extra.charts._trend import trend_chart

__all__ = [
    "equity_chart",
    "flow_chart",
    "pareto_chart",
    "score_chart",
    "scorecard_chart",
    "timeline_chart",
    "trend_chart",
]
