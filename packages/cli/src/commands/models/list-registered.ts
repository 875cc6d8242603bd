import type { ModelVersion, RegisteredModel } from '@qualm/registry-mlflow';
import { UsageError } from '../../terminal/exit-code.ts';
import { withRegistry } from '../../input/open-registry.ts';
import type { RegistryPlace } from '../../input/open-registry.ts';
import { printable } from '@qualm/types';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeParts } from '../../output/write-data.ts';

interface ListOptions extends RegistryPlace {
  readonly json?: true | undefined;
}

/** Prints the registered models, or the versions of one, a line each or as one JSON document.
 * @param uri of the model whose versions are wanted.
 */
export async function listRegistered(
  uri: string | null,
  { json, ...place }: ListOptions,
  terminal: Terminal,
): Promise<void> {
  const { signal, stdout, stderr } = terminal;
  const name = uri === null ? null : await nameOf(uri);
  await withRegistry(place, terminal, async (registry) => {
    stderr.write(`${printable(`${registry.uri}: ${await registry.about({ signal })}`)}\n`);
    const models = name === null ? await registry.list({ signal }) : [];
    const rows: Row[] = [];
    for (const model of models) {
      const { name: called, latest, updatedAt } = model;
      rows.push({ ...rowOf(latest ?? undefined), name: called, aliases: aliasesOf(model), updatedAt });
    }
    if (name !== null) for (const version of await registry.versions(name, { signal })) rows.push(rowOf(version));
    if (rows.length === 0) stderr.write('nothing is registered\n');
    const text = json ? [`${JSON.stringify(rows)}\n`] : tableOf(rows);
    await writeParts(stdout, text);
  });
}

async function nameOf(uri: string): Promise<string> {
  const { parseModelUri } = await import('@qualm/registry-mlflow');
  const reference = parseModelUri(uri);
  if (reference.kind === 'registered') return reference.name;
  throw new UsageError(`${uri} has no versions; expected mlflow:/name`);
}

interface Row {
  readonly name: string;
  readonly version: number | null;
  readonly aliases: readonly string[];
  readonly flavor: string | null;
  readonly type: string | null;
  readonly schema: string | null;
  readonly updatedAt: Date | null;
}

function rowOf(version: ModelVersion | undefined): Row {
  const { name = '', version: number = null, aliases = [], tags = {}, updatedAt = null } = version ?? {};
  return {
    name,
    version: number,
    aliases,
    flavor: tags['qualm.model.flavor'] ?? tags['rikai.model.flavor'] ?? null,
    type: tags['qualm.model.type'] ?? tags['rikai.model.type'] ?? tags['rikai.model.model_type'] ?? null,
    schema: tags['qualm.output.schema'] ?? tags['rikai.output.schema'] ?? null,
    updatedAt,
  };
}

function aliasesOf({ aliases }: RegisteredModel): string[] {
  return Object.entries(aliases)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([alias, version]) => `${alias}=${version}`);
}

function tableOf(rows: readonly Row[]): string[] {
  const cells = rows.map(({ name, version, aliases, flavor, type, schema, updatedAt }) => [
    name,
    version === null ? '-' : String(version),
    flavor ?? '-',
    type ?? '-',
    aliases.join(',') || '-',
    updatedAt === null ? '-' : updatedAt.toISOString().slice(0, 16).replace('T', ' '),
    schema ?? '',
  ]);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map(
    (row) =>
      `${printable(
        row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd(),
      )}\n`,
  );
}
