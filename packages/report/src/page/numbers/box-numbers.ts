import { boxFields } from '../../report-data.ts';
import type { ReportData } from '../../report-data.ts';
import { placeOfBox } from '../cells/box-at.ts';
import { shownBoxes } from '../cells/shown-boxes.ts';
import { shortNumber } from '../words.ts';
import { pageNumber } from './page-number.ts';
import type { PageNumber } from './page-number.ts';

/** What the page itself knows of a cell's box, the one that its number comes from, and of its
 * image.
 */
export function boxNumbers(data: ReportData): PageNumber[] {
  const { cells, by } = data;
  const group = by === 'box' ? 'Box' : 'Box and image';
  const hasScores = cells.deciding.some(({ score }) => score.some((one) => one !== null));
  const hasBoxes = cells.boxes.some((list) => list.length > 0) && cells.width.some((width) => width > 0);
  const counts = cells.numBoxes ?? (by === 'image' ? cells.boxes.map(countOwn) : []);
  /** Of the box that a cell shows, what a function says of its sides. */
  const ofSides =
    (say: (width: number, height: number, area: number) => number) =>
    (shown: number): number[] => {
      const { box, layer } = shownBoxes(data, shown);
      return cells.boxes.map((numbers, index) => {
        const place =
          box[index]! >= 0
            ? placeOfBox(cells, index, box[index]!, layer[index])
            : layer[index] === 0
              ? firstOwn(numbers)
              : -1;
        if (place < 0) return NaN;
        const [xmin, ymin, xmax, ymax] = numbers.slice(place * boxFields + 3, place * boxFields + 7) as Sides;
        return say(xmax - xmin, ymax - ymin, cells.width[index]! * cells.height[index]!);
      });
    };
  const score = { key: 'score', words: 'score', group, isOfBox: true, order: 'ascending', ends: leastFirst } as const;
  return [
    ...(hasScores ? [pageNumber(score, (shown) => shownBoxes(data, shown).score)] : []),
    ...(hasBoxes
      ? [
          pageNumber(
            {
              ...{ key: 'size', words: 'size of the box, % of its image', group, isOfBox: true, scale: 'log' },
              say: (value) => `${shortNumber(value)} %`,
            },
            ofSides((width, height, area) => (area > 0 ? (100 * width * height) / area : NaN)),
          ),
          pageNumber(
            { key: 'aspect', words: 'width of the box by its height', group, isOfBox: true, scale: 'log' },
            ofSides((width, height) => (width > 0 && height > 0 ? width / height : NaN)),
          ),
        ]
      : []),
    ...(counts.length > 0
      ? [pageNumber({ key: 'boxes', words: 'boxes an image', group, isWhole: true }, () => counts)]
      : []),
  ];
}

type Sides = [number, number, number, number];

const leastFirst = ['smallest first', 'largest first'] as const;

/** Of the model itself. */
function countOwn(numbers: readonly number[]): number {
  let count = 0;
  for (let start = 0; start < numbers.length; start += boxFields) if (numbers[start] === 0) count++;
  return count;
}

/** Where the first box of the model stands; -1 where it has none. */
function firstOwn(numbers: readonly number[]): number {
  for (let start = 0; start < numbers.length; start += boxFields) if (numbers[start] === 0) return start / boxFields;
  return -1;
}
