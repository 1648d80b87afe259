/** What every exported page begins with: one self-contained file, no script, nothing from the network. */
import { escapeHtml } from './escape.ts';
import { STYLE } from './style.ts';

/** The pages' Content Security Policy. */
export const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @param body HTML */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
