import type { ReportData } from '../report-data.ts';
import { markKind } from '../mark-change.ts';
import { openKept } from './kept/keeper.ts';
import { browserStore, serverStore } from './kept/kept-stores.ts';
import { startPage } from './start-page.ts';

/** Where the page begins. */
async function main(): Promise<void> {
  const data = JSON.parse(document.querySelector('#data')!.textContent!) as ReportData;
  const known = new Set(data.cells.id);
  const store = data.served ? serverStore(fetch, markKind) : browserStore(() => localStorage, markKind);
  startPage(data, await openKept(markKind, store, (id) => known.has(id)));
}

void main();
