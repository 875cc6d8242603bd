import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import { aliasName, artifactPath, entityId, modelName } from '../uri/names.ts';
import type { Tags } from './entities.ts';
import { deletedStage, nonceTag, pairs } from './limits.ts';
import type { ModelStore, StoreWriter } from './model-store.ts';
import { readYaml, writeWhole, writeYaml } from './yaml-file.ts';

/** The version of MLflow whose layout is written. */
const layoutVersion = '3.6.0';

/** Changes in a folder. Each is one rename, so that a crash leaves it done or undone. */
export function createFolderWriter(
  root: string,
  store: Pick<ModelStore, 'registeredModel' | 'versions' | 'version'>,
): StoreWriter {
  const modelFolder = (name: string): string => join(root, 'models', modelName(name, 'registry'));
  const draftFolder = (modelId: string, experiment: string): string =>
    join(root, experiment, 'models', entityId(modelId, 'registry'));
  /** Which experiment each draft is in. */
  const experiments = new Map<string, string>();

  async function experimentId(name: string): Promise<string> {
    const entries = await readdir(root).catch(() => []);
    for (const entry of entries.sort()) {
      const meta = /^\d+$/.test(entry) ? await readYaml(join(root, entry, 'meta.yaml')) : null;
      if (meta?.['name'] === name && meta['lifecycle_stage'] !== 'deleted') return entry;
    }
    const id = name === 'Default' ? '0' : String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`));
    const now = Date.now();
    await writeYaml(join(root, id, 'meta.yaml'), {
      artifact_location: pathToFileURL(join(root, id)).href,
      creation_time: now,
      experiment_id: id,
      last_update_time: now,
      lifecycle_stage: 'active',
      name,
    });
    return id;
  }

  async function touch(name: string): Promise<void> {
    const path = join(modelFolder(name), 'meta.yaml');
    const meta = await readYaml(path);
    if (!meta)
      throw new QualmError(
        'model-missing',
        `registry: no model "${name}" in ${root}; see "qualm models ls" for what there is`,
      );
    await writeYaml(path, { ...meta, last_updated_timestamp: Date.now() });
  }

  async function assertVersion(name: string, version: number): Promise<void> {
    if (!(await store.version(name, version)))
      throw new QualmError('model-missing', `registry: no version ${version} of "${name}" in ${root}`);
  }

  return {
    async begin({ experiment, name, tags, params, nonce }) {
      await assertOwnFolder(root);
      const id = await experimentId(experiment);
      const modelId = `m-${randomUUID().replaceAll('-', '')}`;
      const folder = draftFolder(modelId, id);
      experiments.set(modelId, id);
      const location = pathToFileURL(join(folder, 'artifacts')).href;
      const now = Date.now();
      await writeTexts(join(folder, 'params'), params, 'param');
      await writeTexts(join(folder, 'tags'), { ...tags, [nonceTag]: nonce }, 'tag');
      await mkdir(join(folder, 'metrics'), { recursive: true });
      await writeYaml(join(folder, 'meta.yaml'), {
        artifact_location: location,
        creation_timestamp: now,
        experiment_id: id,
        last_updated_timestamp: now,
        lifecycle_stage: 'active',
        model_id: modelId,
        model_type: null,
        name,
        source_run_id: null,
        status: draftStatus.PENDING,
        status_message: null,
      });
      const source = `models:/${modelId}`;
      return { modelId, runId: null, source, artifactPath: location, mlflowVersion: layoutVersion };
    },

    async upload({ modelId }, file, onBytes, { signal } = {}) {
      const path = join(
        draftFolder(modelId!, experiments.get(modelId!)!),
        'artifacts',
        artifactPath(file.path, 'registry'),
      );
      await mkdir(dirname(path), { recursive: true });
      const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
      const counting = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          onBytes(chunk.length);
          done(null, chunk);
        },
      });
      try {
        await pipeline(file.open(0, file.bytes), counting, createWriteStream(temporary, { flush: true }), { signal });
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },

    async finish({ modelId }, end) {
      const path = join(draftFolder(modelId!, experiments.get(modelId!)!), 'meta.yaml');
      const meta = await readYaml(path);
      await writeYaml(path, { ...meta, status: draftStatus[end], last_updated_timestamp: Date.now() });
    },

    async register({ name, draft, tags, description, nonce }) {
      const folder = modelFolder(name);
      const now = Date.now();
      if (!(await readYaml(join(folder, 'meta.yaml'))))
        await writeYaml(join(folder, 'meta.yaml'), {
          aliases: {},
          creation_timestamp: now,
          description: null,
          last_updated_timestamp: now,
          name,
        });
      const prepared = join(folder, `.new-${randomUUID()}`);
      await writeTexts(join(prepared, 'tags'), { ...tags, [nonceTag]: nonce }, 'version tag');
      for (let version = ((await store.versions(name))[0]?.version ?? 0) + 1; ; version++) {
        const claimed = await mkdir(join(folder, `version-${version}`)).then(
          () => true,
          (error: NodeJS.ErrnoException) => {
            if (error.code === 'EEXIST') return false;
            throw error;
          },
        );
        if (!claimed) continue;
        await writeYaml(join(prepared, 'meta.yaml'), {
          creation_timestamp: now,
          current_stage: 'None',
          description,
          last_updated_timestamp: now,
          model_id: draft.modelId,
          name,
          run_id: draft.runId,
          run_link: null,
          source: draft.source,
          status: 'READY',
          status_message: null,
          storage_location: draft.artifactPath,
          user_id: null,
          version,
        });
        await rename(prepared, join(folder, `version-${version}`));
        await touch(name);
        return (await store.version(name, version))!;
      }
    },

    async setAlias(name, alias, version) {
      await assertVersion(name, version);
      await writeWhole(join(modelFolder(name), 'aliases', aliasName(alias, 'registry')), String(version));
      await touch(name);
    },

    async deleteAlias(name, alias) {
      await rm(join(modelFolder(name), 'aliases', aliasName(alias, 'registry')), { force: true });
      await touch(name);
    },

    async deleteVersion(name, version) {
      const found = await store.version(name, version);
      if (!found) return;
      const path = join(modelFolder(name), `version-${version}`, 'meta.yaml');
      const meta = await readYaml(path);
      for (const alias of found.aliases) await this.deleteAlias(name, alias);
      await writeYaml(path, { ...meta, current_stage: deletedStage, last_updated_timestamp: Date.now() });
    },

    async deleteModel(name) {
      const folder = modelFolder(name);
      const trash = join(root, `.deleted-${randomUUID()}`);
      await rename(folder, trash).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await rm(trash, { recursive: true, force: true });
    },
  };
}

const draftStatus = { PENDING: 1, READY: 2, FAILED: 3 } as const;

/** A folder called `mlruns` changes where Python's MLflow looks by default, so none is made. */
async function assertOwnFolder(root: string): Promise<void> {
  if (basename(root) !== 'mlruns' || (await stat(root).catch(() => null))) return;
  throw new QualmError(
    'unsupported',
    `registry: ${root} is not there, and making a folder of that name would change where Python's MLflow looks; name another`,
  );
}

async function writeTexts(folder: string, texts: Tags, what: 'tag' | 'param' | 'version tag'): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { key, value } of pairs(texts, what)) await writeWhole(join(folder, artifactPath(key, 'registry')), value);
}
