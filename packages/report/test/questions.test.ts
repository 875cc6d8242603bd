import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerKind } from '../src/answers/answer-kind.ts';
import type { LabelledBox } from '../src/answers/answer.ts';
import { askedPictures } from '../src/answers/pictures.ts';
import type { ReportBox } from '../src/index.ts';
import { openKept } from '../src/page/kept/keeper.ts';
import { browserStore } from '../src/page/kept/kept-stores.ts';
import { createAnswering } from '../src/page/questions/answering.ts';
import { bitsOfBox, bitsOfPicture } from '../src/page/questions/information.ts';
import { createPace } from '../src/page/questions/pace.ts';
import type { QuestionOrder } from '../src/page/questions/question-queue.ts';
import { boxQuestion, isFinished, objectsOf } from '../src/page/questions/question.ts';
import { lookOf } from '../src/page/questions/look.ts';
import { notAskedWords, progressWords, questionWords } from '../src/page/questions/words.ts';
import type { ReportData } from '../src/report-data.ts';
import { answerOf, storageOf } from './answers.ts';
import { cell, dataOf, png } from './cells.ts';

const vector = (...scores: (number | null)[]) => scores.map((score, label) => ({ label, score }));

describe('bitsOfBox(vector)', () => {
  it.each<[string, (number | null)[], number]>([
    ['a sure class', [1], 0],
    ['no class at all', [0], 0],
    ['a class or nothing, as likely', [0.5], 1],
    // 1/4 nothing, 3/8 each class: 1/4 * 2 + 2 * 3/8 * log2(8/3)
    ['two equal classes', [0.5, 0.5], 0.5 + 0.75 * Math.log2(8 / 3)],
    ['a class without a score', [null], 1],
    ['nothing', [], 1],
  ])('of %s', (_, scores, bits) => expect(bitsOfBox(vector(...scores))).toBeCloseTo(bits, 12));

  it('is from 0 to what as many answers as classes and one can say, in any order of the classes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }), (scores) => {
        const bits = bitsOfBox(vector(...scores));
        expect(bits).toBeGreaterThanOrEqual(0);
        expect(bits).toBeLessThanOrEqual(Math.log2(scores.length + 1) + 1e-9);
        expect(bitsOfBox(vector(...scores.toReversed()))).toBeCloseTo(bits, 9);
      }),
    );
  });
});

it('bitsOfPicture(counts) is a bit before anything is known, and less where nearly all are alike', () => {
  expect(bitsOfPicture({ asked: 0, missed: 0 })).toBe(1);
  expect(bitsOfPicture({ asked: 98, missed: 98 })).toBeCloseTo(bitsOfPicture({ asked: 98, missed: 0 }), 12);
  // Entropy of 1 in 100.
  expect(bitsOfPicture({ asked: 98, missed: 0 })).toBeCloseTo(0.0808, 4);
});

describe('createPace()', () => {
  it('has assumed times until somebody has answered five questions of a kind, then their median', () => {
    const pace = createPace();
    expect([pace.seconds('box'), pace.seconds('picture'), pace.perMinute()]).toEqual([1.6, 7.8, null]);
    for (const seconds of [1, 9, 2, 3]) pace.add('box', seconds);
    expect(pace.seconds('box')).toBe(1.6);
    pace.add('box', 5);
    expect([pace.seconds('box'), pace.seconds('picture'), pace.perMinute()]).toEqual([3, 7.8, 15]);
  });

  it('does not count the time of somebody who was away, and is never none', () => {
    const pace = createPace();
    for (const seconds of [0, 0, 0, 0, 0, 5000]) pace.add('box', seconds);
    expect([pace.seconds('box'), pace.perMinute()]).toEqual([0.1, null]);
  });
});

const box = (at: number, ...scores: number[]): ReportBox => ({
  ...{ xmin: at, ymin: 0, xmax: at + 5, ymax: 9, box: at, label: 0, score: scores[0]! },
  rivals: scores.slice(1).map((score, rival) => ({ label: rival + 1, score })),
});

/** Three pictures: two unsure boxes, one rather sure, and none. */
const images = dataOf(
  [
    cell('sure', { boxes: [box(0, 0.95, 0.01)] }),
    cell('torn', { boxes: [box(1, 0.5, 0.4), box(2, 0.5, 0.1)] }),
    cell('empty', { boxes: [] }),
  ],
  { by: 'image' },
);

