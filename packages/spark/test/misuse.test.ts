import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as functions from '../src/index.ts';

const session = { sql: () => undefined, uploadArchive: () => undefined, close: () => undefined };
const spec = { name: 'none', flavor: 'onnx', files: { model: 'none.onnx' } };
const calls: Readonly<Record<string, readonly Place[]>> = {
  bundleModel: [place({ spec, root: '/dev/null/none' }), place({ out: '/dev/null' })],
  bundleWorker: [place({ platform: 'linux-x64', out: '/dev/null/none', packages: '/dev/null/none' })],
  connect: [place('sc://127.0.0.1:1'), place({ timeout: 500 })],
  createSpark: [place(session), place({ worker: { path: '/opt/qualm' } })],
  strategyExpression: [place('margin'), place('box.scores', 'text')],
};

describe.each(functionsOf(functions))('%s called with wrong values from JavaScript', (name, call) => {
  it('throws RangeError or QualmError', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
