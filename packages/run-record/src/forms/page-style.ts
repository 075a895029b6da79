/** Of the page for people without a workbench: readable in both colour schemes and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --fail: light-dark(#b3261e, #ff8a75); --pass: light-dark(#0b6b5d, #5ecab5); --dim: light-dark(#5c6370, #9aa3b2); }
body { font: 13px/20px Inter, system-ui, sans-serif; margin: 24px auto; max-width: 1080px; padding: 0 20px; }
h1 { font-size: 18px; } h2 { font-size: 15px; margin-top: 24px; }
h1 span, .failed { color: var(--fail); } h1 .passed, td.passed { color: var(--pass); } small, i, .left, p span { color: var(--dim); }
p span + span::before { content: "· "; }
details { margin: 2px 0 2px 16px; } summary { cursor: pointer; } summary.passed, summary.skipped, summary.notRun { color: inherit; }
pre, code { font: 12px/18px "JetBrains Mono", ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 2px 0 2px 16px; }
summary code { margin: 0; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 500; color: var(--dim); }
td, th { padding: 3px 8px 3px 0; border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); } tr > :nth-child(4) { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; font: 11px Inter, system-ui, sans-serif; fill: currentColor; } svg .tick { stroke: color-mix(in srgb, currentColor 15%, transparent); }
svg .scale { fill: var(--dim); } svg .passed { fill: var(--pass); } svg .failed { fill: var(--fail); } svg .skipped, svg .notRun, svg .running, svg .said { fill: var(--dim); }
svg .mark { fill: light-dark(#2b5cad, #8ab4f8); } svg .track { fill: none; stroke-width: 1.5; stroke: light-dark(#2b5cad, #8ab4f8); } svg .t1 { stroke: var(--pass); } svg .t2 { stroke: var(--dim); } svg .t3 { stroke: var(--fail); }
.moments td { vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; } .moments td { width: 100%; } .moments td:not(:last-child) { width: auto; white-space: nowrap; font-variant-numeric: tabular-nums; }
.moments tr:target { background: color-mix(in srgb, currentColor 12%, transparent); } a { color: inherit; }
`;
