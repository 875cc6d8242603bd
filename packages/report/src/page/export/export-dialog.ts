import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import { askingDialog } from '../asking-dialog.ts';
import { element } from '../element.ts';
import { cellsAsCoco } from './export-coco.ts';
import { cellsAsCsv, cellsAsJson } from './export-rows.ts';
import { saveFile } from '../page-parts.ts';
import { thingWords } from '../words.ts';

/** Cells that can be exported together, and what they are called. */
export interface ExportChoice {
  readonly name: string;
  /** As the page says it, where that is another word. */
  readonly words?: string;
  readonly indices: readonly number[];
}

/** What can be exported of a page.
 * @param selected where there is a selection, it comes first
 */
export function exportChoices(
  { cells: { id }, verdicts }: Pick<ReportData, 'cells' | 'verdicts'>,
  marks: Marks,
  { shown, selected }: { readonly shown: readonly number[]; readonly selected: ReadonlySet<number> },
): ExportChoice[] {
  const marked = id.flatMap((one, index) => (marks.has(one) ? [index] : []));
  const judged = (verdict: string): number[] => marked.filter((index) => marks.get(id[index]!)!.verdict === verdict);
  return [
    { name: 'selected', indices: shown.filter((index) => selected.has(index)) },
    { name: 'accepted', words: verdicts.accept.done, indices: judged('accept') },
    { name: 'rejected', words: verdicts.reject.done, indices: judged('reject') },
    { name: 'marked', indices: marked },
    { name: 'shown', indices: shown },
  ];
}

const kinds = [
  ['csv', 'CSV, for spreadsheets and qualm', 'text/csv', cellsAsCsv],
  ['json', 'JSON, for programs and qualm', 'application/json', cellsAsJson],
  ['coco.json', "COCO with the model's boxes", 'application/json', cellsAsCoco],
] as const;

/** Asks what is to be exported, and as what. */
export function createExportDialog(data: ReportData): {
  readonly root: HTMLDialogElement;
  ask(choices: readonly ExportChoice[], marks: Marks): void;
} {
  let asked: readonly ExportChoice[] = [];
  let marks: Marks = new Map();
  const what = element('select', { id: 'export-what' });
  const kind = element(
    'select',
    { id: 'export-as' },
    ...kinds.map(([value, text]) => element('option', { value }, text)),
  );
  const parts = [
    element('h2', {}, 'Export'),
    ...[element('label', { for: 'export-what' }, 'What'), what],
    ...[element('label', { for: 'export-as' }, 'As'), kind],
  ];
  const root = askingDialog('Export', parts, () => {
    const choice = asked.find(({ name }) => name === what.value);
    const [ending, , type, write] = kinds.find(([value]) => value === kind.value)!;
    if (choice) saveFile(`${choice.name}-${data.id}.${ending}`, type, write(data, choice.indices, marks));
  });
  return {
    root,
    ask(choices, all) {
      [asked, marks] = [choices, all];
      what.replaceChildren(
        ...choices.map(({ name, words = name, indices }) =>
          element(
            'option',
            { value: name, disabled: indices.length === 0 },
            `${words}: ${thingWords(data.by, indices.length)}`,
          ),
        ),
      );
      what.value = choices.find(({ indices }) => indices.length > 0)?.name ?? 'shown';
      root.showModal();
    },
  };
}
