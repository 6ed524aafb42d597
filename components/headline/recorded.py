"""Headlines of recorded returns: each names what is counted."""

from components.headline.shared import short_enough
from data.disclosure import Released
from data.flows import Basis
from data.labels import OTHER, basis_label, label
from data.vocabulary import COMPULSORY, UNKNOWN_COUNTRY, ReturnBand


def most_returns(released: Released, year: int, basis: Basis) -> str:
    """The country of return with the most people counted."""
    rows = released.rows.dropna(subset=["people"])
    if rows.empty:
        return f"Nobody is counted in {year} for this choice"
    top = rows.iloc[0]
    name = label("country_of_return", top["country_of_return"])
    return short_enough(
        f"{name} is counted most in {year}: {top['people']:,} people ({basis_label(basis)})",
        f"{name}, {year}: {top['people']:,} people ({basis_label(basis)})",
    )


def recorded(released: Released, basis: Basis) -> str:
    """The year in which most people were counted: of all bands together, or the one group and year with most."""
    rows = released.rows.dropna(subset=["people"])
    by = released.keys[1]
    if rows.empty:
        return "Nobody is counted in a whole year for this choice"
    if by != "band" and rows[by].nunique() > 1:
        top = rows.loc[rows["people"].astype("int64").idxmax()]
        name, most = label(by, top[by]), f"{top['people']:,} people ({basis_label(basis)})"
        return short_enough(f"Highest: {name} in {top['year']}, {most}", f"Highest in {top['year']}: {most}")
    totals = rows.groupby("year")["people"].sum()
    return f"Highest in {totals.idxmax()}: {totals.max():,} people ({basis_label(basis)})"


def largest_pair(released: Released, basis: Basis) -> str:
    """The host country and country of return by name with most people between them."""
    named = released.shown[~released.shown[[*released.keys]].isin([OTHER, UNKNOWN_COUNTRY]).any(axis=1)]
    if named.empty:
        return "No counts by single host country for this choice"
    top = named.loc[named["people"].astype("float64").idxmax()]
    host, to = (label(key, top[key]) for key in released.keys)
    most = f"{top['people']:,} people ({basis_label(basis)})"
    return short_enough(f"Most from {host} to {to}: {most}", f"Most between two countries: {most}")


def recorded_compulsory(released: Released, basis: Basis) -> str:
    """The share of compulsory returns (obliged and forced) among the people whose counts are shown."""
    people = released.shown.groupby("band")["people"].sum()
    if people.empty:
        return "No counts by single host country for this choice"
    if set(people.index) == {ReturnBand.UNCLASSIFIED}:
        return f"All shown are unclassified on the return spectrum ({basis_label(basis)})"
    share = people.reindex(COMPULSORY).sum() / people.sum()
    if share == 1:
        forced = people.get(ReturnBand.FORCED, 0) / people.sum()
        return f"{forced:.0%} of those shown were forced, the others obliged ({basis_label(basis)})"
    return f"{share:.0%} of those shown were obliged or forced ({basis_label(basis)})"


def covered(released: Released) -> str:
    """For how many of the corridors shown, those with most people interviewed, recorded returns are known too."""
    corridors = released.rows["corridor"]
    known = corridors[released.rows["per_thousand"].notna()].nunique()
    return f"Of the {corridors.nunique()} corridors most interviewed, {known} have recorded returns to compare with"
