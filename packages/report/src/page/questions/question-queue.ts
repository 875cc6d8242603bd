import type { Answers } from '../../answers/answer.ts';
import type { AskedPictures } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import { bitsOfPicture } from './information.ts';
import type { Pace } from './pace.ts';
import { afterTheirBoxes, boxesOfCells, byBits, notAskedOf, pictureGroups } from './picture-groups.ts';
import type { NotAsked, PictureGroup } from './picture-groups.ts';
import { hasBoxesAnswered } from './question.ts';
import type { Question } from './question.ts';
import { shuffled } from './shuffled.ts';

/** In which order questions come: those that are expected to say most in a second first, wherever
 * they are; picture by picture, those first whose questions are; as the grid is sorted; or at
 * random, the same for the same report, so that the first ones are a fair sample of all.
 */
export const questionOrders = ['information', 'pictures', 'grid', 'random'] as const;
export type QuestionOrder = (typeof questionOrders)[number];

/** The questions about what is shown. */
export interface QuestionQueue {
  /** The next ones to answer. What is left changes with each answer, so only the first is sure.
   * @param back keys of answers that were taken back: they come first
   */
  next(count: number, back?: readonly string[]): Question[];
  /** How many are not answered. */
  left(): number;
  readonly total: number;
  /** Of all questions, in the order that they came in. */
  keys(): string[];
  /** Pictures of which it is not asked what was missed. */
  readonly notAsked: NotAsked;
}

export interface QueueOptions {
  readonly order: QuestionOrder;
  readonly answers: Answers;
  readonly pace: Pick<Pace, 'seconds'>;
}

/** The questions of the cells that are shown. Of a picture it is asked what was missed once each
 * box that the page has of it is answered, and only where all of them are shown.
 * @param cells in the grid's order
 */
export function createQuestionQueue(
  data: ReportData,
  pictures: AskedPictures,
  cells: readonly number[],
  { order, answers, pace }: QueueOptions,
): QuestionQueue {
  const groups = pictureGroups(data, pictures, cells);
  const isFree = order === 'information';
  const list = isFree ? [...groups.values()].flatMap(({ boxes }) => boxes).sort(byBits) : inTheirOrder();
  const wholes = isFree ? [...groups.values()].flatMap(({ whole }) => whole ?? []) : [];
  const all = new Map([...list, ...wholes].map((one): [string, Question] => [one.key, one]));
  const ready = new Set(wholes.filter(({ picture }) => hasBoxesAnswered(picture, answers)));
  /** Of the list: those before it were answered, here or before. */
  let start = 0;

  function inTheirOrder(): Question[] {
    const inGrid = boxesOfCells(groups, pictures, cells);
    if (order === 'grid') return [...afterTheirBoxes(inGrid, groups)];
    if (order === 'random') return [...afterTheirBoxes(shuffled([...inGrid], data.id), groups)];
    const wholeBits = bitsOfPicture(missedIn(answers));
    const rates = new Map(Array.from(groups.values(), (group) => [group, rateOf(group, wholeBits)]));
    const sorted = [...groups.values()].sort((a, b) => rates.get(b)! - rates.get(a)!);
    return sorted.flatMap(({ boxes, whole }): Question[] => [...boxes, ...(whole ? [whole] : [])]);
  }

  /** Bits in a second, of all that is open about a picture. */
  function rateOf({ boxes, whole }: PictureGroup, wholeBits: number): number {
    const open = boxes.filter(({ key }) => !answers.has(key));
    const bits = open.reduce((sum, one) => sum + one.bits, whole ? wholeBits : 0);
    return bits / (open.length * pace.seconds('box') + (whole ? pace.seconds('picture') : 0) || 1);
  }

  /** Goes on behind what is answered; a picture is ready with the last of its boxes. */
  function goOn(): void {
    for (let one = list[start]; one && answers.has(one.key); one = list[++start]) {
      const whole = groups.get(one.picture)!.whole;
      if (isFree && whole && hasBoxesAnswered(one.picture, answers)) ready.add(whole);
    }
  }

  function* upcoming(): Generator<Question, void> {
    const isOpen = ({ key }: Question): boolean => !answers.has(key);
    const open = [...ready].filter(isOpen);
    const rate = bitsOfPicture(missedIn(answers)) / pace.seconds('picture');
    for (let at = start; at < list.length; at++) {
      const one = list[at]!;
      if (!isOpen(one)) continue;
      while (one.kind === 'box' && open.length > 0 && rate > one.bits / pace.seconds('box')) yield open.shift()!;
      yield one;
    }
    yield* open;
  }

  return {
    next(count, back = []) {
      goOn();
      const first = back.flatMap((key) => all.get(key) ?? []);
      const found = new Set(first.slice(0, count));
      for (const one of upcoming()) {
        if (found.size >= count) break;
        found.add(one);
      }
      return [...found];
    },
    left() {
      // There are far fewer answers than questions.
      let left = all.size;
      for (const key of answers.keys()) if (all.has(key)) left -= 1;
      return left;
    },
    total: all.size,
    keys: () => [...all.keys()],
    notAsked: notAskedOf(data, groups),
  };
}

/** In how many pictures something was missed, of those that somebody was sure about. */
function missedIn(answers: Answers): { readonly asked: number; readonly missed: number } {
  let [asked, missed] = [0, 0];
  for (const { question, objects } of answers.values()) {
    if (question !== 'picture' || objects === null) continue;
    asked += 1;
    missed += objects.length > 0 ? 1 : 0;
  }
  return { asked, missed };
}
