/** The whole job on real input: fetches a detector and photographs, then runs `qualm select`.
 * Options go on to it.
 *
 *   npm run demo
 *   npm run demo -- --backend tfjs --strategy entropy
 */
import { join, relative } from 'node:path';
import { run } from 'qualm';
import { cocoSsd } from './setup/coco-ssd.ts';
import { demoPhotographs } from './setup/demo-photographs.ts';
import { specs } from './setup/folders.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { backend, rest } = takeBackend(process.argv.slice(2));

say('model:');
const models = await cocoSsd(say);
say('photographs:');
const photographs = await demoPhotographs(say);
say('');

const model = ['--model', join(specs, `coco-ssd-${backend}.json`), '--model-root', models[backend]];
const args = ['select', '--images', photographs, ...model, '--out', `qualm-out/demo-${backend}`, '--resume', ...rest];
say(`qualm ${args.join(' ')}\n`);
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
const { stdin, stdout, stderr, env } = process;
process.exitCode = await run(
  args,
  { stdin, stdout, stderr, env, cwd: process.cwd(), signal: interrupt.signal },
  'demo',
);

if (process.exitCode === 0) {
  say(`
Next, your own photographs with the same detector, in this folder:

  npx qualm select --images <your folder> --model ${relative('', model[1]!)} --model-root ${relative('', model[3]!)}
`);
}

function takeBackend(args: readonly string[]): { backend: 'onnx' | 'tfjs'; rest: string[] } {
  const at = args.indexOf('--backend');
  if (at < 0) return { backend: 'onnx', rest: [...args] };
  const name = args[at + 1];
  if (name !== 'onnx' && name !== 'tfjs') throw new RangeError(`--backend is ${name}; choose onnx or tfjs`);
  return { backend: name, rest: args.toSpliced(at, 2) };
}
