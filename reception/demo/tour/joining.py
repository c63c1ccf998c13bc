"""The second story: an add-on that may join a visit, a form that decides for whom, and a minute that two desks want."""

from pathlib import Path

from PySide6.QtCore import Qt

from reception.demo.tour.hands import CTRL
from reception.demo.tour.visitor import Visitor

Key = Qt.Key
ANA, TOM = "Ana Ruiz", "Tom Webb"
BEA, CLEO, DAN = "Bea Jones", "Cleo Hart", "Dan Moss"
BASE, LIGHT, TAPE = "Physiotherapy", "Light therapy", "Taping"

_FORM = "Laser and light screening"
_PIN = "4711"
_FILE = Path(__file__).resolve().parents[3] / "resources" / "forms" / "laser-screening.json"
_MEDICINE = "Do you take a medicine that makes the skin sensitive to light?"
_BLOCKS = "Takes a medicine that makes the skin sensitive to light"
_SKIN = {
    "1.1": "II Burns easily",
    "1.2": "Arms or hands",
    "1.3": "No",
    "1.4": "No",
    "1.5": "No",
}
_SUN = {"2.1": "No", "2.2": "No", "2.3": "No"}
_MEDICINES = {"3.2": "No", "3.3": "Never"}
_HEALTH = {"4.1": "None", "4.2": "No", "4.3": "No"}


async def tell(desk: Visitor) -> None:
    """The whole story, chapter by chapter."""
    await fill_catalogue(desk)
    await ask_form(desk)
    await teach(desk)
    await block(desk)
    await pass_on(desk)
    await find_nobody(desk)
    await hand_over(desk)
    await race(desk)
    await switch_off(desk)


async def fill_catalogue(desk: Visitor) -> None:
    """Two services that are booked only with another one, and what they cost there."""
    async with desk.step("A service that is booked only as an add-on, with a deposit before"):
        await desk.go("catalogue")
        await _type_add_on(desk, LIGHT, minutes=20, turnaround=10, price="40")
        await desk.press("service.payment", "A deposit before")
        await desk.fill("service.deposit", "15")
        await desk.see("£15.00 is due before the visit.", at="service")
        await desk.click("service.save")
        await desk.see(f"Added {LIGHT}")
    async with desk.step("Another one, paid at the visit"):
        await _type_add_on(desk, TAPE, minutes=15, turnaround=5, price="12")
        await desk.click("service.save")
        await desk.see(f"Added {TAPE}")
    async with desk.step(f"Both are offered with {BASE}, one at a price of its own there"):
        await desk.press_row("catalogue.services", BASE)
        await desk.says("catalogue.card.name", BASE)
        await desk.click("catalogue.change_links")
        await _link(desk, LIGHT)
        await desk.type("35")
        await _link(desk, TAPE)
        await desk.see(f"2 add-ons are offered with {BASE}", at="links.fact")
        await desk.click("links.save")
        await desk.see(f"Changed what is offered with {BASE}")
        await desk.see(LIGHT, "35.00", "40.00 elsewhere", TAPE, at="catalogue.card")


async def _type_add_on(desk: Visitor, name: str, *, minutes: int, turnaround: int, price: str) -> None:
    await desk.click("catalogue.new_service")
    await desk.fill("service.name", name)
    await desk.fill("service.minutes", str(minutes))
    await desk.fill("service.turnaround", str(turnaround))
    await desk.fill("service.price", price)
    await desk.fill("service.tax_rate", "0")
    await desk.press("service.bookable", "Only as an add-on")


async def _link(desk: Visitor, name: str) -> None:
    await desk.choose("links.links.more", name)
    await desk.click("links.links.add")
    await desk.see(name, at="links.links")


async def ask_form(desk: Visitor) -> None:
    """A form from a file, the service that requires it, and what one of its answers means."""
    async with desk.step("A screening form is read from its file, and looked at before it is published"):
        await desk.press("catalogue.section", "Health forms")
        await desk.see("No forms yet")
        await desk.click("catalogue.import_form")
        await desk.choose_file(_FILE)
        await desk.see(_FORM, "It is new here", at="form_import")
    async with desk.step("Published: it is version 1"):
        await desk.click("form_import.save")
        await desk.see(f"Published {_FORM}")
    async with desk.step(f"{LIGHT} requires it; an answer holds for 180 days"):
        await desk.press("catalogue.section", "Services and packages")
        await desk.press_row("catalogue.services", LIGHT)
        await desk.says("catalogue.card.name", LIGHT)
        await desk.click("catalogue.change_forms")
        await desk.press("required_forms.forms", _FORM)
        await desk.see("an add-on can’t", at="required_forms.fact")
        await desk.click("required_forms.save")
        await desk.see(f"Changed the forms of {LIGHT}")
        await desk.see(_FORM, "Holds for 180 days", at="catalogue.card")
    async with desk.step("What one answer means: a medicine that makes the skin sensitive to light blocks it"):
        await desk.click("catalogue.new_rule")
        await desk.choose("rule.question", f"3.1 {_MEDICINE}")
        await desk.choose("rule.answer.value", "Yes")
        await desk.fill("rule.staff_message", f"{_BLOCKS}.")
        await desk.fill("rule.client_message", "One of our clinicians will look at this answer first.")
        await desk.see("is Yes", at="rule.means")
    async with desk.step("The rule stands beside the service"):
        await desk.click("rule.save")
        await desk.see(f"Added a rule for {LIGHT}")
        await desk.see(_MEDICINE, at="catalogue.card")


