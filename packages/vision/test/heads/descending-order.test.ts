import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDescendingOrder } from '../../src/heads/descending-order.ts';

const scores = fc.float32Array({ maxLength: 300 });

it('descending order is a stable sort by score, NaN last', () => {
  const orderOf = createDescendingOrder();
  const key = (score: number): number => (Number.isNaN(score) ? -Infinity : score);
  fc.assert(
    fc.property(scores, (values) => {
      const expected = Array.from(values.keys()).sort((a, b) => {
        const [x, y] = [values[a]!, values[b]!];
        const nan = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
        return nan !== 0 ? nan : key(y) > key(x) ? 1 : key(y) < key(x) ? -1 : a - b;
      });
      expect([...orderOf(values, values.length)]).toEqual(expected);
    }),
  );
});

it('descending order of a part sorts that part alone', () => {
  expect([...createDescendingOrder()(Float32Array.of(1, 3, 2, 9), 3)]).toEqual([1, 2, 0]);
});

it('descending order of scores that nearly all share a bucket is the same', () => {
  const values = Float32Array.from({ length: 3000 }, (_, row) => 0.5 + ((row * 7919) % 3000) * 2 ** -20);
  values[0] = 0;
  const rows = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  expect([...createDescendingOrder()(values, values.length)]).toEqual(rows);
});
