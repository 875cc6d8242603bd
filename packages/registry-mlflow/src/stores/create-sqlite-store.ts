import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import { loggedModelOf, stageOf } from '../uri/model-uri.ts';
import type { LoggedModel, ModelVersion, RegisteredModel, Tags } from './entities.ts';
import { deletedStage } from './limits.ts';
import { localArtifacts } from './local-artifacts.ts';
import type { ModelStore } from './model-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is read of a database; `libsql` meets it. */
export interface SqliteDatabase {
  prepare(sql: string): { all(...values: readonly unknown[]): unknown[] };
  close(): void;
}

/** The store in MLflow's SQLite file, opened read-only: a notebook's registry as it is. Which
 * tables and columns there are is looked up, since MLflow's versions differ.
 * @param path absolute path of the file.   @param open for another driver than the peer `libsql`.
 */
export function createSqliteStore(
  path: string,
  open: (url: string) => Promise<SqliteDatabase> = openLibsql,
): ModelStore {
  let opened: Promise<Reader> | null = null;
  const reader = (): Promise<Reader> => (opened ??= openReader(path, open));

  async function versionsWhere(where: string, values: readonly unknown[]): Promise<ModelVersion[]> {
    const db = await reader();
    const rows = db.rows(
      'model_versions',
      `${where} AND current_stage <> '${deletedStage}' ORDER BY version DESC`,
      values,
    );
    return rows.map((row) => {
      const name = String(row['name']);
      const number = Number(row['version']);
      const source = text(row, 'source') ?? '';
      return {
        name,
        version: number,
        source,
        runId: text(row, 'run_id'),
        modelId: loggedModelOf(source),
        stage: text(row, 'current_stage') ?? 'None',
        status: (text(row, 'status') ?? 'READY') as ModelVersion['status'],
        statusMessage: text(row, 'status_message'),
        description: text(row, 'description'),
        tags: db.tags('model_version_tags', 'name = ? AND version = ?', [name, number]),
        aliases: db
          .rows('registered_model_aliases', 'name = ? AND version = ?', [name, number])
          .map((alias) => String(alias['alias'])),
        createdAt: date(row, 'creation_time'),
        updatedAt: date(row, 'last_updated_time'),
      };
    });
  }

  async function modelsWhere(where: string, values: readonly unknown[]): Promise<RegisteredModel[]> {
    const db = await reader();
    return Promise.all(
      db.rows('registered_models', `${where} ORDER BY name`, values).map(async (row) => {
        const name = String(row['name']);
        const all = await versionsWhere('name = ?', [name]);
        const aliases = db.rows('registered_model_aliases', 'name = ?', [name]);
        return {
          name,
          description: text(row, 'description'),
          tags: db.tags('registered_model_tags', 'name = ?', [name]),
          aliases: Object.fromEntries(aliases.map(({ alias, version }) => [String(alias), Number(version)])),
          latest: all[0] ?? null,
          stages: Object.fromEntries(
            [...all].reverse().flatMap(({ stage, version }) => (stageOf(stage) ? [[stage, version]] : [])),
          ),
          createdAt: date(row, 'creation_time'),
          updatedAt: date(row, 'last_updated_time'),
        };
      }),
    );
  }

  async function loggedModel(modelId: string): Promise<LoggedModel | null> {
    const db = await reader();
    const [row] = db.rows('logged_models', "model_id = ? AND lifecycle_stage = 'active'", [modelId]);
    if (!row) return null;
    return {
      modelId,
      name: text(row, 'name') ?? '',
      experimentId: String(row['experiment_id']),
      status: (['PENDING', 'READY', 'FAILED'] as const)[Number(row['status']) - 1] ?? 'UNKNOWN',
      runId: text(row, 'source_run_id'),
      location: text(row, 'artifact_location') ?? '',
      tags: db.tags('logged_model_tags', 'model_id = ?', [modelId], 'tag_'),
      params: db.tags('logged_model_params', 'model_id = ?', [modelId], 'param_'),
      createdAt: date(row, 'creation_timestamp_ms'),
    };
  }

  return {
    uri: `sqlite:///${path}`,
    about: async () => `a SQLite file of MLflow, read only, schema ${(await reader()).revision}`,
    registeredModel: async (name) => (await modelsWhere('name = ?', [name]))[0] ?? null,
    registeredModels: () => modelsWhere('1 = 1', []),
    versions: (name) => versionsWhere('name = ?', [name]),
    version: async (name, version) => (await versionsWhere('name = ? AND version = ?', [name, version]))[0] ?? null,
    async locatedVersion(name, number) {
      const [version] = await versionsWhere('name = ? AND version = ?', [name, number]);
      if (!version) return null;
      const [row] = (await reader()).rows('model_versions', 'name = ? AND version = ?', [name, number]);
      const written = row && text(row, 'storage_location');
      const logged = written || version.modelId === null ? null : await loggedModel(version.modelId);
      return { version, location: written || logged?.location || version.source };
    },
    loggedModel,
    async loggedModelOfRun(runId, name) {
      const where =
        "source_run_id = ? AND name = ? AND lifecycle_stage = 'active' ORDER BY creation_timestamp_ms DESC LIMIT 1";
      const [row] = (await reader()).rows('logged_models', where, [runId, name]);
      return row ? loggedModel(String(row['model_id'])) : null;
    },
    async run(runId) {
      const db = await reader();
      const [row] = db.rows('runs', "run_uuid = ? AND lifecycle_stage = 'active'", [runId]);
      if (!row) return null;
      return {
        runId,
        experimentId: String(row['experiment_id']),
        location: text(row, 'artifact_uri') ?? '',
        tags: db.tags('tags', 'run_uuid = ?', [runId]),
        params: db.tags('params', 'run_uuid = ?', [runId]),
      };
    },
    artifacts: (location) => localArtifacts(location),
    writer: null,
    writeHint: `start "mlflow server --backend-store-uri sqlite:///${path}" and give its http address`,
    async dispose() {
      (await opened)?.close();
      opened = null;
    },
  };
}

