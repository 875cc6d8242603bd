import { join } from 'node:path';
import { drawSelection, sheetName } from './draw-selection.ts';
import { claimFiles } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import { rankAsAsked } from './rank-as-asked.ts';
import type { RankingOptions } from './rank-as-asked.ts';
import { rankingNotes } from './ranking-notes.ts';
import { showInline } from './show-inline.ts';
import type { Reporter } from './reporter.ts';
import type { InlineChoice } from './terminal-graphics.ts';
import type { Terminal } from './terminal.ts';

/** What `qualm render` was asked for. */
export interface RenderOptions extends RankingOptions, OverwriteOptions {
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
  const ranking = await rankAsAsked(options, 1, terminal);
  for (const note of rankingNotes(ranking)) reporter.note(note);
  const pictures = await drawSelection(out, predictions, ranking, { top, font, force, signal: terminal.signal });
  for (const warning of pictures.warnings) reporter.warn(warning);
  await showInline(pictures.contactSheet, terminal, options.inline);
  reporter.note(`${pictures.pictures.length} pictures; look at ${pictures.contactSheet ?? out}`);
  await reporter.result({ ...pictures });
}
