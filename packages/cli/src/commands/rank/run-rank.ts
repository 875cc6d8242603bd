import { rankingNotes, rankPredictions } from '@qualm/selection';
import { namedRanking, optionNames } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { claimList, writeList } from '../../output/write-list.ts';
import type { ListOutput } from '../../output/write-list.ts';

/** What `qualm rank` was asked for. */
export interface RankCommandOptions extends ListOutput, RankingOptions {
  readonly level: 'detections' | 'images';
  readonly limit: number;
}

/** Ranks stored predictions and writes the list. */
export async function runRank(options: RankCommandOptions, terminal: Terminal): Promise<void> {
  await claimList(options, terminal);
  const reporter = createReporter(terminal, { json: false });
  const { predictions, level, limit } = options;
  const asked = await namedRanking(options, terminal.cwd);
  const [limitOfBoxes, images] = level === 'detections' ? [limit, 0] : [0, limit];
  const ranking = await rankPredictions(predictions, {
    ...{ ...asked, limit: limitOfBoxes, images, signal: terminal.signal },
  });
  for (const note of rankingNotes(ranking, optionNames)) reporter.note(note);
  const { strategy, imageColumn } = ranking.choice;
  await (level === 'detections'
    ? writeList(ranking.boxes, strategy.name, options, terminal)
    : writeList(ranking.images, imageColumn, options, terminal));
}
