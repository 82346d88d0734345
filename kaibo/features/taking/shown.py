"""What other rooms may read of what was taken in need, as it is shown."""

from kaibo.features.taking.view import TAKINGS, TakingRow

__all__ = ["TAKINGS", "TakingRow"]
