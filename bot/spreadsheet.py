"""Tables for spreadsheets: opened by anybody, and reckoned with by none."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for a formula, or what could hide one; also in full width, which some
# programs read the same.
_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001


def table_file(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV file with *columns* as its first row, every cell of it made harmless."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(columns)
    for row in rows:
        table.writerow(harmless(cell) for cell in row)
    # With its mark at the front: without it, spreadsheets read UTF-8 as something else.
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """*cell* so that no spreadsheet reckons with it: a name may begin with an equals sign."""
    return f"'{cell}" if _is_risky(cell) else cell


def as_written(cell: str) -> str:
    """What was made harmless, as it was before."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell) else cell


def _is_risky(cell: str) -> bool:
    """Also when our own mark is in front already, so that taking one off is always right."""
    bare = cell.lstrip("'")
    return bare.startswith(_BEGINS_FORMULA) or bare.lstrip().startswith(_BEGINS_FORMULA)
