import { QualmError } from '@qualm/types';
import type { SqlBatch } from '@qualm/sql';
import type { ExecutePlanResponse } from '../generated/spark/connect/base_pb.ts';
import type { DataType_StructField } from '../generated/spark/connect/types_pb.ts';
import { readBatches } from './read-batch.ts';
import type { SparkResult } from './spark-session.ts';
import { sparkType } from './spark-type.ts';

type Responses = AsyncGenerator<ExecutePlanResponse, void, undefined>;

/** The rows of responses, as soon as their columns are known. */
export async function createResult(responses: Responses): Promise<SparkResult> {
  const { fields, early } = await readSchema(responses);
  let isTaken = false;
  const batches = async function* (): AsyncGenerator<SqlBatch, void, undefined> {
    if (isTaken) throw new QualmError('query-failed', 'sql: the rows were read before; run the statement again');
    isTaken = true;
    let rows = 0;
    try {
      for await (const { responseType } of chain(early, responses)) {
        if (responseType.case !== 'arrowBatch') continue;
        const { data, rowCount, startOffset } = responseType.value;
        if (startOffset !== undefined && Number(startOffset) !== rows) throw lost(rows, Number(startOffset));
        const read = batchesOf(data, Number(rowCount), fields);
        rows += Number(rowCount);
        yield* read;
      }
    } finally {
      await responses.return();
    }
  };
  const all = async (): Promise<readonly SqlBatch[]> => {
    const list: SqlBatch[] = [];
    for await (const batch of batches()) list.push(batch);
    return list;
  };
  return {
    columns: fields.map(({ name, dataType }) => ({ name, type: sparkType(dataType!) })),
    [Symbol.asyncIterator]: batches,
    async rows() {
      return (await all()).flatMap((batch) => Array.from({ length: batch.length }, (_, row) => batch.at(row)));
    },
    async toTable() {
      const { table } = await import('arquero');
      const list = await all();
      return table(fields.map(({ name }, column) => [name, valuesOf(list, column)]));
    },
    async close() {
      isTaken = true;
      await responses.return();
    },
  };
}

/** Reads until the columns are known. A command that gives nothing has none. */
async function readSchema(
  responses: Responses,
): Promise<{ fields: readonly DataType_StructField[]; early: readonly ExecutePlanResponse[] }> {
  const early: ExecutePlanResponse[] = [];
  for (;;) {
    const { value, done } = await responses.next();
    if (done) return { fields: [], early };
    early.push(value);
    if (value.schema?.kind.case !== 'struct') continue;
    const { fields } = value.schema.kind.value;
    return { fields: fields.filter(({ dataType }) => dataType !== undefined), early };
  }
}

async function* chain(early: readonly ExecutePlanResponse[], rest: Responses): Responses {
  yield* early;
  yield* rest;
}

function batchesOf(data: Uint8Array, rowCount: number, fields: readonly DataType_StructField[]): readonly SqlBatch[] {
  const read = readable(data, fields);
  const length = read.reduce((sum, batch) => sum + batch.length, 0);
  // Rows without columns have no Arrow vectors to be counted by.
  if (fields.length > 0 && length !== rowCount) throw lost(length, rowCount);
  return read;
}

function readable(data: Uint8Array, fields: readonly DataType_StructField[]): readonly SqlBatch[] {
  try {
    return readBatches(data, fields);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new QualmError('query-failed', `sql: rows that came cannot be read as Arrow: ${why}`, { cause: error });
  }
}

function lost(came: number, expected: number): QualmError {
  return new QualmError(
    'query-failed',
    `sql: ${came} rows have come where Spark says there are ${expected}; run the statement again`,
  );
}

function valuesOf(batches: readonly SqlBatch[], column: number): unknown[] {
  return batches.flatMap((batch) => Array.from({ length: batch.length }, (_, row) => batch.value(column, row)));
}
