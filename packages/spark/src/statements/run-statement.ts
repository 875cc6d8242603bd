import { invalidQuery, loadTokenizer, parseModelStatement, splitStatements } from '@qualm/sql/statements';
import type { Tokenizer } from '@qualm/sql/statements';
import type { SparkResult, SparkSession, SparkSqlOptions } from '../connect/spark-session.ts';
import { sparkStrategyNames, strategyExpression } from '../texts/strategy-expressions.ts';
import { findCall } from './find-call.ts';
import { runModelStatement } from './model-statements.ts';
import type { NamedModel } from './model-statements.ts';
import type { PredictedImagesStore } from './predicted-images.ts';
import { rewriteCall } from './rewrite-call.ts';

/** What statements run with. */
export interface StatementRunner {
  readonly session: SparkSession;
  readonly models: Map<string, NamedModel>;
  readonly images: PredictedImagesStore;
  /** Predicts a table of `id` and `image` with a model. */
  readonly predict: (model: NamedModel, from: string, into: string, signal?: AbortSignal) => Promise<unknown>;
}

/** Runs a statement of Spark's SQL, in which models are functions: `ML_PREDICT(model, image)`. What
 * it calls for is predicted and stored first, and Spark is asked about what is stored.
 */
export function createStatementRunner(
  runner: StatementRunner,
): (text: string, options?: SparkSqlOptions) => Promise<SparkResult> {
  const { session, models } = runner;
  let tokenizer: Promise<Tokenizer> | null = null;
  let functions: Promise<void> | null = null;
  return async (text, options) => {
    const tokenize = await (tokenizer ??= loadTokenizer('spark'));
    const [tokens = [], another] = splitStatements(tokenize(text));
    if (another)
      throw invalidQuery(text, another[0]!.start, 'expected one statement, came another; run one after the other');
    const statement = parseModelStatement(text, tokens);
    if (statement) return session.sql(runModelStatement(statement, models), options);
    await (functions ??= createFunctions(session));
    return session.sql(await withoutCalls(text, tokenize, runner, options?.signal), options);
  };
}

/** The text without calls of models, whose images are predicted then. */
async function withoutCalls(
  text: string,
  tokenize: Tokenizer,
  { models, images, predict }: StatementRunner,
  signal: AbortSignal | undefined,
): Promise<string> {
  let result = text.replace(/[\s;]+$/, '');
  for (let place = 1; ; place++) {
    const found = findCall(result, tokenize(result));
    if (!found) return result;
    const { model: name, modelPlace, image, block } = found;
    const model = models.get(name);
    if (!model) {
      const there = models.size === 0 ? 'none; CREATE MODEL makes one' : [...models.keys()].join(', ');
      throw invalidQuery(result, modelPlace, `there is no model "${name}"; the models are: ${there}`);
    }
    const predicted = await images.predict(
      JSON.stringify(model),
      result.slice(block.item.start, block.item.end),
      result.slice(image.start, image.end),
      (from, into) => predict(model, from, into, signal),
    );
    result = rewriteCall(result, found, { ...predicted, place });
  }
}

/** The strategies as functions of the session. */
async function createFunctions(session: SparkSession): Promise<void> {
  for (const name of sparkStrategyNames) {
    await session.sql(
      `CREATE OR REPLACE TEMPORARY FUNCTION ${name}(scores ARRAY<FLOAT>) RETURNS DOUBLE RETURN ${strategyExpression(name, 'scores')}`,
    );
  }
}
