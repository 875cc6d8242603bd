import { QualmError } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { quoteTable, tableParts } from '../texts/names.ts';

/** @throws QualmError `options-invalid` where there is a table or view of that name, or where Spark
 * would not let a table be called so, which it says late.
 */
export async function assertNoTable(session: SparkSession, name: string, signal?: AbortSignal): Promise<void> {
  const last = tableParts('predict', name).at(-1)!;
  if (!/^\w+$/.test(last)) {
    throw new QualmError(
      'options-invalid',
      `predict: a table cannot be called ${JSON.stringify(last)}; Spark takes letters from a to z, digits and _`,
    );
  }
  try {
    await (await session.sql(`DESCRIBE TABLE ${quoteTable('predict', name)}`, signal ? { signal } : {})).rows();
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw tableExists(name);
}

/** The error of a table that is there already. */
export function tableExists(name: string, cause?: unknown): QualmError {
  return new QualmError(
    'options-invalid',
    `predict: there is a table ${name} already${cause ? ', made while this ran' : ''}; name another, or drop it first`,
    cause ? { cause } : {},
  );
}

/** Whether Spark says that a table is there already. */
export function saysTableExists(error: unknown): boolean {
  return textOf(error).includes('TABLE_OR_VIEW_ALREADY_EXISTS') || textOf(error).includes('LOCATION_ALREADY_EXISTS');
}

function isMissing(error: unknown): boolean {
  return textOf(error).includes('TABLE_OR_VIEW_NOT_FOUND');
}

function textOf(error: unknown): string {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 5; at = at.cause) {
    texts.push(at.message, String((at as { readonly errorClass?: unknown }).errorClass ?? ''));
  }
  return texts.join('\n');
}
