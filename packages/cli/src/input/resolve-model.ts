import { resolve } from 'node:path';
import { readModelSpec, readSpec } from '@qualm/pipeline';
import type { Heads, ModelSpec, ResolvedModel } from '@qualm/types';
import { heads } from '@qualm/vision/heads';
import { UsageError } from '../terminal/exit-code.ts';
import { isUri } from './is-uri.ts';
import { withRegistry } from './open-registry.ts';
import type { RegistryPlace } from './open-registry.ts';
import type { Reporter } from '../terminal/reporter.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { transferProgress } from '../terminal/transfer-progress.ts';

/** Where a model is: a spec and the folder of its files, or a URI and where MLflow is. */
export interface ModelPlace extends RegistryPlace {
  readonly model: string;
  readonly modelRoot?: string | undefined;
  readonly spec?: string | undefined;
  /** A head of the user's own, as a module and its export. */
  readonly head?: string | undefined;
  /** The heads that specs may name, in the place of ours. */
  readonly heads?: Heads | undefined;
  /** What messages call the folder of the model's files. Default `--model-root`. */
  readonly rootName?: string;
}

/** The spec of a model and the folder of its files, fetched where they are in MLflow.
 * @throws UsageError where options are given that are for the other kind.
 */
export async function resolveModel(place: ModelPlace, terminal: Terminal, reporter: Reporter): Promise<ResolvedModel> {
  const { model, modelRoot, spec, head, rootName = '--model-root' } = place;
  const { cwd, signal } = terminal;
  // With a head of the user's own, the model's loading is the first to check the spec's head.
  const known = head === undefined ? { heads: place.heads ?? heads } : {};
  if (!isUri(model)) {
    if (spec !== undefined) throw new UsageError('--spec is for models in MLflow; --model names the spec itself');
    const root = modelRoot === undefined ? {} : { root: resolve(cwd, modelRoot) };
    return readModelSpec(resolve(cwd, model), { ...known, ...root, rootName });
  }
  if (modelRoot !== undefined)
    throw new UsageError(`${rootName} is for spec files; files of a model in MLflow are there`);
  const given = await readSpecOption(spec, cwd, known);
  return withRegistry(place, terminal, async (registry) => {
    const onProgress = transferProgress('fetch', reporter);
    const resolved = await registry.resolve(model, { signal, onProgress, ...given });
    reporter.settle();
    reporter.note(`${model} is ${resolved.model.uri} of ${registry.uri}`);
    return resolved;
  });
}

/** The spec that `--spec` names; its model file may be elsewhere. */
export async function readSpecOption(
  spec: string | undefined,
  cwd: string,
  known: { readonly heads?: Heads } = { heads },
): Promise<{ readonly spec?: ModelSpec }> {
  return spec === undefined ? {} : { spec: await readSpec(resolve(cwd, spec), known) };
}
