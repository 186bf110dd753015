// In the browser the server places libraries at vendor/; in Node they are found in node_modules.
import { register } from "node:module";
import "fake-indexeddb/auto";

const PLACES = { "idb.js": "idb/build/index.js", "lit-html.js": "lit-html/lit-html.js", "uuidv7.js": "uuidv7/dist/index.js" };
const hooks = `
  const places = ${JSON.stringify(PLACES)};
  export function resolve(name, context, next) {
    const file = name.match(/vendor\\/([^/]+)$/)?.[1];
    return next(file in places && name.startsWith(".") ? new URL("../../node_modules/" + places[file], ${JSON.stringify(import.meta.url)}).href : name, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