async function asking(data: ReportData, order: QuestionOrder = 'information', cells?: readonly number[]) {
  const pictures = askedPictures(data);
  let now = Date.parse('2026-11-30T08:00:00.000Z');
  const store = browserStore(() => storageOf(), answerKind);
  const keeper = await openKept(answerKind, store, (key) => pictures.find(key) !== undefined);
  const told: string[] = [];
  const answering = createAnswering(data, {
    ...{ pictures, keeper, now: () => now, who: () => 'Ann' },
    onSaved: (behind, error) => void told.push(...behind, ...(error ? [error.message] : [])),
  });
  answering.begin(cells ?? data.cells.id.map((_, index) => index), order);
  const asked = (): string | null => {
    const question = answering.current();
    return question && `${question.picture.image}${question.kind === 'box' ? question.asked.box.box : '?'}`;
  };
  const all = (objects: readonly LabelledBox[] | null = []): string[] => {
    const seen: string[] = [];
    for (let one = asked(); one !== null; one = asked()) {
      seen.push(one);
      now += 2000;
      answering.answer(objects);
    }
    return seen;
  };
  const pass = (seconds: number): void => void (now += 1000 * seconds);
  return { answering, asked, all, keeper, pictures, pass, told };
}

describe('the order of questions', () => {
  it.each<[QuestionOrder, string[]]>([
    // The rather sure box says 0.3 bits in 1.6 s; a picture says 1 bit in 7.8 s, that is less.
    ['information', ['torn.jpg1', 'torn.jpg2', 'sure.jpg0', 'empty.jpg?', 'torn.jpg?', 'sure.jpg?']],
    ['pictures', ['torn.jpg1', 'torn.jpg2', 'torn.jpg?', 'sure.jpg0', 'sure.jpg?', 'empty.jpg?']],
    ['grid', ['sure.jpg0', 'sure.jpg?', 'torn.jpg1', 'torn.jpg2', 'torn.jpg?', 'empty.jpg?']],
  ])('by %s', async (order, expected) => {
    const { all, answering } = await asking(images, order);
    expect(answering.progress()).toEqual({ answered: 0, left: 6, perMinute: null });
    expect(all()).toEqual(expected);
    expect(answering.progress()).toEqual({ answered: 6, left: 0, perMinute: 30 });
  });

  it('at random is that of a report, with each picture after its boxes', async () => {
    const cells = Array.from({ length: 30 }, (_, at) => cell(String(at), { boxes: [box(1, 0.5), box(2, 0.5)] }));
    const asked = async (title: string): Promise<string[]> =>
      (await asking(dataOf(cells, { by: 'image', title }), 'random')).all();
    const one = await asked('one');
    expect([one.length, await asked('one')]).toEqual([90, one]);
    expect(await asked('two')).not.toEqual(one);
    expect([...(await asked('two'))].sort()).toEqual([...one].sort());
    for (let at = 0; at < 30; at++)
      expect(one.indexOf(`${at}.jpg?`)).toBeGreaterThan(Math.max(one.indexOf(`${at}.jpg1`), one.indexOf(`${at}.jpg2`)));
    // No picture's boxes stand together by more than chance: 29 of 59 neighbours at most.
    const neighbours = one.filter((name, at) => at > 0 && parseInt(name, 10) === parseInt(one[at - 1]!, 10));
    expect(neighbours.length).toBeLessThan(45);
  });

  it('asks for what was missed before boxes that say nearly nothing', async () => {
    const data = dataOf([cell('sure', { boxes: [box(0, 0.9999)] }), cell('empty', { boxes: [] })], { by: 'image' });
    expect((await asking(data)).all()).toEqual(['empty.jpg?', 'sure.jpg0', 'sure.jpg?']);
  });

  it('asks what was missed of no picture that is seen in parts, or of which not all boxes are asked', async () => {
    const region = { x: 0, y: 0, width: 20, height: 20 };
    const parts = [
      cell('a', { imageId: 1, boxes: [box(1, 0.5)], region }),
      cell('b', { imageId: 1, boxes: [box(2, 0.4)], region }),
    ];
    expect((await asking(dataOf(parts))).all()).toEqual(['11', '12']);
    expect((await asking(dataOf(parts, {}, true))).all()).toEqual(['11', '12', '1?']);
    expect((await asking(dataOf(parts, {}, true), 'information', [1])).all()).toEqual(['12']);
    const notAsked = async (...of: Parameters<typeof asking>) => (await asking(...of)).answering.notAsked();
    expect(await notAsked(dataOf(parts))).toEqual({ parts: 1, lacking: 0, others: 0 });
    expect(await notAsked(dataOf(parts, {}, true))).toEqual({ parts: 0, lacking: 0, others: 0 });
    expect(await notAsked(dataOf(parts, {}, true), 'information', [1])).toEqual({ parts: 0, lacking: 0, others: 1 });
  });

  it('asks what was missed of no picture of which the page lacks boxes, whose labels are not whole', async () => {
    const data = (numBoxes: number) =>
      dataOf([cell('a', { imageId: 1, box: 1, boxes: [box(1, 0.5)], numBoxes })], { by: 'box' }, true);
    expect((await asking(data(1))).all()).toEqual(['11', '1?']);
    const { answering, all } = await asking(data(3));
    expect(all()).toEqual(['11']);
    expect(answering.notAsked()).toEqual({ parts: 0, lacking: 1, others: 0 });
    const [picture] = askedPictures(data(3)).all.values();
    const answers = new Map([picture!.boxes()[0]!.key, picture!.key].map((key) => [key, answerOf('box', [])]));
    expect(isFinished(picture!, answers)).toBe(false);
    const [whole] = askedPictures(data(1)).all.values();
    expect(isFinished(whole!, answers)).toBe(true);
  });

  it('asks what was missed of a picture that the page has in parts, and as a whole beside', async () => {
    const region = { x: 0, y: 0, width: 20, height: 20 };
    const whole = { bytes: png, type: 'image/png' } as const;
    const data = dataOf([
      cell('a', { imageId: 1, boxes: [box(1, 0.5)], region }),
      cell('b', { imageId: 1, boxes: [box(2, 0.4)], region, whole }),
      cell('c', { imageId: 2, boxes: [box(3, 0.3)], region }),
    ]);
    const { answering, all } = await asking(data);
    expect(answering.notAsked()).toEqual({ parts: 1, lacking: 0, others: 0 });
    // The part of a box is sharper than the whole.
    expect(lookOf(data, answering.current()!)).toMatchObject({ src: 'a.png', picture: { width: 20, height: 20 } });
    answering.answer([]);
    answering.answer([]);
    answering.answer([]);
    const look = lookOf(data, answering.current()!);
    expect(look).toMatchObject({ src: 'whole.png', picture: { x: 0, y: 0, width: 40, height: 20 }, box: null });
    expect(all()).toEqual(['1?']);
  });
});

