import type { Backends, ModelRegistry } from '@qualm/types';
import { arqueroAnswers } from './arquero-answers.ts';
import { firstDifference } from './compare-answers.ts';
import type { AnswerRow } from './compare-answers.ts';
import { orderings } from './orderings.ts';
import { samplingSession } from './sampling-session.ts';
import { questions, samplingStatements } from './sampling-statements.ts';
import { sqlAnswers } from './sql-answers.ts';

const shown = 3;

/** The rows of SQL beside those of the Arquero pipeline, and what `EXPLAIN ANALYZE` counts, as
 * tables of Markdown.
 */
export async function sqlNotebookTables(
  backends: Backends,
  registry: ModelRegistry,
  photographs: string,
): Promise<string> {
  const { selects } = await samplingStatements();
  const session = await samplingSession(backends, registry, photographs);
  const plans: string[] = [];
  for (const name of questions) {
    const rows = await (await session.sql(`EXPLAIN ANALYZE ${selects[name]}`)).rows();
    plans.push(String(Object.values(rows.at(-1)!).at(-1)));
  }
  const sql = await sqlAnswers(session);
  await session.close();
  const arquero = await arqueroAnswers(backends, registry, photographs);
  const summary = questions.map((name, at) => {
    const { by, limit } = orderings[name];
    const { rows } = sql[name];
    const expected = arquero[name];
    const [predicted, known] = ['predicted', 'from the cache'].map((words) => countOf(plans[at]!, words));
    const same = firstDifference(rows, expected, by, limit) === null ? 'all' : 'not all';
    return [name, rows.length, Math.min(limit, expected.length), same, predicted, known];
  });
  const first = questions.flatMap((name) =>
    sql[name].rows.slice(0, shown).map((row, at) => {
      const { by } = orderings[name];
      const other = arquero[name][at]!;
      return [at === 0 ? name : '', rowWords(row, by), rowWords(other, by)];
    }),
  );
  const heads = ['statement', 'rows, SQL', 'rows, Arquero', 'the same', 'images predicted', 'from the cache'];
  return `${markdown(heads, summary)}\n\n${markdown(['statement', 'first rows, SQL', 'first rows, Arquero'], first)}`;
}

function countOf(plan: string, words: string): number {
  return Number(new RegExp(`${words}: (\\d+)`).exec(plan)![1]);
}

function rowWords(row: AnswerRow, by: string): string {
  const { image_id, label, first_class, second_class, cnt } = row as Readonly<Record<string, string | number>>;
  if (label !== undefined && cnt !== undefined) return `${label}, ${cnt}`;
  if (first_class !== undefined) return `${first_class} or ${second_class}, ${cnt}`;
  return `${image_id}, ${by} ${Number(row[by]).toPrecision(3)}`;
}

function markdown(heads: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
