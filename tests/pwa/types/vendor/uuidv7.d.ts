export * from "uuidv7";
