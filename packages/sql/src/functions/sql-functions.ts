/** A function that qualm adds to DuckDB. */
export interface SqlFunctionInfo {
  readonly name: string;
  /** How it is called, and what it gives; what has a default is in brackets. */
  readonly signature: string;
  readonly summary: string;
  /** A call of it, on constants. */
  readonly example: string;
}

const scores = '[0.5, 0.25, 0.25]';

/** The functions that qualm adds to DuckDB, beside ML_PREDICT, for completion and the docs. A
 * `box2d` is `STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)` in pixels, an `image` is
 * `STRUCT(uri VARCHAR, data BLOB)`, and a `mask` is
 * `STRUCT(height INTEGER, width INTEGER, counts INTEGER[])` with the counts of COCO's RLE.
 * Scores are `FLOAT[]` or `DOUBLE[]`. To DuckDB NaN is the largest number, so that it comes
 * first in descending order: `ORDER BY nullif(x, 'nan') DESC` puts it last. */
export const sqlFunctions: readonly SqlFunctionInfo[] = [
  {
    name: 'least_confidence',
    signature: 'least_confidence(scores [, normalized BOOLEAN]) -> DOUBLE',
    summary: '1 minus the best score; large is least sure.',
    example: `least_confidence(${scores})`,
  },
  {
    name: 'margin',
    signature: 'margin(scores) -> DOUBLE',
    summary: 'The best score minus the second best; small is least sure.',
    example: `margin(${scores})`,
  },
  {
    name: 'ratio',
    signature: 'ratio(scores) -> DOUBLE',
    summary: 'The second best score over the best; large is least sure.',
    example: `ratio(${scores})`,
  },
  {
    name: 'entropy',
    signature: 'entropy(scores [, normalized := false] [, base := e] [, renormalize := true]) -> DOUBLE',
    summary:
      "Shannon entropy of the scores scaled to sum 1; large is least sure. DuckDB's aggregate of that name is system.main.entropy(column).",
    example: `entropy(${scores}, normalized := true)`,
  },
  {
    name: 'gini',
    signature: 'gini(scores [, normalized BOOLEAN]) -> DOUBLE',
    summary: 'Gini impurity of the scores scaled to sum 1; large is least sure.',
    example: `gini(${scores})`,
  },
  {
    name: 'presence',
    signature: 'presence(scores) -> DOUBLE',
    summary: 'Whether anything is there: the entropy of the best score against its absence; large is least sure.',
    example: `presence(${scores})`,
  },
  {
    name: 'label_entropy',
    signature: 'label_entropy(scores) -> DOUBLE',
    summary: 'For independent scores: the sum of the entropies of yes or no of every label; large is least sure.',
    example: `label_entropy(${scores})`,
  },
  {
    name: 'label_margin',
    signature: 'label_margin(scores) -> DOUBLE',
    summary: 'For independent scores: the least margin between yes and no of a label; small is least sure.',
    example: `label_margin(${scores})`,
  },
  {
    name: 'normalized_least_confidence',
    signature: 'normalized_least_confidence(scores) -> DOUBLE',
    summary: 'least_confidence on a scale of 0 to 1 whatever the number of classes.',
    example: `normalized_least_confidence(${scores})`,
  },
  {
    name: 'normalized_entropy',
    signature: 'normalized_entropy(scores) -> DOUBLE',
    summary: 'entropy on a scale of 0 to 1 whatever the number of classes.',
    example: `normalized_entropy(${scores})`,
  },
  {
    name: 'normalized_gini',
    signature: 'normalized_gini(scores) -> DOUBLE',
    summary: 'gini on a scale of 0 to 1 whatever the number of classes.',
    example: `normalized_gini(${scores})`,
  },
  {
    name: 'top_k_mean',
    signature: 'top_k_mean(values, k INTEGER [, order VARCHAR]) -> DOUBLE',
    summary:
      "The mean of the k least sure values of a list, such as list(margin(scores)): the largest, or with 'ascending' the smallest.",
    example: 'top_k_mean([0.5, 0.25, 0.75], 2)',
  },
  {
    name: 'box2d',
    signature: 'box2d(xmin, ymin, xmax, ymax) -> box2d',
    summary: 'A box from its edges.',
    example: 'box2d(1, 2, 3, 4)',
  },
  {
    name: 'box2d_from_top_left',
    signature: 'box2d_from_top_left(x, y, width, height) -> box2d',
    summary: 'A box from its top left corner and its size.',
    example: 'box2d_from_top_left(1, 2, 3, 4)',
  },
  {
    name: 'box2d_from_center',
    signature: 'box2d_from_center(cx, cy, width, height) -> box2d',
    summary: 'A box from its middle and its size.',
    example: 'box2d_from_center(5, 5, 4, 2)',
  },
  {
    name: 'area',
    signature: 'area(box) -> DOUBLE',
    summary: 'The area of a box, in square pixels.',
    example: 'area(box2d(1, 2, 3, 4))',
  },
  {
    name: 'iou',
    signature: 'iou(box, box) -> DOUBLE',
    summary: 'Intersection over union of two boxes, 0 to 1; 0 where they only touch.',
    example: 'iou(box2d(0, 0, 20, 20), box2d(10, 10, 30, 30))',
  },
  {
    name: 'intersection',
    signature: 'intersection(box, box) -> box2d',
    summary: 'The box that both cover; NULL where they do not overlap.',
    example: 'intersection(box2d(0, 0, 100, 20), box2d(50, 10, 120, 30))',
  },
  {
    name: 'mask_area',
    signature: 'mask_area(mask) -> DOUBLE',
    summary: 'The number of pixels in a mask.',
    example: "mask_area({'height': 2, 'width': 3, 'counts': [1, 2, 3]})",
  },
  {
    name: 'to_image',
    signature: 'to_image(uri VARCHAR or data BLOB) -> image',
    summary: 'An image from a path or a URI, or from the bytes of a picture. Nothing is opened.',
    example: "to_image('photos/a.jpg')",
  },
  {
    name: 'crop',
    signature: 'crop(image, box) -> image',
    summary: 'The part of an image inside a box, as a picture of its own. The image is a path, bytes, or an image.',
    example: "crop(to_image('photos/a.jpg'), box2d(0, 0, 10, 10))",
  },
  {
    name: 'image_copy',
    signature: 'image_copy(image, path VARCHAR) -> image',
    summary:
      'Copies an image to a file, or under its own name into a folder, and gives the copy. Nothing is overwritten; a copy that exists is used.',
    example: "image_copy(to_image('photos/a.jpg'), 'chosen/')",
  },
];
