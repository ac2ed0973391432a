import {
  type HttpFunction,
  http,
  type Request,
  type Response,
} from '@google-cloud/functions-framework';

http('inline', (req, res) => {
  const name: unknown = req.query['name'] ?? req.body?.name;
  const agent: string | undefined = req.get('User-Agent');
  res
    .status(200)
    .set('X-Agent', agent ?? 'none')
    .type('txt')
    .send(`Hello ${name}`);
});

http('late', async (_req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  res.json({ done: true });
});

export const declared: HttpFunction = (req: Request, res: Response) => {
  const raw: Buffer | undefined = req.rawBody;
  const id: string | undefined = req.executionId;
  const span: string | undefined = req.spanId;
  req.abortController?.signal.addEventListener('abort', () => res.end());
  res.append('Vary', 'Accept').cookie('id', id, { httpOnly: true, maxAge: 1000 }).vary('Accept');
  if (req.method !== 'POST' || req.is('json') === false) return res.sendStatus(405);
  res.setHeader('X-Span', span ?? '');
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  return res.end(raw?.toString('utf8'));
};
http('declared', declared);

export interface Signed extends Request {
  user: string;
}

// @ts-expect-error: a handler is a function
http('text', 'hello');
// @ts-expect-error: a name is a string
http(1, declared);

http('typo', (req, res) => {
  // @ts-expect-error: requests and responses have types
  res.sendd(req.bodyy);
});
