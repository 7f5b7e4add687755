/** What a panel shows and asks for, decided from what happens. The driver asks, one question at a time, and shows. */
import type { Look, LookReply } from '../../kernel/model/look/look.js';
import type { PanelPage, Standing } from '../../kernel/model/look/panel-page.js';
import { isFollowed, titleOf, type LookSource } from './look-source.js';

export interface PanelState {
  readonly standing: Standing;
  /** The last that was drawn. */
  readonly look: Look | undefined;
  /** What is wrong with what came after it. */
  readonly problem: string | undefined;
  /** Key of the layer that was chosen. */
  readonly layer: string | undefined;
  readonly isAsking: boolean;
  /** Something has changed since the question that is on its way. */
  readonly askAgain: boolean;
}

export const INITIAL: PanelState = { standing: 'asking', look: undefined, problem: undefined, layer: undefined, isAsking: false, askAgain: false };

export type PanelEvent =
  /** A cell ended, a file changed, or somebody wants to see it anew. */
  | { readonly type: 'refresh' }
  | { readonly type: 'choose'; readonly layer: string }
  /** The question is on its way for long: a cell runs. */
  | { readonly type: 'busy' }
  | { readonly type: 'reply'; readonly reply: LookReply }
  /** The question cannot be answered; `ended`: no kernel is there to answer it. */
  | { readonly type: 'failed' | 'ended'; readonly problem: string };

export type PanelEffect = 'ask' | 'show';

export interface PanelStep {
  readonly state: PanelState;
  readonly effects: readonly PanelEffect[];
}

export function stepPanel(state: PanelState, event: PanelEvent): PanelStep {
  switch (event.type) {
    case 'refresh':
      return ask(state);
    case 'choose':
      return event.layer === (state.layer ?? state.look?.net?.layer) ? { state, effects: [] } : ask({ ...state, layer: event.layer });
    case 'busy':
      return state.isAsking && state.standing !== 'waiting' ? { state: { ...state, standing: 'waiting' }, effects: ['show'] } : { state, effects: [] };
    case 'reply':
      // One that comes after the end is that of a kernel that is no more.
      return state.isAsking ? answered(state, replied(event.reply)) : { state, effects: [] };
    case 'failed':
      return state.isAsking ? answered(state, { standing: 'failed', problem: event.problem }) : { state, effects: [] };
    case 'ended':
      return { state: { ...state, isAsking: false, askAgain: false, standing: 'ended', problem: event.problem }, effects: ['show'] };
  }
}

const ask = (state: PanelState): PanelStep => (state.isAsking ? { state: { ...state, askAgain: true }, effects: [] } : { state: { ...state, isAsking: true }, effects: ['ask'] });

function answered(state: PanelState, news: Partial<PanelState>): PanelStep {
  const { askAgain } = state;
  return { state: { ...state, ...news, isAsking: askAgain, askAgain: false }, effects: askAgain ? ['show', 'ask'] : ['show'] };
}

const replied = (reply: LookReply): Partial<PanelState> => (reply.status === 'drawn' ? { standing: 'current', look: reply.look, problem: undefined } : { standing: reply.status, problem: reply.problem });

/** All that the page shows. */
export function pageOf({ standing, look, problem }: PanelState, source: LookSource): PanelPage {
  return { type: 'panel', title: titleOf(source), standing, words: words(standing, source, problem, look !== undefined), ...(look === undefined ? {} : { look: withoutExact(look) }) };
}

function withoutExact(look: Look): Look {
  const { exact: _, ...matrix } = look.matrix;
  return { ...look, matrix };
}

function words(standing: Standing, source: LookSource, problem = '', isDrawn: boolean): string {
  const before = isDrawn ? ' What is drawn is what it was before.' : '';
  switch (standing) {
    case 'asking':
      return source.kind === 'file' ? 'The file is being read.' : 'The kernel is being asked.';
    case 'waiting':
      return `A cell is running. This is drawn as soon as the kernel answers.${before}`;
    case 'current':
      return following(source);
    default:
      return `${problem}${before}`;
  }
}

function following(source: LookSource): string {
  if (source.kind === 'file') return 'Follows the file: drawn anew when it changes on disk.';
  return isFollowed(source) ? 'Follows the variable: drawn anew after each cell.' : 'The value of the expression when it was asked for: Refresh evaluates it again.';
}
