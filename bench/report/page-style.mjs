import { accents, ink } from './palette.mjs';

/** The page's style sheet. */
export const style = `
:root { color-scheme: light; --soft: ${ink.soft}; --line: ${ink.line} }
body { font: 15px/1.55 system-ui, sans-serif; color: ${ink.text}; background: #f8f9fa; margin: 0 auto; max-width: 88rem; padding: 2.5rem 1.5rem 4rem }
h1 { font-size: 1.9rem; margin: 0 }
h2 { font-size: 1.35rem; margin: 3rem 0 .2rem }
h1 + p, h2 + p { color: #495057; max-width: 62rem; margin: .3rem 0 1rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .87rem; margin: 1.5rem 0 }
dt { color: var(--soft) }
dd { margin: 0 }
nav a { margin-right: 1.2rem; color: inherit }
.glance { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0 }
.glance div, figure, .table, .caveats { background: #fff; border: 1px solid var(--line); border-radius: 10px }
.glance div { padding: .8rem 1.1rem }
.glance b { display: block; font-size: 1.7rem; line-height: 1.3; font-variant-numeric: tabular-nums; color: ${accents.ours} }
.glance small { color: var(--soft) }
.key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .4em 0 1em }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr)); gap: 1rem; align-items: start }
figure { margin: 0; padding: 1rem 1.1rem .6rem }
figcaption { font-weight: 600; margin-bottom: .5rem }
svg { display: block; width: 100%; height: auto }
.table { overflow-x: auto; margin-top: 1rem; padding: 0 1.1rem .8rem }
table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; min-width: 60% }
caption { text-align: left; font-weight: 600; font-size: .95rem; padding: .9rem 0 .4rem; white-space: nowrap }
th { color: var(--soft); font-weight: 500 }
th, td { padding: .2rem 1rem .2rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
tr.ours td { color: ${accents.ours}; font-weight: 600 }
tr.raw td { font-weight: 600 }
td.failed { text-align: left; color: #c92a2a; white-space: normal }
.caveats { padding: .4rem 1.1rem }
@media print { body { background: #fff; max-width: none } figure, .table { break-inside: avoid } }
`;
