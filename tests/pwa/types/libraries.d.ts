// The server places the libraries at vendor/; their types are those of the installed packages.
declare module "*/vendor/idb.js" { export * from "idb"; }
declare module "*/vendor/lit-html.js" { export * from "lit-html"; }
declare module "*/vendor/uuidv7.js" { export * from "uuidv7"; }
