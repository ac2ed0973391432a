// A request as a command for a POSIX shell.

export function curlCommand({ method, path, headers, body }) {
  const parts = [`curl -X ${method} ${quote(new URL(path, location.origin).href)}`];
  if (method === 'HEAD') parts[0] = parts[0].replace('-X HEAD', '--head');
  for (const field of headers) parts.push(`-H ${quote(field.join(': '))}`);
  if (body !== '') parts.push(`--data-binary ${quote(body)}`);
  return parts.join(' \\\n  ');
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

/** @param changed the attributes that are not those of the sample; `data` is one */
export function invokeEventCommand(base, kind, mode, changed) {
  const parts = [`barefn invoke ${base} --event=${kind}`];
  if (mode !== 'binary') parts.push(`--mode=${mode}`);
  for (const [name, value] of Object.entries(changed)) {
    parts.push(`--${name === 'source' ? 'event-source' : name}=${quote(value)}`);
  }
  return parts.join(' ');
}

/** Between single quotes every character but the quote stands for itself. */
export function quote(text) {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
