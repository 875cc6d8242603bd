/* node bundle-program.js, in the folder of the worker
 *
 * Joins a program with all of our packages that it and its threads run, so that a process starts in
 * the time of a few files: `dist/program.js`, and what threads import, to `dist/program/`. */

import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const packages = '..';
const outdir = 'dist/program';

/** What modules look for in the `dist` of their package, and where it is now: beside them. */
const moved = {
  'inference-onnx/dist/create-onnx-backend.js': ['worker.js', 'session.js'],
  'pipeline/dist/image-entry.js': ['image-part.js', 'image-part.js'],
  'vision/dist/module.js': ['ends.js', 'ends.js'],
  'vision/dist/pixels-wasm.js': ['pixels.wasm', 'pixels.wasm'],
  'vision/dist/preprocessor-files.js': ['worker.js', 'fill.js'],
};

const beside = {
  name: 'beside',
  setup({ onLoad }) {
    for (const [module, [from, to]] of Object.entries(moved)) {
      onLoad({ filter: new RegExp(`/${module.replaceAll('.', '\\.')}$`) }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = text.replace(`'../dist/${from}'`, `'./${to}'`);
        if (contents === text) throw new Error(`${module} names no ../dist/${from}; correct this list`);
        return { contents };
      });
    }
  },
};

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    main: 'dist/program.js',
    session: `${packages}/inference-onnx/dist/worker.js`,
    'image-part': `${packages}/pipeline/dist/image-part.js`,
    ends: `${packages}/vision/dist/ends.js`,
    fill: `${packages}/vision/dist/worker.js`,
  },
  ...{ outdir, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'es2022' },
  ...{ external: ['@qualm/remote', 'onnxruntime-node', 'sharp', 'yaml'], plugins: [beside], logLevel: 'warning' },
});
copyFileSync(`${packages}/vision/dist/pixels.wasm`, `${outdir}/pixels.wasm`);
