import { answersFormat } from '../answers/answer.ts';
import type { Answer } from '../answers/answer.ts';
import type { AskedPictures } from '../answers/pictures.ts';
import type { ReportData } from '../report-data.ts';
import type { KeptForm } from './kept-file.ts';

/** What a file of the answers to a report's questions looks like: each entry has the key of its
 * question, and which image that is about.
 */
export function answersForm({ id, title, cells }: ReportData, pictures: AskedPictures): KeptForm<Answer> {
  return {
    ...{ ...answersFormat, list: 'answers', whyAnother: 'Update qualm, or ' },
    contents(all) {
      const answers = Array.from(all, ([key, answer]) => {
        const cell = pictures.find(key)!.cells[0]!;
        return { id: key, image_id: cells.imageId[cell]!, image: cells.image[cell]!, ...answer };
      });
      return { ...answersFormat, report: id, title, answers };
    },
  };
}
