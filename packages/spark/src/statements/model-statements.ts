import { QualmError } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import type { ModelStatement } from '@qualm/sql/statements';
import type { SparkModel } from '../models/spark-model.ts';
import { textLiteral } from '../texts/text-literal.ts';

/** A model with what `CREATE MODEL` says of how it predicts. */
export interface NamedModel {
  readonly model: SparkModel;
  readonly minScore?: number;
  readonly topK?: number;
  readonly threads?: number;
}

/** Does a statement about models, and gives the query of its rows. */
export function runModelStatement(statement: ModelStatement, models: Map<string, NamedModel>): string {
  switch (statement.kind) {
    case 'create': {
      const { definition, orReplace, ifNotExists } = statement;
      const { name, uri, options } = definition;
      if (models.has(name) && ifNotExists) return nothing;
      if (models.has(name) && !orReplace) {
        throw invalid(`there is a model "${name}" already; CREATE OR REPLACE MODEL replaces it`);
      }
      models.set(name, { model: { spec: uri, ...formOf(options['form']) }, ...numbersOf(options) });
      return nothing;
    }
    case 'drop':
      if (!models.delete(statement.name) && !statement.ifExists) throw unknown(statement.name, models);
      return nothing;
    case 'show':
      return rowsQuery([...models].sort(([a], [b]) => (a < b ? -1 : 1)));
    case 'describe': {
      const model = models.get(statement.name);
      if (!model) throw unknown(statement.name, models);
      return rowsQuery([[statement.name, model]]);
    }
  }
}

const nothing = "SELECT '' AS name WHERE false";

function rowsQuery(models: readonly (readonly [string, NamedModel])[]): string {
  const rows = models.map(
    ([name, { model }]) =>
      `(${textLiteral(name)}, ${textLiteral(model.spec)}, ${textLiteral(model.form ?? 'class_scores')})`,
  );
  if (rows.length === 0) return "SELECT '' AS name, '' AS uri, '' AS form WHERE false";
  return `SELECT * FROM VALUES ${rows.join(', ')} AS models(name, uri, form)`;
}

function formOf(form: string | undefined): { readonly form?: OutputForm } {
  if (form === undefined) return {};
  if (form === 'detections' || form === 'class_scores') return { form };
  throw invalid(`the option "form" is ${JSON.stringify(form)}; expected detections or class_scores`);
}

/** `batch_size` and `device` are for the engine in this process: a worker takes images one by one.
 */
function numbersOf(options: Readonly<Record<string, string>>): Omit<NamedModel, 'model'> {
  const { min_score: minScore, top_k: topK } = options;
  for (const [name, text] of Object.entries({ min_score: minScore, top_k: topK })) {
    if (text !== undefined && !(Number(text) >= 0))
      throw invalid(`the option "${name}" is ${JSON.stringify(text)}; expected a number`);
  }
  return {
    ...(minScore !== undefined && { minScore: Number(minScore) }),
    ...(topK !== undefined && { topK: Number(topK) }),
  };
}

function unknown(name: string, models: ReadonlyMap<string, NamedModel>): QualmError {
  const there = models.size === 0 ? 'none; CREATE MODEL makes one' : [...models.keys()].join(', ');
  return invalid(`there is no model "${name}"; the models are: ${there}`);
}

function invalid(reason: string): QualmError {
  return new QualmError('query-invalid', `sql: ${reason}`);
}
