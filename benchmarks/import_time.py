"""How long importing servicekit takes, beside `import attrs`, each in a fresh interpreter.

python benchmarks/import_time.py
"""

import subprocess
import sys
from statistics import median

CODE = """
from time import process_time_ns
start = process_time_ns()
import {module}
print(process_time_ns() - start)
"""


def import_ms(module: str) -> float:
    """Import a module in a new interpreter, with its byte code there already."""
    command = [sys.executable, "-c", CODE.format(module=module)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(run.stdout) / 1e6


def main(turns: int = 25) -> None:
    modules = ("attrs", "servicekit", "servicekit.benchmark", "servicekit.serialize")
    for module in modules:
        import_ms(module)
    times = [[import_ms(module) for module in modules] for _ in range(turns)]
    print("import, median of processor time")
    for column, module in enumerate(modules):
        took = median(row[column] for row in times)
        ratio = median(row[column] / row[0] for row in times)
        print(f"  {module:<42} {took:>10.1f} ms {ratio:>8.2f} x")


if __name__ == "__main__":
    main()
