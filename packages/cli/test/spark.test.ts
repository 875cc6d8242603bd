import { expect, it } from 'vitest';
import { folderSource } from '../src/commands/spark/open-spark.ts';
import { runCli } from './run-cli.ts';

it.each([
  ['qualm-1a.tgz', { upload: '/home/me/qualm-1a.tgz' }],
  ['archive:qualm-1a', { archive: 'qualm-1a' }],
  ['/opt/qualm', { path: '/opt/qualm' }],
])('folderSource(%s)', (place, source) => {
  expect(folderSource('--worker', place, '/home/me')).toEqual(source);
});

it.each(['qualm', 'archive:', ''])('folderSource refuses "%s"', (place) => {
  expect(() => folderSource('--worker', place, '/home/me')).toThrow('--worker: "');
});

it.each([
  [['spark', 'predict', '--from', 'a', '--into', 'b'], 'expected --model-files'],
  [['spark', 'predict', '--from', 'a', '--into', 'b', '-m', 'spec.json'], 'expected --remote'],
  [['spark', 'doctor', '--remote', 'sc://127.0.0.1:1'], 'expected --worker'],
  [['spark', 'doctor', '--remote', 'sc://127.0.0.1:1', '--worker', 'qualm'], '--worker: "qualm" is neither'],
  [['spark', 'doctor', '--worker', '/opt/q', '--worker-command', 'x'], 'cannot be used with'],
])('qualm %j is wrong usage', async (args, words) => {
  const { code, stdout, stderr } = await runCli(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});
