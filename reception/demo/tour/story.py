"""The story of one course, from the first start of the program to the last credit, told by hand on the window."""

from PySide6.QtCore import Qt

from reception.demo.tour.hands import CTRL, SHIFT, Hands

Key = Qt.Key
ANA, TOM, BEA = "Ana Ruiz", "Tom Webb", "Bea Jones"
COURSE, PAIR = "Physiotherapy, course of 6", "Physiotherapy, trial pair"


async def tell(hands: Hands) -> None:
    """The whole story, chapter by chapter."""
    await _found_clinic(hands)
    await _fill_catalogue(hands)
    await _take_on(hands)
    await _set_policy(hands)
    await _sell_course(hands)
    await _book_and_move(hands)
    await _cancel(hands)
    await _miss(hands)
    await _complete(hands)
    await _use_up(hands)
    await _expire(hands)
    await _read_ledger(hands)
    await _switch_off(hands)
    await _change_light(hands)
    await _change_person(hands)


async def _found_clinic(hands: Hands) -> None:
    async with hands.step("The first start asks which clinic this is"):
        await hands.see("Set up your clinic")
        await hands.fill("welcome.name", "Harbour Clinic")
        await hands.fill("welcome.owner", "Nora Field")
        await hands.fill("welcome.address", "4 Quay Street, Bristol")
        await hands.choose("welcome.zone", "Europe/London")
        await hands.choose("welcome.locale", "English (United Kingdom)")
        await hands.see("GBP British Pound")
    async with hands.step("Set up Harbour Clinic: its diary opens, and nobody works yet"):
        await hands.click("welcome.go")
        await hands.see("Nora Field", "No one works today")


async def _fill_catalogue(hands: Hands) -> None:
    async with hands.step("A service is typed: 45 minutes, 15 to clean up, 100.00"):
        await hands.go("catalogue")
        await hands.see("No services yet")
        await hands.click("catalogue.new_service")
        await hands.fill("service.name", "Physiotherapy")
        await hands.fill("service.short", "Physio")
        await hands.fill("service.category", "Physiotherapy")
        await hands.fill("service.minutes", "45")
        await hands.fill("service.turnaround", "15")
        await hands.fill("service.price", "100")
        await hands.fill("service.tax_rate", "0")
        await hands.see("Takes 60 min in the diary: 45 min and 15 min to clean up.")
    async with hands.step("Added the service"):
        await hands.click("service.save")
        await hands.see("Added Physiotherapy", "Physiotherapy | Physiotherapy | 45 min | 15 min | 100.00")
    async with hands.step("A course of no sessions is refused beside its field"):
        await hands.click("catalogue.new_product")
        await hands.fill("product.name", COURSE)
        await hands.fill("product.sessions", "0")
        await hands.fill("product.price", "480")
        await hands.click("product.save")
        await hands.see("sessions", at="sessions_field")
    async with hands.step("A course of 6 for 480.00: each session comes to 80.00"):
        await hands.fill("product.sessions", "6")
        await hands.see("Each session comes to £80.00", "Sold today, its last day would be 2 Mar 2027.")
    async with hands.step("Put the course on sale"):
        await hands.click("product.save")
        await hands.see("Put Physiotherapy, course of 6 on sale", "1 package on sale")
    async with hands.step("Put a short course on sale, good for 14 days"):
        await hands.click("catalogue.new_product")
        await hands.fill("product.name", PAIR)
        await hands.fill("product.sessions", "2")
        await hands.fill("product.price", "150")
        await hands.press("product.validity", "Days")
        await hands.fill("product.count", "14")
        await hands.see("Sold today, its last day would be 16 Mar 2026.")
        await hands.click("product.save")
        await hands.see("Put Physiotherapy, trial pair on sale", "14 days")


async def _take_on(hands: Hands) -> None:
    async with hands.step(f"{ANA} joins, with the skill for it"):
        await _employ(hands, ANA, "Physio, room 1")
    async with hands.step("Her hours are typed for Monday, and copied to the other days"):
        await _type_hours(hands, ANA)
        await hands.see("45 h a week", at="shifts")
    async with hands.step("She works from Monday to Friday"):
        await hands.click("shifts.save")
        await hands.see(f"Changed the hours of {ANA}")
        await hands.see("45 h a week", at="staff.card")
    async with hands.step(f"{TOM} joins, with the same hours"):
        await _employ(hands, TOM, "Physio, room 2")
        await _type_hours(hands, TOM)
        await hands.click("shifts.save")
        await hands.see(f"Changed the hours of {TOM}")
        await hands.see("45 h a week", at="staff.card")


