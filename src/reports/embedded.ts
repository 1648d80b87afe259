/** The report.json that a report.html carries, so that one file is enough to look at a run and to run it again. */

const ID = 'oneadapt-report';
const ELEMENT = new RegExp(`<script type="application/json" id="${ID}">([\\s\\S]*?)</script>`);

/** A script element holding the JSON; "<" is escaped so that nothing in it can end the element. */
export const embedReport = (json: string): string =>
  `<script type="application/json" id="${ID}">${json.replaceAll('<', '\\u003c')}</script>`;

/** The JSON inside a report.html, undefined where the text is no such page. */
export const embeddedReport = (html: string): string | undefined => ELEMENT.exec(html)?.[1];
