/** From the start of the process to its first answers. */
import { performance } from 'node:perf_hooks';
import { Kernel, type Connecting } from './kernel.js';
import type { Results } from './results.js';
import type { Subject } from './subjects.js';

const NAMES: Record<Connecting, { readonly info: string; readonly cell: string }> = {
  atOnce: { info: 'start to kernel_info reply, as Jupyter connects', cell: "start to the first cell's reply, as Jupyter connects" },
  whenListening: { info: 'start to kernel_info reply, asked when it listens', cell: "start to the first cell's reply, asked when it listens" },
};

export async function measureStarts(all: readonly Subject[], folder: string, results: Results, connecting: Connecting, rounds: number): Promise<void> {
  const { info, cell } = NAMES[connecting];
  results.row(info, { unit: 'ms', target: { timesDeno: 1.1 } });
  results.row(cell, { unit: 'ms', target: { atMost: 250 } });
  for (let round = 0; round < rounds; round++) {
    for (const subject of all) {
      const kernel = await Kernel.start(subject, folder, connecting);
      results.add(info, subject.name, kernel.infoMs);
      // Its `idle` may be published before the subscription has arrived.
      await kernel.client.run('1+1', { needsIdle: false });
      results.add(cell, subject.name, performance.now() - kernel.startedAt);
      await kernel.stop();
    }
  }
}