async def _employ(hands: Hands, name: str, line: str) -> None:
    await hands.go("staff")
    await hands.click("staff.new")
    await hands.fill("person.name", name)
    await hands.fill("person.line", line)
    await hands.choose("person.role", "Practitioner")
    await hands.press("person.skills", "Physiotherapy")
    await hands.click("person.save")
    await hands.see(f"Added {name}")


async def _type_hours(hands: Hands, name: str) -> None:
    await hands.press_row("staff.list", name)
    await hands.says("staff.card.name", name)
    await hands.click("staff.new_hours")
    await hands.click("shifts.week1.0.add")
    await hands.fill("shifts.week1.0.to0", "18:00")
    await hands.click("shifts.week1.copy")


async def _set_policy(hands: Hands) -> None:
    async with hands.step("The policy is typed: free until 24 hours before, then the credit is taken"):
        await hands.go("settings")
        await hands.press("settings", "The clinic")
        await hands.click("clinic_page.policy")
        await hands.fill("policy.free_hours", "24")
        await hands.choose("policy.late_credit", "Take it")
        await hands.choose("policy.late_money", "Charge a fee")
        await hands.fill("policy.late_fee", "20")
        await hands.choose("policy.no_show_credit", "Take it")
        await hands.see("less than 24 hours before it starts loses its credit; without one, £20.00 is charged", at="policy")
    async with hands.step("The policy holds"):
        await hands.click("policy.save")
        await hands.see("Cancellation policy changed")
        await hands.see("loses its credit; without one, £20.00 is charged", at="clinic_page.policy")


async def _sell_course(hands: Hands) -> None:
    async with hands.step("A client is typed: name, date of birth and phone are enough"):
        await hands.go("diary")
        await hands.see(f"{ANA}, {TOM}", at="diary")
        await hands.key(Key.Key_N, CTRL)
        await hands.fill("client.name", BEA)
        await hands.fill("client.born", "12 May 1990")
        await hands.fill("client.phones", "020 7946 0123")
        await hands.says("client.title", "New client")
    async with hands.step(f"Entered {BEA}, who has no course yet"):
        await hands.click("client.save")
        await hands.see(f"Entered {BEA}")
        await hands.see(BEA, "No courses yet", at="client")
    async with hands.step("Found with Ctrl+K, three letters and a thing to do: sell a package"):
        await hands.key(Key.Key_K, CTRL)
        await hands.type("bea")
        await hands.see("Sell a package", "Do, for Bea Jones")
    async with hands.step("The checkout offers the packages on sale"):
        await hands.press_row("find_list", "Sell a package")
        await hands.see("Checkout for Bea Jones", COURSE, PAIR, at="checkout")
    async with hands.step("The course is in the cart: 480.00 to pay, six credits of 80.00"):
        await hands.press_row("checkout.packages.list_list", COURSE)
        await hands.see("6 credits of 80.00, last day 2 Mar 2027", "£480.00", at="checkout")
    async with hands.step("Paid by card, nothing remains"):
        await hands.click("checkout.pay.card")
        await hands.says("checkout.remaining", "0.00")
    async with hands.step("Settled: receipt 1, and six credits left"):
        await hands.click("checkout.settle")
        await hands.see("Receipt 1 settled", "6 left", at="checkout")


