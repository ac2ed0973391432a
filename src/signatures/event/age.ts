/**
 * Whether an event is older than `maxAge` seconds, which is logged. An event without a valid time is not
 * too old.
 */
export function isTooOld(time: unknown, maxAge: number, event: unknown): boolean {
  if (typeof time !== 'string') return false;
  // Date rejects leap seconds; the second before is close enough.
  const ageMs = Date.now() - Date.parse(time.replace(':60', ':59'));
  if (!(ageMs > maxAge * 1000)) return false;
  const { id, eventId, type, eventType } = event as Record<string, unknown>;
  const name = `${String(type ?? eventType)} ${String(id ?? eventId)}`;
  const message = `Dropped event ${name}: it is ${Math.round(ageMs / 1000)} s old, --max-event-age is ${maxAge} s.`;
  console.error(JSON.stringify({ severity: 'ERROR', message }));
  return true;
}
