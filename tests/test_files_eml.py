"""Unsent messages: read back by Python's own parser; the same bytes for the same message."""

from __future__ import annotations

import datetime
import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.eml import XLSX, Attachment, Mail, addresses, write_eml

MAIL = Mail(
    "a.official@moh.example.org",
    "Progress sheet of Wəzarət",
    "Dear colleagues,\n\nمرحبا\n",
    (Attachment("moh-r1.xlsx", XLSX, b"PK\x03\x04" * 40),),
    datetime.date(2026, 4, 20),
    "exa-upr4 moh 1",
)


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=default)


def test_eml__written__opens_as_a_draft_with_text_and_sheet() -> None:
    message = read(write_eml(MAIL))
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["To"] == MAIL.to
    assert message["Subject"] == MAIL.subject
    assert message["Date"].datetime.date() == MAIL.day
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MAIL.text
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("moh-r1.xlsx", MAIL.attachments[0].content)


def test_eml__same_message__same_bytes_and_another_has_another_id() -> None:
    assert write_eml(MAIL) == write_eml(MAIL)
    others = [
        replace(MAIL, day=datetime.date(2026, 4, 21)),
        replace(MAIL, text="Dear colleagues,\n"),
        replace(MAIL, attachments=(Attachment("moh-r1.xlsx", XLSX, b"PK"),)),
    ]
    ids = {read(write_eml(mail))["Message-ID"] for mail in (MAIL, *others)}
    assert len(ids) == 4


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@b.org", ("a@b.org",)),
        ("a@b.org; c@d.org, a@b.org", ("a@b.org", "c@d.org")),
        ("A. Official <a@b.org>", ("a@b.org",)),
        ("a@b", ()),
        ("a@@b.org", ()),
        ("to be named", ()),
        ("", ()),
    ],
)
def test_addresses__in_a_cell__are_those_that_can_be_used(cell: str, found: tuple[str, ...]) -> None:
    assert addresses(cell) == found


@given(st.text(max_size=40), st.text(st.characters(codec="utf-8"), max_size=60), st.text(max_size=40))
def test_eml__anything_in_a_cell__is_a_message_with_the_same_text(to: str, text: str, subject: str) -> None:
    content = write_eml(replace(MAIL, to=to, subject=subject.encode("utf-8", "replace").decode(), text=text))
    message = read(content)
    assert message["X-Unsent"] == "1"
    assert message["Bcc"] is None
