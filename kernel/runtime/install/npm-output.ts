/** What npm prints, read: how far it is, how it ended, and why it failed. */

/** npm's last word: `added 3 packages in 2s`. */
export function summaryOf(stdout: string): string | undefined {
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => /^(added|changed|removed|up to date)\b/.test(line));
}

/** True for a line that says that something was fetched. */
export const isFetch = (line: string): boolean => /^npm http (fetch|cache)/.test(line);

/** Warnings that concern the user; npm's progress is none. */
export const isWarning = (line: string): boolean => /^npm (warn|WARN)\b/.test(line);

/** Why npm failed, in a sentence that says what to do. */
export function failureSentence(what: string, stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => /^npm (?:error|ERR!) ?(.*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined && !/^A complete log of this run|^\s+\S*_logs/.test(line));
  const code = lines.map((line) => /^code (\S+)/.exec(line ?? '')?.[1]).find((found) => found !== undefined);
  const missing = /'([^']+?)(?:@[^@']*)?' is not in (?:this|the npm) registry/.exec(stderr)?.[1] ?? /404 Not Found - GET \S*\/([^/\s]+)/.exec(stderr)?.[1];
  if (code === 'E404') return `${what}: there is no package ${missing === undefined ? 'of this name' : `'${decodeURIComponent(missing)}'`} in the registry. Is the name right?`;
  if (code === 'ETARGET') return `${what}: ${lines.find((line) => /^notarget No matching version/.test(line ?? ''))?.replace(/^notarget /, '') ?? 'there is no such version.'}`;
  if (code !== undefined && OFFLINE.has(code)) return `${what}: npm cannot reach its registry (${code}). Is this machine online? Registry and proxy are npm's own settings: see npm config list`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${what}: npm may not write into the folder (${code}): ${lines.find((line) => /^(path|dest) /.test(line ?? ''))?.replace(/^\w+ /, '') ?? ''}`;
  const rest = lines.filter((line) => line !== '' && !line?.startsWith('code ')).slice(0, MAX_LINES);
  return [`${what} failed${code === undefined ? '' : ` (${code})`}`, ...(rest.length > 0 ? rest : stderr.trim().split('\n').slice(-MAX_LINES))].join('\n');
}

const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'ERR_SOCKET_TIMEOUT', 'ENOTCACHED', 'FETCH_ERROR']);
const MAX_LINES = 8;
