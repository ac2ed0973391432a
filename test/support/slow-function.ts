import http from 'node:http';

/** A function that answers after a while, in several ways, and tells of its shutdown hooks. */
export const SLOW = `
const { http, onShutdown } = require('barefn');
let open = 0;
http('function', (req, res) => {
  open++;
  res.on('close', () => open--);
  if (req.path === '/open') res.send(String(open - 1));
  else if (req.path === '/stream') {
    res.write('first,');
    setTimeout(() => res.end('last'), Number(req.query.ms ?? 400));
  } else if (req.path === '/never') {
    req.signal.addEventListener('abort', () => process.stderr.write('aborted: ' + req.signal.reason.message + '\\n'));
  } else if (req.path === '/reacts') {
    req.signal.addEventListener('abort', () => res.status(503).send('giving up'));
  } else setTimeout(() => res.send('done ' + req.path), Number(req.query.ms ?? 300));
});
onShutdown(async () => { process.stderr.write('hook 1, open ' + open + '\\n'); await new Promise((r) => setTimeout(r, 30)); process.stderr.write('hook 1 ends\\n'); });
onShutdown(() => { process.stderr.write('hook 2\\n'); });
`;

/** What became of a request. */
export interface Answer {
  status: number;
  text: string;
  connection: string | undefined;
}

/** A request without a body, as bytes. */
export function request(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

/** Sends one GET request. */
export function get(url: string, agent?: http.Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.get(url, agent === undefined ? {} : { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      const { statusCode: status = 0, headers } = response;
      response.on('end', () => resolve({ status, text, connection: headers.connection }));
    });
    outgoing.on('error', reject);
  });
}
