import { resolve } from 'node:path';
import type { BundlePlatform, ModelBundle, WorkerBundle } from '@qualm/spark';
import { resolveModel } from '../../input/resolve-model.ts';
import type { RegistryPlace } from '../../input/open-registry.ts';
import { writeData } from '../../output/write-data.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What `qualm bundle` was asked for. */
export interface BundleOptions extends RegistryPlace {
  readonly platform?: BundlePlatform | undefined;
  readonly node: string;
  readonly packages?: string | undefined;
  readonly model?: readonly string[] | undefined;
  /** An absolute path. */
  readonly out: string;
  readonly json?: true | undefined;
}

/** Writes archives, and prints the path of each. */
export async function runBundle(options: BundleOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { platform, model = [], json } = options;
  if (platform === undefined && model.length === 0)
    throw new UsageError(
      'nothing to bundle; say --platform linux-x64 for the worker, --model yolox-nano.json for a model',
    );
  const bundles: (WorkerBundle | ModelBundle)[] = [];
  if (platform !== undefined) bundles.push(await workerBundle({ ...options, platform }, terminal, reporter));
  for (const place of model) {
    const resolved = await resolveModel({ ...options, model: place }, terminal, reporter);
    const { bundleModel } = await import('@qualm/spark');
    bundles.push(await bundleModel(resolved, { out: options.out }));
    reporter.note(`${place} has the hash ${(bundles.at(-1) as ModelBundle).hash}`);
  }
  if (!json) await writeData(terminal.stdout, bundles.map(({ path }) => `${path}\n`).join(''));
  await reporter.result({ bundles });
}

const doing: Readonly<Record<string, string>> = {
  pack: 'packing',
  install: 'installing packages',
  archive: 'writing the archive',
};

async function workerBundle(
  { platform, node, packages, out }: BundleOptions & { readonly platform: BundlePlatform },
  { cwd, signal }: Terminal,
  reporter: Reporter,
): Promise<WorkerBundle> {
  if (!/^(2[02-9]|[3-9]\d)(\.\d+){0,2}$/.test(node))
    throw new UsageError(`--node is "${node}"; expected a version from 20.19, such as 22 or 22.23.5`);
  const { bundleWorker } = await import('@qualm/spark');
  const bundle = await bundleWorker({
    ...{ platform, node, out, signal },
    ...(packages !== undefined && { packages: resolve(cwd, packages) }),
    onProgress: (what) => reporter.note(`${platform}: ${doing[what] ?? what}`),
  });
  reporter.note(`${bundle.name}: ${(bundle.bytes / 1e6).toFixed(0)} MB, Node ${bundle.node}`);
  return bundle;
}
