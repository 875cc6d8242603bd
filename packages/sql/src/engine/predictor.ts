import { QualmError } from '@qualm/types';
import type { CallOptions } from './call-options.ts';
import type { HostCalls } from './host-calls.ts';
import { absolute, imageKey } from './image-key.ts';
import { keepRows } from './image-rows.ts';
import type { ImageRows } from './image-rows.ts';
import type { ModelTable } from './model-table.ts';
import type { PredictionCache } from './prediction-cache.ts';
import { rowFormWords } from './row-form.ts';
import type { RowForm } from './row-form.ts';

/** Images of one request: what is found in more of them would be in memory twice. */
const mostImages = 512;

/** What is known of the statement that runs. */
export interface StatementTally {
  predicted: number;
  cached: number;
  failed: number;
}

/** Predicts the images of DuckDB's chunks, each image once. */
export interface Predictor {
  predict(
    name: string,
    form: RowForm,
    images: readonly (string | Uint8Array | null)[],
    options: CallOptions,
  ): { readonly rows: readonly (ImageRows | null)[]; readonly labels: ReadonlyMap<number, string> };
  /** Begins a statement.
   * @returns what is counted from now on. */
  begin(onError: 'null' | 'fail'): StatementTally;
  /** The statement is only explained: nothing is predicted. */
  explain(): void;
  /** What the running statement was begun with. */
  readonly statement: { readonly onError: 'null' | 'fail'; readonly explains: boolean };
  /** Keeps an error for the statement, and gives the message for DuckDB. */
  failWith(error: unknown): string;
  /** The error that a function of ours threw in this statement, if any. */
  readonly failure: unknown;
}

export function createPredictor(calls: HostCalls, models: ModelTable, cache: PredictionCache, cwd: string): Predictor {
  let tally: StatementTally = { predicted: 0, cached: 0, failed: 0 };
  let statementOnError: 'null' | 'fail' = 'null';
  let isExplained = false;
  let failure: unknown = null;

  const predictMissing = (name: string, missing: readonly Missing[], onError: 'null' | 'fail'): void => {
    const images = missing.map(({ image }) => (typeof image === 'string' ? absolute(image, cwd) : image));
    for (let from = 0; from < images.length; from += mostImages) {
      const some = images.slice(from, from + mostImages);
      calls.call('predict', { name, images: some, onError, cached: tally.cached }).forEach((rows, at) => {
        missing[from + at]!.rows = rows;
        if (rows) tally.predicted++;
        else tally.failed++;
      });
    }
  };

  return {
    get statement() {
      return { onError: statementOnError, explains: isExplained };
    },
    get failure() {
      return failure;
    },
    explain() {
      isExplained = true;
    },
    begin(onError) {
      statementOnError = onError;
      isExplained = false;
      failure = null;
      tally = { predicted: 0, cached: 0, failed: 0 };
      return tally;
    },
    failWith(error) {
      failure ??= error;
      return error instanceof Error ? error.message : String(error);
    },
    predict(name, form, images, { onError = statementOnError, ...kept }) {
      calls.assertNotCancelled();
      const model = models.get(name);
      if (!model) throw new QualmError('model-missing', `ML_PREDICT: the model "${name}" no longer exists`);
      if (rowFormWords(model) !== rowFormWords(form))
        throw new QualmError(
          'query-invalid',
          `ML_PREDICT(${name}, ...): the model gives ${rowFormWords(model)} now, and gave ${rowFormWords(form)} when this was written; write it again`,
        );
      const labels = new Map(model.labels.map(({ id, name: label }) => [id, label]));
      if (isExplained) return { rows: images.map(() => null), labels };
      const fingerprint = calls.call('fingerprint', { name });
      assertMinScore(name, model.minScore, kept.minScore);
      const found = new Map<string, Missing>();
      const places = images.map((image, row) => {
        if (image === null) return null;
        const key = imageKey(image, cwd);
        const place = key ?? `row ${row}`;
        let entry = found.get(place);
        if (!entry) {
          entry = { key, image, rows: key === null ? undefined : cache.get(fingerprint, key) };
          if (entry.rows) tally.cached++;
          found.set(place, entry);
        }
        return entry;
      });
      const missing = [...found.values()].filter(({ rows }) => !rows);
      if (missing.length > 0) predictMissing(name, missing, onError);
      for (const { key, rows } of missing) if (key !== null && rows) cache.set(fingerprint, key, rows);
      return { rows: places.map((entry) => (entry?.rows ? keepRows(entry.rows, kept) : null)), labels };
    },
  };
}

interface Missing {
  readonly key: string | null;
  readonly image: string | Uint8Array;
  rows: ImageRows | null | undefined;
}

function assertMinScore(name: string, own: number, asked: number | undefined): void {
  if (asked === undefined || asked >= own) return;
  throw new QualmError(
    'query-invalid',
    `ML_PREDICT(${name}, ...): min_score is ${asked}, and the model itself keeps boxes from ${own}; ` +
      `create it with OPTIONS (min_score = ${asked})`,
  );
}
