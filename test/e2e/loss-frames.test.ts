/** Loss curves in a real browser: many of them, and long ones, without a frame that a reader would notice. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeLossView } from '../../kernel/model/views/loss-payload.js';
import { lossView, type RunRecord } from '../../kernel/model/views/loss-view.js';
import { AT_START, livePoints, type Cursor } from '../../kernel/model/views/loss/live-points.js';
import { RunTracker } from '../../kernel/model/views/loss/run-summary.js';
import { RendererPage } from './harness/renderer-page.js';

const CHARTS = 30;
const POINTS = 100_000;
const PER_EPOCH = 1000;
const MESSAGES = 40;
const MAX_FRAME_MS = 100;

const lossAt = (step: number): number => 2 / (1 + step / 5000) + 0.2 * (Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1) + (step === 61_803 ? 7 : 0);

let page: RendererPage;
beforeEach(async () => void (page = await RendererPage.open(['loss'])));
afterEach(() => page.close());

/** Steps as they come, told to a chart as its kernel would tell them. */
function record(steps: number): RunRecord {
  const losses = Array.from({ length: steps }, (_, step) => lossAt(step));
  const epochs = Math.floor(steps / PER_EPOCH);
  const loss = Array.from({ length: epochs }, (_, epoch) => lossAt(epoch * PER_EPOCH));
  return { name: 'training', history: { loss, val_loss: loss.map((value) => 1.2 * value) }, steps: losses, stepsPerEpoch: PER_EPOCH, totalEpochs: POINTS / PER_EPOCH, running: true, timing: { elapsed: 20, perEpoch: 1 } };
}

/**
 * Measures the page's main thread while `body` runs: processor time of its longest task. The clock's time would be that of whatever
 * else the machine does.
 */
async function longestTask(body: () => Promise<void>): Promise<number> {
  const browser = page.page.context().browser()!;
  await browser.startTracing(page.page, { categories: ['toplevel', 'blink.user_timing', 'devtools.timeline'] });
  await body();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: { name: string; pid: number; tid: number; tdur?: number; args?: { name?: string } }[] };
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid, tdur }) => name.endsWith('RunTask') && tdur !== undefined && mains.has(`${pid} ${tid}`));
  expect(tasks.length, 'tasks of the page that were traced').toBeGreaterThan(20);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

test('30 charts, and 100,000 points appended to each that is in view: no frame over 100 ms; charts out of view are not drawn', async () => {
  const longest = await longestTask(async () => {
    for (let chart = 0; chart < CHARTS; chart++) {
      await page.render('loss', `chart-${chart}`, encodeLossView(lossView([{ name: 'training', history: {}, running: true, totalEpochs: POINTS / PER_EPOCH, stepsPerEpoch: PER_EPOCH }], { live: `view-${chart}` })));
    }
    await page.settled();
    const ids = await page.page.evaluate(() => (globalThis as unknown as { posted: { type: string; id: string }[] }).posted.filter(({ type }) => type === 'comm_open').map(({ id }) => id));
    expect(ids).toHaveLength(CHARTS);
    const tracker = new RunTracker();
    let cursor: Cursor = AT_START;
    for (let message = 1; message <= MESSAGES; message++) {
      const now = record((message * POINTS) / MESSAGES);
      const told = livePoints(now, tracker.see(now), PER_EPOCH, cursor);
      cursor = told.next;
      await page.page.evaluate(([comms, data]) => {
        const { tellRenderers } = globalThis as unknown as { tellRenderers: (message: unknown) => void };
        // As they would come: each message is a task of its own.
        for (const id of comms) setTimeout(() => tellRenderers({ type: 'comm_msg', id, data }), 0);
      }, [ids, told.message] as const);
      await page.page.waitForTimeout(100);
    }
    await page.settled();
    expect(cursor.steps).toBe(POINTS);
    expect(await page.page.locator('#chart-0 [role=figure]').getAttribute('aria-label')).toMatch(/^Training, epoch 100 of 100/);
    const drawn = await page.page.locator('[data-drawn=true]').count();
    expect(drawn).toBeGreaterThanOrEqual(2);
    expect(drawn, 'charts that were drawn').toBeLessThan(10);

    // Scrolled to, the last one is drawn with all its points.
    await page.page.locator(`#chart-${CHARTS - 1}`).scrollIntoViewIfNeeded();
    await page.page.locator(`#chart-${CHARTS - 1} [data-drawn=true]`).waitFor();
  });
  expect(longest, 'longest task of the page, ms of processor time').toBeLessThan(MAX_FRAME_MS);
  expect(page.errors()).toEqual([]);
});

test('zooms into 100,000 points, every one of them, with wheel, keys and pointer, and leaves a plain wheel to the page', async () => {
  const now = record(POINTS);
  await page.render('loss', 'one', encodeLossView(lossView([{ ...now, steps: [], history: {} }], { live: 'view' })));
  const [id] = await page.page.evaluate(() => (globalThis as unknown as { posted: { id: string }[] }).posted.map((message) => message.id));
  const tracker = new RunTracker();
  for (let cursor: Cursor = AT_START; cursor.steps < POINTS; ) {
    const told = livePoints(now, tracker.see(now), PER_EPOCH, cursor);
    await page.page.evaluate(([comm, data]) => (globalThis as unknown as { tellRenderers: (message: unknown) => void }).tellRenderers({ type: 'comm_msg', id: comm, data }), [id, told.message] as const);
    cursor = told.next;
  }
  await page.settled();
  const longest = await longestTask(async () => {
    const figure = page.page.locator('#one [role=figure]');
    const canvas = page.page.locator('#one canvas');
    const pixels = (): Promise<string> => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    const box = (await canvas.boundingBox())!;
    await page.page.mouse.move(box.x + 0.6 * box.width, box.y + 100);
    await page.settled();
    const states = new Set([await pixels()]);
    await page.page.mouse.wheel(0, 100);
    await page.settled();
    expect(states.has(await pixels()), 'a plain wheel does not zoom').toBe(true);
    await page.page.keyboard.down('Control');
    for (let turn = 0; turn < 12; turn++) await page.page.mouse.wheel(0, -200);
    await page.page.keyboard.up('Control');
    await page.settled();
    states.add(await pixels());
    await figure.focus();
    for (const key of ['Shift+ArrowRight', '+', 'ArrowRight', 'ArrowUp']) {
      await page.page.keyboard.press(key);
      await page.settled();
      states.add(await pixels());
    }
    // Everything again, then a range dragged with the pointer.
    await page.page.keyboard.press('0');
    await page.page.mouse.move(box.x + 200, box.y + 80);
    await page.page.mouse.down();
    await page.page.mouse.move(box.x + 400, box.y + 90, { steps: 5 });
    await page.page.mouse.up();
    await page.settled();
    states.add(await pixels());
    expect(states.size).toBe(7);
  });
  expect(longest, 'longest task of the page, ms of processor time').toBeLessThan(MAX_FRAME_MS);
  expect(page.errors()).toEqual([]);
});

test('a curve in an output that was collapsed is drawn when it is opened', async () => {
  await page.page.evaluate(() => document.body.append(Object.assign(document.createElement('div'), { id: 'one', hidden: true })));
  await page.render('loss', 'one', encodeLossView(lossView([record(3000)])));
  await page.settled();
  expect(await page.page.locator('#one [data-drawn=true]').count()).toBe(0);
  await page.page.evaluate(() => (document.getElementById('one')!.hidden = false));
  await page.page.locator('#one [data-drawn=true]').waitFor();
  expect(await page.page.locator('#one canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBeGreaterThan(400);
  expect(page.errors()).toEqual([]);
});
