import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';

/** A value of DuckDB in the form that `fixtures/spark/generate.py` gives Spark's. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : { number: nonFinite(value) };
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue)
    return {
      struct: Object.fromEntries(Object.entries(value.entries).map(([name, item]) => [name, plainValue(item)])),
    };
  if (value instanceof DuckDBMapValue) {
    const entries = value.entries.map(({ key, value: item }) => [plainValue(key), plainValue(item)]);
    return { map: entries.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
  }
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return value.toString().replace(/(\.\d{1,5})$/, (part) => part.padEnd(7, '0'));
  if (value instanceof DuckDBBlobValue) return { bytes: Buffer.from(value.bytes).toString('hex') };
  if (value instanceof DuckDBIntervalValue) return { interval: intervalText(value) };
  return value;
}

/** As Python writes a timedelta. */
function intervalText({ months, days, micros }: DuckDBIntervalValue): string {
  if (months !== 0 || micros !== 0n) return `${months} months, ${days} days, ${micros} microseconds`;
  return days === 0 ? '0:00:00' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, 0:00:00`;
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
