import { resolve } from 'node:path';
import { boxCrops } from '@qualm/selection';
import { Image } from '@qualm/types';
import type { Embedding, EmbeddingSink } from '@qualm/types';
import { openerFor } from '../../input/open-remote.ts';
import type { ImageOptions, OpenedSource } from '../../input/open-images.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Which boxes get a vector. */
export interface BoxOptions extends ImageOptions {
  /** A folder of predictions; whole images get a vector when absent. */
  readonly boxes?: string | undefined;
  readonly minScore: number;
}

/** Boxes as images of a run, and where their vectors go. */
export interface BoxSource {
  readonly source: OpenedSource;
  /** How many boxes there are. */
  readonly total: number;
  /** The sink of the vectors, told which box each row is of. */
  ofBoxes(sink: EmbeddingSink): EmbeddingSink;
}

/** The boxes of `--boxes`, cut out of their images; null where whole images get a vector.
 * @throws UsageError where there is no box.
 */
export async function openBoxes(options: BoxOptions, terminal: Terminal): Promise<BoxSource | null> {
  const { boxes: predictions, minScore, limit } = options;
  if (predictions === undefined) return null;
  const { signal, cwd } = terminal;
  const crops = await boxCrops(resolve(cwd, predictions), { minScore, limit, signal });
  if (crops.boxes === 0) throw new UsageError(`--boxes ${predictions}: it has no box of --min-score or more`);
  // Of the boxes that are on their way, by their places.
  const asked = new Map<number, Pick<Embedding, 'box_index' | 'box' | 'image'>>();
  let came = 0;
  const stream = {
    ...{ length: null, fingerprint: null, passedOver: [], labelledSizes: new Map() },
    open: openerFor(options, [], terminal),
    async *[Symbol.asyncIterator]() {
      for await (const { box_index, box, uri, ...record } of crops) {
        asked.set(came++, { box_index, box, image: uri === null ? record.image : Image.fromUri(uri) });
        yield record;
      }
    },
  };
  return {
    source: stream,
    total: crops.boxes,
    ofBoxes: (sink) => ({
      ...sink,
      write(row) {
        const of = asked.get(row.index);
        asked.delete(row.index);
        return sink.write({ ...row, ...of });
      },
    }),
  };
}
