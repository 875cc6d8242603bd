import { errorReason } from '@qualm/selection';

type Row = Readonly<Record<string, unknown>>;

/** Why a row is in the list that it stands in: what batch says, or what is likely wrong with a
 * label; null where the list does not say.
 */
export function reasonIn(row: Row): string | null {
  const reason = textOf(row, 'reason');
  if (reason !== null) return reason;
  const error = textOf(row, 'error');
  const quality = numberOf(row, 'quality');
  if (error === null || quality === null) return null;
  const [label, found_label, other_label] = [
    textOf(row, 'label'),
    textOf(row, 'found_label'),
    textOf(row, 'other_label'),
  ];
  return errorReason({ error, label, found_label, other_label, found_score: numberOf(row, 'found_score'), quality });
}

/** The text in a field of a row; null where there is none. */
export function textOf(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The number in a field of a row; null where there is none. */
export function numberOf(row: Row, name: string): number | null {
  const value = row[name];
  if (value == null || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
