"""Clients: who comes in, how the desk finds them, and whether somebody is entered twice."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import phonenumbers
from babel import Locale
from phonenumbers import PhoneNumber, PhoneNumberFormat
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from reception.domain import access, tables
from reception.domain.access import Act, Turn
from reception.domain.errors import Invalid, NotFound
from reception.domain.tables.ids import ClientId

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
    }
)
_PARTS = re.compile(r"[^\W_]+")
_DIALLED = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./+-]*(?!\w)")
_ENDINGS = range(4, 8)  # how many of its last digits a number is found by
_MOST_WORDS = 8
_NEAREST = 200  # put in order by name; where a letter or two match more, it is these
_BEYOND = "\U0010ffff"  # sorts after whatever can follow a prefix
_EARLIEST = date(1850, 1, 1)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """What must be seen before the client is touched; a serious one stands on the visit itself."""

    words: str
    serious: bool


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """A client's record as it is typed: phones as people write them, the payer if it is somebody else."""

    name: str
    born: date | None = None
    pronouns: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    notes: str = ""
    alerts: tuple[Alert, ...] = ()
    payer: ClientId | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A client in a list: enough to tell two of one name apart. The note is the first line of the notes."""

    id: ClientId
    name: str
    born: date | None
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A client's whole record, phones as they are dialled from the clinic."""

    id: ClientId
    name: str
    born: date | None
    pronouns: str
    phones: tuple[str, ...]
    email: str
    address: str
    notes: str
    alerts: tuple[Alert, ...]
    payer: ClientId | None
    payer_name: str


def fold(text: str) -> str:
    """A text without case, accents and letters of one language only: what the desk types finds it either way."""
    # Twice: taking a sign apart may bring out capitals, and making those small may bring out signs.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_LETTERS)


def shown(number: str, locale: str) -> str:
    """A stored phone number as it is dialled from the clinic, with its country code where it is from abroad."""
    parsed = phonenumbers.parse(number)
    home = _region(locale)
    at_home = home is not None and phonenumbers.country_code_for_region(home) == parsed.country_code
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style))


def search(session: Session, text: str, limit: int = 12) -> tuple[Found, ...]:
    """Clients by the beginnings of their names and by phone digits, by name; without a text those changed last."""
    wanted = sorted(islice(_wanted(text), _MOST_WORDS), key=_most_telling)
    if not wanted:
        return _founds(session, _listed().order_by(tables.Client.changed.desc(), tables.Client.id.desc()).limit(limit))
    near = tables.Client.id.in_(_nearest(*wanted))
    return _founds(session, _listed().where(near).order_by(tables.Client.folded, tables.Client.id).limit(limit))


def twins(session: Session, draft: ClientDraft, besides: ClientId | None = None) -> tuple[Found, ...]:
    """Clients who may be the one in the draft: the same name unless birth dates differ, or a phone in common (R42)."""
    name = fold(_line(draft.name))
    region = _region(_locale(session))
    numbers = [_e164(parsed) for parsed in (_parsed(phone, region) for phone in draft.phones) if parsed]
    named = and_(tables.Client.folded == name, _maybe_born(draft.born))
    reached = tables.Client.id.in_(
        select(tables.ClientPhone.client_id).where(tables.ClientPhone.number.in_(numbers)).scalar_subquery()
    )
    alike = [condition for condition, given in ((named, name), (reached, numbers)) if given]
    if not alike:
        return ()
    query = _listed().where(or_(*alike)).order_by(tables.Client.folded, tables.Client.id)
    return tuple(one for one in _founds(session, query) if one.id != besides)


