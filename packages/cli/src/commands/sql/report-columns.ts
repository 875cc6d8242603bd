import type { SqlColumn } from '@qualm/sql';
import type { RankOrder } from '@qualm/types';
import { strategyOrder } from '../../options/strategies.ts';
import { isBoxType, isDetectionType, isImageType, isNumeric, valueType } from '../../output/table/value-type.ts';

/** Which columns of a result are the cells of a report, by their places; null for what is not
 * there.
 */
export interface ReportColumns {
  readonly image: number;
  readonly imageId: number | null;
  /** A box, a detection, or a list of detections. */
  readonly found: { readonly at: number; readonly kind: 'box' | 'detection' | 'detections' } | null;
  readonly label: number | null;
  readonly score: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** A column of numbers that the page can be sorted by. */
export interface MeasuredColumn {
  readonly at: number;
  readonly name: string;
  readonly order: RankOrder;
}

const imageNames = /^(image|uri|image_uri|path|image_path)$/i;

/** The columns of a report; null where none holds images. */
export function reportColumns(columns: readonly SqlColumn[]): ReportColumns | null {
  const types = columns.map(({ type }) => valueType(type));
  const first = (test: (type: (typeof types)[number], name: string) => boolean): number | null => {
    const at = types.findIndex((type, place) => test(type, columns[place]!.name));
    return at === -1 ? null : at;
  };
  const named = (name: string, test: (type: (typeof types)[number]) => boolean = () => true): number | null =>
    first((type, other) => other.toLowerCase() === name && test(type));
  const isText = (type: (typeof types)[number]): boolean => type.kind === 'plain' && type.name === 'VARCHAR';
  const image = first(isImageType) ?? first((type, name) => isText(type) && imageNames.test(name));
  if (image === null) return null;
  const kinds = [
    ['detection', isDetectionType],
    ['detections', (type) => type.kind === 'list' && isDetectionType(type.of)],
    ['box', isBoxType],
  ] as const satisfies readonly (readonly [string, (type: (typeof types)[number]) => boolean])[];
  const found = kinds.flatMap(([kind, test]) => {
    const at = first(test);
    return at === null ? [] : [{ at, kind }];
  })[0];
  return {
    ...{ image, imageId: named('image_id'), found: found ?? null },
    ...{ label: named('label', isText), score: named('score', isNumeric) },
    ...{ width: named('width', isNumeric), height: named('height', isNumeric) },
  };
}

/** Columns of numbers that say something of a row: ids and sizes do not. A column that is called as
 * a strategy has its order, others begin with the largest.
 */
export function measuredColumns(columns: readonly SqlColumn[], known: ReportColumns): MeasuredColumn[] {
  const others = new Set([known.imageId, known.width, known.height]);
  return columns.flatMap(({ name, type }, at) => {
    if (others.has(at) || !isNumeric(valueType(type)) || /(^|_)id$/i.test(name)) return [];
    return [{ at, name, order: strategyOrder(name) ?? 'descending' }];
  });
}
