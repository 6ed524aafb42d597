"""The engine: where the data are, and the one place that runs a query. Only summaries leave it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd

from data import countries, keys, library, places
from data.cohort import TYPES, Cohort
from data.disclosure import Context, enough
from data.flows.earlier import today
from data.manifest import Manifest, described
from data.vocabulary import POINTS, RETURNEE

_lock = Lock()
_numbers = count()


@dataclass(frozen=True, eq=False)
class Source:
    """One or more kept datasets of one kind as one table, with what must be said about them."""

    table: ir.Table
    manifests: tuple[Manifest, ...]

    @property
    def version(self) -> str:
        """Which data these are: the start of each dataset's checksum."""
        return "+".join(manifest.checksum[:12] for manifest in self.manifests)

    @cached_property
    def identity(self) -> str:
        """A digest of all that an answer can say: the data, and their name, source, licence, doubts and the rest."""
        return hashlib.sha256(repr(self.manifests).encode(errors="backslashreplace")).hexdigest()

    @cached_property
    def scored(self) -> ir.Table:
        """The interviews of cohorts without the points of single answers: half the columns compile in little over half
        the time, and few summaries ask for points."""
        table = self.table.drop(*POINTS)
        return _view(table.op()) if isinstance(self.table.op(), ops.DatabaseTable) else table

    @property
    def one_a_wave(self) -> bool:
        """Whether nobody in any of the cohorts has two interviews in one wave."""
        return all(manifest.one_a_wave for manifest in self.manifests)

    @property
    def synthetic(self) -> bool:
        """Whether any of the datasets is synthetic."""
        return any(manifest.synthetic for manifest in self.manifests)

    @property
    def weights(self) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
        """The dimension and composite weights of all scores, element by element; None where not known, or not one."""
        sets = {(manifest.dimension_weights, manifest.composite_weights) for manifest in self.manifests}
        return sets.pop() if len(sets) == 1 and ((), ()) not in sets else None

    def context(self, sentence: str) -> Context:
        """What stands beside a figure made from this source."""
        return Context(
            sentence,
            source="; ".join(_distinct(manifest.source for manifest in self.manifests)),
            licence="; ".join(_distinct(manifest.licence for manifest in self.manifests)),
            profile="; ".join(_distinct(manifest.profile for manifest in self.manifests)),
            synthetic=self.synthetic,
            version=self.version,
        )


def open_cohorts(datasets: Sequence[tuple[Manifest, Path]]) -> Source:
    """Kept cohorts as one table: the cohort schema plus `cohort` (its name) and `corridor` ("DEU-AFG").

    `datasets` pairs each manifest with its Parquet file. People of different cohorts are different people. Corridors of
    fewer people than may be shown are the one corridor `data.places.OTHER`, so that none of them is named.
    """
    names = library.names(manifest for manifest, _ in datasets)
    tables = [_cohort(_kept(m, path), m.key, names[m.key], _small_kept(m.checksum, path)) for m, path in datasets]
    whole = reduce(lambda above, below: above.union(below), tables)
    return Source(_view(whole.op()), tuple(m for m, _ in datasets))


def without_noise(source: Source) -> Source:
    """The same cohorts, told without noise: for tests of numbers alone, never for a screen."""
    return replace(source, table=_view(source.table.mutate(**dict.fromkeys(keys.KEYS, ibis.literal(0, "int64"))).op()))


def preview(cohorts: Sequence[Cohort], folder: Path) -> Source:
    """Cohorts in memory, not kept, as one table: what `open_cohorts` makes of those kept in the library in `folder`.

    Their names must differ.
    """
    manifests = [described(cohort, f"preview-{place}") for place, cohort in enumerate(cohorts)]
    frames = [ibis.memtable(keys.keyed(cohort.frame, _secret(cohort.synthetic, folder))) for cohort in cohorts]
    tables = [_cohort(frame, m.key, m.name, _small(frame)) for frame, m in zip(frames, manifests, strict=True)]
    return Source(reduce(lambda above, below: above.union(below), tables), tuple(manifests))


def open_flows(manifest: Manifest, path: Path) -> Source:
    """One kept dataset of recorded returns, in the columns of the flows schema, also those it was kept without."""
    return Source(today(_table(manifest.checksum, path)), (manifest,))


