import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { insert, insertions } from './insertions.ts';
import { packageFiles } from './package-files.ts';

const root = join(import.meta.dirname, '../../../..');
const usage = 'usage: npm run new:package -- heat-maps "Heat maps of attention over images" [--no-install]';

const options = process.argv.slice(2);
const [name = '', about = ''] = options.filter((option) => option !== '--no-install');
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || about === '' || /[.|\n]$/.test(about)) fail(usage);
if (existsSync(join(root, 'packages', name))) fail(`packages/${name} is there already; choose another name`);

const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
const changed: Record<string, string> = { ...packageFiles({ name, about }, licence) };
for (const insertion of insertions({ name, about }))
  changed[insertion.file] = insert(readFileSync(join(root, insertion.file), 'utf8'), insertion);
for (const [path, text] of Object.entries(changed)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
run('npx', ['prettier', '--write', '--log-level', 'warn', '--ignore-unknown', ...Object.keys(changed)]);
if (!options.includes('--no-install')) run('npm', ['install', '--no-audit', '--no-fund']);
console.log(
  `packages/${name} is there; write its function, then run npm run check and npx vitest run packages/${name}/`,
);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with ${status ?? 'a signal'}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
