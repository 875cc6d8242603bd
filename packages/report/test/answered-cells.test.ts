import { describe, expect, it } from 'vitest';
import type { Answer, LabelledBox } from '../src/answers/answer.ts';
import { askedPictures } from '../src/answers/pictures.ts';
import { createAnsweredCells } from '../src/page/answered/answered-cells.ts';
import type { AnswerState } from '../src/page/answered/answered-cells.ts';
import { createToolbar } from '../src/page/filters/toolbar.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { cellView } from '../src/page/grid/cell-view.ts';
import { fromHash, initialState, toHash } from '../src/page/view-state.ts';
import type { ReportBox } from '../src/index.ts';
import type { ReportData } from '../src/report-data.ts';
import { answerOf } from './answers.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const box = (at: number): ReportBox => ({ xmin: at, ymin: 0, xmax: at + 5, ymax: 9, box: at, label: 0, score: 0.5 });
const region = { x: 0, y: 0, width: 20, height: 20 };
const drawn: ReportBox = { ...box(3), layer: 1 };

const byBox = dataOf(
  [
    cell('a', { imageId: 1, box: 1, boxes: [box(1)], region }),
    cell('b', { imageId: 1, box: 2, boxes: [box(2)], region }),
    cell('missed', { imageId: 1, boxes: [drawn], region }),
    cell('edge', { imageId: 2, box: 38, boxes: [box(38)], region }),
  ],
  { by: 'box', layers: ['model', 'people'] },
);
const byImage = dataOf([cell('one', { boxes: [box(1), box(2)] }), cell('empty', { boxes: [] })], { by: 'image' });

const said = (data: ReportData, answers: Readonly<Record<string, Answer>>) =>
  createAnsweredCells(data, askedPictures(data), new Map(Object.entries(answers)));
const dog = (...edges: LabelledBox['box']): LabelledBox => ({ label: 'dog', box: edges });

describe('what was answered about a cell', () => {
  it.each<[string, Answer['objects'], string, string]>([
    ['another class', [dog(1, 0, 6, 9)], '→ dog', 'answered dog'],
    ['another place', [dog(2, 0, 7, 9)], '→ dog, moved', 'answered dog, moved'],
    ['nothing', [], 'no object', 'answered no object'],
    ['cannot tell', null, 'cannot tell', 'answered cannot tell'],
  ])('that is a box: %s', (_, objects, words, spoken) => {
    const answered = said(byBox, { '1#cat@1,0,6,9': answerOf('box', objects) });
    expect(answered.of(0)).toEqual({ state: 'all', words, spoken, listed: [`${words} (Ann)`] });
    expect([answered.of(1), answered.counts()]).toEqual([null, { all: 1, some: 0 }]);
  });

  it('that is a box at the edge of its image, which was kept within it, and not moved', () => {
    const edge = { '2#cat@38,0,43,9': answerOf('box', [dog(38, 0, 40, 9)], { who: '' }) };
    expect(said(byBox, edge).of(3)!.listed).toEqual(['→ dog']);
  });

  it('that is an image: how much of it, then what was missed, and each answer', () => {
    const first = { 'one.jpg#cat@1,0,6,9': answerOf('box', [dog(2, 0, 6, 9)], { who: '' }) };
    expect(said(byImage, first).of(0)).toEqual({
      ...{ state: 'some', words: '1 of 3 answered', spoken: '1 of 3 answered' },
      listed: ['cat, box 1 → dog, moved'],
    });
    const all = {
      ...first,
      'one.jpg#cat@2,0,7,9': answerOf('box', []),
      'one.jpg#missed': answerOf('picture', [dog(1, 1, 2, 2), dog(2, 2, 3, 3)]),
    };
    expect(said(byImage, all).of(0)).toEqual({
      ...{ state: 'all', words: '2 missed', spoken: 'answered, 2 missed' },
      listed: ['cat, box 1 → dog, moved', 'cat, box 2: no object (Ann)', '2 missed: dog, dog (Ann)'],
    });
    const nothing = said(byImage, { 'empty.jpg#missed': answerOf('picture', []) });
    expect(nothing.of(1)!.words).toBe('nothing missed');
    expect(said(byImage, { 'empty.jpg#missed': answerOf('picture', null) }).of(1)!.words).toBe(
      'cannot tell what is missed',
    );
  });

  it('follows answers that are given, changed and taken back', () => {
    const answers = new Map<string, Answer>();
    const answered = createAnsweredCells(byImage, askedPictures(byImage), answers);
    const look = (): unknown => {
      answered.refresh();
      return [answered.of(0)?.words, { ...answered.counts() }];
    };
    expect(look()).toEqual([undefined, { all: 0, some: 0 }]);
    answers.set('one.jpg#cat@1,0,6,9', answerOf('box', []));
    expect(look()).toEqual(['1 of 3 answered', { all: 0, some: 1 }]);
    answers.set('one.jpg#cat@2,0,7,9', answerOf('box', []));
    answers.set('one.jpg#missed', answerOf('picture', []));
    expect(look()).toEqual(['nothing missed', { all: 1, some: 0 }]);
    answers.set('one.jpg#missed', answerOf('picture', [dog(1, 1, 2, 2)]));
    expect(look()).toEqual(['1 missed', { all: 1, some: 0 }]);
    answers.clear();
    expect(look()).toEqual([undefined, { all: 0, some: 0 }]);
  });
});

