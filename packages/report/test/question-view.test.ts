import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerKind } from '../src/answers/answer-kind.ts';
import type { Answer } from '../src/answers/answer.ts';
import { askedPictures } from '../src/answers/pictures.ts';
import { openKept } from '../src/page/kept/keeper.ts';
import type { Keeper } from '../src/page/kept/keeper.ts';
import { browserStore } from '../src/page/kept/kept-stores.ts';
import { foundClasses } from '../src/page/questions/class-search.ts';
import { createQuestions } from '../src/page/questions/questions.ts';
import type { Questions } from '../src/page/questions/questions.ts';
import { rememberedName } from '../src/page/questions/remembered-name.ts';
import { storageOf } from './answers.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

const { window } = testPage();

const hostile = '<b>"fox"</b>';
const boxes = [{ xmin: 10, ymin: 5, xmax: 30, ymax: 15, label: 2, score: 0.5, rivals: [{ label: 0, score: 0.4 }] }];
const data = dataOf([cell('a', { boxes })], { by: 'image' });
const [changed, others] = [vi.fn(), vi.fn()];
let keeper: Keeper<Answer>;
let questions: Questions;
let root: HTMLElement;

beforeEach(async () => {
  const pictures = askedPictures(data);
  const storage = storageOf();
  keeper = await openKept(
    answerKind,
    browserStore(() => storage, answerKind),
    () => true,
  );
  questions = createQuestions(data, {
    pictures,
    answers: keeper,
    storage: () => storage,
    cells: () => [0],
    onChange: changed,
    onOthers: others,
  });
  root = questions.roots[0]!;
  window.document.body.replaceChildren(...questions.roots);
  questions.open();
});

