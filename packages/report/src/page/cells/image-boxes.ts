import type { ReportData } from '../../report-data.ts';
import { boxesAt, placeOfBox } from './box-at.ts';
import type { KnownBox } from './box-at.ts';
import { decidingVector } from './class-vector.ts';
import { isOfSecond, shownBoxes } from './shown-boxes.ts';

/** Gives the boxes of a cell's image that the report knows. A cell that shows a part of its image
 * has one of them; the others are in other cells of that image. Each box is there once.
 */
export function createImageBoxes(data: ReportData): (index: number) => readonly KnownBox[] {
  let byImage: ReadonlyMap<string | number, readonly number[]> | undefined;
  return (index) => {
    if (data.cells.region[index] === null) return boxesOfCell(data, index);
    byImage ??= cellsByImage(data);
    const boxes = new Map<string, KnownBox>();
    const others = byImage.get(imageOf(data, index))!.filter((other) => other !== index);
    for (const cell of [index, ...others])
      for (const one of boxesOfCell(data, cell)) {
        const known = cell === index ? one : { ...one, isAbout: false };
        const { layer, label, score, xmin, ymin, xmax, ymax, box } = known;
        const key = String([layer, label, score, xmin, ymin, xmax, ymax, box]);
        // A cell of its own knows more of it.
        const before = boxes.get(key);
        if (!before) boxes.set(key, known);
        else if (before.values.length === 0 && known.values.length > 0)
          boxes.set(key, { ...known, isAbout: before.isAbout, partner: before.partner ?? known.partner });
      }
    return [...boxes.values()];
  };
}

function imageOf({ cells: { imageId, image } }: ReportData, index: number): string | number {
  return imageId[index] ?? image[index]!;
}

function cellsByImage(data: ReportData): Map<string | number, number[]> {
  const found = new Map<string | number, number[]>();
  data.cells.id.forEach((_, index) => {
    const image = imageOf(data, index);
    const cells = found.get(image);
    if (cells) cells.push(index);
    else found.set(image, [index]);
  });
  return found;
}

/** Where all numbers of a cell come from one box, they are that box's own, and so is its rival. */
function boxesOfCell(data: ReportData, index: number): KnownBox[] {
  const { deciding, values } = data.cells;
  const { box: decides, value, layer } = shownBoxes(data, 0);
  const boxes = boxesAt(data, index);
  const place =
    deciding.length > 1 || value[index] !== null ? -1 : placeOfBox(data.cells, index, decides[index]!, layer[index]);
  const partner = data.by === 'box' ? partnerOf(data, index, place) : -1;
  return boxes.map((box, at) => {
    if (at === place) return { ...box, ...ofCell(box) };
    return at === partner ? { ...box, values: otherValuesAt(data, index) } : box;
  });

  function ofCell(box: KnownBox): Pick<KnownBox, 'rivals' | 'values'> {
    const [, ...rivals] = decidingVector(data, index, 0);
    if (box.values.length > 0) return { rivals, values: box.values };
    return {
      rivals,
      values: isOfSecond(data, index) ? otherValuesAt(data, index) : values.map((list) => list[index]!),
    };
  }
}

/** The other model's box of the same thing; -1 without one. */
function partnerOf({ cells: { pairs } }: ReportData, index: number, place: number): number {
  const [first, second = -1] = pairs?.[index] ?? [];
  return place >= 0 && first === place ? second : -1;
}

/** What each strategy says of the other model's box; null where it was not asked. */
function otherValuesAt({ strategies, cells: { otherValues } }: ReportData, index: number): (number | null)[] {
  let asked = 0;
  return strategies.map(({ compared }) => (compared ? otherValues[asked++]![index]! : null));
}