describe('the filter by answers', () => {
  const shown = (data: ReportData, answers: Readonly<Record<string, Answer>>, answered: AnswerState): string =>
    createCellSelector(data, said(data, answers))({ ...initialState, answered }, new Map())
      .map((index) => data.cells.id[index]!)
      .join();

  it('has those that were answered, a part of which was, or nothing; what cannot be asked is in none', () => {
    const one = { '1#cat@1,0,6,9': answerOf('box', []) };
    expect([shown(byBox, one, 'all'), shown(byBox, one, 'none')]).toEqual(['a', 'b,edge']);
    const part = { 'one.jpg#cat@1,0,6,9': answerOf('box', []) };
    expect([shown(byImage, part, 'all'), shown(byImage, part, 'some'), shown(byImage, part, 'none')]).toEqual([
      ...['', 'one', 'empty'],
    ]);
  });

  it('is in the address', () => {
    expect(toHash({ ...initialState, answered: 'none' })).toBe('answered=none');
    expect(fromHash('#answered=some', byBox).answered).toBe('some');
    expect(fromHash('#answered=yes', byBox).answered).toBeNull();
  });

  it('is a choice once there is an answer, in part only of images', () => {
    const field = (data: ReportData, state = initialState, isAnswered = false): HTMLElement => {
      const toolbar = createToolbar(data, () => undefined);
      toolbar.set(state, { tags: [], isAnswered });
      return toolbar.root.querySelector<HTMLElement>('[title=Answers]')!;
    };
    expect(field(byBox).parentElement!.hidden).toBe(true);
    expect(field(byBox, initialState, true).parentElement!.hidden).toBe(false);
    expect(field(byBox, { ...initialState, answered: 'all' }).parentElement!.hidden).toBe(false);
    const words = (data: ReportData): string[] =>
      Array.from(field(data).querySelectorAll('option'), (one) => one.textContent!);
    expect(words(byBox)).toEqual(['any answer', 'answered', 'not answered']);
    expect(words(byImage)).toEqual(['any answer', 'answered', 'partly answered', 'not answered']);
  });
});

it('cellView(data, index, state) shows what was answered, and says it to those who hear the page', () => {
  const hostile = answerOf('box', [{ label: '<b>fox</b>', box: [1, 0, 6, 9] }]);
  const answers = said(byBox, { '1#cat@1,0,6,9': hostile }).of(0);
  const view = cellView(byBox, 0, { sort: 0, mark: undefined, answers });
  const badge = view.querySelector('.answered')!;
  expect([badge.textContent, badge.getAttribute('aria-hidden')]).toEqual(['→ <b>fox</b>', 'true']);
  expect(view.querySelector('.unseen')!.textContent).toContain('answered <b>fox</b>');
  expect(view.querySelector('b')).toBeNull();
  const plain = cellView(byBox, 1, { sort: 0, mark: undefined, answers: null });
  expect(plain.querySelector('.answered')).toBeNull();
});