async def teach(desk: Visitor) -> None:
    """Who can do it: both the light therapy, and only one of them the taping."""
    async with desk.step(f"{ANA} learns both, {TOM} only {LIGHT}"):
        await desk.go("staff")
        for name, skills in ((ANA, (LIGHT, TAPE)), (TOM, (LIGHT,))):
            await desk.press_row("staff.list", name)
            await desk.says("staff.card.name", name)
            await desk.click("staff.edit")
            for skill in skills:
                await desk.press("person.skills", skill)
            await desk.click("person.save")
            await desk.see(f"Changed {name}")


async def block(desk: Visitor) -> None:
    """A client whose answer stands against it, told before anything is sold."""
    async with desk.step(f"{CLEO} is entered, and booked for tomorrow: a form is due before the add-on"):
        desk.clock.go_to(3, 26, 12)
        await desk.go("diary")
        await desk.click("top.today")
        await _enter(desk, CLEO, "3 Feb 1985")
        await desk.click("top.on")
        await desk.see("Fri 27 Mar")
        await _book(desk, CLEO, TOM, "10:00")
        await desk.see(f"{LIGHT}, not offered, {_FORM} not filled in", TAPE, at="client.addons")
    async with desk.step("From there the form opens; the first page is answered by clicks"):
        await desk.press_refused(LIGHT)
        await desk.see(_FORM, CLEO, at="form")
        await desk.press("form.by", "Client")
        await _answer(desk, _SKIN)
    async with desk.step("A required question that was left out is pointed at"):
        await desk.click("form.next")
        await _answer(desk, {"2.1": "No", "2.2": "No"})
        await desk.click("form.next")
        await desk.see("2.3")
    async with desk.step("The medicine is named, and what that means is told at once"):
        await _answer(desk, {"2.3": "No"})
        await desk.click("form.next")
        await _answer(desk, {"3.1": "Yes", "3.1a": "Doxycycline", **_MEDICINES})
        await desk.see(_BLOCKS, at="form")
    async with desk.step("All that was answered stands on one page before it is handed in"):
        await desk.click("form.next")
        await _answer(desk, _HEALTH)
        await desk.click("form.next")
        await desk.see("Doxycycline", at="form")
    async with desk.step("Handed in: it blocks the add-on, and says why"):
        await desk.click("form.finish")
        await desk.see("Blocked", at="form")
    async with desk.step("In the diary it isn’t offered, for that reason"):
        await desk.go("diary")
        await desk.click_visit(CLEO, "10:00")
        await desk.see(f"{LIGHT}, not offered, {_BLOCKS}", at="client.addons")


async def pass_on(desk: Visitor) -> None:
    """A client whose answers are clear: the add-on is paid ahead and joins right after the visit."""
    async with desk.step(f"{BEA} is booked with {ANA}, and answers the same form"):
        await _book(desk, BEA, ANA, "11:00")
        await desk.press_refused(LIGHT)
        await desk.see(_FORM, BEA, at="form")
        await desk.press("form.by", "Client")
        for page in (_SKIN, _SUN, {"3.1": "No", **_MEDICINES}, _HEALTH):
            await _answer(desk, page)
            await desk.click("form.next")
        await desk.see("Clear", at="form")
    async with desk.step("Handed in, nothing stands against it: it is offered right after her visit"):
        await desk.click("form.finish")
        await desk.go("diary")
        await desk.click_visit(BEA, "11:00")
        await desk.see(f"{LIGHT}, 11:45 – 12:05 · Ana, 35.00, 15.00 deposit now", at="client.addons")
    async with desk.step("Plus and its digit: since a deposit is due, it goes through the checkout"):
        await desk.key(Key.Key_Plus)
        await desk.key(Key.Key_1)
        await desk.see(LIGHT, "Joins the visit when settled", "20.00 at the visit", "£15.00", at="checkout")
    async with desk.step("Settled: it has joined the visit"):
        await desk.click("checkout.pay.card")
        await desk.click("checkout.settle")
        await desk.see("settled", f"{LIGHT} added, 11:45 with Ana", at="checkout")
    async with desk.step("The booking page shows the whole visit in its order, and what each part costs"):
        await desk.click("checkout.done.visit")
        await desk.see("11:45 – 12:05", "then 15 min clean-up", "15.00 paid ahead", "£20.00 to pay", at="coming")
        await desk.see("Light therapy is already in this visit", at="coming")
    async with desk.step("In the diary it is one block, the clean-up at its end"):
        await desk.click("coming.close")
        await desk.stands(BEA, "11:00", LIGHT, ANA)
        await desk.cleans(BEA, "11:00", "12:05", "12:20")
    async with desk.step("The same again is refused: it is in this visit already"):
        await desk.see(f"{LIGHT}, not offered, already in this visit", at="client.addons")


