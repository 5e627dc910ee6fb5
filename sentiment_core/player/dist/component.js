var Ps={en:"en-GB",ko:"ko-KR"},Ns=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,j={language:"en",messages:{}},St=new Map;function kt(e){
j=e,St.clear()}function Et(){return j}function d(e,t){return Qt(j.messages[e]??e,t)}function Zt(e,t,s,n){return Qt(j.messages[e]??
(s===1?e:t),{...n,count:s})}function W(e,t=0){return te({minimumFractionDigits:t,maximumFractionDigits:t}).format(e)}function Qt(e,t){return t?e.replace(Ns,(s,n,i,o,r)=>{let a=t[n];if(typeof a=="string")return a;let c=Number(o??0);return te(
{style:r==="%"?"percent":"decimal",signDisplay:i?"always":"auto",minimumFractionDigits:c,maximumFractionDigits:c}).format(
a)}):e}function te(e){let t=JSON.stringify(e),s=St.get(t);return s||(s=new Intl.NumberFormat(Ps[j.language]??j.language,
e),St.set(t,s)),s}var zs="http://www.w3.org/2000/svg";function m(e,t={},...s){return ee(document.createElement(e),t,s)}function k(e,t={},...s){
return ee(document.createElementNS(zs,e),t,s)}function ee(e,t,s){for(let[n,i]of Object.entries(t))typeof i=="function"?e.
addEventListener(n,i):i===!0?e.setAttribute(n,""):i!==!1&&i!==null&&i!==void 0&&e.setAttribute(n,String(i));return e.append(
...s),e}function O(e,t){e.textContent!==t&&(e.textContent=t)}function G(e,t,s){e.getAttribute(t)!==s&&e.setAttribute(t,s)}
function I(e,t){let s=e.getContext("2d",t);if(!s)throw new Error("a canvas has no context");return s}var At;function q(e,t){
return At??=I(m("canvas")),At.font=t,At.measureText(e).width}function D(e,t){let s,n=()=>{clearTimeout(s),s=setTimeout(e,
t)};return n.cancel=()=>clearTimeout(s),n}function E(e,t,s){return Math.min(Math.max(e,t),s)}function K(e){let t=e.getRootNode();
return t instanceof ShadowRoot?K(t.host):e}var J=60,Rs=1.07;function se(e){let{coordinates:t,scale:s,centre:n}=e,i=[1/0,1/0],o=[-1/0,-1/0];for(let l=0;l<t.length;l++){
let p=l&1;t[l]<i[p]&&(i[p]=t[l]),t[l]>o[p]&&(o[p]=t[l])}let r=l=>n[l]+s[l]*(i[l]+o[l])/2,a=l=>Math.abs(s[l])*(o[l]-i[l])*
Rs/2,c=Math.max(a(0),a(1))/1e3||1;return{x:r(0),y:r(1),halfX:Math.max(a(0),c),halfY:Math.max(a(1),c)}}function ne(e){let t=Math.
max(...e.map(n=>n.halfX)),s=Math.max(...e.map(n=>n.halfY));return e.map(({x:n,y:i})=>({x:n,y:i,halfX:t,halfY:s}))}function ie(e){
return{scale:1,x:e.x,y:e.y}}function oe(e,t,s,n){let i=t.scale*Q(e,s,n);return{unit:i,left:s/2-i*t.x,top:n/2+i*t.y}}function re(e,t,s,n,i,o,r){
let a=E(e.scale*i,1,J),[c,l]=[e.scale,a].map(g=>g*Q(t,s,n)),p=1/c-1/l,u={scale:a,x:e.x+(o-s/2)*p,y:e.y-(r-n/2)*p};return Z(
u,t,s,n)}function ae(e,t,s,n,i,o){let r=e.scale*Q(t,s,n);return Z({scale:e.scale,x:e.x-i/r,y:e.y+o/r},t,s,n)}function Z(e,t,s,n){
let i=E(e.scale,1,J),o=i*Q(t,s,n),r=Math.max(t.halfX-s/2/o,0),a=Math.max(t.halfY-n/2/o,0);return{scale:i,x:E(e.x,t.x-r,t.
x+r),y:E(e.y,t.y-a,t.y+a)}}function ce(e,t,s){let n=(t-e)/s,i=10**Math.floor(Math.log10(n)),o=i*([1,2,5].find(a=>i*a>=n)??
10),r=[];for(let a=Math.ceil(e/o);a*o<=t;a++)r.push(a*o);return r}function Q(e,t,s){return Math.min(t/(2*e.halfX),s/(2*e.
halfY))}var et=[.5,1,2,4],tt=class{constructor(t,s){this.last=t,this.isCalm=s,this.rested=0}tick({position:t,speed:s,presenting:n},i){
return this.rested+=i,t>=this.last?n?this.rested>2.5?this.moveTo(0):{}:{playing:!1}:this.isCalm()?this.rested*s>=1.25?this.
moveTo(Math.min(Math.floor(t)+1,this.last)):{}:this.moveTo(Is(t,i,s,this.last))}moveTo(t){return this.rested=0,{position:t}}};
function Is(e,t,s,n){let i=Math.floor(e),o=i+$s(e-i)+t*s/1.25;return o>=n?n:Math.floor(o)+Cs(o-Math.floor(o))}function st(e,t,s){
let n=Math.floor(s),i=Math.min(n+1,e.length-1);return{from:e[n].frames[t],to:e[i].frames[t],share:s-n}}function _(e,t){let s=Math.
floor(t);return t===s?e[s].label:`${e[s].label} → ${e[s+1].label}`}function le(e,t,s){let n=t>0?Math.floor(e)+1:Math.ceil(
e)-1;return Math.min(Math.max(n,0),s)}function Cs(e){return e*e*(3-2*e)}function $s(e){return .5-Math.sin(Math.asin(1-2*
e)/3)}var nt=50,pe=["moment","at","pins","zoom","play","present","size","scales","trails","labels","speed"],ue="ab",Lt=!1;function Tt(e,t){
let s=t.trim();return[s,s.toLowerCase()].flatMap(i=>[i,i.normalize("NFC")]).find(i=>i&&e.vocabularies.some(({ids:o})=>o.
has(i)))??null}function fe(e,t){let s=t.checkpoints.length-1,n=e.play==="1"&&s>0,i=et.find(o=>String(o)===e.speed);return{
position:me(e,t)??(n?0:s),...e.pins===void 0?{...Ot(t.pins,t),absent:[]}:Ot(Fs(e.pins),t),views:Us(e.zoom??"",t.panels.length),
playing:n,presenting:e.present==="1",bySize:e.size==="frequency",equalScales:e.scales==="equal",trails:e.trails!=="0",labels:e.
labels!=="0",speed:i??1}}function de(e,t){return Math.round(me(e,t)??t.checkpoints.length-1)}function me({moment:e,at:t},{
checkpoints:s}){let n=e&&/^\d+(\.\d+)?$/.test(e)?Number(e):NaN;if(n<=s.length-1)return n;let i=s.findIndex(({name:o,former:r})=>o===
t||r.includes(t??""));return i<0?null:i}function V(e,t){let s={},n=t.checkpoints.length-1,i=we(e.position);i!==n&&!e.playing&&
(s.moment=String(i));let o=Ot(t.pins,t).pins;e.pins.join(`
`)!==o.join(`
`)&&(s.pins=be(e.pins));let r=Hs(e.views);return r&&(s.zoom=r),e.playing&&(s.play="1"),e.presenting&&(s.present="1"),e.bySize&&
(s.size="frequency"),e.equalScales&&(s.scales="equal"),e.trails||(s.trails="0"),e.labels||(s.labels="0"),e.speed!==1&&(s.
speed=String(e.speed)),s}function ge({state:e,payload:t},s){let n=V(e,t);if(e.absent.length&&(n.pins=be([...e.pins,...e.
absent])),he(t)!==he(s)&&delete n.zoom,n.moment||e.playing){let i=Ds(s.checkpoints,t.checkpoints,we(e.position));i<0?delete n.
moment:n.moment=String(i)}return n}function we(e){return Math.round(e*100)/100}function he({panels:e}){return JSON.stringify(
e.map(({title:t,frames:s,axes:n})=>[t,...s.map((i,o)=>n(o))]))}function Ds(e,t,s){let n=r=>e.findIndex(({name:a})=>a===t[r].
name),i=n(Math.floor(s));return i>=0&&n(Math.ceil(s))-i===Math.ceil(s%1)?i+s%1:n(Math.round(s))}function ye(){let e={};for(let t of window.
location.search.slice(1).split("&")){let[s,...n]=t.split("=");pe.includes(s)&&(e[s]=Bs(n.join("=")))}return e}function it(e){
if(!Lt){Lt=!0;try{_s(e)}catch{return}finally{Lt=!1}}}function _s(e){let t=window.location.search.slice(1).split("&").filter(
i=>i&&!pe.includes(i.split("=")[0])),s=Object.entries(e).map(([i,o])=>`${i}=${Ws(o)}`),n=new URL(window.location.href);n.
search=[...t,...s].join("&"),n.search!==window.location.search&&window.history.replaceState(window.history.state,"",n.href)}
function be(e){return e.map(t=>t.replace(/[%,]/g,encodeURIComponent)).join(",")}function Fs(e){return e.split(",").map(t=>t.
replace(/%2[5C]/gi,decodeURIComponent))}function Ws(e){return encodeURIComponent(e).replace(/%2C|%3A|%3B/g,decodeURIComponent)}
function Bs(e){return new URLSearchParams(`text=${e}`).get("text")??""}function Ot(e,t){let s=new Set,n=new Set;for(let i of e.
slice(0,1e3)){let o=Tt(t,i);o!==null&&s.size<nt?s.add(o):o===null&&i.trim()&&n.add(i.trim())}return{pins:[...s],absent:[
...n]}}function Us(e,t){let s=new Array(t).fill(null);for(let n of e.split(";")){let[i,o=""]=n.split(":"),[r,a,c]=o.split(
",").map(u=>u.trim()?Number(u):NaN),l=i.length===1?ue.indexOf(i):-1,p=r>1&&r<=J&&Number.isFinite(a)&&Number.isFinite(c);
l>=0&&l<t&&p&&(s[l]={scale:r,x:a,y:c})}return s}function Hs(e){return e.map(({scale:s,x:n,y:i},o)=>s>1?`${ue[o]}:${[s,n,
i].map(r=>Number(r.toPrecision(4))).join(",")}`:"").filter(Boolean).join(";")}function ve(e){if(!e.length)return"";let t=e.
slice(0,10).map(s=>s.slice(0,40));return d("Not in the vocabulary: {words}",{words:[...t,...e.length>10?["…"]:[]].join(
", ")})}var js="SLP1",Gs="SLS1";var Me={uint8:Uint8Array,int8:Int8Array,int16:Int16Array,uint16:Uint16Array,uint32:Uint32Array},qs=16,Ys=-128,Y=class extends Error{};
function Pt(e){if(e.length<8||rt(e,0,4)!==Gs)return{bytes:e};let t=8+Ee(e,4);return{...JSON.parse(rt(e,8,t)),bytes:e.subarray(
t)}}function Se(e){let t=e.byteOffset%8?e.slice():e,s=Xs(t),{header:n}=s,i=ot(n.vocabularies,"vocabularies").map((r,a)=>Vs(
`v${a}`,r.words,n.leaning??.5,s)),o=ot(n.panels,"panels").map((r,a)=>Js(`p${a}`,r,i,s));return{title:String(n.title??""),
note:String(n.note??""),checkpoints:Qs(n,o),pins:(n.pins??[]).map(String),vocabularies:i,panels:o,html:n.arrays["player/\
html"]?s.get("player/html",Uint8Array):null,bytes:t}}function ke({vocabularies:e},t){for(let{ids:s,leans:n}of e){let i=s.
get(t);if(i!==void 0)return n[i]}return 0}function Xs(e){T(e.length>=8&&rt(e,0,4)===js,"it is of another kind");let t=Ee(
e,4);T(8+t<=e.length&&t%8===0,"it is cut short");let s=Ks(rt(e,8,8+t)),n=e.subarray(8+t);return T(s.version===1,`it is o\
f version ${s.version}, this player reads 1`),T(s.arrays&&typeof s.arrays=="object","it has no arrays"),{header:s,get:(o,r,a)=>{
let c=s.arrays[o];T(c&&Me[c.type],`the array ${o} is missing`),T(Me[c.type]===r,`the array ${o} is of type ${c.type}`);let l=c.
shape.reduce((u,g)=>u*g,1);T(a===void 0||l===a,`the array ${o} has ${l} numbers instead of ${a}`);let p=c.offset%8===0&&
c.offset+l*r.BYTES_PER_ELEMENT<=n.length;return T(p,"it is cut short"),new r(n.buffer,n.byteOffset+c.offset,l)}}}function Ks(e){
try{return JSON.parse(e)}catch{throw new Y("its header cannot be read")}}function Vs(e,t,s,n){let i=new TextDecoder().decode(
n.get(`${e}/text`,Uint8Array)).split(`
`);T(i.length===t,`it names ${i.length} words instead of ${t}`);let o=n.get(`${e}/polarity`,Int8Array,t),r=n.get(`${e}/c\
ounts`,Uint32Array,2*t),a=Float32Array.from(o,c=>c===Ys?NaN:c/qs);return{words:i,ids:new Map(i.map((c,l)=>[c,l])),polarity:a,
negative:r.subarray(0,t),positive:r.subarray(t),whole:n.get(`${e}/whole`,Uint8Array,t),leans:Uint8Array.from(a,c=>c>s?1:
c<-s?2:0)}}function Js(e,t,s,n){let i=s[t.vocabulary];T(i,"a panel has no vocabulary");let o=ot(t.frames,"frames"),r=i.words.
length;return{title:String(t.title??""),note:String(t.note??""),vocabulary:i,frames:o,scale:xe(t.scale),centre:xe(t.centre),
coordinates:n.get(`${e}/coordinates`,Int16Array,o.length*r*2),displacement:n.get(`${e}/displacement`,Uint16Array,o.length*
r),displacementScale:Number(t.displacement_scale),separation:Zs(t.separation,o.length),axes:a=>t.axes_by_frame?.[a]??t.axes??
["",""]}}function Zs(e,t){if(!e)return null;T(e.axis?.length===t&&e.space?.length===t,"a separation lacks frames");let[s,
n]=[e.axis,e.space].map(i=>i.map(o=>o??NaN));return{axis:s,space:n}}function Qs(e,t){return ot(e.checkpoints,"checkpoint\
s").map(({name:s,label:n,former:i,frames:o})=>{let r=o?.length===t.length&&t.every((a,c)=>a.frames[o[c]]);return T(r,"a \
checkpoint names a frame that is missing"),{name:String(s),label:String(n??s),former:(i??[]).map(String),frames:o}})}function ot(e,t){
return T(Array.isArray(e)&&e.length,`it has no ${t}`),e}function xe(e){return T(e?.length===2&&e.every(Number.isFinite),
"a panel's scale is no number"),e}function rt(e,t,s){return new TextDecoder().decode(e.subarray(t,s))}function Ee(e,t){return new DataView(
e.buffer,e.byteOffset).getUint32(t,!0)}function T(e,t){if(!e)throw new Y(t)}var tn=["Home","End","PageUp","PageDown"];function Ae(e,t){let s={" ":t.togglePlay,ArrowLeft:()=>t.step(-1),ArrowRight:()=>t.
step(1),PageUp:()=>t.step(-1),PageDown:()=>t.step(1),Home:t.toStart,End:t.toEnd,f:t.togglePresent,l:t.toggleLasso,"/":t.
focusSearch,"+":()=>t.zoomBy(1.5),"=":()=>t.zoomBy(1.5),"-":()=>t.zoomBy(.6666666666666666),0:t.resetViews,Escape:t.escape},
n=(r,a)=>{if(r.altKey||r.ctrlKey||r.metaKey||r.defaultPrevented||r.isComposing)return;let c=en(r),l=s[c];!l||!a(c)||(r.preventDefault(),
r.stopPropagation(),l())},i=K(e),o=r=>{r.target instanceof Node&&r.target.contains(i)&&r.target!==i&&sn(e)&&n(r,c=>t.ownsPage()||
!tn.includes(c))};return e.addEventListener("keydown",r=>n(r,a=>!nn(r.target,a))),document.addEventListener("keydown",o),
()=>document.removeEventListener("keydown",o)}function en({key:e,code:t}){if(e.length>1&&e!=="Process")return e;let s=/^Key([A-Z])$/.
exec(t);return(s&&!/^[a-z]$/i.test(e)?s[1]:e).toLowerCase()}function sn(e){let{top:t,bottom:s}=e.getBoundingClientRect();
return t<window.innerHeight&&s>0}function nn(e,t){let s=e.localName;return e instanceof HTMLInputElement&&e.type==="text"?
!0:s==="button"?t===" ":s==="select"&&(t===" "||t.startsWith("Arrow")||t.startsWith("Page")||t==="Home"||t==="End")}function Le(e,t){let s=new Map,n=null,i=0,o=h=>{let f=e.getBoundingClientRect();return[h.clientX-f.left-e.clientLeft,h.clientY-
f.top-e.clientTop]},r=h=>{if(h.button!==0)return;let[f,y]=o(h);s.set(h.pointerId,[f,y]),on(e,h.pointerId),i=0,s.size>1?a():
n={kind:h.shiftKey||t.wantsLasso()?"lasso":"pan",x:f,y,far:!1,corners:[f,y]}},a=()=>{n?.kind==="lasso"&&t.dropLasso(),n=
null},c=h=>{let[f,y]=o(h);if(!s.has(h.pointerId)){h.pointerType!=="touch"&&t.point(f,y);return}s.set(h.pointerId,[f,y]),
s.size===2?l():n&&p(n,f,y)},l=()=>{let[[h,f],[y,v]]=s.values(),M=Math.hypot(h-y,f-v);i&&t.zoom(M/i,(h+y)/2,(f+v)/2),i=M},
p=(h,f,y)=>{!h.far&&Math.hypot(f-h.corners[0],y-h.corners[1])<5||(h.far||t.leave(),h.far=!0,h.kind==="lasso"?(h.corners.
push(f,y),t.drawLasso(h.corners)):t.pan(f-h.x,y-h.y),[h.x,h.y]=[f,y])},u=h=>{if(!s.delete(h.pointerId)||!n)return;if(h.type===
"pointercancel")return a();let{kind:f,far:y,corners:v}=n;n=null,f==="lasso"&&y?t.endLasso(v):y||t.tap(...o(h),h.pointerType===
"touch")},g=h=>{!s.has(h.pointerId)&&h.pointerType!=="touch"&&t.leave()},w=h=>{if(!(h.ctrlKey||h.metaKey)&&!t.ownsWheel())
return t.hint();h.preventDefault();let y=h.deltaMode===1?16:h.deltaMode===2?400:1,v=h.ctrlKey&&Math.abs(h.deltaY)<50?.01:
.0016;t.zoom(Math.exp(-h.deltaY*y*v),...o(h))};return e.addEventListener("pointerdown",r),e.addEventListener("pointermov\
e",c),e.addEventListener("pointerup",u),e.addEventListener("pointercancel",u),e.addEventListener("pointerleave",g),e.addEventListener(
"wheel",w,{passive:!1}),e.addEventListener("dblclick",t.reset),a}function on(e,t){try{e.setPointerCapture(t)}catch{return}}function Oe(e,t,s,n){let i=t.map(({box:a,hint:c},l)=>Le(a,{point:(p,u)=>s.point(l,p,u),leave:()=>s.hover(null),tap:(p,u,g)=>s.
tap(l,p,u,g),pan:(p,u)=>s.pan(l,p,u),zoom:(p,u,g)=>s.zoom(l,p,u,g),reset:s.resetViews,wantsLasso:n,ownsWheel:s.ownsPage,
hint:c,drawLasso:p=>s.drawLasso(l,p),endLasso:p=>s.endLasso(l,p),dropLasso:s.dropLasso})),o=Ae(e,s);return{dropDrag:()=>{
for(let a of i)a()},stop:o}}var rn=3e3;function Te(e,t){let s=!1;ln(e),e.addEventListener("keydown",an);let n=()=>{let a=document.fullscreenElement?.
contains(K(e));s&&!a&&(s=!1,t())};document.addEventListener("fullscreenchange",n);let i=a=>{e.classList.add("presenting");
let c=()=>e.classList.contains("presenting")&&hn(e);!a||!e.requestFullscreen?c():e.requestFullscreen().then(()=>{s=!0},c)},
o=()=>{e.classList.remove("presenting"),pn(e),s&&document.exitFullscreen&&document.exitFullscreen().catch(()=>{}),s=!1};
return{enter:i,leave:o,destroy:()=>{document.removeEventListener("fullscreenchange",n),o()}}}function an(e){let t=e.currentTarget;
if(e.key!=="Tab"||!t.classList.contains("presenting"))return;let n=[...t.querySelectorAll("a[href], button, input, selec\
t, summary, [tabindex]")].filter(cn),[i,o]=e.shiftKey?[n[0],n.at(-1)]:[n.at(-1),n[0]];e.target!==i||!(o instanceof HTMLElement)||
(o.focus(),e.preventDefault())}function cn(e){return!e.matches(":disabled, [tabindex='-1']")&&e.getClientRects().length>
0}function ln(e){let t=D(()=>{e.querySelector(".controls :focus-visible")||e.classList.remove("awake")},rn),s=({type:n,target:i})=>{
n==="focusin"&&i instanceof Element&&!i.closest(".controls")||(e.classList.add("awake"),t())};for(let n of["pointermove",
"pointerdown","focusin","focusout"])e.addEventListener(n,s)}function hn(e){e.showPopover&&(e.setAttribute("popover","man\
ual"),e.showPopover())}function pn(e){e.hasAttribute("popover")&&e.hidePopover(),e.removeAttribute("popover")}var un=720,fn=190,dn=.9,mn=22;function Pe(e){return e.clientWidth<un}function Ne(e,t){let s=e.clientWidth,n=Pe(e),i=t.length>
1&&!n;e.classList.toggle("beside",i),e.classList.toggle("narrow",n),e.classList.toggle("long-titles",t.length>1&&t.some(
gn));let o=(i?s/2:s)-mn,r=Math.max(...t.map(({extent:l})=>l.halfY/l.halfX)),a=t.length===1&&!n?E(1.4*r,.4,.5):E(1.4*r,.64,
.78),c=Math.round(E(o*a,260,Math.max(.46*window.innerHeight,300)));e.style.setProperty("--picture-height",`${c}px`);for(let l of t)
l.measure()}function gn({panel:e,element:t}){return q(e.title,`650 17px ${getComputedStyle(t).fontFamily}`)>fn}function ze(e,t){
return t?E(Math.min(window.innerHeight*.024,window.innerWidth*.02),15,64):Pe(e)?12:13}function Re(e,t){window.addEventListener(
"resize",t);let s=window.ResizeObserver?new ResizeObserver(t):null;return s&&s.observe(e),()=>{window.removeEventListener(
"resize",t),s&&s.disconnect()}}function Ie(e,t){let{top:s,bottom:n,height:i}=t.getBoundingClientRect();Math.min(n,window.
innerHeight)-Math.max(s,0)<dn*i&&e.scrollIntoView({block:"start"})}var P=["#8a9099","#2f7fc4","#d9730d"],at=.78;function X(e){return[d("neutral"),d("positive"),d("negative")][e]}var Nt=["\
#7d6cd0","#2a9d76"];function zt(e){let t=getComputedStyle(e),s=wn();return{paper:s(t.backgroundColor),ink:s(t.color),font:t.
fontFamily}}function Ce(e,t){e.addEventListener("transitionend",t)}function L(e,t,s){return`rgb(${e.map((n,i)=>Math.round(
n+(t[i]-n)*s)).join(" ")})`}function ct(e){return[1,3,5].map(t=>parseInt(e.slice(t,t+2),16))}function wn(){let e=I(m("ca\
nvas",{width:1,height:1}),{willReadFrequently:!0});return t=>(e.clearRect(0,0,1,1),e.fillStyle=t,e.fillRect(0,0,1,1),[...e.
getImageData(0,0,1,1).data.subarray(0,3)])}function $e(){let e=window.matchMedia("(prefers-reduced-motion: reduce)");return()=>e.
matches}var De=18,F=4;function _e(){let e=m("div",{class:"card","data-card":!0,hidden:!0,"aria-hidden":"true"});return{element:e,
hide:()=>{e.hidden=!0},show(t,s,n,i){let o=s.panel.vocabulary.leans[s.find(t)],r=Rt(t,s,n,i).map(a=>m("span",{},a));e.replaceChildren(
m("strong",{class:`card-word lean-${o}`},t),...r),e.hidden=!1,e.parentNode!==s.box&&s.box.append(e),bn(e,s,s.find(t))}}}
function Rt(e,t,s,n){let{vocabulary:i}=t.panel,o=t.find(e),r=i.polarity[o],a=Number.isNaN(r)?d("polarity unknown"):d("po\
larity {polarity:+.2f}, {lean}",{polarity:r,lean:X(i.leans[o])}),[c,l]=[i.positive[o],i.negative[o]];return[a,...Number.
isNaN(r)?[]:[d("{positive} times in positive reviews, {negative} in negative",{positive:c,negative:l})],...s.filter(p=>p.
find(e)>=0&&p.panel.frames.length>1).map(p=>yn(e,p,n))]}function yn(e,t,s){let{panel:n}=t,i=t.frameAt(s)*n.vocabulary.words.
length+t.find(e),o=n.displacement[i]*n.displacementScale;return d("{moved:.2f} from where it began ({network})",{moved:o,
network:n.title})}function bn(e,t,s){let[n,i]=[t.screen[2*s],t.screen[2*s+1]],[o,r]=[t.size.width-e.offsetWidth-F,t.size.
height-e.offsetHeight-F],a=n>t.size.width/2?n-e.offsetWidth-De:n+De,c=a>=F&&a<=o,l=E(a,F,Math.max(o,F)),p=E(i-e.offsetHeight/
2,F,Math.max(r,F)),u=c?p:i>t.size.height/2?F:r;e.style.transform=`translate(${Math.round(l)}px, ${Math.round(u)}px)`}function Fe(){return[d("Space plays, arrows and page keys step, Home and End jump, plus and minus zoom, 0 shows everythi\
ng."),d("Slash finds a word, L draws a lasso, F presents.")].join(" ")}function We({position:e,playing:t,hovered:s,pointed:n,
spoken:i},o,r){if(t)return d("Playing");let a=i&&s!==null&&n!==null?[s,...Rt(s,r[n],r,e)]:r.map(c=>c.summary(e));return[
_(o,e),...a].join(". ")}var vn={play:{fill:"M6 3.5v13l11-6.5z"},pause:{fill:"M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z"},first:{fill:"M3.5 4h2v12h-2\
zM16.5 4v12l-9.5-6z"},last:{fill:"M14.5 4h2v12h-2zM3.5 4v12l9.5-6z"},back:{line:"M12.5 4.5L7 10l5.5 5.5"},forward:{line:"\
M7.5 4.5L13 10l-5.5 5.5"},lasso:{line:"M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 \
5.8c-1 0-2-.1-2.9-.4M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5"},zoomIn:{line:"M10 4v\
12M4 10h12"},zoomOut:{line:"M4 10h12"},reset:{line:"M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"},trails:{line:"M3 16C6 16 5 \
9 9 9s2 3 5-1",fill:"M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"},size:{fill:"M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5\
 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z"},scales:{line:"M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2"},labels:{line:"M\
3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5"},present:{line:"M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7"},download:{line:"M10 3v9.5M\
6 9l4 4 4-4M3.5 16.5h13"},more:{fill:"M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1\
.6 0 0 1 0-3.2zM15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z"},close:{line:"M5.5 5.5l9 9M14.5 5.5l-9 9"},search:{line:"\
M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17"}};function C(e){let{fill:t,line:s}=vn[e],n=k("svg",{viewBox:"\
0 0 20 20",width:18,height:18,"aria-hidden":"true"});return s&&n.append(k("path",{d:s,class:"icon-line"})),t&&n.append(k(
"path",{d:t,class:"icon-fill"})),n}function $(e,t,s,n){return m("button",{type:"button",class:"icon-button","aria-label":t,title:It(t,s),click:n},C(e))}function It(e,t){
return`${e} (${t})`}function Be(e,t,s,n){let i=$(e,t,s,n);return i.setAttribute("aria-pressed","false"),i}function B(e,t,s,n){
return m("button",{type:"button",class:"text-button","aria-label":s,title:s,click:n},C(e),t)}function Ct(e,t,s,n){let i=B(
e,t,s,n);return i.setAttribute("aria-pressed","false"),i}var Ue=132,Mn=15,xn=12.5,Sn=84,N={left:40,right:16,top:10,bottom:24},kn=[{key:"axis",dash:null},{key:"space",dash:"5 4"}];
function En(e,{from:t,to:s,share:n}){return n?e[t]+(e[s]-e[t])*n:e[t]}function He(){return d("Checkpoints are spaced equ\
ally, not by time.")}function An(e,t){return t==="axis"?d("{panel}, first axis",{panel:e}):d("{panel}, original space",{
panel:e})}function je(e){return Number.isNaN(e)?d("unknown"):W(e,2)}var lt=class{constructor(t,s){this.payload=t,this.seek=
s,this.last=t.checkpoints.length-1,this.width=0,this.height=Ue,this.grown=1,this.step=0,this.low=0,this.high=1,this.fitted=
"",this.lines=t.panels.flatMap((n,i)=>Ln(n,i)),this.isShown=this.lines.length>0&&this.last>0,this.picture=k("svg",{class:"\
chart-picture",role:"img","data-chart":!0}),this.element=m("figure",{class:"chart",hidden:!this.isShown},m("figcaption",
{class:"chart-head"},m("span",{class:"chart-title",title:d("The chance that a positive word lies beyond a negative one")},
d("How far polarity has separated (AUC)")),...this.lines.map(({legend:n})=>n)),this.picture,m("p",{class:"note"},He())),
this.needle=k("line"),this.playhead=k("g",{class:"playhead"},this.needle),this.playhead.append(...this.lines.map(({dot:n})=>n)),
this.listen()}listen(){let t=s=>{let n=(s.clientX-this.picture.getBoundingClientRect().left)/this.grown-N.left;this.seek(
E(n/this.step,0,this.last))};this.picture.addEventListener("pointerdown",s=>{s.button===0&&t(s)}),this.picture.addEventListener(
"pointermove",s=>{s.buttons&1&&t(s)})}measure(t){let s=this.isShown?this.picture.clientWidth||this.element.clientWidth:0;
if(!s||this.fitted===`${s} ${t}`)return;this.fitted=`${s} ${t}`;let n=s/t;this.width=n,this.height=t>1?Sn:Ue,this.grown=
t,this.picture.setAttribute("height",String(this.height*t)),this.needle.setAttribute("y1",String(N.top)),this.needle.setAttribute(
"y2",String(this.height-N.bottom)),this.step=(n-N.left-N.right)/this.last;let i=this.lines.flatMap(({values:o})=>o).filter(
Number.isFinite);this.low=Math.min(.45,...i)-.02,this.high=Math.min(Math.max(.7,...i)+.03,1.02),this.picture.setAttribute(
"viewBox",`0 0 ${n} ${this.height}`),this.picture.setAttribute("aria-label",this.summary()),this.picture.replaceChildren(
...this.levels(),...this.names(),...this.lines.map(o=>this.path(o)),this.playhead)}at(t,s){return En(t.values,st(this.payload.
checkpoints,t.index,s))}x(t){return N.left+t*this.step}y(t){return N.top+(this.high-t)/(this.high-this.low)*(this.height-
N.top-N.bottom)}levels(){let t=[],s=this.y(0)-this.y(.1);for(let n=Math.ceil(this.low*10);n/10<=this.high;n++){let i=this.
y(n/10),o=n===5,r=this.width-N.right;t.push(k("line",{class:o?"chart-chance":"chart-level",x1:N.left,x2:r,y1:i,y2:i})),(s>=
Mn||n%5===0)&&t.push(k("text",{x:N.left-8,y:i+4,"text-anchor":"end"},W(n/10,1))),o&&t.push(k("text",{x:this.freest(),y:i-
5,"text-anchor":"middle"},d("chance")))}return t}freest(){let t=this.payload.checkpoints.map((o,r)=>Math.min(...this.lines.
map(a=>this.at(a,r)).filter(a=>a>=0))),s=Math.max(...t),n=this.halfOf(d("chance")),i=t.findLastIndex(o=>o>s-.05);return E(
this.x(i),N.left+n,this.width-N.right-n)}forget(){this.fitted=""}halfOf(t){return q(t,`${xn}px ${getComputedStyle(this.picture).
fontFamily}`)/2}names(){let t=[],s=this.width;for(let n=this.last;n>=0;n--){let{label:i}=this.payload.checkpoints[n],o=this.
halfOf(i),r=E(this.x(n),o,this.width-o);r+o>s||(s=r-o-10,t.push(k("text",{x:r,y:this.height-6,"text-anchor":"middle"},i)))}
return t}path(t){let s="M",n=this.payload.checkpoints.map((i,o)=>{let r=this.y(this.at(t,o)),a=Number.isNaN(r)?"":`${s}${this.
x(o).toFixed(1)},${r.toFixed(1)}`;return s=a?"L":"M",a});return k("path",{d:n.join(""),...t.stroke})}summary(){let s=this.
lines.map(i=>{let[o,r]=[0,this.last].map(a=>je(this.at(i,a)));return d("{line}: from {from} to {to}",{line:i.name,from:o,
to:r})}).join("; ");return`${d("How far polarity has separated. {lines}. {chance:.1f} is chance.",{lines:s,chance:.5})} ${He()}`}show(t){
if(!this.width)return;let s=this.x(t);this.playhead.setAttribute("transform",`translate(${s.toFixed(2)} 0)`);for(let n of this.
lines){let i=this.at(n,t);O(n.number,je(i)),n.dot.style.display=Number.isNaN(i)?"none":"",i>=0&&n.dot.setAttribute("cy",
this.y(i).toFixed(2))}}};function Ln({title:e,separation:t},s){return t?kn.map(n=>On(e,t[n.key],s,n)):[]}function On(e,t,s,{
key:n,dash:i}){let o=Nt[s%Nt.length],r=An(e,n),a=m("b",{class:"chart-number"}),c={stroke:o,"stroke-width":2.25,fill:"non\
e",...i?{"stroke-dasharray":i}:{}},l=k("svg",{width:26,height:10,viewBox:"0 0 26 10","aria-hidden":"true"},k("path",{d:"\
M1 5h24",...c}));return{index:s,values:t,name:r,stroke:c,number:a,dot:k("circle",{r:4,fill:o}),legend:m("span",{class:"c\
hart-legend"},l,`${r} `,a)}}function Ge(e,t,s){let n=m("ul",{class:"chips","data-chips":!0,"aria-label":d("Pinned words")}),i="",o=p=>m("li",{class:`\
chip lean-${t(p)}`,"data-pin":p,mouseenter:()=>e.hover(p),mouseleave:()=>e.hover(null),focusin:({target:u})=>u.matches("\
:focus-visible")&&e.focusWord(p),focusout:()=>e.hover(null)},m("span",{class:"chip-word"},p),m("button",{type:"button",class:"\
chip-remove","aria-label":d("Unpin {word}",{word:p}),click:()=>e.unpin(p)},C("close"))),r=p=>m("li",{class:"chip chip-la\
sso","data-lasso-count":p.length},m("span",{class:"chip-word"},Zt("lasso: {count} word","lasso: {count} words",p.length)),
m("button",{type:"button",class:"chip-remove","aria-label":d("Clear the lasso"),click:e.clearLasso},C("close"))),a=()=>[
...n.querySelectorAll(".chip-remove")],c=()=>m("li",{},m("button",{type:"button",class:"link",click:e.unpinAll},d("Unpin\
 all")));return{element:n,show:(p,u)=>{let g=JSON.stringify([p,u?.length,u?.[0]]);if(g===i)return;i=g;let w=p.map(o);p.length>
1&&w.push(c()),u&&w.unshift(r(u));let h=a().findIndex(v=>v.matches(":focus")),f=n.querySelector(":focus");if(n.replaceChildren(
...w),!f)return;let y=a().slice(0,h+1).pop();y?y.focus():s()}}}function qe(e,t){let s=Tn(e,t),n=Pn(t),i=m("div",{class:"more-list",hidden:!0},...s.values(),m("label",{class:"more-spee\
d",hidden:e.checkpoints.length===1},d("Speed"),n),m("div",{class:"more-row"},B("zoomIn",d("Zoom in"),d("Zoom in"),()=>t.
zoomBy(1.5)),B("zoomOut",d("Zoom out"),d("Zoom out"),()=>t.zoomBy(1/1.5))),m("div",{class:"more-row"},...Nn(e,t))),o=l=>{
i.hidden=!l,r.setAttribute("aria-expanded",String(l))},r=B("more",d("More"),d("More"),()=>o(!!i.hidden));r.setAttribute(
"aria-expanded","false");let a=m("div",{class:"more",keydown:c},r,i);function c(l){l.key!=="Escape"||i.hidden||(o(!1),r.
focus(),l.stopPropagation())}return{element:a,leaveFor(l){a.contains(l)||o(!1)},show(l){for(let[p,u]of s)G(u,"aria-press\
ed",String(l[p]));n.value=String(l.speed)}}}function Tn({checkpoints:e,panels:t},s){let n=new Map,i=(o,r,a,c)=>n.set(o,Ct(
r,a,c,()=>s.toggle(o)));return t.length>1&&n.set("equalScales",Ct("scales",d("Equal scales"),d("Equal scales in both pic\
tures"),s.toggleScales)),e.length>1&&i("trails","trails",d("Trails"),d("Trails of pinned words")),i("labels","labels",d(
"Labels"),d("Labels of words not pinned")),i("bySize","size",d("Size by frequency"),d("Size by frequency")),n}function Pn(e){
return m("select",{class:"speed","aria-label":d("Speed"),change:t=>e.setSpeed(Number(t.target.value))},...et.map(t=>m("o\
ption",{value:t},`${W(t,t%1?1:0)}×`)))}function Nn(e,t){let s=B("download","PNG",d("Save as a PNG picture"),t.savePicture);
return e.html?[s,B("download","HTML",d("Save as an HTML file"),t.saveFile)]:[s]}var $t=1e3;function Ye(e,t,s){let n=zn(e,t),i=Be("lasso",d("Lasso words"),d("L, or drag with Shift"),t.toggleLasso),o=$(
"reset",d("Show everything"),"0",t.resetViews),r=qe(e,t),a=$("present",d("Presentation"),"F",t.togglePresent);return{element:m(
"div",{class:"controls",role:"group","aria-label":d("Player controls")},n.element,s,m("div",{class:"looks"},i,o,r.element,
a)),turnTo:r.leaveFor,measure:n.measure,show(l){n.show(l),r.show(l),G(i,"aria-pressed",String(l.lassoing)),G(o,"aria-dis\
abled",String(l.views.every(({scale:p})=>p===1)))}}}function zn({checkpoints:e},t){let s=e.length-1,n=m("button",{type:"\
button",class:"icon-button play",click:t.togglePlay}),i=m("input",{type:"range",class:"slider",min:0,max:s*$t,step:1,"ar\
ia-label":d("Checkpoint of training"),input:p=>t.scrub(Number(p.target.value)/$t)}),o=m("div",{class:"ticks","aria-hidde\
n":"true"},...e.map(()=>m("i"))),r=m("span",{class:"checkpoint-name","data-checkpoint-name":!0}),a=p=>(p.classList.add("\
jump"),p),c=m("div",{class:"time",hidden:s===0},a($("first",d("Jump to the start"),d("Home"),t.toStart)),$("back",d("Pre\
vious checkpoint"),"←",()=>t.step(-1)),n,$("forward",d("Next checkpoint"),"→",()=>t.step(1)),a($("last",d("Jump to t\
he end"),d("End"),t.toEnd)),m("div",{class:"slider-box"},i,o),r),l=null;return{element:c,measure(){let p=`600 15px ${getComputedStyle(
r).fontFamily}`,u=e.map((w,h)=>_(e,Math.min(h+.5,s))),g=Math.max(...u.map(w=>q(w,p)));r.style.setProperty("--longest",`${Math.
ceil(g)+2}px`)},show(p){let u=_(e,p.position);if(O(r,u),i.value=String(p.position*$t),i.style.setProperty("--done",`${s?
100*p.position/s:0}%`),G(i,"aria-valuetext",u),l===p.playing)return;l=p.playing;let g=l?d("Pause"):d("Play");n.setAttribute(
"aria-label",g),n.title=It(g,d("Space")),n.replaceChildren(C(l?"pause":"play"))}}}var Rn=[()=>k("circle",{cx:7,cy:7,r:4.5,fill:"none",stroke:P[0],"stroke-width":2}),()=>k("circle",{cx:7,cy:7,r:5.5,fill:P[1]}),
()=>k("path",{d:"M7 .5L13.500 7 7 13.500.5 7z",fill:P[2]})],Dt=[1,2,0];function Xe(){let e=t=>m("span",{class:"legend-en\
try"},k("svg",{viewBox:"0 0 14 14",width:14,height:14,"aria-hidden":"true"},Rn[t]()),X(t));return m("div",{class:"legend",
"data-legend":!0,title:d("Whether a word occurs more often in positive or in negative reviews")},...Dt.map(e))}var In=8;function Cn(e,t){let s=t.trim().toLowerCase().normalize("NFC");if(!s)return[];let n=new Map;for(let i of e)i.words.
forEach((o,r)=>{let a=o.toLowerCase().indexOf(s);if(a<0||n.has(o))return;let c=i.negative[r]+i.positive[r],l=(o.length===
s.length?4:0)+(a===0?2:0)+i.whole[r];n.set(o,{word:o,lean:i.leans[r],begins:a===0,near:l,count:c})});return[...n.values()].
sort((i,o)=>o.near-i.near||o.count-i.count).slice(0,In)}var ht=class{constructor(t,s,n,i){this.vocabularies=t,this.pin=s,
this.leave=n,this.scope=i,this.offered=[],this.active=-1,this.list=m("ul",{id:`${i}-words`,class:"suggestions",role:"lis\
tbox","aria-label":d("Words"),hidden:!0}),this.answer=m("p",{class:"search-answer",role:"status","data-search-answer":!0}),
this.box=m("input",{type:"text",class:"search-box",role:"combobox",placeholder:d("Pin a word"),"aria-label":d("Find a wo\
rd and pin it"),"aria-autocomplete":"list","aria-expanded":"false","aria-controls":this.list.id,autocomplete:"off",autocapitalize:"\
none",spellcheck:"false",enterkeyhint:"done",input:o=>this.offer(o.isComposing),compositionend:()=>this.offer(!1),keydown:o=>this.
press(o),blur:()=>this.close()}),this.element=m("div",{class:"search","data-search":!0},C("search"),this.box,this.list,this.
answer)}focus(){this.box.focus(),this.box.select()}offer(t){this.answer.textContent="",this.offered=Cn(this.vocabularies,
this.box.value),this.list.replaceChildren(...this.offered.map((s,n)=>this.option(s,n))),this.list.hidden=!this.offered.length,
this.box.setAttribute("aria-expanded",String(!this.list.hidden)),this.activate(this.offered.length&&this.offered[0].begins?
0:-1),this.box.value.trim()&&!this.offered.length&&!t&&this.sayMissing()}option({word:t,lean:s},n){return m("li",{id:`${this.
scope}-word-${n}`,role:"option",class:`suggestion lean-${s}`,"aria-selected":"false",pointerdown:i=>i.preventDefault(),click:()=>this.
choose(t)},t)}activate(t){this.active=t;for(let[s,n]of[...this.list.children].entries())n.setAttribute("aria-selected",String(
s===t));t>=0?this.box.setAttribute("aria-activedescendant",`${this.scope}-word-${t}`):this.box.removeAttribute("aria-act\
ivedescendant")}press(t){if(t.isComposing||t.keyCode===229)return;let s={ArrowDown:1,ArrowUp:-1}[t.key];if(s&&this.offered.
length){let n=this.active<0&&t.key==="ArrowUp"?0:this.active;this.activate((n+s+this.offered.length)%this.offered.length),
t.preventDefault()}else t.key==="Enter"?(this.active>=0?this.choose(this.offered[this.active].word):this.box.value.trim()&&
this.sayMissing(),t.preventDefault()):t.key==="Escape"&&(this.clear(),this.leave(),t.stopPropagation())}choose(t){this.clear(),
this.pin(t)}sayMissing(){this.answer.textContent=d("“{word}” is not in the vocabulary",{word:this.box.value.trim().slice(
0,40)})}clear(){this.box.value="",this.answer.textContent="",this.close()}close(){this.offered=[],this.list.hidden=!0,this.
box.setAttribute("aria-expanded","false"),this.activate(-1)}};function Ke(e,t,s){let n=`player-${Math.random().toString(36).slice(2,8)}`,i=m("p",{id:`${n}-keys`,class:"unseen"},Fe()),
o=$n(t,i.id),r=()=>o.focus(),a=new ht(e.vocabularies,s.pin,r,n),c=Ge(s,b=>ke(e,b),r),l=Ye(e,s,a.element),p=new lt(e,s.scrub),
u=_e(),g=m("span",{class:"theme-probe","aria-hidden":"true"}),w=m("p",{class:"notice",role:"status","data-notice":!0}),h=m(
"p",{class:"unseen","aria-live":"polite","data-live":!0}),f=m("i",{class:"progress-done"}),y=$("close",d("Leave the pres\
entation"),d("Escape"),s.leavePresentation);y.classList.add("leave");let v=m("div",{class:"player","data-player":!0,pointerdown:({
target:b})=>l.turnTo(b)},g,l.element,m("div",{class:"toolbar"},c.element,Xe()),w,o,p.element,...e.note?[m("p",{class:"no\
te"},e.note)]:[],m("div",{class:"progress","aria-hidden":"true"},f),y,i,h),M=e.checkpoints.length-1;return{element:v,stage:o,
search:a,controls:l,chart:p,probe:g,notice:w,live:h,show:b=>{l.show(b),p.show(b.position),c.show(b.pins,b.lasso),O(w,b.notice),
f.style.width=`${M?100*b.position/M:100}%`,v.classList.toggle("lassoing",b.lassoing);for(let{box:S,index:A}of t)S.classList.
toggle("zoomed",b.views[A].scale>1);b.pointed===null||b.hovered===null||b.drawing?u.hide():u.show(b.hovered,t[b.pointed],
t,b.position)}}}function $n(e,t){return m("div",{class:"stage",tabindex:"0",role:"group","aria-label":d("Words in motion"),
"aria-describedby":t,"data-stage":!0},...e.map(({element:s})=>s))}var pt=[[1,0,7,0],[-1,0,-7,0],[0,-1,0,-7],[0,1,0,7]],ut=[12,26,44,66,92].flatMap(e=>[30,150,90,-30,-150,-90,0,180].map(t=>{
let[s,n]=[Math.cos(t*Math.PI/180),Math.sin(t*Math.PI/180)];return[Math.sign(Math.round(s*4)),-Math.sign(Math.round(n*4)),
s*e,-n*e]}));function Ve(e){let{words:t,whole:s,polarity:n,negative:i,positive:o}=e.vocabulary,r=Uint32Array.from(t.keys(),
h=>i[h]+o[h]),a=r.reduce((h,f)=>h+f,0)/5e4,c=(e.frames.length-1)*t.length,l=1;for(let h=0;h<t.length;h++)l=Math.max(l,e.
displacement[c+h]);let p=Float32Array.from(t.keys(),h=>{let f=Math.min(Math.abs(n[h]||0),2.5),y=e.displacement[c+h]/l;return(.25+
f)*(.15+y)*Math.log1p(r[h])}),u=Uint32Array.from(t.keys()).filter(h=>s[h]),g=h=>r[h]<a,w=u.sort((h,f)=>Number(g(h))-Number(
g(f))||p[f]-p[h]||h-f);return{ranked:w,common:w.findLastIndex(h=>!g(h))+1}}var Dn={screen:new Float32Array,width:0,height:0,
pinned:[],hovered:-1,chosen:null,rare:!1,more:!1,moving:!1,size:1,seconds:0,measure:()=>({width:0,height:0})},ft=class{constructor({
ranked:t,common:s}){this.ranked=t,this.common=s,this.shown=new Map,this.scene=Dn,this.boxes=new Float32Array(4*512),this.
count=0,this.time=0,this.admitted=-1/0,this.dropped=new Map}layOut(t){this.scene=t,this.count=0,this.time+=t.seconds;for(let s of this.
shown.values())s.stayed=!s.leaving,s.leaving=!0;for(let s of t.pinned)this.isSeen(s,0)&&this.block(s);for(let s of t.pinned)
this.isSeen(s,0)&&this.placePinned(s,"pin");return t.hovered>=0&&!t.pinned.includes(t.hovered)&&this.isSeen(t.hovered,0)&&
this.placePinned(t.hovered,"hover"),t.more&&this.placeOthers(),this.animate()}placeOthers(){let{moving:t,width:s,height:n,
size:i}=this.scene,o=Math.max(Math.round(s*n/(11e3*i*i)),6);if(t&&(o-=this.keepShown()),!(t&&this.time-this.admitted<.5)){
this.admitted=this.time;for(let r of this.candidates(12*o)){if(o<=0)break;this.placePlain(r,t?8:3)&&o--}}}keepShown(){let t=0;
for(let s of this.shown.values())s.kind!=="plain"||!s.stayed||(this.placePlain(s.id,0)?t++:this.dropped.set(s.id,this.time));
return t}named(){return[...this.shown.values()].filter(({kind:t,leaving:s})=>t==="plain"&&!s).map(({id:t})=>t)}candidates(t){
let s=[],n=this.scene.rare?this.ranked.length:this.common;for(let i=0;i<n&&s.length<t;i++){let o=this.ranked[i];this.isSeen(
o,6)&&this.isMeant(o)&&!this.isResting(o)&&s.push({id:o,rank:i*(this.shown.has(o)?.35:1)})}return s.sort((i,o)=>i.rank-o.
rank).map(({id:i})=>i)}placePinned(t,s){let n=this.scene.measure(t,s),i=this.shown.get(t);(!i||i.kind!==s)&&(i=this.add(
t,s,n,i)),Object.assign(i,n);let o=this.scene.moving?i.side:0,r=this.overlap(t,ut[o],n);for(let a=0;a<ut.length&&r>0;a++){
let c=this.overlap(t,ut[a],n);c<r-1&&([o,r]=[a,c])}this.settle(i,o,ut[o])}placePlain(t,s){let n=this.shown.get(t);if(n&&
(n.kind!=="plain"||!n.leaving)||!this.isSeen(t,6)||!this.isMeant(t)||this.count>=511)return!1;let i=this.scene.measure(t,
"plain");for(let o=0;o<pt.length;o++){let r=((n?n.side:0)+o)%pt.length;if(!(this.overlap(t,pt[r],i,s,!0)>0))return this.
settle(Object.assign(n||this.add(t,"plain",i),i),r,pt[r]),!0}return!1}add(t,s,n,i){let o={id:t,kind:s,side:0,x:NaN,y:NaN,
toX:0,toY:0,alpha:i?i.alpha:0,leaving:!1,stayed:!1,...n};return this.shown.set(t,o),o}settle(t,s,[n,i,o,r]){t.side=s,t.leaving=
!1,t.toX=n*t.width/2+o*this.scene.size,t.toY=i*t.height/2+r*this.scene.size,Number.isNaN(t.x)&&([t.x,t.y]=[t.toX,t.toY]);
let{screen:a}=this.scene;this.occupy(a[2*t.id]+t.toX,a[2*t.id+1]+t.toY,t.width,t.height)}overlap(t,[s,n,i,o],{width:r,height:a},c=3,l=!1){
let{screen:p,size:u,width:g,height:w}=this.scene,h=p[2*t]+s*r/2+i*u-r/2-c,f=p[2*t+1]+n*a/2+o*u-a/2-c/2,[y,v]=[r+2*c,a+c],
x=20*(Math.max(-h,h+y-g,0)*v+Math.max(-f,f+v-w,0)*y);for(let b=0;b<4*this.count;b+=4){let S=Math.min(h+y,this.boxes[b+2])-
Math.max(h,this.boxes[b]);if(S<=0)continue;let A=Math.min(f+v,this.boxes[b+3])-Math.max(f,this.boxes[b+1]);if(!(A<=0)&&(x+=
S*A,l))break}return x}block(t){this.occupy(this.scene.screen[2*t],this.scene.screen[2*t+1],12*this.scene.size,12*this.scene.
size)}occupy(t,s,n,i){this.count>=512||this.boxes.set([t-n/2,s-i/2,t+n/2,s+i/2],4*this.count++)}isResting(t){return this.
scene.moving&&this.time-(this.dropped.get(t)??-1/0)<2}isMeant(t){return!this.scene.chosen||this.scene.chosen[t]===1}isSeen(t,s){
let{screen:n,width:i,height:o}=this.scene,r=n[2*t],a=n[2*t+1];return r>=s&&a>=s&&r<=i-s&&a<=o-s}animate(){let{seconds:t}=this.
scene,s=1-Math.exp(-t/.12),n=!1;for(let i of this.shown.values()){i.alpha=Math.min(Math.max(i.alpha+(i.leaving?-1:1)*t/.16,
0),1),i.leaving&&i.alpha===0&&this.shown.delete(i.id);let[o,r]=[i.toX-i.x,i.toY-i.y],a=Math.abs(o)+Math.abs(r)<.5;i.x=a?
i.toX:i.x+o*s,i.y=a?i.toY:i.y+r*s,n=n||!a||i.alpha<1}return n}};var _n=30;function Fn(e,t,s,n,i){if(t===2){let o=i*1.2;e.moveTo(s,n-o),e.lineTo(s+o,n),e.lineTo(s,n+o),e.lineTo(s-o,n),e.
closePath()}else e.moveTo(s+i,n),e.arc(s,n,i,0,2*Math.PI)}function dt(e,t,s,n,i,o){e.beginPath(),Fn(e,s,n,i,o),e.fillStyle=
s?P[s]:L(t.paper,t.ink,.04),e.fill(),e.lineWidth=s?1.5:2,e.strokeStyle=s?L(t.paper,t.ink,0):P[0],e.stroke()}function Qe(e,t,s,{
width:n,height:i},o){let{unit:r,left:a,top:c}=s,l=Math.max(Math.round(n/(10*o.size)),2),p=ce(-a/r,(n-a)/r,l),u=p.length>
1?p[1]-p[0]:2*n/r,g=[];for(let w=Math.ceil((c-i)/r/u);w*u<=c/r;w++)g.push(w*u);e.beginPath();for(let w of p)_t(e,Math.round(
a+r*w)+.5,0,0,i);for(let w of g)_t(e,0,Math.round(c-r*w)+.5,n,0);e.lineWidth=1,e.strokeStyle=L(t.paper,t.ink,.5),e.globalAlpha=
.16,e.stroke(),e.globalAlpha=1;for(let w of p){let h=Je(o,w,u),f=a+r*w;f>h.width/2&&f<n-h.width/2&&Ze(e,h,f,i-h.height/2-
1)}for(let w of g){let h=Je(o,w,u),f=c-r*w,y=i-1.5*h.height;f>h.height/2&&f<y&&Ze(e,h,h.width/2+2,f)}}function _t(e,t,s,n,i){
e.moveTo(t,s),e.lineTo(t+n,s+i)}function Je(e,t,s){let n=Math.max(0,Math.ceil(-Math.log10(s)-1e-9));return e.get(W(t+0,n),
"quiet")}function Ze(e,{canvas:t,width:s,height:n},i,o){e.drawImage(t,i-s/2,o-n/2,s,n)}function ts(e,t,s,n,i,o,r,a){let{
coordinates:c,scale:l,centre:p,vocabulary:u}=s,g=f=>r.left+r.unit*(p[0]+l[0]*c[f]),w=f=>r.top-r.unit*(p[1]+l[1]*c[f+1]),
h=u.words.length*2;e.lineJoin=e.lineCap="round";for(let f of n){let y=i[0]*h+2*f;e.beginPath(),e.moveTo(g(y),w(y));for(let v of i.
slice(1))e.lineTo(g(v*h+2*f),w(v*h+2*f));e.lineTo(o[2*f],o[2*f+1]),es(e,L(t.paper,t.ink,0),P[u.leans[f]],a),e.beginPath(),
e.arc(g(y),w(y),a+1,0,2*Math.PI),e.fillStyle=L(t.paper,t.ink,0),e.fill(),e.lineWidth=a*.75,e.stroke()}}function es(e,t,s,n){
e.globalAlpha=.6,e.lineWidth=n*2.2,e.strokeStyle=t,e.stroke(),e.globalAlpha=1,e.lineWidth=n,e.strokeStyle=s,e.stroke()}function ss(e,t,s,n,i,o){
for(let r of t){let a=i(r),[c,l]=[s[2*r.id],s[2*r.id+1]];e.globalAlpha=r.alpha,r.kind!=="plain"&&Wn(e,r,c,l,P[n[r.id]]);
let p=w=>Math.round(w*o)/o,[u,g]=[p(c+r.x-a.width/2),p(l+r.y-a.height/2)];e.drawImage(a.canvas,u,g,a.canvas.width/o,a.canvas.
height/o)}e.globalAlpha=1}function Wn(e,t,s,n,i){let o=Math.max(Math.abs(t.x)-t.width/2,0),r=Math.max(Math.abs(t.y)-t.height/
2,0);Math.hypot(o,r)<_n-8||(e.beginPath(),_t(e,s,n,Math.sign(t.x)*o,Math.sign(t.y)*r),e.lineWidth=1.25,e.strokeStyle=i,e.
stroke())}function ns(e,t,s,n,i){e.beginPath(),e.arc(s,n,i+4,0,2*Math.PI),es(e,L(t.paper,t.ink,0),L(t.paper,t.ink,1),2)}
function is(e,t,s){e.beginPath();for(let n=0;n<s.length;n+=2)e.lineTo(s[n],s[n+1]);e.closePath(),e.globalAlpha=.1,e.fillStyle=
L(t.paper,t.ink,1),e.fill(),e.globalAlpha=1,e.setLineDash([5,4]),e.lineWidth=1.5,e.strokeStyle=L(t.paper,t.ink,.85),e.stroke(),
e.setLineDash([])}var os=0,rs=3,as=6,z=4,Bn=9,Un=[.5,.8,.8],Hn=[1,.2,1.25],cs=1.2;function Ft(e,t){let s=Wt(e),n=[0],i=[];for(let r=0;r<Bn;r++)
for(let a of e)for(let c=0;c<z*z;c++)jn(i,r,a,c%z/z,Math.floor(c/z)/z,s),n.push(i.length);let o=r=>Int32Array.from(i,r);
return{starts:Int32Array.from(n),places:o(({x:r,y:a})=>a*t+r),keeps:o(({alpha:r})=>256-r),redBlue:o(({colour:r,alpha:a})=>(r[2]<<
16|r[0])*a),green:o(({colour:r,alpha:a})=>(r[1]<<8)*a)}}function Wt(e){return Math.ceil(Math.max(...e)*cs)+1}function jn(e,t,s,n,i,o){
let r=t%3,a=ct(P[r]),c=Math.min(Un[r]*Hn[Math.floor(t/3)],1),l=1/(2*z)-.5;for(let p=-o;p<=o;p++)for(let u=-o;u<=o;u++){let g=Gn[r](
u-n-l,p-i-l,s),w=Math.round(256*c*g);w>2&&e.push({x:u,y:p,alpha:w,colour:a})}}var Gn=[(e,t,s)=>{let n=Math.max(1,s*.4);return E(
n/2+.5-Math.abs(Math.hypot(e,t)-s+n/2),0,1)},(e,t,s)=>E(s+.5-Math.hypot(e,t),0,1),(e,t,s)=>E((s*cs-Math.abs(e)-Math.abs(
t))*Math.SQRT1_2+.5,0,1)];var mt=6,Bt=255<<24;function ls(e,t,s,n){let{coordinates:i,scale:o,centre:r}=e,{unit:a,left:c,top:l}=s,p=n.length,u=t.from*
p,g=t.to*p,w=a*o[0],h=-a*o[1],f=c+a*r[0],y=l-a*r[1],v=t.share;for(let M=0;M<p;M+=2){let x=i[u+M],b=i[u+M+1];n[M]=f+w*(x+
v*(i[g+M]-x)),n[M+1]=y+h*(b+v*(i[g+M+1]-b))}}var gt=class{constructor(t){let{words:s,leans:n,negative:i,positive:o}=t,r=Float32Array.
from(s.keys(),c=>i[c]+o[c]),a=Math.log1p(r.reduce((c,l)=>Math.max(c,l),1));this.leans=n,this.sizes=Uint8Array.from(r,c=>Math.
min((Math.log1p(c)/a)**2*mt,mt-1)),this.byRank=Uint32Array.from(s.keys()).sort((c,l)=>+(n[c]>0)-+(n[l]>0)||r[c]-r[l]||c-
l),this.chosen=null,this.looks=n,this.order=this.byRank,this.emphasise(null)}emphasise(t){this.chosen=t,this.looks=Uint8Array.
from(this.leans,(s,n)=>s+(t?t[n]?as:rs:os)),this.order=t?this.byRank.slice().sort((s,n)=>t[s]-t[n]):this.byRank}},wt=class{constructor(t){
this.canvas=t,this.context=I(t,{alpha:!1,willReadFrequently:!0}),this.key="",this.ratio=1,this.width=0,this.height=0,this.
margin=0,this.stride=0,this.sizes=0,this.paper=Bt,this.sprites=Ft([],0),this.image=this.context.createImageData(1,1),this.
pixels=new Int32Array(this.image.data.buffer)}prepare({width:t,height:s,ratio:n},i,o,r){let a=[t,s,n,i,o,r].join();if(a===
this.key)return;this.key=a,this.ratio=n,this.width=Math.round(t*n),this.height=Math.round(s*n);let c=qn(i*n,o);this.margin=
Wt(c),this.stride=this.width+2*this.margin,this.sprites=Ft(c,this.stride),this.sizes=c.length,this.paper=Bt|r[2]<<16|r[1]<<
8|r[0],this.canvas.width!==this.width&&(this.canvas.width=this.width),this.canvas.height!==this.height&&(this.canvas.height=
this.height),this.image=this.context.createImageData(this.stride,this.height+2*this.margin),this.pixels=new Int32Array(this.
image.data.buffer)}draw(t,s){this.pixels.fill(this.paper),this.stamp(t,s),this.context.putImageData(this.image,-this.margin,
-this.margin)}stamp(t,{order:s,looks:n,sizes:i}){let{pixels:o,sprites:r,stride:a,margin:c,ratio:l,width:p,height:u}=this,
{starts:g,places:w,keeps:h,redBlue:f,green:y}=r,v=z*z,M=this.sizes*v,x=this.sizes>1;for(let b=0;b<s.length;b++){let S=s[b],
A=t[2*S]*l,U=t[2*S+1]*l;if(!(A>=0&&U>=0&&A<p&&U<u))continue;let qt=A|0,Yt=U|0,Ls=((U-Yt)*z|0)*z+((A-qt)*z|0),Xt=n[S]*M+(x?
i[S]*v:0)+Ls,Os=(Yt+c)*a+qt+c,Ts=g[Xt+1];for(let H=g[Xt];H<Ts;H++){let Kt=Os+w[H],Vt=o[Kt],Jt=h[H];o[Kt]=Bt|Math.imul(Vt&
16711935,Jt)+f[H]>>>8&16711935|Math.imul(Vt&65280,Jt)+y[H]>>>8&65280}}}};function hs(e,t,s,n){let i=Math.min(Math.max(.38*
Math.sqrt(t*s/e),1.9),7);return Math.min(Math.round(4*i*n**.3)/4,9)}function qn(e,t){return t?Array.from({length:mt},(s,n)=>e*
(.7+1.9*n/(mt-1))):[e]}var Yn=1500,Xn=15;function Kn(e,t,s){if(e.measureText(t).width<=s)return t;let n=Vn(t),[i,o]=[0,n.length];for(;i<o-1;){let r=i+
o>>1;e.measureText(`${n.slice(0,r).join("")}…`).width<=s?i=r:o=r}return`${n.slice(0,i).join("")}…`}function Vn(e){return Intl.
Segmenter?Array.from(new Intl.Segmenter().segment(e.slice(0,500)),({segment:t})=>t):[...e]}var yt=class{constructor(){this.
kept=new Map,this.theme={paper:[],ink:[],font:""},this.ratio=1,this.size=0,this.key=""}prepare(t,s,n){let i=[t.paper,t.ink,
t.font,s,n].join();i!==this.key&&(Object.assign(this,{key:i,theme:t,ratio:s,size:n}),this.kept.clear())}forget(){this.kept.
clear()}get(t,s,n=0){let i=`${s}${n}${t}`,o=this.kept.get(i);return o||(this.kept.size>=Yn&&this.kept.clear(),o=this.paint(
t,s,n),this.kept.set(i,o)),o}paint(t,s,n){let i=s==="pin"||s==="hover",o=this.size*(i?1.15:s==="quiet"?.9:1),r=`${i?600:
500} ${o}px ${this.theme.font}`,a=m("canvas"),c=I(a);c.font=r;let l=Kn(c,t,Xn*o),p=Math.ceil(c.measureText(l).width+o*(i?
.75:.45)),u=Math.ceil(o*(i?1.5:1.35));return a.width=Math.ceil(p*this.ratio),a.height=Math.ceil(u*this.ratio),c.scale(this.
ratio,this.ratio),Object.assign(c,{font:r,textAlign:"center",textBaseline:"middle",lineJoin:"round"}),i?this.paintChip(c,
p,u,n,s):this.paintOutline(c,l,p,u,o),c.fillStyle=L(this.theme.paper,this.theme.ink,s==="quiet"?at:1),c.fillText(l,p/2,u*
.53),{canvas:a,width:p,height:u}}paintChip(t,s,n,i,o){let r=ct(P[i]),a=o==="hover"?2.5:1.5;t.beginPath(),Jn(t,a/2,a/2,s-
a,n-a,n*.24),t.fillStyle=L(this.theme.paper,r,.16),t.fill(),t.lineWidth=a,t.strokeStyle=P[i],t.stroke()}paintOutline(t,s,n,i,o){
t.lineWidth=o*.3,t.strokeStyle=L(this.theme.paper,this.theme.ink,0),t.globalAlpha=.85,t.strokeText(s,n/2,i*.53),t.globalAlpha=
1}};function Jn(e,t,s,n,i,o){e.moveTo(t+o,s),e.arcTo(t+n,s,t+n,s+i,o),e.arcTo(t+n,s+i,t,s+i,o),e.arcTo(t,s+i,t,s,o),e.arcTo(
t,s,t+n,s,o),e.closePath()}var Zn=2,Qn=4,ti=1200,ei=/Mac|iPhone|iPad/.test(globalThis.navigator?.platform??"")?"⌘":"Ctrl";function bt({name:e,step:t,
valid_accuracy:s}){let n=[e],i=d("step {step}",{step:t});return Number.isFinite(t)&&e!==i&&n.push(i),s!==null&&n.push(d(
"validation accuracy {accuracy:.1%}",{accuracy:s})),n.join(" · ")}function si(e){let t=D(()=>e.classList.remove("shown"),
ti);return()=>{e.classList.add("shown"),t()}}var vt=class{constructor(t,s){this.checkpoints=t.checkpoints,this.index=s,this.
panel=t.panels[s],this.ownExtent=se(this.panel),this.extent=this.ownExtent,this.screen=new Float32Array(2*this.panel.vocabulary.
words.length),this.dots=new gt(this.panel.vocabulary);let n=Ve(this.panel);this.labels=new ft(n),this.common=new Uint8Array(
this.panel.vocabulary.words.length);for(let a of n.ranked.subarray(0,n.common))this.common[a]=1;this.pictures=new yt,this.
size={width:0,height:0,ratio:1},this.drawn="";let{title:i,note:o}=this.panel;this.facts=m("span",{class:"panel-facts","d\
ata-facts":!0}),this.lower=m("canvas",{"aria-hidden":"true"}),this.upper=m("canvas",{"aria-hidden":"true"});let r=m("p",
{class:"hint","aria-hidden":"true"},d("{key} + wheel zooms",{key:ei}));this.hint=si(r),this.box=m("div",{class:"picture",
"data-picture":s},this.lower,this.upper,r),this.up=m("span",{class:"axis axis-up"}),this.along=m("span",{class:"axis axi\
s-along"}),this.element=m("section",{class:"panel","aria-label":i,"data-panel":s},m("header",{class:"panel-head"},m("h2",
{class:"panel-title"},i),this.facts),m("div",{class:"panel-body"},this.up,this.box,this.along),...o?[m("p",{class:"panel\
-note"},o)]:[]),this.raster=new wt(this.lower),this.context=I(this.upper)}wholeView(){return ie(this.extent)}confine(t){
return this.size.width?Z(t,this.extent,this.size.width,this.size.height):t}measure(){let t=this.box.clientWidth,s=this.box.
clientHeight;this.size={width:t,height:s,ratio:Math.min(window.devicePixelRatio||1,Zn)}}frameAt(t){return this.checkpoints[Math.
round(t)].frames[this.index]}find(t){return this.panel.vocabulary.ids.get(t)??-1}isInPicture(t){let[s,n]=[this.screen[2*
t],this.screen[2*t+1]];return s>=0&&n>=0&&s<this.size.width&&n<this.size.height}emphasise(t){let s=null;if(t){s=new Uint8Array(
this.panel.vocabulary.words.length);for(let n of t.map(i=>this.find(i)))n>=0&&(s[n]=1)}this.dots.emphasise(s),this.drawn=
""}draw(t,s){if(this.describe(t.position),!this.size.width||!this.size.height)return!1;let n=t.views[this.index],i=oe(this.
extent,n,this.size.width,this.size.height),o=this.panel.vocabulary.words.length,r=hs(o,this.size.width,this.size.height,
n.scale);return this.drawDots(t,s.theme,i,r),this.drawAbove(t,s,i,r)}describe(t){let s=this.frameAt(t),[n,i]=this.panel.
axes(s);O(this.facts,bt(this.panel.frames[s])),O(this.along,n),O(this.up,i)}drawDots(t,s,n,i){this.raster.prepare(this.size,
i,t.bySize,s.paper);let o=[this.raster.key,t.position,n.unit,n.left,n.top].join();o!==this.drawn&&(this.drawn=o,ls(this.
panel,st(this.checkpoints,this.index,t.position),n,this.screen),this.raster.draw(this.screen,this.dots))}drawAbove(t,{theme:s,
textSize:n,seconds:i},o,r){let{context:a,screen:c,size:l,pictures:p,panel:u}=this,{leans:g}=u.vocabulary;this.fitUpper(),
p.prepare(s,l.ratio,n),a.setTransform(l.ratio,0,0,l.ratio,0,0),a.clearRect(0,0,l.width,l.height),Qe(a,s,o,l,p);let w=t.pins.
map(x=>this.find(x)).filter(x=>x>=0),h=t.hovered===null?-1:this.find(t.hovered),f=n/13;t.trails&&ts(a,s,u,w,this.framesPassed(
t.position),c,o,2*f);let y=Math.max(r+1,5.5*f),v=this.layOutLabels(t,w,h,f,i);for(let x of this.labels.shown.values())x.
kind==="plain"&&!x.leaving&&this.mark(s,g,x.id,r+1);for(let x of w)this.mark(s,g,x,y);h>=0&&this.ring(s,g,h,w.includes(h)?
y:r+1.5);let M=x=>p.get(u.vocabulary.words[x.id],x.kind,g[x.id]);return ss(a,this.labels.shown.values(),c,g,M,l.ratio),t.
drawing&&t.drawing.panel===this.index&&is(a,s,t.drawing.corners),v}layOutLabels(t,s,n,i,o){let{words:r,leans:a}=this.panel.
vocabulary;return this.labels.layOut({screen:this.screen,width:this.size.width,height:this.size.height,pinned:s,hovered:n,
chosen:this.dots.chosen,more:t.labels,rare:this.dots.chosen!==null||t.views[this.index].scale>=Qn,moving:t.playing,size:i,
seconds:o,measure:(c,l)=>this.pictures.get(r[c],l,a[c])})}mark(t,s,n,i){dt(this.context,t,s[n],this.screen[2*n],this.screen[2*
n+1],i)}ring(t,s,n,i){this.mark(t,s,n,i),ns(this.context,t,this.screen[2*n],this.screen[2*n+1],i)}framesPassed(t){return this.
checkpoints.slice(0,Math.floor(t)+1).map(({frames:s})=>s[this.index])}fitUpper(){let{width:t,height:s,ratio:n}=this.size,
[i,o]=[Math.round(t*n),Math.round(s*n)];this.upper.width!==i&&(this.upper.width=i),this.upper.height!==o&&(this.upper.height=
o)}summary(t){return`${this.panel.title}: ${bt(this.panel.frames[this.frameAt(t)])}`}};var R=24,ps=40,ni=560,ii=26,fs=30,Ut=26,oi=34;function ds(e,t,s,n){let i=t.length>1&&t[0].box.getBoundingClientRect().bottom<=
t[1].box.getBoundingClientRect().top,o=t.map(({size:S})=>[S.width+Ut,S.height+fs+Ut]),r=R,a=S=>o.reduce((A,U)=>A+U[S],(o.
length-1)*r),c=S=>Math.max(...o.map(A=>A[S])),l=(i?c(0):a(0))+2*R,p=l<ni?ii:0,u=(i?a(1):c(1))+2*R+ps+p+oi,{ratio:g}=t[0].
size,w=m("canvas",{width:Math.round(l*g),height:Math.round(u*g)}),h=I(w);h.scale(g,g),h.fillStyle=L(n.paper,n.ink,0),h.fillRect(
0,0,l,u);let f=ri(h,n),y=R+12,v=_(e.checkpoints,s.position),M=l-2*R;p?f(v,R,y+p,{size:17,room:M}):M-=f(v,l-R,y,{size:17,
align:"right"})+20,f(e.title,R,y,{size:19,weight:650,room:M});let[x,b]=[R,R+ps+p];return t.forEach((S,A)=>{ai(h,f,S,s.position,
x,b),i?b+=o[A][1]+r:x+=o[A][0]+r}),ci(h,f,n,R,u-R-6),w}function ri(e,t){return(s,n,i,{size:o=14,weight:r=400,align:a="le\
ft",faint:c=!1,room:l})=>(e.font=`${r} ${o}px ${t.font}`,e.textAlign=a,e.textBaseline="middle",e.fillStyle=L(t.paper,t.ink,
c?at:1),e.fillText(s,n,i,l),e.measureText(s).width)}function ai(e,t,s,n,i,o){let{panel:r,size:a}=s,c=s.frameAt(n),[l,p]=r.
axes(c),[u,g]=[i+Ut,o+fs],w=t(r.title,u,o+12,{size:16,weight:650});t(bt(r.frames[c]),u+w+12,o+12,{room:Math.max(a.width-
w-12,90)});for(let h of[s.lower,s.upper])e.drawImage(h,u,g,a.width,a.height);t(l,u+a.width/2,g+a.height+13,{align:"cente\
r",faint:!0}),e.save(),e.translate(i+10,g+a.height/2),e.rotate(-Math.PI/2),t(p,0,0,{align:"center",faint:!0}),e.restore()}
function ci(e,t,s,n,i){let o=n;for(let r of Dt)dt(e,s,r,o+7,i,5),o+=20+t(X(r),o+20,i,{})+22}async function ms(e,t){if(!e.
html)throw us();let s={TITLE:hi(e.title),START:pi(t),PAYLOAD:ui(e.bytes)},n=await li(e.html),i="";for(let[o,r]of Object.
entries(s)){let a=`__${o}__`,c=n.indexOf(a);if(c<0)throw us();i+=n.slice(0,c)+r,n=n.slice(c+a.length)}return i+n}function us(){
return new Error(d("The page to save is incomplete. Reload the app."))}async function li(e){if(!window.DecompressionStream)
throw new Error(d("This browser cannot save the file. Open the page in a newer one."));return new Response(new Blob([e]).
stream().pipeThrough(new DecompressionStream("gzip"))).text()}function Ht(e,t){let s=URL.createObjectURL(e);m("a",{href:s,
download:t}).click(),setTimeout(()=>URL.revokeObjectURL(s),1e4)}function gs(e,t){return`${e.join(" ").normalize("NFKD").
replace(/[\u0300-\u036f]/g,"").normalize("NFC").replace(/[^\p{L}\p{N}_]+/gu,"-").replace(/^-+|-+$/g,"").toLowerCase().slice(
0,80)||"drift"}.${t}`}function hi(e){let t={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};return e.replace(
/[&<>"']/g,s=>t[s])}function pi(e){return JSON.stringify(e).replace(/</g,"\\u003c")}function ui(e){let t=[];for(let s=0;s<
e.length;s+=32768)t.push(String.fromCharCode(...e.subarray(s,s+32768)));return btoa(t.join(""))}function ws(e,t,s,n,i,o){let r=[-1,-1],a=[n*n,n*n];for(let c=0;c<e.length;c+=2){let l=e[c]-t,p=e[c+1]-s,u=l*l+p*p,g=i[c/
2];u<a[g]&&([a[g],r[g]]=[u,c/2])}for(let c of o){let l=((e[2*c]-t)**2+(e[2*c+1]-s)**2)/4;l<a[1]&&([a[1],r[1]]=[l,c])}return r[1]<
0?r[0]:r[1]}function ys(e,t){let s=[];for(let n=0;n<e.length;n+=2)fi(e[n],e[n+1],t)&&s.push(n/2);return s}function fi(e,t,s){
let n=!1,[i,o]=s.slice(-2);for(let r=0;r<s.length;r+=2){let a=s[r],c=s[r+1];o>t!=c>t&&e<(i-a)*(t-c)/(o-c)+a&&(n=!n),[i,o]=
[a,c]}return n}var di=.05,bs=14,mi=24;function vs(e){let t=gi(e),s=wi(e,t.togglePlay);return{...t,...s,...bi(e),...vi(e),escape:()=>Mi(
e,s.clearLasso)}}function gi({payload:e,state:t,set:s,comeIntoSight:n}){let i=e.checkpoints.length-1,o=r=>s({position:r,
playing:!1});return{togglePlay(){if(!i)return;let r=!t.playing&&t.position>=i;t.playing||n(),s({playing:!t.playing,position:r?
0:t.position})},scrub:r=>o(Math.abs(r-Math.round(r))<di?Math.round(r):r),step:r=>o(le(t.position,r,i)),toStart:()=>o(0),
toEnd:()=>o(i),setSpeed:r=>s({speed:r})}}function wi(e,t){let{payload:s,state:n,set:i,select:o,views:r}=e,a=h=>{i(h),o()},
c={hovered:null,pointed:null},l=h=>{let f=Tt(s,h);f===null||n.pins.includes(f)||(n.pins.length>=nt?i({notice:d("No more \
than {most} words can be pinned. Unpin one first.",{most:nt})}):a({pins:[...n.pins,f],notice:""}))},p=h=>a({pins:n.pins.
filter(f=>f!==h),...c,notice:""}),u=(h,f=null,y=!1)=>{(n.hovered!==h||n.pointed!==f)&&i({hovered:h,pointed:f,spoken:y})},
g=(h,f,y,v=bs)=>{let M=r[h],x=n.pins.map(A=>M.find(A)).filter(A=>A>=0),b=ws(M.screen,f,y,v,M.common,[...x,...M.labels.named()]),
S=b<0?null:M.panel.vocabulary.words[b];return u(S,S===null?null:h),S},w=h=>{for(let f of r)f.emphasise(h);a({lasso:h,drawing:null,
lassoing:!1})};return{pin:l,unpin:p,hover:u,point:g,unpinAll:()=>a({pins:[],absent:[],...c,notice:""}),focusWord:h=>u(h,
r.findIndex(f=>f.find(h)>=0),!0),tap(h,f,y,v){let M=g(h,f,y,v?mi:bs);M!==null?(n.pins.includes(M)?p:l)(M):n.presenting&&
t()},drawLasso:(h,f)=>i({drawing:{panel:h,corners:f}}),dropLasso:()=>i({drawing:null}),endLasso(h,f){let y=yi(r[h],f);w(
y.length?y:null)},clearLasso:()=>w(null)}}function yi(e,t){let s=new Set(ys(e.screen,t).filter(i=>e.isInPicture(i))),n=[
...e.labels.ranked].filter(i=>s.has(i));return[...new Set([...n,...s])].map(i=>e.panel.vocabulary.words[i])}function bi({
state:e,views:t,set:s,layOut:n,present:i,focusSearch:o,isAlone:r}){let a=(l,p)=>s({views:e.views.map((u,g)=>g===l?p:u)}),
c=(l,p,u,g)=>{let{extent:w,size:h}=t[l],f=re(e.views[l],w,h.width,h.height,p,u,g);f.scale!==e.views[l].scale&&a(l,f)};return{
zoom:c,toggle:l=>s({[l]:!e[l]}),toggleScales(){s({equalScales:!e.equalScales}),n()},toggleLasso:()=>s({lassoing:!e.lassoing,
drawing:null}),togglePresent:()=>i(!e.presenting),leavePresentation:()=>i(!1),focusSearch:o,ownsPage:()=>r()||e.presenting,
zoomBy(l){for(let{index:p,size:u}of t)c(p,l,u.width/2,u.height/2)},pan(l,p,u){let{extent:g,size:w}=t[l];a(l,ae(e.views[l],
g,w.width,w.height,p,u))},resetViews:()=>s({views:t.map(l=>l.wholeView())})}}function vi({payload:e,state:t,views:s,theme:n,
set:i}){let o=r=>gs([e.title,_(e.checkpoints,t.position)],r);return{savePicture(){ds(e,s,t,n()).toBlob(a=>{a?Ht(a,o("png")):
i({notice:d("This browser could not make the picture. Make the window smaller and try again.")})})},async saveFile(){try{
let r=o("html"),a=await ms(e,V(t,e));Ht(new Blob([a],{type:"text/html"}),r)}catch(r){i({notice:r instanceof Error?r.message:
String(r)})}}}}function Mi({state:e,set:t,present:s,dropDrag:n},i){let o=e.drawing||e.lassoing;n(),o?t({lassoing:!1}):e.
lasso?i():e.presenting&&s(!1)}var xi=500,Ms=["pointerup","pointercancel"],Mt=class{#n;#i=!1;constructor(t,s){let{payload:n,views:i,state:o,live:r,options:a,
texts:c}=t;this.#n=t,this.told=s,this.save=D(()=>a().address&&it(c()),300),this.tell=D(()=>a().onChange(this.#t()),250),
this.announce=D(()=>O(r,We(o,n.checkpoints,i)),500),this.rest=D(()=>this.#s(),400)}note(){this.save(),this.announce(),this.
rest()}watchHold(){let t=()=>{this.#i=!0},s=()=>{this.#i=!1,this.rest()};this.#n.element.addEventListener("pointerdown",
t);for(let n of Ms)document.addEventListener(n,s,!0);return()=>{for(let n of Ms)document.removeEventListener(n,s,!0)}}cancel(){
for(let t of[this.save,this.tell,this.announce,this.rest])t.cancel()}#s(){let{payload:t,state:s,options:n}=this.#n,{name:i}=t.
checkpoints[Math.round(s.position)];s.playing||this.#i||i===this.told||(this.told=i,n().onRest(i))}#t(){let{pins:t,lasso:s}=this.#n.
state,n=s??[];return{pins:[...t],lasso:n.slice(0,xi),encircled:n.length}}};function xs(e,t,s,n){let{views:i,...o}=fe(e,t),r=(n??[]).filter(a=>t.vocabularies.some(({ids:c})=>c.has(a)));return{...o,
views:i.map((a,c)=>a??s[c].wholeView()),hovered:null,pointed:null,spoken:!1,lasso:r.length?r:null,lassoing:!1,drawing:null,
notice:ve(o.absent)}}var Si=.1,xt=class{#n;#i;#s;#t;#r;#e;#o;#g;#l;#h;#w;#y=()=>{};#f;#a=0;#p=null;constructor(t,s,n,i,{lasso:o,told:r}){if(this.#n=
s,this.#i=i,this.#s=s.panels.map((a,c)=>new vt(s,c)),this.#t=xs(n,s,this.#s,o),this.#t.lasso)for(let a of this.#s)a.emphasise(
this.#t.lasso);this.#f=!!this.#t.lasso,this.#g=new tt(s.checkpoints.length-1,$e()),this.#r=this.#M(),this.#e=Ke(s,this.#s,
this.#r),t.append(this.#e.element),this.#o=this.#x(r??s.checkpoints[de(n,s)].name),this.#h=Te(this.#e.element,()=>this.#m(
!1,!1)),this.#w=this.#S(),this.#l=zt(this.#e.probe),this.#c(),this.#t.presenting&&this.#m(!0,!1),this.#o.save(),this.#u()}get state(){
return this.#t}get payload(){return this.#n}get chosen(){return this.#f}setOptions(t){this.#i=t}kept(){return{lasso:this.#t.
lasso,told:this.#o.told}}texts(){return V(this.#t,this.#n)}select(){this.#f=!0,this.#o.tell()}rest(){this.#o.rest()}destroy(){
cancelAnimationFrame(this.#a),this.#a=-1,this.#o.cancel();for(let t of this.#w)t();this.#e.element.remove()}#M(){return vs(
{payload:this.#n,views:this.#s,state:this.#t,set:t=>this.#d(t),select:()=>this.select(),present:t=>this.#m(t,!0),layOut:()=>this.#c(),
comeIntoSight:()=>this.#k(),dropDrag:()=>this.#y(),focusSearch:()=>this.#e.search.focus(),isAlone:()=>this.#i.alone,theme:()=>this.#l})}#x(t){
return new Mt({payload:this.#n,views:this.#s,state:this.#t,options:()=>this.#i,texts:()=>this.texts(),element:this.#e.element,
live:this.#e.live},t)}#S(){let{element:t,probe:s}=this.#e,n=Oe(t,this.#s,this.#r,()=>this.#t.lassoing);return this.#y=n.
dropDrag,Ce(s,()=>this.#b()),document.fonts&&document.fonts.ready.then(()=>this.#b()),[n.stop,this.#h.destroy,Re(t,()=>this.#c()),
this.#o.watchHold()]}#d(t){Object.assign(this.#t,t),this.#u(),this.#o.note()}#m(t,s){this.#d({presenting:t}),t?this.#h.enter(
s):this.#h.leave(),this.#e.stage.focus({preventScroll:!0}),this.#c()}#b(){this.#l=zt(this.#e.probe);for(let{pictures:t}of this.#s)
t.forget();this.#e.chart.forget(),this.#c()}#c(){let t=this.#s.map(({ownExtent:n})=>n),s=this.#t.equalScales?ne(t):t;for(let n of this.#s)
n.extent=s[n.index];Ne(this.#e.element,this.#s),this.#e.controls.measure(),this.#e.chart.measure(this.#t.presenting?this.#v()/
13:1),this.#t.views=this.#t.views.map((n,i)=>this.#s[i].confine(n)),this.#u()}#k(){this.#t.presenting||Ie(this.#e.controls.
element,this.#s[0].box)}#u(){this.#a||(this.#a=requestAnimationFrame(t=>this.#E(t)))}#E(t){this.#a=0;try{this.#A(t)}catch(s){
console.error(s),this.#t.playing=!1,O(this.#e.notice,d("Something went wrong while drawing. Reload the page."))}}#A(t){let s=this.#p===
null?0:Math.min((t-this.#p)/1e3,Si);this.#t.playing&&this.#L(s);let n={theme:this.#l,textSize:this.#v(),seconds:s},i=this.#s.
map(o=>o.draw(this.#t,n)).some(Boolean);this.#e.show(this.#t),this.#p=i||this.#t.playing?t:null,this.#p!==null&&this.#u()}#v(){
return ze(this.#e.element,this.#t.presenting)}#L(t){let s=this.#g.tick(this.#t,t);s.playing===!1?this.#d(s):Object.assign(
this.#t,s)}};function Es(e,t,s={}){s.speech&&kt(s.speech);let n=Ss(e,t,s,null);return{update(i,o={}){let r=n.session,{language:a}=Et();
if(o.speech&&kt(o.speech),r&&a===Et().language&&Li(r.payload.bytes,i)){r.setOptions(As(o));return}n.remove(),n=Ss(e,i,o,
r),r?.chosen&&n.session?.select(),n.session?.rest()},destroy:()=>n.remove(),state:()=>n.session?.texts()??{},plays:()=>n.
session!==null}}function ki({start:e,address:t}){let s=Object.entries(e??{}).filter(([i])=>i!=="lasso");return{...Object.
fromEntries(s.map(([i,o])=>[i,String(o)])),...t?ye():{}}}function As({alone:e=!1,address:t=!1,onChange:s=()=>{},onRest:n=()=>{}}){
return{alone:e,address:t,onChange:s,onRest:n}}function Ss(e,t,s,n){try{if(!m("canvas").getContext("2d"))return ks(e,Ai());
let i=Se(t),o=n?ge(n,i):ki(s),r=new xt(e,i,o,As(s),n?n.kept():Ei(s));return{session:r,remove:()=>r.destroy()}}catch(i){console.
error(i);let o=i instanceof Y;return ks(e,o?d("The data of this picture is damaged. Reload the page."):d("The player cou\
ld not start. Reload the page."))}}function Ei({start:e}){let t=e?.lasso;return{lasso:Array.isArray(t)?t.map(String):null,
told:null}}function Ai(){return d("This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Ed\
ge or Safari.")}function ks(e,t){let s=m("div",{class:"player"},m("p",{class:"notice",role:"alert","data-notice":!0},t));
return e.replaceChildren(s),{session:null,remove:()=>s.remove()}}function Li(e,t){return e.length===t.length&&e.every((s,n)=>s===
t[n])}var Oi=1e3,jt=new WeakMap,Gt=class{#n=window.location.pathname;#i=document.createElement("div");#s;#t=!0;constructor(t){
this.calls=0,this.send=t.setStateValue,this.given=Pt(t.data),t.parentElement.append(this.#i),this.player=Es(this.#i,this.
given.bytes,this.#e()),this.#s=Pi(()=>this.#o())}take({data:t,setStateValue:s}){this.send=s,this.given=Pt(t),this.#r()}#r(){
this.player.update(this.given.bytes,this.#e())}tellWhetherPlaying(){let t=this.player.plays();t!==this.#t&&this.send("ca\
nvas",t),this.#t=t}remove(){this.#s(),this.player.destroy(),this.#i.remove()}#e(){return{address:window.location.pathname===
this.#n,start:this.given.start,speech:this.given.speech,onChange:t=>this.send("selection",t),onRest:t=>this.send("checkp\
oint",t)}}#o(){this.player.plays()&&(this.#e().address?it(this.player.state()):this.#r())}};function Ti(e){let t=e.parentElement,
s=jt.get(t);s?s.take(e):(s=new Gt(e),jt.set(t,s)),s.tellWhetherPlaying();let[n,i]=[s,++s.calls];return()=>{i===n.calls&&
(jt.delete(t),n.remove())}}function Pi(e){let{navigation:t}=window;if(t)return t.addEventListener("currententrychange",e),
()=>t.removeEventListener("currententrychange",e);let s=setInterval(e,Oi);return()=>clearInterval(s)}export{Ti as default};
