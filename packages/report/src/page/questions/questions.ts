import type { Answer } from '../../answers/answer.ts';
import { longestName } from '../../answers/answer.ts';
import type { AskedPictures } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { followOthers } from '../kept/follow.ts';
import type { Keeper } from '../kept/keeper.ts';
import { savedWords } from '../kept/saved-words.ts';
import { action } from '../page-parts.ts';
import { createAnswering } from './answering.ts';
import { createLabelsDialog } from './labels-dialog.ts';
import { objectsOf } from './question.ts';
import { questionOrders } from './question-queue.ts';
import type { QuestionOrder } from './question-queue.ts';
import { createQuestionView } from './question-view.ts';
import { rememberedName } from './remembered-name.ts';
import { notAskedWords, orderWords, progressWords } from './words.ts';

/** The part of the page where the doubt is answered, one question after the other. */
export interface Questions {
  readonly roots: readonly HTMLElement[];
  /** Asks about the cells in an order, unless it does so already. */
  open(order?: QuestionOrder): void;
}

export interface QuestionsOptions {
  readonly pictures: AskedPictures;
  readonly answers: Keeper<Answer>;
  readonly storage: () => Storage;
  /** Those to ask about, in the grid's order. */
  readonly cells: () => readonly number[];
  /** Told the order that somebody chose; null once they are done. */
  readonly onChange: (order: QuestionOrder | null) => void;
  /** Told that others have answered while nobody is asked here. */
  readonly onOthers: () => void;
}

export function createQuestions(
  data: ReportData,
  { pictures, answers: keeper, storage, cells, onChange, onOthers }: QuestionsOptions,
): Questions {
  const name = rememberedName(storage);
  const answering = createAnswering(data, {
    ...{ pictures, keeper, now: () => Date.now(), who: () => name.get() },
    onSaved(behind, error) {
      const those = { behind: behind.map(imageOf), things: 'questions', unkept: keeper.unkept() };
      trouble.textContent = savedWords('answers', those, error);
      trouble.hidden = trouble.textContent === '';
      if (behind.length > 0 && !root.open) onOthers();
    },
  });
  const view = createQuestionView(data, (objects) => {
    answering.answer(objects);
    ask();
  });
  const labels = createLabelsDialog(data, pictures, keeper.all);
  const progress = element('output', { class: 'progress', 'aria-live': 'off' });
  const trouble = element('p', { class: 'trouble', role: 'alert', hidden: true });
  const order = element(
    'select',
    { id: 'question-order' },
    ...questionOrders.map((value) => element('option', { value }, orderWords[value])),
  );
  const who = element('input', {
    ...{ id: 'answered-by', maxlength: longestName, autocomplete: 'name', placeholder: 'optional' },
  });
  const notAsked = element('p', { class: 'not-asked', hidden: true });
  const done = element('p', { class: 'all-answered', tabindex: -1 });
  const again = action('Ask again', '', () => {
    answering.askAgain();
    ask();
  });
  const undoing = action('Undo', 'z', undo);
  const root = element(
    'dialog',
    { class: 'questions', 'aria-label': 'Questions' },
    element(
      'div',
      { class: 'question-head' },
      progress,
      element('label', {}, element('span', {}, 'Order'), order),
      element('label', {}, element('span', {}, 'Your name'), who),
      element(
        'div',
        { class: 'controls' },
        undoing,
        action('Export labels', 'e', () => labels.ask()),
        action('Close', 'Escape', () => root.close()),
      ),
    ),
    trouble,
    view.root,
    done,
    again,
    notAsked,
  );

  who.value = name.get();
  who.addEventListener('change', () => name.set(who.value));
  order.addEventListener('change', () => begin(order.value as QuestionOrder));
  root.addEventListener('close', () => onChange(null));
  root.addEventListener('keydown', (event) => {
    const target = event.target as Element;
    if (target.matches('input, select') || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    // A button that has the focus is pressed by the space bar.
    if (event.key === ' ' && target.matches('button')) return;
    if (event.key === 'z') undo();
    else if (event.key === 'e' && !isCommand) labels.ask();
    else if (!view.press(event.key, { isShift: event.shiftKey, isCommand })) return;
    event.preventDefault();
  });
  followOthers(keeper, () => {
    const current = answering.current();
    if (root.open && current && keeper.all.has(current.key)) begin(order.value as QuestionOrder);
    else if (root.open) progress.textContent = progressWords(answering.progress());
    else onOthers();
  });

  function imageOf(key: string): string {
    const picture = pictures.find(key);
    return picture ? data.cells.image[picture.cells[0]!]! : key;
  }

  function begin(wanted: QuestionOrder): void {
    answering.begin(cells(), wanted);
    notAsked.textContent = notAskedWords(answering.notAsked()!);
    notAsked.hidden = notAsked.textContent === '';
    ask();
    onChange(wanted);
  }

  function ask(): void {
    const [question, next] = [answering.current(), answering.following()];
    progress.textContent = progressWords(answering.progress());
    view.root.hidden = question === null;
    done.hidden = question !== null;
    again.hidden = done.hidden || answering.progress().answered === 0;
    if (question === null) {
      done.textContent = doneWords;
      done.focus();
      return;
    }
    view.show(question, objectsOf(question.picture, keeper.all, question.key), answering.before());
    view.focus();
    // What is next is loaded while people look at this.
    if (next) setTimeout(() => view.prepare(next));
  }

  function undo(): void {
    if (!view.root.hidden && view.undraw()) return;
    if (answering.undo()) ask();
  }

  return {
    roots: [root, labels.root],
    open(wanted = 'information') {
      if (root.open && order.value === wanted) return;
      order.value = wanted;
      if (!root.open) root.showModal();
      begin(wanted);
    },
  };
}

const doneWords = 'All questions about what is shown are answered. Export labels, or close and show more.';
