// A request as a command for a POSIX shell.

export function curlCommand({ method, path, headers, body, base64 }) {
  const parts = [`curl -X ${method} ${quote(new URL(path, location.origin).href)}`];
  if (method === 'HEAD') parts[0] = parts[0].replace('-X HEAD', '--head');
  for (const field of headers) parts.push(`-H ${quote(field.join(': '))}`);
  // The arguments of a program cannot hold bytes of 0.
  if (base64) parts.push('--data-binary @-');
  else if (body !== '') parts.push(`--data-binary ${quote(body)}`);
  const command = parts.join(' \\\n  ');
  return base64 ? `printf %s ${base64} | base64 -d | ${command}` : command;
}

/** @param base the flags that choose the function */
export function invokeCommand(base, { method, path, headers, body }) {
  const parts = [`barefn invoke ${base}`];
  if (method !== (body === '' ? 'GET' : 'POST')) parts.push(`-X ${method}`);
  for (const field of headers) parts.push(`-H ${quote(field.join(': '))}`);
  if (body !== '') parts.push(`-d ${quote(body)}`);
  if (path !== '/') parts.push(quote(path));
  return parts.join(' ');
}

/** The flags of attributes and of the data. Other attributes are header fields, in binary mode. */
const FLAGS = {
  type: 'type',
  source: 'event-source',
  subject: 'subject',
  id: 'id',
  time: 'time',
  data: 'data',
};

/** @param changed the attributes that are not those of the sample; `data` is one */
export function invokeEventCommand(base, kind, mode, changed) {
  const parts = [`barefn invoke ${base} --event=${kind}`];
  if (mode !== 'binary') parts.push(`--mode=${mode}`);
  for (const [name, value] of Object.entries(changed)) {
    const flag = FLAGS[name];
    parts.push(flag ? `--${flag}=${quote(value)}` : `-H ${quote(`ce-${name}: ${value}`)}`);
  }
  return parts.join(' ');
}

/** Between single quotes every character but the quote stands for itself. */
export function quote(text) {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
