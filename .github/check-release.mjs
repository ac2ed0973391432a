// What has to be right before a version is published: node .github/check-release.mjs TAG
import { readFileSync } from 'node:fs';

const [, , tag = ''] = process.argv;
const { version, repository, bugs } = JSON.parse(readFileSync('package.json', 'utf8'));
const [topSection = ''] = /^## .*$/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
const faults = [];

// npm compares "repository" with the repository whose workflow publishes, and refuses the rest.
if (!(repository?.url ?? repository)) {
  faults.push(
    'package.json has no "repository". npm needs it for the provenance. Add: "repository": { "type": "git", "url": "git+https://github.com/OWNER/NAME.git" }',
  );
}
if (!(bugs?.url ?? bugs)) {
  faults.push(
    'package.json has no "bugs". Users look there for where to report. Add: "bugs": "https://github.com/OWNER/NAME/issues"',
  );
}
if (tag !== `v${version}`) {
  faults.push(`The tag is "${tag}", and package.json says v${version}. Tag that version.`);
}
if (
  !new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`).test(
    topSection,
  )
) {
  faults.push(
    `CHANGELOG.md begins with "${topSection}". Name the version and its day: "## [${version}] - YYYY-MM-DD".`,
  );
}

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
