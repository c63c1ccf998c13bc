"""The door from a click to a coroutine: begun once, and a refusal, trouble or a bug each goes where it belongs."""

import inspect
import logging
from collections.abc import Callable, Coroutine, Hashable
from functools import partial, wraps
from typing import Any, Protocol, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from reception.domain.errors import DomainError, Trouble
from reception.ui.workbench import Workbench

_log = logging.getLogger(__name__)


class _AtBench(Protocol):
    bench: Workbench


F = TypeVar("F", bound=Callable[..., Coroutine[Any, Any, None]])


def action(method: F) -> Callable[..., None]:
    """Makes a coroutine method of a widget that has a `bench` a slot of Qt.

    While it runs, the same with the same arguments isn't begun again, and the button that began it is off. What a rule
    refuses goes to the window's banner, or beside its field where the widget has `show_error(field, error)`; trouble
    goes to the banner with a way to try again; anything else is a bug and opens the dialog for those.
    """
    wanted = _positional(method)

    @wraps(method)
    def start(self: Any, *args: Any) -> None:
        given = args[:wanted]
        tasks = cast("_AtBench", self).bench.tasks
        key = _key(method.__qualname__, self, given)
        if tasks.busy(key):
            return
        again = partial(start, self, *given)
        tasks.start(_carried(self, partial(method, self, *given), again), key=key, ended=_off(self))

    return start


async def _carried(owner: Any, act: Callable[[], Coroutine[Any, Any, None]], again: Callable[[], None]) -> None:
    bench: Workbench = owner.bench
    try:
        await act()
    except DomainError as error:
        show = getattr(owner, "show_error", None) if error.field and _alive(owner) else None
        if show is not None:
            show(error.field, error)
        else:
            bench.refused.emit(error)
    except Trouble as trouble:
        _log.info("trouble: %s", trouble.sentence)
        bench.troubled.emit(trouble, again if trouble.retry else None)
    except RuntimeError:
        # The dialog was closed while its answer was on the way; what was asked for is saved and announced all the same.
        if _alive(owner):
            raise
        _log.info("a dialog was gone before its answer came")


def _off(owner: Any) -> Callable[[], None] | None:
    """Switches off the button that was pressed; what is given back switches it on again."""
    button = owner.sender() if isinstance(owner, QObject) else None
    if not isinstance(button, QAbstractButton) or not button.isEnabled():
        return None
    window, focused = button.window(), button.hasFocus()
    button.setEnabled(False)
    # Qt passes the focus on as a button goes off; it comes back to the button unless it has moved on since.
    return partial(_on, button, window, window.focusWidget() if focused else button)


def _on(button: QAbstractButton, window: QWidget, taker: QWidget | None) -> None:
    if not shiboken6.isValid(button) or not shiboken6.isValid(window):
        return
    button.setEnabled(True)
    if window.focusWidget() is taker and button.isVisible():
        button.setFocus(Qt.FocusReason.OtherFocusReason)


def _alive(owner: Any) -> bool:
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _positional(method: Callable[..., Any]) -> int:
    """How many arguments the method takes after itself: Qt's signals may carry more."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(parameter.kind in kinds for parameter in inspect.signature(method).parameters.values()) - 1


def _key(name: str, owner: object, given: tuple[Any, ...]) -> Hashable:
    try:
        hash(given)
    except TypeError:
        return name, id(owner)
    return name, id(owner), given