def run(expression: ir.Table) -> pd.DataFrame:
    """Run a summary where the data are and bring it back as a small frame.

    One query at a time: each uses every core, and a DuckDB connection serves one thread. Frames in memory may be a
    reader's own: Ibis would have DuckDB hold them until the process ends.
    """
    with _asked(expression) as engine:
        frame: pd.DataFrame = engine.to_pandas(expression)
    return frame


@contextmanager
def _asked(expression: ir.Table) -> Iterator[ibis.BaseBackend]:
    """The engine for one query, which knows the frames in memory that it is of only meanwhile."""
    engine = _backend()
    with _lock:
        try:
            yield engine
        finally:
            for held in expression.op().find(ops.InMemoryTable):
                engine.con.unregister(held.name)
                engine._memtables.discard(held)  # so that another query of it makes it known again


@cache
def _backend() -> ibis.BaseBackend:
    return ibis.duckdb.connect(temp_directory=_spilled().name)


@cache
def _spilled() -> TemporaryDirectory[str]:
    """Where queries too large for memory write: a folder that this user alone may read, gone with the process."""
    return TemporaryDirectory(prefix="return-spectrum-")


def _cohort(table: ir.Table, key: str, name: str, small: Collection[str]) -> ir.Table:
    """The table of a kept cohort in today's columns; a column that came after it was kept is missing throughout.

    `small` are its corridors of too few people.
    """
    missing = ibis.null()
    today = [
        (table[column] if column in table.columns else missing).cast(kind).name(column)
        for column, kind in _today().items()
    ]
    today += [table[name] for name in keys.KEYS]
    way = table.host + "-" + table.country_of_return
    return table.select(*today).mutate(
        cohort=ibis.literal(name),
        corridor=ibis.ifelse(way.isin(small), places.OTHER, way) if small else way,
        person=key + ":" + table.person,
    )


def _kept(manifest: Manifest, path: Path) -> ir.Table:
    """The table of a kept cohort with its people's keys; of one that was kept without, they are made now."""
    table = _table(manifest.checksum, path)
    return table if {*keys.KEYS} <= {*table.columns} else _keyed(manifest.checksum, path, manifest.synthetic)


@cache
def _keyed(checksum: str, path: Path, synthetic: bool) -> ir.Table:
    table = _table(checksum, path)
    interviews = keys.keyed(run(table.select("interview", "person", "wave", "months")), _secret(synthetic, path.parent))
    made = ibis.memtable(interviews[["interview", *keys.KEYS]])
    with _asked(made) as engine:
        keyed = engine.create_table(f"keyed_{next(_numbers)}", made, temp=True)
    return _view(table.inner_join(keyed, "interview").op())


def _secret(synthetic: bool, folder: Path) -> bytes:
    return keys.PUBLIC if synthetic else library.secret(folder)


@cache
def _small_kept(checksum: str, path: Path) -> tuple[str, ...]:
    """`_small` of a kept cohort, once per content."""
    return _small(_table(checksum, path))


def _small(table: ir.Table) -> tuple[str, ...]:
    """The corridors of a cohort that too few returnees took to be shown by name."""
    way = {"host": table.host, "country_of_return": table.country_of_return}
    returnees = table.filter(table.respondent == RETURNEE, *(place.notnull() for place in way.values()))
    counted = run(returnees.group_by(**way).aggregate(n=table.person.nunique()))
    few = counted[~enough(counted["n"])]
    return tuple(sorted(map(countries.corridor, few["host"], few["country_of_return"])))


@cache
def _today() -> dict[str, dt.DataType]:
    """The columns of a cohort with the engine's type of each."""
    empty = pd.DataFrame(columns=[*TYPES]).astype(TYPES)
    return dict(ibis.memtable(empty).schema().items())


@cache
def _table(checksum: str, path: Path) -> ir.Table:
    """The dataset as a view over its Parquet file, made once per content."""
    with _lock:
        return _backend().read_parquet(path, table_name=f"dataset_{checksum[:16]}")


@cache
def _view(made: ops.Relation) -> ir.Table:
    """A table that is made of others as a view of its own, so that no query is compiled together with its making."""
    with _lock:
        return _backend().create_view(f"made_{next(_numbers)}", made.to_expr())


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]
