import type { AxisPlace } from './image-in-grid.ts';

/** Places between the entries of a list: entry, and how far on the way to the next one. */
interface Places {
  readonly entries: Int32Array;
  readonly fractions: Float64Array;
}

/** How values at the cells of an axis become values at pixels, by way of parts of cells. */
export interface AxisSamples {
  /** The first cell that is needed, and the one after the last. */
  readonly cells: readonly [from: number, to: number];
  /** Of each part that is needed: the cell before it, counted from the first one. */
  readonly parts: Places;
  /** Of each pixel: the part before it, counted from the first one. */
  readonly pixels: Places;
}

/** Samples of the pixels from `from` to before `to` of an image's side of `length` pixels. Values
 * are interpolated twice as ultralytics does it with PyTorch's bilinear interpolation, from cells
 * to parts and from the parts in which the image lies to pixels: beyond the middle of the first and
 * the last one they go on as they are.
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html */
export function sampleAxis(
  { from, to, length }: { readonly from: number; readonly to: number; readonly length: number },
  { count, parts, start, end }: AxisPlace,
): AxisSamples {
  const first = clamp(start, 0, count * parts - 1);
  const last = clamp(end - 1, first, count * parts - 1);
  const scale = (end - start) / length;
  const pixels = placesOf(to - from, (pixel) => clamp(start + (from + pixel + 0.5) * scale - 0.5, first, last));
  const firstPart = pixels.entries[0]!;
  const numParts = Math.min(pixels.entries.at(-1)! + 1, last) - firstPart + 1;
  const ofParts = placesOf(numParts, (part) => clamp((firstPart + part + 0.5) / parts - 0.5, 0, count - 1));
  const firstCell = ofParts.entries[0]!;
  const lastCell = Math.min(ofParts.entries.at(-1)! + 1, count - 1);
  return {
    cells: [firstCell, lastCell + 1],
    parts: countedFrom(firstCell, ofParts),
    pixels: countedFrom(firstPart, pixels),
  };
}

function placesOf(length: number, placeOf: (index: number) => number): Places {
  const entries = new Int32Array(length);
  const fractions = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const place = placeOf(index);
    entries[index] = Math.floor(place);
    fractions[index] = place - entries[index]!;
  }
  return { entries, fractions };
}

function countedFrom(first: number, { entries, fractions }: Places): Places {
  return { entries: entries.map((entry) => entry - first), fractions };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
