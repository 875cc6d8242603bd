import { QualmError } from '@qualm/types';
import type { OutputForm, Label, RowMeaning, ShapeKind } from '@qualm/types';
import type { KeyValue } from 'hyparquet';
import { fileMetadata, notParquet } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';

/** What all shards of a set have in common: it stands in the manifest, and in the footer of every
 * shard. What its scores mean is absent when unknown, as with predictions of earlier
 * versions. */
export interface PredictionSetInfo extends Partial<RowMeaning> {
  readonly form: OutputForm;
  /** Names of label ids; in `detections` each row carries its name too. */
  readonly labels: readonly Label[];
  /** Any text that identifies model, form and source: a run is only resumed under the same one. */
  readonly fingerprint: string;
}

/** What a set has in common, out of something that knows more. */
export function pickSetInfo({
  form,
  labels,
  fingerprint,
  scoreKind,
  task,
  minScore,
  shapes = [],
}: PredictionSetInfo): PredictionSetInfo {
  const meaning = {
    ...(scoreKind && { scoreKind }),
    ...(task && { task }),
    ...(minScore !== undefined && { minScore }),
    ...(shapes.length > 0 && { shapes }),
  };
  return { form, fingerprint, labels, ...meaning };
}

/** The entries of a shard's footer. */
export function shardMetadata(info: PredictionSetInfo): KeyValue[] {
  const { form, fingerprint, labels, scoreKind, task, minScore, shapes = [] } = info;
  return [
    { key: 'qualm.form', value: form },
    { key: 'qualm.fingerprint', value: fingerprint },
    { key: 'qualm.labels', value: JSON.stringify(labels) },
    ...(scoreKind ? [{ key: 'qualm.score_kind', value: scoreKind }] : []),
    ...(task ? [{ key: 'qualm.task', value: task }] : []),
    ...(minScore === undefined ? [] : [{ key: 'qualm.min_score', value: String(minScore) }]),
    ...(shapes.length === 0 ? [] : [{ key: 'qualm.shapes', value: shapes.join(',') }]),
  ];
}

/** What a shard's footer says of its set.
 * @throws QualmError `dataset-invalid` for a file of somebody else.
 */
export function readShardMetadata(file: ParquetFile): PredictionSetInfo {
  const form = fileMetadata(file, 'qualm.form');
  if (form !== 'detections' && form !== 'class_scores') {
    throw new QualmError('dataset-invalid', `readPredictions: "${file.path}" holds no predictions of qualm`);
  }
  return {
    form,
    fingerprint: fileMetadata(file, 'qualm.fingerprint') ?? '',
    labels: parseLabels(file),
    ...readMeaning(file),
  };
}

function readMeaning(file: ParquetFile): Partial<RowMeaning> {
  const scoreKind = fileMetadata(file, 'qualm.score_kind');
  const task = fileMetadata(file, 'qualm.task');
  const minScore = Number(fileMetadata(file, 'qualm.min_score') ?? NaN);
  const shapes = (fileMetadata(file, 'qualm.shapes') ?? '').split(',').filter(isShapeKind);
  return {
    ...((scoreKind === 'distribution' || scoreKind === 'independent') && { scoreKind }),
    ...((task === 'detection' || task === 'classification') && { task }),
    ...(minScore >= 0 && minScore <= 1 && { minScore }),
    ...(shapes.length > 0 && { shapes }),
  };
}

/** Whether a text names what may stand beside a box. */
export function isShapeKind(kind: unknown): kind is ShapeKind {
  return kind === 'mask' || kind === 'keypoints' || kind === 'rotated_box';
}

function parseLabels(file: ParquetFile): Label[] {
  try {
    return JSON.parse(fileMetadata(file, 'qualm.labels') ?? '[]') as Label[];
  } catch (cause) {
    throw notParquet(file.path, cause);
  }
}
