"""How does the server send mail? By a block of ours, for Prefect has none for plain SMTP.

The server sends, so its process must import this.
"""

from prefect.blocks.notifications import AppriseNotificationBlock
from pydantic import Field, SecretStr


class Mail(AppriseNotificationBlock):
    """Mail by SMTP, which Prefect has no block of its own for."""

    _block_type_name = "Mail"
    _block_type_slug = "newsmill-mail"

    url: SecretStr = Field(
        default=...,
        title="Mail address",
        description="`mailtos://user:password@host?from=mill@host&to=desk@host`, as Apprise has it",
    )
