"""What happens when: deeds noted in any order, done in the order of their days, each at its own time of the day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from wuyou.kernel import clock

OPENS = time(8, 30)
BETWEEN = timedelta(seconds=20)


@dataclass(slots=True)
class Diary:
    """Deeds up to and including a last day; what is noted for a later day is done on that day."""

    last: date
    deeds: list[tuple[date, Callable[[], object]]] = field(default_factory=list)

    def note(self, day: date, deed: Callable[[], object]) -> None:
        """Note a deed for a day. Those of one day are done in the order in which they were noted."""
        self.deeds.append((min(day, self.last), deed))

    def carry_out(self) -> None:
        """Do all deeds, with the clock held at their times, so that the audit trail reads like a year's work."""
        moment = datetime.min.replace(tzinfo=clock.CHINA)
        for day, deed in sorted(self.deeds, key=itemgetter(0)):
            opened = datetime.combine(day, OPENS if day < self.last else time(0, 1), clock.CHINA)
            moment = max(moment + BETWEEN, opened)
            with clock.held_at(moment):
                deed()
