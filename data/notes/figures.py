"""Codes of what is said beside figures: how they are made, what they do not show, what is left out."""

from data.notes.code import Code


class Said(Code):
    """What a summary says of its figure. Most have no parameters: they tell how the figure is made."""

    # Shares and means
    DESIGN_WEIGHTS = "design_weights"
    ANSWERED = "answered"
    FROM_POINTS = "from_points"
    LINE = "line"
    IN_NO_GROUP = "in_no_group", "share", "of"
    NOT_ASKED = "not_asked", "share"
    BAND_IN_FILE = "band_in_file"

    # Differences
    CASE_MIX = "case_mix"
    TOGETHER = "together"
    CHANGES_TOGETHER = "changes_together"
    PAIRS = "pairs"
    HEDGES = "hedges"
    SLOPE = "slope"
    TOO_FEW_BANDS = "too_few_bands"

    # Like for like, and other weights
    LIKE_FOR_LIKE = "like_for_like"
    COVERAGE = "coverage"
    REGRESSION = "regression"
    NOT_REMOVED = "not_removed"
    FEWER_KINDS = "fewer_kinds", "corridors", "alike_in"
    WEIGHED_OTHERWISE = "weighed_otherwise"
    SIGN = "sign"
    RANKS = "ranks"
    BY_DIMENSION = "by_dimension"
    NOT_WEIGHABLE = "not_weighable"

    # Parts of scores
    GROUPING = "grouping"
    POINTS_LOST = "points_lost"
    CARRIED = "carried"
    WEIGHTS_UNKNOWN = "weights_unknown"
    ALL_THREE = "all_three"
    THIRDS = "thirds"

    # The community
    PARITY = "parity"
    PARITY_LIMITS = "parity_limits"
    COMMUNITY = "community"

    # Waves
    PANEL = "panel", "panel", "codes"
    SAME_PEOPLE = "same_people"
    EVERYONE_SEEN = "everyone_seen"
    GROUP_AT_FIRST = "group_at_first"
    ONE_A_WAVE = "one_a_wave"
    FOLLOWED_WEIGHTED = "followed_weighted"
    WHAT_IF = "what_if"
    WEIGHTS_HELD = "weights_held"
    WEIGHTS_MODEL = "weights_model"
    WEIGHTS_LIMITS = "weights_limits"
    BOTH_WAVES = "both_waves"
    LEVELS = "levels", "low", "high"
    MOVED = "moved"
    PATHS = "paths"
    SHAPES = "shapes", "low", "high", "setback"
    SETBACK = "setback", "setback"
    NOT_FAILURE = "not_failure"
    TURNING_POINT = "turning_point"

    # Who was lost
    FOLLOWED = "followed"
    LOST = "lost"
    AT_FIRST = "at_first"
    LEAVING = "leaving"
    WISH = "wish"
    CHILDREN_FOLLOWED = "children_followed"
    CHILDREN_PASSED = "children_passed"
    CHILDREN = "children"

    # Months since return
    WINDOWS = "windows"
    BOTH_WINDOWS = "both_windows"
    IN_NO_WINDOW = "in_no_window", "interviews"
    GROUP_AT_EARLIEST = "group_at_earliest"
    SMOOTH = "smooth"
    HARDLY_TWICE = "hardly_twice"
    TWICE = "twice", "percent"
    SPLINE = "spline"
    BOOTSTRAP = "bootstrap"

    # Recorded returns, and maps
    YEAR_IN_PART = "year_in_part", "year", "part"
    YEAR_LEFT_OUT = "year_left_out", "year", "part", "people"
    NOT_WHOLE = "not_whole", "years"
    YEARS_LEFT_OUT = "years_left_out", "years"
    LINKS_LEFT_OUT = "links_left_out", "count"
    OTHER_COUNTRIES = "other_countries", "top"
    RECORDED_IS = "recorded_is", "unit", "stock"
    COUNTED_DIFFERENTLY = "counted_differently"
    FOOTNOTE = "footnote", "text"
    MORE_FOOTNOTES = "more_footnotes", "count"
    BORDERS = "borders"
    BORDERS_AND_MISSING = "borders_and_missing", "countries"
