"""What every enumeration of codes is made of."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code for something to be said, declared with the names of its parameters."""

    parameters: tuple[str, ...]

    def __new__(cls, value: str, *parameters: str) -> Self:
        """Take the code and the names of its parameters."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.parameters = parameters
        return code
