/** Markdown of what the editor shows. */

export const codeBlock = (code: string): string => {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return code === '' ? '' : `${fence}typescript\n${code}\n${fence}`;
};

/** The parts that are there, as paragraphs. */
export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

/** Text as it is, whatever of Markdown's signs it holds. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-!<>|~&]/g, '\\$&');
