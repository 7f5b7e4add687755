// An extension beside ours, in the same extension host: writes down how long its thread is busy at a stretch, in ms of processor time.
// The clock alone would tell of whatever else the machine does.
'use strict';
const { appendFileSync } = require('node:fs');

const EVERY_MS = 5;
const NOTED_FROM_MS = 20;

exports.activate = () => {
  const file = process.env.PATCHBAY_BUSY_FILE;
  const note = (busy) => appendFileSync(file, `${JSON.stringify({ at: Date.now(), busy })}\n`);
  let wall = performance.now();
  let used = process.cpuUsage();
  note(0);
  setInterval(() => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(used);
    // Between two ticks the thread was busy at most as long as either says.
    const busy = Math.min(now - wall - EVERY_MS, (user + system) / 1000);
    if (busy >= NOTED_FROM_MS) note(busy);
    wall = performance.now();
    used = process.cpuUsage();
  }, EVERY_MS).unref();
};
