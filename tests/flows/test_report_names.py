"""A report names who proposed and who settled, also when that was a program."""

import httpx

from tests.served import do, served

START = 1_764_331_200_000


def test_a_proposal_through_a_token_is_reported_by_the_tokens_label() -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "n", "show.plan", show_id="n", title="名字", starts_at=START, ends_at=START + 1000)
        do(owner, "show", "n", "product.add", product={"product_id": "A", "name": "杯", "live_price_minor": 9000})
        made = owner.post("/api/tokens", json={"label": "價格機器人", "roles": ["operations"]}).json()
        robot = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {made['token']}"})
        do(robot, "show", "n", "promo.propose", promo_id="p", product_id="A", kind="gift", gift="小樣")
        do(owner, "show", "n", "promo.reject", promo_id="p")
        do(owner, "workspace", "main", "workspace.revoke_token", token_id=made["token_id"])
        report = owner.get("/api/shows/n/report").json()
        assert report["people"] == {made["token_id"]: "價格機器人", "owner": "負責人"}
        assert httpx.get(f"{house.base}/api/streams/show/n/exports/products.xlsx").status_code == 401


def test_it_is_told_in_few_bytes_to_whoever_can_unpack_them_and_as_it_is_to_others() -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "n", "show.plan", show_id="n", title="名字", starts_at=START, ends_at=START + 1000)
        packed = owner.get("/api/shows/n/report", headers={"Accept-Encoding": "br, gzip"})
        plain = owner.get("/api/shows/n/report", headers={"Accept-Encoding": "identity"})
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
        assert "content-encoding" not in plain.headers
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
        none = owner.get("/api/shows/n/report", headers={"Accept-Encoding": "gzip;q=0, br"})
        assert ("content-encoding" in none.headers, none.headers["vary"]) == (False, "Accept-Encoding")
        assert packed.json()["show"] == plain.json()["show"]
