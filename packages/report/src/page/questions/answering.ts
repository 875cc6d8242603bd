import { answerKind } from '../../answers/answer-kind.ts';
import type { Answer, LabelledBox } from '../../answers/answer.ts';
import type { AskedPictures } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import type { Keeper } from '../kept/keeper.ts';
import { createSteps } from '../kept/steps.ts';
import { createPace } from './pace.ts';
import { createQuestionQueue } from './question-queue.ts';
import type { NotAsked } from './picture-groups.ts';
import type { QuestionOrder, QuestionQueue } from './question-queue.ts';
import type { Question } from './question.ts';

/** Asks one question after the other, and keeps what is answered. */
export interface Answering {
  /** Begins anew: with the questions about these cells, in the grid's order. */
  begin(cells: readonly number[], order: QuestionOrder): void;
  /** Null where none is left. */
  readonly current: () => Question | null;
  /** The one that probably comes after it. */
  readonly following: () => Question | null;
  /** What was answered to the current question before it was taken back; null where nothing was. */
  readonly before: () => Answer | null;
  /** Answers the current question: what is there, or null for "cannot tell". */
  answer(objects: readonly LabelledBox[] | null): void;
  /** Takes the last answer back, and asks it again; false where there is none. */
  undo(): boolean;
  /** Asks about the same cells once more; an answer stands until there is another one. */
  askAgain(): void;
  /** Measures the time from now on: the question is seen. */
  seen(): void;
  readonly progress: () => Progress;
  /** Of which pictures it is not asked what was missed; null before the beginning. */
  readonly notAsked: () => NotAsked | null;
}

export interface Progress {
  readonly answered: number;
  readonly left: number;
  /** Null before the first answer. */
  readonly perMinute: number | null;
}

export interface AnsweringOptions {
  readonly pictures: AskedPictures;
  readonly keeper: Keeper<Answer>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly who: () => string;
  /** Told what the store says: keys of answers that it has otherwise, or an error. */
  readonly onSaved: (behind: readonly string[], error: Error | null) => void;
}

export function createAnswering(
  data: ReportData,
  { pictures, keeper, now, who, onSaved }: AnsweringOptions,
): Answering {
  const pace = createPace();
  const steps = createSteps(answerKind, keeper, onSaved);
  /** Those that were taken back, the last one first, or that are asked again. */
  let back: readonly { readonly key: string; readonly answer: Answer | null }[] = [];
  let queue: QuestionQueue | null = null;
  let upcoming: readonly Question[] = [];
  let since = now();

  function ask(): void {
    upcoming =
      queue?.next(
        2,
        back.map(({ key }) => key),
      ) ?? [];
    since = now();
  }

  return {
    begin(cells, order) {
      back = [];
      queue = createQuestionQueue(data, pictures, cells, { order, answers: keeper.all, pace });
      ask();
    },
    current: () => upcoming[0] ?? null,
    following: () => upcoming[1] ?? null,
    before: () => back.find(({ key }) => key === upcoming[0]?.key)?.answer ?? null,
    answer(objects) {
      const [question] = upcoming;
      if (!question) return;
      const seconds = Math.max(0, Math.round(now() - since) / 1000);
      const given = answerTo(data, question, objects, { seconds, at: new Date(now()).toISOString(), who: who() });
      pace.add(question.kind, seconds);
      back = back.filter(({ key }) => key !== question.key);
      steps.change([question.key], () => given);
      ask();
    },
    undo() {
      const earlier = new Map(keeper.all);
      const undone = steps.undo();
      back = [...undone.map((key) => ({ key, answer: earlier.get(key) ?? null })), ...back];
      ask();
      return undone.length > 0;
    },
    askAgain() {
      back = (queue?.keys() ?? []).map((key) => ({ key, answer: keeper.all.get(key) ?? null }));
      ask();
    },
    seen: () => (since = now()),
    notAsked: () => queue?.notAsked ?? null,
    progress() {
      const again = back.filter(({ key }) => keeper.all.has(key)).length;
      const left = (queue?.left() ?? 0) + again;
      return { answered: (queue?.total ?? 0) - left, left, perMinute: pace.perMinute() };
    },
  };
}

function answerTo(
  { labels, layers, facts }: ReportData,
  question: Question,
  objects: readonly LabelledBox[] | null,
  when: Pick<Answer, 'seconds' | 'at' | 'who'>,
): Answer {
  const proposed = question.kind === 'box' ? question.proposed : [];
  const asked = proposed.map(({ label, score }) => ({ label: labels[label]!, score }));
  return { question: question.kind, objects, asked, model: facts?.model ?? layers[0]!, ...when };
}
