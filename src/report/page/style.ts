const LIGHT = `--paper:#fbfbfa;--surface:#ffffff;--ink:#1b1e21;--muted:#566069;--line:#dcdfe2;--band:#eef1f2;--accent:#0b6b73;--alarm:#b3261e;color-scheme:light;`;
const DARK = `--paper:#121416;--surface:#1a1d20;--ink:#e9ebed;--muted:#a9b1b9;--line:#343a40;--band:#22272b;--accent:#56c5cc;--alarm:#ff8f85;color-scheme:dark;`;

/** Contrast of text on paper and surface is at least 4.5 : 1 in both themes; the browser test measures it. */
export const STYLE = `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:2px}
a.x{color:inherit;text-decoration:underline dotted;text-decoration-color:var(--accent);text-decoration-thickness:1.5px}
a.pair{text-decoration:none}a.pair .n{text-decoration:underline dotted;text-decoration-color:var(--accent);text-decoration-thickness:1.5px}
a:hover,a.pair:hover .n{text-decoration-style:solid}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--surface);padding:6px 10px;z-index:2}
.top{display:flex;justify-content:space-between;align-items:center;gap:16px;max-width:1080px;margin:0 auto;padding:14px 20px}
.brand{font-weight:700;letter-spacing:.01em}
button{font:inherit;font-size:14px;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:5px 12px;cursor:pointer}
.page{max-width:1080px;margin:0 auto;padding:0 20px}
main{min-width:0;max-width:760px}
footer{max-width:1080px;margin:48px auto 0;padding:16px 20px 40px;color:var(--muted);font-size:14px}
.contents ul{list-style:none;margin:0 0 14px;padding:3px 2px 8px;display:flex;gap:0 18px;font-size:14px;overflow-x:auto;white-space:nowrap}
@media (max-width:1039px){.contents ul{mask-image:linear-gradient(90deg,#000 calc(100% - 56px),transparent);padding-right:56px}}
@media (min-width:1040px){.page{display:grid;grid-template-columns:210px minmax(0,760px);gap:60px}.contents{position:sticky;top:24px;align-self:start}.contents ul{display:block;white-space:normal;overflow:visible}.contents li{margin:0 0 7px}.contents a{color:var(--muted);text-decoration:none}.contents a:hover{color:var(--accent);text-decoration:underline}}
h1,h2,h3,h4{line-height:1.25;margin:0;font-weight:650}
h1{font-size:16px;color:var(--muted);font-weight:500}
h2{font-size:24px;margin:0 0 14px}
h3{font-size:17px;margin:34px 0 12px}
h4{font-size:16px}
p{margin:0 0 12px}
ul,ol{margin:0 0 14px;padding-left:22px}
li{margin:0 0 6px}
code{font:.92em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
section{margin:64px 0 0;scroll-margin-top:16px}
.verdict{margin-top:8px}
.badge{display:inline-block;margin:14px 0 10px;padding:4px 16px;border-radius:6px;font-size:22px;font-weight:700;color:var(--paper);background:var(--accent)}
.no-go .badge{background:var(--alarm)}
.unknown .badge{background:var(--muted)}
.headline{font-size:22px;line-height:1.4;margin-bottom:22px;text-wrap:pretty}
.verdict h2{font-size:18px;margin:26px 0 10px}
.facts{display:flex;flex-wrap:wrap;gap:1px;margin:0 0 16px;background:var(--line);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.facts>div{flex:1 1 170px;min-width:0;background:var(--surface);padding:12px 14px}
.facts dt{font-size:13px;color:var(--muted)}
.facts dd{margin:0;font-size:18px;font-weight:600;font-variant-numeric:tabular-nums}
.facts dd.more{font-size:13px;font-weight:400;color:var(--muted)}
.facts a{text-decoration-thickness:1.5px}
.n,.ci,.num,.id{font-variant-numeric:tabular-nums}
.n.strong,.strong .n{font-weight:650}
.ci{color:var(--muted);font-weight:400;white-space:nowrap}
.facts .ci{font-size:14px}
.note{color:var(--muted);font-size:14px}
.missing{color:var(--muted);border:1px dashed var(--line);border-radius:8px;padding:16px}
.warning{border-left:3px solid var(--alarm);padding:8px 0 2px 14px;margin:0 0 16px}
figure{margin:8px 0 26px;padding:18px 20px 8px;background:var(--surface);border:1px solid var(--line);border-radius:8px}
.message{text-wrap:balance;font-weight:650;font-size:17px;line-height:1.35;margin:0 0 10px}
figure .note{margin:8px 0 8px}
svg{display:block;max-width:100%;height:auto;color:var(--muted)}
svg text{white-space:pre;font-family:inherit}
.narrow{display:none}.narrow svg{width:100%;max-width:420px;margin-inline:auto}
@media (max-width:640px){.wide{display:none}.narrow{display:block}figure{padding:14px 8px 6px;margin-inline:-8px}figcaption,figure .note{padding:0 6px}}
.finding{background:var(--surface);border:1px solid var(--line);border-left:4px solid var(--line);border-radius:8px;padding:14px 18px 10px;margin:0 0 14px;break-inside:avoid}
.finding.blocker{border-left-color:var(--alarm)}
.finding.harmful{border-left-color:var(--accent)}
.finding p{margin:0 0 10px}
.finding .tags{margin:7px 0 10px;font-size:13px}
.tag{display:inline-block;border:1px solid var(--line);border-radius:20px;padding:0 9px;color:var(--muted)}
.tag.blocker{color:var(--alarm);border-color:currentColor;font-weight:600}
.tag.asks{border-style:dashed}
.tag.harmful{color:var(--accent);border-color:currentColor;font-weight:600}
dl{margin:0}dd{margin:0}
.facts-inline>div,.method>div,.evidence>div{display:grid;grid-template-columns:92px minmax(0,1fr);gap:2px 12px;margin:0 0 6px}
.method>div{grid-template-columns:170px minmax(0,1fr)}
.facts-inline dt,.method dt,.evidence dt{color:var(--muted)}
.evidence{font-size:14px;padding:4px 0 6px}
.evidence>div{grid-template-columns:130px minmax(0,1fr);margin:0 0 2px}
.question dd{border-left:3px solid var(--accent);padding-left:10px}
details{margin:0 0 12px}
summary{cursor:pointer;color:var(--accent);font-size:14px}
.group>summary{margin:34px 0 12px}.group h3{display:inline;margin:0}
.scroll{overflow-x:auto;margin:0 0 14px;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.45}
caption{text-align:left;color:var(--muted);font-size:13px;padding:10px 14px 6px}
th,td{text-align:left;vertical-align:top;padding:7px 14px;border-top:1px solid var(--line);overflow-wrap:normal}
thead th{border-top:0;color:var(--muted);font-weight:500;font-size:13px;vertical-align:bottom}
tbody th{font-weight:400;min-width:150px;max-width:300px;overflow-wrap:anywhere}
@media (min-width:641px){.close th,.close td{padding-inline:9px}.close :is(th,td):first-child{padding-left:14px}.close :is(th,td):last-child{padding-right:14px}}
.num{text-align:right;white-space:nowrap}
.num .ci{display:block}
small.line{display:block}
thead .num{white-space:normal}
tr.strong{background:var(--band)}tr.strong th,tr.strong .n{font-weight:650}
.prose-table td:last-child{min-width:260px}
td small,th small,.status{white-space:nowrap}td small,th small{color:var(--muted);white-space:normal;font-weight:400}
.status.passed{color:var(--accent)}.status.failed{color:var(--alarm);font-weight:650}.status.undecided{font-weight:650}.status.not-run{color:var(--alarm)}.status.skipped{color:var(--muted)}
.ledger{list-style:none;padding:0;font-size:14px}
.ledger li{padding:7px 10px;border-top:1px solid var(--line);margin:0;scroll-margin-top:16px;display:grid;grid-template-columns:104px minmax(0,1fr) auto;gap:0 14px;align-items:baseline}
.ledger .replay{color:var(--muted);font-size:12px}
.ledger li:target{background:var(--band);outline:2px solid var(--accent)}
@media (max-width:640px){body{font-size:15px}.page,.top,footer{padding-inline:16px}.headline{font-size:19px}h2{font-size:21px}section{margin-top:48px}.facts>div{flex-basis:130px}.facts dd{font-size:16px}.facts>div{padding:10px 12px}.finding{padding:12px 14px 8px}.facts-inline>div,.method>div{grid-template-columns:1fr;margin-bottom:10px}.evidence>div{grid-template-columns:100px minmax(0,1fr)}.ledger li{grid-template-columns:1fr}}
@media (max-width:640px){.stack,.stack tbody,.stack tr,.stack th[scope=row],.stack td,.stack caption{display:block}.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.stack tr{border-top:1px solid var(--line);padding:9px 0 8px}.stack th[scope=row]{max-width:none;border:0;padding:0 14px 3px;font-weight:650}.stack td{display:flex;justify-content:space-between;gap:14px;border:0;padding:2px 14px;text-align:right;white-space:normal;overflow-wrap:anywhere}.stack td::before{content:attr(data-head);color:var(--muted);font-size:13px;text-align:left;flex:0 0 34%}.stack td[data-head=""]::before{content:none}.stack td:has(>div:empty){display:none}.stack .num .ci{display:inline;margin-left:5px}.prose-table .stack td:last-child{min-width:0}}
@media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{${LIGHT}}body{background:#fff;font-size:11pt}.contents,button,.skip{display:none}.page{display:block}main{max-width:none}.wide{display:block}.narrow{display:none}.scroll{overflow:visible;border:0}section{margin-top:28pt}figure,tr,.finding{break-inside:avoid}h2,h3{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}.replay{display:none}a{color:inherit}}
`;
