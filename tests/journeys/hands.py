"""The program on the client's screen, with somebody's hands at it: they tap and sign as a client would.

`python -m tests.journeys.hands PIN WISH ANSWER…`: the add-on that they would like, and what they answer, one after the
other, to whether they take a medicine.
"""

import sys
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception.client_view import program
from tests.journeys import sight
from tests.journeys.typist import Story, Teller

ADVICE = "Please speak to us first."
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_STROKE = [QPoint(20, 20), QPoint(60, 40), QPoint(120, 30), QPoint(160, 50)]


def fill_in(pin: str, wish: str, *answers: str) -> Story:
    """The form from its greeting to its end; then the screen is handed back, and somebody types their PIN.

    What they would like is there, and chosen, exactly while they take no medicine.
    """
    extra = f"client.extra.{wish}"
    yield from _press("client.begin")
    yield from _answer("form.q.tanned", "No")
    for n, answer in enumerate(answers):
        if n:
            yield from _press("client.visit.back")
        yield from _answer("form.q.medicine", answer)
        if answer == "Yes":
            yield lambda: ADVICE in sight.said("form.dialog")
        yield from _press("form.next")
        if answer == "No":
            yield from _press(extra)
        else:
            yield lambda: bool(sight.named("client.visit")) and not sight.named(extra)
    yield from _press("client.visit.next")
    yield from _sign()
    yield from _press("form.finish")
    yield from _press("client.thanks.take")
    for digit in pin:
        yield from _press(f"client.pin.{digit}")
    yield from _press("client.pin.enter")


def _press(name: str) -> Story:
    yield lambda: _button(name) is not None
    found = _button(name)
    assert found is not None
    QTest.mouseClick(found, _LEFT)


def _button(name: str) -> QAbstractButton | None:
    return next((one for one in sight.named(name) if isinstance(one, QAbstractButton) and one.isEnabled()), None)


def _answer(name: str, words: str) -> Story:
    yield lambda: bool(sight.named(name))
    (question,) = sight.named(name)
    buttons = question.findChildren(QAbstractButton)
    QTest.mouseClick(next(one for one in buttons if one.text().startswith(words)), _LEFT)


def _sign() -> Story:
    yield lambda: bool(sight.named("form.signature.pad"))
    pad: QWidget = sight.named("form.signature.pad")[0]
    QTest.mousePress(pad, _LEFT, _NONE, _STROKE[0])
    for _, point in pairwise(_STROKE):
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, _LEFT, _NONE, _STROKE[-1])


def main(*told: str) -> int:
    """Runs the real program of the client's screen, which speaks with the desk that has started it."""
    running = program.begin()
    teller = Teller(fill_in(*told))
    status = QApplication.exec()
    del teller, running
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
