import { QualmError } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { readCounts, readRows } from '../predict/read-rows.ts';
import type { PredictedImages } from './rewrite-call.ts';

/** Predicts a table into another; as `Spark.predict`. */
export type PredictInto = (from: string, into: string) => Promise<unknown>;

/** The predictions that a session has made for its statements: each image of a model once. */
export interface PredictedImagesStore {
  /** Predicts those images of a source that were not predicted before.
   * @param model what tells the model from others, and from what had its name before.
   * @param image an expression of columns of `source`.
   */
  predict(model: string, source: string, image: string, predict: PredictInto): Promise<Omit<PredictedImages, 'place'>>;
  /** Drops all that it made. */
  drop(): Promise<void>;
}

/** A store in tables of the session's database that are called `qualm_images_...`.
 * @param prefix tells the tables of this session from others'.
 */
export function createPredictedImages(session: SparkSession, prefix: string): PredictedImagesStore {
  const tables = new Map<string, string[]>();
  const made: string[] = [];
  let count = 0;
  return {
    async predict(model, source, image, predict) {
      const isBinary = await isBinaryImage(session, source, image);
      const keyOf = (expression: string): string => (isBinary ? `sha2(${expression}, 256)` : expression);
      const known = tables.get(model) ?? [];
      const images = `qualm_images_${prefix}_${++count}`;
      const rows = known.map((table) => `SELECT image_id FROM ${table}`).join(' UNION ALL ');
      const isNew = known.length === 0 ? '' : ` LEFT ANTI JOIN (${rows}) ON image_id = id`;
      // Of pictures one of each content is kept.
      const distinct = isBinary
        ? `SELECT sha2(i, 256) AS id, any_value(i) AS image FROM (SELECT (${image}) AS i FROM ${source}) WHERE i IS NOT NULL GROUP BY 1`
        : `SELECT DISTINCT (${image}) AS id, (${image}) AS image FROM ${source} WHERE (${image}) IS NOT NULL`;
      try {
        await session.sql(`CREATE TABLE ${images} USING parquet AS SELECT * FROM (${distinct})${isNew}`);
        const { images: left } = await readCounts(session, `SELECT count(*) AS images FROM ${images}`, ['images']);
        if (left > 0 || known.length === 0) {
          const into = `qualm_rows_${prefix}_${count}`;
          await predict(images, into);
          made.push(into);
          known.push(into);
          tables.set(model, known);
        }
      } finally {
        await session.sql(`DROP TABLE IF EXISTS ${images}`).catch(() => undefined);
      }
      return { tables: [...known], keyOf };
    },
    async drop() {
      for (const table of made.splice(0)) await session.sql(`DROP TABLE IF EXISTS ${table}`).catch(() => undefined);
      tables.clear();
    },
  };
}

async function isBinaryImage(session: SparkSession, source: string, image: string): Promise<boolean> {
  const [row] = await readRows(session, `DESCRIBE QUERY SELECT (${image}) AS image FROM ${source}`);
  const type = String(row?.['data_type']);
  if (type === 'binary') return true;
  if (/^(string|varchar|char)\b/.test(type)) return false;
  throw new QualmError(
    'query-invalid',
    `sql: ML_PREDICT: the image is ${type}; expected a path or URI (STRING), or an encoded picture (BINARY)`,
  );
}
