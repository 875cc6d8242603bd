import { InvalidArgumentError } from '@commander-js/extra-typings';
import { counted, countText } from '@qualm/types';
import { GateError } from '../terminal/exit-code.ts';

/** A condition on the counts of a run, such as `failed>5%`. */
export interface Gate {
  readonly text: string;
  readonly count: 'failed' | 'boxes';
  readonly sign: '>' | '<';
  readonly value: number;
  readonly percent: boolean;
}

/** What gates are held against. */
interface Counts {
  readonly images: number;
  readonly failed: number;
  readonly boxes: number;
  /** Images with numbers of the model that could not be used. */
  readonly warned: number;
}

/** Reads a gate; for commander's `argParser`.
 * @example parseGate('failed>5%') // { count: 'failed', sign: '>', value: 5, percent: true, ... }
 */
export function parseGate(text: string): Gate {
  const match = /^(failed|boxes)\s*([<>])\s*(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  if (!match) throw new InvalidArgumentError('expected a condition such as "failed>0", "failed>5%" or "boxes<1"');
  const [, count, sign, value, percent] = match;
  return {
    text,
    count: count as Gate['count'],
    sign: sign as Gate['sign'],
    value: Number(value),
    percent: percent === '%',
  };
}

/** Fails when a condition that the user named holds; percentages are of the images.
 * @throws GateError
 */
export function assertGates(
  { strict, failOn }: { readonly strict?: boolean | undefined; readonly failOn?: Gate | undefined },
  counts: Counts,
): void {
  const images = counted(counts.images, 'image');
  if (strict && counts.failed > 0) throw new GateError(`--strict: ${countText(counts.failed)} of ${images} failed`);
  if (strict && counts.warned > 0) {
    throw new GateError(
      `--strict: the model gave numbers that cannot be used for ${countText(counts.warned)} of ${images}`,
    );
  }
  if (!failOn) return;
  const count = counts[failOn.count];
  const value = failOn.percent ? (100 * count) / Math.max(1, counts.images) : count;
  const holds = failOn.sign === '>' ? value > failOn.value : value < failOn.value;
  const them = failOn.count === 'boxes' ? counted(count, 'box', 'boxes') : `${countText(count)} failed`;
  if (holds) throw new GateError(`--fail-on ${failOn.text}: ${them} of ${images}`);
}
