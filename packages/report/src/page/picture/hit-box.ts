/** A box as it is seen, in pixels of the window. */
export interface SeenBox {
  readonly at: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The box that a click at a point means: the smallest one that holds it, and the next larger one
 * where that is chosen already; null where there is none.
 */
export function hitBox(boxes: readonly SeenBox[], x: number, y: number, chosen: number | null): number | null {
  const under = boxes
    .filter(({ left, top, width, height }) => {
      const isSeen = width > 0 && height > 0;
      return isSeen && x >= left && x <= left + width && y >= top && y <= top + height;
    })
    .sort((one, two) => one.width * one.height - two.width * two.height);
  const before = under.findIndex(({ at }) => at === chosen);
  return under[(before + 1) % under.length]?.at ?? null;
}

/** The boxes of a pane that are seen. */
export function seenBoxes(pane: Element): SeenBox[] {
  return Array.from(pane.querySelectorAll<HTMLElement>('.box'), (box) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    return { at: Number(box.dataset['at']), left, top, width, height };
  });
}
