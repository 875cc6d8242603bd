import type { PassedOver } from '@qualm/datasets';
import { counted, countText, printable } from '@qualm/types';

const listed = 6;

/** What is said of files that were left out: how many, why, and what to do; null where there are
 * none.
 * @example passedOverLine([{ reason: 'bmp', count: 2, example: 'a.bmp' }]) // '2 files passed over: 2 bmp (a.bmp)'
 */
export function passedOverLine(passedOver: readonly PassedOver[]): string | null {
  if (passedOver.length === 0) return null;
  const total = passedOver.reduce((sum, { count }) => sum + count, 0);
  const kinds = passedOver
    .slice(0, listed)
    .map(({ reason, count, example }) => `${countText(count)} ${printable(reason)} (${printable(example)})`);
  const rest = passedOver.slice(listed).reduce((sum, { count }) => sum + count, 0);
  const list = [...kinds, ...(rest > 0 ? [`${countText(rest)} of other kinds`] : [])].join(', ');
  const has = (pattern: RegExp): boolean => passedOver.some(({ reason }) => pattern.test(reason));
  const advice = [
    ...(has(/^linked (out|to a folder)/) ? ['--follow-links takes links too'] : []),
    ...(has(/but an image$/) ? ['rename images that have no ending, or name them in --images'] : []),
  ];
  return `${counted(total, 'file')} passed over: ${[list, ...advice].join('; ')}`;
}
