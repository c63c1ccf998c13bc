"""The story of one course, from the first start of the program to the last credit, told by hand on the window."""

from PySide6.QtCore import Qt

from reception.demo.tour import joining
from reception.demo.tour.hands import CTRL, SHIFT
from reception.demo.tour.joining import ANA, BEA, TOM
from reception.demo.tour.visitor import Visitor

Key = Qt.Key
COURSE, PAIR = "Physiotherapy, course of 6", "Physiotherapy, trial pair"


async def tell(desk: Visitor) -> None:
    """The whole story, chapter by chapter."""
    await _found_clinic(desk)
    await _fill_catalogue(desk)
    await _take_on(desk)
    await _set_policy(desk)
    await _sell_course(desk)
    await _book_and_move(desk)
    await _cancel(desk)
    await _miss(desk)
    await _complete(desk)
    await _use_up(desk)
    await _expire(desk)
    await _read_ledger(desk)
    await _switch_off(desk)
    await joining.tell(desk)
    await _change_light(desk)
    await _change_person(desk)


async def _found_clinic(desk: Visitor) -> None:
    async with desk.step("The first start asks which clinic this is"):
        await desk.see("Set up your clinic")
        await desk.fill("welcome.name", "Harbour Clinic")
        await desk.fill("welcome.owner", "Nora Field")
        await desk.fill("welcome.address", "4 Quay Street, Bristol")
        await desk.choose("welcome.zone", "Europe/London")
        await desk.choose("welcome.locale", "English (United Kingdom)")
        await desk.see("GBP British Pound")
    async with desk.step("Set up Harbour Clinic: its diary opens, and nobody works yet"):
        await desk.click("welcome.go")
        await desk.see("Nora Field", "No one works today")


async def _fill_catalogue(desk: Visitor) -> None:
    async with desk.step("A service is typed: 45 minutes, 15 to clean up, 100.00"):
        await desk.go("catalogue")
        await desk.see("No services yet")
        await desk.click("catalogue.new_service")
        await desk.fill("service.name", "Physiotherapy")
        await desk.fill("service.short", "Physio")
        await desk.fill("service.category", "Physiotherapy")
        await desk.fill("service.minutes", "45")
        await desk.fill("service.turnaround", "15")
        await desk.fill("service.price", "100")
        await desk.fill("service.tax_rate", "0")
        await desk.see("Takes 60 min in the diary: 45 min and 15 min to clean up.")
    async with desk.step("Added the service"):
        await desk.click("service.save")
        await desk.see("Added Physiotherapy", "Physiotherapy | Physiotherapy | 45 min | 15 min | 100.00")
    async with desk.step("A course of no sessions is refused beside its field"):
        await desk.click("catalogue.new_product")
        await desk.fill("product.name", COURSE)
        await desk.fill("product.sessions", "0")
        await desk.fill("product.price", "480")
        await desk.click("product.save")
        await desk.see("sessions", at="sessions_field")
    async with desk.step("A course of 6 for 480.00: each session comes to 80.00"):
        await desk.fill("product.sessions", "6")
        await desk.see("Each session comes to £80.00", "Sold today, its last day would be 2 Mar 2027.")
    async with desk.step("Put the course on sale"):
        await desk.click("product.save")
        await desk.see("Put Physiotherapy, course of 6 on sale", "1 package on sale")
    async with desk.step("Put a short course on sale, good for 14 days"):
        await desk.click("catalogue.new_product")
        await desk.fill("product.name", PAIR)
        await desk.fill("product.sessions", "2")
        await desk.fill("product.price", "150")
        await desk.press("product.validity", "Days")
        await desk.fill("product.count", "14")
        await desk.see("Sold today, its last day would be 16 Mar 2026.")
        await desk.click("product.save")
        await desk.see("Put Physiotherapy, trial pair on sale", "14 days")


async def _take_on(desk: Visitor) -> None:
    async with desk.step(f"{ANA} joins, with the skill for it"):
        await _employ(desk, ANA, "Physio, room 1")
    async with desk.step("Her hours are typed for Monday, and copied to the other days"):
        await _type_hours(desk, ANA)
        await desk.see("45 h a week", at="shifts")
    async with desk.step("She works from Monday to Friday"):
        await desk.click("shifts.save")
        await desk.see(f"Changed the hours of {ANA}")
        await desk.see("45 h a week", at="staff.card")
    async with desk.step(f"{TOM} joins, with the same hours"):
        await _employ(desk, TOM, "Physio, room 2")
        await _type_hours(desk, TOM)
        await desk.click("shifts.save")
        await desk.see(f"Changed the hours of {TOM}")
        await desk.see("45 h a week", at="staff.card")


