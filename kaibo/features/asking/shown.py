"""What other rooms may read of what waits for a yes, as it is shown."""

from kaibo.features.asking.view import REQUEST_ROWS

__all__ = ["REQUEST_ROWS"]
