"""Countries resolve by name and code, never to a wrong one."""

import csv
from pathlib import Path

import pandas as pd
import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.countries import corridor, corridor_label, name, resolve, resolve_all
from tests.data.test_flows_real import FRONTEX, MEXICO, SHARED, UK, UK_CUT

REAL = Path(__file__).parents[1] / "fixtures" / "real"
IOM = SHARED / "iom-gdidata/countrynames.csv"
UK_STRANGE = {"British overseas citizens", "Cyprus (Northern part of)", "Former Yugoslavia", "Serbia and Montenegro"}
CODES = [country.alpha_3 for country in pycountry.countries]
TRAPS = {
    "Côte d'Ivoire": "CIV",
    "Côte d’Ivoire": "CIV",
    "Cote D´ivoire": "CIV",
    "COTE D IVOIRE": "CIV",
    "Ivory Coast": "CIV",
    "Iran (Islamic Rep. of)": "IRN",
    "Iran (Islamic Republic of)": "IRN",
    "Dem. Rep. of the Congo": "COD",
    "Congo DR": "COD",
    "DRC": "COD",
    "Congo (Democratic Republic)": "COD",
    "Congo": "COG",
    "Republic of the Congo": "COG",
    "Turkey": "TUR",
    "Türkiye": "TUR",
    "Venezuela, Bolivarian Republic Of": "VEN",
    "Serbia and Kosovo: S/RES/1244 (1999)": "SRB",
    "Kosovo": "XKX",
    "Kosovo*": "XKX",
    "XK": "XKX",
    "EL": "GRC",
    "UK": "GBR",
    "U.K.": "GBR",
    "China, Hong Kong SAR": "HKG",
    "Swaziland": "SWZ",
    "Cape Verde": "CPV",
    "Burma": "MMR",
    "Macedonia": "MKD",
    "State of Palestine": "PSE",
    "Syrian Arab Rep.": "SYR",
    "Lao People's Dem. Rep.": "LAO",
    "Lao People’s Dem. Rep.": "LAO",
    "Rep. of Korea": "KOR",
    "Dem. People's Rep. of Korea": "PRK",
    "Russia": "RUS",
    " Pakistan ": "PAK",
    "Bermuda (British)": "BMU",
    "Virgin Islands (British)": "VGB",
    "Virgin Islands (United States)": "VIR",
    "NA": "NAM",
    "na": "NAM",
    "AND": "AND",  # Andorra's code, not the word
    "ST": "STP",  # São Tomé's code, not "Saint"
    "AUS": "AUS",  # ISO's, where UNHCR means Austria
    "Niger": "NER",
    "Nigeria": "NGA",
    "Guinea": "GIN",
    "Equatorial Guinea": "GNQ",
    "Dominica": "DMA",
    "Dominican Rep.": "DOM",
    "Sudan": "SDN",
    "South Sudan": "SSD",
    "Unknown ": "UNK",
    "Various": "UNK",
    "Stateless": "UNK",
    "Other and unknown": "UNK",
    "UNK": "UNK",
}
NO_COUNTRY = ["", " ", "-", "Frontex", "EU27_2020", "TOTAL", "ALL", "Asia East", "Other", "Korea", "Virgin Islands"]
NO_COUNTRY += ["Former Yugoslavia", "Serbia and Montenegro", "Saint", "Republic", "Islands", "of the", "Pakistann"]


@pytest.mark.parametrize(("text", "iso3"), TRAPS.items())
def test_spellings_met_in_real_files(text: str, iso3: str) -> None:
    assert resolve(text) == iso3


@pytest.mark.parametrize("text", NO_COUNTRY)
def test_what_is_no_country_stays_unresolved(text: str) -> None:
    assert resolve(text) is None


@pytest.mark.parametrize("field", ["alpha_2", "alpha_3", "name", "common_name", "official_name"])
def test_every_entry_of_iso_resolves_to_itself(field: str) -> None:
    """No alias and no other country's entry stands in the way of one."""
    entries = {getattr(country, field): country.alpha_3 for country in pycountry.countries if hasattr(country, field)}
    assert {text: resolve(text) for text in entries} == entries


@given(st.sampled_from(pycountry.countries.objects), st.randoms(use_true_random=False))
def test_case_order_and_punctuation_do_not_matter(country: object, random: object) -> None:
    words = country.name.replace(",", " ").replace("(", " ").replace(")", " ").split()  # type: ignore[attr-defined]
    random.shuffle(words)  # type: ignore[attr-defined]
    text = ", ".join(random.choice([word.upper(), word.lower()]) for word in words)  # type: ignore[attr-defined]
    assert resolve(f" {text}. ") == country.alpha_3  # type: ignore[attr-defined]


