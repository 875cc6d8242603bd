import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/custom-heads.md'), 'utf8');
const blocks = [...page.matchAll(/^```(?:ts|typescript)\n(.*?)^```/gms)].map(([, code]) => code!);

it.each(['corners.ts', 'predict.ts', 'corners.test.ts'])('docs/custom-heads.md has %s of the example', (name) => {
  expect(blocks).toContain(readFileSync(join(root, 'examples/custom-head', name), 'utf8'));
});
