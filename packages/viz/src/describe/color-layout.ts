import type { Pixels } from '../pixels.ts';

/** Blocks along a side. */
const blocks = 8;

/** How many coefficients are kept of the lightness and of each of the two colours: numbers that the
 * standard allows. */
export const keptCoefficients = { light: 28, color: 15 } as const;

/** Numbers of a colour layout. */
export const colorLayoutSize: number = keptCoefficients.light + 2 * keptCoefficients.color;

/** Where in a picture which colours are: the Color Layout Descriptor of MPEG-7 before its numbers
 * are made small. The mean colours of 8 x 8 blocks, as Y, Cb and Cr of JPEG, go through a cosine
 * transform, and the first coefficients along the zigzag are kept: 28 of Y, 15 each of Cb and Cr.
 * Divided by 8 x 255, so that the Euclidean distance of two is the root mean square difference of
 * their blocks, 0..1 for each of the three.
 * @param pixels RGB, sides that are multiples of 8
 * @see ISO/IEC 15938-3, 6.6; Kasutani & Yamada 2001
 */
export function colorLayout(pixels: Pixels): Float32Array {
  const out = new Float32Array(colorLayoutSize);
  let at = 0;
  meanColors(pixels).forEach((plane, channel) => {
    const kept = channel === 0 ? keptCoefficients.light : keptCoefficients.color;
    const coefficients = cosineTransform(plane);
    for (const place of zigzag.slice(0, kept)) out[at++] = coefficients[place]! / (blocks * 255);
  });
  return out;
}

/** Y, Cb and Cr, each [8 x 8]. */
function meanColors({ data, width, height }: Pixels): Float64Array[] {
  const planes = [0, 1, 2].map(() => new Float64Array(blocks * blocks));
  const [across, down] = [width / blocks, height / blocks];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const block = Math.floor(y / down) * blocks + Math.floor(x / across);
      const at = 3 * (y * width + x);
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      planes[0]![block]! += 0.299 * r + 0.587 * g + 0.114 * b;
      planes[1]![block]! += 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
      planes[2]![block]! += 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
    }
  return planes.map((plane) => plane.map((sum) => sum / (across * down)));
}

const cosines = Float64Array.from({ length: blocks * blocks }, (_, at) => {
  const [frequency, place] = [Math.floor(at / blocks), at % blocks];
  const scale = Math.sqrt((frequency === 0 ? 1 : 2) / blocks);
  return scale * Math.cos((Math.PI * (2 * place + 1) * frequency) / (2 * blocks));
});

/** The second of its kind, in two dimensions, which keeps lengths. */
function cosineTransform(plane: Float64Array): Float64Array {
  return turned(turned(plane));

  /** Along rows, and then on its side. */
  function turned(values: Float64Array): Float64Array {
    const out = new Float64Array(blocks * blocks);
    for (let row = 0; row < blocks; row++)
      for (let frequency = 0; frequency < blocks; frequency++) {
        let sum = 0;
        for (let i = 0; i < blocks; i++) sum += cosines[frequency * blocks + i]! * values[row * blocks + i]!;
        out[frequency * blocks + row] = sum;
      }
    return out;
  }
}

/** Places [row x 8 + column] from the lowest frequency on, as JPEG goes through them. */
const zigzag = Array.from({ length: blocks * blocks }, (_, place) => place).sort((a, b) => {
  const [rowA, rowB] = [Math.floor(a / blocks), Math.floor(b / blocks)];
  const diagonal = rowA + (a % blocks);
  const other = rowB + (b % blocks);
  if (diagonal !== other) return diagonal - other;
  return diagonal % 2 === 0 ? rowB - rowA : rowA - rowB;
});