function press(key: string, more: object = {}): void {
  const event = new window.Event('keydown', { bubbles: true, cancelable: true });
  Object.assign(event, { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
  root.querySelector('#question-heading')!.dispatchEvent(event);
}

const heading = (): string => root.querySelector('#question-heading')!.textContent!;
const choices = (): string[] => Array.from(root.querySelectorAll('.choice'), (one) => one.textContent!);
const answers = (): (Answer['objects'] | undefined)[] => [...keeper.all.values()].map(({ objects }) => objects);

describe('a question on the page', () => {
  it('has a key for each class, for another, for none and for cannot tell; names are text', () => {
    expect(heading()).toBe(`In the box: ${hostile} or cat?`);
    expect(choices()).toEqual([
      `1${hostile}0.50`,
      '2cat0.40',
      '3Another …',
      '0No object, or boxed already',
      'spaceCannot tell',
    ]);
    expect(root.querySelector('b')).toBeNull();
    expect(root.querySelector('img')!.getAttribute('alt')).toContain(hostile);
  });

  it.each<[string, Answer['objects']]>([
    ['1', [{ label: hostile, box: [10, 5, 30, 15] }]],
    ['2', [{ label: 'cat', box: [10, 5, 30, 15] }]],
    ['0', []],
    [' ', null],
  ])('is answered by %j, and the next one comes', (key, objects) => {
    press(key);
    expect(answers()).toEqual([objects]);
    expect(heading()).toBe('Anything missed?');
    press('0');
    expect(root.querySelector('.all-answered')!.textContent).toContain('All questions');
    press('z');
    press('z');
    expect([answers(), heading()]).toEqual([[], `In the box: ${hostile} or cat?`]);
  });

  it('keeps the box as it was moved by arrows, and the model’s again by r', () => {
    press('ArrowRight');
    press('ArrowDown', { ctrlKey: true });
    press('1');
    expect(answers()[0]![0]!.box).toEqual([11, 5, 31, 16]);
    press('z');
    // What was answered is there again.
    press('2');
    expect(answers()[0]![0]).toEqual({ label: 'cat', box: [11, 5, 31, 16] });
    press('z');
    press('r');
    press('1');
    expect(answers()[0]![0]!.box).toEqual([10, 5, 30, 15]);
  });

  it('moves the box ten times as far with Shift, and its size with Ctrl or the command key', () => {
    press('ArrowLeft', { shiftKey: true });
    press('ArrowUp');
    press('ArrowRight', { metaKey: true, shiftKey: true });
    press('ArrowUp', { ctrlKey: true });
    // Ctrl and a letter or number are the browser's.
    press('1', { ctrlKey: true });
    press('e', { ctrlKey: true });
    expect(answers()).toEqual([]);
    press('1');
    expect(answers()[0]![0]!.box).toEqual([0, 4, 30, 13]);
  });

  it('takes another class out of a list that is searched', () => {
    press('3');
    const input = root.querySelector<HTMLInputElement>('#class-search')!;
    const type = (key: string): void => {
      const event = new window.Event('keydown', { bubbles: true, cancelable: true });
      input.dispatchEvent(Object.assign(event, { key }));
    };
    input.value = 'o';
    input.dispatchEvent(new window.Event('input'));
    expect(Array.from(root.querySelectorAll('[role=option]'), (one) => one.textContent)).toEqual(['dog', hostile]);
    // Keys of the question are letters here.
    press('1');
    expect(answers()).toEqual([]);
    type('Escape');
    press('3');
    input.value = 'do';
    input.dispatchEvent(new window.Event('input'));
    type('Enter');
    expect(answers()).toEqual([[{ label: 'dog', box: [10, 5, 30, 15] }]]);
  });

  it('leaves keys to fields, and the space bar to a button that has the focus', () => {
    const from = (element: Element, key: string): boolean => {
      const event = new window.Event('keydown', { bubbles: true, cancelable: true });
      return element.dispatchEvent(Object.assign(event, { key }));
    };
    from(root.querySelector('#answered-by')!, '1');
    from(root.querySelector('.choice')!, ' ');
    expect(answers()).toEqual([]);
    from(root.querySelector('.choice')!, '0');
    expect(answers()).toEqual([[]]);
  });

  it('says so where the browser keeps nothing', async () => {
    const pictures = askedPictures(data);
    const full = { ...storageOf(), setItem: () => expect.fail('full') };
    const lost = await openKept(
      answerKind,
      browserStore(() => full, answerKind),
      () => true,
    );
    questions = createQuestions(data, {
      ...{ pictures, answers: lost, storage: () => full, cells: () => [0], onChange: changed, onOthers: others },
    });
    root = questions.roots[0]!;
    window.document.body.replaceChildren(...questions.roots);
    questions.open();
    press('0');
    const trouble = root.querySelector('.trouble')!;
    await vi.waitFor(() => expect(trouble.textContent).toContain('keeps no more answers'));
    expect(lost.all.size).toBe(1);
  });

  it('asks again where all is answered', () => {
    const again = Array.from(root.querySelectorAll('button')).find(({ textContent }) => textContent === 'Ask again')!;
    expect(again.hidden).toBe(true);
    while (!root.querySelector<HTMLElement>('.question')!.hidden) press('0');
    expect([again.hidden, answers()]).toEqual([false, keeper.all.size === 1 ? [[]] : [[], []]]);
    again.click();
    expect([again.hidden, heading()]).toEqual([true, `In the box: ${hostile} or cat?`]);
    press('1');
    expect(answers()[0]).toMatchObject([{ label: hostile }]);
  });

  it('tells the page in which order questions come, and when somebody is done', () => {
    root.querySelector<HTMLSelectElement>('#question-order')!.dispatchEvent(new window.Event('change'));
    (root as HTMLDialogElement).close();
    expect(changed.mock.calls.at(-1)).toEqual([null]);
  });
});

it('foundClasses(classes, text) are those that hold each word, those first that begin with it', () => {
  const classes = ['dining table', 'table', 'tv', 'Hot Dog', 'dog'];
  expect(foundClasses(classes, 'TABLE')).toEqual(['table', 'dining table']);
  expect(foundClasses(classes, ' dog hot ')).toEqual(['Hot Dog']);
  expect(foundClasses(classes, '')).toEqual(classes);
  expect(foundClasses(classes, '.*')).toEqual([]);
});

it('rememberedName(storage) is as long as a name may be, and works where nothing is kept', () => {
  const storage = storageOf({ 'qualm-name': 'x'.repeat(999) });
  const name = rememberedName(() => storage);
  expect(name.get()).toHaveLength(60);
  name.set(' Ann ');
  expect(rememberedName(() => storage).get()).toBe('Ann');
  const denied = rememberedName(() => {
    throw new Error('denied');
  });
  denied.set('Bob');
  expect(denied.get()).toBe('Bob');
});
