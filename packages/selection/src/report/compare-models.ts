import type { ReportComparison } from '@qualm/report';
import type { ComparedImages } from '../choose/compared-images.ts';
import type { ShardScores } from '../choose/shard-scores.ts';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { ReportMeasures } from './report-measures.ts';

/** Counts what two models found, class by class, in all images. */
export interface ModelComparer extends ShardReader {
  comparison(): ReportComparison;
}

/** Of a class and a model: boxes, and of each measure the sum of its numbers and their count. */
interface ClassSums {
  boxes: number;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

export function createModelComparer(
  { compared }: Pick<ReportMeasures, 'compared'>,
  scores: ShardScores,
  comparedImages: ComparedImages,
): ModelComparer {
  const counts = { images: 0, notCompared: 0, agreed: 0, differently: 0, onlyFirst: 0, onlySecond: 0 };
  let leftOut = 0;
  const classes = new Map<string, [ClassSums, ClassSums]>();
  const newSums = (): ClassSums => ({
    ...{ boxes: 0, sums: new Float64Array(compared.length), counts: new Uint32Array(compared.length) },
  });
  const addBoxes = (
    model: 0 | 1,
    boxes: NamedBoxes,
    rows: Iterable<number>,
    numberOf: (measure: number, row: number) => number,
  ): void => {
    for (const row of rows) {
      const name = bestName(boxes, row) ?? '';
      if (!classes.has(name)) classes.set(name, [newSums(), newSums()]);
      const sums = classes.get(name)![model];
      sums.boxes++;
      for (let measure = 0; measure < compared.length; measure++) {
        const number = numberOf(measure, row);
        if (Number.isNaN(number)) continue;
        sums.sums[measure]! += number;
        sums.counts[measure]!++;
      }
    }
  };
  return {
    add(shard) {
      const { table, offsets } = shard;
      const own = compared.map(({ place }) => scores(shard, place));
      for (let image = 0; image < table.length; image++) {
        if (!table.boxes.valid[image]) continue;
        const found = comparedImages(shard, image);
        if (!found) {
          counts.notCompared++;
          continue;
        }
        const { first, second, pairs, alone } = found;
        const start = offsets[image]!;
        const agreed = pairs.filter(({ isSame }) => isSame).length;
        counts.images++;
        counts.agreed += agreed;
        counts.differently += pairs.length - agreed;
        counts.onlyFirst += first.length - pairs.length;
        counts.onlySecond += alone.length;
        leftOut += found.leftOut;
        const ofSecond = [...pairs.map((pair) => pair.second), ...alone];
        addBoxes(
          0,
          first,
          Array.from({ length: first.length }, (_, row) => row),
          (measure, row) => own[measure]![start + row]!,
        );
        addBoxes(1, second, ofSecond, (measure, row) => second.numbers?.[compared[measure]!.place]?.[row] ?? NaN);
      }
    },
    comparison: () => ({
      ...counts,
      ...(leftOut > 0 && { leftOut }),
      classes: [...classes].map(([name, [one, two]]) => ({
        name,
        boxes: [one.boxes, two.boxes] as const,
        means: compared.map((_, at) => [meanOf(one, at), meanOf(two, at)] as const),
      })),
    }),
  };
}

function meanOf({ sums, counts }: ClassSums, measure: number): number {
  return counts[measure] === 0 ? NaN : sums[measure]! / counts[measure]!;
}
