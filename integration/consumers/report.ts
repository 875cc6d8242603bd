import { createReport } from '@qualm/report';

const cell = { id: 'a', image: 'a.jpg', thumbnail: null, label: 0, values: [0.25] };
const html = createReport([cell], { labels: ['cat'], strategies: [{ name: 'margin', order: 'ascending' }] });
console.log(html.startsWith('<!doctype html>'), html.includes("default-src 'none'"), html.includes('a.jpg'));
