import type { Changed, KeptKind } from './kept/kept-kind.ts';
import { noMark, readMark } from './selection.ts';
import type { Mark } from './selection.ts';

/** What somebody changed of a mark, field by field, so that what others changed meanwhile stays. */
export interface MarkChange {
  /** `from` is what they saw. */
  readonly verdict?: { readonly from: Mark['verdict']; readonly to: Mark['verdict'] };
  readonly tags?: { readonly add: readonly string[]; readonly remove: readonly string[] };
}

/** The change that leads from one mark to another; null stands for none. */
export function changeBetween(before: Mark | null, after: Mark | null): MarkChange {
  const [from, to] = [before ?? noMark, after ?? noMark];
  const add = to.tags.filter((tag) => !from.tags.includes(tag));
  const remove = from.tags.filter((tag) => !to.tags.includes(tag));
  return {
    ...(from.verdict !== to.verdict && { verdict: { from: from.verdict, to: to.verdict } }),
    ...(add.length + remove.length > 0 && { tags: { add, remove } }),
  };
}

/** A mark after a change. A verdict that is no longer the one that the change begins at stays, and
 * the change is behind; tags are added and removed in any case.
 */
export function applyChange(current: Mark | null, { verdict, tags }: MarkChange): Changed<Mark> {
  const now = current ?? noMark;
  const isBehind = verdict !== undefined && now.verdict !== verdict.from && now.verdict !== verdict.to;
  const kept = now.tags.filter((tag) => !tags?.remove.includes(tag));
  const value = readMark({
    verdict: verdict && !isBehind ? verdict.to : now.verdict,
    tags: [...kept, ...(tags?.add ?? [])],
  });
  return { value, isBehind };
}

/** Marks, as they are kept. */
export const markKind: KeptKind<Mark, MarkChange> = {
  ...{ name: 'marks', prefix: 'qualm-mark/', read: readMark, changeBetween, apply: applyChange, readChange },
};

function readChange({ verdict, tags }: Readonly<Record<string, unknown>>): MarkChange | null {
  if (!isFields(verdict, isVerdict, 'from', 'to') || !isFields(tags, isTexts, 'add', 'remove')) return null;
  return {
    ...(verdict !== undefined && { verdict: verdict as NonNullable<MarkChange['verdict']> }),
    ...(tags !== undefined && { tags: tags as NonNullable<MarkChange['tags']> }),
  };
}

/** True for what is not there, and for an object that has these two fields. */
function isFields(value: unknown, isField: (field: unknown) => boolean, ...names: readonly string[]): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => isField((value as Readonly<Record<string, unknown>>)[name]));
}

function isVerdict(value: unknown): boolean {
  return value === 'accept' || value === 'reject' || value === null;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
