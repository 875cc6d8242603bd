import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFingerprint, readModelSpec } from '@qualm/pipeline';
import { describe, expect, it } from 'vitest';
import { answersOf, asLines, runWorker, workerProject } from './run-worker.ts';

const input = asLines([{ id: 'a', image: 'red.png' }]);

describe('how qualm-worker starts', () => {
  it.each([
    [['--no-such'], "Unknown option '--no-such'"],
    [['--form', 'boxes'], '--form is "boxes"'],
    [['--top-k', '0'], '--top-k is "0"'],
    [['--min-score', '2'], '--min-score is "2"'],
    [['--threads', 'all'], '--threads is "all"'],
    [['--stall', '0'], '--stall is "0"'],
    [['--measure', 'doubt'], '"doubt" is unknown; choose one of least-confidence'],
    [['--measure', 'entropy:most'], 'has the aggregation "most"'],
    [['--measure', './none.mjs#x'], 'none.mjs cannot be'],
  ])('refuses %j with 2 and one line', async (args, what) => {
    const { code, stdout, stderr } = await runWorker(await workerProject(), args, input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^qualm-worker: [^\n]{1,500}\n$/);
    expect(stderr).toContain(what);
  });

  it('--help prints what it takes', async () => {
    const { code, stdout } = await runWorker(await workerProject(), ['--help'], '');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^qualm-worker --model[^]*--stall <seconds>/);
  });

  it('--fingerprint says what answers carry, without reading a line', async () => {
    const folder = await workerProject();
    const options = ['--measure', 'margin', '--top-k', '2'];
    const said = JSON.parse((await runWorker(folder, ['--fingerprint', ...options], '')).stdout) as Record<
      string,
      unknown
    >;
    const [answer] = answersOf((await runWorker(folder, options, input)).stdout);
    expect(said).toEqual({
      v: 1,
      worker: answer!.worker,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      qualm: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    });
  });

  it('the fingerprint does not depend on where the model or a measure is, and does on what they are', async () => {
    const folder = await workerProject();
    const measure = (text: string): Promise<void> =>
      writeFile(join(folder, 'mine.mjs'), `export const score = ${text};`);
    await measure('(s) => s[0]');
    const print = async (args: readonly string[]): Promise<string> => {
      const { stdout } = await runWorker(folder, ['--fingerprint', ...args], '');
      return (JSON.parse(stdout) as { worker: string }).worker;
    };
    const first = await print(['--measure', './mine.mjs#score']);
    await cp(join(folder, 'model'), join(folder, 'elsewhere'), { recursive: true });
    await cp(join(folder, 'mine.mjs'), join(folder, 'elsewhere/other.mjs'));
    expect(await print(['--model', 'elsewhere/spec.json', '--measure', './elsewhere/other.mjs#score'])).toBe(first);
    await measure('(s) => s[1]');
    expect(await print(['--measure', './mine.mjs#score'])).not.toBe(first);
    expect(await print([])).not.toBe(first);
  });

  it('another model than --hash says is refused, with both hashes', async () => {
    const folder = await workerProject();
    const hash = await modelFingerprint(await readModelSpec(join(folder, 'model/spec.json')));
    expect((await runWorker(folder, ['--hash', hash], input)).code).toBe(0);
    const { code, stdout, stderr } = await runWorker(folder, ['--hash', 'abc'], input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `qualm-worker: model: "model" has the hash ${hash}, expected abc; give the same model to all\n`,
    );
  });

  it('a model that is not there, or is broken, ends it with 1 and one line', async () => {
    const folder = await workerProject();
    const missing = await runWorker(folder, ['--model', 'nowhere.json'], input);
    await writeFile(join(folder, 'model/mean-colour.onnx'), 'no model');
    const broken = await runWorker(folder, [], input);
    for (const { code, stderr } of [missing, broken]) {
      expect(code).toBe(1);
      expect(stderr).toMatch(/^qualm-worker: [^\n]{1,500}\n$/);
    }
  });
});
