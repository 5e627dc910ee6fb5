var K={en:"en-GB",ko:"ko-KR"},W=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,w={language:"en",messages:{}},A=new Map;function T(s){
w=s,A.clear()}function a(s,t){return V(w.messages[s]??s,t)}function R(s,t=0){return C({minimumFractionDigits:t,maximumFractionDigits:t}).format(s)}function V(s,t){return t?s.replace(W,(e,n,i,o,r)=>{let l=t[n];if(typeof l=="string")return l;let f=Number(o??0);return C(
{style:r==="%"?"percent":"decimal",signDisplay:i?"always":"auto",minimumFractionDigits:f,maximumFractionDigits:f}).format(
l)}):s}function C(s){let t=JSON.stringify(s),e=A.get(t);return e||(e=new Intl.NumberFormat(K[w.language]??w.language,s),
A.set(t,e)),e}var U="http://www.w3.org/2000/svg";function c(s,t={},...e){return N(document.createElement(s),t,e)}function h(s,t={},...e){
return N(document.createElementNS(U,s),t,e)}function N(s,t,e){for(let[n,i]of Object.entries(t))typeof i=="function"?s.addEventListener(
n,i):i===!0?s.setAttribute(n,""):i!==!1&&i!==null&&i!==void 0&&s.setAttribute(n,String(i));return s.append(...e),s}function b(s,t){
s.textContent!==t&&(s.textContent=t)}function m(s,t,e){return Math.min(Math.max(s,t),e)}function D(s,t){window.addEventListener("resize",t);let e=window.ResizeObserver?new ResizeObserver(t):null;return e&&e.observe(
s),()=>{window.removeEventListener("resize",t),e&&e.disconnect()}}function S({x:s},t){let[e,n]=[0,s.length];for(;e<n;){let i=e+n>>1;s[i]<=t+1+1e-6?e=i+1:n=i}return e-1}function p(s,t){if(t>=
s.reads)return null;let e=S(s,t);return e<0?null:s.p[e]}function I(s,t){let e="",n="M";return t.forEach((i,o)=>{i!==null&&
(e+=`${n}${s[o].toFixed(1)},${i.toFixed(1)}`),n=i===null?"M":"L"}),e}function F(s,t){let e=[1,2,5,10,20,50,100,200,500,1e3].
find(n=>s/n<=t)??s;return Array.from({length:Math.floor(s/e)},(n,i)=>(i+1)*e)}function z(s,t){return t>0?Math.min(Math.abs(
s)/t,1):0}function g(s){return Math.abs(s)<.005?0:s}function _(s){for(let t of s){let e=t.match(new RegExp("\\p{L}","u"));
if(e)return/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(e[0])}return!1}function H(s,t,e,n){let i=n?"ArrowLeft":"Arro\
wRight",o=n?"ArrowRight":"ArrowLeft";return s===i?Math.min(t+1,e-1):s===o?Math.max(t-1,0):s==="Home"?0:s==="End"?e-1:null}var u={left:46,right:14,top:10,bottom:24},X=64,q=[0,.25,.5,.75,1],x=class{constructor(t,e,n){this.data=t,this.width=0,this.
height=0,this.marks=h("g"),this.band=h("rect",{class:"word-band"}),this.chosen=h("rect",{class:"chosen-band"}),this.dots=
t.models.map(({colour:r})=>h("circle",{r:5.5,fill:r,class:"dot"}));let i={role:"img","aria-label":this.describe(),"data-\
curves":!0};this.element=h("svg",{class:"curves",...i},this.chosen,this.band,this.marks,...this.dots);let o=r=>this.wordAt(
r.clientX-this.element.getBoundingClientRect().left);this.element.addEventListener("pointermove",r=>e(o(r))),this.element.
addEventListener("pointerdown",r=>e(o(r))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.addEventListener(
"click",r=>n(o(r)))}describe(){let t=this.data.models.map(({name:e,p:n})=>{let i=n.at(-1);return i==null?e:a("{name} end\
s at {share:.1%}",{name:e,share:i})});return[a("Probability of positive after each word"),...t].join(". ")}wordAt(t){return m(
Math.floor((t-u.left)/this.step),0,this.data.words.length-1)}get step(){return Math.max(this.width-u.left-u.right,1)/this.
data.words.length}x(t){return u.left+t*this.step}y(t){return u.top+(1-t)*(this.height-u.top-u.bottom)}fit(t,e){t===this.
width&&e===this.height||(this.width=t,this.height=e,this.element.setAttribute("viewBox",`0 0 ${t} ${e}`),this.element.style.
height=`${e}px`,this.marks.replaceChildren(...this.frame(),...this.data.models.flatMap(n=>this.curve(n))))}frame(){let t=this.
width-u.right,e=q.flatMap(r=>{let l=this.y(r),f=h("line",{x1:u.left,x2:t,y1:l,y2:l,class:r===.5?"half":"level"}),k={x:u.
left-7,y:l+4,"text-anchor":"end"};return[f,h("text",k,a("{share:.0%}",{share:r}))]}),n=[h("text",{x:u.left+6,y:this.y(1)+
17,class:"side positive"},"● ",a("probability of positive")),h("text",{x:u.left+6,y:this.y(0)-8,class:"side negative"},
"◆ ",a("negative"))],i=h("text",{x:t,y:this.height-6,"text-anchor":"end"},a("words")),o=F(this.data.words.length,Math.
max(this.width/70,2)).filter(r=>this.x(r)<t-X).map(r=>h("text",{x:this.x(r),y:this.height-6,"text-anchor":"middle"},R(r)));
return[...e,...n,...o,i]}curve(t){let e=t.x.map(l=>this.x(l)),n=t.p.map(l=>l===null?null:this.y(l)),i={stroke:t.colour,"\
stroke-dasharray":t.dash},o=[h("path",{d:I(e,n),class:"curve",...i})];e.length===1&&n[0]!==null&&o.push(h("path",{d:`M${e[0]-
3},${n[0]}h6`,class:"curve",stroke:t.colour}));let r=t.turns.map(({place:l,positive:f},k)=>{let[$,O]=[e[l],n[l]??0],d=k===
t.turns.length-1?7:5,G=f?`M${$-d},${O}a${d},${d} 0 1 0 ${2*d},0a${d},${d} 0 1 0 ${-2*d},0`:`M${$},${O-1.25*d}l${1.25*d},${1.25*
d}l${-1.25*d},${1.25*d}l${-1.25*d},${-1.25*d}z`;return h("path",{d:G,class:`turn ${f?"positive":"negative"}`,stroke:t.colour})});
return[...o,...r]}show(t,e){this.place(this.band,t),this.place(this.chosen,e),this.data.models.forEach((n,i)=>{let o=t===
null?null:p(n,t),r=this.dots[i];r.style.display=o===null?"none":"",!(o===null||t===null)&&(r.setAttribute("cx",String(this.
x(n.x[S(n,t)]))),r.setAttribute("cy",String(this.y(o))))})}place(t,e){if(t.style.display=e===null?"none":"",e===null)return;
let n=Math.max(this.step,3);t.setAttribute("x",String(this.x(e+.5)-n/2)),t.setAttribute("width",String(n)),t.setAttribute(
"y",String(u.top)),t.setAttribute("height",String(Math.max(this.height-u.top-u.bottom,0)))}};function P(s){return[a("neutral"),a("positive"),a("negative")][s]}var M="–",y=class{constructor(t,e,n){this.data=t,this.after=c("th",{scope:"col",class:"after"}),this.rows=t.models.map(
r=>({share:c("td",{class:"figure"}),value:c("td",{class:"figure"}),model:r}));let i=t.models.some(({salience:r})=>r),o=[
a("classifier"),null,i?a("adds (log-odds)"):null,a("last turned"),a("reads")];this.element=c("table",{class:"readout"},c(
"thead",{},c("tr",{},...o.flatMap((r,l)=>l===1?[this.after]:r?[J(r,l)]:[]))),c("tbody",{},...this.rows.map(({model:r,share:l,
value:f})=>c("tr",{},c("th",{scope:"row"},Q(r),c("bdi",{},r.name)),l,...i?[f]:[],c("td",{},this.turn(r,e,n)),c("td",{class:"\
pass"},r.onePass?a("once"):a("again for each word")))))),this.show(null)}turn(t,e,n){let i=t.turns.at(-1);if(!i)return M;
let{word:o,positive:r}=i,l=P(r?1:2);return c("button",{type:"button",class:"turn-button",pointerenter:()=>e(o),pointerleave:()=>e(
null),focus:()=>e(o),blur:()=>e(null),click:()=>n(o)},r?"● ":"◆ ",a("{side}, at “{word}”",{side:l,word:this.data.
words[o]}))}show(t){let{words:e}=this.data;b(this.after,t===null?a("after the last word"):a("after “{word}”",{word:e[t]}));
for(let{model:n,share:i,value:o}of this.rows){b(i,j(t===null?n.p.at(-1):p(n,t)));let r=t===null?Y(n):n.salience?.[t]??null;
b(o,r===null?M:a("{value:+.2f}",{value:g(r)})),o.dataset.side=r===null||g(r)===0?"":r>0?"positive":"negative"}}};function J(s,t){
return c("th",{scope:"col",class:t===4?"pass":null},s)}function Y({salience:s}){return s?s.reduce((t,e)=>t+(e??0),0):null}
function j(s){return s==null?M:a("{share:.1%}",{share:s})}function Q({colour:s,dash:t}){let e=h("line",{x1:1,x2:33,y1:6,
y2:6,stroke:s,"stroke-dasharray":t});return h("svg",{class:"sample",width:34,height:12,"aria-hidden":"true"},e)}var v=class{constructor(t,e,n){this.data=t,this.leftwards=_(t.words),this.buttons=t.words.map((o,r)=>this.word(r)),this.
shown=null,this.selected=null,this.reachable=0,this.element=c("div",{class:"words",role:"group","aria-label":Z(),dir:this.
leftwards?"rtl":"ltr"},...this.buttons);let i=o=>{let r=o.target.closest?.(".word");return r?this.buttons.indexOf(r):null};
this.element.addEventListener("pointerover",o=>e(i(o))),this.element.addEventListener("pointerleave",()=>e(null)),this.element.
addEventListener("focusin",o=>{let r=i(o);r!==null&&this.makeReachable(r),e(r)}),this.element.addEventListener("focusout",
()=>e(null)),this.element.addEventListener("click",o=>{let r=i(o);r!==null&&n(r)}),this.element.addEventListener("keydow\
n",o=>this.move(o)),this.makeReachable(t.selected??0)}word(t){let e=this.data.models.map(i=>{let o=i.salience?.[t]??null,
r=c("span",{class:t<i.reads?"lane":"lane unread"});if(r.style.setProperty("--model",i.colour),o){let l=c("span",{class:`\
bar ${o>0?"up":"down"}`});l.style.height=`${(50*z(o,this.data.scale)).toFixed(1)}%`,r.append(l)}return r}),n=this.data.joined[t]?
" joined":"";return c("button",{type:"button",class:`word${n}`,tabindex:-1,"aria-pressed":"false","aria-label":this.name(
t)},c("bdi",{class:"word-text"},this.data.words[t]),c("span",{class:"lanes","aria-hidden":"true"},...e))}name(t){let e=this.
data.models.map(n=>{let i=p(n,t);if(i===null)return a("{name} does not read it",{name:n.name});let o=n.salience?.[t]??null;
return o===null?a("{name}: {share:.1%} after it",{name:n.name,share:i}):a("{name}: {share:.1%} after it, adds {value:+.2\
f}",{name:n.name,share:i,value:g(o)})});return[this.data.words[t],...e].join(". ")}move(t){if(t.altKey||t.ctrlKey||t.metaKey)
return;let e=H(t.key,this.reachable,this.buttons.length,this.leftwards);e!==null&&(t.preventDefault(),this.buttons[e].focus())}makeReachable(t){
this.buttons[this.reachable]?.setAttribute("tabindex","-1"),this.buttons[t]?.setAttribute("tabindex","0"),this.reachable=
t}show(t,e){t!==this.shown&&(this.shown!==null&&this.buttons[this.shown]?.classList.remove("pointed"),t!==null&&this.buttons[t]?.
classList.add("pointed"),this.shown=t),e!==this.selected&&(this.selected!==null&&this.buttons[this.selected]?.setAttribute(
"aria-pressed","false"),e!==null&&this.buttons[e]?.setAttribute("aria-pressed","true"),this.selected=e)}};function Z(){return a(
"The words of the review. Arrow keys go from word to word, Enter selects one.")}var E=class{constructor(t,e){this.data=t,this.onSelect=e,this.selected=t.selected,this.pointed=null;let n=o=>this.point(
o),i=o=>this.choose(o);this.curves=new x(t,n,i),this.words=new v(t,n,i),this.readout=new y(t,n,i),this.element=c("div",{
class:t.models.length>2?"player reading many":"player reading",lang:t.speech.language,"data-reading":!0},this.readout.element,
this.curves.element,this.words.element),this.unwatch=D(this.element,()=>this.fit())}fit(){let t=Math.round(m(.26*window.
innerHeight,150,300));this.curves.fit(this.element.clientWidth,t),this.show()}point(t){t!==this.pointed&&(this.pointed=t,
this.show())}choose(t){this.select(t===this.selected?null:t),this.onSelect(this.selected)}select(t){this.selected=t,this.
show()}show(){this.curves.show(this.pointed,this.selected),this.words.show(this.pointed,this.selected),this.readout.show(
this.pointed??this.selected)}focused(){let t=this.element.getRootNode(),e=this.words.buttons.indexOf(t.activeElement);return e<
0?null:e}remove(){this.unwatch(),this.element.remove()}};var L=new WeakMap;function B(s){let{data:t,parentElement:e}=s;T(t.speech);let n=new E(t,i=>{L.get(e)?.call.setTriggerValue(
"chosen",i===null?-1:t.starts[i])});return e.append(n.element),n.fit(),n}function tt(s){let t=s.parentElement,e=JSON.stringify(
{...s.data,selected:null}),n=L.get(t);if(!n)n={reading:B(s),drawn:e,call:s,calls:0},L.set(t,n);else if(n.drawn===e)n.reading.
select(s.data.selected);else{let r=n.reading.focused();n.reading.remove(),n.reading=B(s),n.drawn=e,r!==null&&n.reading.words.
buttons[r]?.focus({preventScroll:!0})}n.call=s;let[i,o]=[n,++n.calls];return()=>{o===i.calls&&(L.delete(t),i.reading.remove())}}export{tt as default};
