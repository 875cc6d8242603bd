import type { SingleBar } from 'cli-progress';
import { progressLine } from './progress-line.ts';
import type { ProgressParts } from './progress-line.ts';
import { styledText } from './styled-text.ts';
import type { Styled } from './styled-text.ts';
import type { Terminal } from './terminal.ts';
import { wantsEscapes } from './terminal.ts';
import { writeData } from '../output/write-data.ts';

/** How far a run is. */
export interface ProgressState {
  readonly done: number;
  readonly failed: number;
  /** Null when unknown. */
  readonly total: number | null;
  /** What is counted. Default `images`. */
  readonly unit?: string;
}

/** Tells the user what goes on: a bar on a terminal, plain lines elsewhere, events with `--json`;
 * all but the events on stderr.
 */
export interface Reporter {
  /** A message, or one of plain and styled parts. */
  note(message: string | readonly (string | Styled)[]): void;
  warn(message: string): void;
  progress(label: string, state: ProgressState): void;
  /** Ends a bar or line of progress. */
  settle(): void;
  /** The one result of the run, as JSON on stdout with `--json`. */
  result(value: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface ReporterOptions {
  readonly json: boolean;
  readonly quiet?: boolean;
  readonly now?: () => number;
  /** Milliseconds between lines or events of progress where there is no bar. */
  readonly interval?: number;
}

/** A reporter for this terminal. Its bar is loaded while the run begins; until then there is
 * nothing to show on it.
 */
export function createReporter(terminal: Terminal, options: ReporterOptions): Reporter {
  const { json, quiet = false, now = Date.now, interval = 2000 } = options;
  const escapes = wantsEscapes(terminal, 'stderr');
  const write = (text: string): void => void (quiet || terminal.stderr.write(`${text}\n`));
  const say = (...parts: readonly (string | Styled)[]): void => write(styledText(parts, escapes));
  const wantsBar = escapes && !json && !quiet;
  let bar: SingleBar | null = null;
  const stopped = (): boolean => terminal.signal.aborted;
  if (wantsBar && !stopped()) {
    void createBar(terminal).then((created) => (bar = created));
    // Before the word that the run stops is written: the bar would go on below it.
    terminal.signal.addEventListener('abort', () => reporter.settle(), { once: true });
  }
  let barRuns = false;
  let began: number | null = null;
  let last = -Infinity;

  // The first tenth of a second says nothing about speed, unless there is no more.
  const rateOf = ({ done, total }: ProgressState): number => {
    const elapsed = Math.max(1, now() - began!);
    return elapsed < 100 && done < (total ?? Infinity) ? 0 : (1000 * done) / elapsed;
  };
  const line = (label: string, state: ProgressState): void => {
    const { done, failed, total, unit = 'images' } = state;
    const rate = rateOf(state);
    const speed = rate > 0 ? ` · ${rate.toFixed(1)} ${unit}/s` : '';
    const left = total !== null && done < total && rate > 0 ? ` · ${Math.ceil((total - done) / rate)} s left` : '';
    say(`${label}: ${total === null ? done : `${done}/${total}`} · ${failed} failed${speed}${left}`);
  };

  const reporter: Reporter = {
    note(message) {
      reporter.settle();
      say(...(typeof message === 'string' ? [message] : message));
    },
    warn(message) {
      reporter.settle();
      say({ style: 'yellow', text: `warning: ${message}` });
    },
    progress(label, state) {
      if (stopped()) return;
      began ??= now();
      if (wantsBar) {
        if (!bar) return;
        const payload = { ...state, label, rate: rateOf(state), unit: state.unit ?? 'images' };
        if (!barRuns) bar.start(state.total ?? 0, state.done, payload);
        barRuns = true;
        bar.update(state.done, payload);
        return;
      }
      if (state.done < (state.total ?? Infinity) && now() - last < interval) return;
      last = now();
      if (json) terminal.stdout.write(`${JSON.stringify({ type: 'progress', label, ...state })}\n`);
      else line(label, state);
    },
    settle() {
      if (barRuns) bar?.stop();
      barRuns = false;
      began = null;
      last = -Infinity;
    },
    async result(value) {
      reporter.settle();
      if (json) await writeData(terminal.stdout, `${JSON.stringify({ type: 'result', ...value })}\n`);
    },
  };
  return reporter;
}

async function createBar(terminal: Terminal): Promise<SingleBar> {
  const { default: progress } = await import('cli-progress');
  return new progress.SingleBar(
    {
      stream: terminal.stderr,
      format: (_options, _parameters, parts: ProgressParts) => progressLine(parts, terminal.stderr.columns || 80),
      // A run that is killed could not show it again.
      hideCursor: false,
      clearOnComplete: false,
      gracefulExit: false,
    },
    progress.Presets.shades_classic,
  );
}