async def _book_and_move(hands: Hands) -> None:
    async with hands.step("Thursday at 10:00 is opened, and Bea found by three letters"):
        await hands.click("checkout.done.close")
        await hands.go("diary")
        await hands.click("top.on")
        await hands.click("top.on")
        await hands.click("top.on")
        await hands.see("Thu 5 Mar")
        await hands.slot(ANA, "10:00", double=True)
        await hands.see("New booking")
        await hands.type("bea")
        await hands.press_row("booking.client_list", BEA)
        await hands.see("Credit 1 of 6", "10:00 – 10:45", at="booking")
    async with hands.step("Booked visit 1 on credit 1 of 6"):
        await hands.click("booking.save")
        await hands.see("Booked Bea Jones", "credit 1 of 6")
        await hands.stands(BEA, "10:00", "booked", "5 left")
        await hands.see("Booked", "5 left", "5 Mar uses 1 of 6", at="client")
    async with hands.step("Moved it to 11:00 with the mouse"):
        await hands.carry(BEA, "10:00", ANA, "11:00")
        await hands.see("Moved Bea Jones from 10:00 to 11:00")
        await hands.stands(BEA, "11:00", ANA)
        await hands.says("client.when", "Thu 5 Mar 11:00 – 11:45")
    async with hands.step("Moved it to 11:15 with Ctrl and an arrow"):
        await hands.block(BEA, "11:00")
        await hands.key(Key.Key_Down, CTRL)
        await hands.see("Moved Bea Jones from 11:00 to 11:15")
        await hands.stands(BEA, "11:15")
        await hands.says("client.when", "Thu 5 Mar 11:15 – 12:00")


async def _book(hands: Hands, staff: str, at: str) -> None:
    await hands.slot(staff, at, double=True)
    await hands.see("New booking")
    await hands.type("bea")
    await hands.press_row("booking.client_list", BEA)


async def _cancel(hands: Hands) -> None:
    async with hands.step("Visit 2 is booked for Friday on credit 2"):
        await hands.click("top.on")
        await hands.see("Fri 6 Mar")
        await _book(hands, ANA, "10:00")
        await hands.see("Credit 2 of 6", at="booking")
        await hands.click("booking.save")
        await hands.stands(BEA, "10:00", "booked", "4 left")
    async with hands.step("Cancelling it says first that its credit goes back"):
        await hands.block(BEA, "10:00")
        await hands.key(Key.Key_N)
        await hands.see("Credit 2 of 6 goes back", "Then 5 left", at="cancel")
    async with hands.step("Cancelled in time: the credit came back"):
        await hands.click("cancel.confirm")
        await hands.see("Cancelled Bea Jones’s visit, credit 2 of 6 went back")
        await hands.says("client.status", "Cancelled")
        await hands.see("5 left", at="client")
    async with hands.step("Visit 3 is booked for this afternoon on credit 2"):
        await hands.click("top.today")
        await hands.see("Mon 2 Mar")
        await _book(hands, TOM, "15:00")
        await hands.see("Credit 2 of 6", at="booking")
        await hands.click("booking.save")
        await hands.stands(BEA, "15:00", "booked", "4 left")
    async with hands.step("Cancelling it late says first that the policy takes its credit"):
        await hands.block(BEA, "15:00")
        await hands.key(Key.Key_N)
        await hands.see("Credit 2 of 6 is taken", "Then 4 left", "As the policy says", at="cancel")
    async with hands.step("Cancelled late: the credit is taken"):
        await hands.click("cancel.confirm")
        await hands.see("Cancelled Bea Jones’s visit, credit 2 of 6 taken")
        await hands.stands(BEA, "15:00", "late cancel", "credit taken")
        await hands.says("client.status", "Late cancel")
        await hands.see("4 left", at="client")


async def _miss(hands: Hands) -> None:
    async with hands.step("Visit 4 is booked for 10:00 on credit 3"):
        await _book(hands, ANA, "10:00")
        await hands.see("Credit 3 of 6", at="booking")
        await hands.click("booking.save")
        await hands.stands(BEA, "10:00", "booked", "3 left")
        await hands.see("today uses 3 of 6", at="client")
    async with hands.step("Half past ten, and she did not come: the sheet says what that takes"):
        hands.clock.go_to(3, 2, 10, 30)
        await hands.click("top.today")
        await hands.stands(BEA, "10:00", "Late 30 min")
        await hands.block(BEA, "10:00")
        await hands.key(Key.Key_N)
        await hands.see("Bea Jones did not come?", "Credit 3 of 6 is taken", at="cancel")
    async with hands.step("Marked as a no-show: the credit is taken"):
        await hands.click("cancel.confirm")
        await hands.see("Bea Jones did not come", "credit 3 of 6 taken")
        await hands.stands(BEA, "10:00", "no-show", "credit taken")
        await hands.says("client.status", "No-show")
        await hands.see("3 left", "today took 3 of 6", at="client")


