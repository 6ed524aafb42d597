"""Codes of what was found, and done, when a file of interviews was read, or a table of any kind."""

from data.notes.code import Code


class Doubt(Code):
    """What a reader must know of a file that loads; parameters are counts, and names of columns and sheets."""

    TEXT = "text", "text"
    """A sentence: one kept by an earlier version, or that of an error."""

    # The file
    FIRST_SHEET = "first_sheet", "count"
    LETTERS = "letters", "letters"
    SEPARATOR = "separator", "separator"
    ABOVE_HEADING = "above_heading", "rows"
    HXL_ROW = "hxl_row"
    NOT_APPROVED = "not_approved", "rows"
    SENT_AGAIN = "sent_again", "rows"
    CHOICES_JOINED = "choices_joined", "count"
    NO_CHOICE = "no_choice", "count"
    SEVERAL_CHOICES = "several_choices", "count"
    REPEATS_JOINED = "repeats_joined", "names"
    EMPTY_COLUMNS = "empty_columns", "count"
    HEADINGS_NUMBERED = "headings_numbered"
    SHEETS_LEFT_OUT = "sheets_left_out", "names"
    WAVES_STACKED = "waves_stacked", "count", "unit", "times"
    NOTHING_IN_WAVES = "nothing_in_waves", "rows"
    UNKNOWN_HEADINGS = "unknown_headings", "count", "names"
    ROWS_NOT_PICKED = "rows_not_picked", "rows", "of"
    COLUMNS_NOT_USED = "columns_not_used", "count", "personal"

    # The interviews in it
    COUNTRY_UNKNOWN = "country_unknown", "field", "rows"
    NAMIBIA = "namibia", "columns", "rows"
    WEIGHT_BLANK = "weight_blank", "rows"
    WEIGHT_FAR = "weight_far", "rows"
    TAKEN_FOR_PERSON = "taken_for_person", "columns"
    BAND_BLANK = "band_blank", "rows"
    BAND_AGAINST_FACTS = "band_against_facts", "rows"
    BEFORE_RETURN = "before_return", "rows"
    ALL_ZERO = "all_zero", "rows"
    TWICE_IN_WAVE = "twice_in_wave", "rows"
    UNDER_18 = "under_18", "rows"
    NO_WAVES = "no_waves"
