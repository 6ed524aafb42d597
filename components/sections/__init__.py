"""What the larger pages are made of: one section at a time, so that a page answers one question and is fast."""

from typing import Final

SECTIONS: Final = {
    "distributions": (
        "Spread",
        "From score to answer",
        "Group against group",
        "Three dimensions together",
        "Beside the community",
    ),
    "spectrum": ("Who returned how", "Scores along the bands", "Label and experience", "Placing a return"),
    "trajectories": (
        "The path",
        "Who was lost",
        "Shapes of paths",
        "Between levels",
        "What moved",
        "By month",
        "Children",
    ),
}
"""The sections of each page that has some, by their names on screen and in links; the first is shown first."""
