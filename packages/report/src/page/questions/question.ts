import type { Answers, LabelledBox } from '../../answers/answer.ts';
import type { AskedBox, AskedPicture } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import type { VectorClass } from '../cells/box-at.ts';
import { boxVector, decidingVector } from '../cells/class-vector.ts';
import { bitsOfBox } from './information.ts';

/** Something to answer: what is in a box, or what was missed in a picture. */
export type Question = BoxQuestion | PictureQuestion;

export interface BoxQuestion {
  readonly kind: 'box';
  readonly key: string;
  readonly picture: AskedPicture;
  readonly asked: AskedBox;
  /** The classes that it proposes, best first. */
  readonly proposed: readonly VectorClass[];
  /** What an answer is expected to say. */
  readonly bits: number;
}

export interface PictureQuestion {
  readonly kind: 'picture';
  readonly key: string;
  readonly picture: AskedPicture;
}

/** As many as have keys of their own beside "another", and "no object". */
const mostProposed = 5;

export function boxQuestion(data: ReportData, picture: AskedPicture, asked: AskedBox): BoxQuestion {
  const { box, cell, key } = asked;
  const own = boxVector(box);
  const vector = own.length < 2 && data.by === 'box' ? decidingVector(data, cell, 0) : own;
  const proposed = vector.slice(0, mostProposed).filter((one, at) => at < 2 || isSeen(one));
  return { kind: 'box', key, picture, asked, proposed, bits: bitsOfBox(proposed) };
}

/** Whether a class is more than nothing at two digits. */
export function isSeen({ score }: VectorClass): boolean {
  return score === null || score >= 0.005;
}

/** Whether the page can show the whole of a picture, and not parts of it alone. */
export function isWhole(data: ReportData, { cells }: AskedPicture): boolean {
  const { region, whole } = data.cells;
  return data.served || cells.some((cell) => region[cell] === null || whole?.[cell] != null);
}

/** Whether it can be asked what was missed in a picture: all that was found in it is to be seen. */
export function isWholeAsked(data: ReportData, picture: AskedPicture): boolean {
  return isWhole(data, picture) && picture.lacking() === 0;
}

/** Whether somebody has answered for each box of a picture; "cannot tell" is an answer. */
export function hasBoxesAnswered({ boxes }: AskedPicture, answers: Answers): boolean {
  return boxes().every(({ key }) => answers.has(key));
}

/** Whether a picture's labels are whole: each box is an object or is none, and nothing else is
 * missed. */
export function isFinished(picture: AskedPicture, answers: Answers): boolean {
  const isSure = (key: string): boolean => (answers.get(key)?.objects ?? null) !== null;
  return picture.lacking() === 0 && isSure(picture.key) && picture.boxes().every(({ key }) => isSure(key));
}

/** The objects of a picture so far: first what its boxes hold, then what was missed.
 * @param without the key of a question whose answer is left out
 */
export function objectsOf(picture: AskedPicture, answers: Answers, without?: string): LabelledBox[] {
  return keysOf(picture).flatMap((one) => (one === without ? [] : (answers.get(one)?.objects ?? [])));
}

/** The keys of all that can be asked about a picture, in the same order. */
export function keysOf({ key, boxes, beside }: AskedPicture): string[] {
  return [...[...boxes(), ...beside()].map((box) => box.key), key];
}