async def _employ(desk: Visitor, name: str, line: str) -> None:
    await desk.go("staff")
    await desk.click("staff.new")
    await desk.fill("person.name", name)
    await desk.fill("person.line", line)
    await desk.choose("person.role", "Practitioner")
    await desk.press("person.skills", "Physiotherapy")
    await desk.click("person.save")
    await desk.see(f"Added {name}")


async def _type_hours(desk: Visitor, name: str) -> None:
    await desk.press_row("staff.list", name)
    await desk.says("staff.card.name", name)
    await desk.click("staff.new_hours")
    await desk.click("shifts.week1.0.add")
    await desk.fill("shifts.week1.0.to0", "18:00")
    await desk.click("shifts.week1.copy")


async def _set_policy(desk: Visitor) -> None:
    async with desk.step("The policy is typed: free until 24 hours before, then the credit is taken"):
        await desk.go("settings")
        await desk.press("settings", "The clinic")
        await desk.click("clinic_page.policy")
        await desk.fill("policy.free_hours", "24")
        await desk.choose("policy.late_credit", "Take it")
        await desk.choose("policy.late_money", "Charge a fee")
        await desk.fill("policy.late_fee", "20")
        await desk.choose("policy.no_show_credit", "Take it")
        await desk.see(
            "less than 24 hours before it starts loses its credit; without one, £20.00 is charged", at="policy"
        )
    async with desk.step("The policy holds"):
        await desk.click("policy.save")
        await desk.see("Cancellation policy changed")
        await desk.see("loses its credit; without one, £20.00 is charged", at="clinic_page.policy")


async def _sell_course(desk: Visitor) -> None:
    async with desk.step("A client is typed: name, date of birth and phone are enough"):
        await desk.go("diary")
        await desk.see(f"{ANA}, {TOM}", at="diary")
        await desk.key(Key.Key_N, CTRL)
        await desk.fill("client.name", BEA)
        await desk.fill("client.born", "12 May 1990")
        await desk.fill("client.phones", "020 7946 0123")
        await desk.says("client.title", "New client")
    async with desk.step(f"Entered {BEA}, who has no course yet"):
        await desk.click("client.save")
        await desk.see(f"Entered {BEA}")
        await desk.see(BEA, "No courses yet", at="client")
    async with desk.step("Found with Ctrl+K, three letters and a thing to do: sell a package"):
        await desk.key(Key.Key_K, CTRL)
        await desk.type("bea")
        await desk.see("Sell a package", "Do, for Bea Jones")
    async with desk.step("The checkout offers the packages on sale"):
        await desk.press_row("find_list", "Sell a package")
        await desk.see("Checkout for Bea Jones", COURSE, PAIR, at="checkout")
    async with desk.step("The course is in the cart: 480.00 to pay, six credits of 80.00"):
        await desk.press_row("checkout.packages.list_list", COURSE)
        await desk.see("6 credits of 80.00, last day 2 Mar 2027", "£480.00", at="checkout")
    async with desk.step("Paid by card, nothing remains"):
        await desk.click("checkout.pay.card")
        await desk.says("checkout.remaining", "0.00")
    async with desk.step("Settled: receipt 1, and six credits left"):
        await desk.click("checkout.settle")
        await desk.see("Receipt 1 settled", "6 left", at="checkout")


