import type { Activation, AnchorReader, ReaderContext, ScoreMatrix, TensorMap } from '@qualm/types';
import { createSoftmax, identity, sigmoid } from './activation.ts';
import type { Background } from './activation.ts';
import { createBoxWriter } from './box-format.ts';
import type { BoxFormat, BoxUnits } from './box-format.ts';
import { clipBox } from './clip-box.ts';
import { assertLabels, readOutput } from './read-output.ts';

/** Two outputs: decoded boxes, and the class scores of each. */
export interface BoxesAndScores {
  /** The head's type, for messages. */
  readonly head: string;
  readonly outputs: { readonly boxes: string; readonly scores: string };
  readonly format: BoxFormat;
  readonly units: BoxUnits;
  readonly activation: ScoreActivation;
  readonly background: Background;
  /** Whether boxes are clipped to the input before they suppress each other. */
  readonly clip?: boolean;
  /** Whether [n, 4, anchors] and [n, classes, anchors] are read too, where the sizes say which. */
  readonly isEitherOrder?: boolean;
  /** What to do where there are so many foreground columns, and not one for each label. */
  readonly adviseColumns?: (columns: number) => string | undefined;
}

/** What has to be applied to scores. */
export type ScoreActivation = 'none' | 'sigmoid' | 'softmax';

/** Reads boxes [n, anchors, 4] or [n, anchors, 1, 4] and scores [n, anchors, classes (+ 1)]. */
export function createPairReader(pair: BoxesAndScores, { numLabels, size }: ReaderContext): AnchorReader {
  const { outputs: names, format, units, activation, background, clip, isEitherOrder } = pair;
  const writeBox = createBoxWriter(format, units, size);

  return {
    outputs: [names.scores, names.boxes],
    read: (outputs, image) => {
      const place = isEitherOrder ? { ...pair, numBoxes: countBoxes(pair, outputs, image) } : pair;
      const scores = readScores(place, outputs, image, numLabels);
      const { data, offset, anchorStride, sideStride } = readBoxes(pair, outputs, image, scores.numAnchors);
      return {
        scores,
        activation: activationOf(activation, background, scores),
        raw: [{ output: names.scores, matrix: scores, wanted: activation === 'none' ? 'scores' : 'logits' }],
        readBox: (anchor, out, at) => {
          const from = offset + anchor * anchorStride;
          const [second, third, fourth] = [from + sideStride, from + 2 * sideStride, from + 3 * sideStride];
          writeBox(data[from]!, data[second]!, data[third]!, data[fourth]!, out, at);
          if (clip) clipBox(out, at, size);
        },
      };
    },
  };
}

/** What makes scores of raw values. */
export function activationOf(activation: ScoreActivation, background: Background, scores: ScoreMatrix): Activation {
  if (activation === 'softmax') return createSoftmax(scores, background);
  return activation === 'sigmoid' ? sigmoid : identity;
}

interface ScoresPlace extends Pick<BoxesAndScores, 'head' | 'background' | 'adviseColumns'> {
  readonly outputs: Pick<BoxesAndScores['outputs'], 'scores'>;
  /** How many boxes there are, where [n, classes, anchors] is read too. */
  readonly numBoxes?: number;
}

/** The foreground columns of an output of class scores, one for each label. */
export function readScores(place: ScoresPlace, outputs: TensorMap, image: number, numLabels: number): ScoreMatrix {
  const { head, outputs: names, background, numBoxes, adviseColumns } = place;
  const { data, offset, shape } = readOutput(head, outputs, names.scores, image, ['n', 'anchors', 'classes']);
  const [, rows, columns] = shape as [number, number, number];
  const others = background === 'none' ? 0 : 1;
  const isTurned = rows !== numBoxes && columns === numBoxes;
  const [numAnchors, numColumns] = isTurned ? [columns, rows] : [rows, columns];
  const found = numColumns - others;
  assertLabels(head, names.scores, shape, found, numLabels, adviseColumns?.(found));
  const [anchorStride, classStride] = isTurned ? [1, numAnchors] : [numColumns, 1];
  const first = background === 'first' ? classStride : 0;
  return { data, offset: offset + first, numAnchors, numClasses: numLabels, anchorStride, classStride };
}

/** Of boxes in either order. */
function countBoxes({ head, outputs: { boxes } }: BoxesAndScores, outputs: TensorMap, image: number): number {
  const wanted = outputs[boxes]?.shape.length === 4 ? ['n', 'anchors', 1, 4] : ['n', 'anchors', '4'];
  const [, first, second] = readOutput(head, outputs, boxes, image, wanted).shape as [number, number, number];
  return first === 4 && second !== 4 ? second : first;
}

interface BoxMatrix {
  readonly data: Float32Array;
  readonly offset: number;
  readonly anchorStride: number;
  readonly sideStride: number;
}

function readBoxes(
  { head, outputs: { boxes: name }, isEitherOrder }: BoxesAndScores,
  outputs: TensorMap,
  image: number,
  numAnchors: number,
): BoxMatrix {
  const shape = outputs[name]?.shape ?? [];
  const isTurned = isEitherOrder && shape.length === 3 && shape[1] === 4 && shape[2] === numAnchors && numAnchors !== 4;
  if (isTurned)
    return { ...readOutput(head, outputs, name, image, ['n', 4, numAnchors]), anchorStride: 1, sideStride: numAnchors };
  const wanted = shape.length === 4 ? ['n', numAnchors, 1, 4] : ['n', numAnchors, 4];
  return { ...readOutput(head, outputs, name, image, wanted), anchorStride: 4, sideStride: 1 };
}
