import { readTrustProxy } from './trust-proxy';

/** What programs read of an Express application through `req.app` and `res.app`. */
export interface AppSettings {
  readonly locals: Record<string, unknown>;
  readonly settings: Record<string, unknown>;
  readonly mountpath: string;
  path(): string;
  get(name: string): unknown;
  set(name: string, value: unknown): AppSettings;
  enabled(name: string): boolean;
  disabled(name: string): boolean;
  enable(name: string): AppSettings;
  disable(name: string): AppSettings;
}

let shared: AppSettings | undefined;

/** The settings that all servers share. */
export function appSettings(): AppSettings {
  shared ??= createSettings();
  return shared;
}

/** Settings with the values that Google's package sets. */
export function createSettings(): AppSettings {
  const settings: Record<string, unknown> = {
    'x-powered-by': false,
    etag: false,
    env: process.env['NODE_ENV'] || 'development',
    'query parser': 'simple',
    'subdomain offset': 2,
    'trust proxy': true,
    'jsonp callback name': 'callback',
  };
  const app: AppSettings = {
    locals: Object.assign(Object.create(null) as Record<string, unknown>, { settings }),
    settings,
    mountpath: '/',
    path: () => '',
    get: (name) => (Object.hasOwn(settings, name) ? settings[name] : undefined),
    set(name, value) {
      settings[name] = name === 'trust proxy' ? readTrustProxy(value, name) : value;
      return app;
    },
    enabled: (name) => Boolean(app.get(name)),
    disabled: (name) => !app.enabled(name),
    enable: (name) => app.set(name, true),
    disable: (name) => app.set(name, false),
  };
  return app;
}