async def _book_and_move(desk: Visitor) -> None:
    async with desk.step("Thursday at 10:00 is opened, and Bea found by three letters"):
        await desk.click("checkout.done.close")
        await desk.go("diary")
        await desk.click("top.on")
        await desk.click("top.on")
        await desk.click("top.on")
        await desk.see("Thu 5 Mar")
        await desk.click_slot(ANA, "10:00", double=True)
        await desk.see("New booking")
        await desk.type("bea")
        await desk.press_row("booking.client_list", BEA)
        await desk.see("Credit 1 of 6", "10:00 – 10:45", at="booking")
    async with desk.step("Booked visit 1 on credit 1 of 6"):
        await desk.click("booking.save")
        await desk.see("Booked Bea Jones", "credit 1 of 6")
        await desk.stands(BEA, "10:00", "booked", "5 left")
        await desk.see("Booked", "5 left", "5 Mar uses 1 of 6", at="client")
    async with desk.step("Moved it to 11:00 with the mouse"):
        await desk.carry(BEA, "10:00", ANA, "11:00")
        await desk.see("Moved Bea Jones from 10:00 to 11:00")
        await desk.stands(BEA, "11:00", ANA)
        await desk.says("client.when", "Thu 5 Mar 11:00 – 11:45")
    async with desk.step("Moved it to 11:15 with Ctrl and an arrow"):
        await desk.click_visit(BEA, "11:00")
        await desk.key(Key.Key_Down, CTRL)
        await desk.see("Moved Bea Jones from 11:00 to 11:15")
        await desk.stands(BEA, "11:15")
        await desk.says("client.when", "Thu 5 Mar 11:15 – 12:00")


async def _book(desk: Visitor, staff: str, at: str) -> None:
    await desk.click_slot(staff, at, double=True)
    await desk.see("New booking")
    await desk.type("bea")
    await desk.press_row("booking.client_list", BEA)


async def _cancel(desk: Visitor) -> None:
    async with desk.step("Visit 2 is booked for Friday on credit 2"):
        await desk.click("top.on")
        await desk.see("Fri 6 Mar")
        await _book(desk, ANA, "10:00")
        await desk.see("Credit 2 of 6", at="booking")
        await desk.click("booking.save")
        await desk.stands(BEA, "10:00", "booked", "4 left")
    async with desk.step("Cancelling it says first that its credit goes back"):
        await desk.click_visit(BEA, "10:00")
        await desk.key(Key.Key_N)
        await desk.see("Credit 2 of 6 goes back", "Then 5 left", at="cancel")
    async with desk.step("Cancelled in time: the credit came back"):
        await desk.click("cancel.confirm")
        await desk.see("Cancelled Bea Jones’s visit, credit 2 of 6 went back")
        await desk.says("client.status", "Cancelled")
        await desk.see("5 left", at="client")
    async with desk.step("Visit 3 is booked for this afternoon on credit 2"):
        await desk.click("top.today")
        await desk.see("Mon 2 Mar")
        await _book(desk, TOM, "15:00")
        await desk.see("Credit 2 of 6", at="booking")
        await desk.click("booking.save")
        await desk.stands(BEA, "15:00", "booked", "4 left")
    async with desk.step("Cancelling it late says first that the policy takes its credit"):
        await desk.click_visit(BEA, "15:00")
        await desk.key(Key.Key_N)
        await desk.see("Credit 2 of 6 is taken", "Then 4 left", "As the policy says", at="cancel")
    async with desk.step("Cancelled late: the credit is taken"):
        await desk.click("cancel.confirm")
        await desk.see("Cancelled Bea Jones’s visit, credit 2 of 6 taken")
        await desk.stands(BEA, "15:00", "late cancel", "credit taken")
        await desk.says("client.status", "Late cancel")
        await desk.see("4 left", at="client")


async def _miss(desk: Visitor) -> None:
    async with desk.step("Visit 4 is booked for 10:00 on credit 3"):
        await _book(desk, ANA, "10:00")
        await desk.see("Credit 3 of 6", at="booking")
        await desk.click("booking.save")
        await desk.stands(BEA, "10:00", "booked", "3 left")
        await desk.see("today uses 3 of 6", at="client")
    async with desk.step("Half past ten, and she did not come: the sheet says what that takes"):
        desk.clock.go_to(3, 2, 10, 30)
        await desk.click("top.today")
        await desk.stands(BEA, "10:00", "Late 30 min")
        await desk.click_visit(BEA, "10:00")
        await desk.key(Key.Key_N)
        await desk.see("Bea Jones did not come?", "Credit 3 of 6 is taken", at="cancel")
    async with desk.step("Marked as a no-show: the credit is taken"):
        await desk.click("cancel.confirm")
        await desk.see("Bea Jones did not come", "credit 3 of 6 taken")
        await desk.stands(BEA, "10:00", "no-show", "credit taken")
        await desk.says("client.status", "No-show")
        await desk.see("3 left", "today took 3 of 6", at="client")


