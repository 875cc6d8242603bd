import type { Pixels } from '../pixels.ts';

/** Parts of the picture along a side, and kinds of edges. */
const parts = 4;
const kinds = 5;
/** Pixels of a block's side: an edge is looked for between its four. */
const block = 2;
/** Of 255: below it a block has no edge. */
const leastEdge = 11;

/** Numbers of an edge histogram. */
export const edgeHistogramSize: number = parts * parts * kinds;

/** Where in a picture edges run which way: the Edge Histogram Descriptor of MPEG-7 before its
 * numbers are made small. Of each of 4 x 4 parts of the picture, from the left to the right and
 * down, the share of its blocks of 2 x 2 pixels whose strongest edge is upright, level, of 45
 * degrees, of 135, or of no direction; blocks without an edge count for none. 0..1.
 * @param pixels RGB, sides that are multiples of 8
 * @see ISO/IEC 15938-3, 8.3; Won, Park & Park 2002
 */
export function edgeHistogram(pixels: Pixels): Float32Array {
  const { width, height } = pixels;
  const light = lightness(pixels);
  const out = new Float32Array(edgeHistogramSize);
  const [across, down] = [width / parts, height / parts];
  const share = (block * block) / (across * down);
  for (let y = 0; y < height; y += block)
    for (let x = 0; x < width; x += block) {
      const kind = edgeOf(light, width, x, y);
      if (kind === null) continue;
      const part = Math.floor(y / down) * parts + Math.floor(x / across);
      out[part * kinds + kind]! += share;
    }
  return out;
}

function lightness({ data, width, height }: Pixels): Float64Array {
  const light = new Float64Array(width * height);
  for (let at = 0; at < light.length; at++)
    light[at] = 0.299 * data[3 * at]! + 0.587 * data[3 * at + 1]! + 0.114 * data[3 * at + 2]!;
  return light;
}

/** Which kind of edge a block has most of; null where none is strong. */
function edgeOf(light: Float64Array, width: number, x: number, y: number): number | null {
  const at = y * width + x;
  const [a, b, c, d] = [light[at]!, light[at + 1]!, light[at + width]!, light[at + width + 1]!];
  const strengths = [a - b + c - d, a + b - c - d, Math.SQRT2 * (a - d), Math.SQRT2 * (b - c), 2 * (a - b - c + d)];
  let strongest = 0;
  for (let kind = 1; kind < kinds; kind++)
    if (Math.abs(strengths[kind]!) > Math.abs(strengths[strongest]!)) strongest = kind;
  return Math.abs(strengths[strongest]!) < leastEdge ? null : strongest;
}
