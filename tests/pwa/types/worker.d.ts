/** What the server fills into sw.js, and the few worker events it uses (the DOM library does not declare them). */
declare const __SHELL__: { url: string; sha256: string }[];
interface ExtendableEvent extends Event { waitUntil(promise: Promise<unknown>): void; }
interface FetchEvent extends ExtendableEvent { readonly request: Request; respondWith(answer: Promise<Response>): void; }
interface ExtendableMessageEvent extends ExtendableEvent { readonly data: { type: string }; readonly source: { postMessage(message: unknown): void } | null; }
