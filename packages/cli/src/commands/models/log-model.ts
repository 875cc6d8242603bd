import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readModelSpec } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { OutputForm, ModelSpec } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { openModel } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { withRegistry } from '../../input/open-registry.ts';
import type { RegistryPlace } from '../../input/open-registry.ts';
import { rawTensors } from '../predict/raw-tensors.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { transferProgress } from '../../terminal/transfer-progress.ts';
import { withModel } from '../../input/with-model.ts';
import { writeData } from '../../output/write-data.ts';

/** What `qualm models log` was asked for. */
export interface LogOptions extends RegistryPlace {
  readonly name?: string | undefined;
  readonly alias?: readonly string[] | undefined;
  readonly tag?: Readonly<Record<string, string>> | undefined;
  readonly param?: Readonly<Record<string, string>> | undefined;
  readonly file?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly experiment?: string | undefined;
  readonly form?: OutputForm | undefined;
  readonly modelRoot?: string | undefined;
  readonly head?: string | undefined;
  readonly json?: true | undefined;
}

/** Loads a model, holds it against its spec, logs it with its signature, and registers it. Prints
 * its URI.
 */
export async function logModel(
  specPath: string,
  options: LogOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { cwd, signal, stdout } = terminal;
  const { name, alias, tag, param, description, experiment, form, json } = options;
  if (alias && name === undefined) throw new UsageError('--alias points at a registered version; give --name');
  const { modelRoot, head } = options;
  const place: ModelOptions = { model: specPath, modelRoot, head, device: 'cpu', sessions: 1 };
  const root = modelRoot === undefined ? {} : { root: resolve(cwd, modelRoot) };
  const resolved = await readModelSpec(resolve(cwd, specPath), root);
  const { $schema: _editor, ...written } = resolved.spec;
  const spec: ModelSpec = { ...written, ...(form && { form }), files: { model: basename(written.files.model) } };
  // A model that is loaded here is one that its users can load.
  await withModel(openModel(place, 'class_scores', terminal, reporter), async () => undefined);
  const signature = await rawTensors(resolved, place);
  const files = await filesOf(resolved.spec, resolved.root, options.file ?? [], cwd);
  const logged = await withRegistry(options, terminal, (registry) =>
    registry.logModel({
      files,
      spec,
      signature,
      ...(name !== undefined && { registeredModelName: name }),
      ...(alias && { alias }),
      ...(tag && { tags: tag }),
      ...(param && { params: param }),
      ...(description !== undefined && { description }),
      ...(experiment !== undefined && { experiment }),
      signal,
      onProgress: transferProgress('log', reporter),
    }),
  );
  const { version } = logged;
  const uri = version ? `mlflow:/${version.name}/${version.version}` : logged.uri;
  reporter.settle();
  reporter.note(version ? `logged as ${logged.uri}, registered` : 'logged; register it with --name');
  await writeData(stdout, json ? `${JSON.stringify({ ...logged, uri })}\n` : `${uri}\n`);
}

/** The model file, the weights that lie beside it under the names that exporters give them, and
 * what `--file` names.
 */
async function filesOf(
  { flavor, files }: ModelSpec,
  root: string,
  more: readonly string[],
  cwd: string,
): Promise<Record<string, string>> {
  const model = join(root, files.model);
  const found: Record<string, string> = { [basename(model)]: model };
  if (flavor === 'onnx')
    for (const beside of [`${model}.data`, `${model}_data`]) if (await exists(beside)) found[basename(beside)] = beside;
  if (flavor === 'tfjs') Object.assign(found, await weightsOf(model));
  for (const path of more) {
    if (Object.hasOwn(found, basename(path)))
      throw new UsageError(`--file ${path}: "${basename(path)}" is there already`);
    found[basename(path)] = resolve(cwd, path);
  }
  return found;
}

/** The weight files that a `model.json` of TensorFlow.js names. */
async function weightsOf(model: string): Promise<Record<string, string>> {
  const { readFile } = await import('node:fs/promises');
  const { weightsManifest } = JSON.parse(await readFile(model, 'utf8')) as {
    weightsManifest?: { paths?: unknown[] }[];
  };
  const paths = (weightsManifest ?? []).flatMap((group) => group.paths ?? []);
  return Object.fromEntries(
    paths.map((path) => {
      if (typeof path !== 'string' || path.split(/[/\\]/).includes('..'))
        throw new QualmError('path-outside', `${model}: a weight file leaves its folder`);
      return [path, join(model, '..', path)];
    }),
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
