import { expect, it } from 'vitest';
import type { ToControl } from '../../protocol/threads.js';
import { SHARED_WORDS } from '../../protocol/threads.js';
import { giveAnswer } from '../../protocol/answer-buffer.js';
import { Outbox } from '../outbox.js';
import { Inputs } from './inputs.js';

function rig() {
  const posted: Extract<ToControl, { type: 'inputRequest' }>[] = [];
  const outbox = new Outbox(
    {
      postMessage: (message) => {
        if (message.type !== 'inputRequest') return;
        posted.push(message);
        if (message.answer !== undefined) giveAnswer(message.answer, Buffer.from('at once'));
      },
    },
    new Int32Array(new SharedArrayBuffer(4 * SHARED_WORDS)),
  );
  return { posted, inputs: new Inputs(outbox) };
}

it('each answer goes to its question', async () => {
  const { posted, inputs } = rig();
  inputs.begin(1, true);
  const asked = [inputs.ask(1, 'a?', false), inputs.ask(1, 'b?', true)];
  expect(posted).toMatchObject([{ prompt: 'a?', password: false, execution: 1 }, { prompt: 'b?', password: true }]);
  inputs.answer(posted[1]!.request, 'B');
  inputs.answer(posted[0]!.request, 'A');
  expect(await Promise.all(asked)).toEqual(['A', 'B']);
});

it('a question of unknown cause is the newest execution’s', () => {
  const { posted, inputs } = rig();
  inputs.begin(4, true);
  void inputs.ask(0, '?', false);
  expect(posted[0]!.execution).toBe(4);
});

it('is refused where nobody can be asked, also after the end of the execution', async () => {
  const { posted, inputs } = rig();
  inputs.begin(1, false);
  inputs.drop(1);
  inputs.begin(2, true);
  await expect(inputs.ask(1, 'Name?', false)).rejects.toThrow('The cell asks "Name?", but it has nobody to ask: this notebook runs without a person in front of it');
  expect(() => inputs.askNow(1, '')).toThrow('The cell asks for input, but it has nobody to ask');
  expect(posted).toEqual([]);
});

it('a dropped question tells its asker, and takes no answer', async () => {
  const { posted, inputs } = rig();
  inputs.begin(1, true);
  let dropped = 0;
  let answered = false;
  void inputs.ask(1, '?', false, () => dropped++).then(() => (answered = true));
  inputs.drop(1);
  inputs.answer(posted[0]!.request, 'late');
  await Promise.resolve();
  expect([dropped, answered]).toEqual([1, false]);
});

it('can wait where it stands', () => expect(rig().inputs.askNow(0, '?')).toBe('at once'));
