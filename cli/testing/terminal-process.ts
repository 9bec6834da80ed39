import { main } from "../main";

// One command of the terminal, as `npm run daybook --` runs it once packages are installed.
await main(process.argv.slice(2));
