import type { NodeCommand } from '../../kernel/client/kernel-process.js';
import { patchbayError } from '../errors/catalogue.js';

/** The same as `engines.node` of package.json; the kernel tests the features themselves when it starts. */
const MINIMUM = [20, 12] as const;

export interface NodeCandidate {
  /** Where the candidate comes from: the user's setting, the PATH, or VS Code's own executable. */
  readonly source: 'setting' | 'path' | 'vscode';
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What `node -p process.versions.node` gave: a version, or why there is none. */
export type NodeProbe = { readonly version: string } | { readonly problem: string };

/** Which Node may run a kernel, best first. A setting stands alone: whoever names a Node wants no other. */
export function nodeCandidates(setting: string, vscodeExecutable: string, homeFolder: string): readonly NodeCandidate[] {
  const named = setting.trim();
  if (named !== '') return [{ source: 'setting', path: named.replace(/^~(?=[/\\])/, () => homeFolder), env: {} }];
  return [
    { source: 'path', path: 'node', env: {} },
    { source: 'vscode', path: vscodeExecutable, env: { ELECTRON_RUN_AS_NODE: '1' } },
  ];
}

/** Why a version cannot run the kernel, or undefined when it can. */
export function versionProblem(version: string): string | undefined {
  const match = /^v?(\d+)\.(\d+)\./.exec(version);
  if (match === null) return `it answered ${JSON.stringify(version.slice(0, 40))}, no version of Node`;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const fits = major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
  return fits ? undefined : `it is version ${version.replace(/^v/, '')}`;
}

/**
 * Takes the first candidate that answers with a version the kernel can use; the others are asked only when needed.
 *
 * @param onSkip is told of each candidate that is passed over, and why
 * @throws PatchbayError `nodeUnusable` for a setting, `noNode` when no candidate fits
 */
export async function chooseNode(
  candidates: readonly NodeCandidate[],
  probe: (candidate: NodeCandidate) => Promise<NodeProbe>,
  onSkip: (line: string) => void,
): Promise<NodeCommand> {
  const problems: string[] = [];
  for (const candidate of candidates) {
    const answer = await probe(candidate);
    const problem = 'problem' in answer ? answer.problem : versionProblem(answer.version);
    if (problem === undefined && 'version' in answer) return { path: candidate.path, args: [], env: candidate.env, label: nodeLabel(candidate, answer.version) };
    if (candidate.source === 'setting') throw patchbayError('nodeUnusable', candidate.path, problem ?? 'it gave no version');
    const name = candidate.source === 'path' ? 'the node on the PATH' : "VS Code's own Node";
    problems.push(`${name}: ${problem ?? 'no version'}`);
    onSkip(`${name} is passed over: ${problem ?? 'no version'}`);
  }
  throw patchbayError('noNode', problems.join('; '));
}

const nodeLabel = ({ source }: NodeCandidate, version: string): string => `Node ${version.replace(/^v/, '')}${source === 'vscode' ? ' (VS Code)' : ''}`;
