import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { readModelSpec, weightFiles } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { OutputForm, ModelSpec } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { openAnyModel } from '../../input/open-model.ts';
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
  readonly backend?: string | undefined;
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
  const { modelRoot, head, backend } = options;
  const place: ModelOptions = { model: specPath, modelRoot, head, backend, device: 'cpu', sessions: 1 };
  const root = modelRoot === undefined ? {} : { root: resolve(cwd, modelRoot) };
  const resolved = await readModelSpec(resolve(cwd, specPath), root);
  const { $schema: _editor, ...written } = resolved.spec;
  // A model that is loaded here is one that its users can load.
  const given = await withModel(
    openAnyModel(place, form ?? 'fullest', terminal, reporter),
    async (model) => model.form,
  );
  const said = form ?? (given === 'detections' ? given : undefined);
  const spec: ModelSpec = { ...written, ...(said && { form: said }), files: { model: basename(written.files.model) } };
  const signature = await rawTensors(resolved, place, cwd);
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

/** The model file, the files that it names as those of its weights, and what `--file` names. */
async function filesOf(
  { flavor, files }: ModelSpec,
  root: string,
  more: readonly string[],
  cwd: string,
): Promise<Record<string, string>> {
  const model = join(root, files.model);
  const weights = weightFiles(flavor, await readFile(model)) ?? [];
  const found: Record<string, string> = { [basename(model)]: model };
  for (const name of weights) found[name] = beside(model, name);
  for (const path of more) {
    if (Object.hasOwn(found, basename(path)))
      throw new UsageError(`--file ${path}: "${basename(path)}" is there already`);
    found[basename(path)] = resolve(cwd, path);
  }
  return found;
}

function beside(model: string, name: string): string {
  if (!isAbsolute(name) && !name.split(/[/\\]/).includes('..')) return join(dirname(model), name);
  throw new QualmError(
    'path-outside',
    `${model}: its weights "${name}" lie outside of its folder; keep them beside it`,
  );
}
