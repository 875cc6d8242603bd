import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openImages, openImageStream, shareOf, shareOfId } from '@qualm/datasets';
import { fingerprintIds } from '../../src/images/fingerprint-ids.ts';

const names = Array.from({ length: 100 }, (_, index) => `image ${index}.jpg`);

function idsOf(source: Iterable<{ readonly image_id: string | number }>): (string | number)[] {
  return [...source].map(({ image_id }) => image_id);
}

describe('shareOf', () => {
  it('puts each image of a list into one share, in the order of the list, with its place there', () => {
    const list = fc.array(fc.string({ minLength: 1 }), { maxLength: 30 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 9 }), (texts, count) => {
        const placed: [number, string | number][] = [];
        for (let index = 1; index <= count; index++) {
          const { share, length, ...rest } = shareOf(openImages(texts), { index, count });
          const ids = idsOf(rest);
          const positions = [...share.positions()];
          expect([ids.length, positions.length, share.length]).toEqual([length, length, length]);
          expect(positions).toEqual([...positions].sort((one, other) => one - other));
          positions.forEach((position, place) => placed.push([position, ids[place]!]));
        }
        placed.sort(([one], [other]) => one - other);
        expect(placed).toEqual([...texts.entries()]);
      }),
    );
  });

  it('takes the same images from a list in another order', () => {
    const share = { index: 2, count: 5 };
    const back = idsOf(shareOf(openImages([...names].reverse()), share)).reverse();
    expect(back).toEqual(idsOf(shareOf(openImages(names), share)));
    expect(back).toEqual(names.filter((name) => shareOfId(name, 5) === 2));
  });

  it('knows the fingerprint of the whole list, and a share has its own', () => {
    const [first, second] = [1, 2].map((index) => shareOf(openImages(names), { index, count: 2 }));
    expect(first!.share.list).toEqual({ images: 100, ids: fingerprintIds(names) });
    expect(second!.share.list).toEqual(first!.share.list);
    expect(second!.fingerprint).not.toBe(first!.fingerprint);
  });

  it('gives of a stream what it gives of the list, and knows the list at its end', async () => {
    async function* lines(): AsyncGenerator<string> {
      for (const name of names) yield await Promise.resolve(name);
    }
    const listed = shareOf(openImages(names), { index: 3, count: 7 });
    const { share, ...stream } = shareOf(openImageStream(lines()), { index: 3, count: 7 });
    expect([stream.length, share.list]).toEqual([null, null]);
    const ids: (string | number)[] = [];
    for await (const { image_id } of stream) ids.push(image_id);
    expect(ids).toEqual(idsOf(listed));
    expect(share.list).toEqual(listed.share.list);
    expect([...share.positions()]).toEqual([...listed.share.positions()]);
  });

  it.each([
    [{ index: 0, count: 16 }, /index of its share is 0; expected a whole number from 1 to 16/],
    [{ index: 17, count: 16 }, /index of its share is 17; expected/],
    [{ index: 1.5, count: 16 }, /index of its share is 1.5/],
    [{ index: 3, count: 0 }, /count of its share is 0; expected a whole number of at least 1/],
    [{ index: 3 }, /count of its share is undefined/],
    ['3/16', /its share is "3\/16"; expected an object, such as { index: 3, count: 16 }/],
  ])('%j is no share', (share, message) => {
    expect(() => shareOf(openImages(names), share as never)).toThrow(message);
  });

  it('needs a source', () => {
    expect(() => shareOf('photos' as never, { index: 1, count: 2 })).toThrow(/shareOf: its source is "photos"/);
  });
});
