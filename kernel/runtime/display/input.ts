/** A question to the user. */
import readline from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ArgumentError } from '../argument-error.js';
import { currentHost } from './host.js';

/**
 * Asks and resolves to the answer; with `password` what is typed stays hidden. In a plain script it asks on the terminal.
 * Rejects when the client takes no input (`patchbay run`), or when the cell is interrupted.
 */
export async function input(prompt = '', { password = false }: { readonly password?: boolean } = {}): Promise<string> {
  if (typeof prompt !== 'string') throw new ArgumentError('input: prompt', prompt, 'a string');
  const host = currentHost();
  return host ? host.input(prompt, password) : askOnTerminal(prompt, password);
}

async function askOnTerminal(prompt: string, password: boolean): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (password) process.stdout.write(prompt);
  const terminal = readline.createInterface({ input: process.stdin, output: password ? silent : process.stdout, terminal: process.stdin.isTTY });
  try {
    return await terminal.question(password ? '' : prompt);
  } finally {
    terminal.close();
    if (password) process.stdout.write('\n');
  }
}
