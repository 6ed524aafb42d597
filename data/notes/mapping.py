"""Codes of what is said while a file's columns are mapped."""

from data.notes.code import Code


class Mapped(Code):
    """Why a column may be a field, why it looks personal, and what changed in a form."""

    # Why a column may be a field
    HEADING_IS = "heading_is", "words"
    HEADING_ENDS_IN = "heading_ends_in", "words"
    HEADING_HAS = "heading_has", "words"
    VALUES_LOOK_LIKE = "values_look_like", "field"
    VALUES_AGREE = "values_agree"
    VALUES_DIFFER = "values_differ"

    # Why a column looks personal
    BIRTH = "birth"
    PHONES = "phones"
    EMAILS = "emails"
    PLACE = "place"
    ASKER = "asker"
    DEVICE = "device"
    DOCUMENTS = "documents"
    ABOUT_THE_FORM = "about_the_form"
    FREE_TEXT = "free_text"
    NAMES = "names"
    LIKE_EMAILS = "like_emails"
    LIKE_PHONES = "like_phones"
    LIKE_COORDINATES = "like_coordinates"

    # What changed in a form
    NEW_COLUMNS = "new_columns", "count", "names"
