import { isMachineTrouble } from '@qualm/pipeline';
import { readPredictionShards } from '@qualm/datasets';
import { counted, countText, maskUri } from '@qualm/types';
import type { Prediction, PredictionSink, RowError } from '@qualm/types';

/** An image that has no detections, and why. */
export interface Failure {
  readonly image_id: string | number;
  readonly code: RowError['code'];
  readonly message: string;
}

/** What was counted over predictions. */
export interface Tally {
  readonly failed: number;
  readonly boxes: number;
  /** Of the failed, those whose error says nothing of their image. */
  readonly troubled: number;
  /** The first ten. */
  readonly failures: readonly Failure[];
  /** Images of which some of the model's numbers could not be used, in this run; predictions that
   * were stored before do not say it.
   */
  readonly warned: number;
  /** The first ten. */
  readonly warnings: readonly Failure[];
}

/** A tally that grows. */
export interface TallyCounter extends Tally {
  add(row: CountedRow): void;
}

/** What of a row is counted. One that is no prediction has no boxes. */
export type CountedRow = Pick<Prediction, 'image_id' | 'error'> &
  Partial<Pick<Prediction, 'detections' | 'warning' | 'size'>>;

const listed = 10;

/** A counter that has counted nothing. */
export function createTally(): TallyCounter {
  const failures: Failure[] = [];
  const warnings: Failure[] = [];
  let failed = 0;
  let warned = 0;
  let boxes = 0;
  let troubled = 0;
  return {
    failures,
    warnings,
    get warned() {
      return warned;
    },
    get failed() {
      return failed;
    },
    get boxes() {
      return boxes;
    },
    get troubled() {
      return troubled;
    },
    add({ image_id, detections, error, warning }) {
      boxes += detections?.length ?? 0;
      if (warning) {
        warned++;
        if (warnings.length < listed) warnings.push({ image_id, ...warning });
      }
      if (!error) return;
      failed++;
      if (isMachineTrouble(error)) troubled++;
      if (failures.length < listed) failures.push({ image_id, ...error });
    },
  };
}

/** What looks at each row. */
export interface RowCounter {
  add(row: CountedRow): void;
}

/** Where rows of one kind go. */
export type RowSink<Row> = Omit<PredictionSink, 'write'> & { write(row: Row): Promise<void> };

/** A sink that counts what goes into another. */
export function countingSink<Row extends CountedRow>(
  sink: RowSink<Row>,
  counters: readonly RowCounter[],
): RowSink<Row> {
  const { stored } = sink;
  return {
    get stored() {
      return sink.stored;
    },
    isStored: (index) => sink.isStored?.(index) ?? index < stored,
    storedId: (index) => sink.storedId?.(index),
    async write(row) {
      await sink.write(row);
      for (const counter of counters) counter.add(row);
    },
    close: () => sink.close(),
    abort: () => sink.abort(),
  };
}

/** The tally of all predictions of a folder. */
export async function tallyOf(folder: string): Promise<Tally> {
  const tally = createTally();
  for await (const { columns, length } of readPredictionShards(folder)) {
    for (let row = 0; row < length; row++) {
      const [image_id, detections, error] = [columns.image_id, columns.detections, columns.error].map((column) =>
        column.at(row),
      ) as [Failure['image_id'], Prediction['detections'], RowError | null];
      tally.add({ image_id, detections, error });
    }
  }
  return tally;
}

/** What the terminal shows of failures: the first few with their reasons. */
export function failureLines({ failed, failures }: Pick<Tally, 'failed' | 'failures'>): string[] {
  return listedLines(`${countText(failed)} failed:`, failed, failures);
}

/** What the terminal shows of images whose numbers could not all be used. */
export function warningLines({ warned, warnings }: Pick<Tally, 'warned' | 'warnings'>): string[] {
  const them = counted(warned, 'image has', 'images have');
  return listedLines(`${them} numbers of the model that cannot be used:`, warned, warnings);
}

function listedLines(head: string, count: number, first: readonly Failure[]): string[] {
  if (count === 0) return [];
  const lines = first.map(({ image_id, message }) => `  ${JSON.stringify(maskUri(String(image_id)))}: ${message}`);
  const rest = count - first.length;
  return [head, ...lines, ...(rest > 0 ? [`  and ${countText(rest)} more`] : [])];
}
