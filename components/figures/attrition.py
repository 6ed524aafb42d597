"""Who was lost: how many are interviewed again, how the lost stood at first, why they were lost, and who left again."""

from components.charts.differences import differences
from components.charts.reasons import reasons as reasons_chart
from components.charts.retention import retention as retention_chart
from components.charts.shares import shares
from components.figure import About, Asked, Figure, Section
from components.figures.choices import PEOPLE, WAVES, no_path
from components.figures.finding import (
    TOO_FEW,
    Said,
    clear,
    fitting,
    leader,
    lone,
    of_score,
    shares_told,
    sure_of,
    than,
)
from components.rounding import percent
from data.disclosure import Released
from data.labels import label
from data.summaries.attrition import kept_and_lost, reasons, remigration, retention
from data.vocabulary import SCORES, Score


def retained(released: Released, last: int) -> str:
    """The share of people interviewed at the last wave; of one group also of those not reached, and who left again."""
    rows = released.only("wave", last).only("state", "interviewed").rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    if lone(released):
        others = released.only("wave", last).rows.set_index("state")["share"].reindex(["not_interviewed", "remigrated"])
        told = f"{sure_of(rows.iloc[0])} were interviewed at wave {last}"
        rest = "; {} were not reached, {} left again".format(*map(percent, others)) if others.notna().all() else ""
        return fitting(told + rest, told)
    return shares_told(
        released,
        rows,
        Said(
            f"{{}} were interviewed at wave {last}",
            f"{{high}} were interviewed at wave {last}; {{low}} were",
            f"{{}} of each group were interviewed at wave {last}",
            f"No group is shown to be interviewed again more often than another (wave {last})",
        ),
    )


def stood_otherwise(released: Released, score: Score) -> str:
    """Whether the people who were lost stood otherwise at first than those who were kept."""
    rows = released.only("score", score).only("state", "interviewed").rows.dropna(subset=["difference"])
    if rows.empty:
        return "Too few people were lost, or kept, to compare them"
    if clear(rows).empty:
        return f"People we lost and people we kept are not shown to have started differently{of_score(score)}"
    return f"People we lost had started {than(-rows['difference'].iloc[0])} than those we kept{of_score(score)}"


def why_lost(released: Released) -> str:
    """The reason most often recorded for not being interviewed again."""
    rows = released.rows[released.rows["loss_reason"] != "not_recorded"].dropna(subset=["share"])
    if rows.empty:
        return "Why people were lost is not recorded, or may not be shown"
    top = leader(rows, "share")
    if top is None:
        return "No one reason for losing contact is shown to be the main one"
    share = percent(top["share"])
    return fitting(
        f"Main reason for losing contact: {label('loss_reason', top['loss_reason']).lower()} ({share})",
        f"The main reason for losing contact accounts for {share}",
    )


def left_again(released: Released) -> str:
    """How many of the people who left again did so by necessity."""
    rows = released.only("leaving", "necessity").rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few people left again to say how"
    return shares_told(
        released,
        rows,
        Said(
            "Of those who left again, {} did so by necessity",
            "Of those who left again, {high} did so by necessity, {low}",
            "Of those who left again, {} of each group did so by necessity",
            "Left again by necessity: no difference between groups is shown",
            of="",
        ),
    )


def _people_and_waves(asked: Asked) -> tuple[object, ...]:
    return asked[PEOPLE], asked[WAVES]


RETENTION = Figure(
    key="retention",
    name="Interviewed, not reached, left again",
    summary=retention,
    asks=_people_and_waves,
    chart=retention_chart,
    headline=lambda found, asked: retained(found, asked[WAVES][-1]),
    title=lambda asked: f"Share of the people of wave {asked[WAVES][0]} by what became of them",
    about=About(
        "What became of everyone interviewed at the first wave: at each later one they were interviewed, had left the "
        "country again, or were not reached.",
        "Everyone of the first wave is followed, whatever the filters say of later interviews; the three shares add up "
        "to 100%. People count by their design weight at the first wave and stay in the group they were in then.",
        "Why people were not reached: that is told only as far as it was recorded. Not being reached is never read as "
        "having left.",
    ),
)

STOOD = Figure(
    key="kept-and-lost",
    name="First scores of the kept and the lost",
    summary=kept_and_lost,
    asks=lambda asked: (asked[WAVES], SCORES),
    chart=differences,
    headline=lambda found, asked: stood_otherwise(found, asked.view.score),
    title=lambda asked: (
        f"First scores of those interviewed, and of those who left again, less those of people not reached at wave "
        f"{asked[WAVES][-1]}"
    ),
    about=About(
        "How people who could be interviewed again had scored at the first wave, against those who were not reached. "
        "A difference means that the later waves speak for other people than the first.",
        "Mean scores of the first wave by where the same people stand at the last; differences are of two samples of "
        "different people (Welch), with 95% intervals that hold for all shown at once.",
        "How people who were not reached fared afterwards: those who started alike may have fared differently since.",
    ),
)

WHY = Figure(
    key="reasons-for-loss",
    name="Reasons for loss",
    summary=reasons,
    asks=lambda asked: (asked[WAVES],),
    chart=reasons_chart,
    headline=lambda found, _: why_lost(found),
    title=lambda asked: (
        f"Why people of wave {asked[WAVES][0]} were not reached at wave {asked[WAVES][-1]}, as far as recorded"
    ),
    about=About(
        "The reasons recorded for people who were not reached at the last wave chosen, and how many have none.",
        "The latest interview that records a reason counts; people known to have left again are not among "
        "them. Shares are by the design weight of the first wave, with 95% and 66% Wilson intervals.",
        "What nobody wrote down. Where “no reason recorded” is large, the reasons shown are those of a few.",
    ),
)

LEFT = Figure(
    key="leaving-again",
    name="Leaving again",
    summary=remigration,
    asks=_people_and_waves,
    chart=shares,
    drawn=lambda _: ("leaving",),
    headline=lambda found, _: left_again(found),
    title=lambda _: "People who left again: share who did so by choice or by necessity",
    about=About(
        "How the people who left the country again by the last wave did so: by choice or by necessity. Leaving again "
        "is not by itself failure; what counts is whether it was a choice.",
        "Shares of those who left, with Wilson intervals. The table also holds the mean of element 30 (need or wish to "
        "leave again) in the last interview before, less that of the people who stayed.",
        "Who left without anybody knowing: they are among the people not reached.",
    ),
)

SECTION = Section(
    key="lost",
    title="Who was lost",
    rows=(RETENTION, (STOOD, WHY), LEFT),
    controls=(WAVES, PEOPLE),
    unless=no_path,
)
