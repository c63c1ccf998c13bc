"""The demo's clients: invented names, and phone numbers from the ranges that are kept free for stories."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from reception.domain.clients import Alert, ClientDraft


def _listed(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_SHE = _listed(
    """
    Ada Agnes Aisha Alba Alice Amina Anna Anwen Aoife Beatrix Bella Bronwen Carla Cerys Chiara Clara Daisy
    Delia Dora Edith Eilidh Elena Elsie Erin Esme Eva Farah Fiona Flora Freda Gemma Greta Gwen Hana Hanna
    Hazel Helga Ida Imogen Ines Iris Isla Ivy Jana Jess Joan Juno Kaya Kezia Kirsty Lara Leila Lena Lily
    Lotte Lucia Mabel Maeve Mara Marisol Maud Mei Mina Morag Nadia Nell Nina Noor Olive Orla Paula Petra
    Poppy Priya Rhian Rosa Roza Ruth Salma Sana Senna Sylvie Tamsin Tara Tess Thea Uma Vera Wanda Wendy
    Yasmin Zofia Zoya
    """
)
_HE = _listed(
    """
    Aaron Abel Adil Alun Amir Anders Anton Arlo Arun Basil Ben Bram Caleb Callum Casper Colm Conor Cyrus
    Daniel Dario David Dewi Diego Dov Edgar Eitan Eli Emil Ewan Felix Femi Finn Frank Gareth Gil Hamish
    Harvey Henrik Hugh Hugo Ianto Idris Ivan Jamal Jan Jonah Joel Josef Jude Kenji Kofi Lars Leo Levi Luca
    Magnus Malik Marek Mateo Milo Morgan Nabil Niall Noah Omar Orson Oskar Otis Owen Pablo Pascal Patrick
    Piet Quinn Rafi Rhys Rohan Rory Samir Saul Sean Stefan Tariq Theo Tobias Tom Tudor Umar Victor Viktor
    Wilf Yusuf Zain
    """
)
_FAMILY = _listed(
    """
    Abbot Adeyemi Ainsley Akhtar Alder Amis Anan Ashby Aziz Bairstow Banks Barlow Beck Bell Bevan Birch Blyth
    Boateng Bourne Bray Brito Brook Calder Carver Castel Chandra Chen Clegg Cole Conti Corrigan Cox Dacre
    Dahl Davies Dekker Devlin Diaz Dunn Eccles Ellery Elwood Evans Farrow Fenn Fischer Flynn Forde Fox Frey
    Frost Gale Garcia Garth Gill Grant Greaves Gupta Haddad Hale Hart Hassan Hollis Holm Hopper Hughes Hurst
    Ibsen Ingram Ismail Jarvis Joshi Kamara Karim Keane Keller Kendrick Kessler Khan Kite Lamb Larkin Lee
    Lind Lloyd Lowe Mallory Marchetti Marlow Mason Mbeki Mercer Mills Moreau Moss Murray Nair Nash Novak
    Nyman Oakes O'Brien Okafor Olsen Orr Osei Page Park Parry Patel Pell Penrose Pike Popov Price Quayle
    Rahman Ramsay Reid Rhodes Roper Rossi Rowe Rudd Ryan Saito Sanders Sato Shah Shaw Silva Singh Sloane
    Sorensen Stark Stone Sutton Tait Tanaka Thorne Thornton Tran Tully Underhill Vance Varga Vaughan Voss
    Wade Walsh Ward Weiss West Whitlock Wilde Wood Wren Yates Young Zhou Ziegler
    """
)
_STREETS = (
    "Mill Street",
    "Weir Lane",
    "Station Road",
    "Chapel Hill",
    "Orchard Close",
    "Heron Way",
    "Market Place",
    "Fuller's Yard",
    "Lower Green",
    "Beck Side",
)
_ALERTS = (
    Alert("Latex allergy", serious=True),
    Alert("Pacemaker", serious=True),
    Alert("Blood thinners", serious=True),
    Alert("Diabetic, check feet", serious=True),
    Alert("Epilepsy", serious=True),
    Alert("Nut oil allergy", serious=True),
    Alert("Left knee, surgery 2024", serious=False),
    Alert("Hard of hearing", serious=False),
    Alert("Uses a wheelchair", serious=False),
)
_NOTES = (
    "Prefers firm pressure.",
    "Prefers the ground floor.",
    "Call, don't text.",
    "Comes with an assistance dog.",
    "Likes the first visit of the day.",
    "Referred by the surgery in Mill Street.",
    "Works shifts; mornings are best.",
)

_CHILD_EVERY = 40
"""One client in so many is a child of the one before, who pays."""


@dataclass(frozen=True, slots=True)
class Known:
    """A client to be entered; `parent` is the place in the list of whoever pays for them."""

    draft: ClientDraft
    parent: int | None = None


def clients(chance: Random, count: int, today: date) -> tuple[Known, ...]:
    """So many people, of names and ages as they come."""
    mobiles = chance.sample(range(1000), 1000)
    names = _names(chance, count)
    found: list[Known] = []
    for place, (given, family, pronouns) in enumerate(names):
        draft = _draft(chance, place, f"{given} {family}", mobiles, today)
        if chance.random() < 0.2:
            draft = replace(draft, pronouns=pronouns)
        if place % _CHILD_EVERY == _CHILD_EVERY - 1:
            found.append(_child(chance, draft, given, found[-1].draft, place - 1, today))
        else:
            found.append(Known(draft))
    return tuple(found)


def _names(chance: Random, count: int) -> list[tuple[str, str, str]]:
    given = [(name, "she/her") for name in _SHE] + [(name, "he/him") for name in _HE]
    every = [(first, family, pronouns) for first, pronouns in given for family in _FAMILY]
    return chance.sample(every, count)


def _draft(chance: Random, place: int, name: str, mobiles: list[int], today: date) -> ClientDraft:
    born = today - timedelta(days=round(365.25 * chance.triangular(19, 86, 41)) + chance.randrange(365))
    mail = ".".join(name.lower().replace("'", "").split())
    return ClientDraft(
        name=name,
        born=born,
        phones=_phones(chance, place, mobiles),
        email=f"{mail}@example.org" if chance.random() < 0.6 else "",
        address=f"{chance.randint(1, 98)} {chance.choice(_STREETS)}\nLarkmere" if chance.random() < 0.7 else "",
        notes=chance.choice(_NOTES) if chance.random() < 0.12 else "",
        alerts=(chance.choice(_ALERTS),) if chance.random() < 0.09 else (),
    )


def _phones(chance: Random, place: int, mobiles: list[int]) -> tuple[str, ...]:
    """Numbers that reach nobody: Ofcom keeps these ranges for drama."""
    landline = f"01632 960{chance.randrange(1000):03}"
    if place >= len(mobiles):
        return (landline,)
    mobile = f"07700 900{mobiles[place]:03}"
    return (mobile, landline) if chance.random() < 0.1 else (mobile,)


def _child(chance: Random, draft: ClientDraft, given: str, parent: ClientDraft, place: int, today: date) -> Known:
    family = parent.name.rpartition(" ")[2]
    born = today - timedelta(days=chance.randint(8 * 365, 16 * 365))
    own = replace(
        draft,
        name=f"{given} {family}",
        born=born,
        phones=parent.phones[:1],
        email="",
        address=parent.address,
        notes=f"Comes with {parent.name}.",
    )
    return Known(own, place)
