import type { ClassifierHead, ClassifierSpec, ScoresReader } from '@qualm/types';
import { softmax } from '../softmax.ts';
import { logistic } from './activation.ts';
import { assertLabels, readOutput } from './read-output.ts';
import { recogniseClassifier } from './recognise/recognise-classifier.ts';

const schema = {
  type: 'object',
  description: 'One row of class scores for an image.',
  additionalProperties: false,
  required: ['outputs', 'activation'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['scores'],
      properties: {
        scores: { type: 'string', minLength: 1 },
      },
    },
    activation: {
      enum: ['softmax', 'sigmoid', 'none'],
      description: 'What has to be applied to the scores: none, where the model ends in it.',
    },
  },
} as const;

/** What a spec says of a classifier. */
export type ClassifierHeadSpec = ClassifierSpec<'classifier', typeof schema>;

/** A classifier of whole images. */
export const classifier: ClassifierHead<ClassifierHeadSpec> = {
  type: 'classifier',
  schema,
  defaults: null,
  createReader: (head, { numLabels }) => createClassifierReader(head, numLabels),
  recognise: recogniseClassifier,
};

/** Reads [n, classes] (or [n, classes, 1, 1]). */
function createClassifierReader(head: ClassifierHeadSpec, numLabels: number): ScoresReader {
  const name = head.outputs.scores;
  const scores = new Float32Array(numLabels);

  return {
    outputs: [name],
    read: (outputs, image) => {
      const wanted = outputs[name]?.shape.length === 4 ? ['n', 'classes', 1, 1] : ['n', 'classes'];
      const { data, offset, shape } = readOutput('classifier', outputs, name, image, wanted);
      assertLabels('classifier', name, shape, shape[1]!, numLabels);
      scores.set(data.subarray(offset, offset + numLabels));
      activate(head.activation, scores);
      const matrix = { data, offset, numAnchors: numLabels, numClasses: 1, anchorStride: 1, classStride: 1 };
      return { scores, raw: [{ output: name, matrix, wanted: head.activation === 'none' ? 'scores' : 'logits' }] };
    },
  };
}

function activate(activation: ClassifierHeadSpec['activation'], scores: Float32Array): void {
  if (activation === 'softmax') softmax(scores, scores.length, scores);
  if (activation === 'sigmoid') scores.forEach((raw, c) => (scores[c] = logistic(raw)));
}
