/** Trainers of this process: a thread each, with the network that it trained last still in place. */
import { sparseEngine } from '../simd/engine.js';
import { sameNet, type FusedPlan } from './plan.js';
import { DataStore } from './placed-data.js';
import { Session, type SessionShape } from './session.js';
import { TrainerThread } from './trainer-thread.js';

interface Warm {
  readonly plan: FusedPlan;
  readonly shape: string;
  readonly session: Session;
}

export class TrainerSeat {
  readonly thread = new TrainerThread();
  readonly data = new DataStore(sparseEngine().memory);
  busy = false;
  #warm: Warm | undefined;

  /** The network of this plan in the kernels' memory: that of the last run, when it is the same. */
  session(plan: FusedPlan, shape: SessionShape): Session {
    const key = JSON.stringify([shape, plan.optimizer.update, plan.optimizer.numbers, plan.optimizer.common]);
    if (this.#warm && this.#warm.shape === key && sameNet(this.#warm.plan.net, plan.net)) return this.#warm.session;
    this.#warm?.session.release();
    this.#warm = undefined;
    const session = new Session(sparseEngine(), plan.net, plan.optimizer, shape);
    this.#warm = { plan, shape: key, session };
    return session;
  }

  /** Whether the last run was of this network. */
  knows({ net }: FusedPlan): boolean {
    return this.#warm !== undefined && sameNet(this.#warm.plan.net, net);
  }

  release(): void {
    this.#warm?.session.release();
    this.#warm = undefined;
    this.data.release();
  }
}

let seats: TrainerSeat[] = [];

/**
 * A trainer that has nothing to do, preferably the one that trained this network last; runs at the same time have one each.
 *
 * @throws Error when its thread cannot be started
 */
export async function takeSeat(plan: FusedPlan): Promise<TrainerSeat> {
  for (const seat of seats.filter(({ busy, thread }) => !busy && thread.isDead)) seat.release();
  seats = seats.filter(({ busy, thread }) => busy || !thread.isDead);
  const idle = seats.filter(({ busy }) => !busy);
  const seat = idle.find((each) => each.knows(plan)) ?? idle[0] ?? new TrainerSeat();
  if (!seats.includes(seat)) seats.push(seat);
  seat.busy = true;
  try {
    await seat.thread.ready;
  } catch (error) {
    seat.busy = false;
    throw error;
  }
  return seat;
}
