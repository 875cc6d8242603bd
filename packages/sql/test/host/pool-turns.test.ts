import { describe, expect, test } from 'vitest';
import { createPoolTurns, mostStatements } from '../../src/host/pool-turns.ts';

const never = new AbortController().signal;

describe('createPoolTurns(most)', () => {
  test('lets that many work at once, the others in their order', async () => {
    const turns = createPoolTurns(2);
    const begun: string[] = [];
    const ends: Record<string, () => void> = {};
    const work = (name: string) => (): Promise<string> => {
      begun.push(name);
      return new Promise((resolve) => {
        ends[name] = () => {
          resolve(name);
        };
      });
    };
    const all = ['a', 'b', 'c', 'd'].map((name) => turns.run(work(name), never));
    expect(begun).toEqual(['a', 'b']);
    ends['b']!();
    await all[1];
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b', 'c']);
    ends['a']!();
    ends['c']!();
    await all[0];
    await all[2];
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    ends['d']!();
    expect(await all[3]).toBe('d');
  });

  test('an error passes the turn on', async () => {
    const turns = createPoolTurns(1);
    const failing = turns.run(() => Promise.reject(new Error('no')), never);
    const next = turns.run(() => Promise.resolve('next'), never);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  test('one that waits leaves by its signal, and takes no turn from others', async () => {
    const turns = createPoolTurns(1);
    let end = (): void => undefined;
    const first = turns.run(() => new Promise<void>((resolve) => (end = resolve)), never);
    const cancel = new AbortController();
    const cancelled = turns.run(() => Promise.resolve('never'), cancel.signal);
    const last = turns.run(() => Promise.resolve('last'), never);
    cancel.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
    await expect(turns.run(() => Promise.resolve(), cancel.signal)).rejects.toMatchObject({ code: 'aborted' });
    end();
    await first;
    expect(await last).toBe('last');
  });
});

test.each([
  [undefined, 3],
  ['16', 15],
  ['2', 1],
  ['5000', 1023],
])('mostStatements(%j) is %i: one thread stays free', (size, most) => {
  expect(mostStatements(size)).toBe(most);
});

test.each(['1', '0', 'many'])('mostStatements(%j) is an error that says what to set', (size) => {
  expect(() => mostStatements(size)).toThrow(/UV_THREADPOOL_SIZE is .*set 2 or more/);
});
