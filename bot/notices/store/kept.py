"""What notices keep about the people who are owed them."""

from bot.kept import SOON, YEAR, Ending, Kept

KEPT = (
    Kept(
        what="that somebody was owed a private message, of what sort, and what became of it; "
        "never its words",
        why="to send it once and only once",
        how_long="30 days after it was sent or no longer needed, or after the conversation; a year "
        "if it is about a quote and could not be told",
        forgetting="deleted; what is still owed to them is not sent",
        columns=("notice.member_id",),
        rows="""
            SELECT kind, due_at AS due, state, settled_at AS settled FROM notice
            WHERE member_id = :member AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=SOON,
            # Of a conversation still ahead they stay, so that nothing is told twice.
            is_due="""
                SELECT 1 FROM notice
                LEFT JOIN conversation ON conversation.id = notice.conversation_id
                WHERE notice.state <> 'owed' AND settled_at <= :before
                  AND (starts_at <= :before OR (conversation.id IS NULL AND (
                           notice.state <> 'missed'
                           OR settled_at <= strftime('%Y-%m-%dT%H:%M:%SZ', :before, '-335 days')
                       )))
                LIMIT 1
                """,
            sql=(
                """
                DELETE FROM notice
                WHERE state <> 'owed' AND settled_at <= :before AND (
                    conversation_id IN (SELECT id FROM conversation WHERE starts_at <= :before)
                    OR (conversation_id IS NULL AND (
                        state <> 'missed'
                        OR settled_at <= strftime('%Y-%m-%dT%H:%M:%SZ', :before, '-335 days')
                    ))
                )
                """,
            ),
        ),
    ),
    Kept(
        what="that a person's private messages are closed",
        why="so as not to try again and again",
        how_long="until they say they are open, or a year",
        forgetting="deleted",
        columns=("closed_messages.member_id",),
        rows="""
            SELECT since FROM closed_messages
            WHERE member_id = :member AND network_id = :network
            """,
        ends=Ending(
            after=YEAR,
            is_due="SELECT 1 FROM closed_messages WHERE since <= :before LIMIT 1",
            sql=("DELETE FROM closed_messages WHERE since <= :before",),
        ),
    ),
)

NOBODYS = {
    "one of a few words of ours": (
        "notice.kind",
        "notice.about",
        "notice.state",
        "notice.dropped_because",
    ),
    "the id of a conversation, a quote or another thing, not of a person": ("notice.about_id",),
}
