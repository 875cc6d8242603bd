"""Prints, as JSON, a folder of shards (or one file) as pyarrow and DuckDB read it: versions, types and rows."""

import json
import sys

import duckdb
import pyarrow
import pyarrow.parquet as parquet


def plain(value):
    if isinstance(value, float) and value != value:
        return "NaN"
    if isinstance(value, dict):
        return {key: plain(field) for key, field in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value


path = sys.argv[1]
table = parquet.read_table(path)
files = path if path.endswith(".parquet") else path + "/part-*.parquet"
relation = duckdb.sql(f"select * from read_parquet('{files}')")
print(
    json.dumps(
        {
            "versions": {"pyarrow": pyarrow.__version__, "duckdb": duckdb.__version__},
            "arrowTypes": {field.name: str(field.type) for field in table.schema},
            "duckdbTypes": {name: str(type) for name, type in zip(relation.columns, relation.types)},
            "arrow": [plain(row) for row in table.to_pylist()],
            "duckdb": [plain(dict(zip(relation.columns, row))) for row in relation.fetchall()],
        }
    )
)
