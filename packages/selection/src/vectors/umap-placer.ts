import type { ReportVectors } from '@qualm/report';
import { createRandom } from '@qualm/strategies';
import { assertOptions, wrongArgument } from '@qualm/types';

/** Cells that UMAP places, at most: they take about half a minute. */
export const mostByUmap = 10_000;

/** Neighbours that a cell is to lie beside, as umap-learn has it where nobody says. */
const neighbours = 15;
/** Fewer cells have no neighbourhoods to keep. */
const fewest = 5;

/** What stands in the first place of a cell without a vector. */
const none = -128;

export interface UmapOptions {
  /** Draws where the cells begin, and what pushes them apart; the same one gives the same map.
   * Default 0.
   */
  readonly seed?: number;
}

/** Loads UMAP, and gives what places the cells of a report by it: neighbours lie together, and how
 * far apart two groups are says little. Cells are placed by their stored vectors.
 * @returns the vectors with `places`; as they are where there are fewer than five
 * @throws RangeError for more than `mostByUmap` cells with a vector.
 * @see McInnes, Healy, Melville 2018, https://doi.org/10.48550/arXiv.1802.03426
 * @example const place = await createUmapPlacer(); place(cellVectors(pageCells, vectors))
 */
export async function createUmapPlacer(options: UmapOptions = {}): Promise<(vectors: ReportVectors) => ReportVectors> {
  assertOptions('createUmapPlacer', options, '{ seed: 1 }');
  const { seed = 0 } = options;
  if (!Number.isFinite(seed)) throw wrongArgument('createUmapPlacer', 'seed', seed, 'a number');
  const { UMAP } = await import('umap-js');
  return (vectors) => {
    const { numbers, dimensions } = vectors;
    const rows: number[] = [];
    for (let row = 0; row * dimensions < numbers.length; row++) if (numbers[row * dimensions] !== none) rows.push(row);
    if (rows.length > mostByUmap)
      throw new RangeError(`createUmapPlacer: ${rows.length} cells; UMAP places ${mostByUmap} at most`);
    if (rows.length < fewest) return vectors;
    const umap = new UMAP({
      random: createRandom(seed),
      nNeighbors: Math.min(neighbours, rows.length - 1),
    });
    const found = umap.fit(rows.map((row) => Array.from(numbers.subarray(row * dimensions, (row + 1) * dimensions))));
    return { ...vectors, places: toPlaces(found, rows, numbers.length / dimensions), placedBy: 'UMAP' };
  };
}

/** Both axes to one scale, so that distances stay what they are. */
function toPlaces(found: readonly (readonly number[])[], rows: readonly number[], count: number): Uint16Array {
  const least = [0, 1].map((axis) => found.reduce((least, point) => Math.min(least, point[axis]!), Infinity));
  const spans = [0, 1].map((axis) => found.reduce((most, point) => Math.max(most, point[axis]! - least[axis]!), 0));
  const scale = 65_535 / Math.max(1e-9, ...spans);
  const places = new Uint16Array(2 * count);
  rows.forEach((row, at) => {
    for (const axis of [0, 1]) places[2 * row + axis] = Math.round((found[at]![axis]! - least[axis]!) * scale);
  });
  return places;
}
