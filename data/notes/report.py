"""Codes of the data report: its sections, lines, headings and what stands in its cells."""

from enum import StrEnum

from data.notes.code import Code


class Reported(Code):
    """A title, a line, a heading or a cell of a data report."""

    REPORT = "report_report", "name"

    # The data
    DATA = "report_data"
    SOURCE = "report_source", "source"
    LICENCE = "report_licence", "licence"
    SYNTHETIC = "report_synthetic"

    # People
    PEOPLE = "report_people"
    FEW_PEOPLE = "report_few_people"
    HOLDS = "report_holds", "people", "interviews", "waves"
    MEMBERS = "report_members", "people"
    ROUNDED = "report_rounded"
    ROUNDED_AND_MASKED = "report_rounded_and_masked"
    WAVE_COLUMN = "report_wave_column"
    PEOPLE_COLUMN = "report_people_column"
    INTERVIEWS_COLUMN = "report_interviews_column"

    # Corridors
    CORRIDORS = "report_corridors"
    CORRIDORS_FOUND = "report_corridors_found", "count"
    CORRIDORS_SHOWN = "report_corridors_shown", "count"
    CORRIDOR_COLUMN = "report_corridor_column"
    RETURNEES_COLUMN = "report_returnees_column"

    # Bands
    BANDS = "report_bands"
    BAND_RULES = "report_band_rules"
    RULE_COLUMN = "report_rule_column"
    BAND_COLUMN = "report_band_column"

    # Duplicates
    DUPLICATES = "report_duplicates"
    AGAIN_IN_WAVE = "report_again_in_wave", "interviews"
    SAME_ROW = "report_same_row", "people"

    # Missing answers and scores
    MISSING = "report_missing"
    ELEMENTS_ASKED = "report_elements_asked", "count"
    NO_ELEMENTS = "report_no_elements"
    NUMBER_COLUMN = "report_number_column"
    ELEMENT_COLUMN = "report_element_column"
    MISSING_COLUMN = "report_missing_column"
    NOT_ASKED = "report_not_asked"
    SCORES = "report_scores"
    PROFILE = "report_profile", "label"
    MINIMUM = "report_minimum", "share"
    SUPPLIED = "report_supplied"
    SCORE_COLUMN = "report_score_column"
    WITH_COLUMN = "report_with_column"
    WITHOUT_COLUMN = "report_without_column"

    # Dates
    DATES = "report_dates"
    RANGES = "report_ranges", "months"
    AGES = "report_ages"
    CHECK_COLUMN = "report_check_column"
    BEFORE_RETURN = "report_before_return"
    AFTER_LAST = "report_after_last"
    MONTHS_DIFFER = "report_months_differ", "months"
    UNDER_18 = "report_under_18"
    UNDER_18_DIFFERS = "report_under_18_differs"
    ALL_ZERO = "report_all_zero"

    # Answers that repeat
    PATTERNS = "report_patterns"
    TOO_FEW_ANSWERS = "report_too_few_answers", "least"
    STRAIGHT = "report_straight", "interviews", "share"
    SAME_DAY = "report_same_day", "least", "groups", "people"
    NO_DATES = "report_no_dates"

    # How easily people can be recognised
    RECOGNISABLE = "report_recognisable"
    KNOWN = "report_known", "columns", "alone", "few", "fewer_than"
    ALONE = "report_alone"
    KEEP_APART = "report_keep_apart"
    BEST_LEFT_OUT = "report_best_left_out", "column"
    NONE_LEFT_OUT = "report_none_left_out"
    LEFT_OUT_COLUMN = "report_left_out_column"
    ALONE_COLUMN = "report_alone_column"
    FEWER_COLUMN = "report_fewer_column", "size"
    NOTHING = "report_nothing"

    # What was done, and the mapping
    DOUBTS = "report_doubts"
    NO_DOUBTS = "report_no_doubts"
    MAPPING = "report_mapping"
    BY_MAPPING = "report_by_mapping", "name"
    MADE_COLUMN = "report_made_column"
    FROM_COLUMN = "report_from_column"
    WORDS_COLUMN = "report_words_column"
    SAME_EVERYWHERE = "report_same_everywhere"


class Vague(StrEnum):
    """What is said in place of a number that would tell too much, or that is not known."""

    FEW = "few"
    ALL = "all"
    ALL_BUT_FEW = "all_but_few"
    UNDER_ONE_PERCENT = "under_one_percent"
    OVER_99_PERCENT = "over_99_percent"
    UNTESTED = "untested"
