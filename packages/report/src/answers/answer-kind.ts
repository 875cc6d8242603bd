import type { Changed, KeptKind } from '../kept/kept-kind.ts';
import { readAnswer } from './answer.ts';
import type { Answer } from './answer.ts';

/** An answer given, changed or taken back; nothing where both are the same. */
export interface AnswerChange {
  readonly answer?: {
    /** Which one they saw, by `stampOf`; null for none. */
    readonly from: string | null;
    readonly to: Answer | null;
  };
}

/** Answers, as they are kept: an answer is whole, so of two people who answer the same question at
 * the same time the first one is heard, and the other one is told.
 */
export const answerKind: KeptKind<Answer, AnswerChange> = {
  ...{ name: 'answers', prefix: 'qualm-answer/', read: readAnswer, apply, changeBetween, readChange },
};

function changeBetween(before: Answer | null, after: Answer | null): AnswerChange {
  if (JSON.stringify(before) === JSON.stringify(after)) return {};
  return { answer: { from: stampOf(before), to: after } };
}

function apply(current: Answer | null, { answer }: AnswerChange): Changed<Answer> {
  if (!answer) return { value: current, isBehind: false };
  const now = stampOf(current);
  const isBehind = now !== answer.from && now !== stampOf(answer.to);
  return { value: isBehind ? current : answer.to, isBehind };
}

/** What tells one answer to a question from another. */
function stampOf(answer: Answer | null): string | null {
  return answer && `${answer.at} ${answer.who}`;
}

function readChange({ answer }: Readonly<Record<string, unknown>>): AnswerChange | null {
  if (answer === undefined) return {};
  const { from, to } = Object(answer) as Readonly<Record<string, unknown>>;
  const read = readAnswer(to);
  if ((from !== null && typeof from !== 'string') || (to !== null && read === null)) return null;
  return { answer: { from, to: read } };
}
