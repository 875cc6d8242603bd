import type { AskedBox, AskedPicture, AskedPictures } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import { boxQuestion, isWhole, isWholeAsked } from './question.ts';
import type { BoxQuestion, PictureQuestion, Question } from './question.ts';

/** All that is asked about a picture. */
export interface PictureGroup {
  readonly boxes: BoxQuestion[];
  /** What was missed, where that can be asked. */
  readonly whole: PictureQuestion | null;
}

export type PictureGroups = ReadonlyMap<AskedPicture, PictureGroup>;

/** Why it is not asked what was missed, and of how many pictures. */
export interface NotAsked {
  /** The page has parts of them alone. */
  readonly parts: number;
  /** The page lacks some of the boxes that were found in them. */
  readonly lacking: number;
  /** Not all boxes that the page has of them are asked about. */
  readonly others: number;
}

/** The pictures of cells, in their order, and their boxes, those first that say most. */
export function pictureGroups(data: ReportData, pictures: AskedPictures, cells: readonly number[]): PictureGroups {
  const shown = new Set(cells);
  const groups = new Map<AskedPicture, PictureGroup>();
  for (const cell of cells) {
    const picture = pictures.of(cell);
    if (!picture || groups.has(picture)) continue;
    const isShown = ({ cell: own }: AskedBox): boolean => shown.has(own);
    const boxes = [...picture.boxes(), ...picture.beside()]
      .filter(isShown)
      .map((box) => boxQuestion(data, picture, box))
      .sort(byBits);
    const isAsked = isWholeAsked(data, picture) && picture.boxes().every(isShown);
    groups.set(picture, { boxes, whole: isAsked ? { kind: 'picture', key: picture.key, picture } : null });
  }
  return groups;
}

/** Of which pictures it is not asked what was missed. */
export function notAskedOf(data: ReportData, groups: PictureGroups): NotAsked {
  const without = [...groups].filter(([, { whole }]) => whole === null);
  const seen = without.filter(([picture]) => isWhole(data, picture));
  const lacking = seen.filter(([picture]) => picture.lacking() > 0).length;
  return { parts: without.length - seen.length, lacking, others: seen.length - lacking };
}

/** The boxes of cells in the order of the grid, and pictures without boxes where they stand. */
export function* boxesOfCells(
  groups: PictureGroups,
  pictures: AskedPictures,
  cells: readonly number[],
): Generator<BoxQuestion | AskedPicture> {
  for (const cell of cells) {
    const picture = pictures.of(cell);
    const group = picture && groups.get(picture);
    if (!group) continue;
    if (group.boxes.length === 0) yield picture;
    for (const one of group.boxes) if (one.asked.cell === cell) yield one;
  }
}

/** What was missed in a picture is asked after the last of its boxes. */
export function* afterTheirBoxes(
  list: Iterable<BoxQuestion | AskedPicture>,
  groups: PictureGroups,
): Generator<Question> {
  const seen = new Map<AskedPicture, number>();
  for (const one of list) {
    const picture = 'kind' in one ? one.picture : one;
    const { boxes, whole } = groups.get(picture)!;
    const count = (seen.get(picture) ?? 0) + 1;
    seen.set(picture, count);
    if ('kind' in one) yield one;
    if (whole && count === Math.max(1, boxes.length)) yield whole;
  }
}

/** Those that say most first. */
export function byBits(one: BoxQuestion, two: BoxQuestion): number {
  return two.bits - one.bits;
}
