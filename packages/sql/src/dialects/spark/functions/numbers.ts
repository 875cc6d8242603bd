import { writeNumeric } from '../arithmetic.ts';
import { argument, scalar, withArity } from '../call.ts';
import type { CallWriter } from '../call.ts';
import { writeCast } from '../types.ts';
import type { SparkType } from '../types.ts';

/** Functions of numbers, and casts that are written as functions. */
export const numberCalls: Readonly<Record<string, CallWriter>> = {
  abs: scalar(1, 'abs($1)'),
  acos: scalar(1, 'acos($1)'),
  asin: scalar(1, 'asin($1)'),
  atan: scalar(1, 'atan($1)'),
  atan2: scalar(2, 'atan2($1, $2)'),
  bigint: castTo('big_int'),
  bin: scalar(1, 'bin(CAST($1 AS BIGINT))'),
  bit_count: scalar(1, 'bit_count($1)'),
  boolean: castTo('boolean'),
  cbrt: scalar(1, 'cbrt($1)'),
  ceil: scalar(1, 'ceil($1)'),
  ceiling: scalar(1, 'ceil($1)'),
  cos: scalar(1, 'cos($1)'),
  cosh: scalar(1, 'cosh($1)'),
  cot: scalar(1, 'cot($1)'),
  date: castTo('date'),
  degrees: scalar(1, 'degrees($1)'),
  double: castTo('double'),
  e: scalar(0, 'exp(1)'),
  exp: scalar(1, 'exp($1)'),
  expm1: scalar(1, '(exp($1) - 1)'),
  factorial: scalar(1, 'CASE WHEN $1 BETWEEN 0 AND 20 THEN factorial(CAST($1 AS INTEGER)) END'),
  float: castTo('float'),
  floor: scalar(1, 'floor($1)'),
  hypot: scalar(2, 'sqrt($1 * $1 + $2 * $2)'),
  int: castTo('int'),
  isnan: scalar(1, 'coalesce(isnan(CAST($1 AS DOUBLE)), FALSE)'),
  ln: scalar(1, '"spark:ln"($1)'),
  log: withArity(1, 2, (call, writer) => {
    const [first, second] = call.args.map((arg) => writer.expression(arg));
    return second === undefined ? `"spark:ln"(${first})` : `("spark:ln"(${second}) / nullif("spark:ln"(${first}), 0))`;
  }),
  log10: scalar(1, '("spark:ln"($1) / ln(10))'),
  log1p: scalar(1, '"spark:ln"(1 + $1)'),
  log2: scalar(1, '("spark:ln"($1) / ln(2))'),
  mod: arithmetic('mod'),
  nanvl: scalar(2, 'CASE WHEN isnan(CAST($1 AS DOUBLE)) THEN $2 ELSE $1 END'),
  negative: scalar(1, '(-$1)'),
  pi: scalar(0, 'pi()'),
  pmod: scalar(2, '"spark:pmod"($1, $2)'),
  positive: scalar(1, '$1'),
  pow: scalar(2, 'pow(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE))'),
  power: scalar(2, 'pow(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE))'),
  radians: scalar(1, 'radians($1)'),
  rand: scalar(0, 'random()'),
  random: scalar(0, 'random()'),
  rint: scalar(1, 'round_even(CAST($1 AS DOUBLE), 0)'),
  round: withArity(1, 2, (call, writer) => {
    const places = call.args[1] ? writer.expression(call.args[1]) : '0';
    return `"spark:round"(${argument(call, 0, writer)}, ${places})`;
  }),
  shiftleft: scalar(2, '($1 << $2)'),
  shiftright: scalar(2, '($1 >> $2)'),
  sign: scalar(1, 'sign($1)'),
  signum: scalar(1, 'sign($1)'),
  sin: scalar(1, 'sin($1)'),
  sinh: scalar(1, 'sinh($1)'),
  smallint: castTo('small_int'),
  sqrt: scalar(1, "CASE WHEN $1 < 0 THEN CAST('nan' AS DOUBLE) ELSE sqrt($1) END"),
  string: castTo('string'),
  tan: scalar(1, 'tan($1)'),
  tanh: scalar(1, 'tanh($1)'),
  timestamp: castTo('timestamp'),
  tinyint: castTo('tiny_int'),
  try_add: arithmetic('add'),
  try_divide: arithmetic('div'),
  try_multiply: arithmetic('mul'),
  try_subtract: arithmetic('sub'),
};

function castTo(type: string): CallWriter {
  return withArity(1, 1, (call, writer) =>
    writeCast(argument(call, 0, writer), { data_type: type } as SparkType, call.node, writer),
  );
}

/** An operator that is written as a function. */
function arithmetic(kind: string): CallWriter {
  return withArity(2, 2, ({ args }, writer) => {
    const [left, right] = args.map((arg) => ({ [arg.kind]: arg.fields }));
    return writeNumeric({ kind, fields: { left, right } }, writer);
  });
}
