import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { anotherNode, otherNodes } from './another-node.ts';
import { chromiumPath } from './chromium.ts';
import { firefoxPath, webkitPaths } from './driven-browser.ts';
import { denoKernel } from './jupyter.ts';
import { pythonEnvironment } from './python-environment.ts';
import { root } from './repository.ts';
import { tfjsNode } from './tfjs-node.ts';

/* Installs what the integration tests would install on first use: Python's packages, Deno, other
 * versions of Node and TensorFlow into `.cache`, and Chromium, Firefox and WebKit.
 */

const folder = join(root, 'integration/python');
for (const name of await readdir(folder)) if (name.endsWith('.txt')) await pythonEnvironment(join(folder, name));
await denoKernel();
for (const version of otherNodes) await anotherNode(version);
await tfjsNode();
chromiumPath();
firefoxPath();
webkitPaths();
