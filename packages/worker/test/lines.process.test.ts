import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meanColourScores } from '@qualm/testkit';
import type { ScoredBoxJson } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { answersOf, asLines, runWorker, startWorker, workerProject } from './run-worker.ts';

describe('qualm-worker, lines in and lines out', () => {
  it('answers paths and bytes with what the model says, in order, each with version and fingerprint', async () => {
    const folder = await workerProject();
    const bytes = readFileSync(join(folder, 'grey.png')).toString('base64');
    const input = asLines([
      { id: 'a', image: 'red.png' },
      { id: 'b', bytes },
      { id: 'a', image: 'red.png' },
    ]);
    const { code, stdout, stderr } = await runWorker(folder, [], input);
    const answers = answersOf(stdout);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(answers).toMatchObject([
      { v: 1, id: 'a', image: 'red.png', width: 20, height: 10, error: null, measures: null },
      { v: 1, id: 'b', image: null, width: 20, height: 10, error: null, measures: null },
      { v: 1, id: 'a', image: 'red.png', width: 20, height: 10, error: null, measures: null },
    ]);
    const [first] = answers[0]!.detections as readonly ScoredBoxJson[];
    const wanted = meanColourScores(255, 0, 0).sort((a, b) => b - a);
    expect(first!.scores.map((score, at) => Math.abs(score - wanted[at]!) < 1e-6)).toEqual([true, true, true]);
    expect(first!.label_ids[0]).toBe(1);
    expect(new Set(answers.map(({ worker }) => worker))).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]));
  });

  it('an image that cannot be used is an answer with an error, and the others are answered', async () => {
    const folder = await workerProject();
    const input = asLines([
      { id: 'missing', image: 'nowhere.png' },
      { id: 'broken', bytes: Buffer.from('no image').toString('base64') },
      { id: 'garbage', bytes: 'a!b?' },
      { id: 'short', bytes: 'abcde' },
      { id: 'empty', bytes: '' },
      { id: 'neither' },
      { id: 'both', image: 'red.png', bytes: 'AAAA' },
      { id: 'number', image: 7 as never },
      { id: 'remote', image: 'https://example.org/a.jpg' },
      { id: 'null', image: 'red.png', bytes: null as never },
      { id: 'fine', image: 'red.png' },
    ]);
    const { code, stdout } = await runWorker(folder, ['--measure', 'margin'], input);
    expect(code).toBe(0);
    expect(answersOf(stdout).map(({ id, error }) => [id, error?.code ?? null])).toEqual([
      ['missing', 'image-missing'],
      ['broken', 'image-invalid'],
      ['garbage', 'image-invalid'],
      ['short', 'image-invalid'],
      ['empty', 'image-invalid'],
      ['neither', 'request-invalid'],
      ['both', 'request-invalid'],
      ['number', 'request-invalid'],
      ['remote', 'unsupported'],
      ['null', null],
      ['fine', null],
    ]);
    expect(answersOf(stdout).slice(0, 9)).toEqual(
      Array.from(
        { length: 9 },
        () => expect.objectContaining({ detections: null, measures: null, width: null }) as unknown,
      ),
    );
  });

  it('ids come back exactly: separators, NUL, lone surrogates, 1 MB', async () => {
    const folder = await workerProject();
    const ids = [
      '',
      'a\tb\r\nc',
      '\u2028\u2029\u0085',
      '\u0000',
      '\ud800',
      'é😀',
      '"\\',
      ' a ',
      'x'.repeat(2 ** 20),
      'NULL',
    ];
    const input = ids.map((id) => `${JSON.stringify({ id, image: 'red.png', more: 1 })}\r\n`).join('');
    const { code, stdout } = await runWorker(folder, [], input);
    expect(code).toBe(0);
    expect(answersOf(stdout).map(({ id }) => id)).toEqual(ids);
  });

  it('U+2028 that is not escaped is a part of its line', async () => {
    const folder = await workerProject();
    const { stdout } = await runWorker(folder, [], '{"id":"a\u2028b","image":"red.png"}\n');
    expect(answersOf(stdout).map(({ id }) => id)).toEqual(['a\u2028b']);
  });

  it('answers a last line without its end, and nothing at all where nothing came', async () => {
    const folder = await workerProject();
    const last = await runWorker(folder, [], '{"id":"a","image":"red.png"}');
    expect(answersOf(last.stdout).map(({ id }) => id)).toEqual(['a']);
    expect(last.code).toBe(0);
    expect(await runWorker(folder, [], '')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['junk', 'is not valid JSON'],
    ['', 'is empty'],
    ['[]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['{"id":1,"image":"red.png"}', 'has no `id` that is a text'],
    ['{"image":"red.png"}', 'has no `id` that is a text'],
    ['{"id":"a","image":"red.png"} trailing', 'is not valid JSON'],
    [Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
  ])('a line with no id to answer to, %j, ends it with 65 and one short line', async (line, what) => {
    const folder = await workerProject();
    const input = Buffer.concat([Buffer.from('{"id":"a","image":"red.png"}\n'), Buffer.from(line), Buffer.from('\n')]);
    const { code, stderr } = await runWorker(folder, [], input);
    expect(code).toBe(65);
    expect(stderr).toMatch(/^qualm-worker: line 2 [^\n]{1,200}\n$/);
    expect(stderr).toContain(what);
  });

  it('keeps the k best classes of each box, and measures before', async () => {
    const folder = await workerProject();
    const input = asLines([{ id: 'a', image: 'grey.png' }]);
    const args = ['--measure', 'entropy', '--measure', 'margin', '--measure', 'entropy:max'];
    const whole = answersOf((await runWorker(folder, args, input)).stdout)[0]!;
    const cut = answersOf((await runWorker(folder, [...args, '--top-k', '1'], input)).stdout)[0]!;
    expect((cut.detections as readonly ScoredBoxJson[])[0]!.scores).toEqual([
      (whole.detections as readonly ScoredBoxJson[])[0]!.scores[0],
    ]);
    expect(cut.measures).toEqual(whole.measures);
    expect(whole.measures!['entropy']).toBeCloseTo(Math.log(3), 5);
    expect(whole.measures!['margin']).toBeCloseTo(0, 6);
    expect(cut.worker).not.toBe(whole.worker);
  });

  it('gives detections where they are asked for', async () => {
    const folder = await workerProject();
    const { stdout } = await runWorker(folder, ['--form', 'detections'], asLines([{ id: 'a', image: 'red.png' }]));
    expect(answersOf(stdout)[0]!.detections).toEqual([
      expect.objectContaining({ label_id: 1, score: expect.any(Number) as unknown }),
    ]);
  });

  it('answers a request while the next has not come', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, []);
    for (const id of ['1', '2', '3']) {
      child.stdin.write(asLines([{ id, image: 'red.png' }]));
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(answersOf(chunk.toString()).map((answer) => answer.id)).toEqual([id]);
    }
    child.stdin.end();
    expect((await once(child, 'close'))[0]).toBe(0);
  });
});
