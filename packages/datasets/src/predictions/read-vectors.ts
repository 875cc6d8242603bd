import { joinPages } from '../parquet/join-pages.ts';
import { invalid } from './group-columns.ts';
import type { GroupColumns } from './group-columns.ts';
import { vectorLength } from './list-structure.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** The scores and labels of all boxes of a row group, one box after the other. */
export interface Vectors {
  readonly numClasses: number;
  scores(): Float32Array;
  labelIds(): Int32Array;
  /** One of the label ids, without decoding the others. */
  labelIdAt(place: number): number;
}

const element = ['detections', 'list', 'element'];
const listed = ['list', 'element'];

/** @throws QualmError `dataset-invalid` where boxes have vectors of several lengths. */
export function readVectors(
  columns: GroupColumns,
  set: Pick<PredictionSetInfo, 'form' | 'labels'>,
  numBoxes: number,
): Vectors {
  return readMatrix(columns, set, numBoxes) ?? readLists(columns, set, numBoxes);
}

/** The scores of all labels of each box, where every box has them: as many as boxes and labels
 * make, and no box has more. Null where that is not known. */
function readMatrix(
  { file, plain }: GroupColumns,
  { form, labels }: Pick<PredictionSetInfo, 'form' | 'labels'>,
  numBoxes: number,
): Vectors | null {
  if (form === 'detections' || file.metadata.created_by !== 'qualm' || numBoxes === 0) return null;
  const [scores, labelIds] = ['scores', 'label_ids'].map((name) => plain([...element, name, ...listed]));
  const length = numBoxes * labels.length;
  if (scores?.type !== 'FLOAT' || labelIds?.type !== 'INT32') return null;
  if (scores.length !== length || labelIds.length !== length) return null;
  return { numClasses: labels.length, scores: scores.all, labelIds: labelIds.all, labelIdAt: labelIds.at };
}

/** The scores of each box by the levels of the file's lists. */
function readLists(
  { file, schema, pages }: GroupColumns,
  { form }: Pick<PredictionSetInfo, 'form'>,
  numBoxes: number,
): Vectors {
  const [scorePath, labelPath] = (
    form === 'detections'
      ? [['score'], ['label_id']]
      : [
          ['scores', ...listed],
          ['label_ids', ...listed],
        ]
  ).map((path) => [...element, ...path]);
  const scorePages = pages(scorePath!);
  const numClasses = form === 'detections' ? 1 : vectorLength(schema, scorePath!, scorePages, numBoxes);
  if (numClasses === null) throw invalid(file, 'boxes have vectors of scores of several lengths');
  const scores = joinPages(Float32Array, scorePages);
  let ids: Int32Array | null = null;
  const labelIds = (): Int32Array => {
    ids ??= joinPages(Int32Array, pages(labelPath!));
    if (ids.length !== scores.length) throw invalid(file, `it has ${scores.length} scores and ${ids.length} labels`);
    return ids;
  };
  return {
    numClasses,
    scores: () => scores,
    labelIds,
    labelIdAt: (place) => labelIds()[place]!,
  };
}
