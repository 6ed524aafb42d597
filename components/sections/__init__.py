"""What the larger pages are made of: one section at a time, so that a page answers one question and is fast."""

from typing import Final

SECTIONS: Final = {
    "distributions": {
        "spread": "Spread",
        "from-score-to-answer": "From score to answer",
        "group-against-group": "Group against group",
        "three-dimensions-together": "Three dimensions together",
        "beside-the-community": "Beside the community",
    },
    "spectrum": {
        "who-returned-how": "Who returned how",
        "scores-along-the-bands": "Scores along the bands",
        "label-and-experience": "Label and experience",
        "placing-a-return": "Placing a return",
    },
    "trajectories": {
        "the-path": "The path",
        "who-was-lost": "Who was lost",
        "shapes-of-paths": "Shapes of paths",
        "between-levels": "Between levels",
        "what-moved": "What moved",
        "by-month": "By month",
        "children": "Children",
    },
}
"""The sections of each page that has some, by code in links with the name on screen; the first is shown first."""
