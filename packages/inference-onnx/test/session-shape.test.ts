import { fileURLToPath } from 'node:url';
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

  test('throws RangeError for a worker that is not a place', () => {
    expect(() => createOnnxBackend({ worker: 5 as unknown as string })).toThrow(
      'createOnnxBackend: worker is 5; expected',
    );
  });
});

describe('load(files) where the file of the worker is at another place', () => {
  const model = fileURLToPath(import.meta.url);

  test('says where it was looked for, and which option names it', async () => {
    const loading = createOnnxBackend({ worker: '/not-here/onnx-worker.mjs' }).load({ model });
    await expect(loading).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(
        /not at "file:.*\/not-here\/onnx-worker\.mjs".*createOnnxBackend\(\{ worker \}\)/,
      ) as string,
    });
  });

  test('takes no place from a spec', async () => {
    const loading = createOnnxBackend().load({ model, backendOptions: { worker: '/not-here/onnx-worker.mjs' } });
    await expect(loading).rejects.toThrow(
      'backendOptions.worker is "/not-here/onnx-worker.mjs", which ONNX models do not have',
    );
  });
});
