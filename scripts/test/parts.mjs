// The parts of `npm test`: what each one runs, and what may run beside it.
import path from 'node:path';
import { jupyterPython, WITHOUT_JUPYTER } from '../../test/jupyter/python/python.mjs';
import { kerasPython, WITHOUT_KERAS } from '../../test/keras/python.mjs';
import { tfjsNodeHome, WITHOUT_TFJS_NODE } from '../../test/tfjs-node/available.mjs';
import { platformHasTools, prepare } from '../tools/prepare.mjs';
import { serverCommand } from '../tools/server.mjs';
import { binary, build, root } from '../lib/setup.mjs';

const MINUTE = 60_000;

const node = (packageName, args, name) => async () => [process.execPath, [await binary(packageName, name), ...args]];

/** Vitest with its usual report in the log and a JSON report beside it. */
const vitest = (project, { name = project, program = () => process.execPath, more = [] } = {}) => {
  const report = path.join(root, 'out', 'test', `${name.replaceAll(' ', '-')}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more];
  return { report, command: async () => [program(), [await binary('vitest'), ...args]] };
};

/** The tests of the runtime on the native backend, in one process at a time: the two runs stand side by side. */
const onTfjsNode = (name, program) => ({ name, ...vitest('tfjs-node', { name: name.replace(', ', '-'), program, more: ['--maxWorkers=1'] }), limit: 10 * MINUTE });

/**
 * Stages run one after the other, the lanes of a stage side by side, the parts of a lane in order: two lanes, since two
 * cores are what a small machine has. Parts that start processes and watch the clock have their stage for themselves.
 */
export const STAGES = [
  [
    [{ name: 'build', action: build }, { name: 'type check', command: node('typescript', ['-b'], 'tsc'), limit: 10 * MINUTE }],
    [{ name: 'VS Code and browser', action: () => prepare(), skip: skipTools }],
  ],
  [
    [
      { name: 'lint', command: node('eslint', ['.']), limit: 10 * MINUTE },
      { name: 'import rules', command: node('dependency-cruiser', ['--config', '.dependency-cruiser.cjs', 'kernel', 'extension'], 'depcruise'), limit: 5 * MINUTE },
    ],
    [{ name: 'unit tests', ...vitest('unit'), limit: 15 * MINUTE }],
  ],
  [[{ name: 'process tests', ...vitest('process'), limit: 25 * MINUTE }]],
  [[{ name: 'Jupyter messages', ...vitest('jupyter'), limit: 10 * MINUTE }]],
  [[{ name: 'Jupyter clients', ...vitest('jupyter-python'), limit: 10 * MINUTE, skip: () => (jupyterPython() === undefined ? WITHOUT_JUPYTER : undefined) }]],
  [[{ name: 'Keras tests', ...vitest('keras'), limit: 5 * MINUTE, skip: () => (kerasPython() === undefined ? WITHOUT_KERAS : undefined) }]],
  [
    [{ ...onTfjsNode('tfjs-node tests', () => process.execPath), skip: skipTfjsNode }],
    [{ ...onTfjsNode('tfjs-node, Node 24', () => serverCommand().node), skip: () => skipTfjsNode() ?? skipTools() }],
  ],
  [[{ name: 'tfjs-node in kernels', ...vitest('tfjs-node-kernel'), limit: 5 * MINUTE, skip: skipTfjsNode }]],
  [[{ name: 'package tests', ...vitest('package'), limit: 10 * MINUTE }]],
  [[{ name: 'end-to-end tests', ...vitest('e2e'), limit: 30 * MINUTE, skip: skipTools }]],
];

/** Why what needs the prepared tools cannot run here, if so. */
function skipTools() {
  return platformHasTools() ? undefined : 'the tools of these tests are for Linux on x64';
}

/** Why nothing can be tested on the native backend here, if so. */
function skipTfjsNode() {
  return tfjsNodeHome() === undefined ? WITHOUT_TFJS_NODE : undefined;
}
