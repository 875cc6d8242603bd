import type { DataType } from '../generated/spark/connect/types_pb.ts';

type Kind = DataType['kind'];

/** Names of types that have no parts. */
const plain: Partial<Record<NonNullable<Kind['case']>, string>> = {
  null: 'void',
  binary: 'binary',
  boolean: 'boolean',
  byte: 'tinyint',
  short: 'smallint',
  integer: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  string: 'string',
  date: 'date',
  timestamp: 'timestamp',
  timestampNtz: 'timestamp_ntz',
  calendarInterval: 'interval',
  yearMonthInterval: 'interval year to month',
  dayTimeInterval: 'interval day to second',
  variant: 'variant',
};

/** A type as Spark SQL writes it.
 * @example sparkType(scoresOfDetection) // 'array<struct<label:string,score:float>>'
 */
export function sparkType({ kind }: DataType): string {
  switch (kind.case) {
    case 'array':
      return `array<${part(kind.value.elementType)}>`;
    case 'map':
      return `map<${part(kind.value.keyType)},${part(kind.value.valueType)}>`;
    case 'struct':
      return `struct<${kind.value.fields.map(({ name, dataType }) => `${fieldName(name)}:${part(dataType)}`).join(',')}>`;
    case 'decimal':
      return `decimal(${kind.value.precision ?? 10},${kind.value.scale ?? 0})`;
    case 'char':
      return `char(${kind.value.length})`;
    case 'varChar':
      return `varchar(${kind.value.length})`;
    case 'time':
      return `time(${kind.value.precision ?? 6})`;
    case 'timestampNtzNanos':
      return `timestamp_ntz(${kind.value.precision ?? 9})`;
    case 'timestampLtzNanos':
      return `timestamp_ltz(${kind.value.precision ?? 9})`;
    case 'udt':
      return part(kind.value.sqlType);
    default:
      return (kind.case && plain[kind.case]) ?? kind.case ?? 'unknown';
  }
}

function part(type: DataType | undefined): string {
  return type ? sparkType(type) : 'unknown';
}

function fieldName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}
