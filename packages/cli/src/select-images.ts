import type { ImageModel } from '@qualm/pipeline';
import type { ImageSource } from '@qualm/types';
import { drawSelection } from './draw-selection.ts';
import { assertGates } from './gates.ts';
import type { Gate } from './gates.ts';
import { openSource } from './open-images.ts';
import type { ImageOptions } from './open-images.ts';
import { openModel } from './open-model.ts';
import type { ModelOptions } from './open-model.ts';
import { openPredictionFolder, predictImages } from './predict-images.ts';
import { rankPredictions } from './rank-predictions.ts';
import type { Aggregate } from './rank-predictions.ts';
import type { Reporter } from './reporter.ts';
import { resolveStrategy } from './strategies.ts';
import { summarize } from './summary.ts';
import type { Terminal } from './terminal.ts';
import { withModel } from './with-model.ts';
import { writeSelection } from './write-selection.ts';

/** What `qualm select` was asked for. */
export interface SelectOptions extends ImageOptions, ModelOptions {
  readonly strategy: string;
  readonly aggregate: Aggregate;
  readonly minScore: number;
  readonly top: number;
  readonly rows: number;
  readonly out: string;
  readonly predictions: string;
  readonly resume?: true | undefined;
  readonly strict?: true | undefined;
  readonly failOn?: Gate | undefined;
  readonly dryRun?: true | undefined;
  readonly json?: true | undefined;
}

/** The whole job: predict, rank, write the lists, draw the first images, say what was found. */
export async function selectImages(options: SelectOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const strategy = await resolveStrategy(options.strategy, terminal.cwd);
  const source = await openSource(options, terminal.cwd, reporter);
  const run = await withModel(openModel(options, 'class_scores', terminal, reporter), async (model) => {
    if (!options.dryRun) return predictAll(source, model, options, terminal, reporter);
    reporter.note(`${source.length} images would go to ${options.predictions}`);
    reporter.result({ dry_run: true, images: source.length, model: model.spec.name, device: model.device });
    return null;
  });
  if (!run) return;
  const { out, predictions, rows, top, minScore } = options;
  const ranking = await rankPredictions(predictions, { ...options, strategy, limit: rows });
  const files = await writeSelection(out, ranking, strategy);
  const pictures = await drawSelection(out, predictions, ranking, strategy, { top, minScore, signal: terminal.signal });
  for (const line of summarize(ranking, strategy, run)) reporter.note(line);
  reporter.note(`\nlook at ${pictures.contactSheet ?? files.images}`);
  reporter.result({ ...run, ...ranking.counts, ...files, ...pictures });
  assertGates(options, ranking.counts);
}

async function predictAll(
  source: ImageSource,
  model: ImageModel,
  { predictions, resume }: SelectOptions,
  { signal }: Terminal,
  reporter: Reporter,
): ReturnType<typeof predictImages> {
  const sink = await openPredictionFolder(predictions, model, source, resume === true);
  return predictImages(source, model, sink, { signal, reporter });
}
