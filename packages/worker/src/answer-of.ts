import type { ClassScores, Detections, Prediction, RowError, WorkerAnswer } from '@qualm/types';
import { callPlugin, QualmError } from '@qualm/types';
import type { WorkerMeasure } from './measures/worker-measure.ts';
import { mostLikely } from './most-likely.ts';

/** What of an answer depends on its image. */
export type ImageAnswer = Omit<WorkerAnswer, 'v' | 'worker'>;

export interface AnswerParts {
  /** The image's name in the request. */
  readonly image: string | null;
  readonly measures: readonly WorkerMeasure[];
  readonly topK: number | undefined;
}

/** The answer that a prediction makes; a measure that throws makes it an error. */
export function answerOf(row: Prediction, { image, measures, topK }: AnswerParts): ImageAnswer {
  const { size, detections, warning } = row;
  const known = { id: String(row.image_id), image, width: size?.width ?? null, height: size?.height ?? null };
  const failed = (error: RowError): ImageAnswer => ({ ...known, detections: null, measures: null, error });
  if (row.error || detections === null) return failed(row.error ?? nothing);
  try {
    return {
      ...known,
      detections: mostLikely(detections, topK).toJSON(),
      measures: measures.length === 0 ? null : measured(detections, measures),
      error: null,
      ...(warning && { warning }),
    };
  } catch (error) {
    if (!QualmError.is(error)) throw error;
    return failed({ code: error.code, message: error.message });
  }
}

const nothing: RowError = { code: 'predict-failed', message: 'predict: the model gave nothing' };

function measured(
  detections: Detections | ClassScores,
  measures: readonly WorkerMeasure[],
): Readonly<Record<string, number | null>> {
  const entries = measures.map(({ name, measure }): [string, number | null] => {
    const value = callPlugin(`measure ${name}`, () => measure(detections));
    return [name, Number.isFinite(value) ? value : null];
  });
  return Object.fromEntries(entries);
}
