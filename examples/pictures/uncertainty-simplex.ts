import { writeFileSync } from 'node:fs';
import { createLeastConfidence, entropy, gini, margin, orient, ratio } from '@qualm/strategies';
import type { ScoreFunction } from '@qualm/strategies';
import { valueColor } from '@qualm/viz';

/* Draws docs/pictures/uncertainty-simplex.svg: what each strategy says of every distribution
 * over three classes. A corner is a sure row, the middle of an edge two classes alike, the
 * centre all three. Each triangle is drawn in twelve bands. */

const strategies = [createLeastConfidence({ normalized: true }), orient(margin), ratio, gini, entropy];
const titles = ['least confidence', '1 - margin', 'ratio', 'Gini', 'entropy'];
const rows = 48;
const bands = 12;
const side = 240;
const gap = 40;
const height = (side * Math.sqrt(3)) / 2;

const panels = strategies.map((strategy, index) => panel(strategy, titles[index]!, index * (side + gap)));
const width = strategies.length * (side + gap) - gap;
writeFileSync(
  new URL('../../docs/pictures/uncertainty-simplex.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-40 -44 ${width + 80} ${Math.round(height) + 84}" role="img" font-family="sans-serif" font-size="15">
<title>Five strategies over all distributions of three classes</title>
<desc>Bright is unsure. All are darkest in the corners and brightest at the centre; margin and ratio are as bright along the lines where two classes lead alike, the others are not.</desc>
<rect x="-40" y="-44" width="100%" height="100%" fill="#fff"/>
${panels.join('\n')}
</svg>
`,
);

function panel(strategy: ScoreFunction, title: string, x: number): string {
  const [low, high] = strategy.range!(3);
  const bandOf = (point: readonly number[]): number =>
    Math.min(bands - 1, Math.floor(((strategy(point) - low) / (high - low)) * bands));
  const paths = new Map<number, string>();
  for (let row = 0; row < rows; row++) {
    for (const { band, outline } of runsOf(row, bandOf)) paths.set(band, (paths.get(band) ?? '') + outline);
  }
  const shapes = [...paths].map(
    ([band, path]) => `<path fill="${colorOf(band)}" stroke="${colorOf(band)}" d="${path}"/>`,
  );
  return `<g transform="translate(${x} 0)" stroke-width=".6">${shapes.join('')}
<text x="${side / 2}" y="-22" text-anchor="middle">${title}</text>
<text x="${side / 2}" y="-5" text-anchor="middle" font-size="12" fill="#555">class C</text>
<text x="0" y="${Math.round(height) + 18}" text-anchor="start" font-size="12" fill="#555">class A</text>
<text x="${side}" y="${Math.round(height) + 18}" text-anchor="end" font-size="12" fill="#555">class B</text></g>`;
}

function colorOf(band: number): string {
  return valueColor((band + 0.5) / bands, { domain: [0, 1] });
}

/** The small triangles of a row, from left to right, upright ones and the others in turn;
 * neighbours of one band as one outline.
 */
function* runsOf(
  row: number,
  bandOf: (point: readonly number[]) => number,
): Generator<{ band: number; outline: string }> {
  const cells = 2 * (rows - row) - 1;
  const band = (cell: number): number => {
    const c = (row + (cell % 2 === 0 ? 1 / 3 : 2 / 3)) / rows;
    const b = (cell + 1) / 2 / rows + (1 / rows) * (cell % 2 === 0 ? -1 / 6 : -1 / 3);
    return bandOf([1 - b - c, b, c]);
  };
  for (let from = 0, to = 1; from < cells; from = to++) {
    while (to < cells && band(to) === band(from)) to++;
    yield { band: band(from), outline: outlineOf(row, from, to) };
  }
}

function outlineOf(row: number, from: number, to: number): string {
  const bottom = [Math.ceil(from / 2), Math.ceil(to / 2)].map((b) => at(b, row));
  const top = [Math.floor(to / 2), Math.floor(from / 2)].map((b) => at(b, row + 1));
  return `M${[...bottom, ...top].join('L')}Z`;
}

function at(b: number, c: number): string {
  const x = ((b + c / 2) / rows) * side;
  return `${+x.toFixed(1)} ${+(height - (c / rows) * height).toFixed(1)}`;
}
