"""What other rooms may read of the charter as it is shown."""

from kaibo.features.charter.view import DUTIES, HEAD, SHOW

__all__ = ["DUTIES", "HEAD", "SHOW"]
