import { counted } from '@qualm/types';
import type { Answers } from '../../answers/answer.ts';
import type { AskedPictures } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import { askingDialog } from '../asking-dialog.ts';
import { element } from '../element.ts';
import { saveFile } from '../page-parts.ts';
import { thingWords } from '../words.ts';
import { ambiguousNames, answersAsCoco, labelledPictures } from './labels-coco.ts';
import type { LabelledPictures } from './labels-coco.ts';

const kinds: Readonly<Record<LabelledPictures, string>> = {
  finished: 'finished',
  begun: 'with any answer',
};

const aboutLabels =
  'A COCO file: answers as boxes, with who gave them and when. A picture is finished when each of its boxes is ' +
  'answered and nothing is missed; train on those.';

/** Asks which labels are to be exported, and exports them. */
export function createLabelsDialog(
  data: ReportData,
  pictures: AskedPictures,
  answers: Answers,
): { readonly root: HTMLDialogElement; ask(): void } {
  const which = element('select', { id: 'labels-which' });
  const ambiguous = element('p', { class: 'ambiguous', hidden: true });
  const parts = [
    element('h2', {}, 'Export labels'),
    ...[element('label', { for: 'labels-which' }, 'Pictures'), which],
    element('p', {}, aboutLabels),
    ambiguous,
  ];
  const root = askingDialog('Export labels', parts, () => {
    const kind = which.value as LabelledPictures;
    const chosen = labelledPictures(pictures, answers)[kind];
    saveFile(`labels-${kind}-${data.id}.coco.json`, 'application/json', answersAsCoco(data, chosen, answers));
  });
  return {
    root,
    ask() {
      const found = labelledPictures(pictures, answers);
      const names = (Object.keys(kinds) as LabelledPictures[]).map((kind) => {
        const words = `${kinds[kind]}: ${thingWords('image', found[kind].length)}`;
        return element('option', { value: kind, disabled: kind === 'finished' && found[kind].length === 0 }, words);
      });
      ambiguous.textContent = ambiguousWords(ambiguousNames(data, answers));
      ambiguous.hidden = ambiguous.textContent === '';
      which.replaceChildren(...names);
      which.value = found.finished.length > 0 ? 'finished' : 'begun';
      root.showModal();
    },
  };
}

/** Which answers do not say which class they mean; empty where all do. */
function ambiguousWords(names: ReadonlyMap<string, number>): string {
  return [...names]
    .map(([name, count]) => {
      const objects = counted(count, 'object with this name alone has', 'objects with this name alone have');
      return `Several classes are called ${name}: ${objects} a category apart.`;
    })
    .join(' ');
}
