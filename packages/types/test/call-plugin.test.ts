import { describe, expect, it } from 'vitest';
import { callPlugin, QualmError } from '../src/index.ts';

function thrown(call: () => unknown): unknown {
  try {
    return callPlugin('score of ./a.ts#mine', call);
  } catch (error) {
    return error;
  }
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe('callPlugin(what, call)', () => {
  it('gives what the call gives, promises too', async () => {
    expect(callPlugin('it', () => 5)).toBe(5);
    await expect(callPlugin('it', () => Promise.resolve(5))).resolves.toBe(5);
  });

  it('names the code whose error is none of ours, by the first line of what it threw', async () => {
    const cause = new TypeError('oops\nsecond line');
    const wanted = {
      code: 'plugin-failed',
      message: expect.stringMatching(/^score of .\/a.ts#mine threw TypeError: oops; /),
    };
    expect(thrown(throwing(cause))).toMatchObject({ ...wanted, cause });
    await expect(thrown(() => Promise.reject(cause))).rejects.toMatchObject({ ...wanted, cause });
    expect(thrown(throwing('a text'))).toMatchObject({ message: expect.stringMatching(/ threw a text; correct it/) });
    expect(thrown(throwing(undefined))).toMatchObject({ code: 'plugin-failed' });
  });

  it('gives the error the code that the call has for its failures', () => {
    expect(() => callPlugin('run', throwing(new Error('no')), 'predict-failed')).toThrow(
      expect.objectContaining({ code: 'predict-failed' }),
    );
  });

  it.each([
    ['a QualmError', new QualmError('model-missing', 'load: gone')],
    ['an AbortError', new DOMException('stopped', 'AbortError')],
  ])('leaves %s as it is', (_, error) => {
    expect(thrown(throwing(error))).toBe(error);
  });

  it('blames the machine where memory ended', () => {
    const error = new RangeError('Array buffer allocation failed');
    expect(thrown(throwing(error))).toMatchObject({ code: 'machine-trouble', cause: error });
  });
});