def card(session: Session, client: ClientId) -> Card:
    """A client's record, in three statements; NotFound where there is none."""
    table = tables.Client
    payer = table.__table__.alias("payer")
    query = (
        select(*table.__table__.columns, payer.c.name.label("payer_name"), _locale_column())
        .outerjoin(payer, payer.c.id == table.payer_id)
        .where(table.id == client)
    )
    row: Any = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("This client isn't there. Look for them by name or phone.")
    phones = select(tables.ClientPhone.number).where(tables.ClientPhone.client_id == client)
    alerts = select(tables.ClientAlert.words, tables.ClientAlert.serious).where(tables.ClientAlert.client_id == client)
    return Card(
        id=client,
        name=row.name,
        born=row.born,
        pronouns=row.pronouns,
        phones=tuple(shown(number, row.locale) for number in session.scalars(phones.order_by(tables.ClientPhone.id))),
        email=row.email,
        address=row.address,
        notes=row.notes,
        alerts=tuple(Alert(*alert) for alert in session.execute(alerts.order_by(tables.ClientAlert.id))),
        payer=row.payer_id,
        payer_name=row.payer_name or "",
    )


def add(session: Session, draft: ClientDraft) -> ClientId:
    """Enter a new client."""
    turn = access.require(session, Act.CLIENTS)
    phones = _checked(session, draft, turn)
    row = tables.Client()
    _write(row, draft, turn)
    session.add(row)
    session.flush()
    _write_parts(session, ClientId(row.id), draft, phones)
    return ClientId(row.id)


def change(session: Session, client: ClientId, draft: ClientDraft) -> None:
    """Change a client's record to what the draft says."""
    turn = access.require(session, Act.CLIENTS)
    row = session.get(tables.Client, client)
    if row is None:
        raise NotFound("This client isn't there. Look for them by name or phone.")
    if draft.payer == client:
        raise Invalid("{name} pays for themselves already. Leave the payer empty.", field="payer", name=row.name)
    phones = _checked(session, draft, turn)
    _write(row, draft, turn)
    _write_parts(session, client, draft, phones)


def _line(text: str) -> str:
    return " ".join(text.split())


def _region(locale: str) -> str | None:
    return Locale.parse(locale).territory


def _locale(session: Session) -> str:
    return session.scalars(select(tables.Clinic.locale)).one()


def _locale_column() -> Any:
    return select(tables.Clinic.locale).scalar_subquery().label("locale")


def _listed() -> Select[Any]:
    first_phone = (
        select(tables.ClientPhone.number)
        .where(tables.ClientPhone.client_id == tables.Client.id)
        .order_by(tables.ClientPhone.id)
        .limit(1)
    )
    client = tables.Client
    phone = first_phone.scalar_subquery().label("phone")
    return select(client.id, client.name, client.born, client.notes, phone, _locale_column())


def _founds(session: Session, query: Select[Any]) -> tuple[Found, ...]:
    return tuple(_found(row) for row in session.execute(query))


def _found(row: Any) -> Found:
    phone = shown(row.phone, row.locale) if row.phone else ""
    note = row.notes.partition("\n")[0]
    return Found(id=ClientId(row.id), name=row.name, born=row.born, phone=phone, note=note)


def _wanted(text: str) -> Iterator[tuple[str, ...]]:
    """Each thing that was typed, as the prefixes of which a client must have one."""
    for dialled in _DIALLED.findall(text):
        digits = "".join(filter(str.isdecimal, dialled))
        yield tuple(filter(None, (digits, digits.removeprefix("00"))))
    for part in _PARTS.findall(fold(_DIALLED.sub(" ", text))):
        yield (part,)


def _most_telling(prefixes: tuple[str, ...]) -> int:
    return -len(prefixes[0])


def _nearest(first: tuple[str, ...], *others: tuple[str, ...]) -> Select[int]:
    """Who has a key for each thing that was typed, those whose key is nearest to the first one."""
    key = tables.ClientKey
    more = (key.client_id.in_(select(key.client_id).where(_begins(key.word, prefixes))) for prefixes in others)
    return select(key.client_id).where(_begins(key.word, first), *more).order_by(key.word).limit(_NEAREST)


def _begins(word: InstrumentedAttribute[str], prefixes: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(and_(word >= prefix, word < prefix + _BEYOND) for prefix in prefixes))


def _maybe_born(born: date | None) -> ColumnElement[bool]:
    if born is None:
        return tables.Client.id.is_not(None)
    return or_(tables.Client.born == born, tables.Client.born.is_(None))


