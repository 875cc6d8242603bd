import type { ColumnType, ImageIdType } from '@qualm/datasets';
import type { HeadForm } from '@qualm/types';

/** The columns of a list, in their order, and how each is stored. What rows there are, and what they hold, changes nothing of it. */
export type ListColumns = Readonly<Record<string, ColumnType>>;

/** What lists of stored predictions depend on. */
export interface ListedPredictions {
  readonly form: HeadForm;
  readonly imageIdType: ImageIdType;
  /** What boxes and images are ranked by; a column has this name. */
  readonly strategy: string;
}

/** The ranked list of boxes. */
export function boxListColumns({ form, imageIdType, strategy }: ListedPredictions): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', box: 'box', label: 'string', score: 'float64' },
    ...(form === 'class_scores' && { second_label: 'string', second_score: 'float64' }),
    [strategy]: 'float64',
  };
}

/** The ranked list of images. */
export function imageListColumns({ imageIdType, strategy }: Omit<ListedPredictions, 'form'>): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', width: 'int32', height: 'int32', boxes: 'int32' },
    ...{ label: 'string', [strategy]: 'float64', error: 'string' },
  };
}

/** A batch to label. */
export function batchColumns({
  imageIdType,
  strategy,
  hasGroups,
  hasCosts,
}: Omit<ListedPredictions, 'form'> & { readonly hasGroups: boolean; readonly hasCosts: boolean }): ListColumns {
  return {
    ...{ rank: 'int32', image_id: imageIdType, image: 'string', boxes: 'int32', label: 'string' },
    [strategy]: 'float64',
    ...(hasGroups && { group: 'string' }),
    ...(hasCosts && { cost: 'float64' }),
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
