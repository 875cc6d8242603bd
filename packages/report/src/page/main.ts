import type { ReportData } from '../report-data.ts';
import { browserStore, serverStore } from './marks/mark-stores.ts';
import { openMarks } from './marks/marks.ts';
import { startPage } from './start-page.ts';

/** Where the page begins. */
async function main(): Promise<void> {
  const data = JSON.parse(document.querySelector('#data')!.textContent!) as ReportData;
  const store = data.served ? serverStore(fetch) : browserStore(() => localStorage);
  startPage(data, await openMarks(data, store));
}

void main();
