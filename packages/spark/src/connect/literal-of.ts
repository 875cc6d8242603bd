import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Expression_LiteralSchema, ExpressionSchema } from '../generated/spark/connect/expressions_pb.ts';
import type { SparkParameter } from './spark-session.ts';

type Literal = MessageInitShape<typeof Expression_LiteralSchema>;
type Expression = MessageInitShape<typeof ExpressionSchema>;

/** A parameter as Spark's literal; null for an array, which is none.
 * @throws RangeError for what is no parameter.
 */
export function literalOf(value: SparkParameter, name: string): Literal | null {
  if (Array.isArray(value)) return null;
  return { literalType: literalType(value, name) };
}

/** A parameter as Spark's expression. @throws RangeError for what is no parameter. */
export function expressionOf(value: SparkParameter, name: string): Expression {
  const literal = literalOf(value, name);
  if (literal) return { exprType: { case: 'literal', value: literal } };
  const values = value as readonly SparkParameter[];
  return {
    exprType: {
      case: 'unresolvedFunction',
      value: { functionName: 'array', arguments: values.map((one, at) => expressionOf(one, `${name}[${at}]`)) },
    },
  };
}

const int = 2 ** 31;
const long = 2n ** 63n;

function literalType(value: SparkParameter, name: string): NonNullable<Literal['literalType']> {
  if (value === null) return { case: 'null', value: { kind: { case: 'null', value: {} } } };
  if (typeof value === 'boolean') return { case: 'boolean', value };
  if (typeof value === 'string') return { case: 'string', value };
  if (typeof value === 'bigint' && value >= -long && value < long) return { case: 'long', value };
  if (typeof value === 'number') return numberType(value);
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return { case: 'timestamp', value: BigInt(value.getTime()) * 1000n };
  if (value instanceof Uint8Array) return { case: 'binary', value };
  const wanted = 'null, a boolean, a number, a bigint of 64 bits, a text, a Date, bytes, or an array of those';
  throw new RangeError(
    `sql: the parameter ${name} is ${typeof value === 'bigint' ? value : brief(value)}; expected ${wanted}`,
  );
}

function numberType(value: number): NonNullable<Literal['literalType']> {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return { case: 'double', value };
  if (value >= -int && value < int) return { case: 'integer', value };
  return { case: 'long', value: BigInt(value) };
}

function brief(value: unknown): string {
  return value instanceof Date ? 'an invalid Date' : `of type ${typeof value}`;
}
