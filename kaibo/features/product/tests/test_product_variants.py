"""What a product comes in: one cell, as people write it; and nothing is taken from who has claimed it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet import ProductReading, read_products
from kaibo.features.product.sheet_variants import in_one_cell, parted
from kaibo.kit.sheets import read_book

PARTED = "product.variants_parted"
CATALOGUE = Path(__file__).parents[4] / "web" / "src" / "features" / "catalogue"


def read(cell: str, known: ProductSheet | None = None, taken: tuple[str, ...] = ()) -> ProductReading:
    book = read_book(f'商品編號,商品名稱,規格\nK1,上衣,"{cell}"\n'.encode(), "a.csv")
    return read_products(book, "TWD", {"K1": known} if known else None, taken={"K1": taken})


def notes(reading: ProductReading) -> list[tuple[str, str]]:
    return [(note.cell, note.code) for row in reading.report.rows for note in row.notes]


@pytest.mark.parametrize(
    ("cell", "variants"),
    [
        ("S/M/L", ("S", "M", "L")),
        ("S／M／L", ("S", "M", "L")),
        ("紅 / 藍", ("紅", "藍")),
        ("23.5/24/24.5", ("23.5", "24", "24.5")),
        ("S・M・L", ("S", "M", "L")),
        ("S·M‧L", ("S", "M", "L")),
        ("大|小", ("大", "小")),
        ("大｜小", ("大", "小")),
        ("黑/S|白/M", ("黑/S", "白/M")),
        ("S M L", ("S", "M", "L")),
        ("S M  L\u3000XL 2XL", ("S", "M", "L", "XL", "2XL")),
        ("23.5 24 38", ("23.5", "24", "38")),
        ("S M L 23.5 38", ("S", "M", "L", "23.5", "38")),
        ("Ｓ Ｍ 均碼", ("Ｓ", "Ｍ", "均碼")),
    ],
)
def test_a_cell_of_several_variants_is_parted_and_says_so(cell: str, variants: tuple[str, ...]) -> None:
    reading = read(cell)
    assert reading.products[0].variants == variants
    assert notes(reading) == [("C2", PARTED)]
    assert reading.report.rows[-1].notes[0].data["count"] == len(variants)


@pytest.mark.parametrize(
    ("cell", "variants"),
    [
        ("黑/白、藍", ("黑/白", "藍")),
        ("黑/白，藍", ("黑/白", "藍")),
        ("黑/白；藍|綠", ("黑/白", "藍|綠")),
        ("黑/白\n藍", ("黑/白", "藍")),
        ("黑/白\n", ("黑/白",)),
        ("S M L\n", ("S M L",)),
        ("深海 藍", ("深海 藍",)),
        ("Navy M", ("Navy M",)),
        ("2 XL", ("2 XL",)),
        ("500 ml", ("500 ml",)),
        ("N/A", ("N/A",)),
        ("①大②小", ("大", "小")),
        ("", ()),
    ],
)
def test_a_cell_that_says_what_it_means_is_read_without_a_word(cell: str, variants: tuple[str, ...]) -> None:
    reading = read(cell)
    assert (reading.products[0].variants, notes(reading)) == (variants, [])


@pytest.mark.parametrize(("cell", "variants", "guessed"), json.loads((CATALOGUE / "variants.cases.json").read_text("utf-8")))
def test_the_cells_of_the_grid_are_read_as_those_of_a_sheet(cell: str, variants: list[str], guessed: bool) -> None:
    """The same cases as the grid of the web, where people type them."""
    assert parted(cell) == (tuple(variants), guessed)


@pytest.mark.parametrize("cell", ["紅、紅、藍", "紅/藍/紅", "紅 色、藍、紅色", "紅\n藍\n紅"])
def test_a_variant_that_is_written_twice_is_once(cell: str) -> None:
    reading = read(cell)
    assert len(reading.products[0].variants) == 2
    assert [code for _, code in notes(reading) if code != PARTED] == ["product.variant_twice"]


def test_what_buyers_have_stays_on_the_list() -> None:
    before = ProductSheet(product_id="K1", name="上衣", variants=("S", "M", "L"))
    reading = read("M、XL", before, taken=("S", "M"))
    assert reading.products[0].variants == ("M", "XL", "S")
    assert [(row.status, [note.code for note in row.notes]) for row in reading.report.rows] == [
        ("partial", ["product.variants_taken"])
    ]
    assert read("", before, taken=("S",)).products[0].variants == ("S",)  # the column is there, and its cell is empty


def test_what_buyers_have_keeps_the_writing_they_have_it_in() -> None:
    before = ProductSheet(product_id="K1", name="上衣", variants=("S", "藍色"))
    reading = read("蓝色/s", before, taken=("S", "藍色"))
    assert (reading.products[0].variants, notes(reading)) == (("藍色", "S"), [("C2", PARTED)])


def test_a_cell_that_was_parted_is_read_into_a_known_product() -> None:
    before = ProductSheet(product_id="K1", name="上衣", variants=("S/M/L",))
    assert read("S/M/L", before).products[0].variants == ("S", "M", "L")


NAME = (
    st.text("紅藍SML 38./|・、，;\n①", min_size=1, max_size=5).map(str.strip).filter(lambda name: bool(name) and "\n" not in name)
)


@given(st.lists(NAME, min_size=1, max_size=4))
def test_variants_in_one_cell_come_back(variants: list[str]) -> None:
    assert parted(in_one_cell(variants)) == (tuple(variants), False)
