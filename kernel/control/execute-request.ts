import type { ExecuteRequest } from '../protocol/messages.js';

/** The content of an `execute_request` (messaging protocol 5.4): what is missing, or of another type, is its default. */
export function readExecuteRequest(content: Readonly<Record<string, unknown>>): ExecuteRequest {
  const silent = truth(content['silent'], false);
  return {
    code: typeof content['code'] === 'string' ? content['code'] : '',
    silent,
    store_history: truth(content['store_history'], !silent) && !silent,
    user_expressions: texts(content['user_expressions']),
    allow_stdin: truth(content['allow_stdin'], true),
    stop_on_error: truth(content['stop_on_error'], true),
  };
}

const truth = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);

function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
