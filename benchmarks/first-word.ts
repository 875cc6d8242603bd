/** How long a user waits for the first word of `qualm select`, beside the first that Node itself
 * can say.
 *
 *   npm run build && npx tsx benchmarks/first-word.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { writeResult } from './write-result.ts';

const bin = join(import.meta.dirname, '../packages/cli/dist/main.js');
const repeats = 20;
const qualm: number[] = [];
const bare: number[] = [];
for (let i = 0; i < repeats; i++) {
  bare.push(await firstByte(['-e', 'process.stderr.write("x")']));
  qualm.push(await firstByte([bin, 'select', '--images', 'none', '--model', 'none.json', '--dry-run']));
}
const found = { repeats, qualmMs: Math.min(...qualm), nodeMs: Math.min(...bare) };
console.log(found);
writeResult('first-word', {}, found);

/** Milliseconds from the start of Node to its first byte on stderr. */
async function firstByte(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(child.stderr, 'data');
  const milliseconds = performance.now() - began;
  child.stderr.resume();
  child.kill();
  await once(child, 'close');
  return milliseconds;
}
