"""A long document cut into leaves."""

from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.fact import Fact, Locator
from touchstone.serve.leaves import leaf_of, leaves

sizes = st.lists(st.integers(0, 40_000), max_size=12)


def paragraphs(lengths: list[int]) -> Document:
    """A document of paragraphs of these lengths."""
    blocks, text = [], ""
    for length in lengths:
        blocks.append(Block("paragraph", len(text), len(text) + length))
        text += "字" * length + "\n"
    return Document(Source("a" * 64, "n", "text/plain", 1), text, tuple(blocks))


def fact(place: Locator) -> Fact:
    """A fact that stands there."""
    from decimal import Decimal

    return Fact("f", "s", "m", None, Decimal(1), "", Decimal(0), "a" * 64, place, "r")


@given(sizes)
def test_the_leaves_together_are_the_document_and_each_is_light(lengths: list[int]) -> None:
    document = paragraphs(lengths)
    cut = leaves(document, [])
    spans = [(part.start, part.end) for leaf in cut for part in leaf]
    assert "".join(document.text[a:b] for a, b in spans) == document.text.replace("\n", "")
    assert spans == sorted(spans)
    assert all(sum(3 * (p.end - p.start) for p in leaf) <= 30_000 for leaf in cut)


@given(sizes.filter(any), st.data())
def test_every_figure_is_on_the_leaf_that_is_opened_for_it(lengths: list[int], data: st.DataObject) -> None:
    document = paragraphs(lengths)
    block = data.draw(st.sampled_from([i for i, b in enumerate(document.blocks) if b.end > b.start]))
    start = data.draw(st.integers(document.blocks[block].start, document.blocks[block].end - 1))
    cut = leaves(document, [one := fact(Locator(block, start, start + 1))])
    leaf = cut[leaf_of(cut, one)]
    assert any(part.start <= start < part.end for part in leaf)


def test_a_long_table_is_cut_between_rows_and_a_cell_is_found_by_its_row() -> None:
    cells = tuple(Cell(row, 0, row * 100, row * 100 + 99) for row in range(2000))
    document = Document(
        Source("a" * 64, "n", "text/csv", 1), "x" * 200_000, (Block("table", 0, 200_000, cells=cells),)
    )
    place = Locator(0, 150_000, 150_099, 1500, 0)
    cut = leaves(document, [fact(place)])
    rows = [row for leaf in cut for part in leaf for row in part.rows or ()]
    assert rows == list(range(2000))
    assert len(cut) > 5
    [part] = cut[leaf_of(cut, fact(place))]
    assert part.rows
    assert 1500 in part.rows