describe('createAnswering(data, options)', () => {
  it('keeps labels with where they come from', async () => {
    const { answering, keeper, pass } = await asking(images);
    pass(3.25);
    answering.answer([{ label: 'fox', box: [1, 0, 6, 9] }]);
    expect([...keeper.all]).toEqual([
      [
        'torn.jpg#cat@1,0,6,9',
        {
          ...{ question: 'box', objects: [{ label: 'fox', box: [1, 0, 6, 9] }], model: 'boxes', who: 'Ann' },
          ...{ at: '2026-11-30T08:00:03.250Z', seconds: 3.25 },
          asked: [
            { label: 'cat', score: 0.5 },
            { label: 'dog', score: 0.4 },
          ],
        },
      ],
    ]);
  });

  it('takes answers back, the last one first, and asks again', async () => {
    const { answering, asked, keeper } = await asking(images);
    expect(answering.undo()).toBe(false);
    answering.answer([]);
    answering.answer(null);
    expect([asked(), keeper.all.size]).toEqual(['sure.jpg0', 2]);
    expect(answering.undo()).toBe(true);
    expect([asked(), answering.before()?.objects]).toEqual(['torn.jpg2', null]);
    expect(answering.undo()).toBe(true);
    expect([asked(), answering.before()?.objects, keeper.all.size]).toEqual(['torn.jpg1', [], 0]);
    answering.answer([]);
    expect([asked(), answering.following()?.key]).toEqual(['torn.jpg2', 'sure.jpg#cat@0,0,5,9']);
  });

  it('asks again, as after a reload that ended what can be taken back; answers stand until then', async () => {
    const before = await asking(images);
    before.all([{ label: 'cat', box: [1, 2, 3, 4] }]);
    const { answering, asked, keeper, all } = await asking(images);
    await keeper.set(before.keeper.all);
    answering.begin([1], 'grid');
    expect([asked(), answering.undo(), answering.progress()]).toMatchObject([null, false, { answered: 3, left: 0 }]);
    answering.askAgain();
    expect(answering.progress()).toMatchObject({ answered: 0, left: 3 });
    expect(answering.before()?.objects).toEqual([{ label: 'cat', box: [1, 2, 3, 4] }]);
    expect(keeper.all.size).toBe(before.keeper.all.size);
    const torn = answering.current()!;
    expect(objectsOf(torn.picture, keeper.all, torn.key)).toHaveLength(2);
    expect(all([])).toEqual(['torn.jpg1', 'torn.jpg2', 'torn.jpg?']);
    expect([asked(), objectsOf(torn.picture, keeper.all)]).toEqual([null, []]);
    expect(objectsOf(before.pictures.all.get('sure.jpg')!, keeper.all)).toHaveLength(2);
  });

  it('keeps an answer about a class of any name', async () => {
    const labels = ['', 'L'.repeat(300)];
    const data = dataOf([cell('a', { boxes: [box(0, 0.5, 0.4)] })], { by: 'image', labels });
    const { answering, keeper } = await asking(data);
    answering.answer([{ label: labels[1]!, box: [0, 0, 5, 9] }]);
    expect([...keeper.all.values()]).toMatchObject([{ objects: [{ label: labels[1] }], asked: [{}, {}] }]);
  });

  it('does not take back what somebody else has answered since', async () => {
    const { answering, keeper } = await asking(images);
    answering.answer([]);
    const key = [...keeper.all.keys()][0]!;
    const theirs = answerOf('box', [], { who: 'Bob' });
    await keeper.set(new Map([[key, theirs]]));
    answering.undo();
    expect(keeper.all.get(key)).toEqual(theirs);
  });

  it('of a picture that is finished: each box and the whole are answered by somebody who could tell', async () => {
    const { all, keeper, pictures } = await asking(images);
    all(null);
    expect([...pictures.all.values()].filter((one) => isFinished(one, keeper.all))).toEqual([]);
    const sure = await asking(images);
    sure.all([{ label: 'cat', box: [1, 2, 3, 4] }]);
    const torn = sure.pictures.all.get('torn.jpg')!;
    expect([isFinished(torn, sure.keeper.all), objectsOf(torn, sure.keeper.all).length]).toEqual([true, 3]);
  });

  it('says so where a store fails', async () => {
    const { answering, keeper, told } = await asking(images);
    const failing = { ...keeper, set: () => Promise.reject(new Error('the server said 500')) };
    Object.assign(keeper, failing);
    answering.answer([]);
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual(['the server said 500']);
  });
});

