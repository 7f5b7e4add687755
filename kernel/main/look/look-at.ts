/** What *Visualize Mask* shows of a value. Looking runs no code of the user, so it neither counts as an execution nor waits for one. */
import { types } from 'node:util';
import { parseValuePath } from '../../model/look/value-path.js';
import type { LookReply } from '../../model/look/look.js';
import type { LookRequest, ValueKnowledge } from '../../protocol/host.js';
import { isObject } from '../variables/intrinsics.js';
import { plainMatrix } from './plain-matrix.js';
import { walk, type Walk } from './walk.js';
import { noMaskSentence, quoted } from './what-is.js';

export interface Looking {
  /** What the runtime knows of the value, if it knows its class. */
  readonly look: (...asked: Parameters<ValueKnowledge['look']>) => object | undefined;
}

/** @param expression a path such as `model.layers[0]`; anything else would have to be run */
export function lookAtPath(expression: string, layer: string | undefined, world: Walk & Looking): object {
  const path = parseValuePath(expression);
  if (path === undefined) return { status: 'noMask', problem: `${quoted(expression)} would have to be run to be looked at. Keep its value in a variable.` } satisfies LookReply;
  const found = walk(path, world);
  return 'problem' in found ? ({ status: 'gone', problem: found.problem } satisfies LookReply) : lookAtValue(found.value, { title: expression, layer }, world);
}

/** A LookReply. */
export function lookAtValue(value: unknown, request: LookRequest, { look }: Looking): object {
  const { title } = request;
  try {
    const known = isObject(value) && !types.isProxy(value) ? look(value, request) : undefined;
    if (known !== undefined) return known;
    const matrix = plainMatrix(value, title);
    if (matrix === undefined) return { status: 'noMask', problem: noMaskSentence(title, value) } satisfies LookReply;
    if ('problem' in matrix) return { status: 'noMask', problem: `${quoted(title)} is ${matrix.problem}.` } satisfies LookReply;
    return { status: 'drawn', look: { matrix: matrix.look } } satisfies LookReply;
  } catch (error) {
    return { status: 'noMask', problem: `${quoted(title)} cannot be drawn: ${error instanceof Error ? error.message : String(error)}` } satisfies LookReply;
  }
}
