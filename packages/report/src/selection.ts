import type { ReportData } from './report-data.ts';

/** What somebody thinks of a cell: one word, none, and tags of their own. */
export interface Mark {
  readonly verdict: 'accept' | 'reject' | null;
  readonly tags: readonly string[];
}

/** Marks by the ids of cells. */
export type Marks = ReadonlyMap<string, Mark>;

export const noMark: Mark = { verdict: null, tags: [] };

export const mostTags = 20;
export const longestTag = 60;

/** What files of marks say that they are. The first version named boxes by their place among those
 * of an image, which other predictions have too.
 */
export const marksFormat = { format: 'qualm-marks', version: 2 } as const;

/** The cells that are marked, as they are exported and kept on disk. */
export interface MarkedCells {
  readonly format: typeof marksFormat.format;
  readonly version: typeof marksFormat.version;
  /** The id of the report. */
  readonly report: string;
  readonly title: string;
  readonly selection: readonly ({
    readonly id: string;
    /** As the predictions name it; null where the report does not know. */
    readonly image_id: string | number | null;
    readonly image: string;
    readonly label: string | null;
  } & Mark)[];
}

/** The marked cells, in the order of the report. */
export function markedCells({ id: report, title, labels, cells }: ReportData, marks: Marks): MarkedCells {
  const selection = cells.id.flatMap((id, index) => {
    const mark = marks.get(id);
    if (!mark) return [];
    const image_id = cells.imageId[index]!;
    return [
      { id, image_id, image: cells.image[index]!, label: labels[cells.deciding[0]!.label[index]!] ?? null, ...mark },
    ];
  });
  return { ...marksFormat, report, title, selection };
}

/** A mark from outside, as it may be; null for none, and for what is not a mark. */
export function readMark(value: unknown): Mark | null {
  if (typeof value !== 'object' || value === null) return null;
  const { verdict, tags } = value as Partial<Record<'verdict' | 'tags', unknown>>;
  const mark: Mark = { verdict: readVerdict(verdict), tags: readTags(tags) };
  return mark.verdict === null && mark.tags.length === 0 ? null : mark;
}

function readVerdict(value: unknown): Mark['verdict'] {
  return value === 'accept' || value === 'reject' ? value : null;
}

/** Each tag once, in the order of the alphabet. */
function readTags(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const tags = value
    .filter((tag): tag is string => typeof tag === 'string')
    .map((tag) => tag.trim().slice(0, longestTag));
  return [...new Set(tags.filter(Boolean))].slice(0, mostTags).sort();
}
