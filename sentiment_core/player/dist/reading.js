var G={en:"en-GB",ko:"ko-KR"},K=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,g={language:"en",messages:{}},L=new Map;function $(n){
g=n,L.clear()}function a(n,t){return W(g.messages[n]??n,t)}function O(n,t=0){return R({minimumFractionDigits:t,maximumFractionDigits:t}).format(n)}function W(n,t){return t?n.replace(
K,(e,s,r,o,i)=>{let c=t[s];if(typeof c=="string")return c;let f=Number(o??0);return R({style:i==="%"?"percent":"decimal",
signDisplay:r?"always":"auto",minimumFractionDigits:f,maximumFractionDigits:f}).format(c)}):n}function R(n){let t=JSON.stringify(
n),e=L.get(t);return e||(e=new Intl.NumberFormat(G[g.language]??g.language,n),L.set(t,e)),e}var V="http://www.w3.org/2000/svg";function l(n,t={},...e){return T(document.createElement(n),t,e)}function h(n,t={},...e){
return T(document.createElementNS(V,n),t,e)}function T(n,t,e){for(let[s,r]of Object.entries(t))typeof r=="function"?n.addEventListener(
s,r):r===!0?n.setAttribute(s,""):r!==!1&&r!==null&&r!==void 0&&n.setAttribute(s,String(r));return n.append(...e),n}function w(n,t){
n.textContent!==t&&(n.textContent=t)}function m(n,t,e){return Math.min(Math.max(n,t),e)}function C(n,t){window.addEventListener("resize",t);let e=window.ResizeObserver?new ResizeObserver(t):null;return e&&e.observe(
n),()=>{window.removeEventListener("resize",t),e&&e.disconnect()}}function k({x:n},t){let[e,s]=[0,n.length];for(;e<s;){let r=e+s>>1;n[r]<=t+1+1e-6?e=r+1:s=r}return e-1}function p(n,t){if(t>=
n.reads)return null;let e=k(n,t);return e<0?null:n.p[e]}function N(n,t){let e="",s="M";return t.forEach((r,o)=>{r!==null&&
(e+=`${s}${n[o].toFixed(1)},${r.toFixed(1)}`),s=r===null?"M":"L"}),e}function D(n,t){let e=[1,2,5,10,20,50,100,200,500,1e3].
find(s=>n/s<=t)??n;return Array.from({length:Math.floor(n/e)},(s,r)=>(r+1)*e)}function F(n,t){return t>0?Math.min(Math.abs(
n)/t,1):0}function I(n){for(let t of n){let e=t.match(new RegExp("\\p{L}","u"));if(e)return/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.
test(e[0])}return!1}function z(n,t,e,s){let r=s?"ArrowLeft":"ArrowRight",o=s?"ArrowRight":"ArrowLeft";return n===r?Math.
min(t+1,e-1):n===o?Math.max(t-1,0):n==="Home"?0:n==="End"?e-1:null}var u={left:46,right:14,top:10,bottom:24},U=[0,.25,.5,.75,1],b=class{constructor(t,e,s){this.data=t,this.width=0,this.height=
0,this.marks=h("g"),this.band=h("rect",{class:"word-band"}),this.chosen=h("rect",{class:"chosen-band"}),this.dots=t.models.
map(({colour:i})=>h("circle",{r:5.5,fill:i,class:"dot"}));let r={role:"img","aria-label":this.describe(),"data-curves":!0};
this.element=h("svg",{class:"curves",...r},this.chosen,this.band,this.marks,...this.dots);let o=i=>this.wordAt(i.clientX-
this.element.getBoundingClientRect().left);this.element.addEventListener("pointermove",i=>e(o(i))),this.element.addEventListener(
"pointerdown",i=>e(o(i))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.addEventListener("click",
i=>s(o(i)))}describe(){let t=this.data.models.map(({name:e,p:s})=>{let r=s.at(-1);return r==null?e:a("{name} ends at {sh\
are:.1%}",{name:e,share:r})});return[a("Probability of positive after each word"),...t].join(". ")}wordAt(t){return m(Math.
floor((t-u.left)/this.step),0,this.data.words.length-1)}get step(){return Math.max(this.width-u.left-u.right,1)/this.data.
words.length}x(t){return u.left+t*this.step}y(t){return u.top+(1-t)*(this.height-u.top-u.bottom)}fit(t,e){t===this.width&&
e===this.height||(this.width=t,this.height=e,this.element.setAttribute("viewBox",`0 0 ${t} ${e}`),this.element.style.height=
`${e}px`,this.marks.replaceChildren(...this.frame(),...this.data.models.flatMap(s=>this.curve(s))))}frame(){let t=this.width-
u.right,e=U.flatMap(o=>{let i=this.y(o),c=h("line",{x1:u.left,x2:t,y1:i,y2:i,class:o===.5?"half":"level"}),f={x:u.left-7,
y:i+4,"text-anchor":"end"};return[c,h("text",f,a("{share:.0%}",{share:o}))]}),s=[h("text",{x:u.left+6,y:this.y(1)+17,class:"\
side positive"},"● ",a("positive")),h("text",{x:u.left+6,y:this.y(0)-8,class:"side negative"},"◆ ",a("negative"))],r=D(
this.data.words.length,Math.max(this.width/70,2)).map(o=>h("text",{x:this.x(o),y:this.height-6,"text-anchor":"middle"},O(
o)));return[...e,...s,...r]}curve(t){let e=t.x.map(c=>this.x(c)),s=t.p.map(c=>c===null?null:this.y(c)),r={stroke:t.colour,
"stroke-dasharray":t.dash},o=[h("path",{d:N(e,s),class:"curve",...r})];e.length===1&&s[0]!==null&&o.push(h("path",{d:`M${e[0]-
3},${s[0]}h6`,class:"curve",stroke:t.colour}));let i=t.turns.map(({place:c,positive:f},j)=>{let[S,M]=[e[c],s[c]??0],d=j===
t.turns.length-1?7:5,B=f?`M${S-d},${M}a${d},${d} 0 1 0 ${2*d},0a${d},${d} 0 1 0 ${-2*d},0`:`M${S},${M-1.25*d}l${1.25*d},${1.25*
d}l${-1.25*d},${1.25*d}l${-1.25*d},${-1.25*d}z`;return h("path",{d:B,class:`turn ${f?"positive":"negative"}`,stroke:t.colour})});
return[...o,...i]}show(t,e){this.place(this.band,t),this.place(this.chosen,e),this.data.models.forEach((s,r)=>{let o=t===
null?null:p(s,t),i=this.dots[r];i.style.display=o===null?"none":"",!(o===null||t===null)&&(i.setAttribute("cx",String(this.
x(s.x[k(s,t)]))),i.setAttribute("cy",String(this.y(o))))})}place(t,e){if(t.style.display=e===null?"none":"",e===null)return;
let s=Math.max(this.step,3);t.setAttribute("x",String(this.x(e+.5)-s/2)),t.setAttribute("width",String(s)),t.setAttribute(
"y",String(u.top)),t.setAttribute("height",String(Math.max(this.height-u.top-u.bottom,0)))}};function _(n){return[a("neutral"),a("positive"),a("negative")][n]}var A="–",x=class{constructor(t,e,s){this.data=t,this.after=l("th",{scope:"col",class:"after"}),this.rows=t.models.map(
i=>({share:l("td",{class:"figure"}),value:l("td",{class:"figure"}),model:i}));let r=t.models.some(({salience:i})=>i),o=[
a("classifier"),null,r?a("adds (log-odds)"):null,a("last turned"),a("reads")];this.element=l("table",{class:"readout"},l(
"thead",{},l("tr",{},...o.flatMap((i,c)=>c===1?[this.after]:i?[X(i,c)]:[]))),l("tbody",{},...this.rows.map(({model:i,share:c,
value:f})=>l("tr",{},l("th",{scope:"row"},J(i),l("bdi",{},i.name)),c,...r?[f]:[],l("td",{},this.turn(i,e,s)),l("td",{class:"\
pass"},i.onePass?a("once"):a("again for each word")))))),this.show(null)}turn(t,e,s){let r=t.turns.at(-1);if(!r)return A;
let{word:o,positive:i}=r,c=_(i?1:2);return l("button",{type:"button",class:"turn-button",pointerenter:()=>e(o),pointerleave:()=>e(
null),focus:()=>e(o),blur:()=>e(null),click:()=>s(o)},i?"● ":"◆ ",a("{side}, at “{word}”",{side:c,word:this.data.
words[o]}))}show(t){let{words:e}=this.data;w(this.after,t===null?a("after the last word"):a("after “{word}”",{word:e[t]}));
for(let{model:s,share:r,value:o}of this.rows){w(r,H(t===null?s.p.at(-1):p(s,t)));let i=t===null?q(s):s.salience?.[t]??null;
w(o,i===null?A:a("{value:+.2f}",{value:i})),o.dataset.side=i===null||i===0?"":i>0?"positive":"negative"}}};function X(n,t){
return l("th",{scope:"col",class:t===4?"pass":null},n)}function q({salience:n}){return n?n.reduce((t,e)=>t+(e??0),0):null}
function H(n){return n==null?A:a("{share:.1%}",{share:n})}function J({colour:n,dash:t}){let e=h("line",{x1:1,x2:33,y1:6,
y2:6,stroke:n,"stroke-dasharray":t});return h("svg",{class:"sample",width:34,height:12,"aria-hidden":"true"},e)}var v=class{constructor(t,e,s){this.data=t,this.leftwards=I(t.words),this.buttons=t.words.map((o,i)=>this.word(i)),this.
shown=null,this.selected=null,this.reachable=0,this.element=l("div",{class:"words",role:"group","aria-label":Y(),dir:this.
leftwards?"rtl":"ltr"},...this.buttons);let r=o=>{let i=o.target.closest?.(".word");return i?this.buttons.indexOf(i):null};
this.element.addEventListener("pointerover",o=>e(r(o))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.
addEventListener("focusin",o=>{let i=r(o);i!==null&&this.makeReachable(i),e(i)}),this.element.addEventListener("focusout",
()=>e(null)),this.element.addEventListener("click",o=>{let i=r(o);i!==null&&s(i)}),this.element.addEventListener("keydow\
n",o=>this.move(o)),this.makeReachable(t.selected??0)}word(t){let e=this.data.models.map(r=>{let o=r.salience?.[t]??null,
i=l("span",{class:t<r.reads?"lane":"lane unread"});if(i.style.setProperty("--model",r.colour),o){let c=l("span",{class:`\
bar ${o>0?"up":"down"}`});c.style.height=`${(50*F(o,this.data.scale)).toFixed(1)}%`,i.append(c)}return i}),s=this.data.joined[t]?
" joined":"";return l("button",{type:"button",class:`word${s}`,tabindex:-1,"aria-pressed":"false","aria-label":this.name(
t)},l("bdi",{class:"word-text"},this.data.words[t]),l("span",{class:"lanes","aria-hidden":"true"},...e))}name(t){let e=this.
data.models.map(s=>{let r=p(s,t);if(r===null)return a("{name} does not read it",{name:s.name});let o=s.salience?.[t]??null;
return o===null?a("{name}: {share:.1%} after it",{name:s.name,share:r}):a("{name}: {share:.1%} after it, adds {value:+.2\
f}",{name:s.name,share:r,value:o})});return[this.data.words[t],...e].join(". ")}move(t){if(t.altKey||t.ctrlKey||t.metaKey)
return;let e=z(t.key,this.reachable,this.buttons.length,this.leftwards);e!==null&&(t.preventDefault(),this.buttons[e].focus())}makeReachable(t){
this.buttons[this.reachable]?.setAttribute("tabindex","-1"),this.buttons[t]?.setAttribute("tabindex","0"),this.reachable=
t}show(t,e){t!==this.shown&&(this.shown!==null&&this.buttons[this.shown]?.classList.remove("pointed"),t!==null&&this.buttons[t]?.
classList.add("pointed"),this.shown=t),e!==this.selected&&(this.selected!==null&&this.buttons[this.selected]?.setAttribute(
"aria-pressed","false"),e!==null&&this.buttons[e]?.setAttribute("aria-pressed","true"),this.selected=e)}};function Y(){return a(
"The words of the review. Arrow keys go from word to word, Enter selects one.")}var y=class{constructor(t,e){this.data=t,this.onSelect=e,this.selected=t.selected,this.pointed=null;let s=o=>this.point(
o),r=o=>this.choose(o);this.curves=new b(t,s,r),this.words=new v(t,s,r),this.readout=new x(t,s,r),this.element=l("div",{
class:"player reading",lang:t.speech.language,"data-reading":!0},this.readout.element,this.curves.element,this.words.element),
this.unwatch=C(this.element,()=>this.fit())}fit(){let t=Math.round(m(.26*window.innerHeight,150,300));this.curves.fit(this.
element.clientWidth,t),this.show()}point(t){t!==this.pointed&&(this.pointed=t,this.show())}choose(t){this.select(t===this.
selected?null:t),this.onSelect(this.selected)}select(t){this.selected=t,this.show()}show(){this.curves.show(this.pointed,
this.selected),this.words.show(this.pointed,this.selected),this.readout.show(this.pointed??this.selected)}focused(){let t=this.
element.getRootNode(),e=this.words.buttons.indexOf(t.activeElement);return e<0?null:e}remove(){this.unwatch(),this.element.
remove()}};var E=new WeakMap;function P(n){let{data:t,parentElement:e}=n;$(t.speech);let s=new y(t,r=>{E.get(e)?.call.setTriggerValue(
"chosen",r===null?-1:t.starts[r])});return e.append(s.element),s.fit(),s}function Q(n){let t=n.parentElement,e=JSON.stringify(
{...n.data,selected:null}),s=E.get(t);if(!s)s={reading:P(n),drawn:e,call:n,calls:0},E.set(t,s);else if(s.drawn===e)s.reading.
select(n.data.selected);else{let i=s.reading.focused();s.reading.remove(),s.reading=P(n),s.drawn=e,i!==null&&s.reading.words.
buttons[i]?.focus({preventScroll:!0})}s.call=n;let[r,o]=[s,++s.calls];return()=>{o===r.calls&&(E.delete(t),r.reading.remove())}}export{Q as default};
