var K={en:"en-GB",ko:"ko-KR"},W=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,w={language:"en",messages:{}},k=new Map;function O(s){
w=s,k.clear()}function a(s,t){return V(w.messages[s]??s,t)}function R(s,t=0){return T({minimumFractionDigits:t,maximumFractionDigits:t}).format(s)}function V(s,t){return t?s.replace(
W,(e,n,r,o,i)=>{let c=t[n];if(typeof c=="string")return c;let f=Number(o??0);return T({style:i==="%"?"percent":"decimal",
signDisplay:r?"always":"auto",minimumFractionDigits:f,maximumFractionDigits:f}).format(c)}):s}function T(s){let t=JSON.stringify(
s),e=k.get(t);return e||(e=new Intl.NumberFormat(K[w.language]??w.language,s),k.set(t,e)),e}var U="http://www.w3.org/2000/svg";function l(s,t={},...e){return C(document.createElement(s),t,e)}function h(s,t={},...e){
return C(document.createElementNS(U,s),t,e)}function C(s,t,e){for(let[n,r]of Object.entries(t))typeof r=="function"?s.addEventListener(
n,r):r===!0?s.setAttribute(n,""):r!==!1&&r!==null&&r!==void 0&&s.setAttribute(n,String(r));return s.append(...e),s}function b(s,t){
s.textContent!==t&&(s.textContent=t)}function m(s,t,e){return Math.min(Math.max(s,t),e)}function N(s,t){window.addEventListener("resize",t);let e=window.ResizeObserver?new ResizeObserver(t):null;return e&&e.observe(
s),()=>{window.removeEventListener("resize",t),e&&e.disconnect()}}function A({x:s},t){let[e,n]=[0,s.length];for(;e<n;){let r=e+n>>1;s[r]<=t+1+1e-6?e=r+1:n=r}return e-1}function p(s,t){if(t>=
s.reads)return null;let e=A(s,t);return e<0?null:s.p[e]}function D(s,t){let e="",n="M";return t.forEach((r,o)=>{r!==null&&
(e+=`${n}${s[o].toFixed(1)},${r.toFixed(1)}`),n=r===null?"M":"L"}),e}function F(s,t){let e=[1,2,5,10,20,50,100,200,500,1e3].
find(n=>s/n<=t)??s;return Array.from({length:Math.floor(s/e)},(n,r)=>(r+1)*e)}function I(s,t){return t>0?Math.min(Math.abs(
s)/t,1):0}function g(s){return Math.abs(s)<.005?0:s}function z(s){for(let t of s){let e=t.match(new RegExp("\\p{L}","u"));
if(e)return/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(e[0])}return!1}function _(s,t,e,n){let r=n?"ArrowLeft":"Arro\
wRight",o=n?"ArrowRight":"ArrowLeft";return s===r?Math.min(t+1,e-1):s===o?Math.max(t-1,0):s==="Home"?0:s==="End"?e-1:null}var u={left:46,right:14,top:10,bottom:24},X=[0,.25,.5,.75,1],x=class{constructor(t,e,n){this.data=t,this.width=0,this.height=
0,this.marks=h("g"),this.band=h("rect",{class:"word-band"}),this.chosen=h("rect",{class:"chosen-band"}),this.dots=t.models.
map(({colour:i})=>h("circle",{r:5.5,fill:i,class:"dot"}));let r={role:"img","aria-label":this.describe(),"data-curves":!0};
this.element=h("svg",{class:"curves",...r},this.chosen,this.band,this.marks,...this.dots);let o=i=>this.wordAt(i.clientX-
this.element.getBoundingClientRect().left);this.element.addEventListener("pointermove",i=>e(o(i))),this.element.addEventListener(
"pointerdown",i=>e(o(i))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.addEventListener("click",
i=>n(o(i)))}describe(){let t=this.data.models.map(({name:e,p:n})=>{let r=n.at(-1);return r==null?e:a("{name} ends at {sh\
are:.1%}",{name:e,share:r})});return[a("Probability of positive after each word"),...t].join(". ")}wordAt(t){return m(Math.
floor((t-u.left)/this.step),0,this.data.words.length-1)}get step(){return Math.max(this.width-u.left-u.right,1)/this.data.
words.length}x(t){return u.left+t*this.step}y(t){return u.top+(1-t)*(this.height-u.top-u.bottom)}fit(t,e){t===this.width&&
e===this.height||(this.width=t,this.height=e,this.element.setAttribute("viewBox",`0 0 ${t} ${e}`),this.element.style.height=
`${e}px`,this.marks.replaceChildren(...this.frame(),...this.data.models.flatMap(n=>this.curve(n))))}frame(){let t=this.width-
u.right,e=X.flatMap(o=>{let i=this.y(o),c=h("line",{x1:u.left,x2:t,y1:i,y2:i,class:o===.5?"half":"level"}),f={x:u.left-7,
y:i+4,"text-anchor":"end"};return[c,h("text",f,a("{share:.0%}",{share:o}))]}),n=[h("text",{x:u.left+6,y:this.y(1)+17,class:"\
side positive"},"● ",a("positive")),h("text",{x:u.left+6,y:this.y(0)-8,class:"side negative"},"◆ ",a("negative"))],r=F(
this.data.words.length,Math.max(this.width/70,2)).map(o=>h("text",{x:this.x(o),y:this.height-6,"text-anchor":"middle"},R(
o)));return[...e,...n,...r]}curve(t){let e=t.x.map(c=>this.x(c)),n=t.p.map(c=>c===null?null:this.y(c)),r={stroke:t.colour,
"stroke-dasharray":t.dash},o=[h("path",{d:D(e,n),class:"curve",...r})];e.length===1&&n[0]!==null&&o.push(h("path",{d:`M${e[0]-
3},${n[0]}h6`,class:"curve",stroke:t.colour}));let i=t.turns.map(({place:c,positive:f},B)=>{let[M,$]=[e[c],n[c]??0],d=B===
t.turns.length-1?7:5,G=f?`M${M-d},${$}a${d},${d} 0 1 0 ${2*d},0a${d},${d} 0 1 0 ${-2*d},0`:`M${M},${$-1.25*d}l${1.25*d},${1.25*
d}l${-1.25*d},${1.25*d}l${-1.25*d},${-1.25*d}z`;return h("path",{d:G,class:`turn ${f?"positive":"negative"}`,stroke:t.colour})});
return[...o,...i]}show(t,e){this.place(this.band,t),this.place(this.chosen,e),this.data.models.forEach((n,r)=>{let o=t===
null?null:p(n,t),i=this.dots[r];i.style.display=o===null?"none":"",!(o===null||t===null)&&(i.setAttribute("cx",String(this.
x(n.x[A(n,t)]))),i.setAttribute("cy",String(this.y(o))))})}place(t,e){if(t.style.display=e===null?"none":"",e===null)return;
let n=Math.max(this.step,3);t.setAttribute("x",String(this.x(e+.5)-n/2)),t.setAttribute("width",String(n)),t.setAttribute(
"y",String(u.top)),t.setAttribute("height",String(Math.max(this.height-u.top-u.bottom,0)))}};function H(s){return[a("neutral"),a("positive"),a("negative")][s]}var S="–",v=class{constructor(t,e,n){this.data=t,this.after=l("th",{scope:"col",class:"after"}),this.rows=t.models.map(
i=>({share:l("td",{class:"figure"}),value:l("td",{class:"figure"}),model:i}));let r=t.models.some(({salience:i})=>i),o=[
a("classifier"),null,r?a("adds (log-odds)"):null,a("last turned"),a("reads")];this.element=l("table",{class:"readout"},l(
"thead",{},l("tr",{},...o.flatMap((i,c)=>c===1?[this.after]:i?[q(i,c)]:[]))),l("tbody",{},...this.rows.map(({model:i,share:c,
value:f})=>l("tr",{},l("th",{scope:"row"},Y(i),l("bdi",{},i.name)),c,...r?[f]:[],l("td",{},this.turn(i,e,n)),l("td",{class:"\
pass"},i.onePass?a("once"):a("again for each word")))))),this.show(null)}turn(t,e,n){let r=t.turns.at(-1);if(!r)return S;
let{word:o,positive:i}=r,c=H(i?1:2);return l("button",{type:"button",class:"turn-button",pointerenter:()=>e(o),pointerleave:()=>e(
null),focus:()=>e(o),blur:()=>e(null),click:()=>n(o)},i?"● ":"◆ ",a("{side}, at “{word}”",{side:c,word:this.data.
words[o]}))}show(t){let{words:e}=this.data;b(this.after,t===null?a("after the last word"):a("after “{word}”",{word:e[t]}));
for(let{model:n,share:r,value:o}of this.rows){b(r,P(t===null?n.p.at(-1):p(n,t)));let i=t===null?J(n):n.salience?.[t]??null;
b(o,i===null?S:a("{value:+.2f}",{value:g(i)})),o.dataset.side=i===null||g(i)===0?"":i>0?"positive":"negative"}}};function q(s,t){
return l("th",{scope:"col",class:t===4?"pass":null},s)}function J({salience:s}){return s?s.reduce((t,e)=>t+(e??0),0):null}
function P(s){return s==null?S:a("{share:.1%}",{share:s})}function Y({colour:s,dash:t}){let e=h("line",{x1:1,x2:33,y1:6,
y2:6,stroke:s,"stroke-dasharray":t});return h("svg",{class:"sample",width:34,height:12,"aria-hidden":"true"},e)}var y=class{constructor(t,e,n){this.data=t,this.leftwards=z(t.words),this.buttons=t.words.map((o,i)=>this.word(i)),this.
shown=null,this.selected=null,this.reachable=0,this.element=l("div",{class:"words",role:"group","aria-label":Q(),dir:this.
leftwards?"rtl":"ltr"},...this.buttons);let r=o=>{let i=o.target.closest?.(".word");return i?this.buttons.indexOf(i):null};
this.element.addEventListener("pointerover",o=>e(r(o))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.
addEventListener("focusin",o=>{let i=r(o);i!==null&&this.makeReachable(i),e(i)}),this.element.addEventListener("focusout",
()=>e(null)),this.element.addEventListener("click",o=>{let i=r(o);i!==null&&n(i)}),this.element.addEventListener("keydow\
n",o=>this.move(o)),this.makeReachable(t.selected??0)}word(t){let e=this.data.models.map(r=>{let o=r.salience?.[t]??null,
i=l("span",{class:t<r.reads?"lane":"lane unread"});if(i.style.setProperty("--model",r.colour),o){let c=l("span",{class:`\
bar ${o>0?"up":"down"}`});c.style.height=`${(50*I(o,this.data.scale)).toFixed(1)}%`,i.append(c)}return i}),n=this.data.joined[t]?
" joined":"";return l("button",{type:"button",class:`word${n}`,tabindex:-1,"aria-pressed":"false","aria-label":this.name(
t)},l("bdi",{class:"word-text"},this.data.words[t]),l("span",{class:"lanes","aria-hidden":"true"},...e))}name(t){let e=this.
data.models.map(n=>{let r=p(n,t);if(r===null)return a("{name} does not read it",{name:n.name});let o=n.salience?.[t]??null;
return o===null?a("{name}: {share:.1%} after it",{name:n.name,share:r}):a("{name}: {share:.1%} after it, adds {value:+.2\
f}",{name:n.name,share:r,value:g(o)})});return[this.data.words[t],...e].join(". ")}move(t){if(t.altKey||t.ctrlKey||t.metaKey)
return;let e=_(t.key,this.reachable,this.buttons.length,this.leftwards);e!==null&&(t.preventDefault(),this.buttons[e].focus())}makeReachable(t){
this.buttons[this.reachable]?.setAttribute("tabindex","-1"),this.buttons[t]?.setAttribute("tabindex","0"),this.reachable=
t}show(t,e){t!==this.shown&&(this.shown!==null&&this.buttons[this.shown]?.classList.remove("pointed"),t!==null&&this.buttons[t]?.
classList.add("pointed"),this.shown=t),e!==this.selected&&(this.selected!==null&&this.buttons[this.selected]?.setAttribute(
"aria-pressed","false"),e!==null&&this.buttons[e]?.setAttribute("aria-pressed","true"),this.selected=e)}};function Q(){return a(
"The words of the review. Arrow keys go from word to word, Enter selects one.")}var E=class{constructor(t,e){this.data=t,this.onSelect=e,this.selected=t.selected,this.pointed=null;let n=o=>this.point(
o),r=o=>this.choose(o);this.curves=new x(t,n,r),this.words=new y(t,n,r),this.readout=new v(t,n,r),this.element=l("div",{
class:t.models.length>2?"player reading many":"player reading",lang:t.speech.language,"data-reading":!0},this.readout.element,
this.curves.element,this.words.element),this.unwatch=N(this.element,()=>this.fit())}fit(){let t=Math.round(m(.26*window.
innerHeight,150,300));this.curves.fit(this.element.clientWidth,t),this.show()}point(t){t!==this.pointed&&(this.pointed=t,
this.show())}choose(t){this.select(t===this.selected?null:t),this.onSelect(this.selected)}select(t){this.selected=t,this.
show()}show(){this.curves.show(this.pointed,this.selected),this.words.show(this.pointed,this.selected),this.readout.show(
this.pointed??this.selected)}focused(){let t=this.element.getRootNode(),e=this.words.buttons.indexOf(t.activeElement);return e<
0?null:e}remove(){this.unwatch(),this.element.remove()}};var L=new WeakMap;function j(s){let{data:t,parentElement:e}=s;O(t.speech);let n=new E(t,r=>{L.get(e)?.call.setTriggerValue(
"chosen",r===null?-1:t.starts[r])});return e.append(n.element),n.fit(),n}function Z(s){let t=s.parentElement,e=JSON.stringify(
{...s.data,selected:null}),n=L.get(t);if(!n)n={reading:j(s),drawn:e,call:s,calls:0},L.set(t,n);else if(n.drawn===e)n.reading.
select(s.data.selected);else{let i=n.reading.focused();n.reading.remove(),n.reading=j(s),n.drawn=e,i!==null&&n.reading.words.
buttons[i]?.focus({preventScroll:!0})}n.call=s;let[r,o]=[n,++n.calls];return()=>{o===r.calls&&(L.delete(t),r.reading.remove())}}export{Z as default};
