import type { ActivationFunction } from 'vscode-notebook-renderer';
import { parseDegreesView } from '../../kernel/model/views/degrees/degrees-view.js';
import { notebookRenderer } from './notebook-renderer.js';
import { DegreesElement } from './units/degrees-element.js';

export const activate: ActivationFunction = () =>
  notebookRenderer({ parse: parseDegreesView, mount: (container, view) => new DegreesElement(container, view) });
