import { writeFileSync } from 'node:fs';
import { createRandom, kCenterGreedy, kMeansPlusPlus, probCover, typiClust } from '@qualm/strategies';
import type { Embeddings } from '@qualm/strategies';

/* Draws docs/pictures/diversity.svg: which 16 rows five methods pick from eight groups of very
 * different size, with 40 rows that belong to none. */

const sizes = [400, 200, 100, 50, 50, 25, 25, 12];
const numStrays = 40;
const count = 16;
const seed = 1;
const side = 220;
const gap = 16;

const embeddings = groups();
const numRows = embeddings.matrix.length / 2;
const panels: readonly (readonly [title: string, rows: ArrayLike<number>])[] = [
  ['random', randomRows()],
  ['kCenterGreedy', kCenterGreedy(embeddings, { count, seed }).rows],
  ['kMeansPlusPlus', kMeansPlusPlus(embeddings, { count, seed }).rows],
  ['typiClust', typiClust(embeddings, { count, seed }).rows],
  ['probCover', probCover(embeddings, { count, radius: 0.6 }).rows],
];
const width = panels.length * (side + gap) - gap;
writeFileSync(
  new URL('../../docs/pictures/diversity.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -30 ${width + 20} ${side + 40}" role="img" font-family="sans-serif" font-size="15">
<title>The ${count} rows that five methods pick from eight groups and ${numStrays} strays</title>
<desc>Random picks lie in the large groups, those of k-center at the border and on strays; k-means++, TypiClust and ProbCover reach the small groups.</desc>
<rect x="-10" y="-30" width="100%" height="100%" fill="#fff"/>
<defs><path id="rows" fill="none" stroke="#9aa4b2" stroke-width="2.4" stroke-linecap="round" d="${cloud()}"/></defs>
${panels.map(([title, rows], index) => panel(title, rows, index * (side + gap))).join('\n')}
</svg>
`,
);

/** Eight groups on a circle, and rows anywhere. */
function groups(): Embeddings {
  const random = createRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const numbers: number[] = [];
  sizes.forEach((size, group) => {
    const angle = (group * Math.PI) / 4;
    for (let i = 0; i < size; i++) {
      numbers.push(3 * Math.cos(angle) + 0.45 * normal(), 3 * Math.sin(angle) + 0.45 * normal());
    }
  });
  for (let i = 0; i < numStrays; i++) numbers.push(12 * random() - 6, 12 * random() - 6);
  return { matrix: Float32Array.from(numbers), dimensions: 2 };
}

function randomRows(): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => Math.floor(random() * numRows));
}

function panel(title: string, rows: ArrayLike<number>, x: number): string {
  const picks = Array.from(rows, (row) => `<circle cx="${place(2 * row)}" cy="${place(2 * row + 1)}" r="5"/>`);
  return `<g transform="translate(${x} 0)"><rect width="${side}" height="${side}" fill="none" stroke="#ccc"/><use href="#rows"/>
<g fill="#d1495b" stroke="#fff">${picks.join('')}</g><text x="${side / 2}" y="-10" text-anchor="middle">${title}</text></g>`;
}

function cloud(): string {
  return Array.from({ length: numRows }, (_, row) => `M${place(2 * row)} ${place(2 * row + 1)}h0`).join('');
}

/** Where a number of the matrix, from -6.3 to 6.3, lies in a panel. */
function place(index: number): number {
  return +(((embeddings.matrix[index]! + 6.3) / 12.6) * side).toFixed(1);
}
