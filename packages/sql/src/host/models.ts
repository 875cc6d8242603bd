import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { loadModel, modelFingerprint } from '@qualm/pipeline';
import type { ImageModel, LoadModelOptions } from '@qualm/pipeline';
import { formOf, QualmError } from '@qualm/types';
import type { Backends, HeadDefinition, OutputForm, Heads } from '@qualm/types';
import type { ModelRegistry, ModelSpec, ResolvedModel, Vision } from '@qualm/types';
import type { ModelDefinition, ModelFacts } from '../protocol.ts';
import { parseOptions } from './model-options.ts';
import type { ParsedOptions } from './model-options.ts';
import { isUri, openModelUri } from './open-model-uri.ts';

/** The models of a session, on the side that has backends: resolved when they are made, loaded when
 * they are first used.
 */
export interface Models {
  /** Facts of the models that the session was given. */
  given(): Promise<readonly ModelFacts[]>;
  resolve(definition: ModelDefinition): Promise<ModelFacts>;
  /** Takes a model over that a file knows; it is resolved when it is first used. */
  adopt(facts: ModelFacts): void;
  drop(name: string): Promise<void>;
  fingerprint(name: string): Promise<string>;
  load(name: string): Promise<LoadedModel>;
  dispose(): Promise<void>;
}

/** A model that is ready, and how many images it takes at once. */
export interface LoadedModel {
  readonly model: ImageModel;
  readonly batchSize: number | null;
}

export interface ModelsOptions {
  readonly backends: Backends;
  readonly vision: Vision | undefined;
  readonly heads: Heads | undefined;
  readonly registries: Readonly<Record<string, ModelRegistry>>;
  readonly models: Readonly<Record<string, ResolvedModel>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

interface Entry {
  readonly resolving: () => Promise<ResolvedModel>;
  readonly form: OutputForm | null;
  readonly options: ParsedOptions;
  fingerprint?: Promise<string>;
  loading?: Promise<LoadedModel>;
}

export function createModels({ backends, vision, heads, registries, models, cwd, signal }: ModelsOptions): Models {
  const entries = new Map<string, Entry>();
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name.toLowerCase());
    if (entry) return entry;
    throw new QualmError('model-missing', `sql: the model "${name}" no longer exists`);
  };
  const visionOf = (): Vision => {
    if (vision) return vision;
    throw new QualmError(
      'backend-unavailable',
      "sql: the session has no vision; createSqlSession({ vision, backends }) with import * as vision from '@qualm/vision'",
    );
  };
  const ownHeads = heads ? { heads } : {};
  const known = heads ?? vision?.heads;
  /** A head of the user's own is part of what tells predictions apart. */
  const customHeadOf = ({ head }: ModelSpec): { readonly customHead?: HeadDefinition } => {
    const given = Object.values(heads ?? {}).find(({ type }) => type === head.type);
    return given && !Object.values(vision?.heads ?? {}).includes(given) ? { customHead: given } : {};
  };
  const drop = async (name: string): Promise<void> => {
    const entry = entries.get(name.toLowerCase());
    entries.delete(name.toLowerCase());
    const loaded = await entry?.loading?.catch(() => null);
    await loaded?.model.dispose();
  };
  const put = async (name: string, entry: Entry): Promise<void> => {
    await drop(name);
    entries.set(name.toLowerCase(), entry);
  };
  const factsOf = (
    { name, options }: Pick<ModelDefinition, 'name' | 'options'>,
    uri: string | null,
    { spec }: ResolvedModel,
    parsed: ParsedOptions,
  ): ModelFacts => {
    const form = parsed.form ?? formOf(spec, known);
    const { task, minScore, shapes } = visionOf().createHead(spec, form, { ...headOptionsOf(parsed), ...ownHeads });
    return {
      ...{ name, flavor: spec.flavor, uri, options, form, task, minScore },
      ...(shapes && { shapes }),
      version: versionOf(spec),
      labels: spec.labels,
    };
  };
  const open = (uri: string, { root }: ParsedOptions): Promise<ResolvedModel> =>
    openModelUri(uri, root, { registries, cwd, signal });

  return {
    async given() {
      const facts: ModelFacts[] = [];
      for (const [name, source] of Object.entries(models)) {
        const options = parseOptions({});
        facts.push(factsOf({ name, options: {} }, null, source, options));
        await put(name, { resolving: () => Promise.resolve(source), form: null, options });
      }
      return facts;
    },
    async resolve(definition) {
      const { name, uri, flavor, options } = definition;
      const parsed = parseOptions(options);
      const place = isUri(uri) ? uri : resolve(cwd, uri);
      const resolved = await open(place, parsed);
      if (flavor !== null && flavor.toLowerCase() !== resolved.spec.flavor)
        throw new QualmError(
          'query-invalid',
          `sql: "${uri}" has the flavor ${resolved.spec.flavor}, and FLAVOR says ${flavor}; leave FLAVOR out`,
        );
      const facts = factsOf({ name, options: withPlace(options, cwd) }, place, resolved, parsed);
      await put(name, { resolving: () => Promise.resolve(resolved), form: facts.form, options: parsed });
      return facts;
    },
    adopt({ name, uri, options, form }) {
      const parsed = parseOptions(options);
      entries.set(name.toLowerCase(), { resolving: once(() => open(uri!, parsed)), form, options: parsed });
    },
    drop,
    fingerprint(name) {
      const entry = entryOf(name);
      return (entry.fingerprint ??= entry.resolving().then((resolved) => {
        const form = entryForm(entry, resolved.spec, known);
        return modelFingerprint({
          ...{ ...resolved, ...customHeadOf(resolved.spec) },
          ...{ form, headOptions: headOptionsOf(entry.options) },
        });
      }));
    },
    load(name) {
      const entry = entryOf(name);
      entry.loading ??= loadEntry(name, entry, { backends, vision: visionOf(), signal, ...ownHeads }).catch(
        (error: unknown) => {
          delete entry.loading;
          throw error;
        },
      );
      return entry.loading;
    },
    async dispose() {
      await Promise.all([...entries.keys()].map(drop));
    },
  };
}

