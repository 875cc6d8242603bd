import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createOpener } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the example in the README gives what it says', async () => {
  expect(readme).toContain("createOpener({ allow: ['https://images.example.org/'] })");
  const open = createOpener({ allow: ['https://images.example.org/'] });
  expect(readme).toContain("await open('https://other.example.org/a.jpg'); // QualmError, code 'unsupported'");
  await expect(open('https://other.example.org/a.jpg')).rejects.toMatchObject({ code: 'unsupported' });
});
