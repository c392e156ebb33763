"""How good the search is, beside SQLite's own, for questions that were judged beforehand."""

from tests.benchmarks.ground import NETWORK, ground
from tests.relevance.measure import FIRST, WAYS, Measured, fill, measured, plain, searching


async def main() -> None:
    async with ground() as (db, parts):
        vocabulary = await parts.themes.vocabulary(NETWORK)
        await fill(db, NETWORK, vocabulary, with_themes=False)
        rings = await measured(searching(db, NETWORK, vocabulary.rings, may_respell=False))
        await fill(db, NETWORK, vocabulary, with_themes=True)
        everything = await measured(searching(db, NETWORK, vocabulary.rings, may_respell=True))
    results = {
        "plain full text": await plain(),
        "with rings": rings,
        "with everything": everything,
    }
    print(f"recall at {FIRST}, mean reciprocal rank, and questions with nothing of use there:")
    print(f"{'':18}" + "".join(f"{way:>22}" for way in WAYS))
    for name, result in results.items():
        print(f"{name:18}" + "".join(f"{_cell(result[way]):>22}" for way in WAYS))
    print("nothing of use for: " + "; ".join(everything["all"].missed))


def _cell(result: Measured) -> str:
    missed = f"{len(result.missed)}/{len(result.recalls)}"
    return f"{result.recall:.0%}  {result.reciprocal_rank:.2f}  {missed:>6}"
