"""Products leave the house as a workbook and come back the same."""

import io
from collections.abc import Iterator

import httpx
import pytest

from tests.served import Served, ask, do, served

START = 1_764_331_200_000
SHEET = {
    "product_id": "K1", "name": "=SUM(1) 手沖壺", "variants": ["大", "小"], "item_type": "hero", "cost_minor": 50_050,
    "list_price_minor": 129_000, "live_price_minor": 99_000, "stock": 20, "per_buyer_limit": 2, "selling_points": ["細口", "不燙手"],
    "doubts": [{"question": "能進洗碗機嗎", "answer": "可以"}], "certificates": [], "must_not_say": ["最好"],
}  # fmt: skip


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def planned(owner: httpx.Client, show_id: str, currency: str = "TWD") -> None:
    do(owner, "show", show_id, "show.plan", show_id=show_id, title="品", starts_at=START, ends_at=START + 1000, currency=currency)


def test_what_is_exported_is_imported_the_same(house: Served) -> None:
    owner = house.owner()
    planned(owner, "one")
    planned(owner, "two")
    do(owner, "show", "one", "product.add", product=SHEET)
    do(owner, "show", "one", "product.add", product={"product_id": "A0", "name": "杯"})
    answer = owner.get("/api/streams/show/one/exports/products.xlsx")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="products.xlsx"'
    file = {"file": ("products.xlsx", io.BytesIO(answer.content))}
    assert owner.post("/api/streams/show/two/imports/products", files=file).status_code == 200
    one, two = (owner.get(f"/api/streams/show/{show}/views/product.cards").json()["rows"] for show in ("one", "two"))
    assert one == two
    assert list(one)
    assert owner.get("/api/streams/show/none/exports/products.xlsx").status_code == 404
    assert "/api/streams/show/{stream_id}/exports/products.xlsx" in owner.get("/api/openapi.json").json()["paths"]


def test_a_show_in_dollars_takes_no_prices_in_yuan(house: Served) -> None:
    owner = house.owner()
    planned(owner, "usd", "USD")
    answer = ask(owner, "show", "usd", "product.add", product=SHEET, currency="TWD")
    assert (answer.status_code, answer.json()["code"]) == (422, "product.wrong_currency")
    assert "USD" in answer.json()["message"]
    do(owner, "show", "usd", "product.add", product=SHEET, currency="USD")


def test_a_new_sheet_takes_no_variant_from_who_has_claimed_it(house: Served) -> None:
    owner = house.owner()
    planned(owner, "claimed")
    door = "/api/streams/show/claimed/imports/products"

    def bring(variants: str, *, dry: bool = False) -> dict[str, list[str]]:
        file = {"file": ("a.csv", f"商品編號,商品名稱,規格\nK1,上衣,{variants}\n".encode())}
        report = owner.post(door, files=file, params={"dry_run": str(dry).lower()}).json()
        return {note["code"]: note["data"]["variants"].split("、") for row in report["rows"] for note in row["notes"]}

    assert bring("S/M/L") == {"product.variants_parted": ["S", "M", "L"]}
    do(owner, "show", "claimed", "claim.set_policy", policy={"capture": "always"})
    do(owner, "show", "claimed", "claim.claim", buyer="fb/ann", name="Ann", product_id="K1", variant="S", quantity=2)
    line = {"product_id": "K1", "variant": "L", "quantity": 1, "price_minor": 100}
    created = {"kind": "created", "order_id": "o1", "buyer": "bo", "lines": [line]}
    token = owner.post("/api/tokens", json={"label": "shop", "roles": ["source"]}).json()["token"]
    with httpx.Client(base_url=owner.base_url, headers={"Authorization": f"Bearer {token}"}) as source:
        do(source, "show", "claimed", "order.record", platform="fb", items=[created])
    assert bring("M、XL", dry=True) == {"product.variants_taken": ["S", "L"]}
    bring("M、XL")
    (card,) = owner.get("/api/streams/show/claimed/views/product.cards").json()["rows"].values()
    assert card["variants"] == ["M", "XL", "S", "L"]
    assert owner.get("/api/streams/show/claimed/views/claim.stock").json()["rows"]["K1/S"]["held"] == 2
