import { fitLine } from '../fit-text.ts';
import { measureText } from '../measure-text.ts';
import { oneLine, textSize } from './chart-text.ts';
import type { MeanCurve } from './mean-curves.ts';
import { spread } from './spread.ts';

/** Pixels: lower rows would overlap. */
export const nameRow = 15;

/** The last accuracy of each curve and its strategy, cut where they are wider than their room. */
export function curveNames(means: readonly MeanCurve[], room: number): string[] {
  return means.map(({ strategy, points }) => {
    const accuracy = `${points.at(-1)!.mean.toFixed(3)} `;
    return accuracy + fitLine(oneLine(strategy), textSize, room - measureText(accuracy, textSize));
  });
}

/** Where each strategy is named: at the height of its last point, or as near to it as the others
 * and the frame leave room.
 */
export function placeNames(
  means: readonly MeanCurve[],
  names: readonly string[],
  [low, high]: readonly [low: number, high: number],
  height: number,
): object[] {
  const lasts = means.map(({ points }) => points.at(-1)!);
  const gap = ((high - low) / height) * nameRow;
  const places = spread(
    lasts.map(({ mean }) => mean),
    gap,
    [low + gap / 2, high - gap / 2],
  );
  const labels = lasts.reduce((most, last) => Math.max(most, last.labels), -Infinity);
  return means.map(({ strategy }, at) => ({ strategy, labels, place: places[at], name: names[at] }));
}
