/** The variables of a session and one run of a cell among them. */
export { CellFrame, type Attributes, type CellLoader, type Failure } from './cell-frame.js';
export { SessionScope, type SessionVariable } from './session-scope.js';
