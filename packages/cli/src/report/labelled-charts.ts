import type { ReportOptions } from '@qualm/report';
import {
  averagePrecision,
  detectionConfusionTable,
  matchDetections,
  reliabilityTable,
  topRows,
} from '@qualm/strategies';
import type { Label } from '@qualm/types';
import { averagePrecisionByDecile, confusionMatrix, reliabilityDiagram } from '@qualm/viz/charts';
import type { Decile } from '@qualm/viz/charts';
import { readLabelledImages } from '../labelled-images.ts';
import type { LabelledImage } from '../labelled-images.ts';
import type { Measure } from './measures.ts';
import type { SeenImage } from './seen-cell.ts';

type Charts = NonNullable<ReportOptions['charts']>;

const parts = 10;
const numBins = 10;
const size = { width: 430, height: 300 };

/** What labels say of the model: whether it finds less in the images that it is less sure of, whether it is as right as it is sure, and what it takes
 * for what.
 * @param images all of those that were predicted
 * @throws UsageError when labels and predictions have no image or no class in common.
 */
export async function labelledCharts(
  predictions: string,
  coco: string,
  images: AsyncIterable<SeenImage>,
  measure: Measure,
  seed?: number,
): Promise<{ readonly charts: Charts; readonly warnings: readonly string[] }> {
  const { images: labelled, labels, warnings } = await readLabelledImages(predictions, coco);
  const uncertainties = new Map<string, number>();
  for await (const { image_id, boxes, compared } of images)
    uncertainties.set(
      String(image_id),
      boxes.length === 0
        ? NaN
        : measure.ofImage(
            boxes.map(({ values }) => values[0]!),
            boxes,
            compared,
          ),
    );
  const values = labelled.map(({ image_id }) => uncertainties.get(String(image_id)) ?? NaN);
  const ties = { ids: labelled.map(({ image_id }) => image_id), ...(seed !== undefined && { seed }) };
  const sorted = Array.from(topRows(values, measure.imageOrder, ties), (row) => labelled[row]!);
  const deciles = inParts(sorted).map(precisionOf);
  const table = reliabilityTable(...outcomes(labelled), 1, { numBins });
  const title = `Average precision, least sure images first, by ${measure.name}`;
  return {
    warnings,
    charts: [
      {
        words: deciles
          .map(({ averagePrecision: ap, images: count }, at) => `part ${at + 1}, ${count} images: ${ap.toFixed(2)}`)
          .join('; '),
        ...bothThemes((dark) => averagePrecisionByDecile(deciles, { ...size, title, dark })),
      },
      {
        words: 'Reliability diagram: how often boxes are right, by how sure the model is of them',
        ...bothThemes((dark) =>
          reliabilityDiagram(table, { ...size, height: 430, title: 'Sure and right, of boxes', dark }),
        ),
      },
      {
        words: 'Confusion matrix: what people drew, down, and what the model found there, across',
        ...bothThemes((dark) => drawnConfusion(labelled, labels, dark)),
      },
    ],
  };
}

/** Boxes that score 0.3 or more, and those that only one of both has. */
function drawnConfusion(images: readonly LabelledImage[], labels: readonly Label[], dark: boolean): string {
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const placed = <Boxes extends { readonly labelIds: ArrayLike<number> }>(boxes: Boxes): Boxes => ({
    ...boxes,
    labelIds: Array.from(boxes.labelIds, (id) => places.get(id)!),
  });
  const { counts } = detectionConfusionTable(
    images.map(({ given }) => placed(given)),
    images.map(({ predicted: { boxes, scores, labelIds } }) => placed({ boxes, scores, labelIds })),
    labels.length,
  );
  const names = [...labels.map(({ name }) => name), 'nothing'];
  return confusionMatrix(counts, names, { width: 430, height: 430, most: 14, title: 'Taken for what', dark });
}

function bothThemes(draw: (dark: boolean) => string): { light: string; dark: string } {
  return { light: draw(false), dark: draw(true) };
}

/** Ten of them that differ by an image at most; fewer where there are fewer images. */
function inParts(images: readonly LabelledImage[]): LabelledImage[][] {
  const count = Math.min(parts, images.length);
  const edge = (part: number): number => Math.round((part * images.length) / count);
  return Array.from({ length: count }, (_, part) => images.slice(edge(part), edge(part + 1)));
}

function precisionOf(images: readonly LabelledImage[]): Decile {
  const { mean } = averagePrecision(
    images.map(({ given }) => given),
    images.map(({ predicted }) => predicted),
  );
  return { averagePrecision: mean, images: images.length };
}

/** How sure the model is of each box, and whether it is there. */
function outcomes(images: readonly LabelledImage[]): [Float32Array, Uint8Array] {
  const hits = matchDetections(
    images.map(({ given }) => given),
    images.map(({ predicted }) => predicted),
  );
  return [
    Float32Array.from(images.flatMap(({ predicted }) => [...predicted.scores])),
    Uint8Array.from(hits.flatMap((ofImage) => [...ofImage])),
  ];
}
