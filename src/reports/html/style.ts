/** The style sheet of report.html: system fonts, light and dark, one column on a phone, fit for print. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f5f6f8; --card: #fff; --ink: #1c2430; --soft: #5a6675; --line: #dde2e9;
  --c0: #2563c9; --c1: #b4540a; --c2: #0d7a5f; --c3: #8b3fb0; --bound: #c3283f; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #11151b; --card: #1a2029; --ink: #e6ebf2; --soft: #9aa7b8; --line: #303947;
    --c0: #7aaeff; --c1: #f0a45d; --c2: #52cfae; --c3: #d39bf0; --bound: #ff7d8e; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main, header { max-width: 1220px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
h1 { margin: 0; font-size: 28px; letter-spacing: -0.02em; }
h2 { margin: 0 0 10px; font-size: 17px; }
h3 { margin: 0; font-size: 15px; }
header p { margin: 4px 0 20px; color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; margin: 0; }
.notice { border-left: 4px solid var(--c1); margin-bottom: 16px; }
.tiles, .grid2 { display: grid; gap: 16px; margin-bottom: 16px; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); }
.grid2 { grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
.columns { columns: 2 440px; column-gap: 16px; } .columns > .card { break-inside: avoid; margin-bottom: 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px; }
.tile p { margin: 0; color: var(--soft); }
.tile strong { display: block; font-size: 26px; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile small { color: var(--soft); }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--line); }
.tick { fill: var(--soft); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.c-0 { color: var(--c0); } .c-1 { color: var(--c1); } .c-2 { color: var(--c2); } .c-3 { color: var(--c3); }
.c-bound { color: var(--bound); } .line.c-bound { stroke-dasharray: 6 4; stroke-width: 1.5; }
.hit { fill: transparent; } .hit:hover { fill: var(--soft); fill-opacity: 0.12; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 2px 0 8px; padding: 0; list-style: none; font-size: 13px; }
.legend li::before { content: ''; display: inline-block; width: 14px; border-top: 3px solid currentColor; margin-right: 6px; vertical-align: middle; }
.legend li.c-bound::before { border-top-style: dashed; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:first-child > th, tr:first-child > td { border-top: 0; }
th[scope='row'] { font-weight: 500; color: var(--soft); width: 45%; }
.numbers { font-variant-numeric: tabular-nums; } .numbers th, .numbers td { white-space: nowrap; }
.scroll { overflow-x: auto; margin-top: 10px; }
summary { cursor: pointer; font-weight: 600; }
.pictures img { display: block; width: 100%; border-radius: 8px; image-rendering: pixelated; }
footer { color: var(--soft); padding: 8px 0 40px; font-size: 13px; }
@media print { body { background: #fff; } .card, .tile { break-inside: avoid; } .hit { display: none; } }
`;
