"""What is drawn side by side: people grouped by one column, or everyone together."""

from dataclasses import dataclass

WAVE = "wave"


@dataclass(frozen=True)
class Grouping:
    """People side by side: the values `groups` of column `by`, in the order in which they are shown."""

    by: str
    groups: tuple[str, ...] = ()

    @property
    def over_waves(self) -> bool:
        """Whether one person may be in several groups: by wave, each interview counts in its own."""
        return self.by == WAVE


def named(grouping: Grouping | None) -> str:
    """What the name of a figure says of its groups, such as "-by-age-group"; nothing where everyone is together."""
    return f"-by-{grouping.by.replace('_', '-')}" if grouping else ""
