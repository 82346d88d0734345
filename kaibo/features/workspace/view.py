"""The people of a workspace and its tokens, as the team page shows them."""

import msgspec


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person; key is person_id."""

    person_id: str
    name: str
    roles: tuple[str, ...]


class TokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One API token; key is token_id. Revoked tokens leave the table."""

    token_id: str
    label: str
    roles: tuple[str, ...]
    issued_at: int
