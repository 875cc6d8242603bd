import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meanColourSpec, solidImage, writeMeanColour } from '@qualm/testkit';
import { expect, it, vi } from 'vitest';

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

it('the example of the README is the one that runs here', async () => {
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
  const folder = await mkdtemp(join(tmpdir(), 'qualm-draft-'));
  await writeMeanColour(folder);
  await copyFile(join(folder, meanColourSpec.files.model), join(folder, 'best.onnx'));
  await mkdir(join(folder, 'photos'));
  for (const [name, green] of Object.entries({ a: 0, b: 200 }))
    await writeFile(join(folder, 'photos', `${name}.png`), solidImage(255, green, 0).bytes!);
  const home = process.cwd();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  process.chdir(folder);
  await import('./readme-example.ts').finally(() => process.chdir(home));
  expect(log.mock.calls.at(-1)?.[2]).toBe('classifier');
  log.mockRestore();
  const written = JSON.parse(await readFile(join(folder, 'best.json'), 'utf8')) as object;
  expect(written).toMatchObject({ name: 'best', files: { model: 'best.onnx' }, head: { type: 'classifier' } });
});
