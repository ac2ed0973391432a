// One colour for a subject in every plot: raw is dark, barefn is orange, the others are blue.

/** The colours named in the page's legend. */
export const accents = { ours: '#e8590c', baseline: '#343a40', others: '#748ffc' };

/** What reads well on white, and on the tints beside it. */
export const ink = { text: '#212529', soft: '#868e96', line: '#e9ecef' };

const curves = {
  raw: accents.baseline,
  barefn: accents.ours,
  'barefn-embed': '#fab005',
  'functions-framework': '#1c7ed6',
  'functions-framework-3': '#74c0fc',
  'faas-js-runtime': '#e64980',
  express: '#2f9e44',
  fastify: '#9c36b5',
  koa: '#66a80f',
  polka: '#0ca678',
  hono: '#f06595',
  h3: '#15aabf',
  srvx: '#845ef7',
  micro: '#a9784c',
};

/** For rows, which carry their names: only raw and ours stand out. */
export const rowColor = {
  condition: [
    { test: "indexof(datum.subject, 'barefn') === 0", value: accents.ours },
    { test: "indexof(datum.subject, 'raw') === 0", value: accents.baseline },
  ],
  value: accents.others,
};

/**
 * For curves, which differ in colour only.
 * @param {string[]} subjects
 */
export function curveScale(subjects) {
  const extra = ['#c92a2a', '#5f3dc4', '#087f5b', '#d6336c'];
  const known = Object.keys(curves).filter((name) => subjects.includes(name));
  const domain = [...new Set([...known, ...subjects])];
  const range = domain.map(
    (name, index) => curves[/** @type {'raw'} */ (name)] ?? extra[index % extra.length],
  );
  return { domain, range };
}
