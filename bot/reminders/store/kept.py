"""What reminders keep about the people who want them."""

from bot.kept import SOON, Ending, Kept, Leaving

KEPT = (
    Kept(
        what="the wish to be reminded: times, hours, time zone, a pause",
        why="to remind people as they chose",
        how_long="until they are no longer in the server; turned off at any time",
        forgetting="deleted",
        columns=(
            "reminder_wish.member_id",
            "reminder_wish.minutes_before",
            "reminder_wish.time_zone",
        ),
        rows="""
            SELECT is_wanted AS wanted, minutes_before, from_hour, until_hour, time_zone,
                   paused_until
            FROM reminder_wish
            WHERE member_id = :member AND network_id = :network
            """,
        leaves=Leaving(
            whose="SELECT member_id FROM reminder_wish WHERE network_id = :network",
            sql=("DELETE FROM reminder_wish WHERE member_id = :member AND network_id = :network",),
        ),
    ),
    Kept(
        what="the wish to be reminded, or not, of one conversation",
        why="to remind people as they chose",
        how_long="30 days after the conversation",
        forgetting="deleted",
        columns=("reminder_of_one.member_id",),
        rows="""
            SELECT conversation.title AS conversation, conversation.starts_at AS starts,
                   is_wanted AS wanted
            FROM reminder_of_one JOIN conversation ON conversation.id = conversation_id
            WHERE member_id = :member AND conversation.network_id = :network
            ORDER BY conversation.starts_at, conversation.id
            """,
        ends=Ending(
            after=SOON,
            is_due="""
                SELECT 1 FROM reminder_of_one
                JOIN conversation ON conversation.id = conversation_id
                WHERE starts_at <= :before LIMIT 1
                """,
            sql=(
                """
                DELETE FROM reminder_of_one WHERE conversation_id IN (
                    SELECT id FROM conversation WHERE starts_at <= :before
                )
                """,
            ),
        ),
    ),
)

NOBODYS = {
    "chosen for everybody, or counted": (
        "conversation_reminder.way",
        "conversation_reminder.minutes_before",
        "reminder_dealt.purpose",
        "reminder_dealt.left_out_because",
    ),
}
