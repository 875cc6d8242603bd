import type { Label } from '@qualm/types';
import { assertOptions } from '@qualm/types';
import { matchOf } from '@qualm/types/rows';
import type { LabelledBoxes } from '@qualm/types/rows';
import { assertArray, assertNumber } from './assert-arguments.ts';
import { assertBox } from './assert-picture.ts';
import { box, compose } from './layer.ts';
import type { BoxLike, GroupLayer } from './layer.ts';

/** A box with a class: what a model found, or what somebody drew. */
export interface ComparedBox {
  /** In pixels. */
  readonly box: BoxLike;
  readonly label_id: number;
  readonly score?: number;
}

export interface DifferenceOptions {
  readonly labels?: readonly Label[];
  /** Boxes that overlap by at least this are the same thing. Default 0.5. */
  readonly minIou?: number;
}

/** Where two lists of boxes differ: ground truth and a model, or two models. Boxes that are in the first alone are dashed and red, in the second
 * alone green; a thing that both found under different names is orange and says so; what both agree on is thin and grey. Boxes are paired off as `match` of
 * `@qualm/evaluation` does: one to one, those of one class first, then those of greatest overlap. Colours are told apart without red and green by
 * their dashes and words.
 * @throws RangeError when `minIou` is not 0..1.
 * @example difference(groundTruth, predicted, { labels })
 */
export function difference(
  first: readonly ComparedBox[],
  second: readonly ComparedBox[],
  options: DifferenceOptions = {},
): GroupLayer {
  assertArray('difference', 'the first list', first, 'an array of { box, label_id }');
  assertArray('difference', 'the second list', second, 'an array of { box, label_id }');
  assertOptions('difference', options, '{ labels, minIou: 0.5 }');
  const { labels = [], minIou = 0.5 } = options;
  assertArray('difference', 'labels', labels, "an array, such as [{ id: 0, name: 'person' }]");
  assertNumber('difference', 'minIou', minIou);
  if (!(minIou >= 0 && minIou <= 1)) throw new RangeError(`difference: minIou is ${minIou}; wanted 0 to 1`);
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const name = ({ label_id: id }: ComparedBox): string => names.get(id) ?? String(id);
  const said = (one: ComparedBox): string => name(one) + (one.score === undefined ? '' : ` ${one.score.toFixed(2)}`);
  const partners = pairOff(first, second, minIou);
  const found = new Set(partners.values());
  const other = [...partners].filter(([a, b]) => first[a]!.label_id !== second[b]!.label_id);
  const same = [...partners].filter(([a, b]) => first[a]!.label_id === second[b]!.label_id);
  const missed = first.filter((_, index) => !partners.has(index));
  const extra = second.filter((_, index) => !found.has(index));
  return compose(
    ...other.map(([a, b]) =>
      box(second[b]!.box, { color: '#e69f00', label: `${name(first[a]!)} → ${said(second[b]!)}` }),
    ),
    ...missed.map((one) => box(one.box, { color: '#d55e00', dash: [6, 4], label: `− ${said(one)}` })),
    ...extra.map((one) => box(one.box, { color: '#009e73', label: `+ ${said(one)}` })),
    ...same.map(([, b]) => box(second[b]!.box, { color: '#c7c7c7', strokeWidth: 1, opacity: 0.8 })),
  );
}

/** For indices of the first, which of the second is the same thing; what is no box is none. */
function pairOff(first: readonly ComparedBox[], second: readonly ComparedBox[], minIou: number): Map<number, number> {
  const [a, b] = [placesOfBoxes(first), placesOfBoxes(second)];
  const pairs = matchOf('difference', flatBoxes(first, a), flatBoxes(second, b), { minIou });
  return new Map(pairs.map((pair) => [a[pair.first]!, b[pair.second]!]));
}

function placesOfBoxes(list: readonly ComparedBox[]): number[] {
  return list.flatMap((one, place) => {
    assertBox('difference', one?.box);
    const { xmin, ymin, xmax, ymax } = one.box;
    return xmin <= xmax && ymin <= ymax ? [place] : [];
  });
}

function flatBoxes(list: readonly ComparedBox[], places: readonly number[]): LabelledBoxes {
  const boxes = places.map((place) => list[place]!);
  return {
    boxes: Float64Array.from(boxes.flatMap(({ box: { xmin, ymin, xmax, ymax } }) => [xmin, ymin, xmax, ymax])),
    labelIds: boxes.map(({ label_id }) => label_id),
  };
}
