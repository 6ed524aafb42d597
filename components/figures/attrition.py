"""Who was lost: how many are interviewed again, how the lost stood at first, why they were lost, and who left again."""

from components.charts.differences import differences
from components.charts.reasons import reasons as reasons_chart
from components.charts.retention import retention as retention_chart
from components.charts.shares import shares
from components.figure import About, Asked, Figure, Section
from components.figures.choices import PEOPLE, WAVES, no_path
from components.figures.finding import TOO_FEW, clear, leader, shares_told, short_enough, sure_of, than
from data.disclosure import Released
from data.labels import label
from data.summaries.attrition import kept_and_lost, reasons, remigration, retention
from data.vocabulary import SCORE_LABELS, SCORES, Score


def retained(released: Released, last: int) -> str:
    """The share of people interviewed again at the last wave, or its span over the groups."""
    rows = released.only("wave", last).only("state", "interviewed").rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    return shares_told(
        released,
        rows,
        f"{{}} of the first wave's people were interviewed at wave {last}",
        f"Interviewed again at wave {last}",
        f"No group is shown to be interviewed again more often than another (wave {last})",
    )


def stood_otherwise(released: Released, score: Score) -> str:
    """Whether the people who were kept stood otherwise at first than those who were lost."""
    what = f"{SCORE_LABELS[score].lower()} score"
    rows = released.only("score", score).only("state", "interviewed").rows.dropna(subset=["difference"])
    if rows.empty:
        return "Too few people were lost, or kept, to compare them"
    if clear(rows).empty:
        return f"Those kept and those lost are not shown to differ at first ({what})"
    return f"Those kept stood {than(rows['difference'].iloc[0])} at first than those lost ({what})"


def why_lost(released: Released) -> str:
    """The reason most often recorded for not being interviewed again."""
    rows = released.rows[released.rows["loss_reason"] != "not_recorded"].dropna(subset=["share"])
    if rows.empty:
        return "Why people were lost is not recorded, or may not be shown"
    top = leader(rows, "share")
    if top is None:
        return "No one reason for loss is shown to be recorded most often"
    return short_enough(
        f"Most often recorded for loss: {label('loss_reason', top['loss_reason']).lower()}, {sure_of(top)}",
        f"The reason most often recorded accounts for {sure_of(top)} of losses",
    )


def left_again(released: Released) -> str:
    """How many of the people who left again did so by necessity."""
    rows = released.only("leaving", "necessity").rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few people left again to say how"
    return shares_told(
        released,
        rows,
        "Of those who left again, {} did so by necessity",
        "Left again by necessity",
        "Left again by necessity: no difference between groups is shown",
    )


def _people_and_waves(asked: Asked) -> tuple[object, ...]:
    return asked[PEOPLE], asked[WAVES]


RETENTION = Figure(
    key="retention",
    name="Interviewed again, lost, left",
    summary=retention,
    asks=_people_and_waves,
    chart=retention_chart,
    headline=lambda found, asked: retained(found, asked[WAVES][-1]),
    title=lambda asked: f"Share of the people of wave {asked[WAVES][0]} by what became of them",
    about=About(
        "What became, at each later wave, of everyone interviewed at the first: interviewed again, known to have left "
        "the country again, or not interviewed.",
        "Everyone of the first wave is followed, whatever the filters say of later interviews; the three shares add up "
        "to 1. People count by their design weight at the first wave and stay in the group they were in then.",
        "Why people were not found: that is told only as far as it was recorded. Not being found is never read as "
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
        f"First scores of those kept, and of those who left again, less those of the lost (wave {asked[WAVES][-1]})"
    ),
    about=About(
        "How those who could be interviewed again stood at the first wave, against those who could not. A difference "
        "means that the later waves speak for other people than the first.",
        "Mean scores of the first wave by where the same people stand at the last; differences are of two samples of "
        "different people (Welch), with 95% intervals that hold for all shown at once.",
        "How the lost fared afterwards. Whoever stood alike at first may have fared otherwise since.",
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
        f"Why people of wave {asked[WAVES][0]} were not interviewed at wave {asked[WAVES][-1]}, as far as recorded"
    ),
    about=About(
        "The reasons recorded for people who were not interviewed at the last wave chosen, and how many have none.",
        "The latest interview that records a reason counts; people known to have left the country again are not among "
        "the lost. Shares are by the design weight of the first wave, with 95% and 66% Wilson intervals.",
        "What nobody wrote down. A large “not recorded” means that the reasons shown are of a few.",
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
    title=lambda _: "Of the people who left again: by choice or by necessity; element 30 is in the table",
    about=About(
        "How the people who left the country again by the last wave did so: by choice or by necessity. Leaving again "
        "is not by itself failure; what counts is whether it was a choice.",
        "Shares of those who left, with Wilson intervals. The table also holds the mean of element 30 (need or wish to "
        "leave again) in the last interview before, less that of the people who stayed.",
        "Who left without anybody knowing: they are among the lost.",
    ),
)

SECTION = Section(
    key="lost",
    title="Who was lost",
    rows=(RETENTION, (STOOD, WHY), LEFT),
    controls=(WAVES, PEOPLE),
    unless=no_path,
)
