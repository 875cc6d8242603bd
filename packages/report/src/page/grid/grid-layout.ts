/** How cells lie in a grid of some width. */
export interface GridLayout {
  readonly columns: number;
  /** Of a cell's picture, in pixels. */
  readonly pictureHeight: number;
  /** Of a row, with the space above it. */
  readonly rowHeight: number;
}

/** Pixels between cells, of a cell's two borders, and left of the first one and right of the last.
 */
export const gap: number = 8;
const borders = 4;

/** Width by height of a cell's picture. */
export const frameRatio: number = 164 / 136;

/** As many cells in a row as have the width that is asked for, a little wider so that they fill it.
 * @param captionHeight what a cell has below its picture
 */
export function gridLayout(width: number, cellWidth: number, captionHeight: number): GridLayout {
  const columns = Math.max(1, Math.floor((width - gap) / (cellWidth + gap)));
  const own = Math.max(0, (width - gap) / columns - gap - borders);
  const pictureHeight = Math.round(own / frameRatio);
  return { columns, pictureHeight, rowHeight: gap + borders + pictureHeight + captionHeight };
}

/** Where a key leads in a grid, from a position; null for other keys. */
export function positionAfter(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  current: number,
  { columns, rowsSeen, count }: { readonly columns: number; readonly rowsSeen: number; readonly count: number },
): number | null {
  const inRow = current % columns;
  const page = Math.max(1, rowsSeen) * columns;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: current + 1,
    ArrowLeft: current - 1,
    ArrowDown: current + columns < count ? current + columns : current,
    ArrowUp: current - columns >= 0 ? current - columns : current,
    PageDown: current + page,
    PageUp: current - page,
    Home: ctrlKey ? 0 : current - inRow,
    End: ctrlKey ? count - 1 : current - inRow + columns - 1,
  };
  if (!Object.hasOwn(steps, key)) return null;
  return Math.max(0, Math.min(count - 1, steps[key]!));
}
