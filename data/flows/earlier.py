"""Recorded returns kept by earlier versions of the app, in today's columns."""

from typing import Final

import ibis
import ibis.expr.types as ir

from data.flows.schema import SINCE, TYPES

_NOT_RETURNS: Final = "Not returns: "
"""How the category began of counts that are no returns, before a column said so."""

_AT_ONE_TIME: Final = ", at the latest count of a year"
"""How the basis of a stock ended, before a column said so."""


def today(table: ir.Table) -> ir.Table:
    """The columns of `TYPES`, those that came later filled in; flags that were words once are read from these."""
    later = {column: ibis.literal(value) for column, value in SINCE.items() if column not in table.columns}
    if not later:
        return table
    table = table.mutate(**later)
    if "returns" in later:
        category, basis = table.category, table.basis
        apart, stock = category.startswith(_NOT_RETURNS), basis.endswith(_AT_ONE_TIME)
        table = table.mutate(
            category=apart.ifelse(category.substr(len(_NOT_RETURNS)), category),
            basis=stock.ifelse(basis.left(basis.length() - len(_AT_ONE_TIME)), basis),
            returns=~apart,
            stock=stock,
        )
    return table.select(*TYPES)
