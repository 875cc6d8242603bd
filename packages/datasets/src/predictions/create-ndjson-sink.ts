import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ClassScores, Detections, Label, Prediction, PredictionSink, RowMeaning } from '@qualm/types';
import { assertArray, assertOptions, hasFunctions, QualmError, wrongArgument } from '@qualm/types';

/** Where lines go: a stream of Node, or a function that may answer when it is ready for more. */
export type LineWriter = Writable | ((line: string) => void | Promise<void>);

/** Options of `createNdjsonSink`. */
export interface NdjsonSinkOptions extends Partial<RowMeaning> {
  /** Names of label ids, to be written beside them. */
  readonly labels?: readonly Label[];
}

/** A sink that writes one JSON object per image and line: image_id, image (a URI or null), width,
 * height, detections, error; a warning where there is one; score_kind and task where they are
 * given. Numbers are the shortest decimals that read back as the same float32. The stream is not
 * ended.
 * @throws QualmError `io`, from `write`, when the stream fails.
 * @example createNdjsonSink(process.stdout)
 */
export function createNdjsonSink(target: LineWriter, options: NdjsonSinkOptions = {}): PredictionSink {
  if (typeof target !== 'function' && !hasFunctions(target, 'write', 'on'))
    throw wrongArgument('createNdjsonSink', 'its target', target, 'a stream or a function, such as process.stdout');
  assertOptions('createNdjsonSink', options, '{ labels }');
  const { labels = [], scoreKind, task } = options;
  assertArray('createNdjsonSink', 'labels', labels, "an array, such as await readLabels('labels.txt')");
  const meaning = { ...(scoreKind && { score_kind: scoreKind }), ...(task && { task }) };
  const write = typeof target === 'function' ? target : streamWriter(target);
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  let stored = 0;
  return {
    get stored() {
      return stored;
    },
    async write(row) {
      await write(`${JSON.stringify({ ...asJson(row, names), ...meaning })}\n`);
      stored++;
    },
    async close() {},
    async abort() {},
  };
}

function asJson(
  { image_id, image, size, detections, error, warning }: Prediction,
  names: Map<number, string>,
): Record<string, unknown> {
  return {
    image_id,
    image: image.uri,
    width: size?.width ?? null,
    height: size?.height ?? null,
    detections: detections && detectionsAsJson(detections, names),
    error,
    ...(warning && { warning }),
  };
}

function detectionsAsJson(detections: Detections | ClassScores, names: Map<number, string>): unknown[] {
  const rows = detections.toJSON();
  if (names.size === 0) return rows;
  const name = (id: number): string | null => names.get(id) ?? null;
  return rows.map((row) =>
    'label_ids' in row ? { ...row, labels: Array.from(row.label_ids, name) } : { ...row, label: name(row.label_id) },
  );
}

function streamWriter(stream: Writable): (line: string) => Promise<void> {
  let failure: Error | null = null;
  stream.on('error', (error) => (failure = error));
  return async (line) => {
    if (!failure && !stream.write(line)) {
      await once(stream, 'drain').catch((error: Error) => (failure = error));
    }
    if (failure) {
      throw new QualmError('io', `predictions: the stream failed (${failure.message})`, { cause: failure });
    }
  };
}
