/** The style sheet of report.html: system fonts, light and dark, one column on a phone, fit for print. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f5f6f8; --card: #fff; --ink: #1c2430; --soft: #5a6675; --line: #dde2e9;
  --accuracy: #00745c; --exact: #5b6b7f; --use: #2b3a4f; --bound: #b4480a; --price-gpu: #8a6a00;
  --resolution: #0a58b8; --quantizer: #b4480a; --frame-rate: #7a3fb0; --key-frames: #00745c; --codec: #a02463; --chroma: #6b6300;
  --pixel-filter: #0b6f8f; --area-filter: #8c3a1f; --edge-filter: #4c5a1a;
  --input-size: #4a3fb5; --member: #7a1f2b; --enhancement: #2f6b4f; --kept-tiles: #8a4a00;
  --policy-oneadapt: #0a58b8; --policy-published: #0493e7; --policy-static: #3a4855; --policy-chameleon: #039047; --policy-awstream: #ff3c75;
  --policy-reducto: #8c2eff; --policy-eaar: #780001; --policy-accmpeg: #a3008b; --policy-dds: #460068; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #11151b; --card: #1a2029; --ink: #e6ebf2; --soft: #9aa7b8; --line: #303947;
    --accuracy: #3ecfa3; --exact: #a3b1c2; --use: #d3dbe6; --bound: #ff9c5f; --price-gpu: #e3c04d;
    --resolution: #7ab6ff; --quantizer: #ff9c5f; --frame-rate: #c79bf2; --key-frames: #3ecfa3; --codec: #ff8ac0; --chroma: #d8cc4a;
    --pixel-filter: #6fd3f2; --area-filter: #f2a48a; --edge-filter: #b9d06a;
    --input-size: #a9a2ff; --member: #ff8f9a; --enhancement: #7ddba0; --kept-tiles: #f0a060;
    --policy-oneadapt: #7ab6ff; --policy-published: #4593b7; --policy-static: #b4a79e; --policy-chameleon: #02f08e; --policy-awstream: #fd7c2d;
    --policy-reducto: #a04ee2; --policy-eaar: #f5fd43; --policy-accmpeg: #c1416c; --policy-dds: #c5d7ea; }
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
.notice { border-left: 4px solid var(--bound); margin-bottom: 16px; }
.tiles, .grid2 { display: grid; gap: 16px; margin-bottom: 16px; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); }
.grid2 { grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
.stack { display: grid; gap: 16px; align-content: start; }
.columns { columns: 2 440px; column-gap: 16px; } .columns > .card { break-inside: avoid; margin-bottom: 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px; }
.tile p { margin: 0; color: var(--soft); }
.tile strong { display: block; font-size: 26px; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile small { color: var(--soft); }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--line); }
.tick { fill: var(--soft); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.c-accuracy { color: var(--accuracy); } .c-exact { color: var(--exact); } .c-use { color: var(--use); }
.c-measured { color: var(--exact); } .c-bound, .c-price { color: var(--bound); } .c-price-gpu { color: var(--price-gpu); }
.c-resolution { color: var(--resolution); } .c-quantizer { color: var(--quantizer); } .c-frameRate { color: var(--frame-rate); }
.c-keyFrameInterval { color: var(--key-frames); } .c-codec { color: var(--codec); } .c-colour { color: var(--chroma); }
.c-pixelFilter { color: var(--pixel-filter); } .c-areaFilter { color: var(--area-filter); } .c-edgeFilter { color: var(--edge-filter); }
.c-inputSize { color: var(--input-size); } .c-member { color: var(--member); } .c-enhancement { color: var(--enhancement); } .c-tiles { color: var(--kept-tiles); }
.c-policy-oneadapt { color: var(--policy-oneadapt); } .c-policy-published { color: var(--policy-published); } .c-policy-static { color: var(--policy-static); } .c-policy-chameleon { color: var(--policy-chameleon); }
.c-policy-awstream { color: var(--policy-awstream); } .c-policy-reducto { color: var(--policy-reducto); } .c-policy-eaar { color: var(--policy-eaar); } .c-policy-accmpeg { color: var(--policy-accmpeg); } .c-policy-dds { color: var(--policy-dds); }
.line.c-bound, .line.c-price-gpu { stroke-dasharray: 6 4; } .line.c-bound { stroke-width: 1.5; }
.line.c-exact, .line.c-measured, .line.c-frameRate { stroke-dasharray: 2 3; } .line.c-quantizer { stroke-dasharray: 8 3; }
.line.c-keyFrameInterval { stroke-dasharray: 9 3 2 3; } .line.c-codec { stroke-dasharray: 4 2; } .line.c-colour { stroke-dasharray: 1 2; }
.fit { stroke: var(--soft); stroke-dasharray: 5 4; }
.line.c-pixelFilter { stroke-dasharray: 6 2 1 2; } .line.c-areaFilter { stroke-dasharray: 3 1.5; } .line.c-edgeFilter { stroke-dasharray: 12 3; }
.line.c-inputSize { stroke-dasharray: 10 2; } .line.c-member { stroke-dasharray: 6 2 1 2; } .line.c-enhancement { stroke-dasharray: 3 3; } .line.c-tiles { stroke-dasharray: 7 2 2 2; }
.line.faint, .mark.faint { color: var(--soft); } .mark { fill: currentColor; } .mark.hollow { fill: var(--card); stroke: currentColor; stroke-width: 1.5; }
.label { fill: var(--ink); font: 11px system-ui, sans-serif; } .line.split { stroke-dasharray: 2 3; } .line.clairvoyant { stroke-dasharray: 8 4; }
.numbers .best { font-weight: 700; } .numbers th[scope='row'] { width: auto; color: inherit; } .numbers .part { color: var(--soft); }
.hit { fill: transparent; } .hit:hover { fill: var(--soft); fill-opacity: 0.12; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 2px 0 8px; padding: 0; list-style: none; font-size: 13px; }
.legend li::before { content: ''; display: inline-block; width: 14px; border-top: 3px solid currentColor; margin-right: 6px; vertical-align: middle; }
.legend li:is(.c-bound, .c-price-gpu, .c-quantizer, .c-keyFrameInterval, .c-codec, .c-pixelFilter, .c-areaFilter, .c-edgeFilter, .c-inputSize, .c-member, .c-tiles)::before { border-top-style: dashed; }
.legend li:is(.c-exact, .c-measured, .c-frameRate, .c-colour, .c-enhancement)::before { border-top-style: dotted; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
tr:first-child > th, tr:first-child > td { border-top: 0; }
th[scope='row'] { font-weight: 500; color: var(--soft); width: 45%; }
.numbers { font-variant-numeric: tabular-nums; } .numbers th, .numbers td { white-space: nowrap; }
.wide { font-size: 13px; } .wide th + th, .wide td { padding-right: 6px; text-align: right; }
.scroll { overflow-x: auto; margin-top: 10px; }
summary { cursor: pointer; font-weight: 600; }
.pictures img { display: block; width: 100%; border-radius: 8px; image-rendering: pixelated; }
.scale { display: flex; align-items: center; gap: 8px; margin: 6px 0 8px; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.scale svg { width: 140px; height: 9px; border-radius: 2px; }
footer { color: var(--soft); padding: 8px 0 40px; font-size: 13px; }
@media print { body { background: #fff; } .card, .tile { break-inside: avoid; } .hit { display: none; } }
`;
