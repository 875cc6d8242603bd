import type { ReportOptions } from '@qualm/report';
import { averagePrecision, detectionConfusionTable, matchDetections, reliabilityTable } from '@qualm/evaluation';
import { topRows } from '@qualm/strategies';
import { strategyWords } from '@qualm/types';
import type { GroundTruth, Label } from '@qualm/types';
import { averagePrecisionByDecile, confusionMatrix, reliabilityDiagram } from '@qualm/viz/charts';
import type { Decile } from '@qualm/viz/charts';
import type { Measure } from '../choose/measure.ts';
import { boxesWords, imagesWords } from '../counted.ts';
import { withBinFilters, withPairFilters, withPartFilters } from './chart-filters.ts';
import type { CellKind } from './report-cells.ts';
import type { LabelledImage, LabelledImages } from '../labels/labelled-images.ts';

type Charts = NonNullable<ReportOptions['charts']>;

const numParts = 10;
const numBins = 10;
/** What `matchDetections` says of a box that counts neither way. */
const inCrowd = 2;
const size = { width: 430, height: 300 };

/** What labels say of the model: whether it finds less in the images that it is less sure of,
 * whether it is as right as it is sure, and what it takes for what. The first is of all stored
 * boxes, as COCO counts, the others of those that are shown.
 * @param numbers of all images that were predicted, by id
 */
export function labelledCharts(
  { images: labelled, labels }: LabelledImages,
  numbers: ReadonlyMap<string, number>,
  measure: Measure,
  {
    minScore,
    seed,
    isWhole,
    by,
    pageLabels,
  }: {
    readonly minScore: number;
    readonly seed?: number | undefined;
    /** Whether the page has all boxes, so that its own table counts them. */
    readonly isWhole: boolean;
    /** What cells are: a part of the images can be clicked where they are images, a bin of scores
     * where they are boxes.
     */
    readonly by: CellKind;
    /** Names of the classes on the page. */
    readonly pageLabels: readonly string[];
  },
): Charts {
  const values = labelled.map(({ image_id }) => numbers.get(String(image_id)) ?? NaN);
  const ties = { ids: labelled.map(({ image_id }) => image_id), ...(seed !== undefined && { seed }) };
  const sorted = Array.from(topRows(values, measure.imageOrder, ties), (row) => labelled[row]!);
  const numKnown = values.filter((value) => !Number.isNaN(value)).length;
  const parts = inParts(sorted.slice(0, numKnown));
  const deciles = parts.map(precisionOf);
  const unknown = sorted.slice(numKnown);
  const beside = unknown.length === 0 ? [] : [{ ...precisionOf(unknown), name: 'no box' }];
  const shown = outcomes(labelled, minScore);
  const table = reliabilityTable(...shown, 1, { numBins });
  const least = minScore > 0 ? ` of ${minScore} or more` : '';
  const ofShown = `${boxesWords(shown[0].length)}${least}`;
  const title = `Average precision, least sure first, by ${strategyWords(measure.name)}`;
  const precision: Charts[number] = {
    words: deciles
      .map(
        ({ averagePrecision: ap, images: count }, at) => `part ${at + 1}, ${imagesWords(count)}: ${precisionText(ap)}`,
      )
      .concat(
        beside.map(({ averagePrecision: ap, images: count }) => `no box, ${imagesWords(count)}: ${precisionText(ap)}`),
      )
      .join('; '),
    ...bothThemes((dark) => averagePrecisionByDecile([...deciles, ...beside], { ...size, title, dark, regions: true })),
  };
  const reliability: Charts[number] = {
    words: `Reliability diagram of ${ofShown}: how often they are right, by how sure the model is of them`,
    ...bothThemes((dark) =>
      reliabilityDiagram(table, {
        ...{ ...size, height: 430, title: `Sure and right, of ${ofShown}`, dark, regions: true },
        rows: ['box', 'boxes'],
      }),
    ),
  };
  const numberOf = ({ image_id }: LabelledImage): number => numbers.get(String(image_id))!;
  return [
    by === 'image'
      ? withPartFilters(
          precision,
          parts.map((images) => images.map(numberOf)),
        )
      : precision,
    by === 'box' ? withBinFilters(reliability, table) : reliability,
    ...(isWhole ? [] : [confusion()]),
  ];

  function confusion(): Charts[number] {
    const counts = confusionCounts(labelled, labels, minScore);
    const names = labels.map(({ name }) => name);
    const options = { width: 430, height: 430, most: 14, title: 'Labelled as, and found as: all boxes, shown or not' };
    const chart = {
      words: `Confusion matrix: what people drew, down, and what the model found there, across: all boxes${least}`,
      ...bothThemes((dark) => confusionMatrix(counts, [...names, 'nothing'], { ...options, dark, regions: true })),
    };
    return withPairFilters(chart, counts, names, pageLabels);
  }
}

/** NaN where nothing was drawn. */
function precisionText(averagePrecision: number): string {
  return Number.isNaN(averagePrecision) ? 'nothing to find' : averagePrecision.toFixed(2);
}

/** [classes + 1, classes + 1]: boxes that are shown, and those that only one of both has. */
function confusionCounts(
  images: readonly LabelledImage[],
  labels: readonly Label[],
  minScore: number,
): ArrayLike<number> {
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const placed = ({ boxes, labelIds }: GroundTruth): GroundTruth => ({
    boxes,
    labelIds: Array.from(labelIds, (id) => places.get(id)!),
  });
  const { counts } = detectionConfusionTable(
    images.map(({ given }) => ({ ...placed(given), ...(given.crowds && { crowds: placed(given.crowds) }) })),
    images.map(({ predicted }) => ({ ...placed(predicted), scores: predicted.scores })),
    labels.length,
    { minScore },
  );
  return counts;
}

function bothThemes(draw: (dark: boolean) => string): { light: string; dark: string } {
  return { light: draw(false), dark: draw(true) };
}

/** Ten of them that differ by an image at most; fewer where there are fewer images. */
function inParts(images: readonly LabelledImage[]): LabelledImage[][] {
  const count = Math.min(numParts, images.length);
  const edge = (part: number): number => Math.round((part * images.length) / count);
  return Array.from({ length: count }, (_, part) => images.slice(edge(part), edge(part + 1)));
}

function precisionOf(images: readonly LabelledImage[]): Decile {
  const { mean } = averagePrecision(
    images.map(({ given }) => given),
    images.map(({ predicted }) => predicted),
    { ids: images.map(({ image_id }) => image_id) },
  );
  return { averagePrecision: mean, images: images.length };
}

/** How sure the model is of each box that is shown, and whether it is there; without those in
 * crowds.
 */
function outcomes(images: readonly LabelledImage[], minScore: number): [Float32Array, Uint8Array] {
  const hits = matchDetections(
    images.map(({ given }) => given),
    images.map(({ predicted }) => predicted),
  );
  const counted = images.flatMap(({ predicted: { scores } }, image) =>
    Array.from(scores, (score, box) => ({ score, hit: hits[image]![box]! })).filter(
      ({ score, hit }) => score >= minScore && hit !== inCrowd,
    ),
  );
  return [Float32Array.from(counted, ({ score }) => score), Uint8Array.from(counted, ({ hit }) => hit)];
}