async def _complete(desk: Visitor) -> None:
    async with desk.step("Thursday: Bea has arrived for visit 1"):
        desk.clock.go_to(3, 5, 11, 10)
        await desk.click("top.today")
        await desk.see("Thu 5 Mar")
        await desk.click_visit(BEA, "11:15")
        await desk.key(Key.Key_A)
        await desk.see("Bea Jones has arrived")
        await desk.stands(BEA, "11:15", "arrived")
        await desk.see("Arrived 11:10", at="client.status")
    async with desk.step("She is in treatment"):
        desk.clock.forward(minutes=8)
        await desk.key(Key.Key_S)
        await desk.stands(BEA, "11:15", "in treatment")
        await desk.see("In treatment", at="client.status")
    async with desk.step("Completed: credit 1 is used"):
        desk.clock.forward(minutes=40)
        await desk.key(Key.Key_C)
        await desk.see("Completed Bea Jones’s visit, credit 1 of 6 used")
        await desk.stands(BEA, "11:15", "completed", "paid")
        await desk.see("Completed", "today used 1 of 6", at="client")
    async with desk.step("The completion is undone, with a reason"):
        await desk.click("client.undo_completion")
        await desk.see("Undo the completion of Bea Jones’s visit?")
        await desk.fill("ask.text", "Pressed on the wrong visit")
        await desk.click("ask.ok")
        await desk.see("Bea Jones’s visit is open again")
        await desk.stands(BEA, "11:15", "in treatment")
        await desk.see("In treatment", "1 booked", "today uses 1 of 6", at="client")
    async with desk.step("Completed again: credit 1 is used again"):
        await desk.key(Key.Key_C)
        await desk.see("Completed Bea Jones’s visit, credit 1 of 6 used")
        await desk.see("Completed", "today used 1 of 6", at="client")


async def _use_up(desk: Visitor) -> None:
    for weeks, number, left in ((3, 4, 2), (4, 5, 1), (5, 6, 0)):
        async with desk.step(f"Booked again in {weeks} weeks, on credit {number}"):
            await _rebook(desk, weeks)
            await desk.see(f"Booked {BEA}", f"credit {number} of 6", at="undo.words")
            await desk.see(f"{left} left", at="client")
            await desk.stands(BEA, "11:15", f"{left} left")
    async with desk.step("A seventh visit finds no credit: it is to be paid"):
        await desk.click("top.on")
        await desk.see("Fri 6 Mar")
        await _book(desk, TOM, "14:00")
        await desk.see("Pay £100.00 at the visit", at="booking")
    async with desk.step("Booked it all the same, to be paid"):
        await desk.click("booking.save")
        await desk.see(f"Booked {BEA}")
        await desk.stands(BEA, "14:00", "booked", TOM)
        await desk.see("0 left", "Fri 6 Mar 14:00 – 14:45", at="client")


async def _rebook(desk: Visitor, weeks: int) -> None:
    await desk.click("top.today")
    await desk.see("Thu 5 Mar")
    await desk.click_visit(BEA, "11:15")
    await desk.key(Key.Key_R)
    await desk.fill("ask.text", str(weeks))
    await desk.click("ask.ok")
    await desk.miss("In how many weeks")


async def _expire(desk: Visitor) -> None:
    async with desk.step("The short course is sold, half in cash and half by card"):
        await desk.key(Key.Key_L, CTRL | SHIFT)
        await desk.click("ledger.sell")
        await desk.press_row("checkout.packages.list_list", PAIR)
        await desk.see("2 credits of 75.00, last day 19 Mar 2026", at="checkout")
        await desk.click("checkout.pay.cash")
        await desk.fill("checkout.payment.0.amount", "75")
        await desk.click("checkout.pay.card")
        await desk.says("checkout.remaining", "0.00")
    async with desk.step("Settled: receipt 2"):
        await desk.click("checkout.settle")
        await desk.see("Receipt 2 settled", "2 left, 3 booked", at="checkout")
    async with desk.step("Near its last day, the course stands out"):
        await desk.click("checkout.done.close")
        desk.clock.go_to(3, 18, 9)
        await desk.click("top.today")
        await _open_ledger(desk)
        await desk.see("2 left, 2 until 19 Mar", at="ledger")
    async with desk.step("Two days later it has expired"):
        desk.clock.go_to(3, 20, 9)
        await desk.go("diary")
        await desk.click("top.today")
        await _open_ledger(desk)
        await desk.see("2 expired", at="ledger")
    async with desk.step("Extending it says first what will happen"):
        await desk.click("ledger.extend.2")
        await desk.fill("extend.last_day", "30 Apr 2026")
        await desk.fill("extend.reason", "She was ill")
        await desk.see("2 had expired and come back.", at="extend")
    async with desk.step("Extended to 30 April: both credits are left again"):
        await desk.click("extend.save")
        await desk.see("now ends 30 Apr 2026", "2 left", "Extended to 30 Apr")


