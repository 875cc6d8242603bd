import { basename } from 'node:path';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { openFolder } from '@qualm/datasets';
import { loadModel } from '@qualm/pipeline';
import { entropy, margin } from '@qualm/strategies';
import { explode, predict, rank, score } from '@qualm/tables';
import type { Backends, Box2d, OutputForm, Image, ModelRegistry } from '@qualm/types';
import * as vision from '@qualm/vision';
import type { AnswerRow } from './compare-answers.ts';
import type { Question } from './sampling-statements.ts';

const six = ['person', 'chair', 'remote', 'cell phone', 'sheep', 'cow'];

/** The rows of the pipeline for each question, best first and all of them but where the question
 * itself is about the first ones.
 */
export async function arqueroAnswers(
  backends: Backends,
  registry: ModelRegistry,
  photographs: string,
): Promise<Readonly<Record<Question, readonly AnswerRow[]>>> {
  const images = [...(await openFolder(photographs))];
  const table = aq.table({
    image_id: images.map(({ image_id }) => image_id),
    image: images.map(({ image }) => image),
  });
  const shown = await boxesOf('ssd', 'detections');
  const all = await boxesOf('class_scores', 'class_scores');
  // Spark's difference of two FLOAT is a FLOAT.
  const margins = rank(
    score(all, margin).derive({ margin: aq.escape((row: { margin: number }) => Math.fround(row.margin)) }),
    { by: 'margin', order: 'ascending' },
  );
  return {
    'least confident': rank(shown, { by: 'score', order: 'ascending' }).objects().map(boxRow),
    'smallest margins': margins.objects().map(boxRow),
    'highest entropies': rank(score(all, entropy), { by: entropy }).objects().map(boxRow),
    confused: confused(margins.slice(0, 10000)).objects() as AnswerRow[],
    counts: counts(shown).objects() as AnswerRow[],
  };

  async function boxesOf(name: string, form: OutputForm): Promise<ColumnTable> {
    const model = await loadModel(await registry.resolve(`mlflow:/${name}`), { backends, vision, form });
    const boxes = explode(await predict(table, model), 'detections', { labels: model.labels });
    await model.dispose();
    return boxes;
  }
}

/** How often which class is the best beside which, and the mean of their margins. */
function confused(margins: ColumnTable): ColumnTable {
  return margins
    .groupby({ first_class: 'd => d.label', second_class: 'd => d.second_label' })
    .rollup({ cnt: aq.op.count(), avg_margin: aq.op.mean('margin') })
    .orderby(aq.desc('cnt'));
}

function counts(shown: ColumnTable): ColumnTable {
  return shown
    .filter(aq.escape(({ label }: { label: string }) => six.includes(label)))
    .groupby('label')
    .rollup({ cnt: aq.op.count() })
    .orderby(aq.desc('cnt'));
}

interface BoxRow {
  readonly image_id: string;
  readonly image: Image;
  readonly box: Box2d;
  readonly score?: number;
  readonly label_id?: number;
  readonly scores?: ArrayLike<number>;
  readonly label_ids?: ArrayLike<number>;
  readonly margin?: number;
  readonly entropy?: number;
}

/** A row as the statements have it, without what only the pipeline adds. */
function boxRow(row: object): AnswerRow {
  const { image_id, image, box, label_id, label_ids, scores, ...rest } = row as BoxRow;
  return {
    ...{ image_id, image: basename(image.uri!), box: [box.xmin, box.ymin, box.xmax, box.ymax].map(Math.fround) },
    ...(scores && label_ids ? { scores: Array.from(scores), label_ids: Array.from(label_ids) } : { label_id }),
    ...(rest.margin !== undefined && { margin: rest.margin }),
    ...(rest.entropy !== undefined && { entropy: rest.entropy }),
    ...(!scores && { score: rest.score }),
  };
}
