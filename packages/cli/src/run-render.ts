import { drawSelection } from './draw-selection.ts';
import { rankPredictions } from './rank-predictions.ts';
import { showInline } from './show-inline.ts';
import { resolveStrategy } from './strategies.ts';
import type { Reporter } from './reporter.ts';
import type { InlineChoice } from './terminal-graphics.ts';
import type { Terminal } from './terminal.ts';

/** What `qualm render` was asked for. */
export interface RenderOptions {
  readonly predictions: string;
  readonly strategy: string;
  readonly aggregate: string;
  readonly empty: 'first' | 'last' | number;
  readonly minScore: number;
  readonly seed?: number | undefined;
  readonly top: number;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly out: string;
  readonly inline: InlineChoice;
  readonly json?: true | undefined;
}

/** Draws the least sure images of stored predictions. */
export async function runRender(options: RenderOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { predictions, out, top, minScore } = options;
  const strategy = await resolveStrategy(options.strategy, terminal.cwd);
  const ranking = await rankPredictions(predictions, { ...options, strategy, limit: 1, signal: terminal.signal });
  const pictures = await drawSelection(out, predictions, ranking, strategy, {
    top,
    minScore,
    font: options.font,
    signal: terminal.signal,
  });
  for (const warning of pictures.warnings) reporter.warn(warning);
  await showInline(pictures.contactSheet, terminal, options.inline);
  reporter.note(`${pictures.pictures.length} pictures; look at ${pictures.contactSheet ?? out}`);
  await reporter.result({ ...pictures });
}
