import { loadEmbedder, loadModel } from '@qualm/pipeline';
import type { Embedder, ImageModel, LoadedModel, VectorOptions } from '@qualm/pipeline';
import { formOf, hasClassScores, hasLabels } from '@qualm/types';
import type { Heads, OutputForm, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import type { Reporter } from '../terminal/reporter.ts';
import { backendsWith } from './backends-with.ts';
import type { BackendOptions } from './backends-with.ts';
import { headsWith } from './heads-with.ts';
import { resolveModel } from './resolve-model.ts';
import type { ModelPlace } from './resolve-model.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ModelOptions extends ModelPlace, BackendOptions {}

/** The model of a spec, loaded and checked against its file.
 * @param form what the spec says where it is undefined; `fullest`: class scores where the head can
 * give them, else detections, faint ones too.
 */
export async function openModel(
  options: ModelOptions,
  form: Form,
  terminal: Terminal,
  reporter: Reporter,
  minScore?: number,
): Promise<ImageModel> {
  return loadRows(await resolved(options, terminal, reporter), form, minScore);
}

/** The model of a spec as one that makes vectors.
 * @param vectors the output that they are made of, where it is not the spec's head that makes them.
 */
export async function openEmbedder(
  options: ModelOptions,
  vectors: Partial<VectorOptions>,
  terminal: Terminal,
  reporter: Reporter,
): Promise<Embedder> {
  return loadVectors(await resolved(options, terminal, reporter), vectors);
}

/** The model of a spec, whatever its head makes. */
export async function openAnyModel(
  options: ModelOptions,
  form: Form,
  terminal: Terminal,
  reporter: Reporter,
): Promise<ImageModel | Embedder> {
  const found = await resolved(options, terminal, reporter);
  return hasLabels(found.model.spec.head.type, found.heads) ? loadRows(found, form) : loadVectors(found, {});
}

type Form = OutputForm | 'fullest' | undefined;

/** A model that was found, and what it is loaded with. */
interface Resolved {
  readonly model: ResolvedModel;
  readonly heads: Heads;
  readonly options: ModelOptions;
  readonly terminal: Terminal;
  readonly reporter: Reporter;
}

async function resolved(options: ModelOptions, terminal: Terminal, reporter: Reporter): Promise<Resolved> {
  const model = await resolveModel(options, terminal, reporter);
  const heads = options.heads ?? (await headsWith(options.head, terminal.cwd));
  return { model, heads, options, terminal, reporter };
}

async function loadRows(found: Resolved, form: Form, minScore?: number): Promise<ImageModel> {
  const { model, heads, options, terminal, reporter } = found;
  const chosen: { readonly form?: OutputForm | undefined; readonly minScore?: number | undefined } =
    form === 'fullest' ? fullestForm(model.spec.head.type, heads) : { form, minScore };
  const loaded = await loadModel(model, {
    backends: await backendsWith(options, terminal.cwd),
    ...{ vision, heads },
    form: chosen.form ?? formOf(model.spec, heads),
    signal: terminal.signal,
    ...(chosen.minScore === undefined ? {} : { minScore: chosen.minScore }),
  });
  noteModel(loaded, options, reporter);
  return loaded;
}

async function loadVectors(found: Resolved, vectors: Partial<VectorOptions>): Promise<Embedder> {
  const { model, heads, options, terminal, reporter } = found;
  const loaded = await loadEmbedder(model, {
    backends: await backendsWith(options, terminal.cwd),
    ...{ vision, heads },
    ...{ ...vectors, signal: terminal.signal },
  });
  noteModel(loaded, options, reporter);
  return loaded;
}

function noteModel(model: LoadedModel, { device }: ModelOptions, reporter: Reporter): void {
  const asked = device === undefined ? [] : model.warnings;
  const remarks = asked.map(({ code }) => `; ${code}, see qualm doctor`).join('');
  reporter.note(`${model.spec.name} on ${model.device}, ${model.concurrency} at a time${remarks}`);
}

function fullestForm(type: string, heads: Heads): { readonly form: OutputForm; readonly minScore?: number } {
  return hasClassScores(type, heads) ? { form: 'class_scores' } : { form: 'detections', minScore: 0 };
}
