import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeMeanColour, meanColourScores, meanColourSpec, solidImage, writeMeanColour } from '../src/index.ts';

it('writeMeanColour(folder, batch) writes model and spec into a folder that need not be there', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'qualm-mean-')), 'new');
  expect(await writeMeanColour(folder, 2)).toEqual({ spec: meanColourSpec, root: folder });
  expect(new Uint8Array(await readFile(join(folder, meanColourSpec.files.model)))).toEqual(encodeMeanColour(2));
  expect(JSON.parse(await readFile(join(folder, 'spec.json'), 'utf8'))).toEqual(meanColourSpec);
});

it('meanColourScores(red, green, blue) is a distribution, largest for the largest', () => {
  const scores = meanColourScores(255, 51, 0);
  expect(scores.reduce((sum, score) => sum + score)).toBeCloseTo(1, 12);
  expect(Math.log(scores[0]! / scores[1]!)).toBeCloseTo(0.8, 12);
  expect(Math.log(scores[1]! / scores[2]!)).toBeCloseTo(0.2, 12);
});

it('solidImage(red, green, blue, width, height) is a PNG of that size', () => {
  const bytes = Buffer.from(solidImage(1, 2, 3, 70, 30).bytes!);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(() => solidImage(256, 0, 0)).toThrow('solidImage: a colour is 256');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([70, 30]);
});
