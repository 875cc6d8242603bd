/** Writes the tables of `docs/sql-notebook.md` and draws its picture.
 *
 *   npx tsx integration/src/write-sql-notebook.ts
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import prettier from 'prettier';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { registerDetectors } from '../../examples/setup/register-detectors.ts';
import { launchBrowser, openPage } from './browser.ts';
import { executeNotebook } from './jupyter.ts';
import { root } from './repository.ts';
import { sqlNotebookTables } from './sql-notebook-tables.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-sql-notebook-'));
const registry = createMlflowRegistry({ trackingUri: join(folder, 'mlflow') });
await registerDetectors(registry, 'onnx');
const backends = { onnx: createOnnxBackend({ device: 'cpu' }) };
const tables = await sqlNotebookTables(backends, registry, await demoPhotographs(() => undefined));
await registry.dispose();

const page = join(root, 'docs/sql-notebook.md');
const text = (await readFile(page, 'utf8')).replace(
  /(<!-- results -->)[^]*(<!-- end -->)/,
  (_, before: string, after: string) => `${before}\n\n${tables}\n\n${after}`,
);
await writeFile(page, await prettier.format(text, { ...(await prettier.resolveConfig(page)), parser: 'markdown' }));

await executeNotebook(join(root, 'examples/notebooks/uncertainty-sampling-sql.ipynb'), join(folder, 'executed.ipynb'));
const browser = await launchBrowser();
const { page: shown } = await openPage(browser, pathToFileURL(join(folder, 'executed.html')).href, {
  viewport: { width: 1000, height: 900 },
});
const top = await shown.getByRole('heading', { name: 'The least confident boxes' }).boundingBox();
const bottom = await shown.getByRole('heading', { name: 'What it cost' }).boundingBox();
await shown.screenshot({
  ...{ path: join(root, 'docs/pictures/sql-notebook.jpg'), type: 'jpeg', quality: 70, fullPage: true },
  clip: { x: 0, y: top!.y - 10, width: 1000, height: bottom!.y - top!.y },
});
await browser.close();
await rm(folder, { recursive: true });
