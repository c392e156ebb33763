"""What conversations keep about the people who come to them."""

from bot.kept import SOON, YEAR, Ending, Kept, Leaving

KEPT = (
    Kept(
        what="answers to conversations, the choice to be named or to carry a role, and whether "
        "somebody was there",
        why="to keep a place or a turn, and to say how many come",
        how_long="a year after the conversation; then only the numbers stay",
        forgetting="places ahead go to whoever has waited longest; of the past only the numbers "
        "stay, with nobody's id",
        columns=("sign_up.member_id",),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   sign_up.state AS answer, sign_up.answered_at AS answered,
                   sign_up.shows_name AS named_on_the_card, sign_up.wants_role AS wants_the_role,
                   sign_up.attended AS was_there
            FROM sign_up JOIN conversation ON conversation.id = sign_up.conversation_id
            WHERE sign_up.member_id = :member AND conversation.network_id = :network
            ORDER BY conversation.starts_at, conversation.id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM conversation
                WHERE starts_at <= :before AND EXISTS (
                    SELECT 1 FROM sign_up
                    WHERE conversation_id = conversation.id AND member_id IS NOT NULL
                )
                LIMIT 1
                """,
            redrawn="""
                SELECT DISTINCT conversation_id AS id FROM sign_up
                WHERE shows_name = 1 AND conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
            sql=(
                """
                DELETE FROM sign_up
                WHERE member_id IS NOT NULL AND state = 'not_coming' AND conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
                """
                UPDATE sign_up
                SET member_id = NULL, shows_name = 0, wants_role = 1, asked_again = 0,
                    answered_at = (SELECT starts_at FROM conversation
                                   WHERE conversation.id = sign_up.conversation_id)
                WHERE member_id IS NOT NULL AND conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
            ),
        ),
        leaves=Leaving(
            whose="""
                SELECT DISTINCT member_id FROM sign_up
                JOIN conversation ON conversation.id = sign_up.conversation_id
                WHERE network_id = :network AND member_id IS NOT NULL AND state <> 'not_coming'
                  AND starts_at > :now AND cancelled_at IS NULL
                """
        ),
    ),
    Kept(
        what="what somebody needs to take part, with their tick of consent",
        why="so that the hosts can prepare; nobody else can see it, and each look is noted",
        how_long="until 14 days after the conversation, or until they take it back, can't come or "
        "are taken off, or it is cancelled; then wiped from the bytes of the database and its "
        "log as well, within the hour",
        forgetting="deleted, and wiped from the file",
        columns=("access_need.member_id", "access_need.kinds", "access_need.words"),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   access_need.kinds AS needs, access_need.words AS in_their_words,
                   access_need.consented_at AS agreed
            FROM access_need JOIN conversation ON conversation.id = access_need.conversation_id
            WHERE access_need.member_id = :member AND conversation.network_id = :network
            ORDER BY conversation.starts_at, conversation.id
            """,
    ),
    Kept(
        what="the same needs again, if somebody asks for it",
        why="to fill in the form for them next time; nobody else is shown it",
        how_long="until they untick it, or are no longer in the server",
        forgetting="deleted, and wiped from the file",
        columns=(
            "remembered_need.member_id",
            "remembered_need.kinds",
            "remembered_need.words",
        ),
        rows="""
            SELECT kinds AS needs, words AS in_their_words FROM remembered_need
            WHERE member_id = :member AND network_id = :network
            """,
        leaves=Leaving(
            whose="SELECT member_id FROM remembered_need WHERE network_id = :network",
            sql=(
                """
                DELETE FROM remembered_need
                WHERE member_id = :member AND network_id = :network
                """,
            ),
        ),
    ),
    Kept(
        what="who comes with whom: supporters and buddies",
        why="to ask both before either is named",
        how_long="30 days after the conversation",
        forgetting="whoever was to come with them is told; their id is taken out",
        columns=("pair.asker_id", "pair.other_id"),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   pair.kind AS company,
                   CASE :member WHEN pair.asker_id THEN 'asked for it' ELSE 'was asked' END AS part,
                   pair.made_at AS began, pair.ended_at AS ended
            FROM pair JOIN conversation ON conversation.id = pair.conversation_id
            WHERE :member IN (pair.asker_id, pair.other_id)
              AND conversation.network_id = :network
            ORDER BY pair.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM pair JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before AND NOT EXISTS (
                      SELECT 1 FROM notice WHERE notice.conversation_id = conversation.id
                  )
                LIMIT 1
                """,
            sql=(
                """
                DELETE FROM pair WHERE conversation_id IN (
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
        what="wishes for a buddy, or to be one",
        why="to find one",
        how_long="30 days after the conversation, or until one is found",
        forgetting="deleted",
        columns=("buddy_wish.member_id",),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   buddy_wish.wish, buddy_wish.wished_at AS wished
            FROM buddy_wish JOIN conversation ON conversation.id = buddy_wish.conversation_id
            WHERE buddy_wish.member_id = :member AND conversation.network_id = :network
            ORDER BY buddy_wish.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM buddy_wish JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before LIMIT 1
                """,
            sql=(
                """
                DELETE FROM buddy_wish WHERE conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
            ),
        ),
    ),
    Kept(
        what="the id of each person to whom the bot gave the attendee role",
        why="to take it off again, and never one given by hand",
        how_long="until nothing they signed up to is ahead",
        forgetting="the role is taken off first; their id goes as soon as it is",
        columns=("role_carried.member_id",),
        rows="""
            SELECT role_id AS role, how FROM role_carried
            WHERE member_id = :member AND network_id = :network
            """,
    ),
)

NOBODYS = {
    "words and a picture chosen for everybody to see, in the name of the network": (
        "conversation.title",
        "conversation.description",
        "conversation.join_link",
        "conversation.questions",
        "conversation.content_note",
        "conversation.offered",
        "conversation.access_provided",
        "conversation.cancelled_because",
        "cover.alt",
        "cover.name",
        "cover.picture",
    ),
    "a date, the id of an entry in Discord's own list, or one of a few words of ours": (
        "sign_up.state",
        "pair.kind",
        "buddy_wish.wish",
        "role_carried.how",
        "look_at_needs.how",
        "list_entry.state",
        "conversation.occurrence",
        "conversation.moved_from",
        "list_entry.entry_id",
    ),
    "a channel, a message, a thread or a role, not a person": (
        "conversation.venue_channel_id",
        "card.channel_id",
        "card.message_id",
        "card.conversation_id",
        "list_entry.conversation_id",
        "thread.conversation_id",
        "thread.thread_id",
        "role_carried.role_id",
    ),
    "made from the conversation, to see whether what stands in Discord is still true": (
        "card.shows",
        "card.cover",
        "list_entry.wrote",
        "list_entry.stands",
        "thread.name",
    ),
}
