import type { Label } from '../label.ts';
import { cocoColumns, cocoLabels80, cocoLabels91 } from './coco-labels.ts';
import { imagenetNames } from './imagenet-names.ts';
import { vocLabels } from './voc-labels.ts';

const lists = {
  'coco-80': () => cocoLabels80,
  'coco-80-sparse': () => cocoLabels91,
  'coco-90': () => cocoColumns(1),
  'coco-91': () => cocoColumns(0),
  'imagenet-1k': () => imagenetNames.split(/,\s/).map((name, id) => ({ id, name })),
  'voc-20': () => vocLabels,
} as const satisfies Readonly<Record<string, () => readonly Label[]>>;

/** The lists that have a name, which a spec's `labels` may be. */
export const labelListNames: readonly string[] = Object.keys(lists);

/** The labels of a list by its name, one for each column of a model's scores; null where none has
 * it. `coco-80` are numbered 0 to 79; `coco-80-sparse` are the same columns under COCO's own ids, 1
 * to 90 with gaps; `coco-90` and `coco-91` have a column for each id from 1, or from 0, where those
 * that name nothing are "N/A"; `imagenet-1k` is numbered from 0, as is `voc-20`.
 * @example namedLabels('coco-80')![0] // { id: 0, name: 'person', supercategory: 'person' }
 */
export function namedLabels(name: string): readonly Label[] | null {
  return Object.hasOwn(lists, name) ? lists[name as keyof typeof lists]() : null;
}
