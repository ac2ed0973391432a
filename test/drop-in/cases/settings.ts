import type { Setting } from '../subject';

/** The servers that cases share. */
export const settings = {
  http: { args: ['--target=main'] },
  production: { args: ['--target=main'], env: { NODE_ENV: 'production' } },
  executionId: { args: ['--target=main', '--log-execution-id'] },
  event: { args: ['--target=event', '--signature-type=event'] },
  eventWithCallback: { args: ['--target=eventWithCallback', '--signature-type=event'] },
  cloudEvent: { args: ['--target=cloudEvent'] },
  cloudEventWithCallback: { args: ['--target=cloudEventWithCallback'] },
  nothingIgnored: { args: ['--target=main', '--ignored-routes='] },
  othersIgnored: { args: ['--target=main'], env: { IGNORED_ROUTES: '/private' } },
} satisfies Record<string, Setting>;
