import type { DuckDBConnection } from '@duckdb/node-api';
import type { OutputForm } from '@qualm/types';
import type { ModelFacts } from '../protocol.ts';
import type { HostCalls } from './host-calls.ts';
import { shapeKinds } from './row-form.ts';

/** The models of a session by name in any case: those it was given, and those of the table in
 * DuckDB's file.
 */
export interface ModelTable {
  get(name: string): ModelFacts | undefined;
  names(): readonly string[];
  all(): readonly ModelFacts[];
  set(facts: ModelFacts): Promise<void>;
  delete(name: string): Promise<void>;
}

const table = 'main.qualm_models';

/** @param given models that are not part of the file. */
export async function openModelTable(
  connection: DuckDBConnection,
  calls: HostCalls,
  given: readonly ModelFacts[],
): Promise<ModelTable> {
  const models = new Map<string, ModelFacts>();
  for (const facts of await storedModels(connection)) {
    models.set(facts.name.toLowerCase(), facts);
    calls.call('adopt', { facts });
  }
  for (const facts of given) models.set(facts.name.toLowerCase(), facts);
  return {
    get: (name) => models.get(name.toLowerCase()),
    names: () => [...models.values()].map(({ name }) => name),
    all: () => [...models.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async set(facts) {
      await connection.run(
        `CREATE TABLE IF NOT EXISTS ${table} (name VARCHAR PRIMARY KEY, facts JSON NOT NULL, created TIMESTAMPTZ DEFAULT now())`,
      );
      const key = facts.name.toLowerCase();
      await connection.run(`INSERT OR REPLACE INTO ${table} (name, facts) VALUES ($1, $2)`, [
        key,
        JSON.stringify(facts),
      ]);
      models.set(key, facts);
    },
    async delete(name) {
      models.delete(name.toLowerCase());
      if (await isStored(connection))
        await connection.run(`DELETE FROM ${table} WHERE name = $1`, [name.toLowerCase()]);
    },
  };
}

async function isStored(connection: DuckDBConnection): Promise<boolean> {
  const { rowCount } = await connection
    .run(
      `SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main' AND table_name = 'qualm_models'`,
    )
    .then((result) => result);
  return rowCount > 0;
}

/** What the file says of models is data of somebody's: what is not of this shape is passed over. */
async function storedModels(connection: DuckDBConnection): Promise<readonly ModelFacts[]> {
  if (!(await isStored(connection))) return [];
  const reader = await connection.runAndReadAll(`SELECT CAST(facts AS VARCHAR) FROM ${table}`);
  return reader.getRows().flatMap(([json]) => {
    try {
      const facts = JSON.parse(String(json)) as unknown;
      return isModelFacts(facts) ? [facts] : [];
    } catch {
      return [];
    }
  });
}

function isModelFacts(value: unknown): value is ModelFacts {
  const {
    name,
    flavor,
    uri,
    options,
    form,
    shapes = [],
    task,
    minScore,
    labels,
  } = Object(value) as Partial<Record<keyof ModelFacts, unknown>>;
  const isText = [name, flavor, uri, task].every((text) => typeof text === 'string' && text !== '');
  return (
    isText && isForm(form) && areKinds(shapes) && areTexts(options) && typeof minScore === 'number' && areLabels(labels)
  );
}

function isForm(value: unknown): value is OutputForm {
  return value === 'detections' || value === 'class_scores';
}

function areKinds(value: unknown): boolean {
  return Array.isArray(value) && value.every((kind) => (shapeKinds as readonly unknown[]).includes(kind));
}

function areTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function areLabels(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((label: unknown) => {
      const { id, name } = Object(label) as { readonly id?: unknown; readonly name?: unknown };
      return Number.isInteger(id) && typeof name === 'string';
    })
  );
}
