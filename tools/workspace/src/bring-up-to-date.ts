import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Files that a package's script makes of others. */
interface Product {
  readonly script: readonly [name: string, workspace: string];
  /** Files, or folders with all the sources in them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Changes here are changes of what they make. */
const embedder = 'tools/workspace/src/embed-wasm.js';
const bundler = 'tools/workspace/src/bundle.js';

const compiled: readonly Product[] = [
  {
    script: ['wasm', '@qualm/vision'],
    from: ['packages/vision/assembly', 'packages/vision/package.json', embedder],
    to: [
      ...['best-classes', 'powers', 'sorted-rows', 'suppression'].map(
        (name) => `packages/vision/src/heads/${name}.generated.ts`,
      ),
      'packages/vision/dist/pixels.wasm',
    ],
  },
  {
    script: ['wasm', '@qualm/jpeg'],
    from: ['packages/jpeg/assembly', embedder],
    to: ['packages/jpeg/src/decoder.generated.ts'],
  },
  {
    script: ['wasm', '@qualm/strategies'],
    from: ['packages/strategies/assembly', embedder],
    to: ['distances', 'entropy', 'top-two'].map((name) => `packages/strategies/src/simd/${name}.generated.ts`),
  },
  {
    script: ['proto', '@qualm/spark'],
    from: ['packages/spark/protos', 'packages/spark/buf.gen.yaml'],
    to: [
      ...['base', 'commands', 'common', 'expressions', 'relations', 'types'].map((name) => `spark/connect/${name}`),
      ...['error_details', 'status'].map((name) => `google/rpc/${name}`),
    ].map((name) => `packages/spark/src/generated/${name}_pb.ts`),
  },
];

const bundled: readonly Product[] = [
  ...readdirSync(join(root, 'packages')).flatMap(bundleOf),
  {
    script: ['bundle', '@qualm/report'],
    from: [...['report', 'viz', 'types'].map((name) => `packages/${name}/dist`), 'packages/report/package.json'],
    to: ['packages/report/dist/page.js'],
  },
  {
    script: ['program', '@qualm/worker'],
    from: [
      ...['worker', 'types', 'threads', 'jpeg', 'vision', 'inference-onnx', 'datasets', 'pipeline', 'strategies'].map(
        (name) => `packages/${name}/dist`,
      ),
      'tools/workspace/src/bundle-program.js',
    ],
    to: ['packages/worker/dist/program/main.js'],
  },
];

/** What the exports of a package name in `dist/bundle`, which is made of the modules beside it;
 * nothing where they name none.
 */
function bundleOf(folder: string): Product[] {
  const at = (name: string): string => `packages/${folder}/${name}`;
  const { name, exports = {} } = JSON.parse(readFileSync(join(root, at('package.json')), 'utf8')) as Manifest;
  const to = Object.values(exports)
    .map((entry) => (typeof entry === 'string' ? entry : entry.default))
    .filter((path) => path?.startsWith('./dist/bundle/'))
    .map((path) => at(path!));
  return to.length === 0 ? [] : [{ script: ['bundle', name], from: [at('dist'), at('package.json'), bundler], to }];
}

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly default?: string }>>;
}

/** Compiles and bundles whatever is older than its sources, so that worker threads, bundles and
 * processes that tests start run today's code. Nothing stale: about a second.
 * @param checkTypes prints what is wrong with types, which takes most of the time; what compiles is
 * compiled all the same.
 * @throws Error when a part cannot be built.
 */
export function bringUpToDate({ checkTypes }: { readonly checkTypes: boolean }): void {
  for (const product of compiled.filter(isStale)) make(product);
  compileSources(checkTypes ? [] : ['--noCheck']);
  bundle();
}

/** Bundles what is older than the modules that it is made of. */
export function bundle(): void {
  for (const product of bundled.filter(isStale)) make(product);
}

function compileSources(options: readonly string[]): void {
  const projects = ['packages', 'tools']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'tsconfig.src.json')))
    .filter(existsSync);
  const typeErrorsOnly = 2;
  run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-b', ...options, ...projects],
    [0, typeErrorsOnly],
  );
}

function make({ script: [name, workspace] }: Product): void {
  run('npm', ['run', '--silent', name, '-w', workspace], [0]);
}

function run(command: string, args: readonly string[], allowed: readonly number[]): void {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error || status === null || !allowed.includes(status))
    throw new Error(`build: ${command} ${args.join(' ')} ended with ${status ?? 'a signal'}`, { cause: error });
}

function isStale({ from, to }: Product): boolean {
  const made = to.map((path) => modified(join(root, path)));
  const products = new Set([...compiled, ...bundled].flatMap((product) => product.to.map((path) => join(root, path))));
  const sources = from
    .flatMap((path) => sourcesIn(join(root, path)))
    .filter((path) => !products.has(path) && !/dist.(bundle|program)\b.+/.test(path));
  return Math.max(...sources.map(modified)) > Math.min(...made);
}

function sourcesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.([jt]s|json|proto)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(path, name));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
