import { QualmError } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { toModelSpec } from '@qualm/types/to-model-spec';
import type { ArtifactFile, Artifacts } from '../artifacts/artifacts.ts';
import type { HttpSettings } from '../http/http-settings.ts';
import { defaultTimeoutSeconds } from '../http/create-dispatcher.ts';
import { readSmall } from '../http/read-small.ts';
import { isInterruption, transportError, unavailable } from '../http/transport-error.ts';
import { retry } from '../http/retry.ts';
import type { Tags } from '../stores/entities.ts';
import { digestFile, specFile, specTag } from './qualm-tags.ts';
import { readMlmodel, tfjsModel, whyNotRunnable } from './read-mlmodel.ts';
import type { Mlmodel } from './read-mlmodel.ts';
import { assertSignatureFits } from './signature.ts';
import { withLabels } from './with-labels.ts';

/** What the files of a model say of it. */
export interface ModelContents {
  readonly files: readonly ArtifactFile[];
  readonly mlmodel: Mlmodel | null;
  /** The spec, null where there is none or the model cannot run here. */
  readonly spec: ModelSpec | null;
  /** Where the spec was found. */
  readonly specFrom: 'given' | 'tag' | 'qualm.json' | 'MLmodel' | null;
  /** What the spec's labels were written as where they were not listed. */
  readonly labelsFrom: string | null;
  /** Why there is no spec. */
  readonly why: string | null;
  /** SHA-256 of files by path, as they were logged. */
  readonly digests: Readonly<Record<string, string>>;
  /** The small files that were read, by path. */
  readonly texts: Readonly<Record<string, Buffer>>;
}

const maxMetadataBytes = 4 * 2 ** 20;

const nothing = { spec: null, specFrom: null, labelsFrom: null } as const;

/** Reads the small files of a model, and finds out how to run it: by the spec that was given, the
 * tag `qualm.spec`, the file `qualm.json`, or `metadata.qualm` of its MLmodel, in this order.
 * @throws QualmError `spec-invalid` for a spec that is wrong, or contradicts the signature.
 */
export async function readContents(
  artifacts: Artifacts,
  {
    tags,
    given,
    settings,
    signal,
  }: {
    readonly tags: Tags;
    readonly given?: ModelSpec | undefined;
    readonly settings: HttpSettings;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ModelContents> {
  const files = await artifacts.list(signal);
  const paths = files.map(({ path }) => path);
  if (files.length === 0)
    throw new QualmError(
      'model-missing',
      `registry: there are no files at ${artifacts.location}; the model was not logged completely`,
    );
  const { timeoutSeconds: seconds = defaultTimeoutSeconds } = settings;
  const read = async (path: string): Promise<[string, Buffer]> => {
    const attempt = async (): Promise<Buffer> => {
      const { body } = await artifacts.open(path, { start: 0, validator: null }, signal);
      const limits = { maxBytes: maxMetadataBytes, seconds, where: `registry: ${path}` };
      return readSmall(body, limits).catch((error: unknown) => {
        throw isInterruption(error) ? transportError(error, artifacts.location, true) : error;
      });
    };
    const bytes = await retry(attempt, settings, signal).catch((error: unknown) => {
      throw unavailable(error, artifacts.location);
    });
    return [path, bytes];
  };
  const small = ['MLmodel', specFile, digestFile].filter((path) => paths.includes(path));
  const texts = Object.fromEntries(await Promise.all(small.map(read)));
  const text = (path: string): string | null => texts[path]?.toString('utf8') ?? null;
  const mlmodelText = text('MLmodel');
  const mlmodel = mlmodelText === null ? null : readMlmodel(mlmodelText, 'registry: MLmodel');
  const ownSpec = text(specFile);
  const found = foundSpec({ given, tag: tags[specTag], ownSpec, mlmodel });
  const contents = { files, mlmodel, digests: parseDigests(text(digestFile)), texts };
  const unspecified = `it has no ${specFile}, no tag ${specTag} and no metadata.qualm, which would say how images go in and boxes come out`;
  const flavorFault = mlmodel ? whyNotRunnable(mlmodel, paths) : null;
  if (!found) return { ...contents, ...nothing, why: flavorFault ?? unspecified };
  const from = given?.name ?? found.from;
  const written = await withLabels(found.spec, from, paths, async (path) => (await read(path))[1]);
  const checked = toModelSpec(written, from);
  if (flavorFault !== null && !paths.includes(checked.files.model))
    return { ...contents, ...nothing, why: flavorFault };
  const spec = withModelFile(checked, mlmodel, paths);
  if (mlmodel?.signature) assertSignatureFits(mlmodel.signature, spec);
  const { labels } = found.spec as { readonly labels: unknown };
  const labelsFrom = typeof labels === 'string' ? labels : null;
  return { ...contents, spec, specFrom: found.from, labelsFrom, why: null };
}

function foundSpec({
  given,
  tag,
  ownSpec,
  mlmodel,
}: {
  readonly given: ModelSpec | undefined;
  readonly tag: string | undefined;
  readonly ownSpec: string | null;
  readonly mlmodel: Mlmodel | null;
}): { readonly spec: unknown; readonly from: 'given' | 'tag' | 'qualm.json' | 'MLmodel' } | null {
  if (given) return { spec: given, from: 'given' };
  if (tag !== undefined) return { spec: parseJson(tag, `the tag ${specTag}`), from: 'tag' };
  if (ownSpec !== null) return { spec: parseJson(ownSpec, specFile), from: 'qualm.json' };
  const { qualm } = mlmodel?.metadata ?? {};
  return qualm === undefined ? null : { spec: qualm, from: 'MLmodel' };
}

/** A spec that names a file which is not there means the model's only one, which its flavor names.
 */
function withModelFile(spec: ModelSpec, mlmodel: Mlmodel | null, paths: readonly string[]): ModelSpec {
  if (paths.includes(spec.files.model)) return spec;
  const data = mlmodel?.flavors[spec.flavor]?.['data'];
  const model =
    typeof data === 'string' && paths.includes(data) ? data : spec.flavor === 'tfjs' ? tfjsModel(paths) : null;
  if (model !== null) return { ...spec, files: { ...spec.files, model } };
  throw new QualmError(
    'spec-invalid',
    `model "${spec.name}": files.model is "${spec.files.model}", the model has ${paths.slice(0, 8).join(', ')}`,
  );
}

function parseDigests(text: string | null): Readonly<Record<string, string>> {
  const lines = (text ?? '').matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm);
  return Object.fromEntries([...lines].map(([, digest, path]) => [path!, digest!]));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('spec-invalid', `model spec in ${where}: not valid JSON: ${reason}`, { cause });
  }
}
