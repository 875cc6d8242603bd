/* node bundle.js, in the folder of a package
 *
 * Joins the modules of a package, so that Node imports it in the time of a few: an export whose
 * `default` is in `dist/bundle/` is made of the module of that name in `dist/`. What several of
 * them need is written once, beside them. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const outdir = 'dist/bundle';
const entryPoints = Object.values(exports)
  .map((entry) => entry.default)
  .filter((path) => path?.startsWith(`./${outdir}/`))
  .map((path) => path.replace(`./${outdir}/`, 'dist/'));

const { outputFiles } = await build({
  ...{ entryPoints, outdir, outbase: 'dist', bundle: true, splitting: true, packages: 'external', write: false },
  ...{ format: 'esm', platform: 'neutral', target: 'es2022', logLevel: 'warning' },
  ...{ sourcemap: true, sourcesContent: false },
});
rmSync(outdir, { recursive: true, force: true });
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('.js') ? withClassNames(text) : text);
}

/** esbuild writes `var Box2d = class _Box2d` where a class names itself, and consoles would print
 * `_Box2d`.
 */
function withClassNames(code) {
  const names = Array.from(code.matchAll(/^var (\w+) = class _\1\b/gm), ([, name]) => name);
  return names.reduce((text, name) => text.replace(new RegExp(`\\b_${name}\\b`, 'g'), name), code);
}
