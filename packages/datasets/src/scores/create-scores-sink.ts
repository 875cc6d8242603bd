import { extname } from 'node:path';
import { assertArray, assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { Label, PredictionSink } from '@qualm/types';
import type { BlockFile } from '../blocks/block-file.ts';
import { createBlockSink } from '../blocks/block-sink.ts';
import { openArrowScores } from './arrow-scores.ts';
import { openNpzScores } from './npz-scores.ts';
import { openParquetScores } from './parquet-scores.ts';
import { createScoreBlockBuilder } from './score-block.ts';
import type { ScoreBlock } from './score-block.ts';

/** Options of `createScoresSink`. */
export interface ScoresSinkOptions {
  /** Labels of the model: a column of the matrix for each, in their order. */
  readonly labels: readonly Label[];
}

/** Opens a file of scores under a name. */
type OpenScores = (path: string, labels: readonly Label[]) => BlockFile<ScoreBlock>;

const formats: Readonly<Record<string, OpenScores>> = {
  '.npz': openNpzScores,
  '.parquet': openParquetScores,
  '.arrow': openArrowScores,
};

/** Endings of the files that `createScoresSink` writes. */
export const scoresEndings: readonly string[] = Object.keys(formats);

/** A sink that writes the matrix of class scores, [boxes, labels] in the order of the labels, and
 * the boxes beside it, [boxes, 4] as xmin, ymin, xmax, ymax in pixels of the original image. The
 * ending of the path chooses the format:
 *
 * - `.npz`: arrays for NumPy: `scores`, `boxes`, `image_index` [boxes], and `image_ids`, `images`
 *   (URIs), `errors` of the images, `labels` and `label_ids`;
 * - `.parquet`, `.arrow`: a row for each box with `image_id`, `image`, `box`, `scores` and `error`.
 *   An image without a box has one row, whose box and scores are null.
 *
 * The file is there whole or not at all. Memory does not grow with the images, but for `.arrow`,
 * which is made in memory.
 * @throws RangeError for another ending; QualmError `shape-mismatch`, from `write`, for predictions
 * that do not have one score for each label, `io`.
 * @example await predictTo(source, model, createScoresSink('scores.npz', { labels: model.labels }))
 */
export function createScoresSink(path: string, options: ScoresSinkOptions): PredictionSink {
  assertText('createScoresSink', 'its path', path, "a path, such as 'scores.npz'");
  assertOptions('createScoresSink', options, '{ labels: model.labels }');
  const { labels } = options;
  assertArray('createScoresSink', 'labels', labels, 'an array, such as model.labels');
  const open = formats[extname(path).toLowerCase()];
  if (!open) throw wrongArgument('createScoresSink', 'its path', path, `a file in ${scoresEndings.join(', ')}`);
  return createBlockSink(path, open(path, labels), createScoreBlockBuilder(labels));
}
