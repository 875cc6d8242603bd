import { ownBoxes } from '../page/cells/own-boxes.ts';
import { isOfSecond, shownBoxes } from '../page/cells/shown-boxes.ts';
import type { KnownBox } from '../page/cells/box-at.ts';
import type { ReportData } from '../report-data.ts';

/** A box that can be asked about. */
export interface AskedBox {
  /** Names what is seen: image, class and edges. */
  readonly key: string;
  readonly box: KnownBox;
  /** The cell that shows it. */
  readonly cell: number;
}

/** A picture whose boxes can be asked about. */
export interface AskedPicture {
  /** The image's id, or its name where the report does not know the id. */
  readonly image: string | number;
  /** Of the question what was missed. */
  readonly key: string;
  /** The cells that show the image, or parts of it. */
  readonly cells: readonly number[];
  /** The model's own boxes in it that the report has; each is there once. */
  readonly boxes: () => readonly AskedBox[];
  /** How many more the model found in it, which the report does not have. */
  readonly lacking: () => number;
  /** Boxes in it that only a second model found. They are asked about where they are shown, and the
   * labels of the picture are whole without them.
   */
  readonly beside: () => readonly AskedBox[];
}

/** The pictures of a report, in the order of its cells, and the keys of questions about them. */
export interface AskedPictures {
  readonly all: ReadonlyMap<string | number, AskedPicture>;
  readonly of: (cell: number) => AskedPicture | undefined;
  /** The picture that a question is about, by the question's key. */
  readonly find: (key: string) => AskedPicture | undefined;
}

/** What can be asked about a report. Images of unknown size are left out: nobody could see which
 * box is meant. The keys of one report are those of another that shows the same boxes.
 */
export function askedPictures(data: ReportData): AskedPictures {
  const { width, height, imageId, image } = data.cells;
  const nameOf = (cell: number): string | number => imageId[cell] ?? image[cell]!;
  let known: ReadonlyMap<string | number, AskedPicture> | undefined;

  function build(): ReadonlyMap<string | number, AskedPicture> {
    const cellsOf = new Map<string | number, number[]>();
    data.cells.id.forEach((_, cell) => {
      if (!(width[cell]! > 0 && height[cell]! > 0)) return;
      const cells = cellsOf.get(nameOf(cell));
      if (cells) cells.push(cell);
      else cellsOf.set(nameOf(cell), [cell]);
    });
    return new Map(Array.from(cellsOf, ([name, cells]) => [name, pictureOf(data, name, cells)]));
  }

  // A large page is seen before anybody asks.
  const all = (): ReadonlyMap<string | number, AskedPicture> => (known ??= build());
  return {
    get all() {
      return all();
    },
    of: (cell) => all().get(nameOf(cell)),
    // A report of many boxes has many keys: they are made of the picture that is asked for.
    find(key) {
      for (let end = key.lastIndexOf('#'); end > 0; end = key.lastIndexOf('#', end - 1)) {
        const picture = all().get(key.slice(0, end)) ?? all().get(Number(key.slice(0, end)));
        if (picture && [{ key: picture.key }, ...picture.boxes(), ...picture.beside()].some((one) => one.key === key))
          return picture;
      }
      return undefined;
    },
  };
}

function pictureOf(data: ReportData, image: string | number, cells: readonly number[]): AskedPicture {
  let boxes: readonly AskedBox[] | undefined;
  let beside: readonly AskedBox[] | undefined;
  const ofModel = (isSecond: boolean): AskedBox[] =>
    boxesOf(
      data,
      image,
      cells.filter((cell) => isOfSecond(data, cell) === isSecond),
    );
  return {
    ...{ image, cells, key: `${image}#missed`, boxes: () => (boxes ??= ofModel(false)) },
    lacking: () => lackingOf(data, cells),
    beside: () => (beside ??= data.cells.layer ? ofModel(true) : []),
  };
}

/** A cell of an image has all of its boxes; one that is a box has no other. */
function lackingOf(data: ReportData, cells: readonly number[]): number {
  if (data.by === 'image') return 0;
  const { box } = shownBoxes(data, 0);
  const own = new Set(cells.flatMap((cell) => (isOfSecond(data, cell) || box[cell]! < 0 ? [] : [box[cell]!])));
  const found = cells.reduce((most, cell) => Math.max(most, data.cells.numBoxes?.[cell] ?? 0), 0);
  return Math.max(0, found - own.size);
}

function boxesOf(data: ReportData, image: string | number, cells: readonly number[]): AskedBox[] {
  const found = new Map<string, AskedBox>();
  for (const cell of cells)
    for (const one of boxesOfCell(data, image, cell)) if (!found.has(one.key)) found.set(one.key, one);
  return [...found.values()];
}

/** What is asked about the boxes of a cell. Two cells that show the same box ask the same.
 * @param image of the cell, as its picture has it
 */
export function boxesOfCell(data: ReportData, image: AskedPicture['image'], cell: number): AskedBox[] {
  return ownBoxes(data, cell).flatMap((box) => {
    const { label, xmin, ymin, xmax, ymax } = box;
    if (!(xmin < xmax && ymin < ymax)) return [];
    return [{ key: `${image}#${data.labels[label] ?? ''}@${xmin},${ymin},${xmax},${ymax}`, box, cell }];
  });
}
