"""What several totals together tell of a hidden number: how far it can lie from what it is, and what keeps it wide.

An attacker who knows every shown cell and total of a table is left with all tables that fit them. A hidden number is
safe if those tables have it at least `WIDTH` people apart. Whether they have is asked of linear algebra first: where
the number is the same all over the null space of what is known, it follows exactly. Where that does not settle it, a
linear program looks for two tables that fit, far enough apart in that number, that differ in the cheapest further
cells; those are then hidden. Sources: Gusfield, "A graph theoretic approach to statistical data security", *SIAM
Journal on Computing* 17 (1988), for two margins; Fischetti & Salazar, "Solving the cell suppression problem on tabular
data with linear constraints", *Management Science* 47 (2001), for any.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

WIDTH: Final = 5
"""People by which the feasible interval of a hidden number of one to nine people spans at least."""

_NOTHING: Final = 1e-6


def widened(n: Numbers, hidden: Flags, known: Numbers, small: Numbers) -> Flags:
    """`hidden`, and the further cells that keep each number of `small` wide enough.

    Of a table with `n` people in its cells, `known` has a row of 0 and 1 over the cells for each known total, and
    `small` one for each number, a cell or a total, that must not be told. A cell without people is taken as known to
    have none, unless nothing else can keep a number wide; where nothing at all can, every cell is hidden.
    """
    ways = _directions(n, hidden, known, small)
    for place, number in enumerate(small):
        if not _moves(number, n, ways[place]):
            hidden = hidden | _helping(number, n, hidden, known)
            ways = _directions(n, hidden, known, small)
    return hidden


def _directions(n: Numbers, hidden: Flags, known: Numbers, small: Numbers) -> Numbers:
    """For each of `small` the direction, over the cells, in which nothing `known` changes and the number does most.

    It is the number's part in the null space of what is known of the hidden cells that have people: what is left of it
    without its part in the row space.
    """
    free = hidden & (n > 0)
    facts, numbers = known * free, small * free
    gram = facts @ facts.T + _NOTHING**2 * np.eye(len(facts))
    return numbers - np.linalg.solve(gram, facts @ numbers.T).T @ facts


def _moves(number: Numbers, n: Numbers, way: Numbers) -> bool:
    """Whether a number can move by `WIDTH` in the direction `way`, both ways taken together, no cell below 0."""
    if np.abs(way).max(initial=0) < _NOTHING:
        return False  # it follows exactly
    down, up = way > _NOTHING, way < -_NOTHING
    span = (n[down] / way[down]).min(initial=np.inf) - (n[up] / way[up]).max(initial=-np.inf)
    return bool(span * (number @ way) >= WIDTH)


def _helping(number: Numbers, n: Numbers, hidden: Flags, known: Numbers) -> Flags:
    """The cells in which another table differs that fits what is `known` too and has `number` higher by `WIDTH`.

    Or, where there is none, those in which two such tables differ, one with more of it and one with less. Moving a cell
    that is shown costs the people in it; cells move by a part above zero and a part below, no cell further than to 0.
    """
    cost, filled = np.where(hidden, _NOTHING, n), np.where(n > 0, np.inf, 0.0)
    for tables, most in ((1, filled), (2, filled), (2, np.full(len(n), np.inf))):
        facts = np.kron(np.eye(tables), np.hstack([known, -known]))
        apart = np.concatenate([number, -number, -number, number])[: 2 * tables * len(n)]
        ends = np.append(np.zeros(len(facts)), WIDTH), np.append(np.zeros(len(facts)), np.inf)
        fits = LinearConstraint(csr_array(np.vstack([facts, apart])), *ends)
        found = milp(np.tile(cost, 2 * tables), constraints=fits, bounds=Bounds(0, np.concatenate([most, n] * tables)))
        if found.success:
            moved: Flags = found.x.reshape(2 * tables, -1).max(axis=0) > _NOTHING
            return moved
    return np.ones(len(n), dtype=bool)
