import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import type { Question } from './question.ts';

/** What a key, or a button, answers. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  /** 0..1, as the model says; null where it says nothing. */
  readonly score: number | null;
  readonly act: () => void;
}

export interface ChoiceActions {
  /** Says that the box holds an object of this class. */
  object(label: string): void;
  another(): void;
  /** Of a box that nothing is in it, of a picture that nothing more is missed. */
  nothing(): void;
  unsure(): void;
}

/** The answers that a question proposes: a number for each class and for another one, 0 for
 * nothing, the space bar for "cannot tell".
 * @param drawn how many boxes have been drawn
 */
export function choicesOf({ labels }: ReportData, question: Question, drawn: number, act: ChoiceActions): Choice[] {
  const unsure = { key: ' ', name: 'Cannot tell', score: null, act: act.unsure };
  if (question.kind === 'picture') {
    const name = drawn === 0 ? 'Nothing is missed' : 'Nothing else is missed';
    return [{ key: '0', name, score: null, act: act.nothing }, unsure];
  }
  const classes = question.proposed.map(({ label, score }, at) => {
    const name = labels[label]!;
    return { key: String(at + 1), name, score, act: () => act.object(name) };
  });
  return [
    ...classes,
    { key: String(classes.length + 1), name: 'Another …', score: null, act: act.another },
    { key: '0', name: 'No object, or boxed already', score: null, act: act.nothing },
    unsure,
  ];
}

export function choiceButton({ key, name, score, act }: Choice): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: score === null ? 'choice' : 'choice class', title: name },
    element('kbd', {}, key === ' ' ? 'space' : key),
    element('span', { class: 'name' }, name),
    ...(score === null ? [] : [element('span', { class: 'score' }, score.toFixed(2))]),
  );
  made.style.setProperty('--share', String(score ?? 0));
  made.addEventListener('click', act);
  return made;
}
