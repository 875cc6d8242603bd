import { createRandom, kCenterGreedy, pickFromSample, probCover, typiClust } from '@qualm/strategies';
import type { Embeddings, SelectedRows } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* What a sample saves and costs: 200 of 50,000 x 64 rows in 200 clusters, exactly and from rows
 * drawn by chance. Quality is the share of all rows within the radius of a pick, and for
 * k-center the distance of the row that is farthest from all picks. */

const rows = 50_000;
const dimensions = 64;
const numClusters = 200;
const count = 200;
const radius = 3.2;
const random = createRandom(1);
const embeddings = clusters();
const sizes = [5000, 10_000];

const methods: Readonly<Record<string, (some: Embeddings) => SelectedRows>> = {
  typiClust: (some) => typiClust(some, { count, seed: 1 }),
  probCover: (some) => probCover(some, { count, radius }),
  kCenterGreedy: (some) => kCenterGreedy(some, { count }),
};
const results = Object.entries(methods).flatMap(([method, pick]) => [
  measure(method, rows, () => pick(embeddings)),
  ...sizes.map((size) => measure(method, size, () => pickFromSample(embeddings, { size, seed: 1 }, pick))),
]);
writeResult('pick-from-sample', {}, { rows, dimensions, numClusters, count, radius, results });

function measure(method: string, size: number, run: () => SelectedRows): object {
  const began = performance.now();
  const picks = run().rows;
  const milliseconds = performance.now() - began;
  const squares = nearestSquares(picks);
  const covered = squares.filter((squared) => squared <= radius ** 2).length / rows;
  const farthest = Math.sqrt(squares.reduce((greatest, squared) => Math.max(greatest, squared)));
  console.log(
    `${method}, ${size} rows: ${milliseconds.toFixed(0)} ms, ${covered.toFixed(3)} of all rows within ${radius}, the farthest ${farthest.toFixed(2)} away`,
  );
  return { method, size, milliseconds, covered, farthest };
}

function nearestSquares(picks: Uint32Array): Float64Array {
  const { matrix } = embeddings;
  return Float64Array.from({ length: rows }, (_, row) => {
    let least = Infinity;
    for (const pick of picks) {
      let squared = 0;
      for (let i = 0; i < dimensions; i++) {
        squared += (matrix[row * dimensions + i]! - matrix[pick * dimensions + i]!) ** 2;
      }
      if (squared < least) least = squared;
    }
    return least;
  });
}

function clusters(): Embeddings {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Float32Array.from({ length: numClusters * dimensions }, normal);
  const matrix = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const centre = Math.floor(random() * numClusters) * dimensions;
    for (let i = 0; i < dimensions; i++) matrix[row * dimensions + i] = centres[centre + i]! + 0.3 * normal();
  }
  return { matrix, dimensions };
}
