"""What `qualm predict --scores` and `qualm embed` wrote, by NumPy, pyarrow or DuckDB, as JSON.

NaN, which JSON has no word for, is null.
"""

import json
import sys

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

path = sys.argv[1]


def of_npz():
    arrays = np.load(path)
    return {name: {"dtype": str(array.dtype), "values": without_nan(array)} for name, array in arrays.items()}


def without_nan(array):
    if array.dtype.kind != "f":
        return array.tolist()
    return np.where(np.isnan(array), None, array).tolist()


def of_table(table):
    return {"types": {field.name: str(field.type) for field in table.schema}, "rows": table.to_pylist()}


if path.endswith(".npz"):
    answer = of_npz()
elif path.endswith(".arrow"):
    answer = of_table(pa.ipc.open_file(path).read_all())
else:
    answer = of_table(pq.read_table(path))
    columns = duckdb.sql(f"SELECT * FROM '{path}'")
    answer["duckdb"] = [dict(zip(columns.columns, row)) for row in columns.fetchall()]
print(json.dumps(answer))
