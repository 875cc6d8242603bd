import { describe, expect, test } from 'vitest';
import { createOnnxBackend } from '../src/index.ts';
import { sessionShape } from '../src/session-shape.ts';

describe('sessionShape(options, device, cores)', () => {
  test.each([
    [{}, 'cpu', 8, { sessions: 8, threads: 1 }],
    [{ sessions: 2 }, 'cpu', 8, { sessions: 2, threads: 4 }],
    [{ threads: 4 }, 'cpu', 8, { sessions: 2, threads: 4 }],
    [{ sessions: 3, threads: 5 }, 'cpu', 8, { sessions: 3, threads: 5 }],
    [{ sessions: 4 }, 'cpu', 2, { sessions: 4, threads: 1 }],
    [{}, 'cuda', 8, { sessions: 1, threads: 1 }],
  ] as const)('%j on %s with %i cores is %j', (options, device, cores, wanted) => {
    expect(sessionShape(options, device, cores)).toEqual(wanted);
  });
});

describe('createOnnxBackend(options)', () => {
  test.each([{ sessions: 0 }, { threads: 1.5 }])('throws RangeError for %j', (options) => {
    expect(() => createOnnxBackend(options)).toThrow(RangeError);
  });
});