async def _complete(hands: Hands) -> None:
    async with hands.step("Thursday: Bea has arrived for visit 1"):
        hands.clock.go_to(3, 5, 11, 10)
        await hands.click("top.today")
        await hands.see("Thu 5 Mar")
        await hands.block(BEA, "11:15")
        await hands.key(Key.Key_A)
        await hands.see("Bea Jones has arrived")
        await hands.stands(BEA, "11:15", "arrived")
        await hands.see("Arrived 11:10", at="client.status")
    async with hands.step("She is in treatment"):
        hands.clock.forward(minutes=8)
        await hands.key(Key.Key_S)
        await hands.stands(BEA, "11:15", "in treatment")
        await hands.see("In treatment", at="client.status")
    async with hands.step("Completed: credit 1 is used"):
        hands.clock.forward(minutes=40)
        await hands.key(Key.Key_C)
        await hands.see("Completed Bea Jones’s visit, credit 1 of 6 used")
        await hands.stands(BEA, "11:15", "completed", "paid")
        await hands.see("Completed", "today used 1 of 6", at="client")
    async with hands.step("The completion is undone, with a reason"):
        await hands.click("client.undo_completion")
        await hands.see("Undo the completion of Bea Jones’s visit?")
        await hands.fill("ask.text", "Pressed on the wrong visit")
        await hands.click("ask.ok")
        await hands.see("Bea Jones’s visit is open again")
        await hands.stands(BEA, "11:15", "in treatment")
        await hands.see("In treatment", "1 booked", "today uses 1 of 6", at="client")
    async with hands.step("Completed again: credit 1 is used again"):
        await hands.key(Key.Key_C)
        await hands.see("Completed Bea Jones’s visit, credit 1 of 6 used")
        await hands.see("Completed", "today used 1 of 6", at="client")


async def _use_up(hands: Hands) -> None:
    for weeks, number, left in ((3, 4, 2), (4, 5, 1), (5, 6, 0)):
        async with hands.step(f"Booked again in {weeks} weeks, on credit {number}"):
            await _rebook(hands, weeks)
            await hands.see(f"Booked {BEA}", f"credit {number} of 6", at="undo.words")
            await hands.see(f"{left} left", at="client")
            await hands.stands(BEA, "11:15", f"{left} left")
    async with hands.step("A seventh visit finds no credit: it is to be paid"):
        await hands.click("top.on")
        await hands.see("Fri 6 Mar")
        await _book(hands, TOM, "14:00")
        await hands.see("Pay £100.00 at the visit", at="booking")
    async with hands.step("Booked it all the same, to be paid"):
        await hands.click("booking.save")
        await hands.see(f"Booked {BEA}")
        await hands.stands(BEA, "14:00", "booked", TOM)
        await hands.see("0 left", "Fri 6 Mar 14:00 – 14:45", at="client")


async def _rebook(hands: Hands, weeks: int) -> None:
    await hands.click("top.today")
    await hands.see("Thu 5 Mar")
    await hands.block(BEA, "11:15")
    await hands.key(Key.Key_R)
    await hands.fill("ask.text", str(weeks))
    await hands.click("ask.ok")
    await hands.miss("In how many weeks")


async def _expire(hands: Hands) -> None:
    async with hands.step("The short course is sold, half in cash and half by card"):
        await hands.key(Key.Key_L, CTRL | SHIFT)
        await hands.click("ledger.sell")
        await hands.press_row("checkout.packages.list_list", PAIR)
        await hands.see("2 credits of 75.00, last day 19 Mar 2026", at="checkout")
        await hands.click("checkout.pay.cash")
        await hands.fill("checkout.payment.0.amount", "75")
        await hands.click("checkout.pay.card")
        await hands.says("checkout.remaining", "0.00")
    async with hands.step("Settled: receipt 2"):
        await hands.click("checkout.settle")
        await hands.see("Receipt 2 settled", "2 left, 3 booked", at="checkout")
    async with hands.step("Near its last day, the course stands out"):
        await hands.click("checkout.done.close")
        hands.clock.go_to(3, 18, 9)
        await hands.click("top.today")
        await _open_ledger(hands)
        await hands.see("2 left, 2 until 19 Mar", at="ledger")
    async with hands.step("Two days later it has expired"):
        hands.clock.go_to(3, 20, 9)
        await hands.go("diary")
        await hands.click("top.today")
        await _open_ledger(hands)
        await hands.see("2 expired", at="ledger")
    async with hands.step("Extending it says first what will happen"):
        await hands.click("ledger.extend.2")
        await hands.fill("extend.last_day", "30 Apr 2026")
        await hands.fill("extend.reason", "She was ill")
        await hands.see("2 had expired and come back.", at="extend")
    async with hands.step("Extended to 30 April: both credits are left again"):
        await hands.click("extend.save")
        await hands.see("now ends 30 Apr 2026", "2 left", "Extended to 30 Apr")


