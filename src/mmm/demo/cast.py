"""The people of the demo world. All of them are invented; no organisation here exists."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Work:
    """Where somebody works; `profession` is its number, None at an employer."""

    organisation: str
    profession: int | None
    listed: bool = True
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """One member of the cast. `about` and `look` (what to try as this person) are shown on the demo page."""

    key: str
    name: str
    about: str
    look: str
    work: Work | None = None
    staff: str = ""
    answers: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.key}@voorbeeld.example"


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the demo world."""

    name: str
    chain_link: str
    kind: str = "service"


REGION = "holland-rijnland"
PLACES = (
    Place("Werkpunt Rijnoever (voorbeeld)", "work"),
    Place("Wijkteam De Linde (voorbeeld)", "care"),
    Place("Herstelhuis Het Anker (voorbeeld)", "care"),
    Place("Loket Werk en Inkomen Rijnoever (voorbeeld)", "income"),
    Place("Bakkerij De Ster (voorbeeld)", "work", "employer"),
)

NADIA: dict[str, dict[str, object]] = {
    "who.name": {"text": "Nadia. Zeg maar je."},
    "who.me": {"text": "Ik verzamel zaden van tomaten. Het zijn er al veertig.", "picked": ["quiet", "care"]},
    "dreams.work": {
        "text": "Ik wil met planten werken. "
        "Niet in een winkel met veel mensen, maar in een kas of een tuin.\n\n"
        "Vroeger hielp ik mijn oma op haar volkstuin in Leiderdorp. Ik was een kind en ik mocht de tomaten. "
        "Daar was ik rustig. Dat gevoel wil ik terug."
    },
    "dreams.day": {
        "text": "Ik begin om negen uur. Eerst koffie, dan hoor ik wat er die dag moet gebeuren. "
        "Ik werk met twee of drie mensen. Je hoeft niet steeds te praten.\n\n"
        "Aan het eind zie je wat je gedaan hebt. Een rij die af is. Dan fiets ik naar huis en ben ik moe op "
        "een goede manier."
    },
    "dreams.step": {
        "text": "Een ochtend meekijken bij een kweker. Met iemand erbij die ik ken. "
        "Als het niets is, ga ik gewoon weer naar huis."
    },
    "qualities.good": {
        "text": "Mensen die bang zijn, worden bij mij rustig.",
        "picked": ["precise", "patient"],
    },
    "needs.conditions": {
        "choices": {
            "fixed_days": "needed",
            "fewer_hours": "needed",
            "quiet_place": "needed",
            "fixed_supervisor": "needed",
            "more_short_breaks": "nice",
            "own_pace": "nice",
            "visit_day": "nice",
            "weekly_talk": "either",
            "one_task_at_a_time": "nice",
            "outdoors": "needed",
        }
    },
    "story.path": {
        "text": "Ik was elf jaar tandartsassistente. Ik was er goed in. "
        "Mensen die bang waren, kwamen bij mij.\n\n"
        "Toen werd de praktijk groter. Er kwamen schermen, en steeds minder tijd. Ik bleef ja zeggen. "
        "Op een dinsdag stond ik in de gang en wist ik niet meer welke kamer van mij was."
    },
}
DELANO: dict[str, dict[str, object]] = {
    "dreams.work": {
        "text": "Ik wil leren meubels maken. Stoelen vooral. "
        "Een stoel moet iemand kunnen dragen, dat vind ik mooi."
    },
    "dreams.step": {"text": "Op zaterdag meedraaien in een werkplaats. Ik betaal zelf het hout wel."},
}

CAST = (
    Person(
        "nadia",
        "Nadia",
        "34 jaar, Leiden. Was tandartsassistente. Is halverwege met haar verhaal.",
        "Schrijf verder, kijk wie er las, stop met delen.",
        answers=NADIA,
    ),
    Person(
        "henk",
        "Henk",
        "57 jaar, Katwijk. Werkte in de visafslag. Heeft nog niets opgeschreven.",
        "Begin een verhaal vanaf nul, op een telefoon.",
    ),
    Person(
        "marieke",
        "Marieke de Wit",
        "Jobcoach. Leest wat Nadia en Delano met haar delen.",
        "Open wat met je gedeeld is. Kijk daarna als Nadia bij “Wie las wat?”.",
        work=Work("Werkpunt Rijnoever (voorbeeld)", 15),
    ),
    Person(
        "okan",
        "Okan Yıldız",
        "Verpleegkundige in de wijk. Mag nog drie dagen lezen wat Nadia nodig heeft.",
        "Kijk hoe het is als delen bijna stopt.",
        work=Work("Wijkteam De Linde (voorbeeld)", 8),
    ),
    Person(
        "delano",
        "Delano Pinas",
        "41 jaar, Alphen aan den Rijn. Ervaringsdeskundige, en zelf op zoek naar ander werk.",
        "Eén mens, twee rollen. Wissel rechtsboven.",
        work=Work("Herstelhuis Het Anker (voorbeeld)", 12),
        answers=DELANO,
    ),
    Person(
        "ruud",
        "Ruud Hoekstra",
        "Klantmanager. Beslist mee over uitkeringen.",
        "Deel als Nadia jouw verhaal met Ruud: eerst lees je wat dat kan betekenen.",
        work=Work("Loket Werk en Inkomen Rijnoever (voorbeeld)", 21),
    ),
    Person(
        "thandi",
        "Thandi Mokoena",
        "Sociaal werker. Heeft gevraagd om mee te doen en wacht op een ja.",
        "Nog niet bevestigd: niemand kan met haar delen.",
        work=Work("Wijkteam De Linde (voorbeeld)", 9, confirmed=False),
    ),
    Person(
        "anja",
        "Anja Zwart",
        "Heeft een bakkerij in Katwijk, met negen mensen in dienst.",
        "Een werkgever ziet nooit een verhaal.",
        work=Work("Bakkerij De Ster (voorbeeld)", None, listed=False),
    ),
    Person(
        "fatima",
        "Fatima el Amrani",
        "Coördinator van Holland Rijnland.",
        "Zeg ja tegen Thandi.",
        staff="coordinator",
    ),
    Person(
        "bram",
        "Bram Visser",
        "Vervangt Fatima als zij er niet is.",
        "Hetzelfde werk, een ander mens.",
        staff="deputy",
    ),
)
BY_KEY = {person.key: person for person in CAST}
