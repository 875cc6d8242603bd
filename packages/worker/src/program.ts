import { start } from './start/start.ts';

// Joined with all that it runs to `dist/program/main.js`.
await start();
