"""The verdict: standing blocks, flags of the newest answers, forms that are due, and what was cleared (R31–R33)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from reception.domain.gates import Effect, Met, Screened, worst
from reception.domain.screening.books import Books, Cleared, Frozen, Given
from reception.domain.screening.values import Due, Hit, Verdict, Wanting
from reception.domain.tables.ids import FormId, GroupId, ResponseId, RuleId, ServiceId

_ORDER = tuple(Effect)


class Wish(NamedTuple):
    """Who wants which service, on which local date, in which coming-in (none: one to come)."""

    client: int
    service: ServiceId
    day: date
    group: GroupId | None


def weigh(books: Books, wish: Wish) -> Verdict:
    """What the gate says of one client and one service on one day."""
    hits: list[Hit] = []
    dues: list[Due] = []
    asked: set[int] = set()
    rested: set[ResponseId] = set()
    for form in books.concerned(wish.service):
        base = books.base(wish.client, form)
        rules = books.rules[wish.service].get(form, [])
        asked |= {rule.id for rule in rules}
        why = _why_due(books, wish, form, base)
        if base is not None:
            rested.add(base.id)
            found, wanting, expired = _of_newest(books, wish, base)
            hits += found
            why = why or (Wanting.OUTDATED if expired else Wanting.UNANSWERED if wanting else None)
        if why is not None:
            edition = books.newest[form]
            dues.append(Due(form, edition.id, edition.title, why))
    hits += _still_standing(books, wish, hits)
    hits.sort(key=lambda hit: (_ORDER.index(hit.effect), hit.cleared, -books.by_id[hit.response].n, hit.rule))
    return Verdict(
        service=wish.service,
        outcome=worst((*map(_outcome_of, hits), *(Screened.UNKNOWN for _ in dues))),
        hits=tuple(hits),
        due=tuple(dues),
        responses=tuple(sorted(rested | {hit.response for hit in hits})),
        rules=tuple(RuleId(id) for id in sorted(asked | {hit.rule for hit in hits})),
    )


def _outcome_of(hit: Hit) -> Screened:
    """What one answer makes of the service."""
    if hit.effect is Effect.NOTE:
        return Screened.CLEAR
    if hit.cleared:
        return Screened.CLEARED
    return Screened.BLOCKED if hit.effect is Effect.BLOCK else Screened.FLAGGED


def _why_due(books: Books, wish: Wish, form: FormId, base: Given | None) -> Wanting | None:
    """Why a required form gives no answer for this visit (R31)."""
    if form not in books.required[wish.service]:
        return None
    if base is None:
        return Wanting.MISSING
    if not books.counts(base):
        return Wanting.NEW_VERSION
    days = books.required[wish.service][form]
    if days is None:
        given = books.given[wish.client, form]
        here = any(one.group == wish.group and books.counts(one) for one in given)
        return None if here and wish.group is not None else Wanting.THIS_VISIT
    return Wanting.OUTDATED if base.day + timedelta(days=days) < wish.day else None


def _of_newest(books: Books, wish: Wish, base: Given) -> tuple[list[Hit], bool, bool]:
    """What the newest response means by today's rules: its hits, whether an answer is wanting, and whether a block or
    flag of it has ended, so that the form is asked again. Of one that no longer counts only the blocks are left.
    """
    form = books.editions[base.version].form
    met, wanting = books.assess(base, books.rules[wish.service].get(form, []))
    counts = books.counts(base)
    hits = [
        _hit(books, wish, base, one)
        for one in met
        if not _over(one.until, wish.day) and (counts or one.rule.effect is Effect.BLOCK)
    ]
    ended = [one for one in met if _over(one.until, wish.day) and one.rule.effect is not Effect.NOTE]
    frozen = [
        one for one in books.frozen[wish.client, wish.service] if one.response == base.id and _over(one.until, wish.day)
    ]
    return hits, counts and bool(wanting), counts and bool(ended or frozen)


def _still_standing(books: Books, wish: Wish, live: list[Hit]) -> Iterator[Hit]:
    """The blocks of every response, also of earlier versions and by rules that were retired since (R33)."""
    known = {(hit.response, hit.rule) for hit in live}
    alike = {(hit.response, hit.link_id, hit.lasting, hit.until) for hit in live if hit.effect is Effect.BLOCK}
    for one in books.frozen[wish.client, wish.service]:
        if _over(one.until, wish.day) or (one.response, one.rule) in known:
            continue
        if (one.response, one.link_id, one.lasting, one.until) not in alike:
            yield _standing(books, wish, one)


def _over(until: date | None, day: date) -> bool:
    return until is not None and until <= day


def _hit(books: Books, wish: Wish, given: Given, met: Met) -> Hit:
    rule = met.rule
    return Hit(
        effect=rule.effect,
        lasting=rule.lasting,
        until=met.until,
        response=given.id,
        rule=RuleId(rule.id),
        form=FormId(rule.form),
        link_id=rule.link_id,
        question=books.question(given, rule.link_id),
        answer=met.answer,
        staff_message=rule.staff_message,
        client_message=rule.client_message,
        cleared=rule.effect is not Effect.NOTE and _is_cleared(books, wish, given),
    )


def _standing(books: Books, wish: Wish, frozen: Frozen) -> Hit:
    given = books.by_id[frozen.response]
    return Hit(
        effect=Effect.BLOCK,
        lasting=frozen.lasting,
        until=frozen.until,
        response=frozen.response,
        rule=frozen.rule,
        form=books.editions[given.version].form,
        link_id=frozen.link_id,
        question=books.question(given, frozen.link_id),
        answer=frozen.answer,
        staff_message=frozen.staff_message,
        client_message=frozen.client_message,
        cleared=_is_cleared(books, wish, given),
    )


def _is_cleared(books: Books, wish: Wish, given: Given) -> bool:
    """Whether a clearance that was given after this response reaches the visit (R33)."""
    return any(given.n < one.n and _reaches(one, wish) for one in books.cleared[wish.client, wish.service])


def _reaches(cleared: Cleared, wish: Wish) -> bool:
    if cleared.through is not None:
        return wish.day <= cleared.through
    return cleared.group == wish.group
