import type {
  DuckDBConnection,
  DuckDBTableFunction,
  DuckDBTableFunctionBindInfo,
  DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';
import type { ImagesRequest } from '../protocol.ts';
import type { HostCalls } from './host-calls.ts';
import type { DuckDb } from './load-duckdb.ts';
import type { Predictor } from './predictor.ts';

/** Rows of the first chunk of a table of images: where a query needs few rows, few images are
 * predicted.
 */
export const firstChunk = 16;

/** What many images hold is in memory at once, and larger chunks gain nothing more. */
const largestChunk = 128;

interface Scan {
  readonly source: number;
  next: number;
}

/** What EXECUTE runs was bound by an earlier statement, whose sources are gone: it is opened again.
 */
type Bound = Required<Pick<ImagesRequest, 'source' | 'open'>>;

interface SourceFunction {
  readonly name: string;
  readonly kind: 'images' | 'coco';
  readonly parameter: 'paths' | 'file';
  readonly named: Readonly<Record<string, DuckDBType>>;
  readonly columns: Readonly<Record<string, DuckDBType>>;
}

/** Makes `read_images` and `read_coco`: rows come from the caller's thread in chunks of 16 images
 * and then ever larger ones.
 */
export function registerImageSources(
  lib: DuckDb,
  connection: DuckDBConnection,
  calls: HostCalls,
  predictor: Predictor,
): void {
  for (const source of sourcesOf(lib)) connection.registerTableFunction(tableFunction(lib, source, calls, predictor));
}

function sourcesOf({
  VARCHAR,
  BLOB,
  BIGINT,
  BOOLEAN,
  INTEGER,
  FLOAT,
  LIST,
  STRUCT,
}: DuckDb): readonly SourceFunction[] {
  const image = STRUCT({ uri: VARCHAR, data: BLOB });
  const bbox = STRUCT({ xmin: FLOAT, ymin: FLOAT, xmax: FLOAT, ymax: FLOAT });
  const annotation = STRUCT({
    ...{ ann_id: BIGINT, label_id: INTEGER, label: VARCHAR, area: FLOAT, bbox, iscrowd: BOOLEAN },
  });
  return [
    {
      ...{ name: 'read_images', kind: 'images', parameter: 'paths' },
      named: { recursive: BOOLEAN, limit: BIGINT },
      columns: { image_id: VARCHAR, image },
    },
    {
      ...{ name: 'read_coco', kind: 'coco', parameter: 'file' },
      named: { images: VARCHAR, limit: BIGINT },
      columns: {
        ...{ image_id: BIGINT, image, file_name: VARCHAR, width: INTEGER, height: INTEGER },
        annotations: LIST(annotation),
      },
    },
  ];
}

function tableFunction(
  lib: DuckDb,
  { name, kind, parameter, named, columns }: SourceFunction,
  calls: HostCalls,
  predictor: Predictor,
): DuckDBTableFunction {
  const guarded = (info: { setError(message: string): void }, work: () => void): void => {
    try {
      work();
    } catch (error) {
      info.setError(predictor.failWith(error));
    }
  };
  return lib.DuckDBTableFunction.create({
    name,
    // One of either VARCHAR or a list of it: DuckDB keeps only one table function of a name.
    parameterTypes: [lib.ANY],
    namedParameterTypes: named,
    bindFunction: (info) => {
      guarded(info, () => {
        const values = valuesOf(info, parameter, Object.keys(named));
        const { source, length } = calls.call('images', { open: { kind, values } });
        for (const [column, columnType] of Object.entries(columns)) info.addResultColumn(column, columnType);
        info.setCardinality(length, true);
        info.setBindData({ source, open: { kind, values } } satisfies Bound);
      });
    },
    initFunction: (info) => {
      info.setMaxThreads(1);
      const { source } = calls.call('images', { ...(info.bindData as Bound), limit: 0 });
      info.setInitData({ source, next: firstChunk } satisfies Scan);
    },
    mainFunction: (info, chunk) => {
      guarded(info, () => {
        calls.assertNotCancelled();
        const scan = info.initData as Scan;
        const { length, columns: values } = calls.call('images', { source: scan.source, limit: scan.next });
        scan.next = Math.min(2 * scan.next, largestChunk);
        chunk.rowCount = length;
        if (length === 0) return;
        Object.entries(columns).forEach(([column, columnType], place) => {
          const vector = chunk.getColumnVector(place);
          values[column]!.forEach((value, row) => {
            vector.setItem(
              row,
              lib.JSToDuckDBValueConverter(value as never, columnType, lib.JSToDuckDBValueConverter) as never,
            );
          });
          vector.flush();
        });
      });
    },
  });
}

function valuesOf(
  info: DuckDBTableFunctionBindInfo,
  parameter: string,
  named: readonly string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = { [parameter]: plain(info.getParameter(0)) };
  for (const name of named) {
    const value = info.getNamedParameter(name);
    if (value !== null) values[name] = plain(value);
  }
  return values;
}

function plain(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null && 'items' in value ? [...value.items] : value;
}