interface Reader {
  /** Of the schema, as Alembic names it. */
  readonly revision: string;
  /** Rows of a table of the default workspace; none where this version of MLflow has no such table.
   */
  rows(table: string, where: string, values: readonly unknown[]): readonly Row[];
  tags(table: string, where: string, values: readonly unknown[], prefix?: string): Tags;
  close(): void;
}

async function openReader(path: string, open: (url: string) => Promise<SqliteDatabase>): Promise<Reader> {
  await access(path).catch((cause: unknown) => {
    throw new QualmError('model-missing', `registry: there is no ${path}; check the path of sqlite:///`, { cause });
  });
  const db = await open(`${pathToFileURL(path).href}?mode=ro`);
  const columns = new Map<string, readonly string[]>();
  const columnsOf = (table: string): readonly string[] => {
    const known = columns.get(table);
    if (known) return known;
    const found = ask(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
    columns.set(table, found);
    return found;
  };

  function ask(sql: string, values: readonly unknown[] = []): readonly Row[] {
    try {
      return db.prepare(sql).all(...values) as Row[];
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new QualmError('registry-invalid', `registry: ${path}: ${reason} (schema ${revision()})`, { cause });
    }
  }

  function revision(): string {
    try {
      const [row] = db.prepare('SELECT version_num FROM alembic_version').all() as Row[];
      return row ? String(row['version_num']) : 'unknown';
    } catch {
      return 'unknown';
    }
  }

  if (columnsOf('registered_models').length === 0 || columnsOf('model_versions').length === 0)
    throw new QualmError(
      'registry-invalid',
      `registry: ${path} has no tables of MLflow's registry (schema ${revision()}); is it the file of "mlflow server --backend-store-uri"?`,
    );

  const rows: Reader['rows'] = (table, where, values) => {
    const names = columnsOf(table);
    if (names.length === 0) return [];
    const workspace = names.includes('workspace') ? " workspace = 'default' AND" : '';
    return ask(`SELECT * FROM ${table} WHERE${workspace} ${where}`, values);
  };
  return {
    revision: revision(),
    rows,
    tags: (table, where, values, prefix = '') =>
      Object.fromEntries(
        rows(table, where, values).map((row) => [String(row[`${prefix}key`]), String(row[`${prefix}value`] ?? '')]),
      ),
    close: () => {
      db.close();
    },
  };
}

async function openLibsql(url: string): Promise<SqliteDatabase> {
  const libsql = await import('libsql').catch((cause: unknown) => {
    throw new QualmError('unsupported', 'registry: sqlite:/// needs the package libsql; npm install libsql', { cause });
  });
  // libsql ignores { readonly: true }; the mode in the URL it heeds.
  return new libsql.default(url) as unknown as SqliteDatabase;
}

function text(row: Row, key: string): string | null {
  const value = row[key];
  return value === null || value === undefined || value === '' ? null : String(value);
}

function date(row: Row, key: string): Date {
  return new Date(Number(row[key] ?? 0));
}
