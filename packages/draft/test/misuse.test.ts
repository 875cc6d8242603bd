import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as functions from '../src/index.ts';

const calls: Readonly<Record<string, readonly Place[]>> = {
  draftModelSpec: [place('missing.onnx', 'text'), place({ backends: {}, vision: {}, images: [] })],
};

describe.each(functionsOf(functions))('%s called with wrong values from JavaScript', (name, call) => {
  it('throws RangeError or QualmError', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
