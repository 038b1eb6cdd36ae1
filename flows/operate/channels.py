"""Whom does newsmill tell when something is wrong? Mail, Slack and a webhook, as Prefect blocks.

The settings name them; a channel without a setting is none. Blocks keep their addresses encrypted
in Prefect's database, and the server process sends.
"""

from typing import Any
from uuid import UUID

from prefect.blocks.core import Block
from prefect.blocks.notifications import CustomWebhookNotificationBlock, SlackWebhook

from flows.server.mail import Mail
from flows.settings import Settings


def bring_channels(settings: Settings) -> list[UUID]:
    """Save a block for each channel that the settings name; return the ids of their documents."""
    return [_saved(name, block) for name, block in blocks(settings).items()]


def blocks(settings: Settings) -> dict[str, Block]:
    """Return a block for each channel that the settings name, by the name it is saved under."""
    told: dict[str, Any] = {"subject": "{{subject}}", "body": "{{body}}"}
    made: dict[str, Block] = {}
    if settings.notify_mail is not None:
        made["newsmill-mail"] = Mail(url=settings.notify_mail)
    if settings.notify_slack is not None:
        made["newsmill-slack"] = SlackWebhook(url=settings.notify_slack)
    if settings.notify_webhook is not None:
        made["newsmill-webhook"] = CustomWebhookNotificationBlock(
            name="newsmill", url=settings.notify_webhook.get_secret_value(), json_data=told
        )
    return made


def _saved(name: str, block: Block) -> UUID:
    saved = block.save(name, overwrite=True)
    if not isinstance(saved, UUID):
        saved.close()
        raise TypeError("channels are brought by synchronous code")
    return saved
