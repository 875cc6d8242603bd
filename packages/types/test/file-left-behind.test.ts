import { expect, it } from 'vitest';
import { fileLeftBehind } from '../src/index.ts';

const leaveOut = 'leave @qualm/* out of the bundle (esbuild: --packages=external); see docs/install.md';

it.each([
  ['name it with { worker }', `where a bundler moved the code, name it with { worker }, or ${leaveOut}`],
  [undefined, `where a bundler moved the code, ${leaveOut}`],
])('fileLeftBehind(code, { advice: %j }) says which file, where, and what to do', (advice, todo) => {
  const cause = new Error('ENOENT');
  const place = new URL('file:///app/worker.js');
  expect(fileLeftBehind('io', { where: 'load', file: 'its file', place, advice }, { cause })).toMatchObject({
    code: 'io',
    message: `load: its file is not at "file:///app/worker.js"; ${todo}`,
    cause,
  });
});
