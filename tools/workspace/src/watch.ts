import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bringUpToDate, bundle } from './bring-up-to-date.ts';

/* Compiles whenever a source changes, and then bundles what is made of it. */

bringUpToDate({ checkTypes: true });
const args = ['node_modules/typescript/bin/tsc', '-b', '--watch', '--preserveWatchOutput'];
const compiler = spawn(process.execPath, args, { stdio: ['inherit', 'pipe', 'inherit'] });
compiler.once('exit', (code) => process.exit(code ?? 1));
for await (const line of createInterface(compiler.stdout)) {
  console.log(line);
  if (/Found \d+ errors?/.test(line)) bundle();
}
