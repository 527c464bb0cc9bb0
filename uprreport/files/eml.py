"""An unsent e-mail message: a file that a mail program opens as a draft, ready to be read and sent."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by its name; ``kind`` is its subtype of ``application``."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. ``to`` is what stands in a cell for addresses, several separated by commas or blanks.

    ``key`` tells it apart from all others.
    """

    to: str
    subject: str
    text: str
    attachments: Sequence[Attachment]
    day: datetime.date
    key: str


def addresses(text: str) -> tuple[str, ...]:
    """The addresses of a cell that a message can be sent to, each once."""
    found = dict.fromkeys(piece.strip("<>") for piece in re.split(r"[\s;,]+", text) if "@" in piece)
    return tuple(address for address in found if _is_address(address))


def _is_address(text: str) -> bool:
    try:
        parsed = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    return text.isascii() and "." in parsed.domain


def write_eml(mail: Mail) -> bytes:
    """The message as bytes, the same for the same message: its id and boundaries are sums of its content.

    ``X-Unsent: 1`` is how Outlook and others know a draft. It has no ``From``: whoever opens it sends it.
    """
    message = EmailMessage(policy=SMTP)
    found = addresses(mail.to)
    if found:
        message["To"] = [Address(addr_spec=address) for address in found]
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = datetime.datetime(mail.day.year, mail.day.month, mail.day.day, tzinfo=datetime.UTC)
    message["Message-ID"] = f"<{_sum(mail)}@uprreport.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    for attached in mail.attachments:
        message.add_attachment(
            attached.content, maintype="application", subtype=attached.kind, filename=attached.name
        )
    if message.is_multipart():
        message.set_boundary(f"=_{_sum(mail)}")
    return message.as_bytes()


def _sum(mail: Mail) -> str:
    words = (mail.key, mail.to, mail.subject, mail.text, mail.day.isoformat())
    told = hashlib.sha256("\0".join(words).encode("utf-8", "replace"))
    for attached in mail.attachments:
        told.update(attached.name.encode() + b"\0" + hashlib.sha256(attached.content).digest())
    return told.hexdigest()[:32]
