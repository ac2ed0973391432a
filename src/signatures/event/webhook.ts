import { HttpError } from '../../core/errors';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';

/** Handles the webhook handshake. True when the request was answered. */
type Handshake = (req: HttpRequest, res: HttpResponse) => boolean;

/**
 * The abuse protection of the CloudEvents webhook specification (§4): a sender asks by OPTIONS for
 * consent, and names its origin with every delivery.
 *
 * @param allowed origins separated by commas, or `*`; null = no handshake, OPTIONS is answered 405
 */
export function webhookMethods(allowed: string | null): {
  methods: readonly string[];
  answersHandshake: Handshake | undefined;
} {
  const origins = (allowed ?? '').split(',').map((origin) => origin.trim().toLowerCase());
  if (origins.every((origin) => origin === '')) {
    return { methods: ['POST'], answersHandshake: undefined };
  }
  const isAllowed = (origin: string): boolean =>
    origin !== '' && (origins.includes('*') || origins.includes(origin.toLowerCase()));
  return {
    methods: ['POST', 'OPTIONS'],
    answersHandshake: (req, res) => answerHandshake(req, res, isAllowed),
  };
}

function answerHandshake(
  req: HttpRequest,
  res: HttpResponse,
  isAllowed: (o: string) => boolean,
): boolean {
  const asked = req.get('WebHook-Request-Origin');
  // Deliveries of Azure Event Grid name their origin in Origin alone.
  const origin = req.method === 'OPTIONS' ? asked : (asked ?? req.get('Origin'));
  if (req.method !== 'OPTIONS') {
    if (origin !== undefined && isAllowed(origin)) return false;
    throw new HttpError(403, 'ORIGIN_NOT_ALLOWED', describeOriginError(origin));
  }
  res.setHeader('Allow', 'POST, OPTIONS');
  // §4.2: only consent has these headers. `*`: the rate is not limited.
  if (origin !== undefined && isAllowed(origin)) {
    res.setHeader('WebHook-Allowed-Origin', origin);
    res.setHeader('WebHook-Allowed-Rate', '*');
  }
  res.setHeader('Content-Length', '0');
  res.end();
  return true;
}

function describeOriginError(origin: string | undefined): string {
  return origin === undefined
    ? 'Deliveries must name their origin in WebHook-Request-Origin.'
    : `The origin "${origin.slice(0, 80)}" may not deliver here. Add it to --webhook-allowed-origins.`;
}