async def _open_ledger(desk: Visitor) -> None:
    await desk.go("clients")
    await desk.pick("clients.search", "bea", BEA)
    await desk.see(BEA, at="ledger.name")


async def _read_ledger(desk: Visitor) -> None:
    async with desk.step("From a credit to its visits: credit 1, and all that happened to it"):
        await desk.click("ledger.toggle.1")
        await desk.click("ledger.lane.1")
        await desk.see(
            "1 / 6, used, 80.00, Issued", "Undone, booked again (5 Mar · Nora F. · Pressed on the wrong visit)"
        )
        await desk.see("Thu 5 Mar 11:15, Physiotherapy · Ana Ruiz, Completed, used 1 of 6, of the chosen credit")
    async with desk.step("From a visit to its credit: the late cancellation, and credit 2 that it took"):
        await desk.press_row("ledger.visits", "Mon 2 Mar 15:00")
        await desk.see("late cancel, Late cancel, forfeited 2 of 6, of the chosen credit")
        await desk.see("Forfeited (2 Mar · Nora F. · Client can't come) [chosen]")


async def _switch_off(desk: Visitor) -> None:
    async with desk.step("Another course is put into a cart, and parked"):
        await desk.click("ledger.sell")
        await desk.press_row("checkout.packages.list_list", COURSE)
        await desk.click("checkout.pay.card")
        await desk.says("checkout.remaining", "0.00")
        await desk.click("checkout.park")
        await desk.see(f"Checkout {BEA}", at="parked.1")
    async with desk.step("Packages are switched off in the plan"):
        await desk.go("settings")
        await desk.press("settings", "The clinic")
        await desk.click("clinic_page.plan")
        await desk.click("plan.packages")
        await desk.see("No package is sold. What was sold stays")
        await desk.click("plan.save")
        await desk.see("Changed the plan")
    async with desk.step("The parked cart is refused, and says why; nothing is sold"):
        await desk.key(Key.Key_1, CTRL)
        await desk.see("Packages are switched off in the plan", at="checkout")
        await desk.click("checkout.settle")
        await desk.see("switched off")
        await desk.miss("Receipt 3")
    async with desk.step("What was sold still redeems: on 26 March credit 4 pays for the visit"):
        await desk.click("checkout.drop")
        desk.clock.go_to(3, 26, 11, 10)
        await desk.go("diary")
        await desk.click("top.today")
        await desk.see("Thu 26 Mar")
        await desk.click_visit(BEA, "11:15")
        await desk.key(Key.Key_A)
        await desk.see(f"{BEA} has arrived")
        await desk.key(Key.Key_F12)
        await desk.see("Credit 4 of 6", at="checkout")
    async with desk.step("Settled with nothing to pay: the visit is completed and credit 4 used"):
        await desk.click("checkout.settle")
        await desk.see("Receipt 3 settled", at="checkout")


async def _change_light(desk: Visitor) -> None:
    async with desk.step("The same in dark"):
        await desk.go("settings")
        await desk.press("settings", "This desk")
        await desk.press("settings.theme", "Dark")
        await desk.go("diary")
        await desk.stands(BEA, "11:15", "completed", "paid")
        await desk.click_visit(BEA, "11:15")
        await desk.see("Completed", "today used 4 of 6", at="client")
    async with desk.step("The ledger in dark"):
        await _open_ledger(desk)
        await desk.see("2 left")
    async with desk.step("And in light again"):
        await desk.go("settings")
        await desk.press("settings.theme", "Light")


async def _change_person(desk: Visitor) -> None:
    async with desk.step("F2 asks who is at the desk"):
        await desk.go("diary")
        await desk.key(Key.Key_F2)
        await desk.see(ANA, TOM, at="person.sheet")
    async with desk.step("Ana sees her own column and the ledgers, and no checkout"):
        await desk.press_row("person_list", ANA)
        await desk.miss("Catalogue", "Settings", "Check out", TOM)
        await desk.see("Ana R.")
        await desk.stands(BEA, "11:15", "completed")
