"""Codes of why something cannot be drawn."""

from data.notes.code import Code


class Refused(Code):
    """Why there is no path to draw."""

    ONE_WAVE = "one_wave"
    NOT_AGAIN = "not_again"
    ONE_WINDOW = "one_window"
    NOT_AGAIN_IN_WINDOWS = "not_again_in_windows", "first", "later"
