"""Routes of this feature."""

from kaibo.kit.openapi import Operation

ROUTES: list[object] = []
OPERATIONS: tuple[Operation, ...] = ()
