import { describe, expect, it } from 'vitest';
import { chooseNode, nodeCandidates, versionProblem, type NodeCandidate, type NodeProbe } from './choose-node.js';
import { probeNode } from './probe-node.js';

describe('versionProblem', () => {
  it.each([
    ['20.12.0', undefined],
    ['v20.20.2', undefined],
    ['24.1.0', undefined],
    ['20.11.1', 'it is version 20.11.1'],
    ['v18.20.4', 'it is version 18.20.4'],
    ['Python 3.12', 'it answered "Python 3.12", no version of Node'],
    ['', 'it answered "", no version of Node'],
  ])('%j', (version, problem) => {
    expect(versionProblem(version)).toBe(problem);
  });
});

describe('nodeCandidates', () => {
  it('takes the node on the PATH, then VS Code as Node', () => {
    expect(nodeCandidates('', '/usr/share/code/code', '/home/ada')).toEqual([
      { source: 'path', path: 'node', env: {} },
      { source: 'vscode', path: '/usr/share/code/code', env: { ELECTRON_RUN_AS_NODE: '1' } },
    ]);
  });

  it('takes the setting alone, with ~ as the home folder', () => {
    expect(nodeCandidates(' ~/node/bin/node ', '/code', '/home/ada')).toEqual([{ source: 'setting', path: '/home/ada/node/bin/node', env: {} }]);
    expect(nodeCandidates('~other/node', '/code', '/home/ada')[0]?.path).toBe('~other/node');
  });
});

describe('chooseNode', () => {
  const answers = (versions: Partial<Record<NodeCandidate['source'], NodeProbe>>) => (candidate: NodeCandidate) => Promise.resolve(versions[candidate.source] ?? { problem: 'it was not found' });
  const both = nodeCandidates('', '/code', '/home/ada');

  it.each([
    ['the PATH when it fits', { path: { version: '22.1.0' }, vscode: { version: '24.0.0' } }, 'Node 22.1.0', []],
    ['VS Code when the PATH has an old one', { path: { version: '18.1.0' }, vscode: { version: '20.18.1' } }, 'Node 20.18.1 (VS Code)', ['the node on the PATH is passed over: it is version 18.1.0']],
    ['VS Code when the PATH has none', { vscode: { version: '20.18.1' } }, 'Node 20.18.1 (VS Code)', ['the node on the PATH is passed over: it was not found']],
  ])('%s', async (_name, versions, label, lines) => {
    const skipped: string[] = [];
    await expect(chooseNode(both, answers(versions), (line) => skipped.push(line))).resolves.toMatchObject({ label });
    expect(skipped).toEqual(lines);
  });

  it('says of each why it does not fit when none does', async () => {
    await expect(chooseNode(both, answers({ path: { version: '18.1.0' } }), () => undefined)).rejects.toThrow(
      "No Node 20.12 or newer was found: the node on the PATH: it is version 18.1.0; VS Code's own Node: it was not found. Install Node, or name one in the setting patchbay.nodePath.",
    );
  });

  it('never passes over the one the user named', async () => {
    const named = nodeCandidates('/opt/old/node', '/code', '/home/ada');
    await expect(chooseNode(named, answers({ setting: { version: '16.0.0' }, path: { version: '22.1.0' } }), () => undefined)).rejects.toThrow('The setting patchbay.nodePath is "/opt/old/node", and it is version 16.0.0.');
  });
});

describe('probeNode asks the real thing', () => {
  const candidate = (path: string): NodeCandidate => ({ source: 'setting', path, env: {} });

  it('gives the version of a Node', async () => {
    expect(await probeNode(candidate(process.execPath))).toEqual({ version: process.versions.node });
  });

  it('says that a path leads nowhere', async () => {
    expect(await probeNode(candidate('/nowhere/node'))).toEqual({ problem: 'it was not found' });
  });

  it('says that a file is no program', async () => {
    expect(await probeNode(candidate(import.meta.filename))).toEqual({ problem: 'it is no program that may be run' });
  });
});
