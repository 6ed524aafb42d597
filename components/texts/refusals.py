"""Why something cannot be drawn."""

from typing import Final

from components.texts.template import Words
from data.notes import Refused

REFUSALS: Final[dict[Refused, Words]] = {
    Refused.ONE_WAVE: (
        "There are no two waves of these interviews, so no path to draw; a path needs people interviewed again."
    ),
    Refused.NOT_AGAIN: (
        "Hardly anyone here was interviewed twice; different people at different times are not a path."
    ),
    Refused.ONE_WINDOW: "There are no two windows of months with enough people here, so no change between them.",
    Refused.NOT_AGAIN_IN_WINDOWS: (
        "Hardly anyone here was interviewed twice, around month {first} and again around month {later:or}: "
        "different people at different times are not a path."
    ),
}
