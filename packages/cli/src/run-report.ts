import { createReport } from '@qualm/report';
import type { ReportCell } from '@qualm/report';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { Image, QualmError } from '@qualm/types';
import type { Label, Strategy } from '@qualm/types';
import { renderCrops } from '@qualm/viz';
import type { Crop } from '@qualm/viz';
import { detectionsPerClass, uncertaintyHistogram } from '@qualm/viz/charts';
import { imageName } from './image-name.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { leastSureBoxes } from './least-sure-boxes.ts';
import type { SeenBox } from './least-sure-boxes.ts';
import type { Reporter } from './reporter.ts';
import { storeFile } from './store-file.ts';
import { resolveStrategy } from './strategies.ts';
import type { Terminal } from './terminal.ts';

/** What `qualm report` was asked for. */
export interface ReportCommandOptions {
  readonly predictions: string;
  readonly strategy: string;
  readonly minScore: number;
  readonly cells: number;
  readonly title: string;
  readonly out: string;
  readonly json?: true | undefined;
}

/** Pixels of a thumbnail's longer side; the grid shows them a little larger on dense screens. */
const thumbnailPixels = 200;

/** Writes the report of the least sure boxes of stored predictions. */
export async function runReport(options: ReportCommandOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { predictions, minScore, cells: limit, title, out } = options;
  const { signal, cwd } = terminal;
  const first = await resolveStrategy(options.strategy, cwd);
  const others = [margin, entropy, leastConfidence].filter(({ name }) => name !== first.name);
  const strategies: [Strategy, ...Strategy[]] = [first, ...others];
  const { boxes, labels } = await leastSureBoxes(predictions, strategies, { limit, minScore, signal });
  const crops = await cropsOf(boxes, reporter, signal);
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const names = labels.map(({ name }) => name);
  const report = createReport(
    boxes.map((box, index) => cellOf(box, crops[index]!, places)),
    { title, labels: names, strategies, charts: chartsOf(boxes, first, labels, places) },
  );
  await storeFile(out, report);
  const missing = crops.filter((crop) => crop === null).length;
  if (missing > 0) reporter.warn(`${missing} boxes have no picture: their images cannot be opened any more`);
  reporter.note(`${boxes.length} boxes, ${(report.length / 1e6).toFixed(1)} MB; open ${out}`);
  await reporter.result({ out, cells: boxes.length, missing });
}

/** The picture of each box, of images that are decoded once; null where there is none. */
async function cropsOf(boxes: readonly SeenBox[], reporter: Reporter, signal: AbortSignal): Promise<(Crop | null)[]> {
  const byImage = new Map<string | number, number[]>();
  boxes.forEach(({ image_id }, index) => byImage.set(image_id, [...(byImage.get(image_id) ?? []), index]));
  const crops: (Crop | null)[] = boxes.map(() => null);
  let done = 0;
  for (const indices of byImage.values()) {
    assertNotInterrupted(signal);
    const found = await cropsOfImage(boxes, indices, signal);
    indices.forEach((index, at) => (crops[index] = found[at] ?? null));
    reporter.progress('report', { done: ++done, failed: 0, total: byImage.size });
  }
  reporter.settle();
  return crops;
}

async function cropsOfImage(
  boxes: readonly SeenBox[],
  indices: readonly number[],
  signal: AbortSignal,
): Promise<readonly (Crop | null)[]> {
  const { uri } = boxes[indices[0]!]!;
  if (uri === null) return [];
  const size = { maxWidth: thumbnailPixels, maxHeight: thumbnailPixels };
  try {
    const wanted = indices.map((index) => boxes[index]!.box);
    return await renderCrops(Image.fromUri(uri), wanted, { ...size, context: 0.3, quality: 75, signal });
  } catch (error) {
    if (QualmError.is(error) && (error.code.startsWith('image-') || error.code === 'unsupported')) return [];
    throw error;
  }
}

function cellOf(
  { id, image_id, uri, label, second, score, secondScore, values }: SeenBox,
  crop: Crop | null,
  places: ReadonlyMap<number, number>,
): ReportCell {
  const [best, runnerUp] = [places.get(label), second === null ? undefined : places.get(second)];
  return {
    ...{ id, image: imageName(uri, image_id), score, values },
    thumbnail: crop && { bytes: crop.bytes, type: crop.type, width: crop.width, height: crop.height },
    boxes: crop ? [crop.box] : [],
    ...(best !== undefined && { label: best }),
    ...(runnerUp !== undefined && { second: runnerUp }),
    ...(secondScore !== null && { secondScore }),
  };
}

function chartsOf(
  boxes: readonly SeenBox[],
  { name }: Strategy,
  labels: readonly Label[],
  places: ReadonlyMap<number, number>,
): { light: string; dark: string; words: string }[] {
  const values = boxes.map((box) => box.values[0]!);
  const counts = new Uint32Array(labels.length);
  for (const { label } of boxes) if (places.has(label)) counts[places.get(label)!]!++;
  const names = labels.map((label) => label.name);
  const both = (draw: (dark: boolean) => string, words: string): { light: string; dark: string; words: string } => ({
    light: draw(false),
    dark: draw(true),
    words,
  });
  return [
    both(
      (dark) =>
        uncertaintyHistogram(values, { label: name, title: `${name} of these boxes`, dark, width: 430, height: 240 }),
      `Histogram: ${name} of these boxes`,
    ),
    both(
      (dark) => detectionsPerClass(counts, names, { title: 'These boxes by class', dark, width: 430, most: 12 }),
      'Bars: these boxes by class',
    ),
  ];
}
