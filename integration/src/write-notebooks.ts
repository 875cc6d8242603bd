/** Executes the notebooks of `examples/notebooks`, and writes into them what their cells show.
 *
 *   npx tsx integration/src/write-notebooks.ts
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executeNotebook } from './jupyter.ts';
import type { Notebook } from './jupyter.ts';
import { root } from './repository.ts';

const notebooks = join(root, 'examples/notebooks');
const folder = await mkdtemp(join(tmpdir(), 'qualm-notebooks-'));
for (const name of (await readdir(notebooks)).filter((file) => file.endsWith('.ipynb'))) {
  const path = join(notebooks, name);
  const executed = await executeNotebook(path, join(folder, name));
  const notebook = JSON.parse(await readFile(path, 'utf8')) as Notebook;
  const cells = notebook.cells.map((cell, at) => {
    if (cell.cell_type !== 'code') return cell;
    const { execution_count = null, outputs = [] } = executed.cells[at]!;
    return { ...cell, execution_count, outputs };
  });
  const text = JSON.stringify({ ...notebook, cells }, null, 1);
  // Names of this machine are nobody's business.
  if (text.includes(root) || text.includes(tmpdir() + '/')) throw new Error(`${name}: an output names a folder`);
  await writeFile(path, `${text}\n`);
}
await rm(folder, { recursive: true });
