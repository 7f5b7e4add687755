import type { ActivationFunction } from 'vscode-notebook-renderer';
import { maskDrawer } from './drawers.js';
import { notebookRenderer } from './notebook-renderer.js';

export const activate: ActivationFunction = (context) => notebookRenderer(maskDrawer, context);
