"""What wisdom keeps about those who speak, and about those who look after what was said."""

from bot.kept import YEAR, Ending, Kept, Leaving

KEPT = (
    Kept(
        what="words of a person's own, what they agreed to, when, and which text they read",
        why="to show them as agreed, and let them take them back",
        how_long="until they take them back or the time they chose is over; a year, if they were "
        "declined or nobody recorded that their speaker agrees; then a number and two dates stay, "
        "with nobody's id, and the words are wiped from the database and its log within the hour",
        forgetting="taken back: gone from the search and from every message of the bot in the "
        "server, and wiped from the file",
        columns=(
            "quote.speaker_id",
            "quote.perspective",
            "quote_text.words",
            "quote_text.proposed",
            "quote_text.heading",
            "quote_text.content_note",
            "quote_text.note",
        ),
        rows="""
            SELECT quote.number, quote.state, quote_text.words AS in_their_words,
                   quote_text.proposed AS other_words_that_a_moderator_proposed,
                   quote_text.note AS what_a_moderator_said, quote_text.content_note,
                   quote.perspective, quote.kept_at AS kept, quote.published_at AS published
            FROM quote LEFT JOIN quote_text ON quote_text.quote_id = quote.id
            WHERE quote.speaker_id = :member AND quote.network_id = :network
            ORDER BY quote.id
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 FROM quote
                WHERE (state = 'declined' AND coalesce(decided_at, kept_at) <= :before)
                   OR (state = 'to_record' AND kept_at <= :before)
                LIMIT 1
                """,
            # The words and the index go with the state, by triggers.
            sql=(
                """
                UPDATE consent
                SET ended_at = coalesce(ended_at, :now), credited_as = NULL, given_by = NULL
                WHERE quote_id IN (
                    SELECT id FROM quote
                    WHERE state = 'declined' AND coalesce(decided_at, kept_at) <= :before
                )
                """,
                """
                UPDATE quote
                SET state = 'expired', ended_at = :now, perspective = NULL, conversation_id = NULL,
                    speaker_id = NULL, kept_by = NULL
                WHERE (state = 'declined' AND coalesce(decided_at, kept_at) <= :before)
                   OR (state = 'to_record' AND kept_at <= :before)
                """,
            ),
        ),
    ),
    Kept(
        what="each consent, and a name that somebody chose to stand with their words",
        why="to show the words as agreed, and to be able to say what was agreed to",
        how_long="as the words; the name goes when the consent does",
        forgetting="that consent was given, and when, stays; their id and the name go",
        columns=("consent.given_by", "consent.credited_as"),
        rows="""
            SELECT quote.number, consent.in_discord, consent.on_website, consent.in_posts,
                   consent.in_training, consent.credit, consent.credited_as, consent.lasting,
                   consent.expires_at AS expires, consent.how, consent.shown AS text_read,
                   consent.given_at AS given, consent.ended_at AS ended,
                   quote.speaker_id IS NOT :member AS recorded_for_somebody_else
            FROM consent JOIN quote ON quote.id = consent.quote_id
            WHERE quote.network_id = :network
              AND (quote.speaker_id = :member OR consent.given_by = :member)
            ORDER BY consent.id
            """,
    ),
    Kept(
        what="that somebody was asked about words of theirs, by whom, and what was pointed at; "
        "never the words",
        why="to take their answer, and not ask twice",
        how_long="14 days",
        forgetting="the question is closed, its private message emptied, and their id goes",
        columns=(
            "quote_request.speaker_id",
            "quote_request.asked_by",
            "quote_request.perspective",
            "quote_request.content_note",
            "quote_request.said_in",
            "quote_request.said_message_id",
            "quote_request.channel_id",
            "quote_request.message_id",
        ),
        rows="""
            SELECT made_at AS asked, lasts_until AS until, state,
                   CASE :member WHEN speaker_id THEN 'their own words' ELSE 'asked somebody' END
                   AS about
            FROM quote_request
            WHERE :member IN (speaker_id, asked_by) AND network_id = :network
            ORDER BY id
            """,
    ),
    Kept(
        what="that somebody does not want to be asked",
        why="not to ask them",
        how_long="until they change it, or are no longer in the server",
        forgetting="deleted; they can say so again",
        columns=("not_to_be_asked.member_id",),
        rows="""
            SELECT since FROM not_to_be_asked
            WHERE member_id = :member AND network_id = :network
            """,
        leaves=Leaving(
            whose="SELECT member_id FROM not_to_be_asked WHERE network_id = :network",
            sql=(
                "DELETE FROM not_to_be_asked WHERE member_id = :member AND network_id = :network",
            ),
        ),
    ),
    Kept(
        what="each quote that helped somebody",
        why="to count each once; only the count is shown",
        how_long="until they take it back, or the quote goes",
        forgetting="deleted",
        columns=("quote_helped.member_id",),
        rows="""
            SELECT quote.number FROM quote_helped JOIN quote ON quote.id = quote_helped.quote_id
            WHERE quote_helped.member_id = :member AND quote.network_id = :network
            ORDER BY quote.id
            """,
    ),
    Kept(
        what="who brought in or decided about a quote of somebody else, and who did what with "
        "it, and when",
        why="so that moderators can see how it came to be published",
        how_long="a year; then what was done stays, with nobody's id",
        forgetting="what was done stays; their id is taken out, and what they wrote with it",
        columns=("quote.kept_by", "quote.decided_by", "quote_change.by_id", "quote_import.by_id"),
        rows="""
            SELECT quote.number, quote_change.at, quote_change.what
            FROM quote_change JOIN quote ON quote.id = quote_change.quote_id
            WHERE quote_change.by_id = :member AND quote.network_id = :network
            UNION ALL
            SELECT number, kept_at, 'brought in' FROM quote
            WHERE kept_by = :member AND network_id = :network
            UNION ALL
            SELECT number, decided_at, 'decided' FROM quote
            WHERE decided_by = :member AND network_id = :network
            UNION ALL
            SELECT NULL, at, 'brought in a file' FROM quote_import
            WHERE by_id = :member AND network_id = :network
            ORDER BY 2
            """,
        ends=Ending(
            after=YEAR,
            is_due="""
                SELECT 1 WHERE EXISTS (
                    SELECT 1 FROM quote_change WHERE by_id IS NOT NULL AND at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM quote_import WHERE by_id IS NOT NULL AND at <= :before
                ) OR EXISTS (
                    SELECT 1 FROM quote
                    WHERE (decided_by IS NOT NULL AND decided_at <= :before)
                       OR (kept_by IS NOT NULL AND kept_at <= :before
                           AND state IN ('published', 'declined'))
                )
                """,
            sql=(
                "UPDATE quote_change SET by_id = NULL WHERE by_id IS NOT NULL AND at <= :before",
                "UPDATE quote_import SET by_id = NULL WHERE by_id IS NOT NULL AND at <= :before",
                """
                UPDATE quote SET decided_by = NULL
                WHERE decided_by IS NOT NULL AND decided_at <= :before
                """,
                # Nobody approves their own, so it is known for as long as it waits.
                """
                UPDATE quote SET kept_by = NULL
                WHERE kept_by IS NOT NULL AND kept_at <= :before
                  AND state IN ('published', 'declined')
                """,
            ),
        ),
    ),
)

NOBODYS = {
    "one of a few words of ours": (
        "quote.state",
        "quote.source",
        "consent.credit",
        "consent.lasting",
        "consent.how",
        "consent.shown",
        "quote_post.made_for",
        "quote_change.what",
        "quote_request.state",
        "quote_request.theme_ids",
    ),
    "a message of the bot's own, or what it shows": (
        "quote_post.channel_id",
        "quote_post.message_id",
        "quote_post.shows",
    ),
    "a date": ("quote_of_week.monday",),
}
