"""Words that are written with a capital and still name nobody."""

HARMLESS = frozenset(
    """
    a&e april august british bsl christmas covid cv december discord dwp easter edi english faq
    february friday god gp gps hr i i'd i'll i'm i've it january july june kpi kpi's kpis march
    may monday nhs november october ok pdf pip pr saturday september sunday teams thursday
    tuesday tv uk wednesday zoom
    """.split()  # noqa: SIM905  # a list of this length is read more easily as text
)
"""Wherever they stand."""

STARTERS = frozenset(
    """
    a about after all also although always an and another any anyone as ask asking at be because
    been before being best both but by can co-production commissioners communities community
    could customers did do does doing don't each even every everybody everyone everything few
    first for from funding get getting give given go going good great had half has have having
    he her here his honestly how if in instead is it's its just keep last later least let let's
    listen listening long lots make making many maybe meetings money more most much my never
    next no nobody none not nothing now of often on once one only or other our people perhaps
    please power previously put really recruitment residents same say services she should since
    so some somebody someone something sometimes staff start starting still stop such take ten
    tenants that that's the their them then there there's these they they're things this those
    three time to together too training trust two under until up us very was we we'd we'll we're
    we've well were what what's whatever when where which while who why with without word words
    work working would yes you you'd you're your
    """.split()  # noqa: SIM905  # as above
)
"""At the beginning of a sentence. Any other word there may be somebody's name."""
