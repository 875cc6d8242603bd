import { createOpener } from '@qualm/remote';

const open = createOpener({ allow: ['https://images.example.org/'] });
await open('https://other.example.org/a.jpg').catch((error: { code: string }) => console.log(error.code));
