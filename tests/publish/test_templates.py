"""The templates of pages and of the briefing."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import touchstone

TEMPLATES = sorted(Path(touchstone.__file__).parent.rglob("templates/*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_what_a_macro_asks_for_it_uses(file: Path) -> None:
    tree = Environment().parse(file.read_text(encoding="utf-8"))
    for macro in tree.find_all(nodes.Macro):
        used = {name.name for part in macro.body for name in _names(part)}
        assert {argument.name for argument in macro.args} <= used, macro.name


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_what_a_template_takes_from_another_it_uses(file: Path) -> None:
    tree = Environment().parse(file.read_text(encoding="utf-8"))
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    taken = {str(name) for given in tree.find_all(nodes.FromImport) for name in given.names}
    assert taken <= used


def _names(part: nodes.Node) -> list[nodes.Name]:
    own = [part] if isinstance(part, nodes.Name) else []
    return [*own, *part.find_all(nodes.Name)]
