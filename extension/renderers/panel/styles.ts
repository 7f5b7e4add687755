/** The page follows VS Code's theme by its variables; what has no value there has the browser's own. */
export const STYLES = `
body { padding: 0 16px 24px; color: var(--vscode-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family, system-ui, sans-serif); }
main { max-width: 980px; }
h1 { font-size: 1.25em; font-weight: 600; margin: 12px 0 2px; overflow-wrap: anywhere; }
h2 { font-size: 1.05em; font-weight: 600; margin: 18px 0 4px; }
.standing { margin: 0 0 8px; padding-left: 8px; border-left: 3px solid transparent; overflow-wrap: anywhere; }
.standing[data-standing="waiting"] { border-color: var(--vscode-charts-blue, currentColor); }
.standing[data-standing="gone"], .standing[data-standing="noMask"], .standing[data-standing="ended"], .standing[data-standing="failed"] { border-color: var(--vscode-editorWarning-foreground, currentColor); font-weight: 600; }
.bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0; }
.note { margin: 4px 0; }
button { min-height: 26px; padding: 2px 12px; font: inherit; cursor: pointer; color: var(--vscode-button-secondaryForeground, var(--vscode-foreground)); background: var(--vscode-button-secondaryBackground, var(--vscode-editor-background)); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; }
button:hover { background: var(--vscode-button-secondaryHoverBackground, var(--vscode-editor-background)); }
select { min-height: 26px; max-width: 100%; padding: 2px 4px; font: inherit; color: var(--vscode-dropdown-foreground, var(--vscode-foreground)); background: var(--vscode-dropdown-background, var(--vscode-editor-background)); border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, currentColor)); }
button:focus-visible, select:focus-visible, .scroll:focus-visible { outline: 2px solid var(--vscode-focusBorder, currentColor); outline-offset: 1px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 2px 0; }
th, td { padding: 2px 16px 2px 0; text-align: left; vertical-align: baseline; }
th { font-weight: 600; }
td.number, th.number { text-align: right; }
.scroll { overflow-x: auto; }
.histograms { display: flex; flex-wrap: wrap; gap: 8px 48px; }
.bar-cell { width: 160px; }
.count-bar { display: block; height: 12px; min-width: 2px; background: var(--vscode-charts-blue, currentColor); }
.outdated .drawn { opacity: 0.75; }
@media (forced-colors: active) { .count-bar { background: CanvasText; } }
`;
