import { argument, fill, scalar, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { readDatePattern } from '../date-patterns.ts';
import { stringLiteralOf } from '../literals.ts';
import { duckdbString } from '../string-literals.ts';
import type { SparkWriter } from '../writer.ts';

const wall = "AT TIME ZONE current_setting('TimeZone')";

/** Functions of dates and times. */
export const dateCalls: Readonly<Record<string, CallWriter>> = {
  add_months: scalar(2, 'CAST("spark:date"($1) + to_months(CAST($2 AS INTEGER)) AS DATE)'),
  curdate: scalar(0, 'current_date'),
  current_date: scalar(0, 'current_date'),
  current_timestamp: scalar(0, 'CAST(current_timestamp AS TIMESTAMP)'),
  date_add: scalar(2, '("spark:date"($1) + CAST($2 AS INTEGER))'),
  date_diff: scalar(2, 'date_diff(\'day\', "spark:date"($2), "spark:date"($1))'),
  date_format: withArity(2, 2, (call, writer) => {
    const { format } = patternAt(call, 1, writer);
    return `strftime("spark:timestamp"(${argument(call, 0, writer)}), ${duckdbString(format)})`;
  }),
  date_from_unix_date: scalar(1, "(CAST('1970-01-01' AS DATE) + CAST($1 AS INTEGER))"),
  date_part: withArity(2, 2, writePart),
  date_sub: scalar(2, '("spark:date"($1) - CAST($2 AS INTEGER))'),
  date_trunc: withArity(2, 2, (call, writer) => truncated(call, 0, 1, 'TIMESTAMP', writer)),
  dateadd: scalar(2, '("spark:date"($1) + CAST($2 AS INTEGER))'),
  datediff: scalar(2, 'date_diff(\'day\', "spark:date"($2), "spark:date"($1))'),
  datepart: withArity(2, 2, writePart),
  day: scalar(1, 'day("spark:date"($1))'),
  dayofmonth: scalar(1, 'day("spark:date"($1))'),
  dayofweek: scalar(1, '(dayofweek("spark:date"($1)) + 1)'),
  dayofyear: scalar(1, 'dayofyear("spark:date"($1))'),
  from_unixtime: withArity(1, 2, (call, writer) => {
    const format = call.args[1] ? patternAt(call, 1, writer).format : '%Y-%m-%d %H:%M:%S';
    return `strftime(to_timestamp(CAST(${argument(call, 0, writer)} AS BIGINT)) ${wall}, ${duckdbString(format)})`;
  }),
  hour: scalar(1, 'hour("spark:timestamp"($1))'),
  last_day: scalar(1, 'last_day("spark:date"($1))'),
  localtimestamp: scalar(0, 'CAST(current_timestamp AS TIMESTAMP)'),
  make_date: scalar(3, 'TRY(make_date(CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT)))'),
  minute: scalar(1, 'minute("spark:timestamp"($1))'),
  month: scalar(1, 'month("spark:date"($1))'),
  now: scalar(0, 'CAST(current_timestamp AS TIMESTAMP)'),
  quarter: scalar(1, 'quarter("spark:date"($1))'),
  second: scalar(1, 'second("spark:timestamp"($1))'),
  timestamp_millis: scalar(1, `(to_timestamp($1 / 1000) ${wall})`),
  timestamp_seconds: scalar(1, `(to_timestamp($1) ${wall})`),
  to_date: withArity(1, 2, (call, writer) => parsed(call, 'DATE', writer)),
  to_timestamp: withArity(1, 2, (call, writer) => parsed(call, 'TIMESTAMP', writer)),
  to_unix_timestamp: withArity(1, 2, writeUnixTimestamp),
  trunc: withArity(2, 2, (call, writer) => truncated(call, 1, 0, 'DATE', writer)),
  try_to_timestamp: withArity(1, 2, (call, writer) => parsed(call, 'TIMESTAMP', writer)),
  unix_date: scalar(1, "date_diff('day', CAST('1970-01-01' AS DATE), \"spark:date\"($1))"),
  unix_timestamp: withArity(0, 2, writeUnixTimestamp),
  weekday: scalar(1, '(isodow("spark:date"($1)) - 1)'),
  weekofyear: scalar(1, 'weekofyear("spark:date"($1))'),
  year: scalar(1, 'year("spark:date"($1))'),
};

function patternAt(call: Call, index: number, writer: SparkWriter): { readonly format: string; readonly form: string } {
  const pattern = stringLiteralOf(call.args[index], writer);
  if (pattern === null) return writer.refuse(call.node, `${call.name} with a pattern that is not a literal`);
  return readDatePattern(pattern) ?? writer.refuse(call.node, `the pattern '${pattern}' in ${call.name}`);
}

/** NULL for a text that does not follow the pattern to the letter. */
function parsed(call: Call, type: 'DATE' | 'TIMESTAMP', writer: SparkWriter): string {
  const text = argument(call, 0, writer);
  if (!call.args[1]) return `"spark:${type.toLowerCase()}"(${text})`;
  const { format, form } = patternAt(call, 1, writer);
  const time = `try_strptime(${text}, ${duckdbString(format)})`;
  return `CAST(CASE WHEN regexp_full_match(${text}, ${duckdbString(form)}) THEN ${time} END AS ${type})`;
}

function writeUnixTimestamp(call: Call, writer: SparkWriter): string {
  if (call.args.length === 0) return 'CAST(floor(epoch(current_timestamp)) AS BIGINT)';
  return `CAST(floor(epoch(${parsed(call, 'TIMESTAMP', writer)} ${wall})) AS BIGINT)`;
}

const parts: Readonly<Record<string, string>> = {
  day: 'day',
  days: 'day',
  dayofweek: 'dayofweek',
  dow: 'dayofweek',
  doy: 'dayofyear',
  hour: 'hour',
  minute: 'minute',
  month: 'month',
  quarter: 'quarter',
  week: 'weekofyear',
  year: 'year',
};

/** `extract(field FROM x)` and `date_part('field', x)`. */
function writePart(call: Call, writer: SparkWriter): string {
  const field = (stringLiteralOf(call.args[0], writer) ?? '').toLowerCase();
  const name = parts[field];
  if (field === 'second' || field === 'seconds')
    return `(date_part('microseconds', "spark:timestamp"(${argument(call, 1, writer)})) / 1000000)`;
  if (!name) return writer.refuse(call.node, `the field ${field || 'that is not a literal'} of a date`);
  return dateCalls[name]!({ ...call, args: call.args.slice(1) }, writer);
}

const units: Readonly<Record<string, string>> = {
  day: 'day',
  dd: 'day',
  hour: 'hour',
  minute: 'minute',
  mm: 'month',
  mon: 'month',
  month: 'month',
  quarter: 'quarter',
  second: 'second',
  week: 'week',
  year: 'year',
  yy: 'year',
  yyyy: 'year',
};

function truncated(call: Call, at: number, of: number, type: 'DATE' | 'TIMESTAMP', writer: SparkWriter): string {
  const name = stringLiteralOf(call.args[at], writer)?.toLowerCase() ?? '';
  const unit = units[name];
  if (!unit || (type === 'DATE' && ['day', 'hour', 'minute', 'second'].includes(unit)))
    return writer.refuse(call.node, `${call.name} to '${name}'`);
  return fill(`CAST(date_trunc('${unit}', "spark:${type.toLowerCase()}"($1)) AS ${type})`, [
    argument(call, of, writer),
  ]);
}
