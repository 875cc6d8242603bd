import { createHash } from 'node:crypto';
import { wrongArgument } from '@qualm/types';
import type { Box2d } from '@qualm/types';

/** One of `NamedBoxes` as a row: a box and the name of its class, whichever ids a model gives to
 * classes. */
export interface NamedBox {
  readonly box: Box2d<'pixels'>;
  /** The name of its class, or the class's id where it has no name; null where it has no class. */
  readonly label: string | null;
}

/** The ids under which marks of an image and of its boxes are kept. They say what is seen: the
 * image, the classes and the boxes, to a tenth of a pixel. So marks stay when predictions are made
 * or ranked again, and those of one model's boxes are not shown on another's.
 * @param boxes all that were found, in any order.
 * @example cellIds('a.jpg', [{ box: new Box2d(1, 2, 3, 4), label: 'dog' }]).boxes // ['a.jpg#dog@1,2,3,4']
 */
export function cellIds(
  imageId: string | number,
  boxes: readonly NamedBox[],
): { readonly image: string; readonly boxes: readonly string[] } {
  if (typeof imageId !== 'string' && typeof imageId !== 'number')
    throw wrongArgument('cellIds', 'its image id', imageId, 'a text or a number');
  if (!Array.isArray(boxes)) throw wrongArgument('cellIds', 'its boxes', boxes, 'an array of boxes with their labels');
  const seen = new Map<string, number>();
  const named = boxes.map(({ box, label }) => {
    const name = `${label ?? ''}@${[...box].map((edge) => Number(edge.toFixed(1))).join(',')}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}~${count}`;
  });
  const found = createHash('sha256')
    .update(JSON.stringify([...named].sort()))
    .digest('hex');
  return { image: `${imageId}#${found.slice(0, 12)}`, boxes: named.map((name) => `${imageId}#${name}`) };
}
