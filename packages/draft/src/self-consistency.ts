import type { BoxArrays, Detections, ImageGeometry } from '@qualm/types';
import { match } from '@qualm/evaluation';

/** How well what is found in an image agrees with what is found in the same image, changed. */
export interface Consistency {
  /** What is found in both, as a share of what is found in either, 0..1. */
  readonly agreement: number;
  /** The mean of the best scores, 0..1. */
  readonly sharpness: number;
  /** Scores that both have, weighted by how well their boxes overlap: both in one number. */
  readonly support: number;
}

/** Of a detector, on boxes in pixels of the original image. */
export function consistencyOf(found: Detections, again: Detections): Consistency {
  let shared = 0;
  for (const { first, second, iou } of match(found, again, { labels: 'same' }))
    shared += iou * Math.min(found.scores[first]!, again.scores[second]!);
  const [all, others] = [sum(found.scores), sum(again.scores)];
  return {
    agreement: all + others === 0 ? 0 : shared / (all + others - shared),
    sharpness: found.length === 0 ? 0 : all / found.length,
    support: shared,
  };
}

/** Of a classifier, whose scores are of all classes, in one order. */
export function consistencyOfClasses(scores: Float32Array, again: Float32Array): Consistency {
  let [shared, either, support, sharpness] = [0, 0, 0, 0];
  for (let c = 0; c < scores.length; c++) {
    const both = Math.min(scores[c]!, again[c]!);
    shared += both;
    either += Math.max(scores[c]!, again[c]!);
    support = Math.max(support, both);
    sharpness = Math.max(sharpness, scores[c]!);
  }
  return { agreement: either === 0 ? 0 : shared / either, sharpness, support };
}

/** Boxes of a mirrored image where they are in the image itself. */
export function mirroredBack({ boxes }: BoxArrays, { original: { width } }: ImageGeometry): Float32Array {
  return mapped(boxes, ([left, top, right, bottom]) => [width - right, top, width - left, bottom]);
}

/** Boxes of an image that was shifted by so many pixels of the input. */
export function shiftedBack({ boxes }: BoxArrays, { scaleX, scaleY }: ImageGeometry, by: number): Float32Array {
  return mapped(boxes, ([left, top, right, bottom]) => [
    left - by / scaleX,
    top - by / scaleY,
    right - by / scaleX,
    bottom - by / scaleY,
  ]);
}

type Edges = readonly [left: number, top: number, right: number, bottom: number];

function mapped(boxes: BoxArrays['boxes'], map: (edges: Edges) => Edges): Float32Array {
  const out = new Float32Array(boxes.length);
  for (let at = 0; at < boxes.length; at += 4)
    out.set(map([boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!]), at);
  return out;
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
