import type { ColumnType, ImageIdType } from '@qualm/datasets';
import type { OutputForm } from '@qualm/types';

/** The columns of a list, in their order, and how each is stored. What rows there are, and what
 * they hold, changes nothing of it.
 */
export type ListColumns = Readonly<Record<string, ColumnType>>;

/** What lists of stored predictions depend on. */
export interface ListedPredictions {
  readonly form: OutputForm;
  readonly imageIdType: ImageIdType;
  /** What boxes are ranked by; a column has this name. */
  readonly strategy: string;
  /** What images are ranked by; a column has this name. */
  readonly imageColumn: string;
}

/** The ranked list of boxes. */
export function boxListColumns({ form, imageIdType, strategy }: Omit<ListedPredictions, 'imageColumn'>): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string' },
    ...{ box_index: 'int32', box: 'box', ...classColumns(form), [strategy]: 'float64' },
  };
}

/** The best class of a box, and the second best where all scores are kept. */
function classColumns(form: OutputForm): ListColumns {
  const second: ListColumns = form === 'class_scores' ? { second_label: 'string', second_score: 'float64' } : {};
  return { label: 'string', score: 'float64', ...second };
}

/** The box that an image's number comes from, with its own number. */
function decidingColumns({ form, strategy }: Pick<ListedPredictions, 'form' | 'strategy'>): ListColumns {
  return { box_index: 'int32', ...classColumns(form), [`box_${strategy}`]: 'float64' };
}

/** The ranked list of images. */
export function imageListColumns(listed: ListedPredictions): ListColumns {
  const { imageIdType, imageColumn } = listed;
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', width: 'int32', height: 'int32', boxes: 'int32' },
    ...{ ...decidingColumns(listed), [imageColumn]: 'float64', error: 'string' },
  };
}

/** A batch to label: what the list of images says of each, and why it was picked. */
export function batchColumns(
  images: ListColumns,
  {
    hasGroups,
    hasCosts,
    hasDistances,
  }: { readonly hasGroups: boolean; readonly hasCosts: boolean; readonly hasDistances: boolean },
): ListColumns {
  const unneeded = ['width', 'height', 'error'];
  return {
    ...Object.fromEntries(Object.entries(images).filter(([name]) => !unneeded.includes(name))),
    ...(hasGroups && { group: 'string' }),
    ...(hasCosts && { cost: 'float64' }),
    ...(hasDistances && { distance: 'float64' }),
    reason: 'string',
  };
}

/** Likely errors of labels, a row for each box. */
export function boxErrorColumns({
  imageIdType,
  annIdType,
}: {
  readonly imageIdType: ImageIdType;
  readonly annIdType: ImageIdType;
}): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', error: 'string', quality: 'float64', box: 'box' },
    ...{ ann_id: annIdType, label: 'string', found_box_index: 'int32', found_label: 'string', found_score: 'float64' },
    ...{ other_ann_id: annIdType, other_label: 'string' },
  };
}

/** Labelled images by the quality of their labels. */
export function labelQualityColumns({ imageIdType }: { readonly imageIdType: ImageIdType }): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', drawn: 'int32', found: 'int32', quality: 'float64' },
    ...{ overlooked: 'float64', swapped: 'float64', badly_located: 'float64' },
  };
}
