import type { ActivationFunction } from 'vscode-notebook-renderer';
import { kernelDrawer } from './drawers.js';
import { notebookRenderer } from './notebook-renderer.js';

export const activate: ActivationFunction = (context) => notebookRenderer(kernelDrawer, context);
