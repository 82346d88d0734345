"""What the simulated platform does about what it is asked: its shop, its comment box, its moderation."""

from kaibo.connectors.simulated.moderation import moderation_follower
from kaibo.connectors.simulated.replies import reply_follower
from kaibo.connectors.simulated.shop import shop_follower
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def followers(house: House) -> list[Follower]:
    """Who answers for the platform."""
    return [shop_follower(house.engine), reply_follower(), moderation_follower()]
