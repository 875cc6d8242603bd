import type { PredictionManifest } from './manifest.ts';

/** What two runs have to agree in to be of one set, beside what they are made of. */
export const fieldsOfRun = ['form', 'rowsPerShard', 'labels', 'scoreKind', 'task', 'shapes'] as const;

/** The first field that two manifests do not agree in, in words; null where they agree. */
export function fieldDifference(
  found: PredictionManifest,
  wanted: PredictionManifest,
  fields: readonly (keyof PredictionManifest)[],
): string | null {
  const differs = fields.find((field) => JSON.stringify(found[field]) !== JSON.stringify(wanted[field]));
  if (!differs) return null;
  const [was, is] = [found, wanted].map((manifest) => shorten(JSON.stringify(manifest[differs]) ?? 'not there'));
  return `${differs} was ${was}, is ${is}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
