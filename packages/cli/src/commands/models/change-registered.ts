import type { MlflowRegistry } from '@qualm/registry-mlflow';
import { UsageError } from '../../terminal/exit-code.ts';
import { withRegistry } from '../../input/open-registry.ts';
import type { RegistryPlace } from '../../input/open-registry.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Points an alias at the version of a URI, or takes it away. */
export async function aliasModel(
  uri: string,
  alias: string,
  { delete: remove, ...place }: RegistryPlace & { readonly delete?: true | undefined },
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { signal } = terminal;
  await withRegistry(place, terminal, async (registry) => {
    const { name, version } = await named(uri, registry, signal);
    if (remove) await registry.deleteAlias(name, alias, { signal });
    else await registry.setAlias(name, alias, version, { signal });
    reporter.note(remove ? `mlflow:/${name}@${alias} is gone` : `mlflow:/${name}@${alias} is version ${version}`);
  });
}

/** Deletes the version of a URI, or a name with all its versions; what was logged stays. */
export async function removeModel(
  uri: string,
  { all, ...place }: RegistryPlace & { readonly all?: true | undefined },
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { signal } = terminal;
  await withRegistry(place, terminal, async (registry) => {
    const { name, version, exact } = await named(uri, registry, signal);
    if (exact === (all === true))
      throw new UsageError(
        exact
          ? `--all is for a name: mlflow:/${name}`
          : `${uri} is a name with all its versions; say --all, or name one: mlflow:/${name}/${version}`,
      );
    if (exact) await registry.deleteVersion(name, version, { signal });
    else await registry.deleteModel(name, { signal });
    reporter.note(exact ? `version ${version} of ${name} is gone` : `${name} is gone, with all its versions`);
  });
}

/** The name and version that a URI means; `exact` where it names one version. */
async function named(
  uri: string,
  registry: MlflowRegistry,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly version: number; readonly exact: boolean }> {
  const { parseModelUri } = await import('@qualm/registry-mlflow');
  const reference = parseModelUri(uri);
  if (reference.kind !== 'registered')
    throw new UsageError(`${uri} is not registered; expected mlflow:/name or mlflow:/name/3`);
  const { name, choice } = reference;
  if (choice.by === 'version') return { name, version: choice.version, exact: true };
  const model = await registry.registeredModel(name, { signal });
  if (!model) throw new UsageError(`${registry.uri}: there is no ${uri}`);
  if (choice.by !== 'alias') return { name, version: model.latest?.version ?? 0, exact: false };
  const version = model.aliases[choice.alias];
  if (version === undefined) throw new UsageError(`${registry.uri}: there is no ${uri}`);
  return { name, version, exact: true };
}
