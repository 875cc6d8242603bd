import { Option } from '@commander-js/extra-typings';
import { strategyNames } from '@qualm/strategies/names';
import { aggregateText, emptyPolicy } from './aggregate-names.ts';
import { parseGate } from '../output/gates.ts';
import { inlineChoices } from '../output/terminal-graphics.ts';
import { mostThreads, shareNumber, unitNumber, wholeNumber } from './option-values.ts';

const devices = ['auto', 'cpu', 'cuda', 'webgpu', 'tensorrt', 'coreml', 'dml'] as const;
const forms = ['class_scores', 'detections'] as const;

/** Made anew for each command line: what a settings file says becomes its default. */
export const imagesOption = (): Option<'-i, --images <path...>'> =>
  new Option(
    '-i, --images <path...>',
    'folder of images, here or in S3 (s3://bucket/photos/), image files, URLs, or - for paths and URIs on stdin, one a line',
  ).env('QUALM_IMAGES');
export const cocoOption = new Option('--coco <file>', 'COCO instances file; its images are in --images, or beside it');
export const allowOption = new Option(
  '--allow <prefix>',
  'open images of lists and COCO files that begin so: https://images.example.org/, s3://bucket/photos/; may be repeated',
).argParser((prefix: string, before: readonly string[] | undefined) => [...(before ?? []), prefix]);
export const allowPrivateOption = new Option(
  '--allow-private',
  'open images by http(s) from this machine and private networks, too',
);
export const followLinksOption = new Option(
  '--follow-links',
  'take images behind links that lead out of the folder, and folders behind links',
);
export const limitOption = new Option('--limit <n>', 'only the first n images').argParser(wholeNumber(1));
export const modelOption = new Option(
  '-m, --model <spec>',
  'model spec, a JSON file; or a model in MLflow: mlflow:/name, mlflow:/name@alias',
)
  .env('QUALM_MODEL')
  .makeOptionMandatory();
export const specOption = new Option('--spec <file>', 'model spec for a model in MLflow that brings none');
export const trackingUriOption = new Option(
  '--tracking-uri <uri>',
  'where MLflow is: http://host:5000, sqlite:///mlflow.db or a folder (default: qualm-models)',
).env('MLFLOW_TRACKING_URI');
export const headOption = new Option(
  '--head <module#export>',
  'a head of your own, which the spec names by its type: ./mine.ts#mine',
);
export const backendOption = new Option(
  '--backend <module#export>',
  'a backend of your own, which the spec names by its flavor: ./mine.ts#mine',
);

export const modelRootOption = new Option(
  '--model-root <folder>',
  "folder of the model's files (default: the spec's)",
).env('QUALM_MODEL_ROOT');
export const deviceOption = new Option('--device <name>', 'where an ONNX model runs')
  .choices(devices)
  .env('QUALM_DEVICE');
export const sessionsOption = new Option('--sessions <n>', 'sessions at the same time (default: one a core)')
  .argParser(wholeNumber(1, mostThreads))
  .env('QUALM_SESSIONS');
export const threadsOption = new Option(
  '--threads <n>',
  'threads of each session (default: 1; with --sessions, the cores shared out)',
).argParser(wholeNumber(1, mostThreads));
export const graphCacheOption = new Option(
  '--graph-cache <folder>',
  'keep ONNX graphs there as they were optimised, so that they open sooner the next time',
).env('QUALM_GRAPH_CACHE');
export const batchSizeOption = new Option(
  '--batch-size <n>',
  'images in one run of the model (default: as many as its file fixes, else 1)',
).argParser(wholeNumber(1));
export const formOption = new Option(
  '--form <name>',
  "what is kept of a box: all classes' scores, or its best class (default: what the spec says, else class_scores)",
).choices(forms);
export const strategyOption = new Option(
  '-s, --strategy <name>',
  `${strategyNames.join(', ')}, or an export of yours: ./mine.ts#score (default: margin of a distribution, label-entropy of independent scores)`,
);
export const aggregateOption = new Option(
  '--aggregate <how>',
  "an image's uncertainty from its boxes': least-sure, max, min, mean, sum, count, top-mean:<k>, quantile:<q> (default: sum; of classifiers least-sure)",
).argParser(aggregateText);
export const emptyOption = new Option(
  '--empty <where>',
  'where images without a box come: first, last, or as one with this number',
)
  .argParser(emptyPolicy)
  .default('last' as 'first' | 'last' | number);
export const seedOption = new Option(
  '--seed <n>',
  'draw the order of equally unsure images by chance, the same for the same n (default: by image id)',
).argParser(wholeNumber(0));
export const minScoreOption = new Option('--min-score <p>', 'leave out boxes whose best class scores below p')
  .argParser(unitNumber)
  .default(0.2);
export const fontOption = new Option(
  '--font <file>',
  'a TrueType or OpenType font for labels that the shipped one (Latin, Greek, Cyrillic, Hebrew) and those of the system cannot draw; may be repeated',
).argParser((path: string, before: string[] | undefined) => [...(before ?? []), path]);
export const scoresOption = new Option(
  '--scores <file>',
  'the matrix of class scores and its boxes alone, in the place of --out: .npz, .parquet or .arrow',
);
export const rowsOption = new Option('--rows <n>', 'rows of the ranked list of boxes')
  .argParser(wholeNumber(1))
  .default(10000);
export const topOption = new Option('-n, --top <n>', 'images to draw').argParser(wholeNumber(0)).default(20);
export const shardRowsOption = new Option(
  '--shard-rows <n>',
  'images in one Parquet file; --resume begins after the last whole one',
)
  .argParser(wholeNumber(1))
  .default(256);
export const shardOption = new Option(
  '--shard <i/n>',
  'one of n shares of the images, from 1/n to n/n, chosen by a hash of their ids; qualm merge joins them',
)
  .argParser(shareNumber)
  .conflicts('scores');
export const dryRunOption = new Option('--dry-run', 'check images and model, then stop');
export const resumeOption = new Option('--resume', 'continue where an earlier run into the same folder stopped');
export const retryFailedOption = new Option('--retry-failed', 'like --resume, and predict images with an error again');
export const fingerprintOption = new Option(
  '--fingerprint <how>',
  'how --resume tells a replaced image: by size and time of its file, or by content, which reads all',
)
  .choices(['time', 'content'] as const)
  .default('time' as const);
export const strictOption = new Option('--strict', 'end with exit code 3 when an image failed');
export const failOnOption = new Option(
  '--fail-on <condition>',
  'end with exit code 3 when it holds: "failed>5%", "boxes<1"',
).argParser(parseGate);
export const jsonOption = new Option('--json', 'machine-readable: NDJSON events on stdout, the last one the result');
export const forceOption = new Option('--force', 'overwrite files that exist and are not as qualm wrote them');
export const rawOption = new Option(
  '--raw',
  'CSV with text as it is: what a spreadsheet runs as a formula is not escaped',
);
export const jsonDocumentOption = new Option('--json', 'one JSON document on stdout');

export const inlineOption = new Option(
  '--inline <how>',
  'show the contact sheet in the terminal, where it can show pictures',
)
  .choices(inlineChoices)
  .default('auto' as const)
  .env('QUALM_INLINE');
