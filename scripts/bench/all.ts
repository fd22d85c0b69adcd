// Runs every benchmark, one after the other. `npm run bench`
import { execFileSync } from 'node:child_process'

for (const name of ['engine', 'lasting', 'identity', 'store', 'messages', 'grab', 'faq', 'faq-library', 'ads']) {
  console.log(`\n== ${name}`)
  try {
    execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', `scripts/bench/${name}.ts`], { stdio: 'inherit' })
  } catch {
    // The data of faq and ads do not ship; such a benchmark says so itself.
    console.log(`${name} did not run to its end`)
  }
}
