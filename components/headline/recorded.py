"""Headlines of recorded returns."""

from components.headline.shared import short_enough
from data.flows.bands import NOT_RETURNS
from data.labels import OTHER, label
from data.release import Released
from data.vocabulary import COMPULSORY, UNKNOWN_COUNTRY, ReturnBand


def most_returns(released: Released, year: int) -> str:
    """The country of return with the most recorded returns."""
    rows = released.rows.dropna(subset=["people"])
    if rows.empty:
        return f"No recorded returns in {year} for this choice"
    top = rows.iloc[0]
    name = label("country_of_return", top["country_of_return"])
    told = "received most recorded returns" if _of_returns(released) else "is counted most (not returns)"
    return f"{name} {told} in {year}: {top['people']:,} people"


def recorded(released: Released) -> str:
    """The year in which the groups shown had most recorded returns."""
    totals = released.rows.groupby("year")["people"].sum(min_count=1).dropna()
    if totals.empty:
        return "No recorded returns for this choice"
    what = "Recorded returns" if _of_returns(released) else "Counts (not returns)"
    return f"{what} shown were highest in {totals.idxmax()}: {totals.max():,} people"


def largest_pair(released: Released) -> str:
    """The host country and country of return by name with most people between them."""
    named = released.shown[~released.shown[[*released.keys]].isin([OTHER, UNKNOWN_COUNTRY]).any(axis=1)]
    if named.empty:
        return "No counts by single host country for this choice"
    top = named.loc[named["people"].idxmax()]
    host, to = (label(key, top[key]) for key in released.keys)
    most = f"{top['people']:,} people"
    return short_enough(f"Most are recorded from {host} to {to}: {most}", f"Most between two countries: {most}")


def recorded_compulsory(released: Released) -> str:
    """The share of compulsory returns (obliged and forced) among the people whose counts are shown."""
    people = released.shown.groupby("band")["people"].sum()
    if people.empty:
        return "No counts by single host country for this choice"
    if set(people.index) == {ReturnBand.UNCLASSIFIED}:
        return "All people shown are unclassified on the return spectrum"
    share = people.reindex(COMPULSORY).sum() / people.sum()
    if share == 1:
        return f"{people.get(ReturnBand.FORCED, 0) / people.sum():.0%} of people shown were forced, the others obliged"
    return f"{share:.0%} of people shown were obliged or forced"


def covered(released: Released) -> str:
    """For how many of the corridors shown both interviews and recorded returns are known."""
    corridors = released.rows["corridor"]
    known = corridors[released.rows["per_thousand"].notna()].nunique()
    return f"{known} of {corridors.nunique()} corridors have both interviews and recorded returns shown"


def _of_returns(released: Released) -> bool:
    """Whether recorded figures count returns, which some official counts beside them do not."""
    return not released.context.sentence.startswith(NOT_RETURNS)
