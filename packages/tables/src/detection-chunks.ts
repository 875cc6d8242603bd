import { ClassScoresColumn, DetectionsColumn } from '@qualm/types';
import type { ClassScores, Detections, OutputForm } from '@qualm/types';

type Row = Detections | ClassScores | null;
type Chunk = DetectionsColumn | ClassScoresColumn;

const chunkRows = 1024;

/** Collects the detections of many images without keeping objects for each: full chunks become flat
 * columns.
 */
export interface DetectionChunks {
  push(detections: Row): void;
  /** One column over all that was pushed. */
  finish(): Chunk;
}

/** Chunks of one form; every row has that form or is null. */
export function createDetectionChunks(form: OutputForm): DetectionChunks {
  const toColumn = (rows: Iterable<Row>): Chunk =>
    form === 'detections'
      ? DetectionsColumn.from(rows as Iterable<Detections | null>)
      : ClassScoresColumn.from(rows as Iterable<ClassScores | null>);
  const chunks: Chunk[] = [];
  let open: Row[] = [];
  return {
    push(detections) {
      open.push(detections);
      if (open.length < chunkRows) return;
      chunks.push(toColumn(open));
      open = [];
    },
    finish: () => toColumn(rowsOf([...chunks, open])),
  };
}

function* rowsOf(parts: readonly Iterable<Row>[]): Generator<Row, void, undefined> {
  for (const part of parts) yield* part;
}
