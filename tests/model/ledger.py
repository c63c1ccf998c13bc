"""What the desk does to courses by hand: extend, transfer, give back; and waiting for last days (R6, R10, R16, R41)."""

from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from reception.domain import clock, packages
from reception.domain.tables.ids import CreditId, PackageId
from tests.clinic import LONDON
from tests.model import model
from tests.model.machine import RARELY, WHICH, Books, one_of

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class Ledger(Books):
    """Extends, transfers, gives back and waits for last days; the model says each time what is right."""

    @precondition(lambda self: self.model.credits)
    @rule(which=WHICH, edge=st.sampled_from([timedelta(0), timedelta(hours=10), _DAY - _SECOND, _DAY]))
    def wait_for_a_last_day(self, which: int, edge: timedelta) -> None:
        """Time passes until a credit's last day: until it begins, until it is just not over, until it is."""
        last = self.model.last_day(one_of(which, [*self.model.credits.values()]))
        if last is not None:
            self._wait_until(clock.at_local(last, 0, LONDON) + edge)

    @precondition(lambda self: self.model.packages)
    @rule(which=WHICH, days=st.integers(-1, 20), whole=st.booleans(), desk=RARELY)
    def extend(self, which: int, days: int, whole: bool, desk: bool) -> None:
        """A package is extended, or one credit."""
        last = clock.local_date(self.clinic.clock(), LONDON) + timedelta(days=days)
        if whole:
            self._extend_package(which, last, desk=desk)
        else:
            self._extend_credit(which, last, desk=desk)

    def _extend_package(self, which: int, last: date, *, desk: bool) -> None:
        package = one_of(which, [*self.model.packages])
        done = self._try(
            lambda: self.model.extend_package(package, last, desk=desk),
            packages.extend_package,
            PackageId(package),
            last,
            "was ill",
            desk=desk,
        )
        self._finish(done)

    def _extend_credit(self, which: int, last: date, *, desk: bool) -> None:
        credit = one_of(which, [*self.model.credits.values()])
        done = self._try(
            lambda: self.model.extend_credit(credit, last, desk=desk),
            packages.extend_credit,
            CreditId(credit.id),
            last,
            "was ill",
            desk=desk,
        )
        self._finish(done)

    @precondition(lambda self: self.model.packages)
    @rule(which=WHICH, places=st.sets(st.integers(0, 2), min_size=1), to=WHICH, desk=RARELY)
    def transfer(self, which: int, places: set[int], to: int, desk: bool) -> None:
        """Credits of a package go to a client."""
        package = one_of(which, [*self.model.packages])
        own = [credit for credit in self.model.credits.values() if credit.package == package]
        given = list({credit.id: credit for credit in (own[place % len(own)] for place in sorted(places))}.values())
        taker = one_of(to, self.clients)
        done = self._try(
            lambda: self.model.transfer(given, taker, desk=desk),
            packages.transfer,
            tuple(CreditId(credit.id) for credit in given),
            taker,
            "a gift",
            desk=desk,
        )
        if done is not None:
            done.carry_out(*self._newest_package())
        self.clinic.clock.forward(seconds=1)
        self._agree()

    @precondition(lambda self: self._used())
    @rule(which=WHICH, any_=RARELY, desk=RARELY)
    def goodwill(self, which: int, any_: bool, desk: bool) -> None:
        """A used credit is given back."""
        credit = one_of(which, [*self.model.credits.values()] if any_ else self._used())
        done = self._try(
            lambda: self.model.goodwill(credit, desk=desk), packages.goodwill, CreditId(credit.id), "kind", desk=desk
        )
        self._finish(done)

    def _used(self) -> list[model.Credit]:
        return [credit for credit in self.model.credits.values() if credit.state in model.USED]
