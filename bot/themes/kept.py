"""What the vocabulary keeps about the moderators who change it."""

from bot.kept import YEAR, Ending, Kept

KEPT = (
    Kept(
        what="which moderator changed a theme or its words",
        why="to show moderators who changed what",
        how_long="a year; then what was changed stays, with nobody's id",
        forgetting="their id is taken out",
        columns=("vocabulary_change.by_id",),
        rows="""
            SELECT at, what, subject, before, after FROM vocabulary_change
            WHERE by_id = :member AND network_id = :network
            ORDER BY id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM vocabulary_change
                WHERE by_id IS NOT NULL AND at <= :before LIMIT 1
                """,
            sql=(
                """
                UPDATE vocabulary_change SET by_id = NULL
                WHERE by_id IS NOT NULL AND at <= :before
                """,
            ),
        ),
    ),
)

NOBODYS = {
    "the network's own names for what it talks about": (
        "kind.slug",
        "kind.label",
        "theme.slug",
        "theme.label",
        "ring.label",
        "ring_word.word",
        "vocabulary_change.what",
        "vocabulary_change.subject",
        "vocabulary_change.before",
        "vocabulary_change.after",
    ),
    "a forum and its tags, not a person": ("forum_tag.forum_id", "forum_tag.tag_id"),
}
