"""Secret numbers of people and their interviews: what seeds the noise of all that is told of them.

A person's key is a keyed hash (BLAKE2b) of the identifier, with the library's secret, made once when a cohort is kept;
an interview's is the person's, mixed with its wave and month, and with how many there were before it at that time. So
the same interviews have the same keys in every dataset and copy of the app that shares the secret, and nobody who does
not know it can tell which draw of noise a set of people has. Nothing can be told of a person by a key without it.
"""

import hashlib
import secrets
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import SEED_BITS
from data.writing import replacing

PUBLIC: Final = b"return-spectrum: synthetic people only"
"""The secret of synthetic cohorts: made-up people need none, and their figures are to be the same everywhere."""

KEYS: Final = ("person_key", "interview_key")

FILE: Final = "secret"
_BYTES: Final = 32
_MASK: Final = np.uint64(2**SEED_BITS - 1)


class SecretError(RuntimeError):
    """The secret cannot be used; one sentence for the user."""


def secret(folder: Path) -> bytes | None:
    """The library's secret; None where it has none yet. Raises `SecretError` where it cannot be read or is damaged."""
    try:
        found = (folder / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SecretError(f"The library's file “{FILE}” cannot be read: let the app's user read it.") from error
    if len(found) != _BYTES:  # without one, anybody could make the keys
        raise SecretError(f"The library's file “{FILE}” is damaged: put back the one of your backup.")
    return found


def make_secret(folder: Path) -> bytes:
    """The library's secret, made if it has none; only for whoever holds the library's lock.

    It is a file that its owner alone may read (mode 0600), so copies of the app that share the folder share it.
    """
    if (found := secret(folder)) is not None:
        return found
    with replacing(folder) as written:
        written.file.write(secrets.token_bytes(_BYTES))
        written.become(folder / FILE)
    return (folder / FILE).read_bytes()


def keyed(interviews: pd.DataFrame, by: bytes) -> pd.DataFrame:
    """`interviews` (with `person`, `wave` and `months`) with a column of whole numbers for each of `KEYS`."""
    codes, persons = pd.factorize(interviews["person"])
    person = np.array([_hashed(str(each), by) for each in persons], dtype="uint64")[codes]
    wave, months = (interviews[name].astype("float64").fillna(-1.0).to_numpy() for name in ("wave", "months"))
    when = np.round(wave * 2**16 + months * 16).astype("int64")
    # Of two interviews at one time each has a key of its own: equal ones would cancel in an exclusive or.
    again = (
        pd.DataFrame({"person": codes, "when": when}).groupby(["person", "when"]).cumcount().to_numpy().astype("uint64")
    )
    interview = _mixed(_mixed(_mixed(person) ^ _mixed(when.view("uint64") + np.uint64(1))) + again)
    keys = (person & _MASK, interview & _MASK)
    return interviews.assign(**{name: key.astype("int64") for name, key in zip(KEYS, keys, strict=True)})


def _hashed(person: str, by: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(person.encode("utf-8", "surrogatepass"), key=by, digest_size=8).digest())


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number scrambled (the finaliser of splitmix64: Steele, Lea & Flood, OOPSLA 2014)."""
    with np.errstate(over="ignore"):
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
