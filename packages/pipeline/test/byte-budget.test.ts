import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createByteBudget } from '../src/byte-budget.ts';

const never = new AbortController().signal;

/** Whether a promise is settled once everything that can happen at once has. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

it('lets in what fits, and the rest when there is room, in their order', async () => {
  const budget = createByteBudget(10);
  const [first, second, third] = [budget.claim(), budget.claim(), budget.claim()];
  await first.add(6, never);
  const large = second.add(5, never);
  const small = third.add(1, never);
  expect([await isSettled(large), await isSettled(small)]).toEqual([false, false]);
  first.release();
  expect([await isSettled(large), await isSettled(small)]).toEqual([true, true]);
});

it('lets the oldest go on, however large it is', async () => {
  const budget = createByteBudget(10);
  const [first, second] = [budget.claim(), budget.claim()];
  await second.add(10, never);
  await first.add(1000, never);
  const more = second.add(1, never);
  expect(await isSettled(more)).toBe(false);
  first.release();
  await more;
});

it('forgets what its signal ends, and lets others in', async () => {
  const budget = createByteBudget(10);
  const [first, second, third] = [budget.claim(), budget.claim(), budget.claim()];
  await first.add(8, never);
  const controller = new AbortController();
  const waits = second.add(5, controller.signal);
  const behind = third.add(2, never);
  controller.abort(new Error('enough'));
  await expect(waits).rejects.toThrow('enough');
  await behind;
});

it('holds no more than the limit and one claim, and ends, whatever is claimed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { maxLength: 12 }), async (tasks) => {
      const budget = createByteBudget(20);
      const held = new Map<number, number>();
      let most = 0;
      await Promise.all(
        tasks.map(async (steps, index) => {
          const claim = budget.claim();
          for (const bytes of steps) {
            await claim.add(bytes, never);
            held.set(index, (held.get(index) ?? 0) + bytes);
            const all = [...held.values()];
            const oldest = held.get(Math.min(...held.keys())) ?? 0;
            most = Math.max(most, all.reduce((sum, one) => sum + one, 0) - oldest);
          }
          held.delete(index);
          claim.release();
        }),
      );
      expect(most).toBeLessThanOrEqual(20);
    }),
  );
});
