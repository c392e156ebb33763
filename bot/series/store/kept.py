"""What series keep about those who start them, and those who come to all of one."""

from datetime import timedelta

from bot.kept import Ending, Kept, Leaving

KEPT = (
    Kept(
        what="each series that somebody comes to, whatever the date",
        why="to sign them up to each of its conversations",
        how_long="until they leave it, it ends, or they are no longer in the server",
        forgetting="deleted",
        columns=("standing_sign_up.member_id",),
        rows="""
            SELECT series.title AS series, standing_sign_up.since
            FROM standing_sign_up JOIN series ON series.id = series_id
            WHERE member_id = :member AND series.network_id = :network
            ORDER BY standing_sign_up.id
            """,
        leaves=Leaving(
            whose="""
                SELECT DISTINCT member_id FROM standing_sign_up
                JOIN series ON series.id = series_id
                WHERE series.network_id = :network
                """
        ),
    ),
    Kept(
        what="who started a series, or has a draft of one",
        why="to know whose it is",
        how_long="until it has ended, which takes it out within a day; a draft for one day",
        forgetting="their id is taken out; a draft is deleted",
        columns=("series.drafted_by",),
        rows="""
            SELECT title AS series, drafted_at AS begun, state FROM series
            WHERE drafted_by = :member AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=timedelta(0),
            is_due="SELECT 1 FROM series WHERE state = 'ended' AND drafted_by <> -1 LIMIT 1",
            sql=("UPDATE series SET drafted_by = -1 WHERE state = 'ended' AND drafted_by <> -1",),
        ),
    ),
)

NOBODYS = {
    "words chosen for everybody to see, in the name of the network": (
        "series.title",
        "series.description",
        "series.join_link",
        "series.questions",
        "series.content_note",
        "series.offered",
        "series.access_provided",
    ),
    "a date, a rule for dates, or one of a few words of ours": (
        "series.rule",
        "series.state",
        "series_skip.occurrence",
        "proposed_rule.rule",
    ),
    "a channel, not a person": ("series.venue_channel_id",),
}
