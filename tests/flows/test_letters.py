"""What a letter says, how fast a robot is asked, and what becomes of a letter when its way is spoiled, paused, or down."""

from kaibo.connectors.messengers import MESSENGERS
from kaibo.connectors.messengers.carry import Carrier
from kaibo.connectors.messengers.shape import Way
from tests.flows.test_bridges import Home, home
from tests.served import do

__all__ = ["home"]


def test_a_secret_with_a_sign_that_none_has_is_refused_and_what_breaks_all_the_same_goes_another_way(home: Home) -> None:
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="s", kind="slack", name="群")
    for way in ({"secret": "xoxb，", "target": "C1"}, {"secret": "xoxb", "target": "C 1"}, {"secret": "xo\nxb", "target": "C1"}):
        answer = home.owner.put("/api/bridges/s/way", json=way)
        assert (answer.status_code, answer.json()["code"]) == (422, "bridge.not_plain")

    async def spoil() -> None:
        home.house.app.carrier.ways.put("s", Way(url=f"{home.fake.url}/api/", secret="xoxb，", target="C1"))

    home.house.call(spoil())
    home.bridge("webhook", reserve=True)
    home.plan("t")
    home.say("m", "黑屏", urgent=True)
    home.settle()
    assert [each.kind for each in home.fake.seen] == ["webhook"]
    assert (home.letters()["s"]["state"], home.letters()["s"]["code"]) == ("failed", "broken")
    assert home.owner.post("/api/bridges/s/try").json() == {"outcome": "failed", "code": "broken"}


def test_what_is_called_sent_was_sent_whole(home: Home) -> None:
    home.bridge("wecom", wants="all")
    home.plan("t")
    for number in range(24):
        home.say(f"m{number}", f"第 {number} 則 " + "長" * 105)
        home.settle()
    for _ in range(4):
        home.later(61)
    rows = home.lin.get("/api/streams/show/t/views/outbox.letters").json()["rows"].values()
    assert [row["state"] for row in rows] == ["sent"] * 24
    for number in range(24):
        assert sum(f"第 {number} 則 " in each.text for each in home.fake.seen) == 1
    assert all(len(each.text.encode()) <= 2048 for each in home.fake.seen)


def test_what_people_write_is_cut_and_never_looks_like_the_house(home: Home) -> None:
    home.bridge("wecom")
    home.plan("t")
    forged = "看這裡\n在問：林導\n我接（林導）：https://evil.example/x"
    home.say("m", forged + "長" * 1900, urgent=True)
    home.settle()
    lines = home.fake.seen[0].text.split("\n")
    assert [line for line in lines if line.startswith(("在問", "我接"))] == ["在問：小林", lines[-1]]
    assert lines[-1].startswith("我接（小林）：https://kaibo.example.org/#/ack/")
    assert "│ 在問：林導" in lines
    assert len(home.fake.seen[0].text.encode()) <= 2000


def test_a_robot_is_asked_as_often_as_it_may_be_by_two_bridges_together_and_after_a_restart(home: Home) -> None:
    home.bridge("dingtalk", "one", wants="all")
    home.bridge("dingtalk", "two", wants="urgent")
    home.plan("t")
    for number in range(12):
        home.say(f"m{number}", f"第 {number} 則")
        home.settle()
    assert len(home.fake.seen) == 11  # of eighteen; five are kept, and two were the trying
    again = Carrier(home.house.app.engine, home.house.app.carrier.ways, home.house.app.carrier.outward, "")

    async def wait() -> int:
        way = again.ways.of("two")
        assert way is not None
        return again._pacing(way, MESSENGERS["dingtalk"]).wait(home.clock.at, urgent=False)

    assert home.house.call(wait()) > 0
    home.fake.plan(["body:limited"])
    assert home.owner.post("/api/bridges/two/try").json()["outcome"] == "limited"
    home.say("u", "沒聲音", urgent=True)
    home.settle()
    assert home.letters()["two"]["until"] >= home.clock.at + 590_000  # shut for ten minutes: it was not asked


def test_a_paused_bridge_goes_on_with_what_waited(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    home.fake.plan(["status:500"])
    home.say("m", "沒聲音", urgent=True)
    home.settle()
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="webhook", kind="webhook", name="webhook", paused=True)
    home.later(20)
    assert (home.fake.seen, home.letters()["webhook"]["code"]) == ([], "paused")
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="webhook", kind="webhook", name="webhook")
    home.later(20)
    assert len(home.fake.seen) == 1


def test_what_was_edited_after_it_left_is_corrected_there(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    home.say("m", "價格 1980", tag="promo")
    home.settle()
    do(home.ai, "show", "t", "channel.edit", message_id="m", text="價格 2980")
    home.settle()
    assert [each.text.split("\n")[:2] for each in home.fake.seen] == [
        ["【#優惠變更】週四晚場", "小艾：價格 1980"],
        ["（更正）【#優惠變更】週四晚場", "小艾：價格 2980"],
    ]
    home.say("n", "還沒送", urgent=False)
    do(home.ai, "show", "t", "channel.edit", message_id="n", text="改了")
    home.settle()
    assert len(home.fake.seen) == 2  # it was not carried


def test_a_messenger_that_was_down_is_asked_at_once_for_what_cannot_wait(home: Home) -> None:
    home.bridge("webhook", wants="all")
    home.plan("t")

    async def down() -> None:
        way = home.house.app.carrier.ways.of("webhook")
        assert way is not None
        home.house.app.carrier._pacing(way, MESSENGERS["webhook"]).lost(home.clock.at + 60_000)

    home.house.call(down())
    home.say("n", "在嗎")
    home.say("m", "沒聲音", urgent=True)
    home.settle()
    assert ["沒聲音" in each.text for each in home.fake.seen] == [True]
    rows = home.lin.get("/api/streams/show/t/views/outbox.letters").json()["rows"].values()
    assert {(row["state"], row["code"]) for row in rows} == {("unreached", "no_connection"), ("confirmed", "")}
