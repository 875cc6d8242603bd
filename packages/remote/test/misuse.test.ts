import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as functions from '../src/index.ts';

const calls: Readonly<Record<string, readonly Place[]>> = {
  createOpener: [place({ allow: [] })],
  openS3Folder: [place('s3://'), place({}, 'undefined')],
  createS3Mirror: [place('s3://bucket/run'), place('scratch', 'text'), place({}, 'undefined', 'object')],
  s3FromEnv: [place({}, 'object', 'function')],
};

describe.each(functionsOf(functions))('%s called with wrong values from JavaScript', (name, call) => {
  it('throws RangeError or QualmError', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
