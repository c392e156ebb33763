"""What conversations keep about those who plan and host them, and about guests."""

from bot.kept import SOON, YEAR, Ending, Kept

A_GUEST = """
    SELECT guest.id AS guest_number, guest.name, guest.note, guest.taken_off_because,
           conversation.title AS conversation, conversation.starts_at AS starts,
           sign_up.state AS answer, sign_up.attended AS was_there, guest.added_at AS added
    FROM guest
    JOIN conversation ON conversation.id = guest.conversation_id
    LEFT JOIN sign_up ON sign_up.guest_id = guest.id
    WHERE conversation.network_id = :network
      AND (CAST(guest.id AS TEXT) = :whom OR lower(guest.name) = lower(:whom))
    ORDER BY guest.id
    """
"""Finds guests by their number, or by what they are called."""

KEPT = (
    Kept(
        what="a guest's first name or alias, a note such as “by phone”, and why they were taken "
        "off",
        why="to keep their place; how they are reached is not kept",
        how_long="30 days after the conversation; then only the numbers stay",
        forgetting="an operator can forget a guest by a number; whoever looks after them may ask",
        columns=("guest.name", "guest.note", "guest.taken_off_because"),
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM guest JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before AND NOT EXISTS (
                      SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                  )
                LIMIT 1
                """,
            sql=(
                """
                DELETE FROM sign_up
                WHERE guest_id IS NOT NULL AND state = 'not_coming' AND conversation_id IN (
                    SELECT id FROM conversation
                    WHERE starts_at <= :before AND NOT EXISTS (
                        SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                    )
                )
                """,
                """
                UPDATE sign_up
                SET guest_id = NULL, asked_again = 0,
                    answered_at = (SELECT starts_at FROM conversation
                                   WHERE conversation.id = sign_up.conversation_id)
                WHERE guest_id IS NOT NULL AND conversation_id IN (
                    SELECT id FROM conversation
                    WHERE starts_at <= :before AND NOT EXISTS (
                        SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                    )
                )
                """,
                """
                DELETE FROM guest WHERE conversation_id IN (
                    SELECT id FROM conversation
                    WHERE starts_at <= :before AND NOT EXISTS (
                        SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                    )
                )
                """,
            ),
        ),
    ),
    Kept(
        what="who looks after a guest, and who added them",
        why="to write to somebody who passes it on",
        how_long="30 days after the conversation",
        forgetting="the guests go to whoever hosts the conversation, or else planned it; if that "
        "is nobody any more, organisers see that nobody looks after them",
        columns=("guest.looked_after_by", "guest.added_by"),
        # Not by what name: that is the guest's.
        rows="""
            SELECT guest.id AS guest_number, conversation.title AS conversation,
                   conversation.starts_at AS starts,
                   guest.looked_after_by = :member AS looks_after_them,
                   guest.added_by = :member AS added_them, guest.added_at AS added
            FROM guest JOIN conversation ON conversation.id = guest.conversation_id
            WHERE :member IN (guest.looked_after_by, guest.added_by)
              AND conversation.network_id = :network
            ORDER BY guest.id
            """,
    ),
    Kept(
        what="who planned a conversation, or has a draft of one",
        why="to know whose it is",
        how_long="a year after the conversation; a draft for one day",
        forgetting="their id is taken out; a draft is deleted",
        columns=("conversation.drafted_by",),
        rows="""
            SELECT title AS conversation, starts_at AS starts, drafted_at AS begun,
                   planned_at AS planned
            FROM conversation
            WHERE drafted_by = :member AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM conversation WHERE starts_at <= :before AND drafted_by <> -1 LIMIT 1
                """,
            sql=(
                """
                UPDATE conversation SET drafted_by = -1
                WHERE starts_at <= :before AND drafted_by <> -1
                """,
            ),
        ),
    ),
    Kept(
        what="who is named as host or deputy of a conversation",
        why="to show who hosts it, to everybody, and to tell them",
        how_long="a year after the conversation, unless they take their name off",
        forgetting="their name comes off the card; whoever named them is told if it is still ahead",
        columns=("conversation.host_id", "conversation.deputy_id"),
        rows="""
            SELECT title AS conversation, starts_at AS starts,
                   CASE :member WHEN host_id THEN 'host' ELSE 'deputy' END AS named_as
            FROM conversation
            WHERE :member IN (host_id, deputy_id) AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM conversation
                WHERE starts_at <= :before AND (host_id IS NOT NULL OR deputy_id IS NOT NULL)
                LIMIT 1
                """,
            redrawn="""
                SELECT id FROM conversation
                WHERE starts_at <= :before AND (host_id IS NOT NULL OR deputy_id IS NOT NULL)
                """,
            sql=(
                """
                UPDATE conversation SET host_id = NULL, deputy_id = NULL
                WHERE starts_at <= :before AND (host_id IS NOT NULL OR deputy_id IS NOT NULL)
                """,
            ),
        ),
    ),
    Kept(
        what="who was named as a host, by whom and when",
        why="to tell whoever named them if they step back",
        how_long="30 days after the conversation",
        forgetting="their id is taken out",
        columns=("hosting.member_id", "hosting.named_by"),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   hosting.member_id = :member AS was_named,
                   hosting.named_by = :member AS named_somebody, hosting.named_at AS at
            FROM hosting JOIN conversation ON conversation.id = hosting.conversation_id
            WHERE :member IN (hosting.member_id, hosting.named_by)
              AND conversation.network_id = :network
            ORDER BY hosting.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM hosting JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before AND NOT EXISTS (
                      SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                  )
                LIMIT 1
                """,
            sql=(
                """
                DELETE FROM hosting WHERE conversation_id IN (
                    SELECT id FROM conversation
                    WHERE starts_at <= :before AND NOT EXISTS (
                        SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                    )
                )
                """,
            ),
        ),
    ),
    Kept(
        what="what an organiser wrote to people about a conversation",
        why="to send it",
        how_long="30 days after the conversation",
        forgetting="the words are taken out, and their id with them; what was sent stays with "
        "those who got it",
        columns=("written.written_by", "written.words"),
        rows="""
            SELECT conversation.title AS conversation, written.words AS in_their_words,
                   written.written_at AS written
            FROM written JOIN conversation ON conversation.id = written.conversation_id
            WHERE written.written_by = :member AND conversation.network_id = :network
            ORDER BY written.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM written JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before AND written_at <= :before AND NOT EXISTS (
                      SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                  )
                LIMIT 1
                """,
            sql=(
                """
                DELETE FROM written WHERE written_at <= :before AND conversation_id IN (
                    SELECT id FROM conversation
                    WHERE starts_at <= :before AND NOT EXISTS (
                        SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                    )
                )
                """,
            ),
        ),
    ),
    Kept(
        what="which host looked at what people need, when, and whether as a list or a file",
        why="so that looking leaves a trace",
        how_long="a year after the conversation",
        forgetting="that somebody looked stays; their id is taken out",
        columns=("look_at_needs.looked_by",),
        rows="""
            SELECT conversation.title AS conversation, look_at_needs.how, looked_at AS looked
            FROM look_at_needs JOIN conversation ON conversation.id = conversation_id
            WHERE looked_by = :member AND conversation.network_id = :network
            ORDER BY look_at_needs.id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM look_at_needs JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before LIMIT 1
                """,
            sql=(
                """
                DELETE FROM look_at_needs WHERE conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
            ),
        ),
    ),
)
