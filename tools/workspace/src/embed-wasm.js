/* node embed-wasm.js <folder>/modules.json
 *
 * Compiles files of AssemblyScript, each to a module that exports it as base64: for packages
 * that have to run where there are no files to read. The list says for each the `source` and the
 * `target`, relative to itself, the `name` of the export, and `options` of asc. */

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

const [, , list] = process.argv;
const folder = dirname(list);

for (const { source, target, name, options = [] } of JSON.parse(readFileSync(list, 'utf8'))) {
  const wasm = await compile(source, options);
  const text = `/** ${basename(folder)}/${source}, compiled. */\nexport const ${name}: string =\n  '${wasm.toString('base64')}';\n`;
  writeFileSync(join(folder, target), text);
}

async function compile(file, more) {
  let wasm;
  const options = ['--outFile', 'wasm', '--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', ...more];
  const { error, stderr } = await asc.main([file, '--baseDir', folder, ...options], {
    writeFile: (_, contents) => void (wasm = Buffer.from(contents)),
  });
  if (error) throw new Error(`${file}: ${stderr.toString()}`, { cause: error });
  return wasm;
}