it.each([
  [[0.5, 0.4], 'In the box: cat or dog?'],
  [[0.5, 0.004], 'In the box: cat?'],
])('questionWords(data, question) of scores %j', (scores, words) => {
  const data = dataOf([cell('a', { boxes: [box(0, ...scores)] })], { by: 'image' });
  const [picture] = askedPictures(data).all.values();
  expect(questionWords(data, boxQuestion(data, picture!, picture!.boxes()[0]!))).toBe(words);
});

it('notAskedWords(counts) says why, and what to do', () => {
  expect(notAskedWords({ parts: 0, lacking: 0, others: 0 })).toBe('');
  expect(notAskedWords({ parts: 1200, lacking: 0, others: 0 })).toBe(
    'Anything missed? is not asked of 1,200 pictures, of which this page has parts alone: try qualm serve, --by image, or a larger --picture-budget.',
  );
  expect(notAskedWords({ parts: 0, lacking: 2, others: 0 })).toBe(
    'Anything missed? is not asked of 2 pictures, of which this page lacks boxes: make it --by image, or with more --cells.',
  );
  expect(notAskedWords({ parts: 0, lacking: 0, others: 1 })).toBe(
    'Anything missed? is not asked of 1 picture, not all boxes of which are shown or selected.',
  );
});

it('progressWords(progress) counts, and says a pace once there is one', () => {
  expect(progressWords({ answered: 0, left: 1200, perMinute: null })).toBe('0 answered, 1,200 left');
  expect(progressWords({ answered: 3, left: 7, perMinute: 21.4 })).toBe('3 answered, 7 left, 21 a minute');
});
