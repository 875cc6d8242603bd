import { countText } from '@qualm/types';
import type { Answer } from '../../answers/answer.ts';
import type { AskedBox } from '../../answers/pictures.ts';
import type { ReportData } from '../../report-data.ts';
import { clipped } from '../questions/edited-box.ts';
import type { Size } from '../questions/edited-box.ts';

/** What was answered about a box: `→ airplane`, `→ airplane, moved`, `no object` or `cannot tell`.
 * @param size of the image
 */
export function boxAnswerWords({ box }: AskedBox, { objects }: Answer, size: Size): string {
  if (objects === null) return 'cannot tell';
  const [object] = objects;
  if (!object) return 'no object';
  const [before, after] = [clipped(box, size), object.box];
  return `→ ${object.label}${before.some((edge, at) => edge !== after[at]) ? ', moved' : ''}`;
}

/** The same with which of an image's boxes it is: `dog, box 3 → cat`, `dog, box 3: no object`. */
export function listedAnswerWords({ labels }: ReportData, { box }: AskedBox, answered: string): string {
  const number = box.box < 0 ? '' : `box ${box.box}`;
  const name = [labels[box.label] ?? '', number].filter(Boolean).join(', ');
  if (name === '') return answered;
  return answered.startsWith('→') ? `${name} ${answered}` : `${name}: ${answered}`;
}

/** `→ airplane` as those need it who hear the page: `answered airplane`. */
export function spokenAnswer(words: string): string {
  return `answered ${words.replace(/^→ /, '')}`;
}

/** What was missed in an image: `nothing missed`, `2 missed`. */
export function missedWords({ objects }: Answer): string {
  if (objects === null) return 'cannot tell what is missed';
  return objects.length === 0 ? 'nothing missed' : `${countText(objects.length)} missed`;
}
