import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** Headings of `--help`, and the options or commands below each. */
type Groups = Readonly<Record<string, string>>;

const ranking = 'strategy aggregate empty seed exclude';
const written =
  'out scores shard shard-rows rows top font inline report report-cells picture-budget csv force json raw';

/** Of commands that run a model. */
const running: Groups = {
  'Images:': 'images boxes coco follow-links allow allow-private limit',
  'Model:': 'model model-root head backend spec tracking-uri output pool',
  'Where the model runs:': 'device sessions threads graph-cache batch-size',
  'How images are ranked:': ranking,
  'What is kept and written:': `form min-score ${written}`,
  'How a run goes on, and ends:': 'resume retry-failed fingerprint strict fail-on dry-run',
};

const selecting: Groups = {
  ...running,
  'How images are ranked:': `${ranking} min-score`,
  'What is kept and written:': written,
};

/** Of commands that read what is stored. */
const reading: Groups = {
  'What is ranked, and how:': `${ranking} min-score level by only limit`,
  'How many, and of what:':
    'count group-by max-per-group balance quota budget cost-per-image cost-per-box labelled diverse diverse-by candidates',
  'The model of --diverse:': 'model-root tracking-uri device',
  'What is shown:': 'cells error embeddings map by-each column against coco title top font inline',
  'What is written:': 'out picture-budget raw force json marks answers port',
};

const commands: Groups = {
  'Run a model:': 'select predict merge embed',
  'Rank, look and choose:': 'rank render report serve batch errors',
  'Ask and try:': 'sql spark simulate',
  'Set up:': 'models bundle doctor trust completion help',
};

const groupsOf: Readonly<Record<string, Groups>> = {
  qualm: commands,
  ...{ select: selecting, predict: running, embed: running },
  ...{ rank: reading, batch: reading, render: reading, report: reading, serve: reading },
};

/** Puts the commands of a program, and the options of those that have many, under headings. */
export function groupHelp(program: CommandUnknownOpts): void {
  for (const command of [program, ...program.commands]) {
    const groups = groupsOf[command.name()];
    if (groups) command.configureHelp({ groupItems: (_, shown, groupOf) => grouped(groups, shown, groupOf) });
  }
}

/** What is under no heading comes last, with `--help`. */
function grouped<Item extends CommandUnknownOpts | Option>(
  groups: Groups,
  items: readonly Item[],
  groupOf: (item: Item) => string,
): Map<string, Item[]> {
  const found = new Map<string, Item[]>(Object.keys(groups).map((heading) => [heading, []]));
  const headings = new Map(
    Object.entries(groups).flatMap(([heading, names]) => names.split(' ').map((name) => [name, heading] as const)),
  );
  for (const item of items) {
    const heading = headings.get(item.name()) ?? groupOf(item);
    found.set(heading, [...(found.get(heading) ?? []), item]);
  }
  for (const [heading, listed] of found) if (listed.length === 0) found.delete(heading);
  return found;
}
