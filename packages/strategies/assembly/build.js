/* Compiles the kernels of this folder and writes each as base64 to `src/simd/<kernel>.generated.ts`: the package has to run
 * where there are no files to read. */

import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const kernels = {
  entropy: { name: 'entropyModule' },
  'top-two': { name: 'topTwoModule' },
  distances: { name: 'distancesModule', options: ['--importMemory'] },
};

for (const [kernel, { name, options = [] }] of Object.entries(kernels)) {
  const wasm = await compile(`${kernel}.ts`, options);
  const source = `/** assembly/${kernel}.ts, compiled. */\nexport const ${name} =\n  '${wasm.toString('base64')}';\n`;
  writeFileSync(new URL(`../src/simd/${kernel}.generated.ts`, import.meta.url), source);
}

async function compile(file, more) {
  let wasm;
  const options = ['--outFile', 'wasm', '--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', ...more];
  const { error, stderr } = await asc.main([file, '--baseDir', import.meta.dirname, ...options], {
    writeFile: (_, contents) => void (wasm = Buffer.from(contents)),
  });
  if (error) throw new Error(`${file}: ${stderr.toString()}`, { cause: error });
  return wasm;
}
