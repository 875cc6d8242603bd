import type { ReportCell, ReportOptions } from '../src/index.ts';

/** A pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const options: ReportOptions = {
  title: 'Toys',
  labels: ['cat', 'dog', '<b>"fox"</b>'],
  strategies: [
    { name: 'margin', order: 'ascending' },
    { name: 'entropy', order: 'descending' },
  ],
};

/** A cell of which a test says what it is about. */
export function cell(id: string, more: Partial<ReportCell> = {}): ReportCell {
  return {
    id,
    image: `${id}.jpg`,
    thumbnail: { bytes: png, type: 'image/png', width: 40, height: 20 },
    boxes: [{ xmin: 10, ymin: 5, xmax: 30, ymax: 15 }],
    label: 0,
    second: 1,
    score: 0.5,
    secondScore: 0.25,
    values: [0.25, 0.5],
    ...more,
  };
}
