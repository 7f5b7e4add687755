import type { ActivationFunction } from 'vscode-notebook-renderer';
import { parseBoundaryView } from '../../kernel/model/views/boundary/boundary-payload.js';
import { notebookRenderer } from './notebook-renderer.js';
import { BoundaryElement } from './units/boundary-element.js';

export const activate: ActivationFunction = (context) =>
  notebookRenderer({ parse: parseBoundaryView, mount: (container, view, channels) => new BoundaryElement(container, view, channels) }, context);
