"""The messengers a channel is carried to: how each is asked, and what its answers mean."""

from collections.abc import Mapping
from typing import Final

from kaibo.connectors.messengers import dingtalk, feishu, line, slack, webhook, wecom
from kaibo.connectors.messengers.shape import Messenger
from kaibo.features.bridge.facts import Kind

MESSENGERS: Final[Mapping[Kind, Messenger]] = {
    "slack": slack.MESSENGER,
    "dingtalk": dingtalk.MESSENGER,
    "feishu": feishu.MESSENGER,
    "wecom": wecom.MESSENGER,
    "line": line.MESSENGER,
    "webhook": webhook.MESSENGER,
}
