"""The brand line: the app's name and mark, or those of whoever runs it."""

import os
from html import escape
from pathlib import Path
from typing import Final

NAME_VARIABLE: Final = "RETURN_SPECTRUM_NAME"
LOGO_VARIABLE: Final = "RETURN_SPECTRUM_LOGO"

_MARK: Final = ("#bfe5d3", "#6dc5b8", "#35a0c2", "#3b76b8", "#4c4a9e", "#47206b")
"""From most to least voluntary, as the bands are."""

_WIDTH, _STEP, _SIGN = 54, 9, 9.4


def name() -> str:
    """What the app is called: its own name, or what `RETURN_SPECTRUM_NAME` says."""
    return os.environ.get(NAME_VARIABLE, "").strip() or "Return Spectrum"


def logo() -> str:
    """The picture over the sidebar: the file that `RETURN_SPECTRUM_LOGO` names, or the mark with the name, as SVG."""
    own = os.environ.get(LOGO_VARIABLE, "").strip()
    if own and Path(own).is_file():
        return own
    mark = "".join(
        f'<rect x="{place * _STEP}" y="9" width="{_STEP - 1}" height="14" rx="1.5" fill="{colour}"/>'
        for place, colour in enumerate(_MARK)
    )
    # The ink is between light and dark: a picture does not know which theme it stands on.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + 10 + _SIGN * len(name()):.0f} 32" height="32">'
        f'{mark}<text x="{_WIDTH + 8}" y="22" font-family="sans-serif" font-size="17" font-weight="650" '
        f'fill="#3b7fa0">{escape(name())}</text></svg>'
    )
