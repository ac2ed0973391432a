import type { Registration } from '../registry';
import type { Callable, EventOptions } from './signature';
export declare function prepareWeb(registration: Registration, options: EventOptions): Callable;
