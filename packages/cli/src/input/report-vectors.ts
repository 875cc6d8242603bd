import { extname, resolve } from 'node:path';
import type { ReportVectors } from '@qualm/report';
import { cellVectors, createPictureVectors, createUmapPlacer, mostByUmap, reportPictures } from '@qualm/selection';
import type { PageCell } from '@qualm/selection';
import { counted, countText } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import type { Reporter } from '../terminal/reporter.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { thingsWords } from '../output/write-report.ts';
import type { AskedPage } from '../output/write-report.ts';
import { isDirection, spoiltWords } from './is-direction.ts';
import { openVectors } from './stored-vectors.ts';

/** How the map of a page is laid out. */
export type MapLayout = 'pca' | 'umap';

/** Lays out a map. */
export type PlaceCells = (vectors: ReportVectors) => ReportVectors;

/** What lays out the map as `--map` asks; more cells than UMAP takes are laid out by their first
 * two components, with a warning.
 */
export async function placerOf(map: MapLayout, reporter: Pick<Reporter, 'warn'>): Promise<PlaceCells> {
  if (map === 'pca') return (vectors) => vectors;
  const place = await createUmapPlacer();
  return (vectors) => {
    const cells = vectors.numbers.length / vectors.dimensions;
    if (cells <= mostByUmap) return place(vectors);
    reporter.warn(
      `--map umap: ${countText(cells)} cells are too many (${countText(mostByUmap)} at most); the map is by principal components`,
    );
    return vectors;
  };
}

/** What the vectors of a page are asked for by. */
interface AskedCellVectors {
  readonly embeddings: string;
  readonly by: AskedPage;
  readonly predictions: string;
}

/** The vectors of a report's cells that `--embeddings` asks for: of a Parquet file; null for
 * `none`; undefined for `pictures`, which are described as they are made.
 * @throws UsageError where the file is of another kind, of boxes of other predictions, or has a
 * vector of no cell.
 */
export async function storedCellVectors(
  { embeddings: asked, by, predictions }: AskedCellVectors,
  cells: readonly PageCell[],
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
  reporter: Pick<Reporter, 'warn' | 'note'>,
): Promise<ReportVectors | null | undefined> {
  if (asked === 'none') return null;
  if (asked === 'pictures') return undefined;
  if (extname(asked).toLowerCase() !== '.parquet')
    throw new UsageError(
      `--embeddings ${asked}: expected a .parquet file of vectors, which qualm embed writes, or pictures, or none`,
    );
  const of = by === 'image' ? 'image' : 'box';
  const wanted = { of, option: '--embeddings', predictions, signal } as const;
  const stored = await openVectors(resolve(cwd, asked), wanted, reporter);
  let without = 0;
  let spoilt = 0;
  const vectors = cellVectors(cells, {
    words: stored.words,
    vectorOf(cell) {
      const vector = stored.vectorOf(cell);
      if (isDirection(vector)) return vector;
      without++;
      if (vector !== null) spoilt++;
      return null;
    },
  });
  const things = thingsWords(by, cells.length);
  if (!vectors && cells.length > 0)
    throw new UsageError(
      `--embeddings ${asked}: has a vector of none of the ${things}, ${stored.by}; ids in the file are such as ${JSON.stringify(stored.firstId)}${spoiltWords(spoilt)}`,
    );
  if (without > 0)
    reporter.warn(
      `${counted(without, `of ${things} has`, `of ${things} have`)} no vector in ${asked}, and no place on the map${spoiltWords(spoilt)}`,
    );
  return vectors;
}

/** What the pictures of all cells look like, for a page whose pictures are made later. */
export async function lookedAtVectors(
  cells: readonly PageCell[],
  { signal }: Pick<Terminal, 'signal'>,
  reporter: Pick<Reporter, 'progress' | 'settle'>,
): Promise<ReportVectors | null> {
  const looks = createPictureVectors(cells.length);
  const onProgress = ({ done, total }: { readonly done: number; readonly total: number }): void =>
    void reporter.progress('look', { done, failed: 0, total });
  try {
    for await (const picture of reportPictures(cells, { signal, onProgress })) await looks.add(picture);
  } finally {
    reporter.settle();
  }
  return looks.vectors();
}
