"""What practice keeps about those who share, and about those who look after what was shared."""

from bot.kept import YEAR, Ending, Kept

KEPT = (
    Kept(
        what="what a person wrote of what worked, with its link and file, and whether they wish "
        "to be named with it",
        why="to show it as they chose, and let them change it or take it back",
        how_long="until they take it back; what was never sent, for two days",
        forgetting="taken back: gone from the search and from its thread, and wiped from the file; "
        "what others wrote in its thread stays",
        columns=(
            "practice.author_id",
            "practice_text.title",
            "practice_text.did",
            "practice_text.changed",
            "practice_text.tell_others",
            "practice_text.link",
            "practice_text.note",
            "practice_file.name",
            "practice_file.content",
            "practice_post.title",
        ),
        rows="""
            SELECT practice_text.title, practice.state, practice_text.did AS what_they_did,
                   practice_text.changed AS what_changed,
                   practice_text.tell_others AS what_they_would_tell_others, practice_text.link,
                   practice_file.name AS file, practice_text.note AS what_a_moderator_said,
                   practice.is_named AS named_with_it, practice.drafted_at AS written,
                   practice.shared_at AS shared
            FROM practice
            LEFT JOIN practice_text ON practice_text.practice_id = practice.id
            LEFT JOIN practice_file ON practice_file.practice_id = practice.id
            WHERE practice.author_id = :member AND practice.network_id = :network
            ORDER BY practice.id
            """,
    ),
    Kept(
        what="which practices somebody looks after, or is the deputy for",
        why="to let them change it, and to ask them",
        how_long="until it is handed over or taken back",
        forgetting="nobody looks after it then",
        columns=("practice.owner_id", "practice.deputy_id", "practice.licence"),
        rows="""
            SELECT practice_text.title, practice.licence,
                   CASE :member WHEN practice.owner_id THEN 'looks after it' ELSE 'deputy' END
                   AS as_what
            FROM practice JOIN practice_text ON practice_text.practice_id = practice.id
            WHERE :member IN (practice.owner_id, practice.deputy_id)
              AND practice.network_id = :network
            ORDER BY practice.id
            """,
    ),
    Kept(
        what="each practice that somebody recognised or does differently",
        why="to count each once; only counts are shown",
        how_long="until they take it back, or the practice goes",
        forgetting="deleted",
        columns=("practice_answer.member_id",),
        rows="""
            SELECT practice_text.title, practice_answer.says AS answer
            FROM practice_answer
            JOIN practice ON practice.id = practice_answer.practice_id
            JOIN practice_text ON practice_text.practice_id = practice.id
            WHERE practice_answer.member_id = :member AND practice.network_id = :network
            ORDER BY practice.id
            """,
    ),
    Kept(
        what="who said that a service uses a practice",
        why="to let them take that back; services are counted, not people",
        how_long="until the practice goes",
        forgetting="that the service uses it stays; their id is taken out",
        columns=("practice_use.said_by", "practice_use.service"),
        rows="""
            SELECT practice_text.title, practice_use.service
            FROM practice_use
            JOIN practice ON practice.id = practice_use.practice_id
            JOIN practice_text ON practice_text.practice_id = practice.id
            WHERE practice_use.said_by = :member AND practice.network_id = :network
            ORDER BY practice.id
            """,
    ),
    Kept(
        what="who decided about a practice of somebody else, and who did what with it, when and "
        "why",
        why="so that moderators can see how it came to be shared",
        how_long="a year; then what was done stays, with nobody's id",
        forgetting="what was done stays; their id and the reason they wrote are taken out",
        columns=("practice.decided_by", "practice_change.by_id", "practice_change.why"),
        rows="""
            SELECT practice_change.at, practice_change.what, practice_change.why
            FROM practice_change JOIN practice ON practice.id = practice_change.practice_id
            WHERE practice_change.by_id = :member AND practice.network_id = :network
            UNION ALL
            SELECT decided_at, 'decided last', ''
            FROM practice WHERE decided_by = :member AND network_id = :network
            ORDER BY 1
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM practice_change WHERE by_id IS NOT NULL AND at < :before
                UNION ALL
                SELECT 1 FROM practice
                WHERE decided_by IS NOT NULL AND decided_at < :before
                  AND state NOT IN ('new', 'looked_at')
                LIMIT 1
                """,
            sql=(
                """
                UPDATE practice_change SET by_id = NULL
                WHERE by_id IS NOT NULL AND at < :before
                """,
                """
                UPDATE practice SET decided_by = NULL
                WHERE decided_by IS NOT NULL AND decided_at < :before
                  AND state NOT IN ('new', 'looked_at')
                """,
            ),
        ),
    ),
)

NOBODYS = {
    "one of a few words of ours": (
        "practice.state",
        "practice.source",
        "practice_answer.says",
        "practice_change.what",
        "practice_change.state",
    ),
    "a message of the bot's own, or what it shows": (
        "practice_post.tags",
        "practice_post.shows",
        "practice_post.forum_id",
        "practice_post.thread_id",
        "practice_post.message_id",
        "practice_post.source_id",
        "practice_review.channel_id",
        "practice_review.message_id",
        "practice_review.shows",
        "forum_index.forum_id",
        "forum_index.thread_id",
        "forum_index.message_id",
        "forum_index.shows",
    ),
}
