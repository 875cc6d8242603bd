/** What can be typed in the shell beside statements, and what it does. */
export const dotCommands = [
  { name: '.help', argument: '', summary: 'this list' },
  { name: '.models', argument: '', summary: 'models that ML_PREDICT knows' },
  { name: '.tables', argument: '', summary: 'tables and views' },
  { name: '.mode', argument: 'table|csv|json|ndjson', summary: 'how rows are printed' },
  { name: '.timing', argument: 'on|off', summary: 'how long each statement took' },
  { name: '.dialect', argument: 'duckdb|spark', summary: 'what statements are written in' },
  { name: '.read', argument: 'file.sql', summary: 'runs the statements of a file' },
  { name: '.quit', argument: '', summary: 'leaves, as Ctrl-D does' },
] as const;

export type DotCommandName = (typeof dotCommands)[number]['name'];

/** The list of `.help`. */
export function dotHelp(): string {
  const lines = dotCommands.map(({ name, argument, summary }) => `${`${name} ${argument}`.padEnd(32)}${summary}`);
  return [
    ...lines,
    'A statement ends with ; and may have several lines. Ctrl-C cancels it; Tab completes names; ↑ brings earlier ones back.',
  ].join('\n');
}

/** The command and what stands behind it.
 * @throws RangeError that says which commands there are.
 */
export function dotCommand(line: string): { readonly name: DotCommandName; readonly argument: string } {
  const [, typed = line, argument = ''] = /^(\.\S*)\s*(.*?)[\s;]*$/.exec(line) ?? [];
  const name = typed === '.exit' ? '.quit' : typed.replace(/;$/, '');
  const found = dotCommands.find((command) => command.name === name);
  if (found) return { name: found.name, argument };
  throw new RangeError(`there is no command ${typed}; .help lists them`);
}
