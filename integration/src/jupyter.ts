import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonEnvironment } from './python-environment.ts';
import { cache, root } from './repository.ts';

const run = promisify(execFile);
const denoVersion = '2.9.6';

/** A text, or its lines. */
type NotebookText = string | readonly string[];

/** A cell's output, as notebooks store it. */
export interface CellOutput {
  readonly output_type: 'execute_result' | 'display_data' | 'stream' | 'error';
  readonly data?: Readonly<Record<string, NotebookText>>;
  readonly text?: NotebookText;
  readonly evalue?: string;
}

export interface Notebook {
  readonly cells: readonly {
    readonly cell_type: 'code' | 'markdown';
    readonly source: NotebookText;
    readonly execution_count?: number | null;
    readonly outputs?: readonly CellOutput[];
  }[];
}

export function textOf(value: NotebookText | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join('');
}

/** What the cells of a notebook show, in plain words, which every output has. */
export function plainOutputs({ cells }: Notebook): string[] {
  return cells.flatMap(({ outputs = [] }) => outputs.map(({ data, text }) => textOf(data?.['text/plain'] ?? text)));
}

/** Executes a notebook by Jupyter with Deno's kernel, both installed into `.cache` on first use.
 * @param executed where the notebook with its outputs goes; beside it a page, with the ending
 * `.html`
 * @param env variables that the notebook reads
 * @throws Error that says which cell failed, and how.
 */
export async function executeNotebook(
  notebook: string,
  executed: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Notebook> {
  const python = await pythonEnvironment(join(root, 'integration/python/jupyter.txt'));
  const script = join(root, 'integration/python/execute_notebook.py');
  const page = executed.replace(/\.ipynb$/, '.html');
  await run(python, [script, notebook, executed, page], {
    env: { ...process.env, ...env, JUPYTER_PATH: await denoKernel(), NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(await readFile(executed, 'utf8')) as Notebook;
}

/** The folder in which Jupyter finds the kernel `deno`, which is installed into `.cache` on first
 * use.
 */
export async function denoKernel(): Promise<string> {
  const folder = join(cache, `deno-${denoVersion}`);
  const deno = join(folder, 'node_modules/.bin/deno');
  if (!existsSync(deno)) {
    process.stderr.write(`integration: installing deno@${denoVersion} into .cache\n`);
    await mkdir(folder, { recursive: true });
    await run('npm', ['install', '--prefix', folder, '--no-save', `deno@${denoVersion}`]);
  }
  const kernel = join(folder, 'jupyter/kernels/deno');
  await mkdir(kernel, { recursive: true });
  const argv = [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'];
  await writeFile(join(kernel, 'kernel.json'), JSON.stringify({ argv, display_name: 'Deno', language: 'typescript' }));
  return join(folder, 'jupyter');
}
