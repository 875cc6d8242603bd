import { readCoco } from '@qualm/datasets';
import { createComparedImages } from '../choose/compared-images.ts';
import type { Measure } from '../choose/measure.ts';
import { comparedWarning } from '../choose/other-measures.ts';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import { choiceNotes, emptyWords, thresholdNotes } from '../choose/ranking-notes.ts';
import { createShardScores } from '../choose/shard-scores.ts';
import { noBoxWords } from '../draw/no-box-words.ts';
import { columnNames } from '../scan/chosen-images.ts';
import { drawnLabels, readOtherModel } from '../scan/other-boxes.ts';
import type { OtherBoxes } from '../scan/other-boxes.ts';
import { sourceInfo, sourceName } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import type { Scanned, ShardReader } from '../scan/scan-predictions.ts';
import { createModelComparer } from './compare-models.ts';
import { gatherLabelled, labelledOf } from './gather-labelled.ts';
import { createImageNumbers } from './image-numbers-by-id.ts';
import { createMissedCells } from './missed-cells.ts';
import { modelNames } from './model-names.ts';
import { createOtherCells } from './other-cells.ts';
import type { OtherGatherer } from './other-cells.ts';
import { pageCells } from './page-cell.ts';
import { pageFacts, pageOrigin } from './page-facts.ts';
import { createCells } from './report-cells.ts';
import type { CellKind } from './report-cells.ts';
import { withOutcomes } from './with-outcomes.ts';
import { askedOfOther, reportMeasures } from './report-measures.ts';
import type { ReportContents, ReportOptions } from './report-options.ts';

/** Gathers a report from a scan that others may read too. */
export interface ReportGatherer {
  /** What the scan is to measure by, and to show beside. */
  readonly measure: Measure;
  readonly others: readonly OtherBoxes[];
  readonly readers: readonly ShardReader[];
  contents(scanned: Scanned): ReportContents;
}

/** @throws as `reportOf`. */
export async function createReportGatherer(
  source: PredictionSource,
  choice: RankingChoice,
  options: ReportOptions,
): Promise<ReportGatherer> {
  const { by = 'box', cells: limit = 1000, byEach, against, coco, empty = 'last' } = options;
  const { seed, only, signal, optionNames } = options;
  const { minScore } = choice;
  const otherSet = against === undefined ? null : await sourceInfo(against);
  const asked = reportMeasures(choice, options, otherSet);
  const { measures, compared } = asked;
  const [measure] = measures;
  const scores = createShardScores(measures);
  const names = modelNames(source, against);
  const [own, other] = names;
  const origin = await pageOrigin(source, against);
  const drawn = coco === undefined ? null : await readCoco(coco, { segmentations: 'drop' });
  const others = [
    ...(against === undefined
      ? []
      : [
          await readOtherModel(against, {
            ...{ name: other, minScore, signal, measures: askedOfOther(asked) },
          }),
        ]),
    ...(drawn ? [drawnLabels(drawn)] : []),
  ];
  const comparedImages = createComparedImages(minScore, only);
  const gathering = { ...asked, comparedImages, limit, byEach, seed, only };
  const cells = createCells({ ...gathering, by, scores, empty });
  const isCompared = against !== undefined;
  const ofOther = isCompared && by === 'box' ? createOtherCells({ ...gathering, name: other }) : null;
  const comparer = isCompared ? createModelComparer(asked, scores, comparedImages) : null;
  const mismatch = otherSet && comparedWarning(choice.set, otherSet, names);
  const numbers = createImageNumbers(measure);
  const gathered = drawn ? gatherLabelled(drawn, coco!, choice, sourceName(source)) : null;
  const missed = gathered?.gathering && by === 'box' ? createMissedCells(only) : null;
  const ofLabels = gathered?.gathering ? [numbers, gathered.gathering] : [];
  // The charts' library is larger than all else, and few reports have one.
  const { labelledCharts = null } = gathered ? await import('./labelled-charts.ts') : {};
  return {
    ...{ measure, others },
    readers: [cells, ...ofLabels, ...[comparer, missed, ofOther].filter((reader) => reader !== null)],
    contents({ counts, warnings }) {
      const ranked = cells.gathered();
      const isWhole = ranked.cells.length === (by === 'box' ? counts.boxes : counts.images);
      const { labelled, warnings: untold } = gathered ? labelledOf(gathered) : nobodyLabelled;
      const judged = withOutcomes(ranked.cells, labelled, missed, {
        ...{ minScore, limit, measures: measures.length, layer: others.length - 1 },
      });
      const alone = ofOther?.others() ?? nothing;
      const all = [...judged.cells, ...alone.cells];
      const page = pageCells(all, by, choice.set.labels);
      const charting = { minScore, seed, isWhole, by, pageLabels: page.labels };
      const charts = labelled && labelledCharts?.(labelled, numbers.byId, measure, charting);
      const where = by === 'box' ? ['is not in it', 'are not in it'] : emptyWords(empty);
      return {
        ...{ cells: all, pageCells: page.cells },
        warnings: [...warnings, ...(mismatch === null ? [] : [mismatch]), ...untold],
        notes: [
          ...(options.byDisagreement ? [] : choiceNotes(choice, optionNames)),
          ...thresholdNotes(counts, { threshold: minScore, where }, optionNames),
          ...judged.notes,
          ...alone.notes,
        ],
        pageOptions: {
          title: options.title ?? (by === 'box' ? 'Least sure boxes' : 'Least sure images'),
          about: `ranked by ${wordsOf(choice, options, by)}`,
          facts: pageFacts(origin, counts, ranked, { by, minScore }),
          labels: page.labels,
          ...(choice.set.labels.length > 0 && { classes: choice.set.labels.map(({ id, name }) => ({ id, name })) }),
          by,
          strategies: measures.map(({ name, order, imageName, imageOrder }, at) => ({
            ...(by === 'box' ? { name, order } : { name: imageName, order: imageOrder, box: { name, order } }),
            ...(compared.some(({ place }) => place === at) && { compared: true }),
          })),
          ...columnNames(only),
          ...(comparer && { comparison: comparer.comparison() }),
          layers: others.length === 0 ? ['boxes'] : [own, ...others.map(({ name }) => name)],
          noBox: noBoxWords(minScore),
          ...(charts && { charts }),
        },
      };
    },
  };
}

const nothing: ReturnType<OtherGatherer['others']> = { cells: [], notes: [] };

const nobodyLabelled: ReturnType<typeof labelledOf> = { labelled: null, warnings: [] };

function wordsOf({ boxWords, imageWords }: RankingChoice, { byDisagreement }: ReportOptions, by: CellKind): string {
  if (byDisagreement) return 'disagreement (largest first): where do the models differ?';
  return by === 'box' ? boxWords : imageWords;
}
