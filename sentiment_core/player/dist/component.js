var Ms="http://www.w3.org/2000/svg";function d(e,t={},...s){return Gt(document.createElement(e),t,s)}function x(e,t={},...s){
return Gt(document.createElementNS(Ms,e),t,s)}function Gt(e,t,s){for(let[n,i]of Object.entries(t))typeof i=="function"?e.
addEventListener(n,i):i===!0?e.setAttribute(n,""):i!==!1&&i!==null&&i!==void 0&&e.setAttribute(n,String(i));return e.append(
...s),e}function L(e,t){e.textContent!==t&&(e.textContent=t)}function U(e,t,s){e.getAttribute(t)!==s&&e.setAttribute(t,s)}
function I(e,t){let s=e.getContext("2d",t);if(!s)throw new Error("a canvas has no context");return s}function _(e,t){let s,
n=()=>{clearTimeout(s),s=setTimeout(e,t)};return n.cancel=()=>clearTimeout(s),n}function k(e,t,s){return Math.min(Math.max(
e,t),s)}function Y(e){let t=e.getRootNode();return t instanceof ShadowRoot?Y(t.host):e}var q=60,Ss=1.07;function qt(e){let{coordinates:t,scale:s,centre:n}=e,i=[1/0,1/0],o=[-1/0,-1/0];for(let l=0;l<t.length;l++){
let p=l&1;t[l]<i[p]&&(i[p]=t[l]),t[l]>o[p]&&(o[p]=t[l])}let r=l=>n[l]+s[l]*(i[l]+o[l])/2,a=l=>Math.abs(s[l])*(o[l]-i[l])*
Ss/2,c=Math.max(a(0),a(1))/1e3||1;return{x:r(0),y:r(1),halfX:Math.max(a(0),c),halfY:Math.max(a(1),c)}}function Xt(e){let t=Math.
max(...e.map(n=>n.halfX)),s=Math.max(...e.map(n=>n.halfY));return e.map(({x:n,y:i})=>({x:n,y:i,halfX:t,halfY:s}))}function Vt(e){
return{scale:1,x:e.x,y:e.y}}function Kt(e,t,s,n){let i=t.scale*V(e,s,n);return{unit:i,left:s/2-i*t.x,top:n/2+i*t.y}}function Jt(e,t,s,n,i,o,r){
let a=k(e.scale*i,1,q),[c,l]=[e.scale,a].map(m=>m*V(t,s,n)),p=1/c-1/l,f={scale:a,x:e.x+(o-s/2)*p,y:e.y-(r-n/2)*p};return X(
f,t,s,n)}function Zt(e,t,s,n,i,o){let r=e.scale*V(t,s,n);return X({scale:e.scale,x:e.x-i/r,y:e.y+o/r},t,s,n)}function X(e,t,s,n){
let i=k(e.scale,1,q),o=i*V(t,s,n),r=Math.max(t.halfX-s/2/o,0),a=Math.max(t.halfY-n/2/o,0);return{scale:i,x:k(e.x,t.x-r,t.
x+r),y:k(e.y,t.y-a,t.y+a)}}function Qt(e,t,s){let n=(t-e)/s,i=10**Math.floor(Math.log10(n)),o=i*([1,2,5].find(a=>i*a>=n)??
10),r=[];for(let a=Math.ceil(e/o);a*o<=t;a++)r.push(a*o);return r}function V(e,t,s){return Math.min(t/(2*e.halfX),s/(2*e.
halfY))}var J=[.5,1,2,4],K=class{constructor(t,s){this.last=t,this.isCalm=s,this.rested=0}tick({position:t,speed:s,presenting:n},i){
return this.rested+=i,t>=this.last?n?this.rested>2.5?this.moveTo(0):{}:{playing:!1}:this.isCalm()?this.rested*s>=1.25?this.
moveTo(Math.min(Math.floor(t)+1,this.last)):{}:this.moveTo(xs(t,i,s,this.last))}moveTo(t){return this.rested=0,{position:t}}};
function xs(e,t,s,n){let i=Math.floor(e),o=i+Es(e-i)+t*s/1.25;return o>=n?n:Math.floor(o)+ks(o-Math.floor(o))}function Z(e,t,s){
let n=Math.floor(s),i=Math.min(n+1,e.length-1);return{from:e[n].frames[t],to:e[i].frames[t],share:s-n}}function R(e,t){let s=Math.
floor(t);return t===s?e[s].name:`${e[s].name} → ${e[s+1].name}`}function te(e,t,s){let n=t>0?Math.floor(e)+1:Math.ceil(
e)-1;return Math.min(Math.max(n,0),s)}function ks(e){return e*e*(3-2*e)}function Es(e){return .5-Math.sin(Math.asin(1-2*
e)/3)}var Q=50,se=["moment","at","pins","zoom","play","present","size","scales","trails","labels","speed"],ne="ab",bt=!1;function Mt(e,t){
return[t.trim(),t.trim().toLowerCase()].find(n=>n&&e.vocabularies.some(({ids:i})=>i.has(n)))??null}function ie(e,t){let s=t.
checkpoints.length-1,n=e.play==="1"&&s>0,i=J.find(o=>String(o)===e.speed);return{position:re(e,t)??(n?0:s),...e.pins===void 0?
{...vt(t.pins,t),absent:[]}:vt(Os(e.pins),t),views:Ns(e.zoom??"",t.panels.length),playing:n,presenting:e.present==="1",bySize:e.
size==="frequency",equalScales:e.scales==="equal",trails:e.trails!=="0",labels:e.labels!=="0",speed:i??1}}function oe(e,t){
return Math.round(re(e,t)??t.checkpoints.length-1)}function re({moment:e,at:t},{checkpoints:s}){let n=e&&/^\d+(\.\d+)?$/.
test(e)?Number(e):NaN;if(n<=s.length-1)return n;let i=s.findIndex(({name:o})=>o===t);return i<0?null:i}function G(e,t){let s={},
n=t.checkpoints.length-1,i=ce(e.position);i!==n&&!e.playing&&(s.moment=String(i));let o=vt(t.pins,t).pins;e.pins.join(`
`)!==o.join(`
`)&&(s.pins=he(e.pins));let r=zs(e.views);return r&&(s.zoom=r),e.playing&&(s.play="1"),e.presenting&&(s.present="1"),e.bySize&&
(s.size="frequency"),e.equalScales&&(s.scales="equal"),e.trails||(s.trails="0"),e.labels||(s.labels="0"),e.speed!==1&&(s.
speed=String(e.speed)),s}function ae({state:e,payload:t},s){let n=G(e,t);if(e.absent.length&&(n.pins=he([...e.pins,...e.
absent])),ee(t)!==ee(s)&&delete n.zoom,n.moment||e.playing){let i=As(s.checkpoints,t.checkpoints,ce(e.position));i<0?delete n.
moment:n.moment=String(i)}return n}function ce(e){return Math.round(e*100)/100}function ee({panels:e}){return JSON.stringify(
e.map(({title:t,frames:s,axes:n})=>[t,...s.map((i,o)=>n(o))]))}function As(e,t,s){let n=r=>e.findIndex(({name:a})=>a===t[r].
name),i=n(Math.floor(s));return i>=0&&n(Math.ceil(s))-i===Math.ceil(s%1)?i+s%1:n(Math.round(s))}function le(){let e={};for(let t of window.
location.search.slice(1).split("&")){let[s,...n]=t.split("=");se.includes(s)&&(e[s]=Ts(n.join("=")))}return e}function tt(e){
if(!bt){bt=!0;try{Ls(e)}catch{return}finally{bt=!1}}}function Ls(e){let t=window.location.search.slice(1).split("&").filter(
i=>i&&!se.includes(i.split("=")[0])),s=Object.entries(e).map(([i,o])=>`${i}=${Ps(o)}`),n=new URL(window.location.href);n.
search=[...t,...s].join("&"),n.search!==window.location.search&&window.history.replaceState(window.history.state,"",n.href)}
function he(e){return e.map(t=>t.replace(/[%,]/g,encodeURIComponent)).join(",")}function Os(e){return e.split(",").map(t=>t.
replace(/%2[5C]/gi,decodeURIComponent))}function Ps(e){return encodeURIComponent(e).replace(/%2C|%3A|%3B/g,decodeURIComponent)}
function Ts(e){return new URLSearchParams(`text=${e}`).get("text")??""}function vt(e,t){let s=new Set,n=new Set;for(let i of e.
slice(0,1e3)){let o=Mt(t,i);o!==null&&s.size<Q?s.add(o):o===null&&i.trim()&&n.add(i.trim())}return{pins:[...s],absent:[...n]}}
function Ns(e,t){let s=new Array(t).fill(null);for(let n of e.split(";")){let[i,o=""]=n.split(":"),[r,a,c]=o.split(",").
map(f=>f.trim()?Number(f):NaN),l=i.length===1?ne.indexOf(i):-1,p=r>1&&r<=q&&Number.isFinite(a)&&Number.isFinite(c);l>=0&&
l<t&&p&&(s[l]={scale:r,x:a,y:c})}return s}function zs(e){return e.map(({scale:s,x:n,y:i},o)=>s>1?`${ne[o]}:${[s,n,i].map(
r=>Number(r.toPrecision(4))).join(",")}`:"").filter(Boolean).join(";")}function pe(e){let t=e.slice(0,10).map(s=>s.slice(
0,40));return e.length?`Not in the vocabulary: ${t.join(", ")}${e.length>10?", …":""}`:""}var Is="SLP1",Rs="SLS1";var ue={uint8:Uint8Array,int8:Int8Array,int16:Int16Array,uint16:Uint16Array,uint32:Uint32Array},$s=16,Cs=-128,H=class extends Error{};
function St(e){if(e.length<8||st(e,0,4)!==Rs)return{start:null,bytes:e};let t=8+ge(e,4);return{start:JSON.parse(st(e,8,t)),
bytes:e.subarray(t)}}function de(e){let t=e.byteOffset%8?e.slice():e,s=_s(t),{header:n}=s,i=et(n.vocabularies,"vocabular\
ies").map((r,a)=>Fs(`v${a}`,r.words,n.leaning??.5,s)),o=et(n.panels,"panels").map((r,a)=>Ws(`p${a}`,r,i,s));return{title:String(
n.title??""),note:String(n.note??""),checkpoints:Us(n,o),pins:(n.pins??[]).map(String),vocabularies:i,panels:o,html:n.arrays["\
player/html"]?s.get("player/html",Uint8Array):null,bytes:t}}function me({vocabularies:e},t){for(let{ids:s,leans:n}of e){
let i=s.get(t);if(i!==void 0)return n[i]}return 0}function _s(e){O(e.length>=8&&st(e,0,4)===Is,"it is of another kind");
let t=ge(e,4);O(8+t<=e.length&&t%8===0,"it is cut short");let s=Ds(st(e,8,8+t)),n=e.subarray(8+t);return O(s.version===1,
`it is of version ${s.version}, this player reads 1`),O(s.arrays&&typeof s.arrays=="object","it has no arrays"),{header:s,
get:(o,r,a)=>{let c=s.arrays[o];O(c&&ue[c.type],`the array ${o} is missing`),O(ue[c.type]===r,`the array ${o} is of type\
 ${c.type}`);let l=c.shape.reduce((f,m)=>f*m,1);O(a===void 0||l===a,`the array ${o} has ${l} numbers instead of ${a}`);let p=c.
offset%8===0&&c.offset+l*r.BYTES_PER_ELEMENT<=n.length;return O(p,"it is cut short"),new r(n.buffer,n.byteOffset+c.offset,
l)}}}function Ds(e){try{return JSON.parse(e)}catch{throw new H(we("its header cannot be read"))}}function Fs(e,t,s,n){let i=new TextDecoder().
decode(n.get(`${e}/text`,Uint8Array)).split(`
`);O(i.length===t,`it names ${i.length} words instead of ${t}`);let o=n.get(`${e}/polarity`,Int8Array,t),r=n.get(`${e}/c\
ounts`,Uint32Array,2*t),a=Float32Array.from(o,c=>c===Cs?NaN:c/$s);return{words:i,ids:new Map(i.map((c,l)=>[c,l])),polarity:a,
negative:r.subarray(0,t),positive:r.subarray(t),whole:n.get(`${e}/whole`,Uint8Array,t),leans:Uint8Array.from(a,c=>c>s?1:
c<-s?2:0)}}function Ws(e,t,s,n){let i=s[t.vocabulary];O(i,"a panel has no vocabulary");let o=et(t.frames,"frames"),r=i.words.
length;return{title:String(t.title??""),note:String(t.note??""),vocabulary:i,frames:o,scale:fe(t.scale),centre:fe(t.centre),
coordinates:n.get(`${e}/coordinates`,Int16Array,o.length*r*2),displacement:n.get(`${e}/displacement`,Uint16Array,o.length*
r),displacementScale:Number(t.displacement_scale),separation:Bs(t.separation,o.length),axes:a=>t.axes_by_frame?.[a]??t.axes??
["",""]}}function Bs(e,t){if(!e)return null;O(e.axis?.length===t&&e.space?.length===t,"a separation lacks frames");let[s,
n]=[e.axis,e.space].map(i=>i.map(o=>o??NaN));return{axis:s,space:n}}function Us(e,t){let s=et(e.moments,"checkpoints");for(let{
frames:n}of s){let i=n?.length===t.length&&t.every((o,r)=>o.frames[n[r]]);O(i,"a checkpoint names a frame that is missin\
g")}return s}function et(e,t){return O(Array.isArray(e)&&e.length,`it has no ${t}`),e}function fe(e){return O(e?.length===
2&&e.every(Number.isFinite),"a panel's scale is no number"),e}function st(e,t,s){return new TextDecoder().decode(e.subarray(
t,s))}function ge(e,t){return new DataView(e.buffer,e.byteOffset).getUint32(t,!0)}function O(e,t){if(!e)throw new H(we(t))}
function we(e){return`This picture's data is damaged: ${e}. Reload the page.`}var Hs=["Home","End","PageUp","PageDown"];function ye(e,t){let s={" ":t.togglePlay,ArrowLeft:()=>t.step(-1),ArrowRight:()=>t.
step(1),PageUp:()=>t.step(-1),PageDown:()=>t.step(1),Home:t.toStart,End:t.toEnd,f:t.togglePresent,l:t.toggleLasso,"/":t.
focusSearch,"+":()=>t.zoomBy(1.5),"=":()=>t.zoomBy(1.5),"-":()=>t.zoomBy(.6666666666666666),0:t.resetViews,Escape:t.escape},
n=(r,a)=>{if(r.altKey||r.ctrlKey||r.metaKey||r.defaultPrevented)return;let c=r.key.length===1?r.key.toLowerCase():r.key,
l=s[c];!l||!a(c)||(r.preventDefault(),r.stopPropagation(),l())},i=Y(e),o=r=>{r.target instanceof Node&&r.target.contains(
i)&&r.target!==i&&js(e)&&n(r,c=>t.ownsPage()||!Hs.includes(c))};return e.addEventListener("keydown",r=>n(r,a=>!Ys(r.target,
a))),document.addEventListener("keydown",o),()=>document.removeEventListener("keydown",o)}function js(e){let{top:t,bottom:s}=e.
getBoundingClientRect();return t<window.innerHeight&&s>0}function Ys(e,t){let s=e.localName;return e instanceof HTMLInputElement&&
e.type==="text"?!0:s==="button"?t===" ":s==="select"&&(t===" "||t.startsWith("Arrow")||t.startsWith("Page")||t==="Home"||
t==="End")}function be(e,t){let s=new Map,n=null,i=0,o=h=>{let u=e.getBoundingClientRect();return[h.clientX-u.left-e.clientLeft,h.clientY-
u.top-e.clientTop]},r=h=>{if(h.button!==0)return;let[u,w]=o(h);s.set(h.pointerId,[u,w]),Gs(e,h.pointerId),i=0,s.size>1?a():
n={kind:h.shiftKey||t.wantsLasso()?"lasso":"pan",x:u,y:w,far:!1,corners:[u,w]}},a=()=>{n?.kind==="lasso"&&t.dropLasso(),
n=null},c=h=>{let[u,w]=o(h);if(!s.has(h.pointerId)){h.pointerType!=="touch"&&t.point(u,w);return}s.set(h.pointerId,[u,w]),
s.size===2?l():n&&p(n,u,w)},l=()=>{let[[h,u],[w,b]]=s.values(),v=Math.hypot(h-w,u-b);i&&t.zoom(v/i,(h+w)/2,(u+b)/2),i=v},
p=(h,u,w)=>{!h.far&&Math.hypot(u-h.corners[0],w-h.corners[1])<5||(h.far||t.leave(),h.far=!0,h.kind==="lasso"?(h.corners.
push(u,w),t.drawLasso(h.corners)):t.pan(u-h.x,w-h.y),[h.x,h.y]=[u,w])},f=h=>{if(!s.delete(h.pointerId)||!n)return;if(h.type===
"pointercancel")return a();let{kind:u,far:w,corners:b}=n;n=null,u==="lasso"&&w?t.endLasso(b):w||t.tap(...o(h),h.pointerType===
"touch")},m=h=>{!s.has(h.pointerId)&&h.pointerType!=="touch"&&t.leave()},g=h=>{if(!(h.ctrlKey||h.metaKey)&&!t.ownsWheel())
return t.hint();h.preventDefault();let w=h.deltaMode===1?16:h.deltaMode===2?400:1,b=h.ctrlKey&&Math.abs(h.deltaY)<50?.01:
.0016;t.zoom(Math.exp(-h.deltaY*w*b),...o(h))};return e.addEventListener("pointerdown",r),e.addEventListener("pointermov\
e",c),e.addEventListener("pointerup",f),e.addEventListener("pointercancel",f),e.addEventListener("pointerleave",m),e.addEventListener(
"wheel",g,{passive:!1}),e.addEventListener("dblclick",t.reset),a}function Gs(e,t){try{e.setPointerCapture(t)}catch{return}}function ve(e,t,s,n){let i=t.map(({box:a,hint:c},l)=>be(a,{point:(p,f)=>s.point(l,p,f),leave:()=>s.hover(null),tap:(p,f,m)=>s.
tap(l,p,f,m),pan:(p,f)=>s.pan(l,p,f),zoom:(p,f,m)=>s.zoom(l,p,f,m),reset:s.resetViews,wantsLasso:n,ownsWheel:s.ownsPage,
hint:c,drawLasso:p=>s.drawLasso(l,p),endLasso:p=>s.endLasso(l,p),dropLasso:s.dropLasso})),o=ye(e,s);return{dropDrag:()=>{
for(let a of i)a()},stop:o}}var qs=3e3;function Me(e,t){let s=!1;Xs(e);let n=()=>{let a=document.fullscreenElement?.contains(Y(e));s&&!a&&(s=!1,t())};
document.addEventListener("fullscreenchange",n);let i=a=>{e.classList.add("presenting");let c=()=>e.classList.contains("\
presenting")&&Vs(e);!a||!e.requestFullscreen?c():e.requestFullscreen().then(()=>{s=!0},c)},o=()=>{e.classList.remove("pr\
esenting"),Ks(e),s&&document.exitFullscreen&&document.exitFullscreen().catch(()=>{}),s=!1};return{enter:i,leave:o,destroy:()=>{
document.removeEventListener("fullscreenchange",n),o()}}}function Xs(e){let t=_(()=>{e.querySelector(".controls :focus-v\
isible")||e.classList.remove("awake")},qs),s=({type:n,target:i})=>{n==="focusin"&&i instanceof Element&&!i.closest(".con\
trols")||(e.classList.add("awake"),t())};for(let n of["pointermove","pointerdown","focusin","focusout"])e.addEventListener(
n,s)}function Vs(e){e.showPopover&&(e.setAttribute("popover","manual"),e.showPopover())}function Ks(e){e.hasAttribute("p\
opover")&&e.hidePopover(),e.removeAttribute("popover")}var Js=720,Zs=24,Qs=.9,tn=22;function Se(e){return e.clientWidth<Js}function xe(e,t){let s=e.clientWidth,n=Se(e),i=t.length>
1&&!n;e.classList.toggle("beside",i),e.classList.toggle("narrow",n),e.classList.toggle("long-titles",t.length>1&&t.some(
({panel:l})=>l.title.length>Zs));let o=(i?s/2:s)-tn,r=Math.max(...t.map(({extent:l})=>l.halfY/l.halfX)),a=t.length===1&&
!n?k(1.4*r,.4,.5):k(1.4*r,.64,.78),c=Math.round(k(o*a,260,Math.max(.46*window.innerHeight,300)));e.style.setProperty("--\
picture-height",`${c}px`);for(let l of t)l.measure()}function ke(e,t){return t?k(Math.min(window.innerHeight*.024,window.
innerWidth*.02),15,64):Se(e)?12:13}function Ee(e,t){window.addEventListener("resize",t);let s=window.ResizeObserver?new ResizeObserver(
t):null;return s&&s.observe(e),()=>{window.removeEventListener("resize",t),s&&s.disconnect()}}function Ae(e,t){let{top:s,
bottom:n,height:i}=t.getBoundingClientRect();Math.min(n,window.innerHeight)-Math.max(s,0)<Qs*i&&e.scrollIntoView({block:"\
start"})}var P=["#8a9099","#2f7fc4","#d9730d"],nt=.78,j=["neutral","positive","negative"],xt=["#7d6cd0","#2a9d76"];function kt(e){
let t=getComputedStyle(e),s=en();return{paper:s(t.backgroundColor),ink:s(t.color),font:t.fontFamily}}function Le(e,t){e.
addEventListener("transitionend",t)}function A(e,t,s){return`rgb(${e.map((n,i)=>Math.round(n+(t[i]-n)*s)).join(" ")})`}function it(e){
return[1,3,5].map(t=>parseInt(e.slice(t,t+2),16))}function en(){let e=I(d("canvas",{width:1,height:1}),{willReadFrequently:!0});
return t=>(e.clearRect(0,0,1,1),e.fillStyle=t,e.fillRect(0,0,1,1),[...e.getImageData(0,0,1,1).data.subarray(0,3)])}function Oe(){
let e=window.matchMedia("(prefers-reduced-motion: reduce)");return()=>e.matches}var Pe=18,D=4;function Te(){let e=d("div",{class:"card","data-card":!0,hidden:!0,"aria-hidden":"true"});return{element:e,
hide:()=>{e.hidden=!0},show(t,s,n,i){let o=s.panel.vocabulary.leans[s.find(t)],r=Et(t,s,n,i).map(a=>d("span",{},a));e.replaceChildren(
d("strong",{class:`card-word lean-${o}`},t),...r),e.hidden=!1,e.parentNode!==s.box&&s.box.append(e),nn(e,s,s.find(t))}}}
function Et(e,t,s,n){let{vocabulary:i}=t.panel,o=t.find(e),r=i.polarity[o],a=Number.isNaN(r)?"polarity unknown":`polarit\
y ${on(r)}, ${j[i.leans[o]]}`,[c,l]=[i.positive[o],i.negative[o]].map(p=>p.toLocaleString("en"));return[a,...Number.isNaN(
r)?[]:[`${c} times in positive reviews, ${l} in negative`],...s.filter(p=>p.find(e)>=0&&p.panel.frames.length>1).map(p=>sn(
e,p,n))]}function sn(e,t,s){let{panel:n}=t,i=t.frameAt(s)*n.vocabulary.words.length+t.find(e);return`${(n.displacement[i]*
n.displacementScale).toFixed(2)} from where it began (${n.title})`}function nn(e,t,s){let[n,i]=[t.screen[2*s],t.screen[2*
s+1]],[o,r]=[t.size.width-e.offsetWidth-D,t.size.height-e.offsetHeight-D],a=n>t.size.width/2?n-e.offsetWidth-Pe:n+Pe,c=a>=
D&&a<=o,l=k(a,D,Math.max(o,D)),p=k(i-e.offsetHeight/2,D,Math.max(r,D)),f=c?p:i>t.size.height/2?D:r;e.style.transform=`tr\
anslate(${Math.round(l)}px, ${Math.round(f)}px)`}function on(e){return`${e<0?"−":"+"}${Math.abs(e).toFixed(2)}`}var Ne="Space plays, arrows and page keys step, Home and End jump, plus and minus zoom, 0 shows everything, slash finds \
a word, L draws a lasso, F presents.";function ze({position:e,playing:t,hovered:s,pointed:n,spoken:i},o,r){if(t)return"P\
laying";let a=i&&s!==null&&n!==null?[s,...Et(s,r[n],r,e)]:r.map(c=>c.summary(e));return[R(o,e),...a].join(". ")}var rn={play:{fill:"M6 3.5v13l11-6.5z"},pause:{fill:"M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z"},first:{fill:"M3.5 4h2v12h-2\
zM16.5 4v12l-9.5-6z"},last:{fill:"M14.5 4h2v12h-2zM3.5 4v12l9.5-6z"},back:{line:"M12.5 4.5L7 10l5.5 5.5"},forward:{line:"\
M7.5 4.5L13 10l-5.5 5.5"},lasso:{line:"M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 \
5.8c-1 0-2-.1-2.9-.4M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5"},zoomIn:{line:"M10 4v\
12M4 10h12"},zoomOut:{line:"M4 10h12"},reset:{line:"M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"},trails:{line:"M3 16C6 16 5 \
9 9 9s2 3 5-1",fill:"M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"},size:{fill:"M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5\
 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z"},scales:{line:"M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2"},labels:{line:"M\
3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5"},present:{line:"M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7"},download:{line:"M10 3v9.5M\
6 9l4 4 4-4M3.5 16.5h13"},more:{fill:"M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1\
.6 0 0 1 0-3.2zM15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z"},close:{line:"M5.5 5.5l9 9M14.5 5.5l-9 9"},search:{line:"\
M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17"}};function $(e){let{fill:t,line:s}=rn[e],n=x("svg",{viewBox:"\
0 0 20 20",width:18,height:18,"aria-hidden":"true"});return s&&n.append(x("path",{d:s,class:"icon-line"})),t&&n.append(x(
"path",{d:t,class:"icon-fill"})),n}function C(e,t,s,n){let i=s?`${t} (${s})`:t;return d("button",{type:"button",class:"icon-button","aria-label":t,title:i,
click:n},$(e))}function Ie(e,t,s,n){let i=C(e,t,s,n);return i.setAttribute("aria-pressed","false"),i}function F(e,t,s,n){
return d("button",{type:"button",class:"text-button","aria-label":s,title:s,click:n},$(e),t)}function At(e,t,s,n){let i=F(
e,t,s,n);return i.setAttribute("aria-pressed","false"),i}var Re=132,an=15,cn=84,T={left:40,right:16,top:10,bottom:24},$e="Checkpoints are spaced equally, not by time.",ln=[{key:"\
axis",name:"first axis",dash:null},{key:"space",name:"original space",dash:"5 4"}];function hn(e,{from:t,to:s,share:n}){
return n?e[t]+(e[s]-e[t])*n:e[t]}function Lt(e){return Number.isNaN(e)?"unknown":e.toFixed(2)}var ot=class{constructor(t,s){
this.payload=t,this.seek=s,this.last=t.checkpoints.length-1,this.width=0,this.height=Re,this.grown=1,this.step=0,this.low=
0,this.high=1,this.fitted="",this.lines=t.panels.flatMap((n,i)=>pn(n,i)),this.isShown=this.lines.length>0&&this.last>0,this.
picture=x("svg",{class:"chart-picture",role:"img","data-chart":!0}),this.element=d("figure",{class:"chart",hidden:!this.
isShown},d("figcaption",{class:"chart-head"},d("span",{class:"chart-title",title:"The chance that a positive word lies b\
eyond a negative one"},"How far polarity has separated (AUC)"),...this.lines.map(({legend:n})=>n)),this.picture,d("p",{class:"\
note"},$e)),this.needle=x("line"),this.playhead=x("g",{class:"playhead"},this.needle),this.playhead.append(...this.lines.
map(({dot:n})=>n)),this.listen()}listen(){let t=s=>{let n=(s.clientX-this.picture.getBoundingClientRect().left)/this.grown-
T.left;this.seek(k(n/this.step,0,this.last))};this.picture.addEventListener("pointerdown",s=>{s.button===0&&t(s)}),this.
picture.addEventListener("pointermove",s=>{s.buttons&1&&t(s)})}measure(t){let s=this.isShown?this.picture.clientWidth||this.
element.clientWidth:0;if(!s||this.fitted===`${s} ${t}`)return;this.fitted=`${s} ${t}`;let n=s/t;this.width=n,this.height=
t>1?cn:Re,this.grown=t,this.picture.setAttribute("height",String(this.height*t)),this.needle.setAttribute("y1",String(T.
top)),this.needle.setAttribute("y2",String(this.height-T.bottom)),this.step=(n-T.left-T.right)/this.last;let i=this.lines.
flatMap(({values:o})=>o).filter(Number.isFinite);this.low=Math.min(.45,...i)-.02,this.high=Math.min(Math.max(.7,...i)+.03,
1.02),this.picture.setAttribute("viewBox",`0 0 ${n} ${this.height}`),this.picture.setAttribute("aria-label",this.summary()),
this.picture.replaceChildren(...this.levels(),...this.names(),...this.lines.map(o=>this.path(o)),this.playhead)}at(t,s){
return hn(t.values,Z(this.payload.checkpoints,t.index,s))}x(t){return T.left+t*this.step}y(t){return T.top+(this.high-t)/
(this.high-this.low)*(this.height-T.top-T.bottom)}levels(){let t=[],s=this.y(0)-this.y(.1);for(let n=Math.ceil(this.low*
10);n/10<=this.high;n++){let i=this.y(n/10),o=n===5,r=this.width-T.right;t.push(x("line",{class:o?"chart-chance":"chart-\
level",x1:T.left,x2:r,y1:i,y2:i})),(s>=an||n%5===0)&&t.push(x("text",{x:T.left-8,y:i+4,"text-anchor":"end"},(n/10).toFixed(
1))),o&&t.push(x("text",{x:this.freest(),y:i-5,"text-anchor":"middle"},"chance"))}return t}freest(){let t=this.payload.checkpoints.
map((o,r)=>Math.min(...this.lines.map(a=>this.at(a,r)).filter(a=>a>=0))),s=Math.max(...t),n=30,i=t.findLastIndex(o=>o>s-
.05);return k(this.x(i),T.left+n,this.width-T.right-n)}names(){let t=[],s=this.width;for(let n=this.last;n>=0;n--){let{name:i}=this.
payload.checkpoints[n],o=i.length*7.5/2,r=k(this.x(n),o,this.width-o);r+o>s||(s=r-o-10,t.push(x("text",{x:r,y:this.height-
6,"text-anchor":"middle"},i)))}return t}path(t){let s="M",n=this.payload.checkpoints.map((i,o)=>{let r=this.y(this.at(t,
o)),a=Number.isNaN(r)?"":`${s}${this.x(o).toFixed(1)},${r.toFixed(1)}`;return s=a?"L":"M",a});return x("path",{d:n.join(
""),...t.stroke})}summary(){return`How far polarity has separated. ${this.lines.map(s=>`${s.name}: from ${Lt(this.at(s,0))}\
 to ${Lt(this.at(s,this.last))}`).join("; ")}. 0.5 is chance. ${$e}`}show(t){if(!this.width)return;let s=this.x(t);this.
playhead.setAttribute("transform",`translate(${s.toFixed(2)} 0)`);for(let n of this.lines){let i=this.at(n,t);L(n.number,
Lt(i)),n.dot.style.display=Number.isNaN(i)?"none":"",i>=0&&n.dot.setAttribute("cy",this.y(i).toFixed(2))}}};function pn({
title:e,separation:t},s){return t?ln.map(n=>un(e,t[n.key],s,n)):[]}function un(e,t,s,{name:n,dash:i}){let o=xt[s%xt.length],
r=d("b",{class:"chart-number"}),a={stroke:o,"stroke-width":2.25,fill:"none",...i?{"stroke-dasharray":i}:{}},c=x("svg",{width:26,
height:10,viewBox:"0 0 26 10","aria-hidden":"true"},x("path",{d:"M1 5h24",...a}));return{index:s,values:t,name:`${e}, ${n}`,
stroke:a,number:r,dot:x("circle",{r:4,fill:o}),legend:d("span",{class:"chart-legend"},c,`${e}, ${n} `,r)}}function Ce(e,t,s){let n=d("ul",{class:"chips","data-chips":!0,"aria-label":"Pinned words"}),i="",o=p=>d("li",{class:`ch\
ip lean-${t(p)}`,"data-pin":p,mouseenter:()=>e.hover(p),mouseleave:()=>e.hover(null),focusin:({target:f})=>f.matches(":f\
ocus-visible")&&e.focusWord(p),focusout:()=>e.hover(null)},d("span",{class:"chip-word"},p),d("button",{type:"button",class:"\
chip-remove","aria-label":`Unpin ${p}`,click:()=>e.unpin(p)},$("close"))),r=p=>d("li",{class:"chip chip-lasso","data-las\
so-count":p.length},d("span",{class:"chip-word"},`lasso: ${p.length.toLocaleString("en")} word${p.length===1?"":"s"}`),d(
"button",{type:"button",class:"chip-remove","aria-label":"Clear the lasso",click:e.clearLasso},$("close"))),a=()=>[...n.
querySelectorAll(".chip-remove")],c=()=>d("li",{},d("button",{type:"button",class:"link",click:e.unpinAll},"Unpin all"));
return{element:n,show:(p,f)=>{let m=JSON.stringify([p,f?.length,f?.[0]]);if(m===i)return;i=m;let g=p.map(o);p.length>1&&
g.push(c()),f&&g.unshift(r(f));let h=a().findIndex(b=>b.matches(":focus")),u=n.querySelector(":focus");if(n.replaceChildren(
...g),!u)return;let w=a().slice(0,h+1).pop();w?w.focus():s()}}}function _e(e,t){let s=fn(e,t),n=dn(t),i=d("div",{class:"more-list",hidden:!0},...s.values(),d("label",{class:"more-spee\
d",hidden:e.checkpoints.length===1},"Speed",n),d("div",{class:"more-row"},F("zoomIn","Zoom in","Zoom in",()=>t.zoomBy(1.5)),
F("zoomOut","Zoom out","Zoom out",()=>t.zoomBy(1/1.5))),d("div",{class:"more-row"},...mn(e,t))),o=l=>{i.hidden=!l,r.setAttribute(
"aria-expanded",String(l))},r=F("more","More","More",()=>o(!!i.hidden));r.setAttribute("aria-expanded","false");let a=d(
"div",{class:"more",keydown:c},r,i);function c(l){l.key!=="Escape"||i.hidden||(o(!1),r.focus(),l.stopPropagation())}return{
element:a,leaveFor(l){a.contains(l)||o(!1)},show(l){for(let[p,f]of s)U(f,"aria-pressed",String(l[p]));n.value=String(l.speed)}}}
function fn({checkpoints:e,panels:t},s){let n=new Map,i=(o,r,a,c)=>n.set(o,At(r,a,c,()=>s.toggle(o)));return t.length>1&&
n.set("equalScales",At("scales","Equal scales","Equal scales in both pictures",s.toggleScales)),e.length>1&&i("trails","\
trails","Trails","Trails of pinned words"),i("labels","labels","Labels","Labels of words not pinned"),i("bySize","size",
"Size by frequency","Size by frequency"),n}function dn(e){return d("select",{class:"speed","aria-label":"Speed",change:t=>e.
setSpeed(Number(t.target.value))},...J.map(t=>d("option",{value:t},`${t}×`)))}function mn(e,t){let s=F("download","PNG",
"Save as a PNG picture",t.savePicture);return e.html?[s,F("download","HTML","Save as an HTML file",t.saveFile)]:[s]}var Ot=1e3;function De(e,t,s){let n=gn(e,t),i=Ie("lasso","Lasso words","L, or drag with Shift",t.toggleLasso),o=C("reset",
"Show everything","0",t.resetViews),r=_e(e,t),a=C("present","Presentation","F",t.togglePresent);return{element:d("div",{
class:"controls",role:"group","aria-label":"Player controls"},n.element,s,d("div",{class:"looks"},i,o,r.element,a)),turnTo:r.
leaveFor,show(l){n.show(l),r.show(l),U(i,"aria-pressed",String(l.lassoing)),U(o,"aria-disabled",String(l.views.every(({scale:p})=>p===
1)))}}}function gn({checkpoints:e},t){let s=e.length-1,n=d("button",{type:"button",class:"icon-button play",click:t.togglePlay}),
i=d("input",{type:"range",class:"slider",min:0,max:s*Ot,step:1,"aria-label":"Checkpoint of training",input:p=>t.scrub(Number(
p.target.value)/Ot)}),o=d("div",{class:"ticks","aria-hidden":"true"},...e.map(()=>d("i"))),r=d("span",{class:"checkpoint\
-name","data-checkpoint-name":!0}),a=p=>(p.classList.add("jump"),p),c=d("div",{class:"time",hidden:s===0},a(C("first","J\
ump to before","Home",t.toStart)),C("back","Previous checkpoint","←",()=>t.step(-1)),n,C("forward","Next checkpoint","\
→",()=>t.step(1)),a(C("last","Jump to after","End",t.toEnd)),d("div",{class:"slider-box"},i,o),r),l=null;return{element:c,
show(p){let f=R(e,p.position);L(r,f),i.value=String(p.position*Ot),i.style.setProperty("--done",`${s?100*p.position/s:0}\
%`),U(i,"aria-valuetext",f),l!==p.playing&&(l=p.playing,n.setAttribute("aria-label",l?"Pause":"Play"),n.title=`${l?"Paus\
e":"Play"} (Space)`,n.replaceChildren($(l?"pause":"play")))}}}var wn=[()=>x("circle",{cx:7,cy:7,r:4.5,fill:"none",stroke:P[0],"stroke-width":2}),()=>x("circle",{cx:7,cy:7,r:5.5,fill:P[1]}),
()=>x("path",{d:"M7 .5L13.500 7 7 13.500.5 7z",fill:P[2]})],Pt=[1,2,0];function Fe(){let e=t=>d("span",{class:"legend-en\
try"},x("svg",{viewBox:"0 0 14 14",width:14,height:14,"aria-hidden":"true"},wn[t]()),j[t]);return d("div",{class:"legend",
"data-legend":!0,title:"Whether a word stands more often in positive or in negative reviews"},...Pt.map(e))}var yn=8;function bn(e,t){let s=t.trim().toLowerCase();if(!s)return[];let n=new Map;for(let i of e)i.words.forEach((o,r)=>{
let a=o.toLowerCase().indexOf(s);if(a<0||n.has(o))return;let c=i.negative[r]+i.positive[r],l=(o.length===s.length?4:0)+(a===
0?2:0)+i.whole[r];n.set(o,{word:o,lean:i.leans[r],begins:a===0,near:l,count:c})});return[...n.values()].sort((i,o)=>o.near-
i.near||o.count-i.count).slice(0,yn)}var rt=class{constructor(t,s,n,i){this.vocabularies=t,this.pin=s,this.leave=n,this.
scope=i,this.offered=[],this.active=-1,this.list=d("ul",{id:`${i}-words`,class:"suggestions",role:"listbox","aria-label":"\
Words",hidden:!0}),this.answer=d("p",{class:"search-answer",role:"status","data-search-answer":!0}),this.box=d("input",{
type:"text",class:"search-box",role:"combobox",placeholder:"Pin a word","aria-label":"Find a word and pin it","aria-auto\
complete":"list","aria-expanded":"false","aria-controls":this.list.id,autocomplete:"off",autocapitalize:"none",spellcheck:"\
false",enterkeyhint:"done",input:()=>this.offer(),keydown:o=>this.press(o),blur:()=>this.close()}),this.element=d("div",
{class:"search","data-search":!0},$("search"),this.box,this.list,this.answer)}focus(){this.box.focus(),this.box.select()}offer(){
this.answer.textContent="",this.offered=bn(this.vocabularies,this.box.value),this.list.replaceChildren(...this.offered.map(
(t,s)=>this.option(t,s))),this.list.hidden=!this.offered.length,this.box.setAttribute("aria-expanded",String(!this.list.
hidden)),this.activate(this.offered.length&&this.offered[0].begins?0:-1),this.box.value.trim()&&!this.offered.length&&this.
sayMissing()}option({word:t,lean:s},n){return d("li",{id:`${this.scope}-word-${n}`,role:"option",class:`suggestion lean-${s}`,
"aria-selected":"false",pointerdown:i=>i.preventDefault(),click:()=>this.choose(t)},t)}activate(t){this.active=t;for(let[
s,n]of[...this.list.children].entries())n.setAttribute("aria-selected",String(s===t));t>=0?this.box.setAttribute("aria-a\
ctivedescendant",`${this.scope}-word-${t}`):this.box.removeAttribute("aria-activedescendant")}press(t){let s={ArrowDown:1,
ArrowUp:-1}[t.key];if(s&&this.offered.length){let n=this.active<0&&t.key==="ArrowUp"?0:this.active;this.activate((n+s+this.
offered.length)%this.offered.length),t.preventDefault()}else t.key==="Enter"?(this.active>=0?this.choose(this.offered[this.
active].word):this.box.value.trim()&&this.sayMissing(),t.preventDefault()):t.key==="Escape"&&(this.clear(),this.leave(),
t.stopPropagation())}choose(t){this.clear(),this.pin(t)}sayMissing(){this.answer.textContent=`“${this.box.value.trim().
slice(0,40)}” is not in the vocabulary`}clear(){this.box.value="",this.answer.textContent="",this.close()}close(){this.
offered=[],this.list.hidden=!0,this.box.setAttribute("aria-expanded","false"),this.activate(-1)}};function We(e,t,s){let n=`player-${Math.random().toString(36).slice(2,8)}`,i=d("p",{id:`${n}-keys`,class:"unseen"},Ne),o=vn(
t,i.id),r=()=>o.focus(),a=new rt(e.vocabularies,s.pin,r,n),c=Ce(s,y=>me(e,y),r),l=De(e,s,a.element),p=new ot(e,s.scrub),
f=Te(),m=d("span",{class:"theme-probe","aria-hidden":"true"}),g=d("p",{class:"notice",role:"status","data-notice":!0}),h=d(
"p",{class:"unseen","aria-live":"polite","data-live":!0}),u=d("i",{class:"progress-done"}),w=C("close","Leave the presen\
tation","Escape",s.leavePresentation);w.classList.add("leave");let b=d("div",{class:"player","data-player":!0,pointerdown:({
target:y})=>l.turnTo(y)},m,l.element,d("div",{class:"toolbar"},c.element,Fe()),g,o,p.element,...e.note?[d("p",{class:"no\
te"},e.note)]:[],d("div",{class:"progress","aria-hidden":"true"},u),w,i,h),v=e.checkpoints.length-1;return{element:b,stage:o,
search:a,controls:l,chart:p,probe:m,notice:g,live:h,show:y=>{l.show(y),p.show(y.position),c.show(y.pins,y.lasso),L(g,y.notice),
u.style.width=`${v?100*y.position/v:100}%`,b.classList.toggle("lassoing",y.lassoing);for(let{box:S,index:E}of t)S.classList.
toggle("zoomed",y.views[E].scale>1);y.pointed===null||y.hovered===null||y.drawing?f.hide():f.show(y.hovered,t[y.pointed],
t,y.position)}}}function vn(e,t){return d("div",{class:"stage",tabindex:"0",role:"group","aria-label":"Words in motion",
"aria-describedby":t,"data-stage":!0},...e.map(({element:s})=>s))}var at=[[1,0,7,0],[-1,0,-7,0],[0,-1,0,-7],[0,1,0,7]],ct=[12,26,44,66,92].flatMap(e=>[30,150,90,-30,-150,-90,0,180].map(t=>{
let[s,n]=[Math.cos(t*Math.PI/180),Math.sin(t*Math.PI/180)];return[Math.sign(Math.round(s*4)),-Math.sign(Math.round(n*4)),
s*e,-n*e]}));function Be(e){let{words:t,whole:s,polarity:n,negative:i,positive:o}=e.vocabulary,r=Uint32Array.from(t.keys(),
h=>i[h]+o[h]),a=r.reduce((h,u)=>h+u,0)/5e4,c=(e.frames.length-1)*t.length,l=e.displacement.subarray(c).reduce((h,u)=>Math.
max(h,u),1),p=Float32Array.from(t.keys(),h=>{let u=Math.min(Math.abs(n[h]||0),2.5),w=e.displacement[c+h]/l;return(.25+u)*
(.15+w)*Math.log1p(r[h])}),f=Uint32Array.from(t.keys()).filter(h=>s[h]),m=h=>r[h]<a,g=f.sort((h,u)=>Number(m(h))-Number(
m(u))||p[u]-p[h]||h-u);return{ranked:g,common:g.findLastIndex(h=>!m(h))+1}}var Mn={screen:new Float32Array,width:0,height:0,
pinned:[],hovered:-1,chosen:null,rare:!1,more:!1,moving:!1,size:1,seconds:0,measure:()=>({width:0,height:0})},lt=class{constructor({
ranked:t,common:s}){this.ranked=t,this.common=s,this.shown=new Map,this.scene=Mn,this.boxes=new Float32Array(4*512),this.
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
t,s,n,i)),Object.assign(i,n);let o=this.scene.moving?i.side:0,r=this.overlap(t,ct[o],n);for(let a=0;a<ct.length&&r>0;a++){
let c=this.overlap(t,ct[a],n);c<r-1&&([o,r]=[a,c])}this.settle(i,o,ct[o])}placePlain(t,s){let n=this.shown.get(t);if(n&&
(n.kind!=="plain"||!n.leaving)||!this.isSeen(t,6)||!this.isMeant(t)||this.count>=511)return!1;let i=this.scene.measure(t,
"plain");for(let o=0;o<at.length;o++){let r=((n?n.side:0)+o)%at.length;if(!(this.overlap(t,at[r],i,s,!0)>0))return this.
settle(Object.assign(n||this.add(t,"plain",i),i),r,at[r]),!0}return!1}add(t,s,n,i){let o={id:t,kind:s,side:0,x:NaN,y:NaN,
toX:0,toY:0,alpha:i?i.alpha:0,leaving:!1,stayed:!1,...n};return this.shown.set(t,o),o}settle(t,s,[n,i,o,r]){t.side=s,t.leaving=
!1,t.toX=n*t.width/2+o*this.scene.size,t.toY=i*t.height/2+r*this.scene.size,Number.isNaN(t.x)&&([t.x,t.y]=[t.toX,t.toY]);
let{screen:a}=this.scene;this.occupy(a[2*t.id]+t.toX,a[2*t.id+1]+t.toY,t.width,t.height)}overlap(t,[s,n,i,o],{width:r,height:a},c=3,l=!1){
let{screen:p,size:f,width:m,height:g}=this.scene,h=p[2*t]+s*r/2+i*f-r/2-c,u=p[2*t+1]+n*a/2+o*f-a/2-c/2,[w,b]=[r+2*c,a+c],
M=20*(Math.max(-h,h+w-m,0)*b+Math.max(-u,u+b-g,0)*w);for(let y=0;y<4*this.count;y+=4){let S=Math.min(h+w,this.boxes[y+2])-
Math.max(h,this.boxes[y]);if(S<=0)continue;let E=Math.min(u+b,this.boxes[y+3])-Math.max(u,this.boxes[y+1]);if(!(E<=0)&&(M+=
S*E,l))break}return M}block(t){this.occupy(this.scene.screen[2*t],this.scene.screen[2*t+1],12*this.scene.size,12*this.scene.
size)}occupy(t,s,n,i){this.count>=512||this.boxes.set([t-n/2,s-i/2,t+n/2,s+i/2],4*this.count++)}isResting(t){return this.
scene.moving&&this.time-(this.dropped.get(t)??-1/0)<2}isMeant(t){return!this.scene.chosen||this.scene.chosen[t]===1}isSeen(t,s){
let{screen:n,width:i,height:o}=this.scene,r=n[2*t],a=n[2*t+1];return r>=s&&a>=s&&r<=i-s&&a<=o-s}animate(){let{seconds:t}=this.
scene,s=1-Math.exp(-t/.12),n=!1;for(let i of this.shown.values()){i.alpha=Math.min(Math.max(i.alpha+(i.leaving?-1:1)*t/.16,
0),1),i.leaving&&i.alpha===0&&this.shown.delete(i.id);let[o,r]=[i.toX-i.x,i.toY-i.y],a=Math.abs(o)+Math.abs(r)<.5;i.x=a?
i.toX:i.x+o*s,i.y=a?i.toY:i.y+r*s,n=n||!a||i.alpha<1}return n}};var Sn=30;function xn(e,t,s,n,i){if(t===2){let o=i*1.2;e.moveTo(s,n-o),e.lineTo(s+o,n),e.lineTo(s,n+o),e.lineTo(s-o,n),e.
closePath()}else e.moveTo(s+i,n),e.arc(s,n,i,0,2*Math.PI)}function ht(e,t,s,n,i,o){e.beginPath(),xn(e,s,n,i,o),e.fillStyle=
s?P[s]:A(t.paper,t.ink,.04),e.fill(),e.lineWidth=s?1.5:2,e.strokeStyle=s?A(t.paper,t.ink,0):P[0],e.stroke()}function je(e,t,s,{
width:n,height:i},o){let{unit:r,left:a,top:c}=s,l=Math.max(Math.round(n/(10*o.size)),2),p=Qt(-a/r,(n-a)/r,l),f=p.length>
1?p[1]-p[0]:2*n/r,m=[];for(let g=Math.ceil((c-i)/r/f);g*f<=c/r;g++)m.push(g*f);e.beginPath();for(let g of p)Tt(e,Math.round(
a+r*g)+.5,0,0,i);for(let g of m)Tt(e,0,Math.round(c-r*g)+.5,n,0);e.lineWidth=1,e.strokeStyle=A(t.paper,t.ink,.5),e.globalAlpha=
.16,e.stroke(),e.globalAlpha=1;for(let g of p){let h=Ue(o,g,f),u=a+r*g;u>h.width/2&&u<n-h.width/2&&He(e,h,u,i-h.height/2-
1)}for(let g of m){let h=Ue(o,g,f),u=c-r*g,w=i-1.5*h.height;u>h.height/2&&u<w&&He(e,h,h.width/2+2,u)}}function Tt(e,t,s,n,i){
e.moveTo(t,s),e.lineTo(t+n,s+i)}function Ue(e,t,s){let n=Math.max(0,Math.ceil(-Math.log10(s)-1e-9));return e.get((t+0).toFixed(
n).replace("-","−"),"quiet")}function He(e,{canvas:t,width:s,height:n},i,o){e.drawImage(t,i-s/2,o-n/2,s,n)}function Ye(e,t,s,n,i,o,r,a){
let{coordinates:c,scale:l,centre:p,vocabulary:f}=s,m=u=>r.left+r.unit*(p[0]+l[0]*c[u]),g=u=>r.top-r.unit*(p[1]+l[1]*c[u+
1]),h=f.words.length*2;e.lineJoin=e.lineCap="round";for(let u of n){let w=i[0]*h+2*u;e.beginPath(),e.moveTo(m(w),g(w));for(let b of i.
slice(1))e.lineTo(m(b*h+2*u),g(b*h+2*u));e.lineTo(o[2*u],o[2*u+1]),Ge(e,A(t.paper,t.ink,0),P[f.leans[u]],a),e.beginPath(),
e.arc(m(w),g(w),a+1,0,2*Math.PI),e.fillStyle=A(t.paper,t.ink,0),e.fill(),e.lineWidth=a*.75,e.stroke()}}function Ge(e,t,s,n){
e.globalAlpha=.6,e.lineWidth=n*2.2,e.strokeStyle=t,e.stroke(),e.globalAlpha=1,e.lineWidth=n,e.strokeStyle=s,e.stroke()}function qe(e,t,s,n,i,o){
for(let r of t){let a=i(r),[c,l]=[s[2*r.id],s[2*r.id+1]];e.globalAlpha=r.alpha,r.kind!=="plain"&&kn(e,r,c,l,P[n[r.id]]);
let p=g=>Math.round(g*o)/o,[f,m]=[p(c+r.x-a.width/2),p(l+r.y-a.height/2)];e.drawImage(a.canvas,f,m,a.canvas.width/o,a.canvas.
height/o)}e.globalAlpha=1}function kn(e,t,s,n,i){let o=Math.max(Math.abs(t.x)-t.width/2,0),r=Math.max(Math.abs(t.y)-t.height/
2,0);Math.hypot(o,r)<Sn-8||(e.beginPath(),Tt(e,s,n,Math.sign(t.x)*o,Math.sign(t.y)*r),e.lineWidth=1.25,e.strokeStyle=i,e.
stroke())}function Xe(e,t,s,n,i){e.beginPath(),e.arc(s,n,i+4,0,2*Math.PI),Ge(e,A(t.paper,t.ink,0),A(t.paper,t.ink,1),2)}
function Ve(e,t,s){e.beginPath();for(let n=0;n<s.length;n+=2)e.lineTo(s[n],s[n+1]);e.closePath(),e.globalAlpha=.1,e.fillStyle=
A(t.paper,t.ink,1),e.fill(),e.globalAlpha=1,e.setLineDash([5,4]),e.lineWidth=1.5,e.strokeStyle=A(t.paper,t.ink,.85),e.stroke(),
e.setLineDash([])}var Ke=0,Je=3,Ze=6,N=4,En=9,An=[.5,.8,.8],Ln=[1,.2,1.25],Qe=1.2;function Nt(e,t){let s=zt(e),n=[0],i=[];for(let r=0;r<En;r++)
for(let a of e)for(let c=0;c<N*N;c++)On(i,r,a,c%N/N,Math.floor(c/N)/N,s),n.push(i.length);let o=r=>Int32Array.from(i,r);
return{starts:Int32Array.from(n),places:o(({x:r,y:a})=>a*t+r),keeps:o(({alpha:r})=>256-r),redBlue:o(({colour:r,alpha:a})=>(r[2]<<
16|r[0])*a),green:o(({colour:r,alpha:a})=>(r[1]<<8)*a)}}function zt(e){return Math.ceil(Math.max(...e)*Qe)+1}function On(e,t,s,n,i,o){
let r=t%3,a=it(P[r]),c=Math.min(An[r]*Ln[Math.floor(t/3)],1),l=1/(2*N)-.5;for(let p=-o;p<=o;p++)for(let f=-o;f<=o;f++){let m=Pn[r](
f-n-l,p-i-l,s),g=Math.round(256*c*m);g>2&&e.push({x:f,y:p,alpha:g,colour:a})}}var Pn=[(e,t,s)=>{let n=Math.max(1,s*.4);return k(
n/2+.5-Math.abs(Math.hypot(e,t)-s+n/2),0,1)},(e,t,s)=>k(s+.5-Math.hypot(e,t),0,1),(e,t,s)=>k((s*Qe-Math.abs(e)-Math.abs(
t))*Math.SQRT1_2+.5,0,1)];var pt=6,It=255<<24;function ts(e,t,s,n){let{coordinates:i,scale:o,centre:r}=e,{unit:a,left:c,top:l}=s,p=n.length,f=t.from*
p,m=t.to*p,g=a*o[0],h=-a*o[1],u=c+a*r[0],w=l-a*r[1],b=t.share;for(let v=0;v<p;v+=2){let M=i[f+v],y=i[f+v+1];n[v]=u+g*(M+
b*(i[m+v]-M)),n[v+1]=w+h*(y+b*(i[m+v+1]-y))}}var ut=class{constructor(t){let{words:s,leans:n,negative:i,positive:o}=t,r=Float32Array.
from(s.keys(),c=>i[c]+o[c]),a=Math.log1p(r.reduce((c,l)=>Math.max(c,l),1));this.leans=n,this.sizes=Uint8Array.from(r,c=>Math.
min((Math.log1p(c)/a)**2*pt,pt-1)),this.byRank=Uint32Array.from(s.keys()).sort((c,l)=>+(n[c]>0)-+(n[l]>0)||r[c]-r[l]||c-
l),this.chosen=null,this.looks=n,this.order=this.byRank,this.emphasise(null)}emphasise(t){this.chosen=t,this.looks=Uint8Array.
from(this.leans,(s,n)=>s+(t?t[n]?Ze:Je:Ke)),this.order=t?this.byRank.slice().sort((s,n)=>t[s]-t[n]):this.byRank}},ft=class{constructor(t){
this.canvas=t,this.context=I(t,{alpha:!1,willReadFrequently:!0}),this.key="",this.ratio=1,this.width=0,this.height=0,this.
margin=0,this.stride=0,this.sizes=0,this.paper=It,this.sprites=Nt([],0),this.image=this.context.createImageData(1,1),this.
pixels=new Int32Array(this.image.data.buffer)}prepare({width:t,height:s,ratio:n},i,o,r){let a=[t,s,n,i,o,r].join();if(a===
this.key)return;this.key=a,this.ratio=n,this.width=Math.round(t*n),this.height=Math.round(s*n);let c=Tn(i*n,o);this.margin=
zt(c),this.stride=this.width+2*this.margin,this.sprites=Nt(c,this.stride),this.sizes=c.length,this.paper=It|r[2]<<16|r[1]<<
8|r[0],this.canvas.width!==this.width&&(this.canvas.width=this.width),this.canvas.height!==this.height&&(this.canvas.height=
this.height),this.image=this.context.createImageData(this.stride,this.height+2*this.margin),this.pixels=new Int32Array(this.
image.data.buffer)}draw(t,s){this.pixels.fill(this.paper),this.stamp(t,s),this.context.putImageData(this.image,-this.margin,
-this.margin)}stamp(t,{order:s,looks:n,sizes:i}){let{pixels:o,sprites:r,stride:a,margin:c,ratio:l,width:p,height:f}=this,
{starts:m,places:g,keeps:h,redBlue:u,green:w}=r,b=N*N,v=this.sizes*b,M=this.sizes>1;for(let y=0;y<s.length;y++){let S=s[y],
E=t[2*S]*l,W=t[2*S+1]*l;if(!(E>=0&&W>=0&&E<p&&W<f))continue;let Wt=E|0,Bt=W|0,ys=((W-Bt)*N|0)*N+((E-Wt)*N|0),Ut=n[S]*v+(M?
i[S]*b:0)+ys,bs=(Bt+c)*a+Wt+c,vs=m[Ut+1];for(let B=m[Ut];B<vs;B++){let Ht=bs+g[B],jt=o[Ht],Yt=h[B];o[Ht]=It|Math.imul(jt&
16711935,Yt)+u[B]>>>8&16711935|Math.imul(jt&65280,Yt)+w[B]>>>8&65280}}}};function es(e,t,s,n){let i=Math.min(Math.max(.38*
Math.sqrt(t*s/e),1.9),7);return Math.min(Math.round(4*i*n**.3)/4,9)}function Tn(e,t){return t?Array.from({length:pt},(s,n)=>e*
(.7+1.9*n/(pt-1))):[e]}var Nn=1500,ss=28;function Rt(e){let t=[...e];return t.length>ss?`${t.slice(0,ss-1).join("")}…`:e}var dt=class{constructor(){
this.kept=new Map,this.theme={paper:[],ink:[],font:""},this.ratio=1,this.size=0,this.key=""}prepare(t,s,n){let i=[t.paper,
t.ink,t.font,s,n].join();i!==this.key&&(Object.assign(this,{key:i,theme:t,ratio:s,size:n}),this.kept.clear())}forget(){this.
kept.clear()}get(t,s,n=0){let i=`${s}${n}${t}`,o=this.kept.get(i);return o||(this.kept.size>=Nn&&this.kept.clear(),o=this.
paint(t,s,n),this.kept.set(i,o)),o}paint(t,s,n){let i=s==="pin"||s==="hover",o=this.size*(i?1.15:s==="quiet"?.9:1),r=`${i?
600:500} ${o}px ${this.theme.font}`,a=d("canvas"),c=I(a);c.font=r;let l=Math.ceil(c.measureText(Rt(t)).width+o*(i?.75:.45)),
p=Math.ceil(o*(i?1.5:1.35));return a.width=Math.ceil(l*this.ratio),a.height=Math.ceil(p*this.ratio),c.scale(this.ratio,this.
ratio),Object.assign(c,{font:r,textAlign:"center",textBaseline:"middle",lineJoin:"round"}),i?this.paintChip(c,l,p,n,s):this.
paintOutline(c,t,l,p,o),c.fillStyle=A(this.theme.paper,this.theme.ink,s==="quiet"?nt:1),c.fillText(Rt(t),l/2,p*.53),{canvas:a,
width:l,height:p}}paintChip(t,s,n,i,o){let r=it(P[i]),a=o==="hover"?2.5:1.5;t.beginPath(),zn(t,a/2,a/2,s-a,n-a,n*.24),t.
fillStyle=A(this.theme.paper,r,.16),t.fill(),t.lineWidth=a,t.strokeStyle=P[i],t.stroke()}paintOutline(t,s,n,i,o){t.lineWidth=
o*.3,t.strokeStyle=A(this.theme.paper,this.theme.ink,0),t.globalAlpha=.85,t.strokeText(Rt(s),n/2,i*.53),t.globalAlpha=1}};
function zn(e,t,s,n,i,o){e.moveTo(t+o,s),e.arcTo(t+n,s,t+n,s+i,o),e.arcTo(t+n,s+i,t,s+i,o),e.arcTo(t,s+i,t,s,o),e.arcTo(
t,s,t+n,s,o),e.closePath()}var In=2,Rn=4,$n=1200,Cn=/Mac|iPhone|iPad/.test(navigator.platform)?"⌘":"Ctrl";function _n(e){return`${(100*e).toFixed(
1)} %`}function mt({name:e,step:t,valid_accuracy:s}){let n=[e];return Number.isFinite(t)&&e!==`step ${t}`&&n.push(`step ${t.
toLocaleString("en")}`),s!==null&&n.push(`valid accuracy ${_n(s)}`),n.join(" · ")}function Dn(e){let t=_(()=>e.classList.
remove("shown"),$n);return()=>{e.classList.add("shown"),t()}}var gt=class{constructor(t,s){this.checkpoints=t.checkpoints,
this.index=s,this.panel=t.panels[s],this.ownExtent=qt(this.panel),this.extent=this.ownExtent,this.screen=new Float32Array(
2*this.panel.vocabulary.words.length),this.dots=new ut(this.panel.vocabulary);let n=Be(this.panel);this.labels=new lt(n),
this.common=new Uint8Array(this.panel.vocabulary.words.length);for(let a of n.ranked.subarray(0,n.common))this.common[a]=
1;this.pictures=new dt,this.size={width:0,height:0,ratio:1},this.drawn="";let{title:i,note:o}=this.panel;this.facts=d("s\
pan",{class:"panel-facts","data-facts":!0}),this.lower=d("canvas",{"aria-hidden":"true"}),this.upper=d("canvas",{"aria-h\
idden":"true"});let r=d("p",{class:"hint","aria-hidden":"true"},`${Cn} + wheel zooms`);this.hint=Dn(r),this.box=d("div",
{class:"picture","data-picture":s},this.lower,this.upper,r),this.up=d("span",{class:"axis axis-up"}),this.along=d("span",
{class:"axis axis-along"}),this.element=d("section",{class:"panel","aria-label":i,"data-panel":s},d("header",{class:"pan\
el-head"},d("h3",{class:"panel-title"},i),this.facts),d("div",{class:"panel-body"},this.up,this.box,this.along),...o?[d(
"p",{class:"panel-note"},o)]:[]),this.raster=new ft(this.lower),this.context=I(this.upper)}wholeView(){return Vt(this.extent)}confine(t){
return this.size.width?X(t,this.extent,this.size.width,this.size.height):t}measure(){let t=this.box.clientWidth,s=this.box.
clientHeight;this.size={width:t,height:s,ratio:Math.min(window.devicePixelRatio||1,In)}}frameAt(t){return this.checkpoints[Math.
round(t)].frames[this.index]}find(t){return this.panel.vocabulary.ids.get(t)??-1}isInPicture(t){let[s,n]=[this.screen[2*
t],this.screen[2*t+1]];return s>=0&&n>=0&&s<this.size.width&&n<this.size.height}emphasise(t){let s=null;if(t){s=new Uint8Array(
this.panel.vocabulary.words.length);for(let n of t.map(i=>this.find(i)))n>=0&&(s[n]=1)}this.dots.emphasise(s),this.drawn=
""}draw(t,s){if(this.describe(t.position),!this.size.width||!this.size.height)return!1;let n=t.views[this.index],i=Kt(this.
extent,n,this.size.width,this.size.height),o=this.panel.vocabulary.words.length,r=es(o,this.size.width,this.size.height,
n.scale);return this.drawDots(t,s.theme,i,r),this.drawAbove(t,s,i,r)}describe(t){let s=this.frameAt(t),[n,i]=this.panel.
axes(s);L(this.facts,mt(this.panel.frames[s])),L(this.along,n),L(this.up,i)}drawDots(t,s,n,i){this.raster.prepare(this.size,
i,t.bySize,s.paper);let o=[this.raster.key,t.position,n.unit,n.left,n.top].join();o!==this.drawn&&(this.drawn=o,ts(this.
panel,Z(this.checkpoints,this.index,t.position),n,this.screen),this.raster.draw(this.screen,this.dots))}drawAbove(t,{theme:s,
textSize:n,seconds:i},o,r){let{context:a,screen:c,size:l,pictures:p,panel:f}=this,{leans:m}=f.vocabulary;this.fitUpper(),
p.prepare(s,l.ratio,n),a.setTransform(l.ratio,0,0,l.ratio,0,0),a.clearRect(0,0,l.width,l.height),je(a,s,o,l,p);let g=t.pins.
map(M=>this.find(M)).filter(M=>M>=0),h=t.hovered===null?-1:this.find(t.hovered),u=n/13;t.trails&&Ye(a,s,f,g,this.framesPassed(
t.position),c,o,2*u);let w=Math.max(r+1,5.5*u),b=this.layOutLabels(t,g,h,u,i);for(let M of this.labels.shown.values())M.
kind==="plain"&&!M.leaving&&this.mark(s,m,M.id,r+1);for(let M of g)this.mark(s,m,M,w);h>=0&&this.ring(s,m,h,g.includes(h)?
w:r+1.5);let v=M=>p.get(f.vocabulary.words[M.id],M.kind,m[M.id]);return qe(a,this.labels.shown.values(),c,m,v,l.ratio),t.
drawing&&t.drawing.panel===this.index&&Ve(a,s,t.drawing.corners),b}layOutLabels(t,s,n,i,o){let{words:r,leans:a}=this.panel.
vocabulary;return this.labels.layOut({screen:this.screen,width:this.size.width,height:this.size.height,pinned:s,hovered:n,
chosen:this.dots.chosen,more:t.labels,rare:this.dots.chosen!==null||t.views[this.index].scale>=Rn,moving:t.playing,size:i,
seconds:o,measure:(c,l)=>this.pictures.get(r[c],l,a[c])})}mark(t,s,n,i){ht(this.context,t,s[n],this.screen[2*n],this.screen[2*
n+1],i)}ring(t,s,n,i){this.mark(t,s,n,i),Xe(this.context,t,this.screen[2*n],this.screen[2*n+1],i)}framesPassed(t){return this.
checkpoints.slice(0,Math.floor(t)+1).map(({frames:s})=>s[this.index])}fitUpper(){let{width:t,height:s,ratio:n}=this.size,
[i,o]=[Math.round(t*n),Math.round(s*n)];this.upper.width!==i&&(this.upper.width=i),this.upper.height!==o&&(this.upper.height=
o)}summary(t){return`${this.panel.title}: ${mt(this.panel.frames[this.frameAt(t)])}`}};var ns="The page to save is incomplete. Reload the app.",z=24,is=40,Fn=560,Wn=26,os=30,$t=26,Bn=34;function rs(e,t,s,n){
let i=t.length>1&&t[0].box.getBoundingClientRect().bottom<=t[1].box.getBoundingClientRect().top,o=t.map(({size:S})=>[S.width+
$t,S.height+os+$t]),r=z,a=S=>o.reduce((E,W)=>E+W[S],(o.length-1)*r),c=S=>Math.max(...o.map(E=>E[S])),l=(i?c(0):a(0))+2*z,
p=l<Fn?Wn:0,f=(i?a(1):c(1))+2*z+is+p+Bn,{ratio:m}=t[0].size,g=d("canvas",{width:Math.round(l*m),height:Math.round(f*m)}),
h=I(g);h.scale(m,m),h.fillStyle=A(n.paper,n.ink,0),h.fillRect(0,0,l,f);let u=Un(h,n),w=z+12,b=R(e.checkpoints,s.position),
v=l-2*z;p?u(b,z,w+p,{size:17,room:v}):v-=u(b,l-z,w,{size:17,align:"right"})+20,u(e.title,z,w,{size:19,weight:650,room:v});
let[M,y]=[z,z+is+p];return t.forEach((S,E)=>{Hn(h,u,S,s.position,M,y),i?y+=o[E][1]+r:M+=o[E][0]+r}),jn(h,u,n,z,f-z-6),g}
function Un(e,t){return(s,n,i,{size:o=14,weight:r=400,align:a="left",faint:c=!1,room:l})=>(e.font=`${r} ${o}px ${t.font}`,
e.textAlign=a,e.textBaseline="middle",e.fillStyle=A(t.paper,t.ink,c?nt:1),e.fillText(s,n,i,l),e.measureText(s).width)}function Hn(e,t,s,n,i,o){
let{panel:r,size:a}=s,c=s.frameAt(n),[l,p]=r.axes(c),[f,m]=[i+$t,o+os],g=t(r.title,f,o+12,{size:16,weight:650});t(mt(r.frames[c]),
f+g+12,o+12,{room:Math.max(a.width-g-12,90)});for(let h of[s.lower,s.upper])e.drawImage(h,f,m,a.width,a.height);t(l,f+a.
width/2,m+a.height+13,{align:"center",faint:!0}),e.save(),e.translate(i+10,m+a.height/2),e.rotate(-Math.PI/2),t(p,0,0,{align:"\
center",faint:!0}),e.restore()}function jn(e,t,s,n,i){let o=n;for(let r of Pt)ht(e,s,r,o+7,i,5),o+=20+t(j[r],o+20,i,{})+
22}async function as(e,t){if(!e.html)throw new Error(ns);let s={TITLE:Gn(e.title),START:qn(t),PAYLOAD:Xn(e.bytes)},n=await Yn(
e.html),i="";for(let[o,r]of Object.entries(s)){let a=`__${o}__`,c=n.indexOf(a);if(c<0)throw new Error(ns);i+=n.slice(0,c)+
r,n=n.slice(c+a.length)}return i+n}async function Yn(e){if(!window.DecompressionStream)throw new Error("This browser can\
not save the file. Open the page in a newer one.");return new Response(new Blob([e]).stream().pipeThrough(new DecompressionStream(
"gzip"))).text()}function Ct(e,t){let s=URL.createObjectURL(e);d("a",{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(
s),1e4)}function cs(e,t){return`${e.join(" ").normalize("NFKD").replace(/[^\w]+/g,"-").replace(/^-+|-+$/g,"").toLowerCase().
slice(0,80)||"drift"}.${t}`}function Gn(e){let t={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};return e.replace(
/[&<>"']/g,s=>t[s])}function qn(e){return JSON.stringify(e).replace(/</g,"\\u003c")}function Xn(e){let t=[];for(let s=0;s<
e.length;s+=32768)t.push(String.fromCharCode(...e.subarray(s,s+32768)));return btoa(t.join(""))}function ls(e,t,s,n,i,o){let r=[-1,-1],a=[n*n,n*n];for(let c=0;c<e.length;c+=2){let l=e[c]-t,p=e[c+1]-s,f=l*l+p*p,m=i[c/
2];f<a[m]&&([a[m],r[m]]=[f,c/2])}for(let c of o){let l=((e[2*c]-t)**2+(e[2*c+1]-s)**2)/4;l<a[1]&&([a[1],r[1]]=[l,c])}return r[1]<
0?r[0]:r[1]}function hs(e,t){let s=[];for(let n=0;n<e.length;n+=2)Vn(e[n],e[n+1],t)&&s.push(n/2);return s}function Vn(e,t,s){
let n=!1,[i,o]=s.slice(-2);for(let r=0;r<s.length;r+=2){let a=s[r],c=s[r+1];o>t!=c>t&&e<(i-a)*(t-c)/(o-c)+a&&(n=!n),[i,o]=
[a,c]}return n}var Kn=.05,ps=14,Jn=24;function us(e){let t=Zn(e),s=Qn(e,t.togglePlay);return{...t,...s,...ei(e),...si(e),escape:()=>ni(
e,s.clearLasso)}}function Zn({payload:e,state:t,set:s,comeIntoSight:n}){let i=e.checkpoints.length-1,o=r=>s({position:r,
playing:!1});return{togglePlay(){if(!i)return;let r=!t.playing&&t.position>=i;t.playing||n(),s({playing:!t.playing,position:r?
0:t.position})},scrub:r=>o(Math.abs(r-Math.round(r))<Kn?Math.round(r):r),step:r=>o(te(t.position,r,i)),toStart:()=>o(0),
toEnd:()=>o(i),setSpeed:r=>s({speed:r})}}function Qn(e,t){let{payload:s,state:n,set:i,select:o,views:r}=e,a=h=>{i(h),o()},
c={hovered:null,pointed:null},l=h=>{let u=Mt(s,h);u===null||n.pins.includes(u)||(n.pins.length>=Q?i({notice:`No more tha\
n ${Q} words can be pinned. Unpin one first.`}):a({pins:[...n.pins,u],notice:""}))},p=h=>a({pins:n.pins.filter(u=>u!==h),
...c,notice:""}),f=(h,u=null,w=!1)=>{(n.hovered!==h||n.pointed!==u)&&i({hovered:h,pointed:u,spoken:w})},m=(h,u,w,b=ps)=>{
let v=r[h],M=n.pins.map(E=>v.find(E)).filter(E=>E>=0),y=ls(v.screen,u,w,b,v.common,[...M,...v.labels.named()]),S=y<0?null:
v.panel.vocabulary.words[y];return f(S,S===null?null:h),S},g=h=>{for(let u of r)u.emphasise(h);a({lasso:h,drawing:null,lassoing:!1})};
return{pin:l,unpin:p,hover:f,point:m,unpinAll:()=>a({pins:[],absent:[],...c,notice:""}),focusWord:h=>f(h,r.findIndex(u=>u.
find(h)>=0),!0),tap(h,u,w,b){let v=m(h,u,w,b?Jn:ps);v!==null?(n.pins.includes(v)?p:l)(v):n.presenting&&t()},drawLasso:(h,u)=>i(
{drawing:{panel:h,corners:u}}),dropLasso:()=>i({drawing:null}),endLasso(h,u){let w=ti(r[h],u);g(w.length?w:null)},clearLasso:()=>g(
null)}}function ti(e,t){let s=new Set(hs(e.screen,t).filter(i=>e.isInPicture(i))),n=[...e.labels.ranked].filter(i=>s.has(
i));return[...new Set([...n,...s])].map(i=>e.panel.vocabulary.words[i])}function ei({state:e,views:t,set:s,layOut:n,present:i,
focusSearch:o,isAlone:r}){let a=(l,p)=>s({views:e.views.map((f,m)=>m===l?p:f)}),c=(l,p,f,m)=>{let{extent:g,size:h}=t[l],
u=Jt(e.views[l],g,h.width,h.height,p,f,m);u.scale!==e.views[l].scale&&a(l,u)};return{zoom:c,toggle:l=>s({[l]:!e[l]}),toggleScales(){
s({equalScales:!e.equalScales}),n()},toggleLasso:()=>s({lassoing:!e.lassoing,drawing:null}),togglePresent:()=>i(!e.presenting),
leavePresentation:()=>i(!1),focusSearch:o,ownsPage:()=>r()||e.presenting,zoomBy(l){for(let{index:p,size:f}of t)c(p,l,f.width/
2,f.height/2)},pan(l,p,f){let{extent:m,size:g}=t[l];a(l,Zt(e.views[l],m,g.width,g.height,p,f))},resetViews:()=>s({views:t.
map(l=>l.wholeView())})}}function si({payload:e,state:t,views:s,theme:n,set:i}){let o=r=>cs([e.title,R(e.checkpoints,t.position)],
r);return{savePicture(){rs(e,s,t,n()).toBlob(a=>{a?Ct(a,o("png")):i({notice:"This browser could not make the picture. Ma\
ke the window smaller and try again."})})},async saveFile(){try{let r=o("html"),a=await as(e,G(t,e));Ct(new Blob([a],{type:"\
text/html"}),r)}catch(r){i({notice:r instanceof Error?r.message:String(r)})}}}}function ni({state:e,set:t,present:s,dropDrag:n},i){
let o=e.drawing||e.lassoing;n(),o?t({lassoing:!1}):e.lasso?i():e.presenting&&s(!1)}var ii=500,fs=["pointerup","pointercancel"],wt=class{#n;#i=!1;constructor(t,s){let{payload:n,views:i,state:o,live:r,options:a,
texts:c}=t;this.#n=t,this.told=s,this.save=_(()=>a().address&&tt(c()),300),this.tell=_(()=>a().onChange(this.#t()),250),
this.announce=_(()=>L(r,ze(o,n.checkpoints,i)),500),this.rest=_(()=>this.#s(),400)}note(){this.save(),this.announce(),this.
rest()}watchHold(){let t=()=>{this.#i=!0},s=()=>{this.#i=!1,this.rest()};this.#n.element.addEventListener("pointerdown",
t);for(let n of fs)document.addEventListener(n,s,!0);return()=>{for(let n of fs)document.removeEventListener(n,s,!0)}}cancel(){
for(let t of[this.save,this.tell,this.announce,this.rest])t.cancel()}#s(){let{payload:t,state:s,options:n}=this.#n,{name:i}=t.
checkpoints[Math.round(s.position)];s.playing||this.#i||i===this.told||(this.told=i,n().onRest(i))}#t(){let{pins:t,lasso:s}=this.#n.
state,n=s??[];return{pins:[...t],lasso:n.slice(0,ii),encircled:n.length}}};function ds(e,t,s,n){let{views:i,...o}=ie(e,t),r=(n??[]).filter(a=>t.vocabularies.some(({ids:c})=>c.has(a)));return{...o,
views:i.map((a,c)=>a??s[c].wholeView()),hovered:null,pointed:null,spoken:!1,lasso:r.length?r:null,lassoing:!1,drawing:null,
notice:pe(o.absent)}}var oi=.1,yt=class{#n;#i;#s;#t;#r;#e;#o;#g;#l;#h;#w;#y=()=>{};#f;#a=0;#p=null;constructor(t,s,n,i,{lasso:o,told:r}){if(this.#n=
s,this.#i=i,this.#s=s.panels.map((a,c)=>new gt(s,c)),this.#t=ds(n,s,this.#s,o),this.#t.lasso)for(let a of this.#s)a.emphasise(
this.#t.lasso);this.#f=!!this.#t.lasso,this.#g=new K(s.checkpoints.length-1,Oe()),this.#r=this.#M(),this.#e=We(s,this.#s,
this.#r),t.append(this.#e.element),this.#o=this.#S(r??R(s.checkpoints,oe(n,s))),this.#h=Me(this.#e.element,()=>this.#m(!1,
!1)),this.#w=this.#x(),this.#l=kt(this.#e.probe),this.#u(),this.#t.presenting&&this.#m(!0,!1),this.#o.save(),this.#c()}get state(){
return this.#t}get payload(){return this.#n}get chosen(){return this.#f}setOptions(t){this.#i=t}kept(){return{lasso:this.#t.
lasso,told:this.#o.told}}texts(){return G(this.#t,this.#n)}select(){this.#f=!0,this.#o.tell()}rest(){this.#o.rest()}destroy(){
cancelAnimationFrame(this.#a),this.#a=-1,this.#o.cancel();for(let t of this.#w)t();this.#e.element.remove()}#M(){return us(
{payload:this.#n,views:this.#s,state:this.#t,set:t=>this.#d(t),select:()=>this.select(),present:t=>this.#m(t,!0),layOut:()=>this.#u(),
comeIntoSight:()=>this.#k(),dropDrag:()=>this.#y(),focusSearch:()=>this.#e.search.focus(),isAlone:()=>this.#i.alone,theme:()=>this.#l})}#S(t){
return new wt({payload:this.#n,views:this.#s,state:this.#t,options:()=>this.#i,texts:()=>this.texts(),element:this.#e.element,
live:this.#e.live},t)}#x(){let{element:t,probe:s}=this.#e,n=ve(t,this.#s,this.#r,()=>this.#t.lassoing);return this.#y=n.
dropDrag,Le(s,()=>this.#b()),document.fonts&&document.fonts.ready.then(()=>this.#b()),[n.stop,this.#h.destroy,Ee(t,()=>this.#u()),
this.#o.watchHold()]}#d(t){Object.assign(this.#t,t),this.#c(),this.#o.note()}#m(t,s){this.#d({presenting:t}),t?this.#h.enter(
s):this.#h.leave(),this.#e.stage.focus({preventScroll:!0}),this.#u()}#b(){this.#l=kt(this.#e.probe);for(let{pictures:t}of this.#s)
t.forget();this.#c()}#u(){let t=this.#s.map(({ownExtent:n})=>n),s=this.#t.equalScales?Xt(t):t;for(let n of this.#s)n.extent=
s[n.index];xe(this.#e.element,this.#s),this.#e.chart.measure(this.#t.presenting?this.#v()/13:1),this.#t.views=this.#t.views.
map((n,i)=>this.#s[i].confine(n)),this.#c()}#k(){this.#t.presenting||Ae(this.#e.controls.element,this.#s[0].box)}#c(){this.#a||
(this.#a=requestAnimationFrame(t=>this.#E(t)))}#E(t){this.#a=0;try{this.#A(t)}catch(s){console.error(s),this.#t.playing=
!1,L(this.#e.notice,"Something went wrong while drawing. Reload the page.")}}#A(t){let s=this.#p===null?0:Math.min((t-this.#p)/
1e3,oi);this.#t.playing&&this.#L(s);let n={theme:this.#l,textSize:this.#v(),seconds:s},i=this.#s.map(o=>o.draw(this.#t,n)).
some(Boolean);this.#e.show(this.#t),this.#p=i||this.#t.playing?t:null,this.#p!==null&&this.#c()}#v(){return ke(this.#e.element,
this.#t.presenting)}#L(t){let s=this.#g.tick(this.#t,t);s.playing===!1?this.#d(s):Object.assign(this.#t,s)}};var ri="This browser cannot draw moving words. Open the page in a current Firefox, Chrome, Edge or Safari.";function gs(e,t,s={}){
let n=ms(e,t,s,null);return{update(i,o={}){let r=n.session;if(r&&li(r.payload.bytes,i)){r.setOptions(ws(o));return}n.remove(),
n=ms(e,i,o,r),r?.chosen&&n.session?.select(),n.session?.rest()},destroy:()=>n.remove(),state:()=>n.session?.texts()??{},
plays:()=>n.session!==null}}function ai({start:e,address:t}){let s=Object.entries(e??{}).filter(([i])=>i!=="lasso");return{
...Object.fromEntries(s.map(([i,o])=>[i,String(o)])),...t?le():{}}}function ws({alone:e=!1,address:t=!1,onChange:s=()=>{},
onRest:n=()=>{}}){return{alone:e,address:t,onChange:s,onRest:n}}function ms(e,t,s,n){try{if(!d("canvas").getContext("2d"))
return _t(e,ri);let i=de(t),o=n?ae(n,i):ai(s),r=new yt(e,i,o,ws(s),n?n.kept():ci(s));return{session:r,remove:()=>r.destroy()}}catch(i){
return i instanceof H?_t(e,i.message):(console.error(i),_t(e,"The player could not start. Reload the page."))}}function ci({
start:e}){let t=e?.lasso;return{lasso:Array.isArray(t)?t.map(String):null,told:null}}function _t(e,t){let s=d("div",{class:"\
player"},d("p",{class:"notice",role:"alert","data-notice":!0},t));return e.replaceChildren(s),{session:null,remove:()=>s.
remove()}}function li(e,t){return e.length===t.length&&e.every((s,n)=>s===t[n])}var hi=1e3,Dt=new WeakMap,Ft=class{#n=window.location.pathname;#i=document.createElement("div");#s;#t=!0;constructor(t){
this.calls=0,this.send=t.setStateValue,this.given=St(t.data),t.parentElement.append(this.#i),this.player=gs(this.#i,this.
given.bytes,this.#e()),this.#s=ui(()=>this.#o())}take({data:t,setStateValue:s}){this.send=s,this.given=St(t),this.#r()}#r(){
this.player.update(this.given.bytes,this.#e())}tellWhetherPlaying(){let t=this.player.plays();t!==this.#t&&this.send("ca\
nvas",t),this.#t=t}remove(){this.#s(),this.player.destroy(),this.#i.remove()}#e(){return{address:window.location.pathname===
this.#n,start:this.given.start,onChange:t=>this.send("selection",t),onRest:t=>this.send("moment",t)}}#o(){this.player.plays()&&
(this.#e().address?tt(this.player.state()):this.#r())}};function pi(e){let t=e.parentElement,s=Dt.get(t);s?s.take(e):(s=
new Ft(e),Dt.set(t,s)),s.tellWhetherPlaying();let[n,i]=[s,++s.calls];return()=>{i===n.calls&&(Dt.delete(t),n.remove())}}
function ui(e){let{navigation:t}=window;if(t)return t.addEventListener("currententrychange",e),()=>t.removeEventListener(
"currententrychange",e);let s=setInterval(e,hi);return()=>clearInterval(s)}export{pi as default};
