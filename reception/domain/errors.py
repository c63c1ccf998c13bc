"""What the clinic's rules refuse, in sentences that the desk can read."""

from datetime import date, datetime, time, timedelta

Value = str | int | date | time | timedelta


class DomainError(Exception):
    """A refusal whose sentence the desk shows: an English template and the values that go into it."""

    def __init__(self, template: str, /, *, field: str = "", **values: Value) -> None:
        """Keep the sentence, what fills its placeholders, and the form field it belongs to ("" for none)."""
        super().__init__(template.format_map({name: _plain(value) for name, value in values.items()}))
        self.template = template
        self.values = values
        self.field = field


class Refused(DomainError):
    """A rule of the clinic says no."""


class Notice(DomainError):
    """Something that the desk should read before it goes on; never raised, nothing is refused."""


class Invalid(DomainError):
    """What was typed can't be; shown beside its field."""


class NotAllowed(DomainError):
    """The person at the desk may not do this act."""

    def __init__(self, template: str, /, *, act: str, field: str = "", **values: Value) -> None:
        """Keep the name of the act, as in `diary.outside_shift`, beside the sentence."""
        super().__init__(template, field=field, **values)
        self.act = act


class Taken(Refused):
    """The time or the credit is no longer free: somebody else was quicker."""


class NoClinic(Refused):
    """There is no clinic at that place yet; a new one can be made there."""


class NotFound(DomainError):
    """What was asked for isn't there."""


class Trouble(Exception):
    """Known technical trouble, such as a server that is away or a disk that is full."""

    def __init__(self, sentence: str, /, *, retry: bool = False) -> None:
        """Keep the sentence for the desk, and whether trying the same again can help."""
        super().__init__(sentence)
        self.sentence = sentence
        self.retry = retry


def _plain(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)