@pytest.mark.parametrize("iso3", [*CODES, "XKX", "UNK"])
def test_a_short_name_resolves_to_its_own_code(iso3: str) -> None:
    assert resolve(name(iso3)) == iso3


def test_short_names_are_short() -> None:
    codes = ["IRN", "COD", "SYR", "CIV", "TZA", "XKX", "TUR", "UNK"]
    names = ["Iran", "DR Congo", "Syria", "Côte d'Ivoire", "Tanzania", "Kosovo", "Türkiye", "Unknown country"]
    assert [name(code) for code in codes] == names
    assert max(len(name(code)) for code in CODES) <= len("South Georgia and the South Sandwich Islands")


def test_a_code_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not an ISO3"):
        name("QQQ")


def test_corridors() -> None:
    assert corridor("DEU", "AFG") == "DEU-AFG"
    assert corridor_label("DEU-AFG") == "Germany → Afghanistan"


def test_a_column_keeps_its_index_and_its_gaps() -> None:
    values = pd.Series(["NA", None, "iran", "nowhere", "iran"], index=[9, 8, 7, 6, 6])
    resolved = resolve_all(values)
    assert resolved.index.equals(values.index)
    assert resolved.fillna("missing").tolist() == ["NAM", "missing", "IRN", "missing", "IRN"]


@pytest.mark.parametrize("values", [[], [None, None]])
def test_an_empty_column_stays_empty(values: list[None]) -> None:
    resolved = resolve_all(pd.Series(values, dtype="str"))
    assert resolved.isna().all()
    assert resolved.dtype == "str"


@pytest.mark.parametrize(
    ("file", "names", "codes"),
    [
        ("unhcr_package.csv", ("coo_name", "coa_name"), ("coo_iso", "coa_iso")),
        *(
            (file, ("Country of origin", "Country of asylum"), ("Country of origin (ISO)", "Country of asylum (ISO)"))
            for file in ("unhcr_datafinder_dash.csv", "unhcr_datafinder_preamble.csv")
        ),
    ],
)
def test_names_agree_with_the_codes_beside_them(file: str, names: tuple[str, str], codes: tuple[str, str]) -> None:
    """UNHCR's names and ISO codes, in the rows of its own files."""
    lines = (REAL / file).read_text(encoding="utf-8").splitlines()
    head = next(place for place, line in enumerate(lines) if names[0] in line)
    rows = list(csv.DictReader(lines[head:]))
    pairs = {row[name]: row[code] for row in rows for name, code in zip(names, codes, strict=True) if row[name]}
    assert len(pairs) > 80
    resolved = {text: resolve(text) for text in pairs}
    assert {text for text, iso3 in resolved.items() if iso3 is None} <= {"Tibetan"}
    assert {text: iso3 for text, iso3 in resolved.items() if iso3 not in (None, "UNK", pairs[text])} == {}


NAMED = [case for case in [
    (REAL / "unhcr_countries.csv", "name", "iso_code", {"CRB", "CUR", "Tibetan"}),
    (IOM, "iso2", "iso3", {"AN", "XC"}),
    *(
        (IOM, column, "iso3", {"Abyei Area", "Channel Islands", "Netherlands Antilles", "Tibet",
                               "Unidentified Sub-Saharan Africa"})
        for column in ("name", "name_sort", "name_text")
    ),
] if case[0].exists()]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "column", "code", "unresolved"), NAMED, ids=lambda value: value.name if isinstance(value, Path) else None
)
def test_lists_of_countries_agree_with_ours(file: Path, column: str, code: str, unresolved: set[str]) -> None:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        pairs = {row[column]: row[code] for row in csv.DictReader(lines) if row[column]}
    resolved = {text: resolve(text) for text in pairs}
    assert {text for text, iso3 in resolved.items() if iso3 is None} == unresolved
    assert {text: iso3 for text, iso3 in resolved.items() if iso3 not in (None, "UNK", pairs[text])} == {}


CALLED = [case for case in [
    (UK_CUT, "Return destination", UK_STRANGE),
    (UK, "Return destination", UK_STRANGE),
    (FRONTEX, "MSNAME", {"Frontex"}),
    (FRONTEX, "DEST", set()),
    (MEXICO, "nat", set()),
] if case[0].exists()]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "column", "unresolved"), CALLED, ids=lambda value: value.name if isinstance(value, Path) else None
)
def test_what_real_files_call_a_country(file: Path, column: str, unresolved: set[str]) -> None:
    values = pd.read_csv(file, usecols=[column], dtype="str", keep_default_na=False)[column]
    assert set(values[resolve_all(values).isna()]) == unresolved
