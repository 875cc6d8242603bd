import type { ReportData } from '../report-data.ts';
import { answerKind } from '../answers/answer-kind.ts';
import { askedPictures } from '../answers/pictures.ts';
import type { KeptKind } from '../kept/kept-kind.ts';
import { markKind } from '../mark-change.ts';
import { openKept } from './kept/keeper.ts';
import type { Keeper } from './kept/keeper.ts';
import { browserStore, serverStore } from './kept/kept-stores.ts';
import { startPage } from './start-page.ts';

/** Where the page begins. */
async function main(): Promise<void> {
  const parts = document.querySelectorAll('script[type="application/json"]');
  const data = JSON.parse(Array.from(parts, (part) => part.textContent).join('')) as ReportData;
  let known: ReadonlySet<string> | undefined;
  // A large page is seen before anybody asks.
  const isKnown = (id: string): boolean => (known ??= new Set(data.cells.id)).has(id);
  const opened = <Value, Change extends object>(
    kind: KeptKind<Value, Change>,
    isOfPage: (id: string) => boolean,
  ): Promise<Keeper<Value>> => {
    const store = data.served ? serverStore(fetch, kind) : browserStore(() => localStorage, kind);
    return openKept(kind, store, isOfPage);
  };
  const pictures = askedPictures(data);
  const [marks, answers] = await Promise.all([
    opened(markKind, isKnown),
    opened(answerKind, (key) => pictures.find(key) !== undefined),
  ]);
  startPage(data, marks, { pictures, answers });
}

void main();