async def find_nobody(desk: Visitor) -> None:
    """Nobody is free: the list says who, and from when they are busy."""
    async with desk.step(f"{DAN} is booked with {ANA} soon after"):
        await _enter(desk, DAN, "19 Sep 1978")
        await _book(desk, DAN, ANA, "12:30")
    async with desk.step(f"{TAPE} doesn’t fit any more, and says who is busy from when"):
        await desk.click_visit(BEA, "11:00")
        await desk.see(f"{TAPE}, not offered, Ana is busy", "12:30", at="client.addons")


async def hand_over(desk: Visitor) -> None:
    """A form goes to the client's own screen, a program apart that this one starts, and comes back by a PIN."""
    async with desk.step(f"{DAN} is to fill the form in himself: without a PIN nobody could take the screen back"):
        await desk.click_visit(DAN, "12:30")
        await desk.press_refused(LIGHT)
        await desk.see(_FORM, DAN, at="form")
        await desk.key(Key.Key_F9)
        await desk.see("Set a PIN first", at="pin")
    async with desk.step("It is in front of him; at the same screen the desk is hidden meanwhile"):
        await desk.type(_PIN)
        await desk.key(Key.Key_Tab)
        await desk.type(_PIN)
        await desk.click("pin.save")
        await desk.see("A client is filling in a form", "Names and visits are hidden", at="curtain")
    async with desk.step("The PIN brings the desk back, and the form lies there as a card"):
        await desk.click("curtain.take")
        await desk.type(_PIN)
        await desk.click("client.pin.enter")
        await desk.see(DAN, at="parked.1")
    await desk.click("parked.1")
    await desk.click("form.close")


async def race(desk: Visitor) -> None:
    """Two desks reach for the same minute; the later one is told the alternative."""
    async with desk.step("Monday: the add-on lies in the cart at the front desk, with Ana"):
        for _ in range(3):
            await desk.click("top.on")
        await desk.see("Mon 30 Mar")
        await _book(desk, BEA, ANA, "10:00")
        await desk.see(f"{LIGHT}, 10:45 – 11:05 · Ana", at="client.addons")
        await desk.key(Key.Key_Plus)
        await desk.key(Key.Key_1)
        await desk.see("Joins the visit when settled", at="checkout")
        await desk.click("checkout.pay.card")
    async with desk.step(f"The back desk books {DAN} with {ANA} at 11:00, in that minute"):
        await desk.sit_at_back()
        for _ in range(4):
            await desk.click("top.on")
        await desk.see("Mon 30 Mar")
        await desk.stands(BEA, "10:00", ANA)
        await _book(desk, DAN, ANA, "11:00")
    async with desk.step("At the front it can’t be settled any more: it says who is busy, and who could do it"):
        await desk.sit_at_front()
        await desk.click("checkout.settle")
        await desk.see(f"{ANA} is no longer free at Mon 30 Mar 10:45. {TOM} is free then", at="checkout")
        await desk.see("Stands in the way", "Add it with Tom instead", at="checkout")
    async with desk.step("With Tom at the same minute it is settled, and drawn beside the visit it joins"):
        await desk.click("checkout.instead_with")
        await desk.click("checkout.settle")
        await desk.see(f"{LIGHT} added, 10:45 with Tom", at="checkout")
        await desk.click("checkout.done.visit")
        await desk.click("coming.close")
        await desk.stands(BEA, "10:45", LIGHT, TOM)


async def switch_off(desk: Visitor) -> None:
    """Without add-ons in the plan nothing new is offered; what was attached stays."""
    async with desk.step("Add-ons are switched off in the plan"):
        await desk.go("settings")
        await desk.press("settings", "The clinic")
        await desk.click("clinic_page.plan")
        await desk.click("plan.add_ons")
        await desk.see("No add-on is offered. Those that were added stay")
        await desk.click("plan.save")
        await desk.see("Changed the plan")
    async with desk.step("None is offered, and what was attached stays"):
        await desk.go("diary")
        await desk.click_visit(BEA, "10:00")
        await desk.see(f"{TAPE}, not offered, not in the plan", at="client.addons")
        await desk.stands(BEA, "10:45", LIGHT, TOM)
    await desk.click("top.today")


async def _enter(desk: Visitor, name: str, born: str) -> None:
    await desk.key(Key.Key_N, CTRL)
    await desk.fill("client.name", name)
    await desk.fill("client.born", born)
    await desk.click("client.save")
    await desk.see(f"Entered {name}")


async def _answer(desk: Visitor, answers: dict[str, str]) -> None:
    for question, answer in answers.items():
        await desk.press(f"form.q.{question}", answer)


async def _book(desk: Visitor, client: str, staff: str, at: str) -> None:
    await desk.click_slot(staff, at, double=True)
    await desk.see("New booking")
    await desk.type(client[:3].lower())
    await desk.press_row("booking.client_list", client)
    await desk.click("booking.save")
    await desk.stands(client, at, staff)
