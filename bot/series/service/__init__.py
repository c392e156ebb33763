"""What people do with series, one module for each kind of person and purpose."""

from dataclasses import dataclass

from bot.series.service.book import Book
from bot.series.service.later import Later
from bot.series.service.making import Making
from bot.series.service.means import Means
from bot.series.service.pausing import Pausing
from bot.series.service.reshaping import Reshaping
from bot.series.service.standing import Standing
from bot.series.service.starting import Starting


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesServices:
    book: Book
    starting: Starting
    making: Making
    standing: Standing
    reshaping: Reshaping
    later: Later
    pausing: Pausing

    @classmethod
    def of(cls, means: Means) -> "SeriesServices":
        making = Making(means)
        starting = Starting(means, making)
        return cls(
            book=Book(means),
            starting=starting,
            making=making,
            standing=Standing(means),
            reshaping=Reshaping(means, making, starting),
            later=Later(means, making),
            pausing=Pausing(means, making),
        )
