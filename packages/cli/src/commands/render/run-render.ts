import { join } from 'node:path';
import { rankingNotes, rankPredictions } from '@qualm/selection';
import { counted } from '@qualm/types';
import { drawPictures, sheetName } from '../../output/draw-pictures.ts';
import { claimFiles } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { readChosen } from '../../input/chosen-images.ts';
import type { ChosenLists } from '../../input/chosen-images.ts';
import { namedRanking, optionNames } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import { showInline } from '../../output/show-inline.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { InlineChoice } from '../../output/terminal-graphics.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What `qualm render` was asked for. */
export interface RenderOptions extends RankingOptions, ChosenLists, OverwriteOptions {
  readonly top: number;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly out: string;
  readonly inline: InlineChoice;
  readonly json?: true | undefined;
}

/** Draws the least sure images of stored predictions. */
export async function runRender(options: RenderOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { predictions, out, top, font, force } = options;
  await claimFiles([join(out, sheetName)], options);
  const { cwd, signal } = terminal;
  const asked = await namedRanking(options, cwd);
  const only = await readChosen(options, { cwd });
  const ranking = await rankPredictions(predictions, { ...asked, only, limit: 0, images: 0, pictures: top, signal });
  for (const warning of only?.warnings() ?? []) reporter.warn(warning);
  for (const note of rankingNotes(ranking, optionNames)) reporter.note(note);
  const pictures = await drawPictures(out, ranking, { font, force, signal });
  for (const warning of pictures.warnings) reporter.warn(warning);
  await showInline(pictures.contactSheet, terminal, options.inline);
  reporter.note(`${counted(pictures.pictures.length, 'picture')}; look at ${pictures.contactSheet ?? out}`);
  await reporter.result({ ...pictures });
}
