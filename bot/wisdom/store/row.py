"""What a row says of a quote and of what was agreed about it."""

import json
from collections.abc import Callable
from typing import TypeVar

from bot.clock import from_text
from bot.ids import ConversationId, KindId, MemberId, NetworkId, QuoteId, ThemeId
from bot.storage.database import Row
from bot.wisdom.model import (
    Consent,
    Credit,
    Details,
    Given,
    How,
    Lasting,
    Perspective,
    Quote,
    QuoteState,
    Source,
    Use,
)

Id = TypeVar("Id")


def uses_of(row: Row) -> frozenset[Use]:
    columns = {
        Use.DISCORD: "in_discord",
        Use.WEBSITE: "on_website",
        Use.POSTS: "in_posts",
        Use.TRAINING: "in_training",
    }
    return frozenset(use for use, column in columns.items() if row[column])


def quote_of(row: Row) -> Quote:
    return Quote(
        id=QuoteId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        number=row["number"],
        state=QuoteState(row["state"]),
        words=row["words"],
        proposed=row["proposed"],
        wording=row["wording"],
        is_redacted=bool(row["is_redacted"]),
        heading=row["heading"],
        details=Details(
            kind_id=_maybe(KindId, row["kind_id"]),
            theme_ids=tuple(ThemeId(each) for each in json.loads(row["theme_ids"])),
            perspective=Perspective(row["perspective"]) if row["perspective"] else None,
            content_note=row["content_note"],
            conversation_id=_maybe(ConversationId, row["conversation_id"]),
            answers=_maybe(QuoteId, row["answers"]),
        ),
        year=row["year"],
        speaker_id=_maybe(MemberId, row["speaker_id"]),
        kept_by=_maybe(MemberId, row["kept_by"]),
        source=Source(row["source"]),
        kept_at=from_text(row["kept_at"]),
        decided_by=_maybe(MemberId, row["decided_by"]),
        note=row["note"],
        given=None if row["consent_wording"] is None else _given(row),
    )


def _given(row: Row) -> Given:
    return Given(
        consent=Consent(
            uses=uses_of(row),
            credit=Credit(row["credit"]),
            credited_as=row["credited_as"],
            lasting=Lasting(row["lasting"]),
        ),
        wording=row["consent_wording"],
        how=How(row["how"]),
        shown=row["shown"],
        given_by=_maybe(MemberId, row["given_by"]),
        given_at=from_text(row["given_at"]),
        expires_at=None if row["expires_at"] is None else from_text(row["expires_at"]),
    )


def _maybe(kind: Callable[[int], Id], value: int | None) -> Id | None:
    return None if value is None else kind(value)
