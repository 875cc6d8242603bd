import { QualmError } from '@qualm/types';
import type { ModelFacts } from '../protocol.ts';
import type { ModelStatement } from '../statements/model-statement.ts';
import { unknownModel } from '../statements/rewrite-predict.ts';
import type { ErrorReading } from './duckdb-error.ts';
import type { HostCalls } from './host-calls.ts';
import type { ModelTable } from './model-table.ts';
import { rowTypeOf } from './row-form.ts';

/** What is left for DuckDB to do after a statement about models: rows to show. */
export interface PreparedStatement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly errors?: ErrorReading;
  /** False where there is nothing to show. */
  readonly givesRows?: false;
}

/** Does what a statement about models says.
 * @throws QualmError `model-missing` for an unknown model, and what resolving it throws. */
export async function runModelStatement(
  statement: ModelStatement,
  models: ModelTable,
  calls: HostCalls,
): Promise<PreparedStatement> {
  if (statement.kind === 'show') return rowsOf(models.all());
  if (statement.kind === 'describe') return rowsOf([modelNamed(statement.name, models)]);
  if (statement.kind === 'drop') {
    if (!models.get(statement.name) && statement.ifExists) return done;
    const { name } = modelNamed(statement.name, models);
    await models.delete(name);
    calls.call('drop', { name });
    return done;
  }
  const { definition, orReplace, ifNotExists } = statement;
  const there = models.get(definition.name);
  if (there && ifNotExists) return done;
  if (there && !orReplace)
    throw new QualmError(
      'query-invalid',
      `sql: there is a model "${there.name}" already; CREATE OR REPLACE MODEL takes its place`,
    );
  const facts = calls.call('resolve', definition);
  await models.set(facts);
  return done;
}

function modelNamed(name: string, models: ModelTable): ModelFacts {
  const facts = models.get(name);
  if (facts) return facts;
  throw new QualmError('model-missing', `sql: ${unknownModel(name, models.names())}`);
}

const done: PreparedStatement = { text: 'SELECT 1', givesRows: false };

const columns =
  '{"name":"VARCHAR","flavor":"VARCHAR","uri":"VARCHAR","options":"JSON","model_type":"VARCHAR","version":"VARCHAR","row_type":"VARCHAR"}';

function rowsOf(models: readonly ModelFacts[]): PreparedStatement {
  const rows = models.map(({ name, flavor, uri, options, task, form, shapes, version }) => ({
    ...{ name, flavor, uri, options, version },
    model_type: `${task}, ${form}`,
    row_type: rowTypeOf({ form, ...(shapes && { shapes }) }),
  }));
  return {
    text: `SELECT unnest(from_json(CAST($1 AS JSON), '[${columns}]'), recursive := true)`,
    values: [JSON.stringify(rows)],
  };
}
