import { accents, ink } from './palette.mjs';

/** The page's style sheet: light and dark, on a phone, and on paper. */
export const style = `
:root { color-scheme: light dark; --text: ${ink.text}; --soft: #667078; --line: ${ink.line}; --page: #f8f9fa; --card: #fff; --ours: #c2410c; --failed: #c92a2a }
@media (prefers-color-scheme: dark) { @media screen {
  :root { --text: #e9ecef; --soft: #a3abb3; --line: #343a40; --page: #121416; --card: #1c1f22; --ours: #ff8a4c; --failed: #ff8787 }
  figure svg { filter: invert(.89) hue-rotate(180deg) }
  .key { filter: invert(.89) hue-rotate(180deg); color: #212529 }
} }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 0 auto; max-width: 88rem; padding: 2.5rem 1.5rem 4rem; overflow-wrap: break-word }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 }
h2 { font-size: 1.35rem; margin: 3rem 0 .2rem }
h1 + p, h2 + p { color: var(--soft); max-width: 62rem; margin: .3rem 0 1rem }
a { color: inherit }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .87rem; margin: 1.5rem 0; max-width: 75rem }
dt { color: var(--soft) }
dd { margin: 0; min-width: 0 }
nav a { margin-right: 1.2rem }
.glance { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0 }
.glance div, figure, .table, .caveats { background: var(--card); border: 1px solid var(--line); border-radius: 10px }
.glance div { padding: .8rem 1.1rem }
.glance b { display: block; font-size: 1.6rem; line-height: 1.3; font-variant-numeric: tabular-nums; color: var(--ours) }
.glance small { color: var(--soft); display: block }
.key { white-space: nowrap }
.key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .4em 0 1em }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr)); gap: 1rem; align-items: start }
figure { margin: 0; padding: 1rem 1.1rem .6rem; min-width: 0 }
figure div { overflow-x: auto }
figcaption { font-weight: 600; margin-bottom: .5rem }
svg { display: block; width: 100%; min-width: 30rem; height: auto }
.table { overflow-x: auto; margin-top: 1rem; padding: 0 1.1rem .8rem }
table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; min-width: 60% }
caption { text-align: left; font-weight: 600; font-size: .95rem; padding: .9rem 0 .4rem }
th, th button { color: var(--soft); font: inherit; font-weight: 500 }
th button { background: none; border: 0; padding: 0; cursor: pointer }
th[aria-sort=ascending] button::after { content: ' ↑' }
th[aria-sort=descending] button::after { content: ' ↓' }
th, td { padding: .2rem 1rem .2rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
tr.ours td { color: var(--ours); font-weight: 600 }
tr.raw td { font-weight: 600 }
td.failed { text-align: left; color: var(--failed); white-space: normal }
.conclusion { margin: .7rem 0 0; max-width: 62rem }
.caveats { padding: .4rem 1.1rem }
@media (max-width: 40rem) { body { padding: 1.2rem .8rem 3rem } dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } .glance { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem } .glance b { font-size: 1.25rem } figure, .table { padding-left: .7rem; padding-right: .7rem } }
@media print { :root { --text: #000; --soft: #444; --line: #ccc; --card: #fff; --ours: ${accents.ours} } body { background: #fff; font-size: 10pt; max-width: none; padding: 0; print-color-adjust: exact } nav, #samples, #samples + p { display: none } .plots { grid-template-columns: 1fr 1fr } svg { min-width: 0 } figure, .glance div, tr, .conclusion { break-inside: avoid } h2, caption { break-after: avoid } table { font-size: 7.5pt } th, td { padding-right: .5rem } .table { overflow: visible } }
`;
