import { longestName } from '../../answers/answer.ts';

const entry = 'qualm-name';

/** The name of whoever answers, as long as the browser keeps it, or else the page. */
export function rememberedName(storage: () => Storage): { readonly get: () => string; set(name: string): void } {
  let name = '';
  try {
    name = (storage().getItem(entry) ?? '').slice(0, longestName);
  } catch {
    // A private window: nobody is remembered.
  }
  return {
    get: () => name,
    set(given) {
      name = given.trim().slice(0, longestName);
      try {
        storage().setItem(entry, name);
      } catch {
        // It is kept all the same while the page is open.
      }
    },
  };
}
