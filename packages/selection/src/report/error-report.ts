import { basename } from 'node:path';
import { defaultMinScore } from '@qualm/strategies';
import { assertIterable, assertOptions, countText } from '@qualm/types';
import { imagesWords } from '../counted.ts';
import { assertCount, assertLabelled, assertSource } from '../assert-arguments.ts';
import { chooseRanking } from '../choose/choose-ranking.ts';
import { strategyMeasure } from '../choose/measure.ts';
import type { BoxError, ErrorBox } from '../labels/box-errors.ts';
import { errorWords } from '../labels/error-reason.ts';
import type { LabelledImages } from '../labels/labelled-images.ts';
import { labelledLayer } from '../labels/labelled-layer.ts';
import { assertChosen, columnNames } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import { sourceInfo, sourceName } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import { scanPredictions } from '../scan/scan-predictions.ts';
import { pageCells } from './page-cell.ts';
import type { ReportContents } from './report-options.ts';
import { createSuspectCells } from './suspect-cells.ts';

/** What is on a page of label errors. */
export interface ErrorReportOptions {
  /** Cells, the worst ones. Default 1000. */
  readonly cells?: number | undefined;
  /** Which images, or boxes, are in it; all of them when absent. */
  readonly only?: ChosenImages | undefined;
  readonly title?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const orderWords = ['worst first', 'best first'] as const;

/** What accept and reject mean on it. */
const verdicts = {
  accept: { act: 'Wrong: fix the label', done: 'wrong' },
  reject: { act: 'Right: keep the label', done: 'right' },
};

/** A page of labels that are likely wrong, worst first: each with its picture, what people drew,
 * what the model found with how much, and the kind of error in words. Accept means that the label
 * is wrong, reject that it is right. Predictions are read once.
 * @param labelled the images of `readLabelledImages`, of the same predictions
 * @param errors what `boxErrors` makes of them
 * @throws QualmError as `reportOf`.
 */
export async function errorReportOf(
  source: PredictionSource,
  labelled: LabelledImages,
  errors: Iterable<ErrorBox>,
  options: ErrorReportOptions = {},
): Promise<ReportContents> {
  assertSource('errorReportOf', source);
  assertLabelled('errorReportOf', labelled);
  assertIterable('errorReportOf', 'its errors', errors, 'the list that boxErrors gives');
  assertOptions('errorReportOf', options, '{ cells: 100 }');
  const { cells: limit = 1000, only, signal, title = 'Labels that are likely wrong' } = options;
  assertCount('errorReportOf', 'cells', limit);
  assertChosen('errorReportOf', only);
  const all = [...errors];
  // Which of them are chosen is known when predictions are read.
  const listed = only ? all : all.slice(0, limit);
  const kinds = (Object.keys(errorWords) as BoxError[]).filter((kind) => listed.some(({ error }) => error === kind));
  // A box that says something against a label is there however little it scores.
  const minScore = listed.reduce((least, { found_score: score }) => Math.min(least, score ?? 1), defaultMinScore);
  const measure = strategyMeasure(chooseRanking(await sourceInfo(source), { minScore }));
  const gathering = createSuspectCells(labelled, listed, { measure, kinds, only });
  const others = [labelledLayer(labelled)];
  const { warnings } = await scanPredictions(source, { measure, minScore, others, only, signal }, [gathering]);
  const cells = gathering.cells().slice(0, limit);
  const page = pageCells(cells, 'box');
  return {
    ...{ cells, pageCells: page.cells, warnings },
    notes: cells.length < all.length && !only ? [partWords(all.length, cells.length)] : [],
    pageOptions: {
      ...{ title, labels: page.labels, by: 'box', verdicts, orderWords, noBox: 'no box of the model' },
      about: `${imagesWords(labelled.images.length)} compared with their labels; quality from 0, surely wrong, to 1`,
      strategies: [
        { name: 'quality', order: 'ascending' },
        { name: 'foundScore', order: 'descending' },
      ],
      layers: [basename(sourceName(source)), 'labelled'],
      ...columnNames(only),
      kinds: kinds.map((kind) => errorWords[kind]),
    },
  };
}

function partWords(total: number, shown: number): string {
  const worst = shown === 1 ? 'the worst is' : `the worst ${countText(shown)} are`;
  return `${countText(total)} labels are suspect; ${worst} shown`;
}
