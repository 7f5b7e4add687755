/**
 * A payload that cannot be drawn, as one sentence for the reader.
 *
 * Payloads come out of saved files that anybody may have written, so a parser answers with a sentence instead of throwing.
 */
export interface Problem {
  readonly problem: string;
}

export const problem = (sentence: string): Problem => ({ problem: sentence });

export const isProblem = (value: object): value is Problem => 'problem' in value && typeof value.problem === 'string';
