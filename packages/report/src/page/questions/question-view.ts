import type { Answer, LabelledBox } from '../../answers/answer.ts';
import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { choiceButton, choicesOf } from './answer-buttons.ts';
import type { Choice } from './answer-buttons.ts';
import { createBoxEditor } from './box-editor.ts';
import type { HeldKeys } from './box-editor.ts';
import { createClassSearch } from './class-search.ts';
import { drawnList } from './drawn-list.ts';
import type { Edges } from './edited-box.ts';
import { classesOf, shownName } from './labels-coco.ts';
import { lookOf } from './look.ts';
import { createPicturesAhead } from './pictures-ahead.ts';
import type { Question } from './question.ts';
import { hints, questionWords } from './words.ts';

/** One question, with its picture and the answers to it. */
export interface QuestionView {
  readonly root: HTMLElement;
  /** @param there what is known to be in the picture
   * @param before what was answered before it was taken back
   */
  show(question: Question, there: readonly LabelledBox[], before: Answer | null): void;
  /** Loads the picture of a question that comes later. */
  prepare(question: Question): void;
  /** Does what a key means; false where it means nothing. */
  press(key: string, held: HeldKeys): boolean;
  /** Takes back the last box that was drawn; false where there is none. */
  undraw(): boolean;
  focus(): void;
}

/** @param answer told what is there, or null for "cannot tell" */
export function createQuestionView(
  data: ReportData,
  answer: (objects: readonly LabelledBox[] | null) => void,
): QuestionView {
  const ahead = createPicturesAhead();
  const editor = createBoxEditor((edges) => nameBox(edges));
  const heading = element('h2', { id: 'question-heading', tabindex: -1 });
  const where = element('p', { class: 'place' });
  const buttons = element('div', { class: 'choices' });
  const list = element('div', {});
  const hint = element('p', { class: 'hint' });
  const search = createClassSearch(classesOf(data).map(shownName), cancelSearch);
  let question: Question | null = null;
  let there: readonly LabelledBox[] = [];
  let drawn: readonly LabelledBox[] = [];
  let choices: readonly Choice[] = [];

  const side = element('div', { class: 'question-side' }, heading, where, buttons, search.root, list, hint);
  const root = element('div', { class: 'question' }, editor.root, side);

  function showChoices(): void {
    choices = choicesOf(data, question!, drawn.length, {
      object: (label) => answer([{ label, box: editor.edges()! }]),
      another: () => find([], (label) => answer([{ label, box: editor.edges()! }])),
      nothing: () => answer(drawn),
      unsure: () => answer(null),
    });
    buttons.replaceChildren(...choices.map(choiceButton));
    list.replaceChildren(...(drawn.length > 0 ? [drawnList(drawn, removeBox)] : []));
    editor.showOthers([...there, ...drawn]);
  }

  function find(first: readonly string[], done: (label: string) => void): void {
    buttons.hidden = true;
    search.open(first, (label) => {
      buttons.hidden = false;
      done(label);
    });
  }

  function cancelSearch(): void {
    buttons.hidden = false;
    if (question?.kind === 'picture') editor.setEdges(null);
    heading.focus({ preventScroll: true });
  }

  /** What was drawn last is often drawn again. */
  function nameBox(box: Edges): void {
    editor.setEdges(box);
    find([...drawn, ...there].map(({ label }) => label).reverse(), (label) => {
      drawn = [...drawn, { label, box }];
      editor.setEdges(null);
      showChoices();
      heading.focus({ preventScroll: true });
    });
  }

  function removeBox(place: number): void {
    drawn = drawn.filter((_, at) => at !== place);
    showChoices();
    heading.focus({ preventScroll: true });
  }

  const arrows: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  return {
    root,
    show(next, known, before) {
      question = next;
      there = known;
      root.dataset['question'] = next.key;
      drawn = next.kind === 'picture' ? (before?.objects ?? []) : [];
      search.close();
      buttons.hidden = false;
      heading.textContent = questionWords(data, next);
      where.title = where.textContent = data.cells.image[next.picture.cells[0]!]!;
      hint.textContent = hints[next.kind];
      const look = lookOf(data, next);
      editor.show(look, look.src === null ? null : ahead.take(look.src), `${heading.textContent} ${where.textContent}`);
      const [earlier] = before?.objects ?? [];
      if (next.kind === 'box' && earlier) editor.setEdges(earlier.box);
      showChoices();
    },
    prepare: (next) => ahead.prepare(lookOf(data, next).src),
    press(key, held) {
      if (!question || search.isOpen()) return false;
      const arrow = arrows[key];
      const choice = choices.find((one) => one.key === key);
      if (arrow && question.kind === 'box') editor.nudge(...arrow, held);
      else if (held.isCommand) return false;
      else if (choice) choice.act();
      else if (key === 'w') editor.toggleWhole();
      else if (key === 'r' && question.kind === 'box') editor.setEdges(lookOf(data, question).box);
      else return false;
      return true;
    },
    undraw() {
      if (drawn.length === 0) return false;
      removeBox(drawn.length - 1);
      return true;
    },
    focus: () => heading.focus({ preventScroll: true }),
  };
}