async function loadEntry(
  name: string,
  entry: Entry,
  pieces: Pick<LoadModelOptions, 'backends' | 'vision' | 'heads' | 'signal'>,
): Promise<LoadedModel> {
  const resolved = await entry.resolving();
  const { numWorkers, batchSize = null, device } = entry.options;
  const sessions = numWorkers === undefined ? {} : { sessions: Math.min(numWorkers, availableParallelism()) };
  const spec = { ...resolved.spec, backendOptions: { ...resolved.spec.backendOptions, ...sessions } };
  const form = entryForm(entry, resolved.spec, pieces.heads ?? pieces.vision.heads);
  const model = await loadModel({ ...resolved, spec }, { ...pieces, form, ...headOptionsOf(entry.options) });
  if (device === undefined || device === 'auto' || device === model.device) return { model, batchSize };
  await model.dispose();
  throw new QualmError(
    'backend-unavailable',
    `sql: model "${name}" has OPTIONS (device = '${device}'), and runs on ${model.device}; ` +
      `give the session a backend for ${device}, or leave the option out`,
  );
}

/** A folder as an absolute path: a file of DuckDB's may be opened from elsewhere. */
function withPlace(options: Readonly<Record<string, string>>, cwd: string): Readonly<Record<string, string>> {
  return options['root'] === undefined ? options : { ...options, root: resolve(cwd, options['root']) };
}

function entryForm({ options, form }: Entry, spec: ModelSpec, heads: Heads | undefined): OutputForm {
  return form ?? options.form ?? formOf(spec, heads);
}

function headOptionsOf({ minScore, topK }: ParsedOptions): { readonly minScore?: number; readonly topK?: number } {
  return { ...(minScore !== undefined && { minScore }), ...(topK !== undefined && { topK }) };
}

function versionOf(spec: ModelSpec): string | null {
  const { version } = spec as ModelSpec & { readonly version?: string | number };
  return version === undefined ? null : String(version);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
}
