import { htmlEscape } from 'escape-goat';
import type { ModelSpec } from '@qualm/types';
import type { MimeBundle } from './mime-bundle.ts';

const mostClasses = 12;

/** What there is to know of a model. */
export function modelBundle(spec: ModelSpec, device?: string): MimeBundle {
  const { name, description, license, flavor, files, input, head, labels } = spec;
  const classes = labels.slice(0, mostClasses).map((label) => label.name);
  const facts: [string, string | undefined][] = [
    ['name', name],
    ['description', description],
    ['license', license],
    ['runs', device === undefined ? flavor : `${flavor}, on ${device}`],
    ['file', files.model],
    ['input', `${input.size.width} x ${input.size.height}`],
    ['head', head.type],
    ['classes', `${labels.length}: ${classes.join(', ')}${labels.length > classes.length ? ', …' : ''}`],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const rows = known.map(
    ([key, value]) => htmlEscape`<tr><th>${key}</th><td style="text-align:left">${value}</td></tr>`,
  );
  return {
    'text/html': `<table><tbody>${rows.join('')}</tbody></table>`,
    'text/plain': known.map(([key, value]) => `${key}: ${value}`).join('\n'),
  };
}
