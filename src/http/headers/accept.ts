import { LENIENT, LENIENT_MEMBER, readParameterizedValue } from '../../core/media-type';
import { mediaTypeOf } from '../files/mime-types';

/** One member of Accept. */
interface Preference {
  /** As the client wrote it. */
  name: string;
  /** The same in lower case. */
  range: string;
  quality: number;
  /** Without the quality. */
  parameters: ReadonlyMap<string, string>;
}

/** How precisely a preference names an offer; -1 when it does not. */
type Precision = (preference: Preference) => number;

/**
 * The one of `types` (media types or extensions) that Accept prefers (RFC 9110 §12.5.1).
 *
 * @returns the type as given, false when none is acceptable; without types, all that the client
 *   accepts, best first
 */
export function accepts(
  header: string | undefined,
  types: readonly string[],
): string | string[] | false {
  if (!header && types.length > 0) return types[0] as string;
  const preferences = readPreferences(header ?? '*/*').filter(({ name }) => name.includes('/'));
  return choose(types, preferences, mediaTypePrecision);
}

/** As {@link accepts}, for content codings and Accept-Encoding (RFC 9110 §12.5.3). */
export function acceptsEncodings(
  header: string | undefined,
  encodings: readonly string[],
): string | string[] | false {
  const preferences = readPreferences(header ?? '');
  if (!preferences.some(({ range }) => range === 'identity' || range === '*')) {
    // Not excluded, identity is acceptable, but last.
    let quality = 1;
    for (const preference of preferences) quality = Math.min(quality, preference.quality || 1);
    preferences.push({ name: 'identity', range: 'identity', quality, parameters: new Map() });
  }
  return choose(encodings, preferences, namePrecision);
}

/** As {@link accepts}, for charsets and Accept-Charset (RFC 9110 §12.5.2). */
export function acceptsCharsets(
  header: string | undefined,
  charsets: readonly string[],
): string | string[] | false {
  return choose(charsets, readPreferences(header ?? '*'), namePrecision);
}

/** As {@link accepts}, for language tags and Accept-Language (RFC 9110 §12.5.4). */
export function acceptsLanguages(
  header: string | undefined,
  languages: readonly string[],
): string | string[] | false {
  return choose(languages, readPreferences(header ?? '*'), languagePrecision);
}

function readPreferences(header: string): Preference[] {
  const preferences: Preference[] = [];
  for (let start = 0; start < header.length; ) {
    const { value, parameters, end } = readParameterizedValue(header, start, LENIENT_MEMBER);
    const q = parameters.get('q');
    parameters.delete('q');
    const quality = q ? Number.parseFloat(q) : 1;
    if (value !== '') {
      preferences.push({ name: value, range: value.toLowerCase(), quality, parameters });
    }
    start = end + 1;
  }
  return preferences;
}

function choose(
  offers: readonly string[],
  preferences: Preference[],
  precisionOf: (offer: string) => Precision,
): string | string[] | false {
  if (offers.length === 0) {
    const accepted = preferences.filter(({ quality }) => quality > 0);
    return accepted.sort((a, b) => b.quality - a.quality || 0).map(({ name }) => name);
  }
  let best: Rating = { quality: 0, precision: 0, position: -1 };
  let chosen: string | false = false;
  for (const offer of offers) {
    const rating = rate(precisionOf(offer), preferences);
    if (rating.quality > 0 && (chosen === false || isPreferred(rating, best))) {
      best = rating;
      chosen = offer;
    }
  }
  return chosen || false; // an empty name is not an offer
}

/** How the client rates an offer. */
interface Rating {
  quality: number;
  precision: number;
  /** Index of the preference that decides. */
  position: number;
}

/** The most precise preference decides, among equals the one of higher quality, then the last. */
function rate(precisionOf: Precision, preferences: Preference[]): Rating {
  let rating: Rating = { quality: 0, precision: 0, position: -1 };
  for (const [position, preference] of preferences.entries()) {
    const precision = precisionOf(preference);
    if (precision === -1) continue;
    const { quality } = preference;
    // A quality that is not a number equals any other: NaN is falsy.
    const order = precision - rating.precision || quality - rating.quality || 1;
    if (order > 0) rating = { quality, precision, position };
  }
  return rating;
}

function isPreferred(a: Rating, b: Rating): boolean {
  return (a.quality - b.quality || a.precision - b.precision || b.position - a.position) > 0;
}

function namePrecision(offer: string): Precision {
  const name = offer.toLowerCase();
  return ({ range }) => (range === name ? 1 : range === '*' ? 0 : -1);
}

/** RFC 4647 §3.3.1 in both directions: `en` accepts `en-US`, and `en-US` also `en`. */
function languagePrecision(offer: string): Precision {
  const tag = readParameterizedValue(offer, 0, LENIENT).value.toLowerCase();
  if (tag === '') return () => -1;
  const primary = primarySubtag(tag);
  return ({ range }) => {
    if (range === tag) return 4;
    if (primarySubtag(range) === tag) return 2;
    if (range === primary) return 1;
    return range === '*' ? 0 : -1;
  };
}

function primarySubtag(tag: string): string {
  return tag.split('-', 1)[0] as string;
}

function mediaTypePrecision(offer: string): Precision {
  const mediaType = offer.includes('/') ? offer : (mediaTypeOf(offer) ?? '');
  const { value, parameters } = readParameterizedValue(mediaType, 0, LENIENT);
  const [type, subtype] = splitMediaType(value.toLowerCase());
  if (!value.includes('/')) return () => -1;
  return (preference) => {
    const [wantedType, wantedSubtype] = splitMediaType(preference.range);
    if (wantedType !== type && wantedType !== '*') return -1;
    if (wantedSubtype !== subtype && wantedSubtype !== '*') return -1;
    for (const [name, wanted] of preference.parameters) {
      if (!accepted(wanted, parameters.get(name))) return -1;
    }
    return (
      (wantedType === type ? 4 : 0) +
      (wantedSubtype === subtype ? 2 : 0) +
      Number(preference.parameters.size > 0)
    );
  };
}

function splitMediaType(mediaType: string): [type: string, subtype: string] {
  const slash = mediaType.indexOf('/');
  return [mediaType.slice(0, slash), mediaType.slice(slash + 1)];
}

function accepted(wanted: string, given: string | undefined): boolean {
  return wanted === '*' || wanted.toLowerCase() === (given ?? '').toLowerCase();
}
