import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { createMemorySink } from '@qualm/datasets';
import type { OnnxDevice } from '@qualm/inference-onnx';
import { rankPredictions } from '@qualm/selection';
import type { AskedRanking, EmptyPolicy, PredictionSource } from '@qualm/selection';
import { aggregationNamed } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import { assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { Backends, Heads, OpenUri, Strategy } from '@qualm/types';
import { aggregateText } from '../options/aggregate-names.ts';
import { openSource } from '../input/open-images.ts';
import { openModel } from '../input/open-model.ts';
import { openPredictionFolder, predictImages } from '../predict/predict-images.ts';
import type { Reporter } from '../terminal/reporter.ts';
import { resolveStrategy } from '../options/strategies.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withModel } from '../input/with-model.ts';
import { memoryPredictions } from './memory-predictions.ts';
import { createSelectedImages } from './selected-images.ts';
import type { SelectedImages } from './selected-images.ts';

/** What is selected from, by what, and how; as `qualm select` has it, with the same defaults. */
export interface SelectSettings {
  /** A folder, or files; with `coco` the folder of the images that it names. */
  readonly images?: string | readonly string[] | undefined;
  /** A COCO instances file: its images, with its ids. */
  readonly coco?: string | undefined;
  /** Opens images behind URIs that are not of this machine, such as `createOpener({ allow })` of
   * `@qualm/remote`. Without it those that `images` names are opened. */
  readonly open?: OpenUri | undefined;
  /** The first images alone. */
  readonly limit?: number | undefined;
  /** A spec file, or the URI of a model in MLflow: `mlflow:/name@alias`. */
  readonly model: string;
  /** The folder of the model's files. Default that of the spec. */
  readonly modelRoot?: string | undefined;
  /** The heads that a spec may name, in the place of ours: `{ ...heads, mine }` with the `heads` of
   * `@qualm/vision/heads`.
   */
  readonly heads?: Heads | undefined;
  /** Backends of your own by the flavor that a spec names, beside ours or in their place:
   * `{ mine: createMyBackend() }`.
   */
  readonly backends?: Backends | undefined;
  readonly trackingUri?: string | undefined;
  readonly device?: OnnxDevice | 'auto' | undefined;
  /** Sessions of the model, each in a thread of its own. Default one for each core. */
  readonly sessions?: number | undefined;
  /** Images in one run of the model. */
  readonly batchSize?: number | undefined;
  /** A strategy, or the name of one: `entropy`. When absent, what the kind of the scores needs. */
  readonly strategy?: Strategy | string | undefined;
  /** How an image's number comes from those of its boxes, or the name of it: `top-mean:3`. */
  readonly aggregate?: Aggregation | string | undefined;
  /** 0..1: boxes whose best class scores below this do not count. Default 0.2. */
  readonly minScore?: number | undefined;
  /** Where images without a box come, or the number that they get. Default last. */
  readonly empty?: EmptyPolicy | undefined;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  /** Rows of the list of boxes. Default 1000. */
  readonly rows?: number | undefined;
  /** A folder in which predictions are kept: a run that was stopped goes on there. In memory when
   * absent.
   */
  readonly predictions?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how far the model is. `total` is null when the number of images is unknown. */
  readonly onProgress?:
    ((progress: { readonly done: number; readonly failed: number; readonly total: number | null }) => void) | undefined;
  /** Told of what was left out, and of images with unusable numbers. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** See `select`.
 */
export async function selectImages(settings: SelectSettings): Promise<SelectedImages> {
  assertSettings(settings);
  const { images, coco, limit, open, signal = new AbortController().signal, rows = 1000 } = settings;
  const terminal = silentTerminal(signal);
  const asked = await namedRanking(settings, terminal.cwd);
  const reporter = reporterTo(settings);
  const list = typeof images === 'string' ? [images] : images;
  const source = await openSource({ images: list, coco, limit, open }, terminal, reporter);
  const place = { ...settings, rootName: 'modelRoot' };
  const predictions = await withModel(openModel(place, 'fullest', terminal, reporter), async (model) => {
    const { predictions: folder, batchSize } = settings;
    const run = { signal, reporter, resumable: folder !== undefined, batchSize };
    if (folder !== undefined) {
      const path = resolve(terminal.cwd, folder);
      const kept = { resume: true, shardRows: 256, fingerprint: 'time', batchSize } as const;
      await predictImages(source, model, await openPredictionFolder(path, model, source, kept, signal), run);
      return path;
    }
    const sink = createMemorySink();
    await predictImages(source, model, { sink }, run);
    return memoryPredictions(sink.rows, model);
  });
  const options = { ...asked, empty: settings.empty, seed: settings.seed, signal };
  const ranking = await rankPredictions(predictions satisfies PredictionSource, { ...options, limit: rows });
  return createSelectedImages(ranking, predictions, options);
}

function assertSettings(settings: unknown): asserts settings is SelectSettings {
  const example = "{ images: 'photos', model: 'yolox-nano.json' }";
  assertOptions('select', settings, example, 'its settings');
  const { images, coco, model } = settings as Record<string, unknown>;
  assertText('select', 'model', model, "a spec file, or a URI such as 'mlflow:/ssd@champion'");
  const isList = Array.isArray(images) && images.length > 0 && images.every((path) => typeof path === 'string');
  if (images !== undefined && !isList) assertText('select', 'images', images, "a folder or files, such as 'photos'");
  if (images === undefined && coco === undefined)
    throw wrongArgument('select', 'images', images, "a folder or files, such as 'photos'");
}

async function namedRanking({ strategy, aggregate, minScore }: SelectSettings, cwd: string): Promise<AskedRanking> {
  return {
    minScore,
    strategy: typeof strategy === 'string' ? await resolveStrategy(strategy, cwd) : strategy,
    aggregate: typeof aggregate === 'string' ? aggregationNamed(aggregateText(aggregate))! : aggregate,
  };
}

/** A function prints nothing. */
function silentTerminal(signal: AbortSignal): Terminal {
  const silent = (): PassThrough => new PassThrough().resume();
  return { stdin: silent(), stdout: silent(), stderr: silent(), env: process.env, cwd: process.cwd(), signal };
}

function reporterTo({ onProgress, onWarning }: SelectSettings): Reporter {
  return {
    note: () => undefined,
    warn: (message) => onWarning?.(message),
    progress: (label, { done, failed, total }) => {
      if (label === 'predict') onProgress?.({ done, failed, total });
    },
    settle: () => undefined,
    result: async () => undefined,
  };
}
