"""A vendor's own program drives the fake, and finds there what this house sent: a fake that only we understand proves nothing."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from kaibo.fakes import credentials as known
from kaibo.fakes.messenger import Messenger
from tests.flows.test_bridges import Home, home
from tests.messengers import messenger

__all__ = ["home"]


@pytest.fixture
def fake() -> Iterator[Messenger]:
    with messenger() as found:
        yield found


def slack(fake: Messenger, token: str = known.SLACK_TOKEN) -> WebClient:
    return WebClient(token=token, base_url=f"{fake.url}/api/", retry_handlers=[])


def test_slacks_own_client_posts_reads_back_and_is_told_what_is_wrong(fake: Messenger) -> None:
    client = slack(fake)
    assert client.auth_test()["ok"]
    posted = client.chat_postMessage(channel=known.SLACK_CHANNEL, text="五號鏈接")
    read = client.conversations_history(channel=known.SLACK_CHANNEL, latest=posted["ts"], inclusive=True, limit=1)
    assert [each["text"] for each in read["messages"]] == ["五號鏈接"]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.chat_postMessage(channel="#nowhere", text="x")
    with pytest.raises(SlackApiError, match="invalid_auth"):
        slack(fake, "xoxb-other").chat_postMessage(channel=known.SLACK_CHANNEL, text="x")
    fake.plan(["status:429"])
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=known.SLACK_CHANNEL, text="x")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "1")


def test_what_the_house_sent_is_found_in_slack_by_the_name_slack_gave_it(home: Home) -> None:
    home.bridge("slack")
    home.plan("t")
    home.say("m", "價格 <掛錯> & 了", urgent=True)
    home.settle()
    [event] = [
        each["fact"] for each in home.owner.get("/api/streams/show/t/events?limit=1000").json()["events"]
        if each["fact"]["type"] == "outbox.tried"
    ]  # fmt: skip
    read = slack(home.fake).conversations_history(channel=known.SLACK_CHANNEL, latest=event["remote_id"], inclusive=True, limit=1)
    [message] = read["messages"]
    assert message["ts"] == event["remote_id"]
    assert "價格 &lt;掛錯&gt; &amp; 了" in message["text"]  # what people write is no markup there
