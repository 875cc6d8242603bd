import { createEmbeddingsSink, embeddingEndings } from '@qualm/datasets';
import { embedTo } from '@qualm/pipeline';
import type { VectorOptions } from '@qualm/pipeline';
import { counted } from '@qualm/types';
import { openSource } from '../../input/open-images.ts';
import { openEmbedder } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { withModel } from '../../input/with-model.ts';
import { assertFileFree } from '../../output/assert-file-free.ts';
import { finishRun } from '../../predict/finish-run.ts';
import type { GateOptions } from '../../predict/finish-run.ts';
import { watchRun } from '../../predict/predict-images.ts';
import { reportPlan } from '../../predict/report-plan.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { openBoxes } from './box-source.ts';
import type { BoxOptions } from './box-source.ts';

/** What `qualm embed` was asked for. */
export interface EmbedOptions extends BoxOptions, ModelOptions, Partial<VectorOptions>, GateOptions {
  /** An absolute path. */
  readonly out: string;
  readonly batchSize?: number | undefined;
  readonly dryRun?: true | undefined;
}

/** Makes a vector of each image, or of each box, into one file. */
export async function runEmbed(options: EmbedOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { out, output, pool, dryRun, batchSize } = options;
  await assertPlace(options);
  const boxes = await openBoxes(options, terminal);
  const source = boxes?.source ?? (await openSource(options, terminal, reporter));
  const vectors = { ...(output !== undefined && { output }), ...(pool && { pool }) };
  const run = await withModel(openEmbedder(options, vectors, terminal, reporter), async (embedder) => {
    if (dryRun) return reportPlan(source, embedder, out, reporter, boxes?.total);
    const { dimensions } = embedder;
    const vectorSink = createEmbeddingsSink(out, { dimensions, boxes: boxes !== null });
    const sink = boxes?.ofBoxes(vectorSink) ?? vectorSink;
    const watched = { signal: terminal.signal, reporter, resumable: false, batchSize, total: boxes?.total };
    const counts = await watchRun('embed', source, embedder, { sink }, watched, (counted, own) =>
      embedTo(source, embedder, counted, own),
    );
    return { ...counts, dimensions };
  });
  if (!run) return;
  const { dimensions, boxes: _, ...counts } = run;
  const made = `vectors of ${counted(dimensions, 'number')}`;
  await finishRun(
    source,
    counts,
    { made, of: boxes ? ['box', 'boxes'] : ['image', 'images'], more: { dimensions, out }, gates: options },
    reporter,
  );
}

async function assertPlace({ out, output, pool, failOn, dryRun }: EmbedOptions): Promise<void> {
  if (pool !== undefined && output === undefined)
    throw new UsageError('--pool is for --output; a head of the spec says its own "pool"');
  if (failOn?.count === 'boxes') throw new UsageError(`--fail-on ${failOn.text}: vectors have no boxes; count failed`);
  await assertFileFree('--out', out, embeddingEndings, dryRun);
}
