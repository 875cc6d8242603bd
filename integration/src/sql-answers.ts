import { basename } from 'node:path';
import type { SqlSession, SqlValue } from '@qualm/sql';
import type { AnswerRow } from './compare-answers.ts';
import type { Question } from './sampling-statements.ts';
import { questions, samplingStatements } from './sampling-statements.ts';

/** The rows of a statement, and how many images it predicted or knew. */
export interface SqlAnswer {
  readonly rows: readonly AnswerRow[];
  readonly predicted: number;
  readonly known: number;
}

/** The rows of the five statements, in order. */
export async function sqlAnswers(session: SqlSession): Promise<Readonly<Record<Question, SqlAnswer>>> {
  const { selects } = await samplingStatements();
  const answers: Partial<Record<Question, SqlAnswer>> = {};
  for (const name of questions) {
    const result = await session.sql(selects[name]);
    const rows = (await result.rows()).map(answerRow);
    answers[name] = { rows, predicted: result.progress.predicted, known: result.progress.cached };
  }
  return answers as Record<Question, SqlAnswer>;
}

interface Detection {
  readonly box: Readonly<Record<'xmin' | 'ymin' | 'xmax' | 'ymax', number>>;
  readonly score?: number;
  readonly label_id?: number;
  readonly scores?: ArrayLike<number>;
  readonly label_ids?: ArrayLike<number>;
}

/** A row of a statement as the pipeline has it: the fields of its box beside those of its image. */
export function answerRow(row: Readonly<Record<string, SqlValue>>): AnswerRow {
  const { image, ssd, detection, ...rest } = row;
  const found = (ssd ?? detection) as unknown as Detection | undefined;
  if (!found) return row;
  const { box, score, label_id, scores, label_ids } = found;
  return {
    ...{ ...rest, image: basename((image as unknown as { uri: string }).uri) },
    box: [box.xmin, box.ymin, box.xmax, box.ymax],
    ...(scores && label_ids ? { scores: Array.from(scores), label_ids: Array.from(label_ids) } : { score, label_id }),
  };
}
