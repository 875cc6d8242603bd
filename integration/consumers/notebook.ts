import { show } from '@qualm/notebook';

const bundle = await show([{ name: '<b>', margin: 0.25 }]).bundle();
console.log(bundle['text/html']!.includes('&lt;b&gt;'), bundle['text/plain']!.split('\n').at(-1));
