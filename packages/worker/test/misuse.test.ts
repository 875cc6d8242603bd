import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import { margin } from '@qualm/strategies';
import * as functions from '../src/index.ts';

const model = { run: () => {}, dispose: () => {} };
const worker = { answers: async function* () {} };
const calls: Readonly<Record<string, readonly Place[]>> = {
  createMeasure: [
    place({ name: 'margin', strategy: margin }),
    place({ form: 'class_scores', labels: [], scoreKind: 'distribution', task: 'detection' }),
  ],
  createWorker: [place({ model, fingerprint: 'mine' })],
  openWorker: [place({ model: '/dev/null/none.json' })],
  serveLines: [place({ worker, input: [], output: new PassThrough() })],
  workerFingerprint: [place({}, 'object')],
};

describe.each(functionsOf(functions))('%s called with wrong values from JavaScript', (name, call) => {
  it('throws RangeError or QualmError', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
