import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

describe('qualm models', () => {
  it('ls lists the specs of a folder, and says what it passes over', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'model/package.json'), '{}');
    const { code, stdout, stderr } = await runCli(['models', 'ls', 'model'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^quarters +onnx +ssd +32x32 +3 classes +Apache-2\.0 .*quarters\.json\n$/);
    expect(stderr).toMatch(/^passed over: .*package\.json.*\n$/);
    const json = await spawnCli(['models', 'ls', '.', '--json'], { cwd: join(folder, 'model') });
    expect(JSON.parse(json.stdout)).toEqual([
      {
        spec: join(folder, 'model/quarters.json'),
        name: 'quarters',
        flavor: 'onnx',
        head: 'ssd',
        input: '32x32',
        classes: 3,
        license: 'Apache-2.0',
      },
    ]);
  });

  it('show loads a model and prints its tensors and classes', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await runCli(['models', 'show', 'model/quarters.json'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('input    x: float32 [1, 3, 32, 32]\n');
    expect(stdout).toContain('output   scores: float32 [1, 4, 3]\noutput   boxes: float32 [1, 4, 4]\n');
    expect(stdout).toContain('head     ssd, 3 classes: red, green, blue\n');
    const json = await runCli(['models', 'show', 'model/quarters.json', '--json'], { cwd: folder });
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ spec: { name: 'quarters' }, inputs: [{ name: 'x' }] });
  });

  it('a folder or spec that is not there fails with its name', async () => {
    for (const args of [
      ['models', 'ls', 'nowhere'],
      ['models', 'show', 'nowhere/spec.json'],
    ]) {
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^qualm: .*nowhere.*\n$/);
    }
  });
});
