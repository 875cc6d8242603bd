/* Counts of runs as others give them: lists, which are checked, and COCO's compressed strings.
 * Those are like LEB128 with 6 bits a character from "0" on; from the fourth count on each is a
 * difference to the one two before. See rleToString and rleFrString in cocoapi's maskApi.c. */

import type { Size } from './geometry.ts';

/** Runs as a Uint32Array, when they are whole numbers that add up to the picture. */
export function checkedRuns(counts: ArrayLike<number>, size: Size): Uint32Array {
  if (counts instanceof Uint32Array) return assertTotal(counts, size);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (!(Number.isInteger(count) && count >= 0 && count < 2 ** 31)) {
      throw new RangeError(`Mask: count ${i} of the RLE is ${count}; expected a whole number from 0 on`);
    }
  }
  return assertTotal(Uint32Array.from(counts), size);
}

/** The runs themselves, when they add up to the picture. */
export function assertTotal(runs: Uint32Array, { width, height }: Size): Uint32Array {
  let sum = 0;
  for (let i = 0; i < runs.length; i++) sum += runs[i]!;
  if (sum === width * height) return runs;
  throw new RangeError(`Mask: RLE counts sum to ${sum}; expected ${width} x ${height} = ${width * height}`);
}

/** Runs as pycocotools writes them into the `counts` of a compressed RLE. */
export function runsToCocoString(runs: Uint32Array): string {
  return textOfCodes(cocoCodesOfRuns(runs));
}

/** The character codes of that. */
export function cocoCodesOfRuns(runs: Uint32Array): Uint8Array {
  const codes = new Uint8Array(7 * runs.length);
  let count = 0;
  for (let i = 0; i < runs.length; i++) {
    let rest = i > 2 ? runs[i]! - runs[i - 2]! : runs[i]!;
    for (let more = true; more;) {
      const low = rest & 0x1f;
      rest >>= 5;
      more = low & 0x10 ? rest !== -1 : rest !== 0;
      codes[count++] = (more ? low | 0x20 : low) + 48;
    }
  }
  return codes.subarray(0, count);
}

/** The runs that a compressed string holds.
 * @throws RangeError where it holds a foreign character, ends within a number, or holds a negative
 * length.
 */
export function runsFromCocoString(text: string): Uint32Array {
  const runs = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; at++) {
      const code = text.charCodeAt(at) - 48;
      if (!(code >= 0 && code < 64)) throw new RangeError(describeBreak(text, at));
      value |= (code & 0x1f) << shift;
      shift += 5;
      more = (code & 0x20) !== 0;
      if (shift > 35) throw new RangeError(`Mask: compressed counts hold a number past 32 bits at character ${at}`);
      if (!more && code & 0x10 && shift < 32) value |= -1 << shift;
    }
    if (count > 2) value += runs[count - 2]!;
    if (value < 0) throw new RangeError(`Mask: compressed counts hold the negative length ${value} at run ${count}`);
    runs[count++] = value;
  }
  return runs.slice(0, count);
}

function describeBreak(text: string, at: number): string {
  if (at >= text.length) return `Mask: compressed counts end within a number, after ${at} characters`;
  return `Mask: compressed counts hold ${JSON.stringify(text[at])} at ${at}; expected characters from "0" to "o"`;
}

/** The text of codes below 256. */
export function textOfCodes(codes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < codes.length; from += 4096) {
    text += String.fromCharCode.apply(null, codes.subarray(from, from + 4096) as ArrayLike<number> as number[]);
  }
  return text;
}
