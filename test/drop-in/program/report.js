/** Answers with JSON of all that a function sees of its request. */
exports.report = (req, res) => {
  const facts = {};
  for (const [name, read] of Object.entries(reads)) {
    try {
      facts[name] = read(req, res);
    } catch (error) {
      facts[name] = `${error.name}: ${error.message}`;
    }
    if (facts[name] === undefined) facts[name] = 'undefined';
  }
  res.setHeader('x-report', '1');
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(facts));
};

const reads = {
  method: (req) => req.method,
  url: (req) => req.url,
  originalUrl: (req) => req.originalUrl,
  path: (req) => req.path,
  baseUrl: (req) => req.baseUrl,
  query: (req) => req.query,
  'query keys': (req) => Object.keys(req.query),
  body: (req) => show(req.body),
  rawBody: (req) => ('rawBody' in req && req.rawBody !== undefined ? show(req.rawBody) : 'absent'),
  'body is rawBody': (req) => req.body !== undefined && req.body === req.rawBody,
  'body prototype': (req) => prototype(req.body),
  headers: (req) => req.headers,
  'get Content-Type': (req) => req.get('Content-Type'),
  ip: (req) => req.ip.replace('::ffff:', ''),
  ips: (req) => req.ips,
  protocol: (req) => req.protocol,
  secure: (req) => req.secure,
  host: (req) => req.host,
  hostname: (req) => req.hostname,
  subdomains: (req) => req.subdomains,
  xhr: (req) => req.xhr,
  fresh: (req) => req.fresh,
  stale: (req) => req.stale,
  executionId: (req) => (/^[0-9a-z]{12}$/.test(req.executionId) ? 'random' : req.executionId),
  spanId: (req) => req.spanId,
};

function show(value) {
  if (value === undefined) return 'undefined';
  if (!Buffer.isBuffer(value)) return typeof value === 'object' ? nested(value) : { text: value };
  if (value.length > 4096) return `Buffer of ${value.length} bytes`;
  return `Buffer ${value.toString('hex')}`;
}

/** JSON that shows what JSON.stringify hides: holes, __proto__ keys, undefined. */
function nested(value) {
  return JSON.stringify(value, (key, inner) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.entries(inner).map(([name, one]) => ({ name, one }));
  });
}

function prototype(value) {
  if (value === undefined || value === null) return 'none';
  const found = Object.getPrototypeOf(value);
  return found === null ? 'null' : found.constructor.name;
}
