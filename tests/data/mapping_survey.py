"""An invented survey of 60 columns, as a field tool exports it, and what it must become. Nobody in it exists."""

from typing import Final

import pandas as pd

from data.mapping import Field, Mapping, Only
from data.reading import Table

GROUP: Final = 6
"""Six interviews are written out; the second six are the same answers of other people."""

SURVEY: Final[dict[str, tuple[str, ...] | str]] = {
    "start": ("2024-05-01T09:00:00.000+04:30",),
    "end": ("2024-05-01T10:00:00.000+04:30",),
    "today": ("2024-05-01", "2024-05-02", "2024-05-02", "2024-06-01", "########", "2024-06-03"),
    "deviceid": ("ee.kobo:abc",),
    "phonenumber": ("0700111222",),
    "username": ("field1", "field2"),
    "intro/enumerator_name": ("Asker One", "Asker Two"),
    "intro/Gender of the enumerator": ("male", "female"),
    "intro/consent": ("yes", "Yes ", "yes", "yes", "yes", "no"),
    "intro/GPS": ("34.5553 69.2075 1790 4.5",),
    "_intro_GPS_latitude": ("34.5553",),
    "_intro_GPS_longitude": ("69.2075",),
    "_intro_GPS_altitude": ("1790",),
    "_intro_GPS_precision": ("4.5",),
    "who/full_name": ("Nobody Atall", "Nobody Here"),
    "who/nom et prénom du père": ("Personne Dutout",),
    "who/Numéro de téléphone": ("+93 700 111 222",),
    "who/contact": ("+93 700 111 222", "+93 700 111 223"),
    "who/Do you own a mobile phone?": ("yes", "no"),
    "who/e-mail": ("nobody@example.org",),
    "who/passport_no": ("P000001",),
    "who/date_of_birth": ("1990-01-01",),
    "who/beneficiary_code": "B-{:03d}",
    "who/Sexe du  répondant ": ("Féminin", "Masculin", "femme ", "Homme", "Refused", "Masculin"),
    "who/Age": ("17", "24", "35", "50", "", "30"),
    "who/household_size": ("4", "7", "2"),
    "return/Which country did you return from?": ("Germany ", "Allemagne", "Pakistan", "Iran", "پاکستان", "Germany"),
    "return/Pays de retour": ("Afghanistan", "AFG", "افغانستان", "Afganistán", "Afghanistan", "Afghanistan"),
    "return/Fecha de retorno": ("2023-05-01", "2024-01-02", "2023-11-02", "", "2024-01-01", "2024-01-01"),
    "return/Manner of return": (
        "Deportation", "Assisted return", "Spontaneous", "expulsion ", "Assisted return", "Spontaneous",
    ),
    "return/order_to_leave": ("yes", "oui", "no", "sí", "Don't know", "no"),
    "return/right to stay": ("no", "no", "yes", "no", "", "yes"),
    "return/pressured to leave": ("no", "no", "no", "no", "no", "no"),
    "return/would have preferred to stay": ("yes", "no", "yes", "yes", "no", "no"),
    "return/invited to return": ("no",),
    "return/How free was your choice to return?": (
        "no choice at all", "some choice", "free choice", "No choice", "Refused", "free choice",
    ),
    "return/comments": "We left with nothing and I would like somebody to hear how it was on road {}",
    "eco/How satisfied are you with your current economic situation?": (
        "Very satisfied", "insatisfait", "neutre", "satisfied ", "Refused", "neutral",
    ),
    "eco/Are you able to borrow money?": ("yes", "no", "oui", "non", "yes", "yes"),
    "eco/How often do you borrow money?": ("never", "often", "Very often", "rarely", "sometimes", "never"),
    "eco/Are you currently working?": ("no", "yes", "no", "yes", "yes", "yes"),
    "eco/Are you searching for a job?": ("yes", "no", "no", "no", "no", "no"),
    "eco/income_last_month": ("12000", "8000", "0"),
    "soc/Acceso a la vivienda": ("muy bueno", "malo", "bueno", "regular", "muy malo", "bueno"),
    "soc/Access to health care": ("good", "fair", "poor", "very poor", "", "good"),
    "soc/Access to education": ("very_good", "good", "fair", "poor", "very_poor", "good"),
    "soc/rent": ("100", "150"),
    "psy/Participation in social activities": ("never", "rarely", "sometimes", "often", "very often", "never"),
    "psy/Sense of belonging (1 = none, 5 = very strong)": ("1", "2", "3", "4", "5", "3"),
    "psy/Discrimination felt (1 = always, 5 = never)": ("5", "4", "3", "2", "1", "3"),
    "psy/note ${first}\nof the day": ("",),
    "help/Type of assistance received": (
        "cash grant | small business", "Training or job placement", "none", "small business | a goat", "", "none",
    ),
    "help/other": ("",),
    "help/who gave it, in own words": ("an office",),
    "_id": "10{:02d}",
    "_uuid": "u-{}",
    "_submission_time": ("2024-06-05T10:00:00",),
    "_validation_status": ("Approved",),
    "_submitted_by": ("field1",),
    "_index": "{}",
}  # fmt: skip


def survey(columns: dict[str, tuple[str, ...] | str] = SURVEY) -> Table:
    """Twelve interviews: every column's cells repeat until all rows have one."""
    rows = range(2 * GROUP)
    frame = {}
    for place, (heading, cells) in enumerate(columns.items()):
        if isinstance(cells, str):
            body = [cells.format(row) for row in rows]
        else:
            body = [cells[row % GROUP % len(cells)] for row in rows]
        frame[place] = pd.Series([heading, *body], dtype="str")
    return Table(pd.DataFrame(frame))


def finished(mapping: Mapping) -> Mapping:
    """What a programme officer adds on screen to the proposed mapping."""
    own = {
        "removed_by_force": Field(
            "removed_by_force",
            ("return/Manner of return",),
            (("Deportation", "yes"), ("Expulsion", "yes")),
            otherwise="no",
        ),
        "wave": Field("wave", constant="1"),
        "country_of_return": Field("country_of_return", constant="AFG"),
        "p23": Field(
            "p23",
            ("psy/Sense of belonging (1 = none, 5 = very strong)",),
            (("1", "0"), ("2", "0.25"), ("3", "0.5"), ("4", "0.75"), ("5", "1")),
        ),
        "p26": Field(
            "p26",
            ("psy/Discrimination felt (1 = always, 5 = never)",),
            (("1", "0"), ("2", "0.25"), ("3", "0.5"), ("4", "0.75"), ("5", "1")),
        ),
        "assistance": Field(
            "assistance",
            ("help/Type of assistance received",),
            (("small business", "business"), ("cash grant", "cash"), ("Training or job placement", "training"),
             ("none", "none")),
            otherwise="other",
        ),
    }  # fmt: skip
    kept = tuple(field for field in mapping.fields if field.field not in own)
    return Mapping(mapping.name, (*kept, *own.values()), mapping.headings, (Only("intro/consent", ("Yes",)),))
