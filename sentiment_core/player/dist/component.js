var ps="http://www.w3.org/2000/svg";function u(e,t={},...s){return Bt(document.createElement(e),t,s)}function v(e,t={},...s){
return Bt(document.createElementNS(ps,e),t,s)}function Bt(e,t,s){for(let[n,i]of Object.entries(t))typeof i=="function"?e.
addEventListener(n,i):i===!0?e.setAttribute(n,""):i!==!1&&i!==null&&i!==void 0&&e.setAttribute(n,i);return e.append(...s),
e}function T(e,t){e.textContent!==t&&(e.textContent=t)}function B(e,t,s){e.getAttribute(t)!==s&&e.setAttribute(t,s)}function C(e,t){
let s=0,n=()=>{clearTimeout(s),s=setTimeout(e,t)};return n.cancel=()=>clearTimeout(s),n}function S(e,t,s){return Math.min(
Math.max(e,t),s)}function H(e){let t=e.getRootNode();return t instanceof ShadowRoot?H(t.host):e}var q=60,us=1.07;function Ut(e){let{coordinates:t,scale:s,centre:n}=e,i=[1/0,1/0],o=[-1/0,-1/0];for(let c=0;c<t.length;c++){
let h=c&1;t[c]<i[h]&&(i[h]=t[c]),t[c]>o[h]&&(o[h]=t[c])}let r=c=>n[c]+s[c]*(i[c]+o[c])/2,a=c=>Math.abs(s[c])*(o[c]-i[c])*
us/2,l=Math.max(a(0),a(1))/1e3||1;return{x:r(0),y:r(1),halfX:Math.max(a(0),l),halfY:Math.max(a(1),l)}}function jt(e){let[
t,s]=["halfX","halfY"].map(n=>Math.max(...e.map(i=>i[n])));return e.map(({x:n,y:i})=>({x:n,y:i,halfX:t,halfY:s}))}function Ht(e){
return{scale:1,x:e.x,y:e.y}}function Yt(e,t,s,n){let i=t.scale*X(e,s,n);return{unit:i,left:s/2-i*t.x,top:n/2+i*t.y}}function qt(e,t,s,n,i,o,r){
let a=S(e.scale*i,1,q),[l,c]=[e.scale,a].map(m=>m*X(t,s,n)),h=1/l-1/c,f={scale:a,x:e.x+(o-s/2)*h,y:e.y-(r-n/2)*h};return G(
f,t,s,n)}function Gt(e,t,s,n,i,o){let r=e.scale*X(t,s,n);return G({scale:e.scale,x:e.x-i/r,y:e.y+o/r},t,s,n)}function G(e,t,s,n){
let i=S(e.scale,1,q),o=i*X(t,s,n),r=Math.max(t.halfX-s/2/o,0),a=Math.max(t.halfY-n/2/o,0);return{scale:i,x:S(e.x,t.x-r,t.
x+r),y:S(e.y,t.y-a,t.y+a)}}function Xt(e,t,s){let n=(t-e)/s,i=10**Math.floor(Math.log10(n)),o=i*[1,2,5,10].find(a=>i*a>=
n),r=[];for(let a=Math.ceil(e/o);a*o<=t;a++)r.push(a*o);return r}function X(e,t,s){return Math.min(t/(2*e.halfX),s/(2*e.
halfY))}var K=[.5,1,2,4],V=class{constructor(t){this.last=t,this.rested=0,this.calmer=window.matchMedia?window.matchMedia("(pref\
ers-reduced-motion: reduce)"):{matches:!1}}tick({position:t,speed:s,presenting:n},i){return this.rested+=i,t>=this.last?
n?this.rested>2.5?this.moveTo(0):{}:{playing:!1}:this.calmer.matches?this.rested*s>=1.25?this.moveTo(Math.min(Math.floor(
t)+1,this.last)):{}:this.moveTo(fs(t,i,s,this.last))}moveTo(t){return this.rested=0,{position:t}}};function fs(e,t,s,n){
let i=Math.floor(e),o=i+ms(e-i)+t*s/1.25;return o>=n?n:Math.floor(o)+ds(o-Math.floor(o))}function J(e,t,s){let n=Math.floor(
s),i=Math.min(n+1,e.length-1);return{from:e[n].frames[t],to:e[i].frames[t],share:s-n}}function R(e,t){let s=Math.floor(t);
return t===s?e[s].name:`${e[s].name} → ${e[s+1].name}`}function Vt(e,t,s){let n=t>0?Math.floor(e)+1:Math.ceil(e)-1;return Math.
min(Math.max(n,0),s)}function ds(e){return e*e*(3-2*e)}function ms(e){return .5-Math.sin(Math.asin(1-2*e)/3)}var Z=50,Jt=["moment","at","pins","zoom","play","present","size","scales","trails","labels","speed"],Zt="ab",gt=!1;function yt(e,t){
return[t.trim(),t.trim().toLowerCase()].find(n=>n&&e.vocabularies.some(({ids:i})=>i.has(n)))??null}function Qt(e,t){let s=t.
moments.length-1,n=e.play==="1"&&s>0,i=ee(e,t),o=K.find(r=>String(r)===e.speed);return{position:i??(n?0:s),...e.pins===void 0?
{...wt(t.pins,t),absent:[]}:wt(ys(e.pins),t),views:Ms(e.zoom??"",t.panels.length),playing:n,presenting:e.present==="1",bySize:e.
size==="frequency",equalScales:e.scales==="equal",trails:e.trails!=="0",labels:e.labels!=="0",speed:o??1}}function te(e,t){
return Math.round(ee(e,t)??t.moments.length-1)}function ee({moment:e,at:t},{moments:s}){let n=e&&/^\d+(\.\d+)?$/.test(e)?
Number(e):NaN;if(n<=s.length-1)return n;let i=s.findIndex(({name:o})=>o===t);return i<0?null:i}function se(e){let t=e.slice(
0,10).map(s=>s.slice(0,40));return e.length?`Not in the vocabulary: ${t.join(", ")}${e.length>10?", …":""}`:""}function Y(e,t){
let s={},n=t.moments.length-1,i=Math.round(e.position*100)/100;i!==n&&!e.playing&&(s.moment=String(i));let o=wt(t.pins,t).
pins;e.pins.join(`
`)!==o.join(`
`)&&(s.pins=oe(e.pins));let r=Ss(e.views);return r&&(s.zoom=r),e.playing&&(s.play="1"),e.presenting&&(s.present="1"),e.bySize&&
(s.size="frequency"),e.equalScales&&(s.scales="equal"),e.trails||(s.trails="0"),e.labels||(s.labels="0"),e.speed!==1&&(s.
speed=String(e.speed)),s}function ne({state:e,payload:t},s){let n=Y(e,t);if(e.absent.length&&(n.pins=oe([...e.pins,...e.
absent])),Kt(t)!==Kt(s)&&delete n.zoom,n.moment||e.playing){let i=gs(s.moments,t.moments,Math.round(e.position*100)/100);
i<0?delete n.moment:n.moment=String(i)}return n}function Kt({panels:e}){return JSON.stringify(e.map(({title:t,frames:s,axes:n})=>[
t,...s.map((i,o)=>n(o))]))}function gs(e,t,s){let n=r=>e.findIndex(({name:a})=>a===t[r].name),i=n(Math.floor(s));return i>=
0&&n(Math.ceil(s))-i===Math.ceil(s%1)?i+s%1:n(Math.round(s))}function ie(){let e={};for(let t of window.location.search.
slice(1).split("&")){let[s,...n]=t.split("=");Jt.includes(s)&&(e[s]=vs(n.join("=")))}return e}function Q(e){if(!gt){gt=!0;
try{ws(e)}catch{return}finally{gt=!1}}}function ws(e){let t=window.location.search.slice(1).split("&").filter(o=>o&&!Jt.
includes(o.split("=")[0])),s=Object.entries(e).map(([o,r])=>`${o}=${bs(r)}`),n=[...t,...s].join("&"),i=new URL(window.location.
href);i.search=n,i.search!==window.location.search&&window.history.replaceState(window.history.state,"",i.href)}function oe(e){
return e.map(t=>t.replace(/[%,]/g,encodeURIComponent)).join(",")}function ys(e){return e.split(",").map(t=>t.replace(/%2[5C]/gi,
decodeURIComponent))}function bs(e){return encodeURIComponent(e).replace(/%2C|%3A|%3B/g,decodeURIComponent)}function vs(e){
return new URLSearchParams(`text=${e}`).get("text")}function wt(e,t){let s=new Set,n=new Set;for(let i of e.slice(0,1e3)){
let o=yt(t,i);o!==null&&s.size<Z?s.add(o):o===null&&i.trim()&&n.add(i.trim())}return{pins:[...s],absent:[...n]}}function Ms(e,t){
let s=new Array(t).fill(null);for(let n of e.split(";")){let[i,o=""]=n.split(":"),[r,a,l]=o.split(",").map(f=>f.trim()?Number(
f):NaN),c=i.length===1?Zt.indexOf(i):-1,h=r>1&&r<=q&&Number.isFinite(a)&&Number.isFinite(l);c>=0&&c<t&&h&&(s[c]={scale:r,
x:a,y:l})}return s}function Ss(e){return e.map(({scale:s,x:n,y:i},o)=>s>1?`${Zt[o]}:${[s,n,i].map(r=>Number(r.toPrecision(
4))).join(",")}`:"").filter(Boolean).join(";")}var xs="SLP1",ks="SLS1";var Es={uint8:Uint8Array,int8:Int8Array,int16:Int16Array,uint16:Uint16Array,uint32:Uint32Array,float32:Float32Array},As=16,
Ls=-128,U=class extends Error{};function ae(e){let t=(n,i)=>new TextDecoder().decode(e.subarray(n,i));if(e.length<8||t(0,
4)!==ks)return{start:null,bytes:e};let s=8+new DataView(e.buffer,e.byteOffset).getUint32(4,!0);return{start:JSON.parse(t(
8,s)),bytes:e.subarray(s)}}function le(e){let t=e.byteOffset%8?e.slice():e,{header:s,data:n}=Os(t),i=(a,l)=>Ts(s,n,a,l),
o=tt(s,"vocabularies").map((a,l)=>Ps(`v${l}`,a.words,s.leaning??.5,i)),r=tt(s,"panels").map((a,l)=>Ns(`p${l}`,a,o,i));return{
title:String(s.title??""),note:String(s.note??""),moments:Rs(s,r),pins:(s.pins??[]).map(String),vocabularies:o,panels:r,
html:s.arrays["player/html"]?i("player/html"):null,bytes:t}}function ce({vocabularies:e},t){let s=e.find(({ids:n})=>n.has(
t));return s?s.leans[s.ids.get(t)]:0}function Os(e){let t=(i,o)=>new TextDecoder().decode(e.subarray(i,o));P(e.length>=8&&
t(0,4)===xs,"it is of another kind");let s=new DataView(e.buffer,e.byteOffset).getUint32(4,!0);P(8+s<=e.length&&s%8===0,
"it is cut short");let n;try{n=JSON.parse(t(8,8+s))}catch{throw new U(he("its header cannot be read"))}return P(n.version===
1,`it is of version ${n.version}, this player reads 1`),P(n.arrays&&typeof n.arrays=="object","it has no arrays"),{header:n,
data:e.subarray(8+s)}}function Ts(e,t,s,n){let i=e.arrays[s],o=i&&Es[i.type];P(o,`the array ${s} is missing`);let r=i.shape.
reduce((l,c)=>l*c,1);P(n===void 0||r===n,`the array ${s} has ${r} numbers instead of ${n}`);let a=t.byteOffset+i.offset;
return P(i.offset%8===0&&i.offset+r*o.BYTES_PER_ELEMENT<=t.length,"it is cut short"),new o(t.buffer,a,r)}function Ps(e,t,s,n){
let i=new TextDecoder().decode(n(`${e}/text`)).split(`
`);P(i.length===t,`it names ${i.length} words instead of ${t}`);let o=n(`${e}/polarity`,t),r=n(`${e}/counts`,2*t),a=Float32Array.
from(o,l=>l===Ls?NaN:l/As);return{words:i,ids:new Map(i.map((l,c)=>[l,c])),polarity:a,negative:r.subarray(0,t),positive:r.
subarray(t),whole:n(`${e}/whole`,t),leans:Uint8Array.from(a,l=>l>s?1:l<-s?2:0)}}function Ns(e,t,s,n){let i=s[t.vocabulary];
P(i,"a panel has no vocabulary");let o=tt(t,"frames"),r=i.words.length;return{title:String(t.title??""),note:String(t.note??
""),vocabulary:i,frames:o,scale:re(t.scale),centre:re(t.centre),coordinates:n(`${e}/coordinates`,o.length*r*2),displacement:n(
`${e}/displacement`,o.length*r),displacementScale:Number(t.displacement_scale),separation:zs(t.separation,o.length),axes:a=>t.
axes_by_frame?.[a]??t.axes??["",""]}}function zs(e,t){if(!e)return null;P(e.axis?.length===t&&e.space?.length===t,"a sep\
aration lacks frames");let[s,n]=[e.axis,e.space].map(i=>i.map(o=>o??NaN));return{axis:s,space:n}}function Rs(e,t){let s=tt(
e,"moments");for(let{frames:n}of s){let i=n?.length===t.length&&t.every((o,r)=>o.frames[n[r]]);P(i,"a moment names a fra\
me that is missing")}return s}function tt(e,t){return P(Array.isArray(e[t])&&e[t].length,`it has no ${t}`),e[t]}function re(e){
return P(e?.length===2&&e.every(Number.isFinite),"a panel's scale is no number"),e}function P(e,t){if(!e)throw new U(he(
t))}function he(e){return`This picture's data is damaged: ${e}. Reload the page.`}var Is=["Home","End","PageUp","PageDown"];function pe(e,t){let s={" ":t.togglePlay,ArrowLeft:()=>t.step(-1),ArrowRight:()=>t.
step(1),PageUp:()=>t.step(-1),PageDown:()=>t.step(1),Home:t.toStart,End:t.toEnd,f:t.togglePresent,l:t.toggleLasso,"/":t.
focusSearch,"+":()=>t.zoomBy(1.5),"=":()=>t.zoomBy(1.5),"-":()=>t.zoomBy(.6666666666666666),0:t.resetViews,Escape:t.escape},
n=(r,a)=>{if(r.altKey||r.ctrlKey||r.metaKey||r.defaultPrevented)return;let l=r.key.length===1?r.key.toLowerCase():r.key,
c=s[l];!c||!a(l)||(r.preventDefault(),r.stopPropagation(),c())},i=H(e),o=r=>{r.target.contains(i)&&r.target!==i&&$s(e)&&
n(r,l=>t.ownsPage()||!Is.includes(l))};return e.addEventListener("keydown",r=>n(r,a=>!Cs(r.target,a))),document.addEventListener(
"keydown",o),()=>document.removeEventListener("keydown",o)}function $s(e){let{top:t,bottom:s}=e.getBoundingClientRect();
return t<window.innerHeight&&s>0}function Cs(e,t){let s=e.localName;return s==="input"&&e.type==="text"?!0:s==="button"?
t===" ":s==="select"&&(t===" "||t.startsWith("Arrow")||t.startsWith("Page")||t==="Home"||t==="End")}function ue(e,t){let s=new Map,n=null,i=0,o=p=>{let d=e.getBoundingClientRect();return[p.clientX-d.left-e.clientLeft,p.clientY-
d.top-e.clientTop]},r=p=>{if(p.button!==0)return;let[d,w]=o(p);s.set(p.pointerId,[d,w]),_s(e,p.pointerId),i=0,s.size>1?a():
n={kind:p.shiftKey||t.wantsLasso()?"lasso":"pan",x:d,y:w,far:!1,corners:[d,w]}},a=()=>{n&&n.kind==="lasso"&&t.dropLasso(),
n=null},l=p=>{let[d,w]=o(p);if(!s.has(p.pointerId)){p.pointerType!=="touch"&&t.point(d,w);return}s.set(p.pointerId,[d,w]),
s.size===2?c():n&&h(d,w)},c=()=>{let[[p,d],[w,y]]=s.values(),M=Math.hypot(p-w,d-y);i&&t.zoom(M/i,(p+w)/2,(d+y)/2),i=M},h=(p,d)=>{
!n.far&&Math.hypot(p-n.corners[0],d-n.corners[1])<5||(n.far||t.leave(),n.far=!0,n.kind==="lasso"?(n.corners.push(p,d),t.
drawLasso(n.corners)):t.pan(p-n.x,d-n.y),[n.x,n.y]=[p,d])},f=p=>{if(!s.delete(p.pointerId)||!n)return;if(p.type==="point\
ercancel")return a();let{kind:d,far:w,corners:y}=n;n=null,d==="lasso"&&w?t.endLasso(y):w||t.tap(...o(p),p.pointerType===
"touch")},m=p=>{!s.has(p.pointerId)&&p.pointerType!=="touch"&&t.leave()},g=p=>{if(!(p.ctrlKey||p.metaKey)&&!t.ownsWheel())
return t.hint();p.preventDefault();let w=p.deltaMode===1?16:p.deltaMode===2?400:1,y=p.ctrlKey&&Math.abs(p.deltaY)<50?.01:
.0016;t.zoom(Math.exp(-p.deltaY*w*y),...o(p))};return e.addEventListener("pointerdown",r),e.addEventListener("pointermov\
e",l),e.addEventListener("pointerup",f),e.addEventListener("pointercancel",f),e.addEventListener("pointerleave",m),e.addEventListener(
"wheel",g,{passive:!1}),e.addEventListener("dblclick",t.reset),a}function _s(e,t){try{e.setPointerCapture(t)}catch{return}}function fe(e){let{act:t,state:s,views:n}=e,i=n.map(({box:a},l)=>ue(a,{point:(c,h)=>t.point(l,c,h),leave:()=>t.hover(null),
tap:(c,h,f)=>t.tap(l,c,h,f),pan:(c,h)=>t.pan(l,c,h),zoom:(c,h,f)=>t.zoom(l,c,h,f),reset:t.resetViews,wantsLasso:()=>s.lassoing,
ownsWheel:t.ownsPage,hint:()=>n[l].hint(),drawLasso:c=>t.drawLasso(l,c),endLasso:c=>t.endLasso(l,c),dropLasso:t.dropLasso})),
o=pe(e.element,t);return{dropDrag:()=>{for(let a of i)a()},stop:o}}var Ds=3e3;function de(e,t){let s=!1;Fs(e);let n=()=>{let a=document.fullscreenElement?.contains(H(e));s&&!a&&(s=!1,t())};
document.addEventListener("fullscreenchange",n);let i=a=>{e.classList.add("presenting");let l=()=>e.classList.contains("\
presenting")&&Ws(e);!a||!e.requestFullscreen?l():e.requestFullscreen().then(()=>s=!0,l)},o=()=>{e.classList.remove("pres\
enting"),Bs(e),s&&document.exitFullscreen&&document.exitFullscreen().catch(()=>{}),s=!1};return{enter:i,leave:o,destroy:()=>{
document.removeEventListener("fullscreenchange",n),o()}}}function Fs(e){let t=C(()=>{e.querySelector(".controls :focus-v\
isible")||e.classList.remove("awake")},Ds),s=({type:n,target:i})=>{n==="focusin"&&!i.closest(".controls")||(e.classList.
add("awake"),t())};for(let n of["pointermove","pointerdown","focusin","focusout"])e.addEventListener(n,s)}function Ws(e){
e.showPopover&&(e.setAttribute("popover","manual"),e.showPopover())}function Bs(e){e.hasAttribute("popover")&&e.hidePopover(),
e.removeAttribute("popover")}var Us=720,js=24,Hs=.9,Ys=22;function me(e){return e.clientWidth<Us}function ge(e,t){let s=e.clientWidth,n=me(e),i=t.length>
1&&!n;e.classList.toggle("beside",i),e.classList.toggle("narrow",n),e.classList.toggle("long-titles",t.length>1&&t.some(
({panel:c})=>c.title.length>js));let o=(i?s/2:s)-Ys,r=Math.max(...t.map(({extent:c})=>c.halfY/c.halfX)),a=S(1.4*r,...t.length===
1&&!n?[.4,.5]:[.64,.78]),l=Math.round(S(o*a,260,Math.max(.46*window.innerHeight,300)));e.style.setProperty("--picture-he\
ight",`${l}px`);for(let c of t)c.measure()}function we(e,t){return t?S(Math.min(window.innerHeight*.024,window.innerWidth*
.02),15,64):me(e)?12:13}function ye(e,t){window.addEventListener("resize",t);let s=window.ResizeObserver?new ResizeObserver(
t):null;return s&&s.observe(e),()=>{window.removeEventListener("resize",t),s&&s.disconnect()}}function be(e,t){let{top:s,
bottom:n,height:i}=t.getBoundingClientRect();Math.min(n,window.innerHeight)-Math.max(s,0)<Hs*i&&e.scrollIntoView({block:"\
start"})}var L=["#8a9099","#2f7fc4","#d9730d"];var j=["neutral","positive","negative"],bt=["#7d6cd0","#2a9d76"];function vt(e){let t=getComputedStyle(e),s=qs();return{
paper:s(t.backgroundColor),ink:s(t.color),font:t.fontFamily}}function ve(e,t){e.addEventListener("transitionend",t)}function x(e,t,s){
return`rgb(${e.map((n,i)=>Math.round(n+(t[i]-n)*s)).join(" ")})`}function et(e){return[1,3,5].map(t=>parseInt(e.slice(t,
t+2),16))}function qs(){let e=Object.assign(document.createElement("canvas"),{width:1,height:1}).getContext("2d",{willReadFrequently:!0});
return t=>(e.clearRect(0,0,1,1),e.fillStyle=t,e.fillRect(0,0,1,1),[...e.getImageData(0,0,1,1).data.subarray(0,3)])}var Me=18,_=4;function Se(){let e=u("div",{class:"card","data-card":!0,hidden:!0,"aria-hidden":"true"});return{element:e,
hide:()=>e.hidden=!0,show(t,s,n,i){let o=s.panel.vocabulary.leans[s.find(t)],r=Mt(t,s,n,i).map(a=>u("span",{},a));e.replaceChildren(
u("strong",{class:`card-word lean-${o}`},t),...r),e.hidden=!1,e.parentNode!==s.box&&s.box.append(e),Xs(e,s,s.find(t))}}}
function Mt(e,t,s,n){let{vocabulary:i}=t.panel,o=t.find(e),r=i.polarity[o],a=Number.isNaN(r)?"polarity unknown":`polarit\
y ${Vs(r)}, ${j[i.leans[o]]}`,[l,c]=[i.positive[o],i.negative[o]].map(h=>h.toLocaleString("en"));return[a,...Number.isNaN(
r)?[]:[`${l} times in positive reviews, ${c} in negative`],...s.filter(h=>h.find(e)>=0&&h.panel.frames.length>1).map(h=>Gs(
e,h,n))]}function Gs(e,t,s){let{panel:n}=t,i=t.frameAt(s)*n.vocabulary.words.length+t.find(e);return`${(n.displacement[i]*
n.displacementScale).toFixed(2)} from where it began (${n.title})`}function Xs(e,t,s){let[n,i]=[t.screen[2*s],t.screen[2*
s+1]],[o,r]=[t.size.width-e.offsetWidth-_,t.size.height-e.offsetHeight-_],a=n>t.size.width/2?n-e.offsetWidth-Me:n+Me,l=a>=
_&&a<=o,c=S(a,_,Math.max(o,_)),h=S(i-e.offsetHeight/2,_,Math.max(r,_)),f=l?h:i>t.size.height/2?_:r;e.style.transform=`tr\
anslate(${Math.round(c)}px, ${Math.round(f)}px)`}function Vs(e){return`${e<0?"−":"+"}${Math.abs(e).toFixed(2)}`}var xe="Space plays, arrows and page keys step, Home and End jump, plus and minus zoom, 0 shows everything, slash finds \
a word, L draws a lasso, F presents.";function ke({position:e,playing:t,hovered:s,pointed:n,spoken:i},o,r){if(t)return"P\
laying";let a=i&&s!==null?[s,...Mt(s,r[n],r,e)]:r.map(l=>l.summary(e));return[R(o,e),...a].join(". ")}var Ks={play:{fill:"M6 3.5v13l11-6.5z"},pause:{fill:"M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z"},first:{fill:"M3.5 4h2v12h-2\
zM16.5 4v12l-9.5-6z"},last:{fill:"M14.5 4h2v12h-2zM3.5 4v12l9.5-6z"},back:{line:"M12.5 4.5L7 10l5.5 5.5"},forward:{line:"\
M7.5 4.5L13 10l-5.5 5.5"},lasso:{line:"M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 \
5.8c-1 0-2-.1-2.9-.4M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5"},zoomIn:{line:"M10 4v\
12M4 10h12"},zoomOut:{line:"M4 10h12"},reset:{line:"M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"},trails:{line:"M3 16C6 16 5 \
9 9 9s2 3 5-1",fill:"M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"},size:{fill:"M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5\
 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z"},scales:{line:"M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2"},labels:{line:"M\
3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5"},present:{line:"M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7"},download:{line:"M10 3v9.5M\
6 9l4 4 4-4M3.5 16.5h13"},more:{fill:"M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1\
.6 0 0 1 0-3.2zM15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z"},close:{line:"M5.5 5.5l9 9M14.5 5.5l-9 9"},search:{line:"\
M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17"}};function I(e){let{fill:t,line:s}=Ks[e],n=v("svg",{viewBox:"\
0 0 20 20",width:18,height:18,"aria-hidden":"true"});return s&&n.append(v("path",{d:s,class:"icon-line"})),t&&n.append(v(
"path",{d:t,class:"icon-fill"})),n}function $(e,t,s,n){let i=s?`${t} (${s})`:t;return u("button",{type:"button",class:"icon-button","aria-label":t,title:i,
click:n},I(e))}function Ee(e,t,s,n){let i=$(e,t,s,n);return i.setAttribute("aria-pressed","false"),i}function D(e,t,s,n){
return u("button",{type:"button",class:"text-button","aria-label":s,title:s,click:n},I(e),t)}function St(e,t,s,n){let i=D(
e,t,s,n);return i.setAttribute("aria-pressed","false"),i}var Js=132,Zs=15,Qs=84,O={left:40,right:16,top:10,bottom:24},Ae="Moments are spaced equally, not by time.",tn=[{key:"axi\
s",name:"first axis",dash:null},{key:"space",name:"original space",dash:"5 4"}];function en(e,{from:t,to:s,share:n}){return n?
e[t]+(e[s]-e[t])*n:e[t]}function xt(e){return Number.isNaN(e)?"unknown":e.toFixed(2)}var st=class{constructor(t,s,n){Object.
assign(this,{payload:t,framesAt:s,seek:n,width:0}),this.last=t.moments.length-1,this.lines=t.panels.flatMap((i,o)=>i.separation?
tn.map(r=>this.line(i,o,r)):[]),this.isShown=this.lines.length>0&&this.last>0,this.picture=v("svg",{class:"chart-picture",
role:"img","data-chart":!0}),this.element=u("figure",{class:"chart",hidden:!this.isShown},u("figcaption",{class:"chart-h\
ead"},u("span",{class:"chart-title",title:"The chance that a positive word lies beyond a negative one"},"How far polarit\
y has separated (AUC)"),...this.lines.map(({legend:i})=>i)),this.picture,u("p",{class:"note"},Ae)),this.needle=v("line"),
this.playhead=v("g",{class:"playhead"},this.needle),this.playhead.append(...this.lines.map(({dot:i})=>i)),this.listen()}line(t,s,{
key:n,name:i,dash:o}){let r=bt[s%bt.length],a=u("b",{class:"chart-number"}),l={stroke:r,"stroke-width":2.25,fill:"none",
...o?{"stroke-dasharray":o}:{}},c=v("svg",{width:26,height:10,viewBox:"0 0 26 10","aria-hidden":"true"},v("path",{d:"M1 \
5h24",...l}));return{index:s,values:t.separation[n],name:`${t.title}, ${i}`,stroke:l,number:a,dot:v("circle",{r:4,fill:r}),
legend:u("span",{class:"chart-legend"},c,`${t.title}, ${i} `,a)}}listen(){let t=s=>{let n=(s.clientX-this.picture.getBoundingClientRect().
left)/this.grown-O.left;this.seek(S(n/this.step,0,this.last))};this.picture.addEventListener("pointerdown",s=>{s.button===
0&&t(s)}),this.picture.addEventListener("pointermove",s=>{s.buttons&1&&t(s)})}measure(t){let s=this.isShown?this.picture.
clientWidth||this.element.clientWidth:0;if(!s||this.fitted===`${s} ${t}`)return;this.fitted=`${s} ${t}`;let n=s/t;this.width=
n,this.height=t>1?Qs:Js,this.grown=t,this.picture.setAttribute("height",this.height*t),this.needle.setAttribute("y1",O.top),
this.needle.setAttribute("y2",this.height-O.bottom),this.step=(n-O.left-O.right)/this.last;let i=this.lines.flatMap(({values:o})=>o).
filter(Number.isFinite);this.low=Math.min(.45,...i)-.02,this.high=Math.min(Math.max(.7,...i)+.03,1.02),this.picture.setAttribute(
"viewBox",`0 0 ${n} ${this.height}`),this.picture.setAttribute("aria-label",this.summary()),this.picture.replaceChildren(
...this.levels(),...this.names(),...this.lines.map(o=>this.path(o)),this.playhead)}at(t,s){return en(t.values,this.framesAt(
this.payload.moments,t.index,s))}x(t){return O.left+t*this.step}y(t){return O.top+(this.high-t)/(this.high-this.low)*(this.
height-O.top-O.bottom)}levels(){let t=[],s=this.y(0)-this.y(.1);for(let n=Math.ceil(this.low*10);n/10<=this.high;n++){let i=this.
y(n/10),o=n===5,r=this.width-O.right;t.push(v("line",{class:o?"chart-chance":"chart-level",x1:O.left,x2:r,y1:i,y2:i})),(s>=
Zs||n%5===0)&&t.push(v("text",{x:O.left-8,y:i+4,"text-anchor":"end"},(n/10).toFixed(1))),o&&t.push(v("text",{x:this.freest(),
y:i-5,"text-anchor":"middle"},"chance"))}return t}freest(){let t=this.payload.moments.map((o,r)=>Math.min(...this.lines.
map(a=>this.at(a,r)).filter(a=>a>=0))),s=Math.max(...t),n=30,i=t.findLastIndex(o=>o>s-.05);return S(this.x(i),O.left+n,this.
width-O.right-n)}names(){let t=[],s=this.width;for(let n=this.last;n>=0;n--){let{name:i}=this.payload.moments[n],o=i.length*
7.5/2,r=S(this.x(n),o,this.width-o);r+o>s||(s=r-o-10,t.push(v("text",{x:r,y:this.height-6,"text-anchor":"middle"},i)))}return t}path(t){
let s="M",n=this.payload.moments.map((i,o)=>{let r=this.y(this.at(t,o)),a=Number.isNaN(r)?"":`${s}${this.x(o).toFixed(1)}\
,${r.toFixed(1)}`;return s=a?"L":"M",a});return v("path",{d:n.join(""),...t.stroke})}summary(){return`How far polarity h\
as separated. ${this.lines.map(s=>`${s.name}: from ${xt(this.at(s,0))} to ${xt(this.at(s,this.last))}`).join("; ")}. 0.5\
 is chance. ${Ae}`}show(t){if(!this.width)return;let s=this.x(t);this.playhead.setAttribute("transform",`translate(${s.toFixed(
2)} 0)`);for(let n of this.lines){let i=this.at(n,t);T(n.number,xt(i)),n.dot.style.display=Number.isNaN(i)?"none":"",i>=
0&&n.dot.setAttribute("cy",this.y(i).toFixed(2))}}};function Le(e,t,s){let n=u("ul",{class:"chips","data-chips":!0,"aria-label":"Pinned words"}),i="",o=h=>u("li",{class:`ch\
ip lean-${t(h)}`,"data-pin":h,mouseenter:()=>e.hover(h),mouseleave:()=>e.hover(null),focusin:({target:f})=>f.matches(":f\
ocus-visible")&&e.focusWord(h),focusout:()=>e.hover(null)},u("span",{class:"chip-word"},h),u("button",{type:"button",class:"\
chip-remove","aria-label":`Unpin ${h}`,click:()=>e.unpin(h)},I("close"))),r=h=>u("li",{class:"chip chip-lasso","data-las\
so-count":h.length},u("span",{class:"chip-word"},`lasso: ${h.length.toLocaleString("en")} word${h.length===1?"":"s"}`),u(
"button",{type:"button",class:"chip-remove","aria-label":"Clear the lasso",click:e.clearLasso},I("close"))),a=()=>[...n.
querySelectorAll(".chip-remove")],l=()=>u("li",{},u("button",{type:"button",class:"link",click:e.unpinAll},"Unpin all"));
return{element:n,show:(h,f)=>{let m=JSON.stringify([h,f?.length,f?.[0]]);if(m===i)return;i=m;let g=h.map(o);h.length>1&&
g.push(l()),f&&g.unshift(r(f));let p=a().findIndex(y=>y.matches(":focus")),d=n.querySelector(":focus");if(n.replaceChildren(
...g),!d)return;let w=a().slice(0,p+1).pop();w?w.focus():s()}}}function Oe(e,t){let s=sn(e,t),n=nn(t),i=u("div",{class:"more-list",hidden:!0},...Object.values(s),u("label",{class:"mor\
e-speed",hidden:e.moments.length===1},"Speed",n),u("div",{class:"more-row"},D("zoomIn","Zoom in","Zoom in",()=>t.zoomBy(
1.5)),D("zoomOut","Zoom out","Zoom out",()=>t.zoomBy(1/1.5))),u("div",{class:"more-row"},...on(e,t))),o=c=>{i.hidden=!c,
r.setAttribute("aria-expanded",String(c))},r=D("more","More","More",()=>o(i.hidden));r.setAttribute("aria-expanded","fal\
se");let a=u("div",{class:"more",keydown:l},r,i);function l(c){c.key!=="Escape"||i.hidden||(o(!1),r.focus(),c.stopPropagation())}
return{element:a,leaveFor:c=>a.contains(c)||o(!1),show(c){for(let[h,f]of Object.entries(s))B(f,"aria-pressed",String(c[h]));
n.value=c.speed}}}function sn({moments:e,panels:t},s){let n=(o,r,a,l)=>St(o,r,a,()=>s.toggle(l)),i=St("scales","Equal sc\
ales","Equal scales in both pictures",s.toggleScales);return{...t.length>1?{equalScales:i}:{},...e.length>1?{trails:n("t\
rails","Trails","Trails of pinned words","trails")}:{},labels:n("labels","Labels","Labels of words not pinned","labels"),
bySize:n("size","Size by frequency","Size by frequency","bySize")}}function nn(e){return u("select",{class:"speed","aria\
-label":"Speed",change:t=>e.setSpeed(Number(t.target.value))},...K.map(t=>u("option",{value:t},`${t}×`)))}function on(e,t){
let s=D("download","PNG","Save as a PNG picture",t.savePicture);return e.html?[s,D("download","HTML","Save as an HTML fi\
le",t.saveFile)]:[s]}var kt=1e3;function Te(e,t,s){let n=rn(e,t),i=Ee("lasso","Lasso words","L, or drag with Shift",t.toggleLasso),o=$("reset",
"Show everything","0",t.resetViews),r=Oe(e,t),a=$("present","Presentation","F",t.togglePresent);return{element:u("div",{
class:"controls",role:"group","aria-label":"Player controls"},n.element,s,u("div",{class:"looks"},i,o,r.element,a)),turnTo:r.
leaveFor,show(c){n.show(c),r.show(c),B(i,"aria-pressed",String(c.lassoing)),B(o,"aria-disabled",String(c.views.every(({scale:h})=>h===
1)))}}}function rn({moments:e},t){let s=e.length-1,n=u("button",{type:"button",class:"icon-button play",click:t.togglePlay}),
i=u("input",{type:"range",class:"slider",min:0,max:s*kt,step:1,"aria-label":"Moment of training",input:h=>t.scrub(Number(
h.target.value)/kt)}),o=u("div",{class:"ticks","aria-hidden":"true"},...e.map(()=>u("i"))),r=u("span",{class:"moment-nam\
e","data-moment-name":!0}),a=h=>(h.classList.add("jump"),h),l=u("div",{class:"time",hidden:s===0},a($("first","Jump to b\
efore","Home",t.toStart)),$("back","One moment back","←",()=>t.step(-1)),n,$("forward","One moment forward","→",()=>t.
step(1)),a($("last","Jump to after","End",t.toEnd)),u("div",{class:"slider-box"},i,o),r),c=null;return{element:l,show(h){
let f=R(e,h.position);T(r,f),i.value=h.position*kt,i.style.setProperty("--done",`${s?100*h.position/s:0}%`),B(i,"aria-va\
luetext",f),c!==h.playing&&(c=h.playing,n.setAttribute("aria-label",c?"Pause":"Play"),n.title=`${c?"Pause":"Play"} (Spac\
e)`,n.replaceChildren(I(c?"pause":"play")))}}}var an=[()=>v("circle",{cx:7,cy:7,r:4.5,fill:"none",stroke:L[0],"stroke-width":2}),()=>v("circle",{cx:7,cy:7,r:5.5,fill:L[1]}),
()=>v("path",{d:"M7 .5L13.500 7 7 13.500.5 7z",fill:L[2]})],Et=[1,2,0];function Pe(){let e=t=>u("span",{class:"legend-en\
try"},v("svg",{viewBox:"0 0 14 14",width:14,height:14,"aria-hidden":"true"},an[t]()),j[t]);return u("div",{class:"legend",
"data-legend":!0,title:"Whether a word stands more often in positive or in negative reviews"},...Et.map(e))}var ln=8;function cn(e,t){let s=t.trim().toLowerCase();if(!s)return[];let n=new Map;for(let i of e)i.words.forEach((o,r)=>{
let a=o.toLowerCase().indexOf(s);if(a<0||n.has(o))return;let l=i.negative[r]+i.positive[r],c=(o.length===s.length?4:0)+(a===
0?2:0)+i.whole[r];n.set(o,{word:o,lean:i.leans[r],begins:a===0,near:c,count:l})});return[...n.values()].sort((i,o)=>o.near-
i.near||o.count-i.count).slice(0,ln)}var nt=class{constructor(t,s,n,i){Object.assign(this,{vocabularies:t,pin:s,leave:n,
scope:i,offered:[],active:-1}),this.list=u("ul",{id:`${i}-words`,class:"suggestions",role:"listbox","aria-label":"Words",
hidden:!0}),this.answer=u("p",{class:"search-answer",role:"status","data-search-answer":!0}),this.box=u("input",{type:"t\
ext",class:"search-box",role:"combobox",placeholder:"Pin a word","aria-label":"Find a word and pin it","aria-autocomplet\
e":"list","aria-expanded":"false","aria-controls":this.list.id,autocomplete:"off",autocapitalize:"none",spellcheck:"fals\
e",enterkeyhint:"done",input:()=>this.offer(),keydown:o=>this.press(o),blur:()=>this.close()}),this.element=u("div",{class:"\
search","data-search":!0},I("search"),this.box,this.list,this.answer)}focus(){this.box.focus(),this.box.select()}offer(){
this.answer.textContent="",this.offered=cn(this.vocabularies,this.box.value),this.list.replaceChildren(...this.offered.map(
(t,s)=>this.option(t,s))),this.list.hidden=!this.offered.length,this.box.setAttribute("aria-expanded",String(!this.list.
hidden)),this.activate(this.offered.length&&this.offered[0].begins?0:-1),this.box.value.trim()&&!this.offered.length&&this.
sayMissing()}option({word:t,lean:s},n){return u("li",{id:`${this.scope}-word-${n}`,role:"option",class:`suggestion lean-${s}`,
"aria-selected":"false",pointerdown:i=>i.preventDefault(),click:()=>this.choose(t)},t)}activate(t){this.active=t;for(let[
s,n]of[...this.list.children].entries())n.setAttribute("aria-selected",String(s===t));t>=0?this.box.setAttribute("aria-a\
ctivedescendant",`${this.scope}-word-${t}`):this.box.removeAttribute("aria-activedescendant")}press(t){let s={ArrowDown:1,
ArrowUp:-1};if(t.key in s&&this.offered.length){let n=this.active<0&&t.key==="ArrowUp"?0:this.active;this.activate((n+s[t.
key]+this.offered.length)%this.offered.length),t.preventDefault()}else t.key==="Enter"?(this.active>=0?this.choose(this.
offered[this.active].word):this.box.value.trim()&&this.sayMissing(),t.preventDefault()):t.key==="Escape"&&(this.clear(),
this.leave(),t.stopPropagation())}choose(t){this.clear(),this.pin(t)}sayMissing(){this.answer.textContent=`“${this.box.
value.trim().slice(0,40)}” is not in the vocabulary`}clear(){this.box.value="",this.answer.textContent="",this.close()}close(){
this.offered=[],this.list.hidden=!0,this.box.setAttribute("aria-expanded","false"),this.activate(-1)}};function Ne(e,t,s){let n=`player-${Math.random().toString(36).slice(2,8)}`,i=u("p",{id:`${n}-keys`,class:"unseen"},xe),o=u(
"div",{class:"stage",tabindex:"0",role:"group","aria-label":"Words in motion","aria-describedby":i.id,"data-stage":!0},...t.
map(({element:f})=>f)),r=()=>o.focus(),a=new nt(e.vocabularies,s.pin,r,n),l={stage:o,search:a,chips:Le(s,f=>ce(e,f),r),controls:Te(
e,s,a.element),chart:new st(e,J,s.scrub),card:Se(),probe:u("span",{class:"theme-probe","aria-hidden":"true"}),notice:u("\
p",{class:"notice",role:"status","data-notice":!0}),live:u("p",{class:"unseen","aria-live":"polite","data-live":!0}),progress:u(
"i",{class:"progress-done"})},c=$("close","Leave the presentation","Escape",s.leavePresentation);return c.classList.add(
"leave"),{element:u("div",{class:"player","data-player":!0,pointerdown:({target:f})=>l.controls.turnTo(f)},l.probe,l.controls.
element,u("div",{class:"toolbar"},l.chips.element,Pe()),l.notice,o,l.chart.element,...e.note?[u("p",{class:"note"},e.note)]:
[],u("div",{class:"progress","aria-hidden":"true"},l.progress),c,i,l.live),...l}}var it=[[1,0,7,0],[-1,0,-7,0],[0,-1,0,-7],[0,1,0,7]],ot=[12,26,44,66,92].flatMap(e=>[30,150,90,-30,-150,-90,0,180].map(t=>{
let[s,n]=[Math.cos(t*Math.PI/180),Math.sin(t*Math.PI/180)];return[Math.sign(Math.round(s*4)),-Math.sign(Math.round(n*4)),
s*e,-n*e]}));function ze(e){let{words:t,whole:s,polarity:n,negative:i,positive:o}=e.vocabulary,r=Uint32Array.from(t,(p,d)=>i[d]+
o[d]),a=r.reduce((p,d)=>p+d,0)/5e4,l=(e.frames.length-1)*t.length,c=e.displacement.subarray(l).reduce((p,d)=>Math.max(p,
d),1),h=Float32Array.from(t,(p,d)=>{let w=Math.min(Math.abs(n[d]||0),2.5),y=e.displacement[l+d]/c;return(.25+w)*(.15+y)*
Math.log1p(r[d])}),f=Uint32Array.from(t.keys()).filter(p=>s[p]),m=p=>r[p]<a,g=f.sort((p,d)=>m(p)-m(d)||h[d]-h[p]||p-d);return{
ranked:g,common:g.findLastIndex(p=>!m(p))+1}}var rt=class{constructor({ranked:t,common:s}){Object.assign(this,{ranked:t,
common:s}),this.shown=new Map,this.boxes=new Float32Array(4*512),this.count=0,this.time=0,this.admitted=-1/0,this.dropped=
new Map}layOut(t){this.scene=t,this.count=0,this.time+=t.seconds;for(let s of this.shown.values())s.stayed=!s.leaving,s.
leaving=!0;for(let s of t.pinned)this.isSeen(s,0)&&this.block(s);for(let s of t.pinned)this.isSeen(s,0)&&this.placePinned(
s,"pin");return t.hovered>=0&&!t.pinned.includes(t.hovered)&&this.isSeen(t.hovered,0)&&this.placePinned(t.hovered,"hover"),
t.more&&this.placeOthers(),this.animate()}placeOthers(){let{moving:t,width:s,height:n,size:i}=this.scene,o=Math.max(Math.
round(s*n/(11e3*i*i)),6);if(t&&(o-=this.keepShown()),!(t&&this.time-this.admitted<.5)){this.admitted=this.time;for(let r of this.
candidates(12*o)){if(o<=0)break;this.placePlain(r,t?8:3)&&o--}}}keepShown(){let t=0;for(let s of this.shown.values())s.kind!==
"plain"||!s.stayed||(this.placePlain(s.id,0)?t++:this.dropped.set(s.id,this.time));return t}named(){return[...this.shown.
values()].filter(({kind:t,leaving:s})=>t==="plain"&&!s).map(({id:t})=>t)}candidates(t){let s=[],n=this.scene.rare?this.ranked.
length:this.common;for(let i=0;i<n&&s.length<t;i++){let o=this.ranked[i];this.isSeen(o,6)&&this.isMeant(o)&&!this.isResting(
o)&&s.push({id:o,rank:i*(this.shown.has(o)?.35:1)})}return s.sort((i,o)=>i.rank-o.rank).map(({id:i})=>i)}placePinned(t,s){
let n=this.scene.measure(t,s),i=this.shown.get(t);(!i||i.kind!==s)&&(i=this.add(t,s,n,i)),Object.assign(i,n);let o=this.
scene.moving?i.side:0,r=this.overlap(t,ot[o],n);for(let a=0;a<ot.length&&r>0;a++){let l=this.overlap(t,ot[a],n);l<r-1&&([
o,r]=[a,l])}this.settle(i,o,ot[o])}placePlain(t,s){let n=this.shown.get(t);if(n&&(n.kind!=="plain"||!n.leaving)||!this.isSeen(
t,6)||!this.isMeant(t)||this.count>=511)return!1;let i=this.scene.measure(t,"plain");for(let o=0;o<it.length;o++){let r=((n?
n.side:0)+o)%it.length;if(!(this.overlap(t,it[r],i,s,!0)>0))return this.settle(Object.assign(n||this.add(t,"plain",i),i),
r,it[r]),!0}return!1}add(t,s,n,i){let o={id:t,kind:s,side:0,x:NaN,y:NaN,alpha:i?i.alpha:0,leaving:!1,...n};return this.shown.
set(t,o),o}settle(t,s,[n,i,o,r]){t.side=s,t.leaving=!1,t.toX=n*t.width/2+o*this.scene.size,t.toY=i*t.height/2+r*this.scene.
size,Number.isNaN(t.x)&&([t.x,t.y]=[t.toX,t.toY]);let{screen:a}=this.scene;this.occupy(a[2*t.id]+t.toX,a[2*t.id+1]+t.toY,
t.width,t.height)}overlap(t,[s,n,i,o],{width:r,height:a},l=3,c=!1){let{screen:h,size:f,width:m,height:g}=this.scene,p=h[2*
t]+s*r/2+i*f-r/2-l,d=h[2*t+1]+n*a/2+o*f-a/2-l/2,[w,y]=[r+2*l,a+l],b=20*(Math.max(-p,p+w-m,0)*y+Math.max(-d,d+y-g,0)*w);for(let k=0;k<
4*this.count;k+=4){let E=Math.min(p+w,this.boxes[k+2])-Math.max(p,this.boxes[k]);if(E<=0)continue;let A=Math.min(d+y,this.
boxes[k+3])-Math.max(d,this.boxes[k+1]);if(!(A<=0)&&(b+=E*A,c))break}return b}block(t){this.occupy(this.scene.screen[2*t],
this.scene.screen[2*t+1],12*this.scene.size,12*this.scene.size)}occupy(t,s,n,i){this.count>=512||this.boxes.set([t-n/2,s-
i/2,t+n/2,s+i/2],4*this.count++)}isResting(t){return this.scene.moving&&this.time-this.dropped.get(t)<2}isMeant(t){return!this.
scene.chosen||this.scene.chosen[t]===1}isSeen(t,s){let{screen:n,width:i,height:o}=this.scene,r=n[2*t],a=n[2*t+1];return r>=
s&&a>=s&&r<=i-s&&a<=o-s}animate(){let{seconds:t}=this.scene,s=1-Math.exp(-t/.12),n=!1;for(let i of this.shown.values()){
i.alpha=Math.min(Math.max(i.alpha+(i.leaving?-1:1)*t/.16,0),1),i.leaving&&i.alpha===0&&this.shown.delete(i.id);let[o,r]=[
i.toX-i.x,i.toY-i.y],a=Math.abs(o)+Math.abs(r)<.5;i.x=a?i.toX:i.x+o*s,i.y=a?i.toY:i.y+r*s,n=n||!a||i.alpha<1}return n}};var hn=30;function pn(e,t,s,n,i){if(t===2){let o=i*1.2;e.moveTo(s,n-o),e.lineTo(s+o,n),e.lineTo(s,n+o),e.lineTo(s-o,n),e.
closePath()}else e.moveTo(s+i,n),e.arc(s,n,i,0,2*Math.PI)}function at(e,t,s,n,i,o){e.beginPath(),pn(e,s,n,i,o),e.fillStyle=
s?L[s]:x(t.paper,t.ink,.04),e.fill(),e.lineWidth=s?1.5:2,e.strokeStyle=s?x(t.paper,t.ink,0):L[0],e.stroke()}function $e(e,t,s,{
width:n,height:i},o){let{unit:r,left:a,top:l}=s,c=Math.max(Math.round(n/(10*o.size)),2),h=Xt(-a/r,(n-a)/r,c),f=h.length>
1?h[1]-h[0]:2*n/r,m=[];for(let g=Math.ceil((l-i)/r/f);g*f<=l/r;g++)m.push(g*f);e.beginPath();for(let g of h)At(e,Math.round(
a+r*g)+.5,0,0,i);for(let g of m)At(e,0,Math.round(l-r*g)+.5,n,0);e.lineWidth=1,e.strokeStyle=x(t.paper,t.ink,.5),e.globalAlpha=
.16,e.stroke(),e.globalAlpha=1;for(let g of h){let p=Re(o,g,f),d=a+r*g;d>p.width/2&&d<n-p.width/2&&Ie(e,p,d,i-p.height/2-
1)}for(let g of m){let p=Re(o,g,f),d=l-r*g,w=i-1.5*p.height;d>p.height/2&&d<w&&Ie(e,p,p.width/2+2,d)}}function At(e,t,s,n,i){
e.moveTo(t,s),e.lineTo(t+n,s+i)}function Re(e,t,s){let n=Math.max(0,Math.ceil(-Math.log10(s)-1e-9));return e.get((t+0).toFixed(
n).replace("-","−"),"quiet")}function Ie(e,{canvas:t,width:s,height:n},i,o){e.drawImage(t,i-s/2,o-n/2,s,n)}function Ce(e,t,s,n,i,o,r,a){
let{coordinates:l,scale:c,centre:h,vocabulary:f}=s,m=d=>r.left+r.unit*(h[0]+c[0]*l[d]),g=d=>r.top-r.unit*(h[1]+c[1]*l[d+
1]),p=f.words.length*2;e.lineJoin=e.lineCap="round";for(let d of n){let w=i[0]*p+2*d;e.beginPath(),e.moveTo(m(w),g(w));for(let y of i.
slice(1))e.lineTo(m(y*p+2*d),g(y*p+2*d));e.lineTo(o[2*d],o[2*d+1]),_e(e,x(t.paper,t.ink,0),L[f.leans[d]],a),e.beginPath(),
e.arc(m(w),g(w),a+1,0,2*Math.PI),e.fillStyle=x(t.paper,t.ink,0),e.fill(),e.lineWidth=a*.75,e.stroke()}}function _e(e,t,s,n){
e.globalAlpha=.6,e.lineWidth=n*2.2,e.strokeStyle=t,e.stroke(),e.globalAlpha=1,e.lineWidth=n,e.strokeStyle=s,e.stroke()}function De(e,t,s,n,i,o){
for(let r of t){let a=i(r),[l,c]=[s[2*r.id],s[2*r.id+1]];e.globalAlpha=r.alpha,r.kind!=="plain"&&un(e,r,l,c,L[n[r.id]]);
let h=g=>Math.round(g*o)/o,[f,m]=[h(l+r.x-a.width/2),h(c+r.y-a.height/2)];e.drawImage(a.canvas,f,m,a.canvas.width/o,a.canvas.
height/o)}e.globalAlpha=1}function un(e,t,s,n,i){let o=Math.max(Math.abs(t.x)-t.width/2,0),r=Math.max(Math.abs(t.y)-t.height/
2,0);Math.hypot(o,r)<hn-8||(e.beginPath(),At(e,s,n,Math.sign(t.x)*o,Math.sign(t.y)*r),e.lineWidth=1.25,e.strokeStyle=i,e.
stroke())}function Fe(e,t,s,n,i){e.beginPath(),e.arc(s,n,i+4,0,2*Math.PI),_e(e,x(t.paper,t.ink,0),x(t.paper,t.ink,1),2)}
function We(e,t,s){e.beginPath();for(let n=0;n<s.length;n+=2)e.lineTo(s[n],s[n+1]);e.closePath(),e.globalAlpha=.1,e.fillStyle=
x(t.paper,t.ink,1),e.fill(),e.globalAlpha=1,e.setLineDash([5,4]),e.lineWidth=1.5,e.strokeStyle=x(t.paper,t.ink,.85),e.stroke(),
e.setLineDash([])}var Be=0,Ue=3,je=6,N=4,fn=9,dn=[.5,.8,.8],mn=[1,.2,1.25],He=1.2;function Ye(e,t){let s=Lt(e),n=[0],i=[];for(let r=0;r<fn;r++)
for(let a of e)for(let l=0;l<N*N;l++)gn(i,r,a,l%N/N,Math.floor(l/N)/N,s),n.push(i.length);let o=r=>Int32Array.from(i,r);
return{starts:Int32Array.from(n),places:o(({x:r,y:a})=>a*t+r),keeps:o(({alpha:r})=>256-r),redBlue:o(({colour:r,alpha:a})=>(r[2]<<
16|r[0])*a),green:o(({colour:r,alpha:a})=>(r[1]<<8)*a)}}function Lt(e){return Math.ceil(Math.max(...e)*He)+1}function gn(e,t,s,n,i,o){
let r=t%3,a=et(L[r]),l=Math.min(dn[r]*mn[Math.floor(t/3)],1),c=1/(2*N)-.5;for(let h=-o;h<=o;h++)for(let f=-o;f<=o;f++){let m=wn[r](
f-n-c,h-i-c,s),g=Math.round(256*l*m);g>2&&e.push({x:f,y:h,alpha:g,colour:a})}}var wn=[(e,t,s)=>{let n=Math.max(1,s*.4);return S(
n/2+.5-Math.abs(Math.hypot(e,t)-s+n/2),0,1)},(e,t,s)=>S(s+.5-Math.hypot(e,t),0,1),(e,t,s)=>S((s*He-Math.abs(e)-Math.abs(
t))*Math.SQRT1_2+.5,0,1)];var lt=6,qe=255<<24;function Ge(e,t,s,n){let{coordinates:i,scale:o,centre:r}=e,{unit:a,left:l,top:c}=s,h=n.length,f=t.from*
h,m=t.to*h,g=a*o[0],p=-a*o[1],d=l+a*r[0],w=c-a*r[1],y=t.share;for(let M=0;M<h;M+=2){let b=i[f+M],k=i[f+M+1];n[M]=d+g*(b+
y*(i[m+M]-b)),n[M+1]=w+p*(k+y*(i[m+M+1]-k))}}var ct=class{constructor(t){let{words:s,leans:n,negative:i,positive:o}=t,r=Float32Array.
from(s,(l,c)=>i[c]+o[c]),a=Math.log1p(r.reduce((l,c)=>Math.max(l,c),1));this.leans=n,this.sizes=Uint8Array.from(r,l=>Math.
min((Math.log1p(l)/a)**2*lt,lt-1)),this.byRank=Uint32Array.from(s.keys()).sort((l,c)=>(n[l]>0)-(n[c]>0)||r[l]-r[c]||l-c),
this.chosen=null,this.emphasise(null)}emphasise(t){this.chosen=t,this.looks=Uint8Array.from(this.leans,(s,n)=>s+(t?t[n]?
je:Ue:Be)),this.order=t?this.byRank.slice().sort((s,n)=>t[s]-t[n]):this.byRank}},ht=class{constructor(t){this.canvas=t,this.
context=t.getContext("2d",{alpha:!1,willReadFrequently:!0}),this.key=""}prepare({width:t,height:s,ratio:n},i,o,r){let a=[
t,s,n,i,o,r].join();if(a===this.key)return;this.key=a,this.ratio=n,this.width=Math.round(t*n),this.height=Math.round(s*n);
let l=yn(i*n,o);this.margin=Lt(l),this.stride=this.width+2*this.margin,this.sprites=Ye(l,this.stride),this.sizes=l.length,
this.paper=qe|r[2]<<16|r[1]<<8|r[0],this.canvas.width!==this.width&&(this.canvas.width=this.width),this.canvas.height!==
this.height&&(this.canvas.height=this.height),this.image=this.context.createImageData(this.stride,this.height+2*this.margin),
this.pixels=new Int32Array(this.image.data.buffer)}draw(t,s){this.pixels.fill(this.paper),this.stamp(t,s),this.context.putImageData(
this.image,-this.margin,-this.margin)}stamp(t,{order:s,looks:n,sizes:i}){let{pixels:o,sprites:r,stride:a,margin:l,ratio:c,
width:h,height:f}=this,{starts:m,places:g,keeps:p,redBlue:d,green:w}=r,y=N*N,M=this.sizes*y,b=this.sizes>1;for(let k=0;k<
s.length;k++){let E=s[k],A=t[2*E]*c,F=t[2*E+1]*c;if(!(A>=0&&F>=0&&A<h&&F<f))continue;let $t=A|0,Ct=F|0,ls=((F-Ct)*N|0)*N+
((A-$t)*N|0),_t=n[E]*M+(b?i[E]*y:0)+ls,cs=(Ct+l)*a+$t+l,hs=m[_t+1];for(let W=m[_t];W<hs;W++){let Dt=cs+g[W],Ft=o[Dt],Wt=p[W];
o[Dt]=qe|Math.imul(Ft&16711935,Wt)+d[W]>>>8&16711935|Math.imul(Ft&65280,Wt)+w[W]>>>8&65280}}}};function Xe(e,t,s,n){let i=Math.
min(Math.max(.38*Math.sqrt(t*s/e),1.9),7);return Math.min(Math.round(4*i*n**.3)/4,9)}function yn(e,t){return t?Array.from(
{length:lt},(s,n)=>e*(.7+1.9*n/(lt-1))):[e]}var bn=1500,Ve=28;function Ot(e){let t=[...e];return t.length>Ve?`${t.slice(0,Ve-1).join("")}…`:e}var pt=class{constructor(){
this.kept=new Map,this.key=""}prepare(t,s,n){let i=[t.paper,t.ink,t.font,s,n].join();i!==this.key&&(Object.assign(this,{
key:i,theme:t,ratio:s,size:n}),this.kept.clear())}forget(){this.kept.clear()}get(t,s,n=0){let i=`${s}${n}${t}`,o=this.kept.
get(i);return o||(this.kept.size>=bn&&this.kept.clear(),o=this.paint(t,s,n),this.kept.set(i,o)),o}paint(t,s,n){let i=s===
"pin"||s==="hover",o=this.size*(i?1.15:s==="quiet"?.9:1),r=`${i?600:500} ${o}px ${this.theme.font}`,a=u("canvas"),l=a.getContext(
"2d");l.font=r;let c=Math.ceil(l.measureText(Ot(t)).width+o*(i?.75:.45)),h=Math.ceil(o*(i?1.5:1.35));return a.width=Math.
ceil(c*this.ratio),a.height=Math.ceil(h*this.ratio),l.scale(this.ratio,this.ratio),Object.assign(l,{font:r,textAlign:"ce\
nter",textBaseline:"middle",lineJoin:"round"}),i?this.paintChip(l,c,h,n,s):this.paintOutline(l,t,c,h,o),l.fillStyle=x(this.
theme.paper,this.theme.ink,s==="quiet"?.78:1),l.fillText(Ot(t),c/2,h*.53),{canvas:a,width:c,height:h}}paintChip(t,s,n,i,o){
let r=et(L[i]),a=o==="hover"?2.5:1.5;t.beginPath(),vn(t,a/2,a/2,s-a,n-a,n*.24),t.fillStyle=x(this.theme.paper,r,.16),t.fill(),
t.lineWidth=a,t.strokeStyle=L[i],t.stroke()}paintOutline(t,s,n,i,o){t.lineWidth=o*.3,t.strokeStyle=x(this.theme.paper,this.
theme.ink,0),t.globalAlpha=.85,t.strokeText(Ot(s),n/2,i*.53),t.globalAlpha=1}};function vn(e,t,s,n,i,o){e.moveTo(t+o,s),
e.arcTo(t+n,s,t+n,s+i,o),e.arcTo(t+n,s+i,t,s+i,o),e.arcTo(t,s+i,t,s,o),e.arcTo(t,s,t+n,s,o),e.closePath()}var Mn=2,Sn=4,xn=1200,kn=/Mac|iPhone|iPad/.test(navigator.platform)?"⌘":"Ctrl";function En(e){return`${(100*e).toFixed(
1)} %`}function ut({name:e,step:t,valid_accuracy:s}){let n=[e];return Number.isFinite(t)&&e!==`step ${t}`&&n.push(`step ${t.
toLocaleString("en")}`),Number.isFinite(s)&&n.push(`valid accuracy ${En(s)}`),n.join(" · ")}var ft=class{constructor(t,s){
this.moments=t.moments,this.index=s,this.panel=t.panels[s],this.ownExtent=Ut(this.panel),this.extent=this.ownExtent,this.
screen=new Float32Array(2*this.panel.vocabulary.words.length),this.dots=new ct(this.panel.vocabulary);let n=ze(this.panel);
this.labels=new rt(n),this.common=new Uint8Array(this.panel.vocabulary.words.length);for(let i of n.ranked.subarray(0,n.
common))this.common[i]=1;this.pictures=new pt,this.size={width:0,height:0,ratio:1},this.drawn="",this.build()}build(){let{
title:t,note:s}=this.panel;this.facts=u("span",{class:"panel-facts","data-facts":!0}),this.lower=u("canvas",{"aria-hidde\
n":"true"}),this.upper=u("canvas",{"aria-hidden":"true"}),this.zoomHint=u("p",{class:"hint","aria-hidden":"true"},`${kn}\
 + wheel zooms`),this.box=u("div",{class:"picture","data-picture":this.index},this.lower,this.upper,this.zoomHint),this.
dropHint=C(()=>this.zoomHint.classList.remove("shown"),xn),this.up=u("span",{class:"axis axis-up"}),this.along=u("span",
{class:"axis axis-along"}),this.element=u("section",{class:"panel","aria-label":t,"data-panel":this.index},u("header",{class:"\
panel-head"},u("h3",{class:"panel-title"},t),this.facts),u("div",{class:"panel-body"},this.up,this.box,this.along),...s?
[u("p",{class:"panel-note"},s)]:[]),this.raster=new ht(this.lower),this.context=this.upper.getContext("2d")}wholeView(){
return Ht(this.extent)}confine(t){return this.size.width?G(t,this.extent,this.size.width,this.size.height):t}hint(){this.
zoomHint.classList.add("shown"),this.dropHint()}measure(){let t=this.box.clientWidth,s=this.box.clientHeight;this.size={
width:t,height:s,ratio:Math.min(window.devicePixelRatio||1,Mn)}}frameAt(t){return this.moments[Math.round(t)].frames[this.
index]}find(t){return this.panel.vocabulary.ids.get(t)??-1}isInPicture(t){let[s,n]=[this.screen[2*t],this.screen[2*t+1]];
return s>=0&&n>=0&&s<this.size.width&&n<this.size.height}emphasise(t){let s=null;if(t){s=new Uint8Array(this.panel.vocabulary.
words.length);for(let n of t.map(i=>this.find(i)))n>=0&&(s[n]=1)}this.dots.emphasise(s),this.drawn=""}draw(t,s){if(this.
describe(t.position),!this.size.width||!this.size.height)return!1;let n=t.views[this.index],i=Yt(this.extent,n,this.size.
width,this.size.height),o=this.panel.vocabulary.words.length,r=Xe(o,this.size.width,this.size.height,n.scale);return this.
drawDots(t,s.theme,i,r),this.drawAbove(t,s,i,r)}describe(t){let s=this.frameAt(t),[n,i]=this.panel.axes(s);T(this.facts,
ut(this.panel.frames[s])),T(this.along,n),T(this.up,i)}drawDots(t,s,n,i){this.raster.prepare(this.size,i,t.bySize,s.paper);
let o=[this.raster.key,t.position,n.unit,n.left,n.top].join();o!==this.drawn&&(this.drawn=o,Ge(this.panel,J(this.moments,
this.index,t.position),n,this.screen),this.raster.draw(this.screen,this.dots))}drawAbove(t,{theme:s,textSize:n,seconds:i},o,r){
let{context:a,screen:l,size:c,pictures:h,panel:f}=this,{leans:m}=f.vocabulary;this.fitUpper(),h.prepare(s,c.ratio,n),a.setTransform(
c.ratio,0,0,c.ratio,0,0),a.clearRect(0,0,c.width,c.height),$e(a,s,o,c,h);let g=t.pins.map(b=>this.find(b)).filter(b=>b>=
0),p=t.hovered===null?-1:this.find(t.hovered),d=n/13;t.trails&&Ce(a,s,f,g,this.framesPassed(t.position),l,o,2*d);let w=Math.
max(r+1,5.5*d),y=this.layOutLabels(t,g,p,d,i);for(let b of this.labels.shown.values())b.kind==="plain"&&!b.leaving&&this.
mark(s,m,b.id,r+1);for(let b of g)this.mark(s,m,b,w);p>=0&&this.ring(s,m,p,g.includes(p)?w:r+1.5);let M=b=>h.get(f.vocabulary.
words[b.id],b.kind,m[b.id]);return De(a,this.labels.shown.values(),l,m,M,c.ratio),t.drawing&&t.drawing.panel===this.index&&
We(a,s,t.drawing.corners),y}layOutLabels(t,s,n,i,o){let{words:r,leans:a}=this.panel.vocabulary;return this.labels.layOut(
{screen:this.screen,width:this.size.width,height:this.size.height,pinned:s,hovered:n,chosen:this.dots.chosen,more:t.labels,
rare:this.dots.chosen!==null||t.views[this.index].scale>=Sn,moving:t.playing,size:i,seconds:o,measure:(l,c)=>this.pictures.
get(r[l],c,a[l])})}mark(t,s,n,i){at(this.context,t,s[n],this.screen[2*n],this.screen[2*n+1],i)}ring(t,s,n,i){this.mark(t,
s,n,i),Fe(this.context,t,this.screen[2*n],this.screen[2*n+1],i)}framesPassed(t){return this.moments.slice(0,Math.floor(t)+
1).map(({frames:s})=>s[this.index])}fitUpper(){let{width:t,height:s,ratio:n}=this.size,[i,o]=[Math.round(t*n),Math.round(
s*n)];this.upper.width!==i&&(this.upper.width=i),this.upper.height!==o&&(this.upper.height=o)}summary(t){return`${this.panel.
title}: ${ut(this.panel.frames[this.frameAt(t)])}`}};var z=24,Ke=40,An=560,Ln=26,Je=30,Pt=26,On=34;function Ze(e,t,s,n){let i=t.length>1&&t[0].box.getBoundingClientRect().bottom<=
t[1].box.getBoundingClientRect().top,o=t.map(({size:E})=>[E.width+Pt,E.height+Je+Pt]),r=z,a=E=>o.reduce((A,F)=>A+F[E],(o.
length-1)*r),l=E=>Math.max(...o.map(A=>A[E])),c=(i?l(0):a(0))+2*z,h=c<An?Ln:0,f=(i?a(1):l(1))+2*z+Ke+h+On,{ratio:m}=t[0].
size,g=u("canvas",{width:Math.round(c*m),height:Math.round(f*m)}),p=g.getContext("2d");p.scale(m,m),p.fillStyle=x(n.paper,
n.ink,0),p.fillRect(0,0,c,f);let d=Tn(p,n),w=z+12,y=R(e.moments,s.position),M=c-2*z;h?d(y,z,w+h,{size:17,room:M}):M-=d(y,
c-z,w,{size:17,align:"right"})+20,d(e.title,z,w,{size:19,weight:650,room:M});let[b,k]=[z,z+Ke+h];return t.forEach((E,A)=>{
Pn(p,d,E,s.position,b,k),i?k+=o[A][1]+r:b+=o[A][0]+r}),Nn(p,d,n,z,f-z-6),g}function Tn(e,t){return(s,n,i,{size:o=14,weight:r=400,
align:a="left",faint:l=!1,room:c})=>(e.font=`${r} ${o}px ${t.font}`,e.textAlign=a,e.textBaseline="middle",e.fillStyle=x(
t.paper,t.ink,l?.78:1),e.fillText(s,n,i,c),e.measureText(s).width)}function Pn(e,t,s,n,i,o){let{panel:r,size:a}=s,l=s.frameAt(
n),[c,h]=r.axes(l),[f,m]=[i+Pt,o+Je],g=t(r.title,f,o+12,{size:16,weight:650});t(ut(r.frames[l]),f+g+12,o+12,{room:Math.max(
a.width-g-12,90)});for(let p of[s.lower,s.upper])e.drawImage(p,f,m,a.width,a.height);t(c,f+a.width/2,m+a.height+13,{align:"\
center",faint:!0}),e.save(),e.translate(i+10,m+a.height/2),e.rotate(-Math.PI/2),t(h,0,0,{align:"center",faint:!0}),e.restore()}
function Nn(e,t,s,n,i){let o=n;for(let r of Et)at(e,s,r,o+7,i,5),o+=20+t(j[r],o+20,i,{})+22}async function Qe(e,t){let s={
TITLE:Rn(e.title),START:In(t),PAYLOAD:$n(e.bytes)},n=await zn(e.html),i="";for(let[o,r]of Object.entries(s)){let a=`__${o}\
__`,l=n.indexOf(a);if(l<0)throw new Error("The page to save is incomplete. Reload the app.");i+=n.slice(0,l)+r,n=n.slice(
l+a.length)}return i+n}async function zn(e){if(!window.DecompressionStream)throw new Error("This browser cannot save the\
 file. Open the page in a newer one.");return new Response(new Blob([e]).stream().pipeThrough(new DecompressionStream("g\
zip"))).text()}function Nt(e,t){let s=URL.createObjectURL(e);u("a",{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(
s),1e4)}function ts(e,t){return`${e.join(" ").normalize("NFKD").replace(/[^\w]+/g,"-").replace(/^-+|-+$/g,"").toLowerCase().
slice(0,80)||"drift"}.${t}`}function Rn(e){let t={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};return e.replace(
/[&<>"']/g,s=>t[s])}function In(e){return JSON.stringify(e).replace(/</g,"\\u003c")}function $n(e){let t=[];for(let s=0;s<
e.length;s+=32768)t.push(String.fromCharCode(...e.subarray(s,s+32768)));return btoa(t.join(""))}function es(e,t,s,n,i,o){let r=[-1,-1],a=[n*n,n*n];for(let l=0;l<e.length;l+=2){let c=e[l]-t,h=e[l+1]-s,f=c*c+h*h,m=i[l/
2];f<a[m]&&([a[m],r[m]]=[f,l/2])}for(let l of o){let c=((e[2*l]-t)**2+(e[2*l+1]-s)**2)/4;c<a[1]&&([a[1],r[1]]=[c,l])}return r[1]<
0?r[0]:r[1]}function ss(e,t){let s=[];for(let n=0;n<e.length;n+=2)Cn(e[n],e[n+1],t)&&s.push(n/2);return s}function Cn(e,t,s){
let n=!1,[i,o]=s.slice(-2);for(let r=0;r<s.length;r+=2){let a=s[r],l=s[r+1];o>t!=l>t&&e<(i-a)*(t-l)/(o-l)+a&&(n=!n),[i,o]=
[a,l]}return n}var _n=.05,ns=14,Dn=24;function is(e){return{...Fn(e),...Wn(e),...Bn(e),...Un(e)}}function Fn(e){let{state:t,last:s}=e,n=i=>e.
set({position:i,playing:!1});return{togglePlay(){if(!s)return;let i=!t.playing&&t.position>=s;t.playing||e.comeIntoSight(),
e.set({playing:!t.playing,position:i?0:t.position})},scrub:i=>n(Math.abs(i-Math.round(i))<_n?Math.round(i):i),step:i=>n(
Vt(t.position,i,s)),toStart:()=>n(0),toEnd:()=>n(s),setSpeed:i=>e.set({speed:i})}}function Wn(e){let{state:t,payload:s}=e,
n=r=>{e.set(r),e.select()},i={hovered:null,pointed:null},o={pin(r){let a=yt(s,r);a===null||t.pins.includes(a)||(t.pins.length>=
Z?e.warn(`No more than ${Z} words can be pinned. Unpin one first.`):n({pins:[...t.pins,a],notice:""}))},unpin:r=>n({pins:t.
pins.filter(a=>a!==r),...i,notice:""}),unpinAll:()=>n({pins:[],absent:[],...i,notice:""}),hover:(r,a=null,l=!1)=>{(t.hovered!==
r||t.pointed!==a)&&e.set({hovered:r,pointed:a,spoken:l})},focusWord(r){let a=e.views.findIndex(l=>l.find(r)>=0);o.hover(
r,a,!0)},point(r,a,l,c=ns){let h=e.views[r],f=t.pins.map(p=>h.find(p)).filter(p=>p>=0),m=es(h.screen,a,l,c,h.common,[...f,
...h.labels.named()]),g=m<0?null:h.panel.vocabulary.words[m];return o.hover(g,g===null?null:r),g},tap(r,a,l,c){let h=o.point(
r,a,l,c?Dn:ns);h!==null?(t.pins.includes(h)?o.unpin:o.pin)(h):t.presenting&&e.act.togglePlay()},drawLasso:(r,a)=>e.set({
drawing:{panel:r,corners:a}}),dropLasso:()=>e.set({drawing:null}),endLasso(r,a){let l=e.views[r],c=new Set(ss(l.screen,a).
filter(m=>l.isInPicture(m))),h=new Set([...l.labels.ranked].filter(m=>c.has(m))),f=[...h,...c].filter((m,g)=>g<h.size||!h.
has(m));o.setLasso(f.length?f.map(m=>l.panel.vocabulary.words[m]):null)},setLasso(r){for(let a of e.views)a.emphasise(r);
n({lasso:r,drawing:null,lassoing:!1})},clearLasso:()=>o.setLasso(null)};return o}function Bn(e){let{state:t}=e,s=(i,o)=>e.
set({views:t.views.map((r,a)=>a===i?o:r)}),n={toggle:i=>e.set({[i]:!t[i]}),toggleScales(){e.set({equalScales:!t.equalScales}),
e.layOut()},toggleLasso:()=>e.set({lassoing:!t.lassoing,drawing:null}),togglePresent:()=>e.present(!t.presenting,!0),leavePresentation:()=>e.
present(!1),focusSearch:()=>e.search.focus(),ownsPage:()=>e.options.alone||t.presenting,zoom(i,o,r,a){let{extent:l,size:c}=e.
views[i],h=qt(t.views[i],l,c.width,c.height,o,r,a);h.scale!==t.views[i].scale&&s(i,h)},zoomBy(i){for(let{index:o,size:r}of e.
views)n.zoom(o,i,r.width/2,r.height/2)},pan(i,o,r){let{extent:a,size:l}=e.views[i];s(i,Gt(t.views[i],a,l.width,l.height,
o,r))},resetViews:()=>e.set({views:e.views.map(i=>i.wholeView())}),escape(){let i=t.drawing||t.lassoing;e.person.dropDrag(),
i?e.set({lassoing:!1}):t.lasso?e.act.clearLasso():t.presenting&&e.present(!1)}};return n}function Un(e){let{payload:t,state:s}=e,
n=i=>ts([t.title,R(t.moments,s.position)],i);return{savePicture(){Ze(t,e.views,s,e.theme).toBlob(o=>{o?Nt(o,n("png")):e.
warn("This browser could not make the picture. Make the window smaller and try again.")})},async saveFile(){try{let i=n(
"html"),o=await Qe(t,Y(s,t));Nt(new Blob([o],{type:"text/html"}),i)}catch(i){e.warn(i.message)}}}}var jn=500,dt=class{constructor(t,s){let{payload:n,views:i,live:o}=t;Object.assign(this,{session:t,told:s,held:!1}),this.
save=C(()=>t.options.address&&Q(t.texts()),300),this.tell=C(()=>t.options.onChange(this.selection()),250),this.announce=
C(()=>T(o,ke(t.state,n.moments,i)),500),this.rest=C(()=>this.tellMoment(),400)}note(){this.save(),this.announce(),this.rest()}tellMoment(){
let{payload:t,state:s,options:n}=this.session,{name:i}=t.moments[Math.round(s.position)];s.playing||this.held||i===this.
told||(this.told=i,n.onRest(i))}watchHold(){let t=()=>{this.held=!1,this.rest()};this.session.element.addEventListener("\
pointerdown",()=>this.held=!0);for(let s of["pointerup","pointercancel"])document.addEventListener(s,t,!0);return()=>{for(let s of[
"pointerup","pointercancel"])document.removeEventListener(s,t,!0)}}selection(){let{pins:t,lasso:s}=this.session.state,n=s||
[];return{pins:[...t],lasso:n.slice(0,jn),encircled:n.length}}cancel(){for(let t of[this.save,this.tell,this.announce,this.
rest])t.cancel()}};var Hn=.1,mt=class{constructor(t,s,n,i,{lasso:o,told:r}){if(Object.assign(this,{root:t,payload:s,options:i,last:s.moments.
length-1,due:0,before:null}),this.views=s.panels.map((a,l)=>new ft(s,l)),this.state=this.initialState(n,o),this.state.lasso)
for(let a of this.views)a.emphasise(this.state.lasso);this.chosen=!!this.state.lasso,this.act=is(this),this.clock=new V(
this.last),Object.assign(this,Ne(s,this.views,this.act)),t.append(this.element),this.reports=new dt(this,r??R(s.moments,
te(n,s))),this.listen(),this.theme=vt(this.probe),this.layOut(),this.state.presenting&&this.present(!0,!1),this.reports.
save(),this.invalidate()}initialState(t,s){let{views:n,...i}=Qt(t,this.payload),{vocabularies:o}=this.payload,r=(s||[]).
filter(a=>o.some(({ids:l})=>l.has(a)));return{...i,views:n.map((a,l)=>a||this.views[l].wholeView()),hovered:null,pointed:null,
spoken:!1,lasso:r.length?r:null,lassoing:!1,drawing:null,notice:se(i.absent)}}listen(){this.person=fe(this),ve(this.probe,
()=>this.dress()),this.presentation=de(this.element,()=>this.present(!1)),this.stops=[this.person.stop,this.presentation.
destroy,ye(this.element,()=>this.layOut())],this.stops.push(this.reports.watchHold()),document.fonts&&document.fonts.ready.
then(()=>this.dress())}set(t){Object.assign(this.state,t),this.invalidate(),this.reports.note()}warn(t){this.set({notice:t})}present(t,s=!1){
this.set({presenting:t}),t?this.presentation.enter(s):this.presentation.leave(),this.stage.focus({preventScroll:!0}),this.
layOut()}dress(){this.theme=vt(this.probe);for(let{pictures:t}of this.views)t.forget();this.invalidate()}layOut(){let t=this.
views.map(({ownExtent:n})=>n),s=this.state.equalScales?jt(t):t;for(let n of this.views)n.extent=s[n.index];ge(this.element,
this.views),this.chart.measure(this.state.presenting?this.textSize()/13:1),this.state.views=this.state.views.map((n,i)=>this.
views[i].confine(n)),this.invalidate()}comeIntoSight(){this.state.presenting||be(this.controls.element,this.views[0].box)}invalidate(){
this.due||(this.due=requestAnimationFrame(t=>this.render(t)))}render(t){this.due=0;try{this.drawAt(t)}catch(s){console.error(
s),this.state.playing=!1,T(this.notice,"Something went wrong while drawing. Reload the page.")}}drawAt(t){let s=this.before===
null?0:Math.min((t-this.before)/1e3,Hn);this.state.playing&&this.letTimePass(s);let n={theme:this.theme,textSize:this.textSize(),
seconds:s},i=this.views.map(o=>o.draw(this.state,n)).some(Boolean);this.showAround(),this.before=i||this.state.playing?t:
null,this.before!==null&&this.invalidate()}textSize(){return we(this.element,this.state.presenting)}letTimePass(t){let s=this.
clock.tick(this.state,t);s.playing===!1?this.set(s):Object.assign(this.state,s)}showAround(){let{state:t}=this;this.controls.
show(t),this.chart.show(t.position),this.chips.show(t.pins,t.lasso),T(this.notice,t.notice),this.progress.style.width=`${this.
last?100*t.position/this.last:100}%`,this.element.classList.toggle("lassoing",t.lassoing);for(let{box:s,index:n}of this.
views)s.classList.toggle("zoomed",t.views[n].scale>1);t.pointed===null||t.hovered===null||t.drawing?this.card.hide():this.
card.show(t.hovered,this.views[t.pointed],this.views,t.position)}kept(){return{lasso:this.state.lasso,told:this.reports.
told}}select(){this.chosen=!0,this.reports.tell()}texts(){return Y(this.state,this.payload)}destroy(){cancelAnimationFrame(
this.due),this.due=-1,this.reports.cancel();for(let t of this.stops)t();this.element.remove()}};var Yn="This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Edge or Safari.";function rs(e,t,s={}){
let n=os(e,t,s,null);return{update(i,o={}){if(n.payload&&Gn(n.payload.bytes,i)){n.options=as(o);return}let r=n;r.destroy(),
n=os(e,i,o,r.payload?r:null),n.payload&&(r.chosen&&n.select(),n.reports.rest())},destroy:()=>n.destroy(),state:()=>n.texts(),
plays:()=>!!n.payload}}function qn({start:e,address:t}){let s=Object.entries(e||{}).filter(([i])=>i!=="lasso");return{...Object.
fromEntries(s.map(([i,o])=>[i,String(o)])),...t?ie():{}}}function as({alone:e=!1,address:t=!1,onChange:s=()=>{},onRest:n=()=>{}}){
return{alone:e,address:t,onChange:s,onRest:n}}function os(e,t,s,n){try{if(!u("canvas").getContext("2d"))return zt(e,Yn);
let i=le(t),o=n?ne(n,i):qn(s),r=n?n.kept():{lasso:s.start?.lasso??null,told:null};return new mt(e,i,o,as(s),r)}catch(i){
return i instanceof U?zt(e,i.message):(console.error(i),zt(e,"The player could not start. Reload the page."))}}function zt(e,t){
let s=u("div",{class:"player"},u("p",{class:"notice",role:"alert","data-notice":!0},t));return e.replaceChildren(s),{destroy:()=>s.
remove(),texts:()=>({})}}function Gn(e,t){return e.length===t.length&&e.every((s,n)=>s===t[n])}var Xn=1e3,Rt=new WeakMap;function gr({parentElement:e,data:t,setStateValue:s}){let n=Rt.get(e)??{calls:0,plays:!0},i=++n.
calls;return n.send=s,Object.assign(n,ae(t)),n.player?n.player.update(n.bytes,It(n)):Vn(e,n),Kn(n),()=>{i===n.calls&&Jn(
e,n)}}function Vn(e,t){Rt.set(e,t),t.path=window.location.pathname,t.root=document.createElement("div"),e.append(t.root),
t.player=rs(t.root,t.bytes,It(t)),t.unwatch=Qn(()=>Zn(t))}function Kn(e){let t=e.player.plays();t!==e.plays&&e.send("can\
vas",t),e.plays=t}function Jn(e,t){Rt.delete(e),t.unwatch(),t.player.destroy(),t.root.remove()}function It(e){return{address:window.
location.pathname===e.path,start:e.start,onChange:t=>e.send("selection",t),onRest:t=>e.send("moment",t)}}function Zn(e){
if(!e.player.plays())return;let t=It(e);t.address?Q(e.player.state()):e.player.update(e.bytes,t)}function Qn(e){if(window.
navigation)return window.navigation.addEventListener("currententrychange",e),()=>window.navigation.removeEventListener("\
currententrychange",e);let t=setInterval(e,Xn);return()=>clearInterval(t)}export{gr as default};
