"""The vendors' own programs drive the fakes, and find there what this house sent: a fake that only we understand proves nothing."""

import uuid
from collections.abc import Iterator

import pytest
from linebot.v3.messaging import ApiClient, ApiException, Configuration, MessagingApi, PushMessageRequest, TextMessage
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


def test_lines_own_client_pushes_and_a_key_counts_once(fake: Messenger) -> None:
    def push(text: str, key: str, token: str = known.LINE_TOKEN) -> object:
        with ApiClient(Configuration(host=fake.url, access_token=token)) as client:
            asked = PushMessageRequest(
                to=known.LINE_TO, messages=[TextMessage(text=text, quickReply=None, quoteToken=None)],
                notificationDisabled=False, customAggregationUnits=None,
            )  # fmt: skip
            return MessagingApi(client).push_message(asked, x_line_retry_key=key)

    key = str(uuid.UUID(int=7))
    push("五號鏈接", key)
    with pytest.raises(ApiException) as twice:
        push("五號鏈接", key)
    assert twice.value.status == 409
    assert "x-line-accepted-request-id" in {name.lower() for name in twice.value.headers}
    with pytest.raises(ApiException) as stranger:
        push("x", str(uuid.UUID(int=8)), token="other")
    assert stranger.value.status == 401
    assert [each.text for each in fake.seen] == ["五號鏈接"]


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
