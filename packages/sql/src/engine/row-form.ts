import type { OutputForm, ShapeKind } from '@qualm/types';

/** What the rows of a model are, so that DuckDB knows their type before one is there. */
export interface RowForm {
  readonly form: OutputForm;
  /** What stands beside each box, in the order of `shapeKinds`; nothing when absent. */
  readonly shapes?: readonly ShapeKind[];
}

/** In the order of their columns, which is that of prediction folders. */
export const shapeKinds: readonly ShapeKind[] = ['mask', 'keypoints', 'rotated_box'];

/** The parts of a turned box, in the order of `BoxShapes.rotatedBoxes`. */
export const rotatedBoxParts = ['cx', 'cy', 'width', 'height', 'angle'] as const;

/** All that models may give. */
export function rowForms(): RowForm[] {
  const subsets = shapeKinds.reduce<ShapeKind[][]>(
    (all, kind) => [...all, ...all.map((some) => [...some, kind])],
    [[]],
  );
  return (['detections', 'class_scores'] as const).flatMap((form) => subsets.map((shapes) => ({ form, shapes })));
}

/** A form in words, such as `detections with mask`: one for each type of rows. */
export function rowFormWords({ form, shapes = [] }: RowForm): string {
  const kinds = shapeKinds.filter((kind) => shapes.includes(kind));
  return kinds.length === 0 ? form : `${form} with ${kinds.join(' and ')}`;
}

/** The type of a row, as DuckDB writes it. */
export function rowTypeOf({ form, shapes = [] }: RowForm): string {
  const scores = form === 'detections' ? 'score FLOAT, label_id INTEGER' : 'scores FLOAT[], label_ids INTEGER[]';
  const types = {
    mask: 'mask VARCHAR',
    keypoints: 'keypoints FLOAT[]',
    rotated_box: `rotated_box STRUCT(${rotatedBoxParts.map((part) => `${part} FLOAT`).join(', ')})`,
  };
  const beside = shapeKinds.filter((kind) => shapes.includes(kind)).map((kind) => `, ${types[kind]}`);
  const box = 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)';
  return `STRUCT(box ${box}, ${scores}, "label" VARCHAR${beside.join('')})`;
}
