import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createReport, writeReportFolder } from '@qualm/report';
import type { PlacedThumbnail, ReportCell, ReportOptions } from '@qualm/report';
import { Image } from '@qualm/types';
import { renderCrops } from '@qualm/viz';
import { demoPhotographs } from '../examples/setup/demo-photographs.ts';

export const reportOptions: ReportOptions = {
  labels: Array.from({ length: 80 }, (_, index) => `class ${index}`),
  strategies: [
    { name: 'margin', order: 'ascending' },
    { name: 'entropy', order: 'descending' },
    { name: 'leastConfidence', order: 'descending' },
  ],
};

export interface ReportPages {
  /** 5,000 cells in one file, and its bytes. */
  readonly file: string;
  readonly fileBytes: number;
  /** The page of 100,000 cells in a folder, and the bytes of all. */
  readonly page: string;
  readonly folderBytes: number;
  readonly writeMs: number;
  /** The same pictures on a plain page. */
  readonly plain: string;
}

export const [few, many] = [5000, 100_000];

/** Where the pages of a folder are. */
export function pagesIn(folder: string): Pick<ReportPages, 'file' | 'page' | 'plain'> {
  return {
    file: join(folder, 'report.html'),
    page: join(folder, 'report/index.html'),
    plain: join(folder, 'report/plain.html'),
  };
}

/** Writes a report in one file, one in a folder, and a plain page, with crops of photographs. */
export async function writeReportPages(folder: string): Promise<ReportPages> {
  const crops = await cropsOfPhotographs();
  const places = pagesIn(folder);
  const html = createReport(cellsOf(few, crops), reportOptions);
  await mkdir(folder, { recursive: true });
  await writeFile(places.file, html);
  const began = performance.now();
  const { bytes } = await writeReportFolder(join(folder, 'report'), cellsOf(many), {
    ...reportOptions,
    pictures: pictures(),
  });
  const writeMs = Math.round(performance.now() - began);
  const [pictureFolder] = await readdir(join(folder, 'report/thumbnails'));
  await writeFile(places.plain, plainPage(many, `thumbnails/${pictureFolder}`));
  return { ...places, fileBytes: Buffer.byteLength(html), folderBytes: bytes, writeMs };

  async function* pictures(): AsyncGenerator<PlacedThumbnail> {
    for (let place = 0; place < many; place++)
      yield await Promise.resolve({ place, thumbnail: crops[place % crops.length]! });
  }
}

type Thumbnail = PlacedThumbnail['thumbnail'];

/** Crops as `qualm report` makes them: a raster of boxes over each photograph of the demo. */
async function cropsOfPhotographs(): Promise<Thumbnail[]> {
  const folder = await demoPhotographs(() => undefined);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  const boxes = Array.from({ length: 36 }, (_, index) => {
    const [x, y] = [40 * (index % 6), 40 * Math.floor(index / 6)];
    return { xmin: x, ymin: y, xmax: x + 120, ymax: y + 90 };
  });
  const crops = await Promise.all(
    names.map((name) =>
      renderCrops(Image.fromUri(join(folder, name)), boxes, {
        context: 0.3,
        maxWidth: 200,
        maxHeight: 200,
        quality: 75,
      }),
    ),
  );
  return crops.flat().filter((crop) => crop !== null);
}

function cellsOf(count: number, thumbnails?: readonly Thumbnail[]): ReportCell[] {
  // Of a linear congruential generator, so that each run has the same.
  let state = 1;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const side = { xmin: 40, ymin: 30, xmax: 160, ymax: 120 };
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `${String(index).padStart(12, '0')}#0`, image: `${String(index).padStart(12, '0')}.jpg` },
    ...{ width: 640, height: 480, region: { x: 10, y: 10, width: 200, height: 150 } },
    boxes: [
      {
        ...{ ...side, box: 0, label: index % 80, score: 0.5 },
        rivals: [7, 11].map((step) => ({ label: (step * index) % 80, score: random() / 2 })),
      },
    ],
    ...{ box: 0, label: index % 80, second: (7 * index) % 80, score: random(), secondScore: random() / 2 },
    values: [random(), random(), random()],
    ...(thumbnails && { thumbnail: thumbnails[index % thumbnails.length]! }),
  }));
}

/** What one writes who has no grid: every picture is an element, the browser loads those that are
 * near.
 */
function plainPage(count: number, folder: string): string {
  const picture = (index: number): string =>
    `<figure><img loading="lazy" width="164" height="136" src="${folder}/${Math.floor(index / 1000)}/${index}.jpg"><figcaption>class ${index % 80}</figcaption></figure>`;
  const style = 'html,body{height:100%;margin:0}main{height:100%;overflow:auto}figure{display:inline-block;margin:8px}';
  return `<!doctype html><style>${style}</style><main>${Array.from({ length: count }, (_, index) => picture(index)).join('\n')}</main>`;
}
