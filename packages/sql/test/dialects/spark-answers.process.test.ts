import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import { beforeAll, expect, it } from 'vitest';
import { loadSparkDialect } from '../../src/dialects/load-spark-dialect.ts';
import type { SparkDialect } from '../../src/dialects/load-spark-dialect.ts';
import type { TranslatedText } from '../../src/dialects/spark/places.ts';
import { sparkRefusal } from '../../src/dialects/spark/refusals.ts';
import { errorOfDuckDb } from '../../src/engine/duckdb-error.ts';
import { plainValue } from './plain-value.ts';
import { isNear, sortedRows } from './rows.ts';

/** What a real Spark answered, or its error. */
interface Answer {
  readonly statement: string;
  readonly columns: readonly string[];
  readonly ordered: boolean;
  readonly rows: readonly (readonly unknown[])[];
  readonly error?: string;
}

const folder = new URL('../../fixtures/spark/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const { answers } = JSON.parse(read('answers.json')) as { readonly answers: readonly Answer[] };
const functions = new Set(['coco_name', 'entropy']);

let spark: SparkDialect;
let connection: DuckDBConnection;

beforeAll(async () => {
  spark = await loadSparkDialect();
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const macro of ["SET TimeZone = 'UTC'", 'SET errors_as_json = true', ...spark.macros, ...ownFunctions])
    await connection.run(macro);
  for (const statement of read('setup.sql')
    .split(/;\n/)
    .filter((text) => text.trim() !== ''))
    await connection.run(asColumn(translated(statement).text));
});

const ownFunctions = [
  "CREATE MACRO coco_name(id) AS (MAP {1: 'person', 21: 'cow', 62: 'chair'})[id]",
  'CREATE MACRO entropy(scores) AS list_sum(list_transform(scores, lambda p: -p * ln(p)))',
];

function translated(statement: string): TranslatedText {
  return spark.translate(statement, { functions });
}

/** As in generate.py, what a model gives is a column of its name. */
function asColumn(text: string): string {
  return text.replaceAll(/ML_PREDICT\((\w+), "image"\)/g, '"$1"');
}

/** What the caller is told, without the advice that all refusals end with. */
function refusalOf(error: unknown): string {
  if (!QualmError.is(error) || !['unsupported', 'query-invalid'].includes(error.code))
    return `NOT TYPED ${String(error)}`;
  return error.message.replace(/ is not supported in the dialect spark; .*dialect duckdb/, '');
}

/** Null where the rows are Spark's, else what is wrong with them, or why there are none. */
async function compare(answer: Answer): Promise<string | null> {
  let text: TranslatedText;
  try {
    text = translated(answer.statement);
  } catch (error) {
    return refusalOf(error);
  }
  try {
    const result = await connection.runAndReadAll(asColumn(text.text));
    if (answer.error !== undefined) return null;
    if (answer.columns.length === 0) return null;
    const rows = result.getRows().map((row) => row.map(plainValue));
    const [mine, theirs] = answer.ordered ? [rows, answer.rows] : [sortedRows(rows), sortedRows(answer.rows)];
    return isNear(mine, theirs) ? null : `WRONG ${JSON.stringify(mine)} instead of ${JSON.stringify(theirs)}`;
  } catch (error) {
    return refusalOf(
      errorOfDuckDb(error, answer.statement, {
        placeOf: () => null,
        refusalOf: ({ byte, ...said }) => sparkRefusal({ ...said, unit: byte }, answer.statement, text),
      }),
    );
  }
}

it('spark.translate(statement) gives the rows of a real Spark, or an error that names what is refused', async () => {
  const refused: string[] = [];
  for (const answer of answers) {
    const reason = await compare(answer);
    if (reason !== null) refused.push(`${answer.statement.replaceAll(/\s+/g, ' ')}\n  ${reason}`);
  }
  expect(answers.length).toBeGreaterThanOrEqual(300);
  expect(refused.filter((text) => /\n {2}(WRONG|NOT TYPED)/.test(text))).toEqual([]);
  expect(refused.filter((text) => !/\(line \d+, column \d+(, or line \d+, column \d+)*\)$/.test(text))).toEqual([]);
  expect(refused.length / answers.length).toBeLessThan(0.1);
  await expect(`${refused.length} of ${answers.length} are refused\n\n${refused.join('\n')}\n`).toMatchFileSnapshot(
    '../../fixtures/spark/refused.txt',
  );
});
