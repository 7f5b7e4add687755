/** Remakes the figures of docs/performance.md: `npm run bench:page [-- report.json]`; a report that is named is kept as docs/performance.json. */
import fs from 'node:fs';
import type { Report } from '../kernel/bench/report.js';
import { withFigures } from './performance-page/figures.js';

const KEPT = 'docs/performance.json';
const PAGE = 'docs/performance.md';

const [file = KEPT] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8');
// SAFETY: what `patchbay bench --json` printed; a file of another form is refused by its version.
const report = JSON.parse(text) as Report;
if (report.version !== 1) throw new Error(`${file} is no report of \`patchbay bench --json\`: its version is ${String(report.version)}, not 1`);
fs.writeFileSync(PAGE, withFigures(fs.readFileSync(PAGE, 'utf8'), report));
if (file !== KEPT) fs.writeFileSync(KEPT, text);
console.log(`${PAGE}: ${report.rows.length} rows of ${report.started}`);
