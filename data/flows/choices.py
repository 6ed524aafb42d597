"""What a file of recorded returns leaves open, and the reader must say."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One thing to say about a file: `options` are keys with their words, `default` the key taken where nobody says.

    `default` is None where no option is safer than another: the file is then refused until someone says.
    """

    key: str
    title: str
    options: Mapping[str, str]
    default: str | None = None


def chosen(choice: Choice, said: Mapping[str, str]) -> str | None:
    """The option that `said`, from key to option, takes, or the default. ValueError, in words, where it is none."""
    option = said.get(choice.key, choice.default)
    if option is not None and option not in choice.options:
        raise ValueError(f"{choice.title}: choose one of {', '.join(choice.options)}, not {option!r}.")
    return option
