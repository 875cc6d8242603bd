import { QualmError, assertText } from '@qualm/types';
import type { Plan } from './execute-plan.ts';
import { expressionOf, literalOf } from './literal-of.ts';
import type { SparkParameter, SparkSqlOptions } from './spark-session.ts';

/** A statement with its parameters as Spark takes it.
 * @param version of Spark: 3.5 has another message for it, and no arrays as parameters.
 * @throws RangeError for what is no parameter; QualmError `unsupported`.
 */
export function sqlPlan(text: string, parameters: SparkSqlOptions['parameters'] = {}, version: string): Plan {
  assertText('sql', 'its text', text);
  if (typeof parameters !== 'object' || parameters === null)
    throw new RangeError('sql: its parameters are no object or array; expected them by name, such as { n: 1 }');
  const list = Array.isArray(parameters) ? (parameters as readonly SparkParameter[]) : null;
  const named = list ? {} : (parameters as Readonly<Record<string, SparkParameter>>);
  const sqlCommand = version.startsWith('3.')
    ? oldCommand(text, list ?? [], named)
    : newCommand(text, list ?? [], named);
  return {
    opType: { case: 'command', value: { commandType: { case: 'sqlCommand', value: sqlCommand } } },
  };
}

type Named = Readonly<Record<string, SparkParameter>>;
type SqlCommand = Extract<
  Extract<NonNullable<Plan['opType']>, { case: 'command' }>['value']['commandType'],
  { case: 'sqlCommand' }
>['value'];

function newCommand(query: string, list: readonly SparkParameter[], named: Named): SqlCommand {
  const sql = {
    query,
    posArguments: list.map((value, at) => expressionOf(value, String(at + 1))),
    namedArguments: mapped(named, expressionOf),
  };
  return { input: { relType: { case: 'sql', value: sql } } };
}

function oldCommand(sql: string, list: readonly SparkParameter[], named: Named): SqlCommand {
  const literal = (value: SparkParameter, name: string): NonNullable<ReturnType<typeof literalOf>> => {
    const literal = literalOf(value, name);
    if (!literal)
      throw new QualmError('unsupported', `sql: the parameter ${name} is an array, which needs Spark 4.0 or newer`);
    return literal;
  };
  return { sql, posArgs: list.map((value, at) => literal(value, String(at + 1))), args: mapped(named, literal) };
}

function mapped<T>(named: Named, of: (value: SparkParameter, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, of(value, name)]));
}
