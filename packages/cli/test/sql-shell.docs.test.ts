import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordShell } from './record-shell.ts';
import { temporaryFolder } from './run-cli.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const page = join(repository, 'docs/sql-shell.md');
const data = process.env['QUALM_TEST_DATA'] ?? join(repository, '../shared/data');
const weights = join(data, 'models/yolox_nano.onnx');
const hasData = existsSync(weights);
if (!hasData) console.warn(`skipped: the sessions of docs/sql-shell.md; set QUALM_TEST_DATA (no ${weights})`);

const photos = ['000000005001', '000000006818', '000000030213', '000000041888', '000000055299', '000000099053'];

/** `vitest -u` writes the page anew. */
describe.skipIf(!hasData)('docs/sql-shell.md', () => {
  it('shows what the command shows', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'photos'));
    const images = join(data, 'coco-val2017/images');
    for (const name of photos) await copyFile(join(images, `${name}.jpg`), join(folder, 'photos', `${name}.jpg`));
    await copyFile(join(repository, 'examples/models/yolox-nano.json'), join(folder, 'yolox-nano.json'));
    await copyFile(weights, join(folder, 'yolox_nano.onnx'));
    const text = await readFile(page, 'utf8');
    const parts = text.split(/^```console\n([^]*?)\n```$/m);
    for (let at = 1; at < parts.length; at += 2) {
      const before = parts[at]!;
      const now = await recordShell(before, folder);
      parts[at] = `\`\`\`console\n${timeless(now) === timeless(before) ? before : now}\n\`\`\``;
    }
    expect(parts.length).toBeGreaterThan(6);
    await expect(parts.join('')).toMatchFileSnapshot(page);
  });
});

/** How long something took is another time each time. */
function timeless(text: string): string {
  return text.replaceAll(/ in \d+\.\d+ s/g, ' in some time');
}
