"""Draws the flow: the stages one below the other, the outcomes as arrows between them.

The stages have their places here; every arrow comes from the table. An arrow for which there is no
lane is an error, so that a new transition cannot be left out of the picture unseen.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from servicekit.resolution import Outcome, Stage

__all__ = ["draw"]

WIDTH: Final = 700
HEIGHT: Final = 796
BOX: Final = (152, 58)
WAY: Final = 284  # the stages on the way to RESOLVED stand above each other here
SIDE: Final = 578  # the arrows to CLOSED run down here
BACK: Final = 36  # the arrows back to RECEIVED run up here
REOPENED: Final = 676  # the arrow from CLOSED back to RECEIVED runs up here
TOP: Final = 22
OUT: Final = 17  # so far below the middle of its box an arrow to CLOSED begins
CORNER: Final = 12
LINE: Final = 16

PLACES: Final[Mapping[Stage, tuple[int, int]]] = {
    Stage.RECEIVED: (WAY, 105),
    Stage.UNDERSTOOD: (WAY, 235),
    Stage.EXPLAINED: (WAY, 365),
    Stage.AGREED: (WAY, 495),
    Stage.FIXED: (WAY, 625),
    Stage.RESOLVED: (WAY, 755),
    Stage.CLOSED: (SIDE, 755),
}
"""The middle of each stage's box."""

ROW: Final = 130
ENDS: Final = frozenset({Stage.RESOLVED, Stage.CLOSED})

Lanes = Mapping[tuple[Stage, Stage], tuple[Outcome, ...]]


