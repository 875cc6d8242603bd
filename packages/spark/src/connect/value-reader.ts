import type { Batch } from '@uwdata/flechette';
import type { SqlValue } from '@qualm/sql';
import type { DataType } from '../generated/spark/connect/types_pb.ts';

/** The value of a row. */
export type ReadValue = (row: number) => SqlValue;

type Raw = Batch<unknown>;

/** What reads the values of a batch: BIGINT as a number where one holds it and else as a bigint,
 * DECIMAL as a number where it has at most 15 digits and else as text, dates and timestamps as
 * `Date` (to the millisecond), times of day and day-time intervals in microseconds, year-month
 * intervals in months, maps as lists of `{ key, value }`, lists of numbers as typed arrays.
 * @param batch as flechette reads it with `useBigInt` and `useDecimalInt`.
 */
export function valueReader(batch: Raw, type: DataType): ReadValue {
  const { kind } = type;
  const children = batch.children as readonly Raw[] | undefined;
  switch (kind.case) {
    case 'long':
    case 'dayTimeInterval':
      return whole(batch, (value) => smallest(value as bigint));
    case 'time':
      return whole(batch, (value) => smallest((value as bigint) / 1000n));
    case 'decimal':
      return whole(batch, (value) => decimal(value as bigint | number, kind.value.scale ?? 0));
    case 'date':
    case 'timestamp':
    case 'timestampNtz':
      return whole(batch, (value) => new Date(value as number));
    case 'calendarInterval':
      return whole(batch, (value) => interval(value as Float64Array));
    case 'udt':
      return kind.value.sqlType ? valueReader(batch, kind.value.sqlType) : asItIs(batch);
    case 'struct': {
      const fields = kind.value.fields.map(
        ({ name, dataType }, at) => [name, childReader(children?.[at], dataType)] as const,
      );
      return whole(batch, (_, row) => Object.fromEntries(fields.map(([name, read]) => [name, read(row)])));
    }
    case 'map': {
      const [keys, values] = (children?.[0]?.children ?? []) as readonly Raw[];
      const [key, value] = [childReader(keys, kind.value.keyType), childReader(values, kind.value.valueType)];
      return listed(batch, (row) => ({ key: key(row), value: value(row) }));
    }
    case 'array': {
      const child = children?.[0];
      if (child && isFlat(kind.value.elementType) && child.nullCount === 0)
        return whole(batch, (_, row) => child.slice(start(batch, row), start(batch, row + 1)) as Float32Array);
      return listed(batch, childReader(child, kind.value.elementType));
    }
    default:
      return asItIs(batch);
  }
}

/** Numbers whose memory is that of a typed array of `SqlValue`. */
function isFlat(type: DataType | undefined): boolean {
  return type?.kind.case === 'float' || type?.kind.case === 'double' || type?.kind.case === 'integer';
}

function whole(batch: Raw, of: (value: unknown, row: number) => SqlValue): ReadValue {
  // A struct or a list is not made only to be thrown away.
  const isNested = batch.children !== undefined;
  return (row) => {
    if (batch.nullCount > 0 && !batch.isValid(row)) return null;
    return of(isNested ? null : batch.value(row), row);
  };
}

function listed(batch: Raw, read: ReadValue): ReadValue {
  return whole(batch, (_, row) => {
    const from = start(batch, row);
    return Array.from({ length: start(batch, row + 1) - from }, (_, at) => read(from + at));
  });
}

function start(batch: Raw, row: number): number {
  return Number(batch.offsets![row]!);
}

function childReader(batch: Raw | undefined, type: DataType | undefined): ReadValue {
  if (!batch || !type) throw new RangeError('a column has not the parts that its type names');
  return valueReader(batch, type);
}

function asItIs(batch: Raw): ReadValue {
  return (row) => batch.at(row) as SqlValue;
}

function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Numbers have all decimals of 15 digits. */
const mostDigits = 10n ** 15n;

function decimal(unscaled: bigint | number, scale: number): number | string {
  const value = BigInt(unscaled);
  const size = value < 0n ? -value : value;
  const digits = size.toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
  return size < mostDigits ? Number(text) : text;
}

function interval([months = 0, days = 0, nanoseconds = 0]: Float64Array): SqlValue {
  return { months, days, microseconds: nanoseconds / 1000 };
}
