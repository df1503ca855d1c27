"""How the documentation is built: offline, with every reference checked."""

import logging
import sys
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import attrs
from docutils.nodes import Element, Node, Text, document, literal_block
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode import ModuleAnalyzer

from servicekit import __version__

HERE = Path(__file__).parent

project = "servicekit"
author = "The servicekit developers"
copyright = author  # noqa: A001 - the name that Sphinx reads
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
if not (HERE.parent / "CHANGELOG.md").exists():
    exclude_patterns.append("changelog.md")

html_theme = "furo"
html_title = f"servicekit {version}"
html_copy_source = False
pygments_style = "tango"
pygments_dark_style = "github-dark"

myst_heading_anchors = 3

default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
add_module_names = False
python_use_unqualified_type_names = True
nitpick_ignore_regex = [  # what others define: there is no index of it offline
    ("py:class", r"(?!servicekit).*"),
    ("py:obj", r"(cattrs|hypothesis|statistics)\..*"),
    ("py:class", r"servicekit\..*\._[A-Z]\w*"),  # variables of types
    ("py:class", r"servicekit\.kpi\._tally\.Tally"),  # the sums of a measurement: free to change
]


def find_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: Element
) -> Node | None:
    """Resolve a name by its last part, so that a private module leads to the public page."""
    python = env.domains["py"]
    last = "." + str(node.get("reftarget")).rpartition(".")[2]
    names = [name for name, *_ in python.get_objects() if "._" not in name]
    found = [name for name in names if name.endswith(last)]
    if node.get("refdomain") != "py" or len(found) != 1:
        return None
    docname = node.get("refdoc", env.docname)
    return python.resolve_xref(env, docname, app.builder, "obj", found[0], node, text)


def plain_constructor(
    _app: Sphinx, what: str, _name: str, obj: Any, _options: Any, _written: str, returned: str
) -> tuple[str, str] | None:
    """Show a constructor without types: those of the fields stand right below it."""
    if what not in {"class", "exception"} or not attrs.has(obj):
        return None
    whole = signature(obj)
    bare = [each.replace(annotation=Parameter.empty) for each in whole.parameters.values()]
    return str(whole.replace(parameters=bare, return_annotation=Parameter.empty)), returned


def told_where_defined(
    _app: Sphinx, what: str, name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    """Give a constant that a package takes from a module of its own what is said of it there."""
    if what != "data":
        return
    package, _, constant = name.rpartition(".")
    own = [each for each in sys.modules if each.startswith(f"{package}._")]
    for module in own:
        said = ModuleAnalyzer.for_module(module).find_attr_docs().get(("", constant))
        lines[:] = said or lines


def without_last_line(_app: Sphinx, doctree: document) -> None:
    """Take off the blank line that ends an example for doctest, but is nothing to look at."""
    for block in doctree.findall(literal_block):
        block.rawsource = block.astext().rstrip()
        block[:] = [Text(block.rawsource)]


def is_no_empty_glob(record: logging.LogRecord) -> bool:
    """Tell any warning from that of a list of pages, such as decisions, that is empty so far."""
    return not str(record.msg).startswith("toctree glob pattern")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add to Sphinx what this documentation needs of its own."""
    # Sphinx gives the warning no type, so suppress_warnings cannot name it.
    logging.getLogger("sphinx.sphinx.directives.other").addFilter(is_no_empty_glob)
    app.connect("missing-reference", find_public_name)
    app.connect("autodoc-process-signature", plain_constructor)
    app.connect("autodoc-process-docstring", told_where_defined)
    app.connect("doctree-read", without_last_line)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
