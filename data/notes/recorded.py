"""Codes of what must be known of recorded returns: of a source's way to count, and of what a file held."""

from data.notes.code import Code


class Recorded(Code):
    """What a reader must know of recorded returns; parameters are counts, years and the file's own names."""

    # Any table
    LEFT_OUT = "left_out", "reason", "count", "people", "names", "more"
    SIDE_UNKNOWN = "side_unknown", "column", "people"
    SPELLINGS_JOINED = "spellings_joined", "count"
    CATEGORY_UNKNOWN = "category_unknown", "people", "count"
    MONTHS_MISSING = "months_missing", "years"
    BY_HAND = "by_hand"

    # One source or kind of table
    UK_VOLUNTARY = "uk_voluntary"
    UNHCR_NO_BAND = "unhcr_no_band"
    FRONTEX_OPERATIONS = "frontex_operations"
    FRONTEX_CHARTERS = "frontex_charters"
    FRONTEX_ITSELF = "frontex_itself", "count", "people"
    GUATEMALA_NO_BAND = "guatemala_no_band"
    GUATEMALA_TOGETHER = "guatemala_together"
    GUATEMALA_NO_HOST = "guatemala_no_host", "people", "years"
    MEXICO_NATIONALITIES = "mexico_nationalities"
    MEXICO_ASSISTED = "mexico_assisted"
    EU_ORDERS = "eu_orders"
    EU_REFUSALS = "eu_refusals"
    EU_ALL_ORDERED = "eu_all_ordered"
    EU_VOLUNTARY = "eu_voluntary"
    EU_CITIZENSHIPS = "eu_citizenships"
    EU_NO_CITIZENSHIP = "eu_no_citizenship"
    EU_ROUNDED = "eu_rounded"
    EU_ONE_VALUE = "eu_one_value", "dimension"
    TAGS_NO_RETURNS = "tags_no_returns"
    TAGS_STOCK = "tags_stock"
    TAGS_NO_HOST = "tags_no_host"
    TAGS_OTHER_PEOPLE = "tags_other_people", "count"
    TAGS_NO_BAND = "tags_no_band"
    TAGS_LEVEL = "tags_level", "level"
    OWN_BANDS_UNKNOWN = "own_bands_unknown", "count"
    OWN_NO_BANDS = "own_no_bands"
    OWN_NO_RETURNS = "own_no_returns"
    OWN_COUNTRIES = "own_countries", "columns"

    # How many a basis counts
    COUNTED = "counted", "first", "last", "people"
    COUNTED_NOBODY = "counted_nobody"
    COUNTED_NOTHING = "counted_nothing"
