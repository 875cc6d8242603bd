import { placeTags } from '@qualm/viz/svg';
import type { Rect, TagRequest } from '@qualm/viz/svg';

/** Where a label stands, and whether it covers no other there. */
export interface LabelPlace extends Rect {
  readonly isFree: boolean;
}

/** A place for each label; the first one has the first choice. Of those that are free none covers
 * another, and each is so near to what it names that one sees what that is; the others are to be
 * shown one at a time.
 */
export function labelPlaces(
  labels: readonly Pick<TagRequest, 'size' | 'target'>[],
  frame: TagRequest['size'],
): LabelPlace[] {
  const taken: Rect[] = [];
  return labels.map((label) => {
    const [place] = placeTags([{ ...label, anchor: 'top-left' }], frame, taken) as [Rect];
    const isFree = isCovered(around(label), place) && !taken.some((other) => isCovered(place, other));
    if (isFree) taken.push(place);
    return { ...place, isFree };
  });
}

/** What a label names, and the room of a label around it. */
function around({
  size: { height: room },
  target: { x, y, width, height },
}: Pick<TagRequest, 'size' | 'target'>): Rect {
  return { x: x - room, y: y - 1.5 * room, width: width + 2 * room, height: height + 3 * room };
}

function isCovered(one: Rect, two: Rect): boolean {
  const width = Math.min(one.x + one.width, two.x + two.width) - Math.max(one.x, two.x);
  const height = Math.min(one.y + one.height, two.y + two.height) - Math.max(one.y, two.y);
  return width > 0.01 && height > 0.01;
}

/** Puts the labels of all pictures inside of an element where they cover none of each other, as far
 * as the pictures are seen. */
export function placeLabels(root: HTMLElement): void {
  for (const stage of root.querySelectorAll<HTMLElement>('.stage')) placeOn(stage);
}

function placeOn(stage: HTMLElement): void {
  const whole = stage.getBoundingClientRect();
  const pane = (stage.closest('.pane') ?? stage).getBoundingClientRect();
  const [left, top] = [Math.max(whole.left, pane.left), Math.max(whole.top, pane.top)];
  const frame = { width: Math.min(whole.right, pane.right) - left, height: Math.min(whole.bottom, pane.bottom) - top };
  const boxes = new Map(
    Array.from(stage.querySelectorAll<HTMLElement>('.box'), (box) => [box.dataset['at'], box] as const),
  );
  const tags = [...stage.querySelectorAll<HTMLElement>('.tag')];
  const seen = tags
    .map((tag) => {
      const box = boxes.get(tag.dataset['at'])!.getBoundingClientRect();
      const target = { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
      const { width, height } = tag.getBoundingClientRect();
      return { tag, target, size: { width, height }, isFirst: tag.classList.contains('deciding') };
    })
    .filter(({ target, size }) => size.width > 0 && isCovered({ x: 0, y: 0, ...frame }, target))
    .sort((one, two) => Number(two.isFirst) - Number(one.isFirst));
  for (const tag of tags) tag.classList.add('crowded');
  labelPlaces(seen, frame).forEach(({ x, y, isFree }, at) => {
    const { tag } = seen[at]!;
    tag.classList.toggle('crowded', !isFree);
    tag.style.left = `${(100 * (x + left - whole.left)) / whole.width}%`;
    tag.style.top = `${(100 * (y + top - whole.top)) / whole.height}%`;
  });
}
