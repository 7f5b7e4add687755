/** The page's style, in the colours of VS Code's theme. */
export const STYLE = `
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; padding: 0; overflow: hidden; color: var(--vscode-foreground); font: 13px/1.4 var(--vscode-font-family, system-ui, sans-serif); }
.editor { display: flex; flex-direction: column; height: 100vh; }
.bar { display: flex; flex-wrap: wrap; gap: 4px 2px; align-items: center; padding: 6px 10px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
.group { display: flex; gap: 2px; padding-right: 8px; margin-right: 6px; border-right: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, #8884)); }
.group:last-child { border-right: 0; margin-right: 0; padding-right: 0; }
.group.end { margin-left: auto; }
button { display: inline-flex; align-items: center; gap: 5px; min-width: 28px; min-height: 28px; padding: 3px 6px; color: inherit; font: inherit; background: transparent; border: 1px solid transparent; border-radius: 4px; cursor: pointer; white-space: nowrap; }
button:hover { background: var(--vscode-toolbar-hoverBackground, #8883); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
button[aria-checked="true"], button[aria-expanded="true"] { color: var(--vscode-inputOption-activeForeground, inherit); background: var(--vscode-inputOption-activeBackground, #8885); border-color: var(--vscode-inputOption-activeBorder, currentColor); }
button:focus-visible, input:focus-visible, .stage:focus-visible { outline: 2px solid var(--vscode-focusBorder, #0078d4); outline-offset: -1px; }
button.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border-color: var(--vscode-button-border, transparent); padding: 3px 12px; }
button.primary:hover { background: var(--vscode-button-hoverBackground, var(--vscode-button-background)); }
button:disabled { opacity: 0.5; cursor: default; }
form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 6px 12px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-editorWidget-background, transparent); }
form[hidden] { display: none; }
form label { display: inline-flex; gap: 6px; align-items: center; }
input { width: 84px; min-height: 26px; padding: 2px 6px; color: var(--vscode-input-foreground, inherit); background: var(--vscode-input-background, transparent); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, #8888)); border-radius: 3px; font: inherit; font-variant-numeric: tabular-nums; }
.stage { flex: 1 1 0; position: relative; overflow: hidden; min-height: 0; touch-action: none; cursor: crosshair; user-select: none; }
.stage canvas { position: absolute; left: 0; top: 0; }
.status { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; justify-content: space-between; padding: 5px 12px; border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); font-size: 12px; font-variant-numeric: tabular-nums; min-height: 28px; }
.badge { display: flex; flex-wrap: wrap; gap: 2px 14px; }
.badge :first-child { font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.refused { max-width: 60em; padding: 28px; }
.refused h1 { font-size: 16px; font-weight: 600; margin: 0 0 8px; }
.refused p { margin: 0 0 16px; overflow-wrap: anywhere; }
@media (max-width: 1200px) { .compact .label { display: none; } }
@media (max-width: 1000px) { .end .label { display: none; } }
@media (max-width: 760px) { .label { display: none; } }
@media (prefers-reduced-motion: no-preference) { button { transition: background 80ms; } }
`;