async def _open_ledger(hands: Hands) -> None:
    await hands.go("clients")
    await hands.pick("clients.search", "bea", BEA)
    await hands.see(BEA, at="ledger.name")


async def _read_ledger(hands: Hands) -> None:
    async with hands.step("From a credit to its visits: credit 1, and all that happened to it"):
        await hands.click("ledger.toggle.1")
        await hands.click("ledger.lane.1")
        await hands.see("1 / 6, used, 80.00, Issued", "Undone, booked again (5 Mar · Nora F. · Pressed on the wrong visit)")
        await hands.see("Thu 5 Mar 11:15, Physiotherapy · Ana Ruiz, Completed, used 1 of 6, of the chosen credit")
    async with hands.step("From a visit to its credit: the late cancellation, and credit 2 that it took"):
        await hands.press_row("ledger.visits", "Mon 2 Mar 15:00")
        await hands.see("late cancel, Late cancel, forfeited 2 of 6, of the chosen credit")
        await hands.see("Forfeited (2 Mar · Nora F. · Client can't come) [chosen]")


async def _switch_off(hands: Hands) -> None:
    async with hands.step("Another course is put into a cart, and parked"):
        await hands.click("ledger.sell")
        await hands.press_row("checkout.packages.list_list", COURSE)
        await hands.click("checkout.pay.card")
        await hands.says("checkout.remaining", "0.00")
        await hands.click("checkout.park")
        await hands.see(f"Checkout {BEA}", at="parked.1")
    async with hands.step("Packages are switched off in the plan"):
        await hands.go("settings")
        await hands.press("settings", "The clinic")
        await hands.click("clinic_page.plan")
        await hands.click("plan.packages")
        await hands.see("No package is sold. What was sold stays")
        await hands.click("plan.save")
        await hands.see("Changed the plan")
    async with hands.step("The parked cart is refused, and says why; nothing is sold"):
        await hands.key(Key.Key_1, CTRL)
        await hands.see("Packages are switched off in the plan", at="checkout")
        await hands.click("checkout.settle")
        await hands.see("switched off")
        await hands.miss("Receipt 3")
    async with hands.step("What was sold still redeems: on 26 March credit 4 pays for the visit"):
        await hands.click("checkout.drop")
        hands.clock.go_to(3, 26, 11, 10)
        await hands.go("diary")
        await hands.click("top.today")
        await hands.see("Thu 26 Mar")
        await hands.block(BEA, "11:15")
        await hands.key(Key.Key_A)
        await hands.see(f"{BEA} has arrived")
        await hands.key(Key.Key_F12)
        await hands.see("Credit 4 of 6", at="checkout")
    async with hands.step("Settled with nothing to pay: the visit is completed and credit 4 used"):
        await hands.click("checkout.settle")
        await hands.see("Receipt 3 settled", at="checkout")


async def _change_light(hands: Hands) -> None:
    async with hands.step("The same in dark"):
        await hands.go("settings")
        await hands.press("settings", "This desk")
        await hands.press("settings.theme", "Dark")
        await hands.go("diary")
        await hands.stands(BEA, "11:15", "completed", "paid")
        await hands.block(BEA, "11:15")
        await hands.see("Completed", "today used 4 of 6", at="client")
    async with hands.step("The ledger in dark"):
        await _open_ledger(hands)
        await hands.see("2 left")
    async with hands.step("And in light again"):
        await hands.go("settings")
        await hands.press("settings.theme", "Light")


async def _change_person(hands: Hands) -> None:
    async with hands.step("F2 asks who is at the desk"):
        await hands.go("diary")
        await hands.key(Key.Key_F2)
        await hands.see(ANA, TOM, at="person.sheet")
    async with hands.step("Ana sees her own column and the ledgers, and no checkout"):
        await hands.press_row("person_list", ANA)
        await hands.miss("Catalogue", "Settings", "Check out", TOM)
        await hands.see("Ana R.")
        await hands.stands(BEA, "11:15", "completed")