def draw(transitions: Mapping[Stage, Mapping[Outcome, Stage]], steps: Mapping[Outcome, str]) -> str:
    """Draw a table of transitions as SVG; ``steps`` names the step behind each outcome."""
    lanes = _lanes(transitions)
    parts = [
        _HEAD.format(width=WIDTH, height=HEIGHT, told=_told(lanes), style=_STYLE),
        *_start(),
        *_trunks(lanes),
        *(part for lane, outcomes in lanes.items() for part in _arrow(*lane, outcomes, steps)),
        *(part for stage in transitions for part in _stage(stage)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _lanes(transitions: Mapping[Stage, Mapping[Outcome, Stage]]) -> Lanes:
    lanes: dict[tuple[Stage, Stage], tuple[Outcome, ...]] = {}
    for here, row in transitions.items():
        for outcome, there in row.items():
            lanes[here, there] = (*lanes.get((here, there), ()), outcome)
    return lanes


def _told(lanes: Lanes) -> str:
    """Say in words what the picture shows."""
    arrows = (
        f"{here.name} to {there.name}: {', '.join(map(_words, outcomes))}"
        for (here, there), outcomes in lanes.items()
    )
    return "; ".join(arrows)


def _words(outcome: Outcome) -> str:
    return outcome.replace("_", " ")


# --- Parts ----------------------------------------------------------------------------------------


def _start() -> Iterator[str]:
    x, y = PLACES[Stage.RECEIVED]
    top = y - BOX[1] // 2
    yield f'<circle class="dot" cx="{x}" cy="{TOP}" r="6"/>'
    yield _line(f"M{x} {TOP} V{top}", "way")
    yield _label(x - 12, TOP + 5, ("a complaint comes in",), "end", "step")


def _stage(stage: Stage) -> Iterator[str]:
    x, y = PLACES[stage]
    width, height = BOX
    kind = "end" if stage in ENDS else "stage"
    yield (
        f'<rect class="{kind} {stage.value}" x="{x - width // 2}" y="{y - height // 2}" '
        f'width="{width}" height="{height}" rx="10"/>'
    )
    yield f'<text class="name" x="{x}" y="{y + 5}" text-anchor="middle">{stage.name}</text>'


def _arrow(
    here: Stage, there: Stage, outcomes: tuple[Outcome, ...], steps: Mapping[Outcome, str]
) -> Iterator[str]:
    (x, y), (to_x, to_y) = PLACES[here], PLACES[there]
    words = tuple(map(_words, outcomes))
    if here is there and x == WAY:
        yield from _loop(x, y, words)
    elif there is Stage.CLOSED and x == WAY:
        yield from _to_the_side(x, y, words)
    elif here is Stage.CLOSED and there is Stage.RECEIVED:
        yield from _from_the_side(x, y, to_y, words)
    elif x == to_x == WAY and to_y - y == ROW:
        yield from _onwards(x, y, words, tuple(dict.fromkeys(steps[o] for o in outcomes)))
    elif x == to_x == WAY and y - to_y == ROW:
        yield from _one_back(x, y, words)
    elif there is Stage.RECEIVED and x == WAY:
        yield from _all_the_way_back(x, y, words)
    else:
        raise ValueError(f"no lane from {here.name} to {there.name}: give it one")


def _onwards(x: int, y: int, words: tuple[str, ...], steps: tuple[str, ...]) -> Iterator[str]:
    half = BOX[1] // 2
    yield _line(f"M{x} {y + half} V{y + ROW - half}", "way")
    middle = y + ROW // 2
    yield _label(x + 13, middle - 4, words, "start", "strong")
    yield _label(x + 13, middle + 13, steps, "start", "step")


def _loop(x: int, y: int, words: tuple[str, ...]) -> Iterator[str]:
    edge, top = x + BOX[0] // 2, y - 20
    yield _line(f"M{edge} {top} h24 a9 9 0 0 1 9 9 v2 a9 9 0 0 1 -9 9 h-24", "again")
    yield _label(edge + 41, y - 6 - 8 * (len(words) - 1), words, "start")


def _to_the_side(x: int, y: int, words: tuple[str, ...]) -> Iterator[str]:
    edge, out = x + BOX[0] // 2, y + OUT
    yield _line(f"M{edge} {out} H{SIDE - CORNER} q{CORNER} 0 {CORNER} {CORNER}", "side", "")
    yield _label(SIDE - 22, out - 7, words, "end")


def _from_the_side(x: int, y: int, to_y: int, words: tuple[str, ...]) -> Iterator[str]:
    into, top = WAY + 42, to_y - BOX[1] // 2
    turn = TOP + 10
    yield _line(
        f"M{x + BOX[0] // 2} {y} H{REOPENED - CORNER} q{CORNER} 0 {CORNER} -{CORNER} "
        f"V{turn + CORNER} q0 -{CORNER} -{CORNER} -{CORNER} "
        f"H{into + CORNER} q-{CORNER} 0 -{CORNER} {CORNER} V{top}",
        "back",
    )
    yield _label(SIDE - 22, turn - 7, words, "end")


def _one_back(x: int, y: int, words: tuple[str, ...]) -> Iterator[str]:
    edge, lane = x - BOX[0] // 2, x - BOX[0] // 2 - 30
    up = y - ROW + 16
    yield _line(
        f"M{edge} {y - 14} H{lane + CORNER} q-{CORNER} 0 -{CORNER} -{CORNER} "
        f"V{up + CORNER} q0 -{CORNER} {CORNER} -{CORNER} H{edge}",
        "back",
    )
    yield _label(lane - 8, (y - 14 + up) // 2 + 5, words, "end")


def _all_the_way_back(x: int, y: int, words: tuple[str, ...]) -> Iterator[str]:
    edge = x - BOX[0] // 2
    yield _line(f"M{edge} {y} H{BACK + CORNER} q-{CORNER} 0 -{CORNER} -{CORNER}", "back", "")
    yield _label(BACK + 18, y - 8 - LINE * (len(words) - 1), words, "start")


def _trunks(lanes: Lanes) -> Iterator[str]:
    """Draw the two lines that several arrows join, each once."""
    first, shut = min(_heights(lanes, Stage.CLOSED)), PLACES[Stage.CLOSED][1] - BOX[1] // 2
    yield _line(f"M{SIDE} {first + OUT + CORNER} V{shut}", "side")
    last, into = max(_heights(lanes, Stage.RECEIVED)), PLACES[Stage.RECEIVED][1] - 12
    yield _line(
        f"M{BACK} {last - CORNER} "
        f"V{into + CORNER} q0 -{CORNER} {CORNER} -{CORNER} H{WAY - BOX[0] // 2}",
        "back",
    )


def _heights(lanes: Lanes, there: Stage) -> list[int]:
    """Say how far down the arrows to a stage begin."""
    places = [PLACES[here] for here, to in lanes if to is there]
    return [y for x, y in places if x == WAY]


def _line(path: str, kind: str, end: str = ' marker-end="url(#flow-{})"') -> str:
    return f'<path class="line {kind}" d="{path}"{end.format(kind)}/>'


def _label(x: int, y: int, lines: tuple[str, ...], anchor: str, kind: str = "plain") -> str:
    rows = "".join(
        f'<tspan x="{x}" y="{y + LINE * row}">{line}</tspan>' for row, line in enumerate(lines)
    )
    return f'<text class="label {kind}" text-anchor="{anchor}">{rows}</text>'


# --- Look -----------------------------------------------------------------------------------------

_LIGHT: Final = (
    "--paper: #ffffff; --ink: #1f2937; --soft: #5b6472; --way: #1d5fbf; --box: #eaf1fb; "
    "--good: #1f7a4d; --good-box: #e6f5ec; --shut: #6b7280; --shut-box: #f0f1f3; --back: #a8590c;"
)
_DARK: Final = (
    "--paper: #131416; --ink: #e6e9ee; --soft: #a6afbd; --way: #7fb2ff; --box: #1a2a42; "
    "--good: #6fd3a0; --good-box: #15321f; --shut: #a2aab6; --shut-box: #26292f; --back: #f0a860;"
)

_STYLE: Final = f"""\
  .flow-diagram {{ {_LIGHT} }}
  @media (prefers-color-scheme: dark) {{ .flow-diagram {{ {_DARK} }} }}
  body[data-theme="light"] .flow-diagram {{ {_LIGHT} }}
  body[data-theme="dark"] .flow-diagram {{ {_DARK} }}
  @media print {{ body .flow-diagram.flow-diagram {{ {_LIGHT} }} }}
  .flow-diagram {{ display: block; width: 100%; max-width: {WIDTH}px; height: auto; }}
  .flow-diagram {{ margin: 1.5rem auto; }}
  .flow-diagram text {{ font: 13.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }}
  .flow-diagram .name {{ font-size: 14px; font-weight: 600; letter-spacing: 0.06em; }}
  .flow-diagram .name {{ fill: var(--ink); }}
  .flow-diagram .label {{ fill: var(--soft); }}
  .flow-diagram .strong {{ fill: var(--ink); font-weight: 600; }}
  .flow-diagram .step {{ font-size: 12.5px; font-style: italic; }}
  .flow-diagram .line {{ fill: none; stroke-width: 1.6; stroke-linejoin: round; }}
  .flow-diagram rect {{ fill: var(--box); stroke: var(--way); stroke-width: 1.6; }}
  .flow-diagram rect.resolved {{ fill: var(--good-box); stroke: var(--good); stroke-width: 2.4; }}
  .flow-diagram rect.closed {{ fill: var(--shut-box); stroke: var(--shut); stroke-width: 2.4; }}
  .flow-diagram .way {{ stroke: var(--way); stroke-width: 2.6; }}
  .flow-diagram .again, .flow-diagram .side {{ stroke: var(--shut); }}
  .flow-diagram .back {{ stroke: var(--back); }}
  .flow-diagram .dot, #flow-way path {{ fill: var(--way); }}
  #flow-again path, #flow-side path {{ fill: var(--shut); }}
  #flow-back path {{ fill: var(--back); }}"""

_MARKERS: Final = "\n".join(
    f'  <marker id="flow-{kind}" viewBox="0 0 10 10" refX="9.5" refY="5" '
    'markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
    '<path d="M0 1 L10 5 L0 9 z"/></marker>'
    for kind in ("way", "again", "side", "back")
)

_HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="flow-diagram" viewBox="0 0 {width} {height}" '
    'role="img" aria-labelledby="flow-title flow-told">\n'
    '<title id="flow-title">The flow of a case</title>\n'
    '<desc id="flow-told">{told}.</desc>\n'
    "<style>\n{style}\n</style>\n"
    f"<defs>\n{_MARKERS}\n</defs>"
)
