import type { ReportData } from '../../report-data.ts';
import { imageAt, wholeAt } from '../cells/cell-at.ts';
import type { PagePicture } from '../cells/cell-at.ts';
import { clipped, lookedAt } from './edited-box.ts';
import type { Edges, Region, Size } from './edited-box.ts';
import type { Question } from './question.ts';

/** What of an image a question shows. */
export interface Look {
  readonly src: string | null;
  /** What the picture shows, in pixels of the image. */
  readonly picture: Region;
  /** What of that is seen at first. */
  readonly view: Region;
  /** Of the image. */
  readonly size: Size;
  /** The box that is asked about; null where the whole picture is. */
  readonly box: Edges | null;
}

/** The picture of a question: of a server the whole image, else what the page has. All questions
 * about an image have one picture, which a browser loads once; but where the page has parts of it,
 * which are sharper, and the whole of it beside, its boxes have the parts.
 */
export function lookOf(data: ReportData, question: Question): Look {
  const { width, height, region } = data.cells;
  const { cells } = question.picture;
  const whole = data.served ? cells[0]! : (cells.find((cell) => region[cell] === null) ?? null);
  const cell = whole ?? (question.kind === 'box' ? question.asked.cell : cells[0]!);
  const size = { width: width[cell]!, height: height[cell]! };
  const beside = question.kind === 'picture' && whole === null ? wholeBeside(data, cells) : null;
  const { src, ...picture } = beside ?? imageAt(data, cell, 0, []);
  const shown = { x: picture.x, y: picture.y, width: picture.width, height: picture.height };
  if (question.kind === 'picture') return { src, picture: shown, view: shown, size, box: null };
  const box = clipped(question.asked.box, size);
  return { src, picture: shown, view: lookedAt(box, shown), size, box };
}

function wholeBeside(data: ReportData, cells: readonly number[]): PagePicture | null {
  const cell = cells.find((one) => data.cells.whole?.[one] != null);
  return cell === undefined ? null : wholeAt(data, cell);
}
