import type { DetectorHead, DetectorSpec } from '@qualm/types';
import { createPairReader } from './boxes-and-scores.ts';
import { recogniseDetr } from './recognise/recognise-detr.ts';

const schema = {
  type: 'object',
  description: 'Queries with boxes and class logits, as DETR, RT-DETR, RF-DETR and D-FINE give them.',
  additionalProperties: false,
  required: ['outputs', 'activation', 'noObject'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read; their shapes alone do not tell them apart.',
      additionalProperties: false,
      required: ['boxes', 'logits'],
      properties: {
        boxes: { type: 'string', minLength: 1 },
        logits: { type: 'string', minLength: 1 },
      },
    },
    activation: {
      enum: ['sigmoid', 'softmax'],
      description: 'What has to be applied to the logits: sigmoid (RT-DETR, RF-DETR, D-FINE) or softmax (DETR).',
    },
    noObject: {
      enum: ['last', 'none'],
      description: 'Where the column "no object" stands: the last one (DETR, RF-DETR), or there is none (RT-DETR).',
    },
  },
} as const;

/** What a spec says of a DETR and what followed it. */
export type DetrHeadSpec = DetectorSpec<'detr', typeof schema>;

/** DETR, RT-DETR, RF-DETR, D-FINE: boxes [n, queries, 4] as cx, cy, w, h relative to the input,
 * logits [n, queries, classes (+ 1)]. No box suppresses another.
 * @see Carion et al. 2020, "End-to-End Object Detection with Transformers", section 3
 * @see https://github.com/huggingface/transformers (post_process_object_detection of each model)
 */
export const detr: DetectorHead<DetrHeadSpec> = {
  type: 'detr',
  schema,
  defaults: { iouThreshold: 1, maxDetections: 300 },
  createReader: ({ outputs: { boxes, logits }, activation, noObject }, context) =>
    createPairReader(
      {
        ...{ head: 'detr', outputs: { boxes, scores: logits }, format: 'cxcywh', units: 'relative', activation },
        background: noObject,
        adviseColumns: (columns) => adviceFor(columns, noObject, context.numLabels),
      },
      context,
    ),
  recognise: recogniseDetr,
};

/** Columns of COCO's sparse ids, 0 to 90. */
const cocoColumns = 91;

function adviceFor(columns: number, noObject: 'last' | 'none', labels: number): string | undefined {
  if (noObject === 'none' && columns === labels + 1)
    return 'where the last column is "no object", set head.noObject to "last", else list the label that is missing';
  if (noObject === 'last' && columns === labels - 1)
    return 'where no column is "no object", set head.noObject to "none", else leave out the label that is too many';
  const all = columns + (noObject === 'last' ? 1 : 0);
  if (all === cocoColumns && labels < columns)
    return (
      `${cocoColumns} columns are those of COCO, which RF-DETR exports after fine-tuning too unless it is told how many classes ` +
      `there are: export again with num_classes=${labels}, or list a label for each column`
    );
  return undefined;
}
