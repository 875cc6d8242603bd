import type { HeadDefinition, OutputProblem, RawScores, ScoreMatrix } from '@qualm/types';

/** Quantised and half-precision outputs may pass 0..1 by so much; they are clamped. */
const tolerance = 0.01;

/** What is wrong with the numbers that scores are made of; null where nothing is. A logit of
 * -Infinity is fine, it stands for a class that cannot be.
 * @param sound the part that was looked at already, and is as it has to be.
 */
export function problemOfScores(
  head: HeadDefinition,
  raw: readonly RawScores[],
  sound?: RawScores,
): OutputProblem | null {
  for (const part of raw) {
    const problem = (part === sound ? null : problemOf(head, part)) ?? problemOfActivation(head, part);
    if (problem) return problem;
  }
  return null;
}

/** The least and the greatest that such float32 may be. */
const greatestFloat32 = (2 - 2 ** -23) * 2 ** 127;

export function rangeOf(wanted: RawScores['wanted'] | undefined): readonly [number, number] {
  return wanted === 'scores' ? [-tolerance, 1 + tolerance] : [-Infinity, greatestFloat32];
}

function problemOf(head: HeadDefinition, { output, matrix, wanted }: RawScores): OutputProblem | null {
  const [low, high] = rangeOf(wanted);
  if (isWithin(matrix, low, high)) return null;
  const { min, max, unusable } = describe(matrix, wanted);
  const { numAnchors } = matrix;
  if (wanted === 'scores' && (min < low || max > high)) {
    const range = `output "${output}" holds numbers from ${rounded(min)} to ${rounded(max)}, expected scores from 0 to 1`;
    const message = `head ${head.type}: ${range}: these are logits, or not class scores; ${mend(head)}`;
    return { message, isFatal: true, isOfSpec: true };
  }
  const rows = head.defaults === null ? 'classes' : 'anchors';
  const message = `head ${head.type}: output "${output}" holds NaN or infinities for ${unusable} of ${numAnchors} ${rows}`;
  return { message, isFatal: unusable === numAnchors, isOfSpec: false };
}

/** So few numbers may all lie in 0..1 by chance. */
const fewest = 64;

/** Logits are never all of them between 0 and 1; scores are, whose activation would be applied
 * twice. The first number that is below 0 ends the look at them.
 */
function problemOfActivation(head: HeadDefinition, { output, matrix, wanted }: RawScores): OutputProblem | null {
  if (wanted !== 'logits' || matrix.numAnchors * matrix.numClasses < fewest || !isWithin(matrix, 0, 1)) return null;
  const { min, max } = describe(matrix, wanted);
  if (max === 0) return null;
  const range = `output "${output}" holds numbers from ${rounded(min)} to ${rounded(max)}, expected logits`;
  const mended = choicesOf(head).includes('none') ? 'set head.activation to "none"' : 'name the output of the logits';
  const message = `head ${head.type}: ${range}: these are scores already; ${mended}, or name another output in head.outputs`;
  return { message, isFatal: true, isOfSpec: true };
}

/** Whether all numbers are from `low` to `high`. */
export function isWithin(matrix: ScoreMatrix, low: number, high: number): boolean {
  const { data, offset, numAnchors, numClasses, anchorStride, classStride } = matrix;
  const [rows, rowStride, columns, columnStride] =
    classStride === 1 && numClasses > 1
      ? [numAnchors, anchorStride, numClasses, classStride]
      : [numClasses, classStride, numAnchors, anchorStride];
  for (let row = 0; row < rows; row++) {
    const from = offset + row * rowStride;
    const end = from + columns * columnStride;
    for (let i = from; i < end; i += columnStride) if (!(data[i]! >= low && data[i]! <= high)) return false;
  }
  return true;
}

/** The least and the greatest finite number, and how many anchors have one that is not usable. */
function describe(matrix: ScoreMatrix, wanted: RawScores['wanted']): { min: number; max: number; unusable: number } {
  const { data, offset, numAnchors, numClasses, anchorStride, classStride } = matrix;
  let [min, max, unusable] = [Infinity, -Infinity, 0];
  for (let anchor = 0; anchor < numAnchors; anchor++) {
    let isUsable = true;
    for (let c = 0; c < numClasses; c++) {
      const value = data[offset + anchor * anchorStride + c * classStride]!;
      if (Number.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      } else if (wanted === 'scores' || value !== -Infinity) isUsable = false;
    }
    if (!isUsable) unusable++;
  }
  return { min, max, unusable };
}

/** What to do about logits. */
function mend(head: HeadDefinition): string {
  const other = 'name another output in head.outputs';
  const choices = choicesOf(head).filter((one) => one !== 'none');
  if (choices.length === 0) return `export the model with its sigmoid, or ${other}`;
  return `set head.activation to ${choices
    .map((one) => `"${one}"`)
    .toSorted()
    .join(' or ')}, or ${other}`;
}

/** The activations that a head can apply: its own schema says them. */
function choicesOf({ schema }: HeadDefinition): readonly (string | number)[] {
  const { activation } = schema.properties;
  return activation && 'enum' in activation ? activation.enum : [];
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
