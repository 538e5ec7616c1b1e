"""Read a table of people: one row each, with `id`, `sex`, `age` and a column for each indicator.

CSV, Parquet or Excel -> PEOPLE -> model.scenario.Person

A column is named after its indicator, with its unit in brackets where it is not the indicator's own: `Creatinine [umol/L]`.
"""

import re
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from augkg.errors import AugkgError, Collector, LimitExceeded, Location, did_you_mean
from augkg.model.evidence import Indicator
from augkg.model.health import SEX_CODES
from augkg.model.scenario import Person, Reading
from augkg.model.vocabulary import Vocabulary
from augkg.terms import Sex
from augkg.units import convert_ucum

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_HEADING = re.compile(r"\s*(.*?)\s*(?:\[(\S+)\])?\s*")
MAX_ROWS = 5_000_000


def read_table(path: Path, at: Location | None = None) -> "pd.DataFrame":
    """Read a table by the ending of its name.

    Raises:
        AugkgError: It is not there, or not a table.
    """
    import pandas as pd

    if not path.is_file():
        raise AugkgError("there is no file `{file}`", at=at, file=path)
    try:
        match path.suffix.lower():
            case ".parquet":
                table = pd.read_parquet(path)
            case ".xlsx":
                table = pd.read_excel(path)
            case _:
                table = pd.read_csv(path, nrows=MAX_ROWS + 1)
    except ImportError as error:
        raise AugkgError("reading `{file}` needs a package: {why}", at=at, file=path, why=error) from None
    except Exception as error:
        raise AugkgError("`{file}` is not a table: {why}", at=at, file=path, why=error) from None
    if len(table) > MAX_ROWS:
        raise LimitExceeded("`{file}` has more than {n} rows", at=at, file=path, n=MAX_ROWS)
    return table


def people_columns(
    table: "pd.DataFrame", vocabulary: Vocabulary, at: Location
) -> "tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]":
    """The columns of a table: 1 for female, 0 for male; age in years; readings by indicator, in its unit; NaN where missing.

    Columns that are no indicators are left alone when they are `id`, `risk` or `weight`.

    Raises:
        AugkgError: Every column that is no indicator, has another kind of unit, or holds what is no number.
    """
    import numpy as np

    from augkg.intake.scores import indicator_names

    found, names = Collector(), indicator_names(vocabulary)
    female, age = np.full(len(table), np.nan), np.full(len(table), np.nan)
    readings: dict[str, np.ndarray] = {}
    for heading in table.columns:
        name, unit = _name_and_unit(heading)
        with found.gather():
            match name.lower():
                case "id" | "risk" | "weight":
                    pass
                case "sex":
                    female = _sexes(table[heading], at)
                case "age":
                    age = _numbers(table[heading], at)
                case other if other in names:
                    indicator = vocabulary.evidence.indicators[names[other]]
                    if indicator.name in readings:
                        raise AugkgError("`{name}` is stated twice", at=at, name=indicator.name)
                    readings[indicator.name] = _numbers(table[heading], at)
                    if unit is not None:
                        readings[indicator.name] = _converted(readings[indicator.name], unit, indicator, at)
                case _:
                    near = did_you_mean(name, vocabulary.evidence.indicators, names)
                    hint = "did you mean `{near}`?" if near else "the columns are `id`, `sex`, `age` and indicators"
                    raise AugkgError("the column `{name}` is no indicator", at=at, hint=hint, name=name, near=near)
    found.close()
    return female, age, readings


def as_indicators(table: "pd.DataFrame", vocabulary: Vocabulary, at: Location, target: str) -> "pd.DataFrame":
    """A table whose columns of indicators bear the names and units of these; the others stay as they are."""
    from augkg.intake.scores import indicator_names

    names, columns = indicator_names(vocabulary), {}
    for heading in table.columns:
        name, unit = _name_and_unit(heading)
        known = names.get(name.lower()) if heading != target else None
        if known is None:
            columns[heading] = table[heading]
            continue
        values = _numbers(table[heading], at)
        indicator = vocabulary.evidence.indicators[known]
        columns[known] = _converted(values, unit, indicator, at) if unit else values
    import pandas as pd

    return pd.DataFrame(columns, index=table.index)


def _name_and_unit(heading: object) -> tuple[str, str | None]:
    match = _HEADING.fullmatch(str(heading))
    return (match.group(1), match.group(2)) if match else (str(heading), None)


def _converted(column: "np.ndarray", unit: str, indicator: Indicator, at: Location) -> "np.ndarray":
    name, wanted = indicator.name, indicator.unit
    try:
        zero, one = (convert_ucum(x, unit, wanted, indicator.molar_mass) for x in (0.0, 1.0))
    except ValueError:
        message = "`{unit}` does not convert to the unit of `{name}`"
        raise AugkgError(message, at=at, hint="use {wanted} (UCUM)", unit=unit, name=name, wanted=wanted) from None
    return zero + (one - zero) * column


def _numbers(column: "pd.Series", at: Location) -> "np.ndarray":
    import pandas as pd

    numbers = pd.to_numeric(column, errors="coerce")
    wrong = column[numbers.isna() & column.notna()]
    if len(wrong):
        row, value = wrong.index[0], wrong.iloc[0]
        raise AugkgError("row {row} of the column `{name}` holds `{value}`, which is no number", at=at, row=int(row) + 2, name=column.name, value=value)  # fmt: skip
    array: np.ndarray = numbers.to_numpy(dtype=float)
    return array


def _sexes(column: "pd.Series", at: Location) -> "np.ndarray":
    words = column.astype("string").str.strip().str.lower()
    numbers = words.map(SEX_CODES)
    wrong = column[numbers.isna() & column.notna()]
    if len(wrong):
        row, value = wrong.index[0], wrong.iloc[0]
        raise AugkgError("row {row} of the column `{name}` holds `{value}`", at=at, hint="`sex` is `female` or `male`", row=int(row) + 2, name=column.name, value=value)  # fmt: skip
    array: np.ndarray = numbers.to_numpy(dtype=float, na_value=float("nan"))
    return array


def read_people(
    path: Path, vocabulary: Vocabulary, sex: Sex | None, age: float | None, *, at: Location
) -> tuple[Person, ...]:
    """The people of a table; `sex` and `age` hold for those of whom the table does not say."""
    table = read_table(path, at)
    female, ages, readings = people_columns(table, vocabulary, Location(str(path)))
    ids = table["id"].astype(str) if "id" in table.columns else (table.index + 1).astype(str)
    people = []
    for row, name in enumerate(ids):
        values = {indicator: float(column[row]) for indicator, column in readings.items()}
        people.append(
            Person(
                id=str(name),
                sex=sex if isnan(female[row]) else Sex.FEMALE if female[row] else Sex.MALE,
                age=age if isnan(ages[row]) else float(ages[row]),
                readings=tuple(Reading(indicator=k, value=v) for k, v in values.items() if not isnan(v)),
            )
        )
    return tuple(people)
