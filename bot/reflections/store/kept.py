"""What reflections keep about those who note, write, publish and look after things."""

from bot.kept import SOON, YEAR, Ending, Kept

KEPT = (
    Kept(
        what="what somebody noted about a conversation, and who, unless they did not want to be "
        "named",
        why="for organisers and moderators, who write about the conversation",
        how_long="a year; who it was, 30 days",
        forgetting="deleted, as far as it carries their id; what was noted without a name can't "
        "be told from others'",
        columns=("conversation_note.words", "conversation_note.noted_by"),
        rows="""
            SELECT conversation.title AS conversation, conversation_note.question,
                   conversation_note.words AS noted, conversation_note.noted_at AS at
            FROM conversation_note
            JOIN conversation ON conversation.id = conversation_note.conversation_id
            WHERE conversation_note.noted_by = :member
              AND conversation_note.network_id = :network
            ORDER BY conversation_note.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 WHERE EXISTS (
                    SELECT 1 FROM conversation_note
                    WHERE noted_by IS NOT NULL AND noted_at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM conversation_note
                    WHERE noted_at <= strftime('%Y-%m-%dT%H:%M:%SZ', :before, '-335 days')
                )
                """,
            sql=(
                """
                UPDATE conversation_note SET noted_by = NULL
                WHERE noted_by IS NOT NULL AND noted_at <= :before
                """,
                """
                DELETE FROM conversation_note
                WHERE noted_at <= strftime('%Y-%m-%dT%H:%M:%SZ', :before, '-335 days')
                """,
            ),
        ),
    ),
    Kept(
        what="who wrote, published or exported a post of the network, or changed an action, and "
        "when",
        why="so that those who write together see who changed what, and hear when a quote in "
        "their file may not be used any more",
        how_long="a year; then what was done stays, with nobody's id",
        forgetting="what was done stays; their id is taken out",
        columns=(
            "reflection.made_by",
            "reflection.published_by",
            "reflection_text.by_id",
            "reflection_change.by_id",
            "reflection_export.exported_by",
            "action.made_by",
            "action_change.by_id",
        ),
        rows="""
            SELECT 'wrote a text' AS what, at FROM reflection_text
            JOIN reflection ON reflection.id = reflection_id
            WHERE by_id = :member AND network_id = :network
            UNION ALL
            SELECT 'changed a post', at FROM reflection_change
            JOIN reflection ON reflection.id = reflection_id
            WHERE by_id = :member AND network_id = :network
            UNION ALL
            SELECT 'began a post', made_at FROM reflection
            WHERE made_by = :member AND network_id = :network
            UNION ALL
            SELECT 'published a post', published_at FROM reflection
            WHERE published_by = :member AND network_id = :network
            UNION ALL
            SELECT 'took a post away as a file', exported_at FROM reflection_export
            JOIN reflection ON reflection.id = reflection_id
            WHERE exported_by = :member AND network_id = :network
            UNION ALL
            SELECT 'wrote down an action', made_at FROM action
            WHERE made_by = :member AND network_id = :network
            UNION ALL
            SELECT 'changed an action', at FROM action_change
            JOIN action ON action.id = action_id
            WHERE by_id = :member AND network_id = :network
            ORDER BY 2
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 WHERE EXISTS (
                    SELECT 1 FROM reflection_text WHERE by_id IS NOT NULL AND at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM reflection_change WHERE by_id IS NOT NULL AND at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM reflection WHERE made_by IS NOT NULL AND made_at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM reflection
                    WHERE published_by IS NOT NULL AND published_at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM reflection_export
                    WHERE exported_by IS NOT NULL AND exported_at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM action WHERE made_by IS NOT NULL AND made_at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM action_change WHERE by_id IS NOT NULL AND at <= :before
                )
                """,
            sql=(
                "UPDATE reflection_text SET by_id = NULL WHERE by_id IS NOT NULL AND at <= :before",
                """
                UPDATE reflection_change SET by_id = NULL
                WHERE by_id IS NOT NULL AND at <= :before
                """,
                """
                UPDATE reflection SET made_by = NULL
                WHERE made_by IS NOT NULL AND made_at <= :before
                """,
                """
                UPDATE reflection SET published_by = NULL
                WHERE published_by IS NOT NULL AND published_at <= :before
                """,
                """
                UPDATE reflection_export SET exported_by = NULL
                WHERE exported_by IS NOT NULL AND exported_at <= :before
                """,
                "UPDATE action SET made_by = NULL WHERE made_by IS NOT NULL AND made_at <= :before",
                "UPDATE action_change SET by_id = NULL WHERE by_id IS NOT NULL AND at <= :before",
            ),
        ),
    ),
    Kept(
        what="who looks after an action, and their deputy",
        why="to ask them how it stands; organisers and moderators see it, nobody else",
        how_long="until somebody else does, or a year after it has ended",
        forgetting="the action stays, and nobody looks after it",
        columns=("action.owner_id", "action.deputy_id"),
        rows="""
            SELECT title, CASE :member WHEN owner_id THEN 'owner' ELSE 'deputy' END AS you_are,
                   due_on AS by_when
            FROM action WHERE :member IN (owner_id, deputy_id) AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM action
                WHERE state IN ('done', 'not_possible') AND changed_at <= :before
                  AND coalesce(owner_id, deputy_id) IS NOT NULL
                LIMIT 1
                """,
            sql=(
                """
                UPDATE action SET owner_id = NULL, deputy_id = NULL
                WHERE state IN ('done', 'not_possible') AND changed_at <= :before
                  AND coalesce(owner_id, deputy_id) IS NOT NULL
                """,
            ),
        ),
    ),
)

NOBODYS = {
    "one of a few words of ours": (
        "reflection_text.slot",
        "reflection_change.what",
        "reflection_export.form",
        "action.state",
        "action_change.state",
    ),
    "the network's own words, written to be published": (
        "reflection_text.words",
        "action.title",
        "action.reason",
        "action_change.reason",
    ),
    "a message of the bot's own, or what it shows": (
        "reflection.channel_id",
        "reflection.thread_id",
        "reflection_message.message_id",
        "reflection_message.shows",
    ),
    "a date": ("action.due_on",),
}
