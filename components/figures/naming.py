"""How a headline names a group of people: briefly, and so that the sentence goes on."""

from dataclasses import dataclass

from data.labels import brief, label


@dataclass(frozen=True)
class Named:
    """A group in a sentence.

    `name` is who they are, `short` the same where it has just been said of whom ("forced" after "voluntary
    returnees"), `among` what follows a share of them ("of women", "on US → El Salvador"); `many` where the verb is in
    the plural.
    """

    name: str
    short: str
    among: str
    many: bool = True

    @property
    def among_others(self) -> str:
        """What follows a share of them where another group was just told of: "of unclassified"."""
        return f"{self.among.partition(' ')[0]} {self.short}"

    def does(self, verb: str) -> str:
        """The group and what it does: "women score", "US → El Salvador scores"."""
        return f"{self.name} {verb}{'' if self.many else 's'}"


def group(by: str, code: object) -> Named:
    """A group by column `by` in a sentence; capitals are put where it begins one (`capital`)."""
    word = brief(by, code)
    if by == "band":
        return _people(f"{word.lower()} returnees", word.lower())
    if by == "sex":
        return _people("people of another gender" if code == "other" else word.lower())
    if by == "age_group":
        return _people(f"people aged {word}", f"those aged {word}")
    if by == "assistance":
        given = "without assistance" if code == "none" else f"given {word.lower()}"
        return _people(f"people {given}", f"those {given}")
    if by == "wave":
        return Named(f"wave {code}", f"wave {code}", f"at wave {code}", many=False)
    if by == "label":
        return _people(f"people recorded as “{label(by, code)}”")
    if by == "corridor":
        return Named(word, word, f"on {word}", many=False)
    return Named(f"people in {word}", word, f"in {word}")


def capital(sentence: str) -> str:
    """`sentence` with a capital letter in front."""
    return sentence[:1].upper() + sentence[1:]


def _people(name: str, short: str = "") -> Named:
    return Named(name, short or name, f"of {name}")
