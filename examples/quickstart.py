"""Replay a small register of complaints, see what each open case needs next, and save it back.

python examples/quickstart.py [REGISTER.json]
"""

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from servicekit import Case, Stage
from servicekit.resolution import PromiseStatus, guidance
from servicekit.serialize import make_converter

here = Path(__file__).parent
register = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "register.json"
now = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)  # the library reads no clock: you say when it is

# Read: every history is replayed and checked; what is wrong is refused, by the path to it.
converter = make_converter()
cases = converter.loads(register.read_text("utf-8"), list[Case])
print(f"{len(cases)} cases: {', '.join(f'{case.complaint.id} {case.stage}' for case in cases)}\n")

# One case, told step by step, and its record of nine items.
first = cases[0]
print(first.timeline(), "\n")
print(first.record(), "\n")

# What is open, what was promised, and what to do next.
for case in cases:
    if case.stage in {Stage.RESOLVED, Stage.CLOSED}:
        continue
    print(f"{case.complaint.id} is {case.stage} in round {case.rounds}: {case.complaint.concern}")
    for promise in case.promises(now):
        urgent = " - come back to them today" if promise.status is PromiseStatus.BROKEN else ""
        print(f"  promised by {promise.due:%d %B %H:%M}: {promise.what}: {promise.status}{urgent}")
    print(f"  next: {guidance(case.stage).do[0]}")
print()

# Save, and read back: nothing is lost.
saved = Path(tempfile.gettempdir()) / "servicekit-register.json"
saved.write_text(json.dumps(converter.unstructure(cases), indent=2, ensure_ascii=False), "utf-8")
assert converter.loads(saved.read_text("utf-8"), list[Case]) == cases
print(f"saved to {saved}")
