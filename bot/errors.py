"""What can go wrong, sorted by who must act.

Refusal        the member can act: they read `str(error)`, nothing is logged
Unavailable    nobody need act: try again shortly, logged as a warning
Misconfigured  the operator must act: it stops the start-up
anything else  we must act: logged with a reference the member can quote
"""


class Refusal(Exception):
    """We will not do that. The message is a whole plain sentence for the person who asked."""


class NotFound(Refusal):
    """It is not there, or it is another network's: both are told the same."""


class NotAllowed(Refusal):
    """Somebody else may, this person may not."""


class Closed(Refusal):
    """Too late: it has started, ended or gone."""


class Invalid(Refusal):
    """What was typed cannot be used, and the message says what can."""


class Unavailable(Exception):
    """Something we lean on did not answer. Trying again later may work."""


class Misconfigured(Exception):
    """The settings or the database do not describe a bot we can run."""
