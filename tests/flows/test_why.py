"""Support asks for a buyer whom no screen shows any more."""

from tests.served import do, served


def test_any_buyer_of_the_show_is_found_with_every_decision() -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "why", "show.plan", show_id="why", title="x", starts_at=0, ends_at=3_600_000)
        product = {"product_id": "A1", "name": "茶", "live_price_minor": 100, "stock": 1}
        do(owner, "show", "why", "product.add", product=product)
        for place, name in enumerate(("Ａｎｎ", "Bob", "Annie")):
            do(owner, "show", "why", "claim.claim", buyer=f"fb/{place}", name=name, product_id="A1")
        found = owner.get("/api/streams/show/why/claims/why", params={"q": "ANN"}).json()["buyers"]
        rules = {row["name"]: [entry["rule"] for entry in row["entries"]] for row in found.values()}
        assert rules == {"Ａｎｎ": ["by_hand"], "Annie": ["waitlisted"]}
        assert owner.get("/api/streams/show/why/claims/why").status_code == 422
        shop = house.person(owner, "shop", "店", "source")
        assert shop.get("/api/streams/show/why/claims/why?q=ann").status_code == 403
