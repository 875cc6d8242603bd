import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerKind } from '../src/answers/answer-kind.ts';
import { readAnswer } from '../src/answers/answer.ts';
import type { Answer } from '../src/answers/answer.ts';
import { askedPictures } from '../src/answers/pictures.ts';
import { isSame, readChanges } from '../src/kept/kept-kind.ts';
import { openKept } from '../src/page/kept/keeper.ts';
import type { Keeper } from '../src/page/kept/keeper.ts';
import { browserStore } from '../src/page/kept/kept-stores.ts';
import { cell, dataOf } from './cells.ts';
import { answerOf, storageOf } from './answers.ts';

describe('readAnswer(value)', () => {
  const good = answerOf('box', [{ label: 'cat', box: [1, 2, 3, 4] }]);

  it('is what it was, through JSON', () => {
    const label = fc.string({ maxLength: 400, size: 'max' });
    const edge = fc.integer({ min: -1e5, max: 1e5 });
    const objects = fc.array(
      fc.record({ label, box: fc.tuple(edge, edge).map(([x, y]) => [x, y, x + 1, y + 2] as const) }),
      { maxLength: 5 },
    );
    const answer: fc.Arbitrary<Answer> = fc.record({
      ...{ question: fc.constant('picture' as const), objects: fc.option(objects) },
      asked: fc.array(fc.record({ label, score: fc.option(fc.integer({ max: 1, min: 0 })) }), { maxLength: 10 }),
      ...{ model: fc.string({ maxLength: 200 }), who: fc.string({ maxLength: 60 }) },
      at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
      seconds: fc.integer({ min: 0, max: 86_400 }),
    });
    fc.assert(
      fc.property(answer, (one) => {
        expect(readAnswer(JSON.parse(JSON.stringify(one)))).toEqual(one);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'cat'],
    ['another question', { ...good, question: 'burn' }],
    ['no objects', { ...good, objects: undefined }],
    ['two objects of one box', { ...good, objects: [...good.objects!, ...good.objects!] }],
    ['an object without a class', { ...good, objects: [{ box: [1, 2, 3, 4] }] }],
    ['a class of a million letters', { ...good, objects: [{ label: 'x'.repeat(1e6), box: [1, 2, 3, 4] }] }],
    ['a box of three edges', { ...good, objects: [{ label: 'cat', box: [1, 2, 3] }] }],
    ['a box without area', { ...good, objects: [{ label: 'cat', box: [1, 2, 1, 4] }] }],
    ['a box that never ends', { ...good, objects: [{ label: 'cat', box: [1, 2, Infinity, 4] }] }],
    ['a box of texts', { ...good, objects: [{ label: 'cat', box: ['1', '2', '3', '4'] }] }],
    ['too many objects', { ...good, question: 'picture', objects: Array(501).fill(good.objects![0]) }],
    ['a score of 2', { ...good, asked: [{ label: 'cat', score: 2 }] }],
    ['no time', { ...good, at: 'yesterday' }],
    ['a day that does not exist', { ...good, at: '2026-13-45T00:00:00.000Z' }],
  ])('of %s is none', (_, value) => expect(readAnswer(value)).toBeNull());

  it('cuts off names, and takes no seconds for none', () => {
    const { who, model, seconds } = readAnswer({ ...good, who: 'x'.repeat(999), model: 7, seconds: -1 })!;
    expect([who.length, model, seconds]).toEqual([60, '', 0]);
  });
});

describe('answers that are kept', () => {
  const data = dataOf([cell('a'), cell('b')]);
  const pictures = askedPictures(data);
  const key = [...pictures.all.values()][0]!.boxes()[0]!.key;
  const opened = (storage: Storage): Promise<Keeper<Answer>> =>
    openKept(
      answerKind,
      browserStore(() => storage, answerKind),
      (one) => pictures.find(one) !== undefined,
    );
  const cat = answerOf('box', [{ label: 'cat', box: [1, 2, 3, 4] }]);
  const nothing = { ...answerOf('box', []), at: '2026-11-30T08:00:01.000Z' };

  it('stay from one visit to the next, and those of another page are not seen', async () => {
    const storage = storageOf({
      'qualm-answer/elsewhere#cat@1,2,3,4': JSON.stringify(cat),
      [`qualm-answer/${key}`]: '{',
    });
    const kept = await opened(storage);
    expect([...kept.all]).toEqual([]);
    await kept.set(new Map([[key, cat]]));
    expect([...(await opened(storage)).all]).toEqual([[key, cat]]);
    await kept.set(new Map([[key, null]]));
    expect([...(await opened(storage)).all]).toEqual([]);
    expect(storage.getItem('qualm-answer/elsewhere#cat@1,2,3,4')).not.toBeNull();
  });

  it('of two tabs: the first answer is heard, and the other tab is told', async () => {
    const storage = storageOf();
    const [one, two] = [await opened(storage), await opened(storage)];
    expect(await one.set(new Map([[key, cat]]))).toEqual([]);
    expect(await two.set(new Map([[key, nothing]]))).toEqual([key]);
    expect([one.all.get(key), two.all.get(key)]).toEqual([cat, cat]);
    expect(await two.set(new Map([[key, nothing]]))).toEqual([]);
    expect(await one.refresh()).toBe(true);
    expect(one.all.get(key)).toEqual(nothing);
  });

  it('change by what their changes say, and by nothing else', () => {
    const change = answerKind.changeBetween(null, cat);
    expect(readChanges(answerKind, JSON.parse(JSON.stringify({ changes: [{ id: key, ...change }] })))).toEqual([
      { id: key, ...change },
    ]);
    const { apply } = answerKind;
    expect(apply(null, change)).toEqual({ value: cat, isBehind: false });
    expect(apply(nothing, change)).toEqual({ value: nothing, isBehind: true });
    expect(apply(cat, {})).toEqual({ value: cat, isBehind: false });
    expect(isSame(answerKind, cat, { ...cat })).toBe(true);
    for (const answer of [null, 7, { from: 7, to: null }, { from: null, to: { question: 'box' } }, { from: null }])
      expect(readChanges(answerKind, { changes: [{ id: key, answer }] })).toBeNull();
  });
});

describe('askedPictures(data)', () => {
  const box = { xmin: 10, ymin: 5, xmax: 30, ymax: 15.04, label: 1, score: 0.5 };
  const region = { x: 5, y: 0, width: 30, height: 20 };
  const byBox = dataOf([
    cell('a#dog@10,5,30,15', { imageId: 'a#1', boxes: [{ ...box, box: 4 }], box: 4, region }),
    cell('other', { imageId: 'a#1', boxes: [{ ...box, xmin: 12, box: 5 }], box: 5, region }),
    { id: 'unknown', image: 'b', values: [1, 1], boxes: [box] },
    cell('c', { imageId: 7, boxes: [box, box] }),
  ]);
  const asked = askedPictures(byBox);

  it('have the boxes of an image together, each once, and none of an image of unknown size', () => {
    expect([...asked.all.keys()]).toEqual(['a#1', 7]);
    expect(
      asked.all
        .get('a#1')!
        .boxes()
        .map(({ key, cell: at }) => [key, at]),
    ).toEqual([
      ['a#1#dog@10,5,30,15', 0],
      ['a#1#dog@12,5,30,15', 1],
    ]);
    expect(asked.all.get(7)!.boxes()).toHaveLength(1);
  });

  it('are found by the keys of their questions, whatever is in names', () => {
    for (const picture of asked.all.values())
      for (const key of [picture.key, ...picture.boxes().map((one) => one.key)]) expect(asked.find(key)).toBe(picture);
    for (const key of ['', '#', 'a#1', 'a#1#', 'a#1#dog@1,2,3,4', 'b#missed', '7#dog@1', '__proto__#missed'])
      expect(asked.find(key)).toBeUndefined();
  });

  it('have the same keys in a report of images', () => {
    const byImage = dataOf([cell('whole', { imageId: 'a#1', boxes: [box, { ...box, xmin: 12 }] })], { by: 'image' });
    const keysOf = (pictures: typeof asked): string[] =>
      pictures.all
        .get('a#1')!
        .boxes()
        .map(({ key }) => key);
    expect(keysOf(askedPictures(byImage))).toEqual(keysOf(asked));
  });
});
