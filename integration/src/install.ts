import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumPath } from './chromium.ts';
import { denoKernel } from './jupyter.ts';
import { pythonEnvironment } from './python-environment.ts';
import { root } from './repository.ts';

/* Installs what the integration tests would install on first use: Python's packages and Deno into
 * `.cache`, and Chromium.
 */

const folder = join(root, 'integration/python');
for (const name of await readdir(folder)) if (name.endsWith('.txt')) await pythonEnvironment(join(folder, name));
await denoKernel();
chromiumPath();