def _checked(session: Session, draft: ClientDraft, turn: Turn) -> tuple[PhoneNumber, ...]:
    if not _line(draft.name):
        raise Invalid("The client has no name. Type it as they say it.", field="name")
    if draft.born is not None and draft.born > turn.today:
        raise Invalid("{born} is still to come. Type the date of birth.", field="born", born=draft.born)
    if draft.born is not None and draft.born < _EARLIEST:
        raise Invalid("Nobody here was born on {born}. Type the date of birth.", field="born", born=draft.born)
    email = draft.email.strip()
    if email and not _MAIL.fullmatch(email):
        sentence = "“{email}” is no e-mail address. Type it as name@example.org, or leave it empty."
        raise Invalid(sentence, field="email", email=email)
    if draft.payer is not None and session.get(tables.Client, draft.payer) is None:
        raise Invalid("The payer isn't among the clients. Pick somebody else.", field="payer")
    return _numbers(draft.phones, _region(_locale(session)))


def _numbers(phones: Iterable[str], region: str | None) -> tuple[PhoneNumber, ...]:
    found: dict[str, PhoneNumber] = {}
    for phone in filter(str.strip, phones):
        number = _parsed(phone, region)
        if number is None:
            sentence = "“{phone}” is no phone number. Check the digits; one from abroad starts with + and its country."
            raise Invalid(sentence, field="phones", phone=phone.strip())
        if number.extension:
            sentence = "“{phone}” has an extension, which isn't kept. Put the extension into the notes."
            raise Invalid(sentence, field="phones", phone=phone.strip())
        found.setdefault(_e164(number), number)
    return tuple(found.values())


def _parsed(phone: str, region: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    # Possible, not valid: new ranges are given out faster than the library learns of them.
    return number if phonenumbers.is_possible_number(number) else None


def _e164(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _write(row: tables.Client, draft: ClientDraft, turn: Turn) -> None:
    row.name = _line(draft.name)
    row.folded = fold(row.name)
    row.born = draft.born
    row.pronouns = _line(draft.pronouns)
    row.email = draft.email.strip()
    row.address = draft.address.strip()
    row.notes = draft.notes.strip()
    row.payer_id = draft.payer
    row.changed = turn.now


def _write_parts(session: Session, client: ClientId, draft: ClientDraft, phones: tuple[PhoneNumber, ...]) -> None:
    for kind in (tables.ClientPhone, tables.ClientAlert):
        for old in session.scalars(select(kind).where(kind.client_id == client)):
            session.delete(old)
    session.add_all(tables.ClientPhone(client_id=client, number=_e164(number)) for number in phones)
    alerts = ((_line(alert.words), alert.serious) for alert in draft.alerts)
    session.add_all(
        tables.ClientAlert(client_id=client, words=words, serious=serious) for words, serious in alerts if words
    )
    _write_keys(session, client, _keys(draft.name, phones))


def _write_keys(session: Session, client: ClientId, wanted: frozenset[str]) -> None:
    held = {
        row.word: row for row in session.scalars(select(tables.ClientKey).where(tables.ClientKey.client_id == client))
    }
    for word in held.keys() - wanted:
        session.delete(held[word])
    session.add_all(tables.ClientKey(word=word, client_id=client) for word in sorted(wanted - held.keys()))


def _keys(name: str, phones: Iterable[PhoneNumber]) -> frozenset[str]:
    """The parts of each name, a name of several parts whole as well (O'Brien: o, brien, obrien), and phone digits."""
    parts = [_PARTS.findall(word) for word in fold(name).split()]
    words = {part for word in parts for part in word} | {"".join(word) for word in parts if word}
    return frozenset(words.union(*map(_phone_keys, phones)))


def _phone_keys(number: PhoneNumber) -> frozenset[str]:
    national = str(phonenumbers.national_significant_number(number))
    dialled = "".join(filter(str.isdecimal, phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)))
    return frozenset({national, dialled, _e164(number)[1:], *(national[-count:] for count in _ENDINGS)})
