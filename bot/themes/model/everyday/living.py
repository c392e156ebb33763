"""Somewhere to live, something to live on, and getting about."""

RINGS = {
    "Housing": (
        "housing, home, accommodation, flat, place to live, property, dwelling, roof over my head"
    ),
    "Eviction": (
        "eviction, kicked out, thrown out, turfed out, notice to quit, section 21, no-fault "
        "eviction, repossession"
    ),
    "Social housing": (
        "social housing, council house, council flat, housing association, social landlord, "
        "housing register"
    ),
    "Rent": "rent, rental, tenancy, tenancy agreement, deposit, service charge",
    "Supported housing": (
        "supported housing, supported accommodation, supported living, Housing First, floating "
        "support, halfway house, shared house"
    ),
    "Shelters": (
        "shelter, night shelter, winter shelter, refuge, emergency accommodation, B&B, bed and "
        "breakfast"
    ),
    "Poverty": (
        "poverty, skint, hardship, on the breadline, low income, cost of living, deprived, "
        "struggling to pay"
    ),
    "Debt": "debt, arrears, loan, bailiff, loan shark, overdraft, owe",
    "Welfare": (
        "welfare, Universal Credit, UC, PIP, DWP, jobcentre, ESA, housing benefit, sanction, "
        "benefits system"
    ),
    "Wages": "wage, salary, living wage, minimum wage, hourly rate, earn",
    "Getting money out": (
        "invoice, payroll, receipt, bank transfer, petty cash, out of pocket, bank account"
    ),
    "Food": (
        "food, meal, lunch, dinner, breakfast, sandwich, refreshments, catering, snack, biscuit"
    ),
    "Food banks": (
        "food bank, food parcel, soup kitchen, soup run, hungry, hunger, pantry, community fridge"
    ),
    "Getting there": (
        "transport, bus, taxi, tram, minibus, bus pass, bus fare, rail, travelling, parking, rural"
    ),
    "Jobs": "job, employment, career, occupation, paid work, back to work, unemployed, out of work",
}
