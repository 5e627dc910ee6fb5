var ys={en:"en-GB",ko:"ko-KR"},vs=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,j={language:"en",messages:{}},At=new Map;function Jt(i){
j=i,At.clear()}function u(i,t){return Zt(j.messages[i]??i,t)}function $(i,t,e,s){return Zt(j.messages[i]??(e===1?i:t),{...s,count:e})}function E(i,t=0){
return Et({minimumFractionDigits:t,maximumFractionDigits:t}).format(i)}function Qt(i){return Et({notation:"compact"}).format(
i)}function Zt(i,t){return t?i.replace(vs,(e,s,n,o,r)=>{let a=t[s];if(typeof a=="string")return a;let h=Number(o??0);return Et(
{style:r==="%"?"percent":"decimal",signDisplay:n?"always":"auto",minimumFractionDigits:h,maximumFractionDigits:h}).format(
a)}):i}function Et(i){let t=JSON.stringify(i),e=At.get(t);return e||(e=new Intl.NumberFormat(ys[j.language]??j.language,
i),At.set(t,e)),e}var xs="http://www.w3.org/2000/svg";function f(i,t={},...e){return te(document.createElement(i),t,e)}function x(i,t={},...e){
return te(document.createElementNS(xs,i),t,e)}function te(i,t,e){for(let[s,n]of Object.entries(t))typeof n=="function"?i.
addEventListener(s,n):n===!0?i.setAttribute(s,""):n!==!1&&n!==null&&n!==void 0&&i.setAttribute(s,String(n));return i.append(
...e),i}function S(i,t){i.textContent!==t&&(i.textContent=t)}function k(i,t,e){i.getAttribute(t)!==e&&i.setAttribute(t,e)}
function C(i,t){let e=i.getContext("2d",t);if(!e)throw new Error("a canvas has no context");return e}var Ot;function ee(i,t){
return Ot??=C(f("canvas")),Ot.font=t,Ot.measureText(i).width}function se(i,t){let e,s=()=>{clearTimeout(e),e=setTimeout(
i,t)};return s.cancel=()=>clearTimeout(e),s}function A(i,t,e){return Math.min(Math.max(i,t),e)}function Lt(i){let t=i.getRootNode();
return t instanceof ShadowRoot?Lt(t.host):i}function ks(i){return Math.min(1e3*2**(i-1),5e3)}var K=class{#e=!1;#s=!1;#i=!1;#n=!1;#t=0;#o;constructor(t,e,s){this.ask=
t,this.tell=e,this.drop=s,this.wake=()=>{document.visibilityState==="hidden"?clearTimeout(this.#o):this.#i&&this.drop?(this.#n=
!0,this.drop()):this.now()},document.addEventListener("visibilitychange",this.wake),window.addEventListener("online",this.
wake),window.addEventListener("pageshow",this.wake),this.now()}now(){this.#e||this.#s||this.#i||(clearTimeout(this.#o),this.#r())}async#r(){
this.#i=!0;let t=1e3;try{let e=await this.ask();this.#t&&this.tell(0),this.#t=0,t=e.wait??1e3,this.#s=!!e.end}catch(e){if(this.#e)
return;this.#n?t=0:(!(e instanceof TypeError)&&!(e instanceof DOMException)&&console.error(e),this.#t+=1,this.tell(this.#t),
t=ks(this.#t))}finally{this.#i=!1}this.#n&&(t=0),this.#n=!1,!(this.#e||this.#s||document.visibilityState==="hidden")&&(this.#o=
setTimeout(()=>this.now(),t))}revive(){this.#s=!1,this.now()}stop(){this.#e=!0,clearTimeout(this.#o),document.removeEventListener(
"visibilitychange",this.wake),window.removeEventListener("online",this.wake),window.removeEventListener("pageshow",this.
wake)}};var Ms=720,Ss=190;var As=22;function ie(i){return i.clientWidth<Ms}function ne(i,t){let e=i.clientWidth,s=ie(i),n=t.length>1&&!s;i.classList.
toggle("beside",n),i.classList.toggle("narrow",s),i.classList.toggle("long-titles",t.length>1&&t.some(Es));let o=(n?e/2:
e)-As,r=Math.max(...t.map(({extent:l})=>l.halfY/l.halfX)),a=t.length===1&&!s?A(1.4*r,.4,.5):A(1.4*r,.64,.78),h=Math.round(
A(o*a,260,Math.max(.46*window.innerHeight,300)));i.style.setProperty("--picture-height",`${h}px`);for(let l of t)l.measure()}
function Es({panel:i,element:t}){return ee(i.title,`650 17px ${getComputedStyle(t).fontFamily}`)>Ss}function oe(i,t){return t?
A(Math.min(window.innerHeight*.024,window.innerWidth*.02),15,64):ie(i)?12:13}function re(i,t){window.addEventListener("r\
esize",t);let e=window.ResizeObserver?new ResizeObserver(t):null;return e&&e.observe(i),()=>{window.removeEventListener(
"resize",t),e&&e.disconnect()}}var P=["#8a9099","#2f7fc4","#d9730d"],Tt=.78;function Y(i){return[u("neutral"),u("positive"),u("negative")][i]}function ae(i){let t=getComputedStyle(i),e=Os();return{paper:e(t.backgroundColor),ink:e(t.color),font:t.fontFamily}}function he(i,t){
i.addEventListener("transitionend",t)}function T(i,t,e){return`rgb(${i.map((s,n)=>Math.round(s+(t[n]-s)*e)).join(" ")})`}
function J(i){return[1,3,5].map(t=>parseInt(i.slice(t,t+2),16))}function Os(){let i=C(f("canvas",{width:1,height:1}),{willReadFrequently:!0});
return t=>(i.clearRect(0,0,1,1),i.fillStyle=t,i.fillRect(0,0,1,1),[...i.getImageData(0,0,1,1).data.subarray(0,3)])}function Q(){
let i=window.matchMedia("(prefers-reduced-motion: reduce)");return()=>i.matches}function le(){return{name:"",steps:0,stepsPerEpoch:0,parameters:null,train:{step:[],loss:[],accuracy:[],norm:[],rate:[],
tokens:[],seconds:[]},valid:{step:[],loss:[],accuracy:[]},pins:{step:[],of:[]},reach:{step:[],of:[]},frames:[],test:null,
failed:null}}var tt=class{constructor(t){this.next=0,this.runs=Array.from({length:t},le),this.job=null,this.resumed=this.
runs.map(()=>[])}reset(){this.next=0,this.runs=this.runs.map(le),this.resumed=this.runs.map(()=>[])}take({from:t,next:e,
events:s,job:n}){t!==this.next&&this.reset();let o=JSON.stringify(n)!==JSON.stringify(this.job)||s.length>0;for(let r of s)
this.add(r);return this.next=e,this.job=n,o}add(t){t.kind==="start"&&this.start(t);let e=this.runs[t.run];e&&(t.kind==="\
resumed"?this.drop(t.run,t.step):t.kind==="steps"?Ls(e.train,t):t.kind==="checkpoint"?Z(e.valid,t.step,{loss:U(t.valid_loss),
accuracy:U(t.valid_accuracy)}):t.kind==="pins"?Z(e.pins,t.step,{of:t.probabilities}):t.kind==="reach"?Z(e.reach,t.step,{
of:t}):t.kind==="frame"?Ts(e.frames,t.step):t.kind==="failed"?e.failed=t.step:t.kind==="test"&&(e.test=U(t.accuracy)))}start({
runs:t}){for(let[e,s]of t.entries()){let n=this.runs[e];n&&(n.name=s.name,n.steps=s.steps,n.stepsPerEpoch=s.steps_per_epoch,
n.parameters=s.parameters??null)}}drop(t,e){let s=this.runs[t];for(let n of[s.train,s.valid,s.pins,s.reach])Pt(n,e);for(;(s.
frames.at(-1)??-1)>e;)s.frames.pop();s.test=null,s.failed=null,this.resumed[t].push(e)}get reached(){return Math.max(0,...this.
runs.map(({train:t,valid:e})=>Math.max(t.step.at(-1)??0,e.step.at(-1)??0)))}get steps(){return Math.max(0,...this.runs.map(
({steps:t})=>t))}moments(){let t=this.runs.flatMap(({frames:e,pins:s,reach:n,valid:o})=>[...e,...s.step,...n.step,...o.step]);
return[...new Set(t)].sort((e,s)=>e-s)}};function L(i,t){let[e,s]=[0,i.length];for(;e<s;){let n=e+s>>1;i[n]<=t?e=n+1:s=n}
return e-1}function Ls(i,t){Pt(i,t.step-1);let e=-Math.min(8,i.step.length),[s,n]=[t.tokens-((e?i.tokens.at(e):0)??0),t.
seconds-((e?i.seconds.at(e):0)??0)];Z(i,t.step,{loss:U(t.loss),accuracy:U(t.accuracy),norm:U(t.gradient_norm),rate:n>0&&
s>=0?s/n:null,tokens:t.tokens,seconds:t.seconds})}function Z(i,t,e){Pt(i,t-1),i.step.push(t);for(let[s,n]of Object.entries(
e))i[s].push(n)}function Ts(i,t){for(;(i.at(-1)??-1)>=t;)i.pop();i.push(t)}function Pt(i,t){let e=L(i.step,t)+1;for(let s of Object.
values(i))s.length=e}function U(i){return typeof i=="number"&&Number.isFinite(i)?i:null}function ce(i,t){if(!t)return Math.max(16,2**Math.ceil(Math.log2(Math.max(i,1))));for(let e of[16,8,4,2]){let s=Math.ceil(
t/e);if(s>=16&&i<=s)return s}return Math.max(t,i)}function pe(i){let t=10**Math.floor(Math.log10(i));return t*([1,2,2.5,
5].find(e=>t*e>=i*(1-1e-9))??10)}function fe(i,t){return t<=i.high||!Number.isFinite(t)?i:{low:0,high:pe(t*1.1)}}function ue(i,t){
return t<i.low?{low:0,high:1}:i}function de(i,t,e){let s=t>0?Math.min(i.low,Math.max(Math.floor(Math.log10(t)),-12)):i.low,
n=e>0?Math.max(i.high,Math.min(Math.ceil(Math.log10(e)),12)):i.high;return s===i.low&&n===i.high?i:{low:s,high:n}}function Nt(i,t){
let e=pe(i/Math.max(t,1));return Array.from({length:Math.floor(i/e+1e-9)+1},(s,n)=>n*e)}function me(i,t){let e="",s="M",
n=null,[o,r,a,h]=[0,0,0,0],l=()=>{if(n===null)return;let c=r===a?[o]:r<o||a>o?[o,r,a,h]:[o,h];for(let d of c)e+=`${s}${n}\
,${d.toFixed(1)}`,s="L";n=null};for(let c=0;c<i.length;c++){let d=t[c];if(d===null){l(),s="M";continue}let g=Math.round(
i[c]*2)/2;g!==n&&(l(),n=g,o=r=a=d),r=Math.min(r,d),a=Math.max(a,d),h=d}return l(),e}var I={left:48,right:14,top:8,bottom:22},ge=4,G=class{constructor(t,e,s){this.plan=t,this.networks=e,this.bounds=t.bounds,
this.width=0,this.height=0,this.end=16,this.axes=x("g"),this.cursor=x("line",{class:"live-cursor"}),this.drawn=t.lines.map(
n=>Ps(n,e[n.network])),this.svg=x("svg",{class:"live-chart",role:"img","data-chart":t.title},this.axes,this.cursor,...this.
drawn.flatMap(({path:n,marks:o,dot:r})=>[n,o,r])),this.svg.addEventListener("click",n=>{s(this.stepAt(n.clientX-this.svg.
getBoundingClientRect().left))}),this.element=f("figure",{class:"live-figure","aria-label":t.title},f("div",{class:"live\
-head"},f("h3",{class:"live-title"},t.title),this.table()),this.svg),this.axed=""}table(){let t=[...new Set(this.plan.lines.
map(({name:n})=>n))],e=t.length>1?[f("tr",{},f("td"),...t.map(n=>f("th",{scope:"col"},n)))]:[],s=this.networks.map((n,o)=>f(
"tr",{},f("th",{scope:"row"},It(n),f("span",{class:"live-name"},n.title)),...this.drawn.filter(({line:r})=>r.network===o).
map(({value:r})=>r)));return f("table",{class:"live-values"},...e,...s)}measure(){let[t,e]=[this.svg.clientWidth,this.svg.
clientHeight];t===this.width&&e===this.height||(this.width=t,this.height=e,k(this.svg,"viewBox",`0 0 ${t} ${e}`))}stepAt(t){
return Math.round(A((t-I.left)/this.across(1),0,this.end))}across(t){return t*Math.max(this.width-I.left-I.right,1)/this.
end}x(t){return I.left+this.across(t)}y(t){let{low:e,high:s}=this.bounds,n=this.plan.kind==="log"?t>0?Math.log10(t):e:t,
o=A((n-e)/(s-e),0,1);return I.top+(1-o)*(this.height-I.top-I.bottom)}grow(){let[t,e]=[1/0,-1/0],s=this.drawn.filter(({line:n})=>this.
plan.kind!=="share"||n.look!=="train");for(let{line:n}of s)for(let o of n.read().values)o!==null&&(o<t&&(this.plan.kind!==
"log"||o>0)&&(t=o),o>e&&(e=o));this.plan.kind==="share"?this.bounds=ue(this.bounds,t):this.plan.kind==="log"?this.bounds=
de(this.bounds,t,e):this.bounds=fe(this.bounds,e)}draw(t){if(this.end=t,!!this.width){this.drawAxes();for(let{line:e,path:s,
marks:n}of this.drawn){let{step:o,values:r}=e.read(),a=o.map(l=>this.x(l)),h=r.map(l=>l===null?null:this.y(l));k(s,"d",me(
a,h)),e.look==="valid"&&k(n,"d",Ns(a,h,e.network))}}}show(t){let e=String(this.x(t));for(let n of["x1","x2"])k(this.cursor,
n,e);let s=[];for(let{line:n,dot:o,value:r}of this.drawn){let{step:a,values:h}=n.read(),l=L(a,t),c=l<0?null:h[l],d=c===null?
"–":this.plan.format(c);S(r,d),c!==null&&s.push([this.networks[n.network].title,n.name,d].filter(Boolean).join(" ")),k(
o,"display",c===null||!this.width?"none":""),c!==null&&(k(o,"cx",String(this.x(a[l]))),k(o,"cy",String(this.y(c))))}k(this.
svg,"aria-label",[this.plan.title,...s].join(", "))}drawAxes(){let t=[this.width,this.height,this.end,this.bounds.low,this.
bounds.high].join();if(t===this.axed)return;this.axed=t;let[e,s]=[this.width-I.right,this.height-I.bottom];for(let[a,h]of[
["y1",I.top],["y2",s]])k(this.cursor,String(a),String(h));let n=this.levels().flatMap(([a,h])=>{let l=this.y(a),c=x("tex\
t",{x:I.left-6,y:l+4.5,"text-anchor":"end"},h);return[x("line",{x1:I.left,x2:e,y1:l,y2:l,class:"live-level"}),c]}),o=x("\
text",{x:e,y:this.height-5,"text-anchor":"end"},u("steps")),r=Nt(this.end,Math.max(Math.floor(this.width/70),2)).filter(
a=>this.x(a)<e-58).map(a=>x("text",{x:this.x(a),y:this.height-5,"text-anchor":a?"middle":"start"},E(a)));this.axes.replaceChildren(
...n,...r,o)}levels(){let{low:t,high:e}=this.bounds;if(this.plan.kind==="log"){let s=Math.max(1,Math.ceil((e-t)/ge));return Array.
from({length:Math.floor((e-t)/s)+1},(o,r)=>t+r*s).map(o=>[10**o,o<-3||o>4?`10${Rs(o)}`:String(10**o)])}return this.plan.
kind==="share"?(t>0?[.4,.6,.8,1]:[0,.25,.5,.75,1]).map(n=>[n,u("{share:.0%}",{share:n})]):Nt(e,ge).map(s=>[s,Is(s,e)])}};
function It({colour:i,dash:t}){let e=x("line",{x1:1,y1:6,x2:25,y2:6,stroke:i,"stroke-dasharray":t});return x("svg",{class:"\
live-sample",viewBox:"0 0 26 12",width:26,height:12,"aria-hidden":"true"},e)}function Ps(i,{colour:t,dash:e}){return{line:i,
path:x("path",{class:`live-line ${i.look}`,stroke:t,"stroke-dasharray":i.look==="train"?null:e}),marks:x("path",{fill:t}),
dot:x("circle",{class:"live-dot",r:5,fill:t,display:"none"}),value:f("td",{class:"live-value"},"–")}}function Ns(i,t,e){
let s="",n=-1/0;for(let[o,r]of i.entries()){let a=t[o];a===null||r-n<9||(n=r,s+=e?`M${(r-3.2).toFixed(1)},${(a-3.2).toFixed(
1)}h6.4v6.4h-6.4z`:`M${(r-3.6).toFixed(1)},${a.toFixed(1)}a3.6,3.6 0 1 0 7.2,0a3.6,3.6 0 1 0 -7.2,0`)}return s}function Is(i,t){
return t>=1e4?Qt(i):E(i,t>=10?0:t>=2?1:2)}function Rs(i){return[...String(i)].map(t=>"⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-\
0123456789".indexOf(t)]).join("")}var we=90;function ye(i,t,e){return[{title:u("Loss"),kind:"linear",bounds:{low:0,high:1},lines:be(i,t,"loss"),format:n=>E(
n,3)},{title:u("Accuracy"),kind:"share",bounds:{low:.4,high:1},lines:be(i,t,"accuracy"),format:n=>u("{share:.1%}",{share:n})},
{title:u("Norm of the gradients"),kind:"log",bounds:{low:-2,high:1},lines:t.map((n,o)=>V(o,"","only",()=>Rt(i.runs[o],"n\
orm"))),format:n=>n>=1e3?E(n):E(n,n<.1?4:2)},{title:u("Tokens a second"),kind:"linear",bounds:{low:0,high:1e3},lines:t.map(
(n,o)=>V(o,"","only",()=>Rt(i.runs[o],"rate"))),format:n=>E(n)}].map(n=>new G(n,t,e))}function ve(i,t,e,s){return e.map(
(n,o)=>{let r={title:u("“{text}”",{text:zs(n)}),kind:"share",bounds:{low:0,high:1},lines:t.map((a,h)=>V(h,"","valid",
()=>{let{step:l,of:c}=i.runs[h].pins;return{step:l,values:c.map(d=>d[o]??null)}})),format:a=>u("{share:.1%}",{share:a})};
return new G(r,t,s)})}function be(i,t,e){return t.flatMap((s,n)=>[V(n,u("train"),"train",()=>Rt(i.runs[n],e)),V(n,u("val\
id"),"valid",()=>({step:i.runs[n].valid.step,values:i.runs[n].valid[e]}))])}function V(i,t,e,s){return{network:i,name:t,
look:e,read:s}}function Rt({train:i},t){return{step:i.step,values:i[t]}}function zs(i){return i.length>we?`${i.slice(0,we)}\
…`:i}var Cs="SLP1";var xe={uint8:Uint8Array,int8:Int8Array,int16:Int16Array,uint16:Uint16Array,uint32:Uint32Array},$s=16,_s=-128,B=class extends Error{};function Me({vocabularies:i},t){for(let{ids:e,leans:s}of i){let n=e.get(t);if(n!==void 0)return s[n]}return 0}function Se(i){
_(i.length>=8&&ke(i,0,4)===Cs,"it is of another kind");let t=Fs(i,4);_(8+t<=i.length&&t%8===0,"it is cut short");let e=Ds(
ke(i,8,8+t)),s=i.subarray(8+t);return _(e.version===1,`it is of version ${e.version}, this player reads 1`),_(e.arrays&&
typeof e.arrays=="object","it has no arrays"),{header:e,get:(o,r,a)=>{let h=e.arrays[o];_(h&&xe[h.type],`the array ${o} \
is missing`),_(xe[h.type]===r,`the array ${o} is of type ${h.type}`);let l=h.shape.reduce((d,g)=>d*g,1);_(a===void 0||l===
a,`the array ${o} has ${l} numbers instead of ${a}`);let c=h.offset%8===0&&h.offset+l*r.BYTES_PER_ELEMENT<=s.length;return _(
c,"it is cut short"),new r(s.buffer,s.byteOffset+h.offset,l)}}}function Ds(i){try{return JSON.parse(i)}catch{throw new B(
"its header cannot be read")}}function Ae(i,t,e,s){let n=new TextDecoder().decode(s.get(`${i}/text`,Uint8Array)).split(`\

`);_(n.length===t,`it names ${n.length} words instead of ${t}`);let o=s.get(`${i}/polarity`,Int8Array,t),r=s.get(`${i}/c\
ounts`,Uint32Array,2*t),a=Float32Array.from(o,h=>h===_s?NaN:h/$s);return{words:n,ids:new Map(n.map((h,l)=>[h,l])),polarity:a,
negative:r.subarray(0,t),positive:r.subarray(t),whole:s.get(`${i}/whole`,Uint8Array,t),leans:Uint8Array.from(a,h=>h>e?1:
h<-e?2:0)}}function ke(i,t,e){return new TextDecoder().decode(i.subarray(t,e))}function Fs(i,t){return new DataView(i.buffer,i.byteOffset).
getUint32(t,!0)}function _(i,t){if(!i)throw new B(t)}var Bs=["Home","End","PageUp","PageDown"];function Ee(i,t){let e={" ":t.togglePlay,ArrowLeft:()=>t.step(-1),ArrowRight:()=>t.
step(1),PageUp:()=>t.step(-1),PageDown:()=>t.step(1),Home:t.toStart,End:t.toEnd,f:t.togglePresent,l:t.toggleLasso,"/":t.
focusSearch,"+":()=>t.zoomBy(1.5),"=":()=>t.zoomBy(1.5),"-":()=>t.zoomBy(.6666666666666666),0:t.resetViews,Escape:t.escape},
s=(r,a)=>{if(r.altKey||r.ctrlKey||r.metaKey||r.defaultPrevented||r.isComposing)return;let h=Ws(r),l=e[h];!l||!a(h)||(r.preventDefault(),
r.stopPropagation(),l())},n=Lt(i),o=r=>{r.target instanceof Node&&r.target.contains(n)&&r.target!==n&&Us(i)&&s(r,h=>t.ownsPage()||
!Bs.includes(h))};return i.addEventListener("keydown",r=>s(r,a=>!js(r.target,a))),document.addEventListener("keydown",o),
()=>document.removeEventListener("keydown",o)}function Ws({key:i,code:t}){if(i.length>1&&i!=="Process")return i;let e=/^Key([A-Z])$/.
exec(t);return(e&&!/^[a-z]$/i.test(i)?e[1]:i).toLowerCase()}function Us(i){let{top:t,bottom:e}=i.getBoundingClientRect();
return t<window.innerHeight&&e>0}function js(i,t){let e=i.localName;return i instanceof HTMLInputElement&&i.type==="text"?
!0:e==="button"?t===" ":e==="select"&&(t===" "||t.startsWith("Arrow")||t.startsWith("Page")||t==="Home"||t==="End")}function Oe(i,t){let e=new Map,s=null,n=0,o=p=>{let m=i.getBoundingClientRect();return[p.clientX-m.left-i.clientLeft,p.clientY-
m.top-i.clientTop]},r=p=>{if(p.button!==0)return;let[m,b]=o(p);e.set(p.pointerId,[m,b]),Ys(i,p.pointerId),n=0,e.size>1?a():
s={kind:p.shiftKey||t.wantsLasso()?"lasso":"pan",x:m,y:b,far:!1,corners:[m,b]}},a=()=>{s?.kind==="lasso"&&t.dropLasso(),
s=null},h=p=>{let[m,b]=o(p);if(!e.has(p.pointerId)){p.pointerType!=="touch"&&t.point(m,b);return}e.set(p.pointerId,[m,b]),
e.size===2?l():s&&c(s,m,b)},l=()=>{let[[p,m],[b,y]]=e.values(),v=Math.hypot(p-b,m-y);n&&t.zoom(v/n,(p+b)/2,(m+y)/2),n=v},
c=(p,m,b)=>{!p.far&&Math.hypot(m-p.corners[0],b-p.corners[1])<5||(p.far||t.leave(),p.far=!0,p.kind==="lasso"?(p.corners.
push(m,b),t.drawLasso(p.corners)):t.pan(m-p.x,b-p.y),[p.x,p.y]=[m,b])},d=p=>{if(!e.delete(p.pointerId)||!s)return;if(p.type===
"pointercancel")return a();let{kind:m,far:b,corners:y}=s;s=null,m==="lasso"&&b?t.endLasso(y):b||t.tap(...o(p),p.pointerType===
"touch")},g=p=>{!e.has(p.pointerId)&&p.pointerType!=="touch"&&t.leave()},w=p=>{if(!(p.ctrlKey||p.metaKey)&&!t.ownsWheel())
return t.hint();p.preventDefault();let b=p.deltaMode===1?16:p.deltaMode===2?400:1,y=p.ctrlKey&&Math.abs(p.deltaY)<50?.01:
.0016;t.zoom(Math.exp(-p.deltaY*b*y),...o(p))};return i.addEventListener("pointerdown",r),i.addEventListener("pointermov\
e",h),i.addEventListener("pointerup",d),i.addEventListener("pointercancel",d),i.addEventListener("pointerleave",g),i.addEventListener(
"wheel",w,{passive:!1}),i.addEventListener("dblclick",t.reset),a}function Ys(i,t){try{i.setPointerCapture(t)}catch{return}}function Le(i,t,e,s){let n=t.map(({box:a,hint:h},l)=>Oe(a,{point:(c,d)=>e.point(l,c,d),leave:()=>e.hover(null),tap:(c,d,g)=>e.
tap(l,c,d,g),pan:(c,d)=>e.pan(l,c,d),zoom:(c,d,g)=>e.zoom(l,c,d,g),reset:e.resetViews,wantsLasso:s,ownsWheel:e.ownsPage,
hint:h,drawLasso:c=>e.drawLasso(l,c),endLasso:c=>e.endLasso(l,c),dropLasso:e.dropLasso})),o=Ee(i,e);return{dropDrag:()=>{
for(let a of n)a()},stop:o}}var Te=18,F=4;function Pe(){let i=f("div",{class:"card","data-card":!0,hidden:!0,"aria-hidden":"true"});return{element:i,
hide:()=>{i.hidden=!0},show(t,e,s,n){let o=e.panel.vocabulary.leans[e.find(t)],r=Gs(t,e,s,n).map(a=>f("span",{},a));i.replaceChildren(
f("strong",{class:`card-word lean-${o}`},t),...r),i.hidden=!1,i.parentNode!==e.box&&e.box.append(i),Hs(i,e,e.find(t))}}}
function Gs(i,t,e,s){let{vocabulary:n}=t.panel,o=t.find(i),r=n.polarity[o],a=Number.isNaN(r)?u("polarity unknown"):u("po\
larity {polarity:+.2f}, {lean}",{polarity:r,lean:Y(n.leans[o])}),[h,l]=[n.positive[o],n.negative[o]];return[a,...Number.
isNaN(r)?[]:[u("{positive} times in positive reviews, {negative} in negative",{positive:h,negative:l})],...e.filter(c=>c.
find(i)>=0&&c.panel.frames.length>1).map(c=>Vs(i,c,s))]}function Vs(i,t,e){let{panel:s}=t,n=t.frameAt(e)*s.vocabulary.words.
length+t.find(i),o=s.displacement[n]*s.displacementScale;return u("{moved:.2f} from where it began ({network})",{moved:o,
network:s.title})}function Hs(i,t,e){let[s,n]=[t.screen[2*e],t.screen[2*e+1]],[o,r]=[t.size.width-i.offsetWidth-F,t.size.
height-i.offsetHeight-F],a=s>t.size.width/2?s-i.offsetWidth-Te:s+Te,h=a>=F&&a<=o,l=A(a,F,Math.max(o,F)),c=A(n-i.offsetHeight/
2,F,Math.max(r,F)),d=h?c:n>t.size.height/2?F:r;i.style.transform=`translate(${Math.round(l)}px, ${Math.round(d)}px)`}var Xs={play:{fill:"M6 3.5v13l11-6.5z"},pause:{fill:"M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z"},first:{fill:"M3.5 4h2v12h-2\
zM16.5 4v12l-9.5-6z"},last:{fill:"M14.5 4h2v12h-2zM3.5 4v12l9.5-6z"},back:{line:"M12.5 4.5L7 10l5.5 5.5"},forward:{line:"\
M7.5 4.5L13 10l-5.5 5.5"},lasso:{line:"M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 \
5.8c-1 0-2-.1-2.9-.4M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5"},zoomIn:{line:"M10 4v\
12M4 10h12"},zoomOut:{line:"M4 10h12"},reset:{line:"M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"},trails:{line:"M3 16C6 16 5 \
9 9 9s2 3 5-1",fill:"M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"},size:{fill:"M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5\
 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z"},scales:{line:"M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2"},labels:{line:"M\
3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5"},present:{line:"M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7"},download:{line:"M10 3v9.5M\
6 9l4 4 4-4M3.5 16.5h13"},more:{fill:"M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1\
.6 0 0 1 0-3.2zM15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z"},close:{line:"M5.5 5.5l9 9M14.5 5.5l-9 9"},search:{line:"\
M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17"}};function D(i){let{fill:t,line:e}=Xs[i],s=x("svg",{viewBox:"\
0 0 20 20",width:18,height:18,"aria-hidden":"true"});return e&&s.append(x("path",{d:e,class:"icon-line"})),t&&s.append(x(
"path",{d:t,class:"icon-fill"})),s}function Ne(i,t,e){let s=f("ul",{class:"chips","data-chips":!0,"aria-label":u("Pinned words")}),n="",o=c=>f("li",{class:`\
chip lean-${t(c)}`,"data-pin":c,mouseenter:()=>i.hover(c),mouseleave:()=>i.hover(null),focusin:({target:d})=>d.matches("\
:focus-visible")&&i.focusWord(c),focusout:()=>i.hover(null)},f("span",{class:"chip-word"},c),f("button",{type:"button",class:"\
chip-remove","aria-label":u("Unpin {word}",{word:c}),click:()=>i.unpin(c)},D("close"))),r=c=>f("li",{class:"chip chip-la\
sso","data-lasso-count":c.length},f("span",{class:"chip-word"},$("lasso: {count} word","lasso: {count} words",c.length)),
f("button",{type:"button",class:"chip-remove","aria-label":u("Clear the lasso"),click:i.clearLasso},D("close"))),a=()=>[
...s.querySelectorAll(".chip-remove")],h=()=>f("li",{},f("button",{type:"button",class:"link",click:i.unpinAll},u("Unpin\
 all")));return{element:s,show:(c,d)=>{let g=JSON.stringify([c,d?.length,d?.[0]]);if(g===n)return;n=g;let w=c.map(o);c.length>
1&&w.push(h()),d&&w.unshift(r(d));let p=a().findIndex(y=>y.matches(":focus")),m=s.querySelector(":focus");if(s.replaceChildren(
...w),!m)return;let b=a().slice(0,p+1).pop();b?b.focus():e()}}}var qs=[()=>x("circle",{cx:7,cy:7,r:4.5,fill:"none",stroke:P[0],"stroke-width":2}),()=>x("circle",{cx:7,cy:7,r:5.5,fill:P[1]}),
()=>x("path",{d:"M7 .5L13.500 7 7 13.500.5 7z",fill:P[2]})],Ie=[1,2,0];function Re(){let i=t=>f("span",{class:"legend-en\
try"},x("svg",{viewBox:"0 0 14 14",width:14,height:14,"aria-hidden":"true"},qs[t]()),Y(t));return f("div",{class:"legend",
"data-legend":!0,title:u("Whether a word occurs more often in positive or in negative reviews")},...Ie.map(i))}var Ks=8;function Js(i,t){let e=t.trim().toLowerCase().normalize("NFC");if(!e)return[];let s=new Map;for(let n of i)n.words.
forEach((o,r)=>{let a=o.toLowerCase().indexOf(e);if(a<0||s.has(o))return;let h=n.negative[r]+n.positive[r],l=(o.length===
e.length?4:0)+(a===0?2:0)+n.whole[r];s.set(o,{word:o,lean:n.leans[r],begins:a===0,near:l,count:h})});return[...s.values()].
sort((n,o)=>o.near-n.near||o.count-n.count).slice(0,Ks)}var et=class{constructor(t,e,s,n){this.vocabularies=t,this.pin=e,
this.leave=s,this.scope=n,this.offered=[],this.active=-1,this.list=f("ul",{id:`${n}-words`,class:"suggestions",role:"lis\
tbox","aria-label":u("Words"),hidden:!0}),this.answer=f("p",{class:"search-answer",role:"status","data-search-answer":!0}),
this.box=f("input",{type:"text",class:"search-box",role:"combobox",placeholder:u("Pin a word"),"aria-label":u("Find a wo\
rd and pin it"),"aria-autocomplete":"list","aria-expanded":"false","aria-controls":this.list.id,autocomplete:"off",autocapitalize:"\
none",spellcheck:"false",enterkeyhint:"done",input:o=>this.offer(o.isComposing),compositionend:()=>this.offer(!1),keydown:o=>this.
press(o),blur:()=>this.close()}),this.element=f("div",{class:"search","data-search":!0},D("search"),this.box,this.list,this.
answer)}focus(){this.box.focus(),this.box.select()}offer(t){this.answer.textContent="",this.offered=Js(this.vocabularies,
this.box.value),this.list.replaceChildren(...this.offered.map((e,s)=>this.option(e,s))),this.list.hidden=!this.offered.length,
this.box.setAttribute("aria-expanded",String(!this.list.hidden)),this.activate(this.offered.length&&this.offered[0].begins?
0:-1),this.box.value.trim()&&!this.offered.length&&!t&&this.sayMissing()}option({word:t,lean:e},s){return f("li",{id:`${this.
scope}-word-${s}`,role:"option",class:`suggestion lean-${e}`,"aria-selected":"false",pointerdown:n=>n.preventDefault(),click:()=>this.
choose(t)},t)}activate(t){this.active=t;for(let[e,s]of[...this.list.children].entries())s.setAttribute("aria-selected",String(
e===t));t>=0?this.box.setAttribute("aria-activedescendant",`${this.scope}-word-${t}`):this.box.removeAttribute("aria-act\
ivedescendant")}press(t){if(t.isComposing||t.keyCode===229)return;let e={ArrowDown:1,ArrowUp:-1}[t.key];if(e&&this.offered.
length){let s=this.active<0&&t.key==="ArrowUp"?0:this.active;this.activate((s+e+this.offered.length)%this.offered.length),
t.preventDefault()}else t.key==="Enter"?(this.active>=0?this.choose(this.offered[this.active].word):this.box.value.trim()&&
this.sayMissing(),t.preventDefault()):t.key==="Escape"&&(this.clear(),this.leave(),t.stopPropagation())}choose(t){this.clear(),
this.pin(t)}sayMissing(){this.answer.textContent=u("“{word}” is not in the vocabulary",{word:this.box.value.trim().slice(
0,40)})}clear(){this.box.value="",this.answer.textContent="",this.close()}close(){this.offered=[],this.list.hidden=!0,this.
box.setAttribute("aria-expanded","false"),this.activate(-1)}};var st=[[1,0,7,0],[-1,0,-7,0],[0,-1,0,-7],[0,1,0,7]],it=[12,26,44,66,92].flatMap(i=>[30,150,90,-30,-150,-90,0,180].map(t=>{
let[e,s]=[Math.cos(t*Math.PI/180),Math.sin(t*Math.PI/180)];return[Math.sign(Math.round(e*4)),-Math.sign(Math.round(s*4)),
e*i,-s*i]}));function ot(i){let{words:t,whole:e,polarity:s,negative:n,positive:o}=i.vocabulary,r=Uint32Array.from(t.keys(),
p=>n[p]+o[p]),a=r.reduce((p,m)=>p+m,0)/5e4,h=(i.frames.length-1)*t.length,l=1;for(let p=0;p<t.length;p++)l=Math.max(l,i.
displacement[h+p]);let c=Float32Array.from(t.keys(),p=>{let m=Math.min(Math.abs(s[p]||0),2.5),b=i.displacement[h+p]/l;return(.25+
m)*(.15+b)*Math.log1p(r[p])}),d=Uint32Array.from(t.keys()).filter(p=>e[p]),g=p=>r[p]<a,w=d.sort((p,m)=>Number(g(p))-Number(
g(m))||c[m]-c[p]||p-m);return{ranked:w,common:w.findLastIndex(p=>!g(p))+1}}var Qs={screen:new Float32Array,width:0,height:0,
pinned:[],hovered:-1,chosen:null,rare:!1,more:!1,moving:!1,size:1,seconds:0,measure:()=>({width:0,height:0})},nt=class{constructor({
ranked:t,common:e}){this.ranked=t,this.common=e,this.shown=new Map,this.scene=Qs,this.boxes=new Float32Array(4*512),this.
count=0,this.time=0,this.admitted=-1/0,this.dropped=new Map}layOut(t){this.scene=t,this.count=0,this.time+=t.seconds;for(let e of this.
shown.values())e.stayed=!e.leaving,e.leaving=!0;for(let e of t.pinned)this.isSeen(e,0)&&this.block(e);for(let e of t.pinned)
this.isSeen(e,0)&&this.placePinned(e,"pin");return t.hovered>=0&&!t.pinned.includes(t.hovered)&&this.isSeen(t.hovered,0)&&
this.placePinned(t.hovered,"hover"),t.more&&this.placeOthers(),this.animate()}placeOthers(){let{moving:t,width:e,height:s,
size:n}=this.scene,o=Math.max(Math.round(e*s/(11e3*n*n)),6);if(t&&(o-=this.keepShown()),!(t&&this.time-this.admitted<.5)){
this.admitted=this.time;for(let r of this.candidates(12*o)){if(o<=0)break;this.placePlain(r,t?8:3)&&o--}}}keepShown(){let t=0;
for(let e of this.shown.values())e.kind!=="plain"||!e.stayed||(this.placePlain(e.id,0)?t++:this.dropped.set(e.id,this.time));
return t}named(){return[...this.shown.values()].filter(({kind:t,leaving:e})=>t==="plain"&&!e).map(({id:t})=>t)}candidates(t){
let e=[],s=this.scene.rare?this.ranked.length:this.common;for(let n=0;n<s&&e.length<t;n++){let o=this.ranked[n];this.isSeen(
o,6)&&this.isMeant(o)&&!this.isResting(o)&&e.push({id:o,rank:n*(this.shown.has(o)?.35:1)})}return e.sort((n,o)=>n.rank-o.
rank).map(({id:n})=>n)}placePinned(t,e){let s=this.scene.measure(t,e),n=this.shown.get(t);(!n||n.kind!==e)&&(n=this.add(
t,e,s,n)),Object.assign(n,s);let o=this.scene.moving?n.side:0,r=this.overlap(t,it[o],s);for(let a=0;a<it.length&&r>0;a++){
let h=this.overlap(t,it[a],s);h<r-1&&([o,r]=[a,h])}this.settle(n,o,it[o])}placePlain(t,e){let s=this.shown.get(t);if(s&&
(s.kind!=="plain"||!s.leaving)||!this.isSeen(t,6)||!this.isMeant(t)||this.count>=511)return!1;let n=this.scene.measure(t,
"plain");for(let o=0;o<st.length;o++){let r=((s?s.side:0)+o)%st.length;if(!(this.overlap(t,st[r],n,e,!0)>0))return this.
settle(Object.assign(s||this.add(t,"plain",n),n),r,st[r]),!0}return!1}add(t,e,s,n){let o={id:t,kind:e,side:0,x:NaN,y:NaN,
toX:0,toY:0,alpha:n?n.alpha:0,leaving:!1,stayed:!1,...s};return this.shown.set(t,o),o}settle(t,e,[s,n,o,r]){t.side=e,t.leaving=
!1,t.toX=s*t.width/2+o*this.scene.size,t.toY=n*t.height/2+r*this.scene.size,Number.isNaN(t.x)&&([t.x,t.y]=[t.toX,t.toY]);
let{screen:a}=this.scene;this.occupy(a[2*t.id]+t.toX,a[2*t.id+1]+t.toY,t.width,t.height)}overlap(t,[e,s,n,o],{width:r,height:a},h=3,l=!1){
let{screen:c,size:d,width:g,height:w}=this.scene,p=c[2*t]+e*r/2+n*d-r/2-h,m=c[2*t+1]+s*a/2+o*d-a/2-h/2,[b,y]=[r+2*h,a+h],
M=20*(Math.max(-p,p+b-g,0)*y+Math.max(-m,m+y-w,0)*b);for(let O=0;O<4*this.count;O+=4){let R=Math.min(p+b,this.boxes[O+2])-
Math.max(p,this.boxes[O]);if(R<=0)continue;let z=Math.min(m+y,this.boxes[O+3])-Math.max(m,this.boxes[O+1]);if(!(z<=0)&&(M+=
R*z,l))break}return M}block(t){this.occupy(this.scene.screen[2*t],this.scene.screen[2*t+1],12*this.scene.size,12*this.scene.
size)}occupy(t,e,s,n){this.count>=512||this.boxes.set([t-s/2,e-n/2,t+s/2,e+n/2],4*this.count++)}isResting(t){return this.
scene.moving&&this.time-(this.dropped.get(t)??-1/0)<2}isMeant(t){return!this.scene.chosen||this.scene.chosen[t]===1}isSeen(t,e){
let{screen:s,width:n,height:o}=this.scene,r=s[2*t],a=s[2*t+1];return r>=e&&a>=e&&r<=n-e&&a<=o-e}animate(){let{seconds:t}=this.
scene,e=1-Math.exp(-t/.12),s=!1;for(let n of this.shown.values()){n.alpha=Math.min(Math.max(n.alpha+(n.leaving?-1:1)*t/.16,
0),1),n.leaving&&n.alpha===0&&this.shown.delete(n.id);let[o,r]=[n.toX-n.x,n.toY-n.y],a=Math.abs(o)+Math.abs(r)<.5;n.x=a?
n.toX:n.x+o*e,n.y=a?n.toY:n.y+r*e,s=s||!a||n.alpha<1}return s}};function ze(i,t,e){let s=Math.floor(e),n=Math.min(s+1,i.length-1);return{from:i[s].frames[t],to:i[n].frames[t],share:e-s}}var zt=60,Zs=1.07;function H(i){let{coordinates:t,scale:e,centre:s}=i,n=[1/0,1/0],o=[-1/0,-1/0];for(let l=0;l<t.length;l++){
let c=l&1;t[l]<n[c]&&(n[c]=t[l]),t[l]>o[c]&&(o[c]=t[l])}let r=l=>s[l]+e[l]*(n[l]+o[l])/2,a=l=>Math.abs(e[l])*(o[l]-n[l])*
Zs/2,h=Math.max(a(0),a(1))/1e3||1;return{x:r(0),y:r(1),halfX:Math.max(a(0),h),halfY:Math.max(a(1),h)}}function Ce(i){let t=Math.
max(...i.map(s=>s.halfX)),e=Math.max(...i.map(s=>s.halfY));return i.map(({x:s,y:n})=>({x:s,y:n,halfX:t,halfY:e}))}function $e(i){
return{scale:1,x:i.x,y:i.y}}function _e(i,t,e,s){let n=t.scale*at(i,e,s);return{unit:n,left:e/2-n*t.x,top:s/2+n*t.y}}function De(i,t,e,s,n,o,r){
let a=A(i.scale*n,1,zt),[h,l]=[i.scale,a].map(g=>g*at(t,e,s)),c=1/h-1/l,d={scale:a,x:i.x+(o-e/2)*c,y:i.y-(r-s/2)*c};return rt(
d,t,e,s)}function Fe(i,t,e,s,n,o){let r=i.scale*at(t,e,s);return rt({scale:i.scale,x:i.x-n/r,y:i.y+o/r},t,e,s)}function rt(i,t,e,s){
let n=A(i.scale,1,zt),o=n*at(t,e,s),r=Math.max(t.halfX-e/2/o,0),a=Math.max(t.halfY-s/2/o,0);return{scale:n,x:A(i.x,t.x-r,
t.x+r),y:A(i.y,t.y-a,t.y+a)}}function Be(i,t,e){let s=(t-i)/e,n=10**Math.floor(Math.log10(s)),o=n*([1,2,5].find(a=>n*a>=
s)??10),r=[];for(let a=Math.ceil(i/o);a*o<=t;a++)r.push(a*o);return r}function at(i,t,e){return Math.min(t/(2*i.halfX),e/
(2*i.halfY))}var ti=30;function ei(i,t,e,s,n){if(t===2){let o=n*1.2;i.moveTo(e,s-o),i.lineTo(e+o,s),i.lineTo(e,s+o),i.lineTo(e-o,s),i.
closePath()}else i.moveTo(e+n,s),i.arc(e,s,n,0,2*Math.PI)}function $t(i,t,e,s,n,o){i.beginPath(),ei(i,e,s,n,o),i.fillStyle=
e?P[e]:T(t.paper,t.ink,.04),i.fill(),i.lineWidth=e?1.5:2,i.strokeStyle=e?T(t.paper,t.ink,0):P[0],i.stroke()}function je(i,t,e,{
width:s,height:n},o){let{unit:r,left:a,top:h}=e,l=Math.max(Math.round(s/(10*o.size)),2),c=Be(-a/r,(s-a)/r,l),d=c.length>
1?c[1]-c[0]:2*s/r,g=[];for(let w=Math.ceil((h-n)/r/d);w*d<=h/r;w++)g.push(w*d);i.beginPath();for(let w of c)Ct(i,Math.round(
a+r*w)+.5,0,0,n);for(let w of g)Ct(i,0,Math.round(h-r*w)+.5,s,0);i.lineWidth=1,i.strokeStyle=T(t.paper,t.ink,.5),i.globalAlpha=
.16,i.stroke(),i.globalAlpha=1;for(let w of c){let p=We(o,w,d),m=a+r*w;m>p.width/2&&m<s-p.width/2&&Ue(i,p,m,n-p.height/2-
1)}for(let w of g){let p=We(o,w,d),m=h-r*w,b=n-1.5*p.height;m>p.height/2&&m<b&&Ue(i,p,p.width/2+2,m)}}function Ct(i,t,e,s,n){
i.moveTo(t,e),i.lineTo(t+s,e+n)}function We(i,t,e){let s=Math.max(0,Math.ceil(-Math.log10(e)-1e-9));return i.get(E(t+0,s),
"quiet")}function Ue(i,{canvas:t,width:e,height:s},n,o){i.drawImage(t,n-e/2,o-s/2,e,s)}function Ye(i,t,e,s,n,o,r,a){let{
coordinates:h,scale:l,centre:c,vocabulary:d}=e,g=m=>r.left+r.unit*(c[0]+l[0]*h[m]),w=m=>r.top-r.unit*(c[1]+l[1]*h[m+1]),
p=d.words.length*2;i.lineJoin=i.lineCap="round";for(let m of s){let b=n[0]*p+2*m;i.beginPath(),i.moveTo(g(b),w(b));for(let y of n.
slice(1))i.lineTo(g(y*p+2*m),w(y*p+2*m));i.lineTo(o[2*m],o[2*m+1]),Ge(i,T(t.paper,t.ink,0),P[d.leans[m]],a),i.beginPath(),
i.arc(g(b),w(b),a+1,0,2*Math.PI),i.fillStyle=T(t.paper,t.ink,0),i.fill(),i.lineWidth=a*.75,i.stroke()}}function Ge(i,t,e,s){
i.globalAlpha=.6,i.lineWidth=s*2.2,i.strokeStyle=t,i.stroke(),i.globalAlpha=1,i.lineWidth=s,i.strokeStyle=e,i.stroke()}function Ve(i,t,e,s,n,o){
for(let r of t){let a=n(r),[h,l]=[e[2*r.id],e[2*r.id+1]];i.globalAlpha=r.alpha,r.kind!=="plain"&&si(i,r,h,l,P[s[r.id]]);
let c=w=>Math.round(w*o)/o,[d,g]=[c(h+r.x-a.width/2),c(l+r.y-a.height/2)];i.drawImage(a.canvas,d,g,a.canvas.width/o,a.canvas.
height/o)}i.globalAlpha=1}function si(i,t,e,s,n){let o=Math.max(Math.abs(t.x)-t.width/2,0),r=Math.max(Math.abs(t.y)-t.height/
2,0);Math.hypot(o,r)<ti-8||(i.beginPath(),Ct(i,e,s,Math.sign(t.x)*o,Math.sign(t.y)*r),i.lineWidth=1.25,i.strokeStyle=n,i.
stroke())}function He(i,t,e,s,n){i.beginPath(),i.arc(e,s,n+4,0,2*Math.PI),Ge(i,T(t.paper,t.ink,0),T(t.paper,t.ink,1),2)}
function Xe(i,t,e){i.beginPath();for(let s=0;s<e.length;s+=2)i.lineTo(e[s],e[s+1]);i.closePath(),i.globalAlpha=.1,i.fillStyle=
T(t.paper,t.ink,1),i.fill(),i.globalAlpha=1,i.setLineDash([5,4]),i.lineWidth=1.5,i.strokeStyle=T(t.paper,t.ink,.85),i.stroke(),
i.setLineDash([])}var qe=0,Ke=3,Je=6,N=4,ii=9,ni=[.5,.8,.8],oi=[1,.2,1.25],Qe=1.2;function _t(i,t){let e=Dt(i),s=[0],n=[];for(let r=0;r<ii;r++)
for(let a of i)for(let h=0;h<N*N;h++)ri(n,r,a,h%N/N,Math.floor(h/N)/N,e),s.push(n.length);let o=r=>Int32Array.from(n,r);
return{starts:Int32Array.from(s),places:o(({x:r,y:a})=>a*t+r),keeps:o(({alpha:r})=>256-r),redBlue:o(({colour:r,alpha:a})=>(r[2]<<
16|r[0])*a),green:o(({colour:r,alpha:a})=>(r[1]<<8)*a)}}function Dt(i){return Math.ceil(Math.max(...i)*Qe)+1}function ri(i,t,e,s,n,o){
let r=t%3,a=J(P[r]),h=Math.min(ni[r]*oi[Math.floor(t/3)],1),l=1/(2*N)-.5;for(let c=-o;c<=o;c++)for(let d=-o;d<=o;d++){let g=ai[r](
d-s-l,c-n-l,e),w=Math.round(256*h*g);w>2&&i.push({x:d,y:c,alpha:w,colour:a})}}var ai=[(i,t,e)=>{let s=Math.max(1,e*.4);return A(
s/2+.5-Math.abs(Math.hypot(i,t)-e+s/2),0,1)},(i,t,e)=>A(e+.5-Math.hypot(i,t),0,1),(i,t,e)=>A((e*Qe-Math.abs(i)-Math.abs(
t))*Math.SQRT1_2+.5,0,1)];var ht=6,Ft=255<<24;function Ze(i,t,e,s){let{coordinates:n,scale:o,centre:r}=i,{unit:a,left:h,top:l}=e,c=s.length,d=t.from*
c,g=t.to*c,w=a*o[0],p=-a*o[1],m=h+a*r[0],b=l-a*r[1],y=t.share;for(let v=0;v<c;v+=2){let M=n[d+v],O=n[d+v+1];s[v]=m+w*(M+
y*(n[g+v]-M)),s[v+1]=b+p*(O+y*(n[g+v+1]-O))}}var lt=class{constructor(t){let{words:e,leans:s,negative:n,positive:o}=t,r=Float32Array.
from(e.keys(),h=>n[h]+o[h]),a=Math.log1p(r.reduce((h,l)=>Math.max(h,l),1));this.leans=s,this.sizes=Uint8Array.from(r,h=>Math.
min((Math.log1p(h)/a)**2*ht,ht-1)),this.byRank=Uint32Array.from(e.keys()).sort((h,l)=>+(s[h]>0)-+(s[l]>0)||r[h]-r[l]||h-
l),this.chosen=null,this.looks=s,this.order=this.byRank,this.emphasise(null)}emphasise(t){this.chosen=t,this.looks=Uint8Array.
from(this.leans,(e,s)=>e+(t?t[s]?Je:Ke:qe)),this.order=t?this.byRank.slice().sort((e,s)=>t[e]-t[s]):this.byRank}},ct=class{constructor(t){
this.canvas=t,this.context=C(t,{alpha:!1,willReadFrequently:!0}),this.key="",this.ratio=1,this.width=0,this.height=0,this.
margin=0,this.stride=0,this.sizes=0,this.paper=Ft,this.sprites=_t([],0),this.image=this.context.createImageData(1,1),this.
pixels=new Int32Array(this.image.data.buffer)}prepare({width:t,height:e,ratio:s},n,o,r){let a=[t,e,s,n,o,r].join();if(a===
this.key)return;this.key=a,this.ratio=s,this.width=Math.round(t*s),this.height=Math.round(e*s);let h=hi(n*s,o);this.margin=
Dt(h),this.stride=this.width+2*this.margin,this.sprites=_t(h,this.stride),this.sizes=h.length,this.paper=Ft|r[2]<<16|r[1]<<
8|r[0],this.canvas.width!==this.width&&(this.canvas.width=this.width),this.canvas.height!==this.height&&(this.canvas.height=
this.height),this.image=this.context.createImageData(this.stride,this.height+2*this.margin),this.pixels=new Int32Array(this.
image.data.buffer)}draw(t,e){this.pixels.fill(this.paper),this.stamp(t,e),this.context.putImageData(this.image,-this.margin,
-this.margin)}stamp(t,{order:e,looks:s,sizes:n}){let{pixels:o,sprites:r,stride:a,margin:h,ratio:l,width:c,height:d}=this,
{starts:g,places:w,keeps:p,redBlue:m,green:b}=r,y=N*N,v=this.sizes*y,M=this.sizes>1;for(let O=0;O<e.length;O++){let R=e[O],
z=t[2*R]*l,q=t[2*R+1]*l;if(!(z>=0&&q>=0&&z<c&&q<d))continue;let Gt=z|0,Vt=q|0,gs=((q-Vt)*N|0)*N+((z-Gt)*N|0),Ht=s[R]*v+(M?
n[R]*y:0)+gs,ws=(Vt+h)*a+Gt+h,bs=g[Ht+1];for(let W=g[Ht];W<bs;W++){let Xt=ws+w[W],qt=o[Xt],Kt=p[W];o[Xt]=Ft|Math.imul(qt&
16711935,Kt)+m[W]>>>8&16711935|Math.imul(qt&65280,Kt)+b[W]>>>8&65280}}}};function ts(i,t,e,s){let n=Math.min(Math.max(.38*
Math.sqrt(t*e/i),1.9),7);return Math.min(Math.round(4*n*s**.3)/4,9)}function hi(i,t){return t?Array.from({length:ht},(e,s)=>i*
(.7+1.9*s/(ht-1))):[i]}var li=1500,ci=15;function pi(i,t,e){if(i.measureText(t).width<=e)return t;let s=fi(t),[n,o]=[0,s.length];for(;n<o-1;){let r=n+
o>>1;i.measureText(`${s.slice(0,r).join("")}…`).width<=e?n=r:o=r}return`${s.slice(0,n).join("")}…`}function fi(i){return Intl.
Segmenter?Array.from(new Intl.Segmenter().segment(i.slice(0,500)),({segment:t})=>t):[...i]}var pt=class{constructor(){this.
kept=new Map,this.theme={paper:[],ink:[],font:""},this.ratio=1,this.size=0,this.key=""}prepare(t,e,s){let n=[t.paper,t.ink,
t.font,e,s].join();n!==this.key&&(Object.assign(this,{key:n,theme:t,ratio:e,size:s}),this.kept.clear())}forget(){this.kept.
clear()}get(t,e,s=0){let n=`${e}${s}${t}`,o=this.kept.get(n);return o||(this.kept.size>=li&&this.kept.clear(),o=this.paint(
t,e,s),this.kept.set(n,o)),o}paint(t,e,s){let n=e==="pin"||e==="hover",o=this.size*(n?1.15:e==="quiet"?.9:1),r=`${n?600:
500} ${o}px ${this.theme.font}`,a=f("canvas"),h=C(a);h.font=r;let l=pi(h,t,ci*o),c=Math.ceil(h.measureText(l).width+o*(n?
.75:.45)),d=Math.ceil(o*(n?1.5:1.35));return a.width=Math.ceil(c*this.ratio),a.height=Math.ceil(d*this.ratio),h.scale(this.
ratio,this.ratio),Object.assign(h,{font:r,textAlign:"center",textBaseline:"middle",lineJoin:"round"}),n?this.paintChip(h,
c,d,s,e):this.paintOutline(h,l,c,d,o),h.fillStyle=T(this.theme.paper,this.theme.ink,e==="quiet"?Tt:1),h.fillText(l,c/2,d*
.53),{canvas:a,width:c,height:d}}paintChip(t,e,s,n,o){let r=J(P[n]),a=o==="hover"?2.5:1.5;t.beginPath(),ui(t,a/2,a/2,e-a,
s-a,s*.24),t.fillStyle=T(this.theme.paper,r,.16),t.fill(),t.lineWidth=a,t.strokeStyle=P[n],t.stroke()}paintOutline(t,e,s,n,o){
t.lineWidth=o*.3,t.strokeStyle=T(this.theme.paper,this.theme.ink,0),t.globalAlpha=.85,t.strokeText(e,s/2,n*.53),t.globalAlpha=
1}};function ui(i,t,e,s,n,o){i.moveTo(t+o,e),i.arcTo(t+s,e,t+s,e+n,o),i.arcTo(t+s,e+n,t,e+n,o),i.arcTo(t,e+n,t,e,o),i.arcTo(
t,e,t+s,e,o),i.closePath()}var di=2,mi=4,gi=1200,wi=/Mac|iPhone|iPad/.test(globalThis.navigator?.platform??"")?"⌘":"Ctrl";function Bt({name:i,step:t,
valid_accuracy:e}){let s=[i],n=u("step {step}",{step:t});return Number.isFinite(t)&&i!==n&&s.push(n),e!==null&&s.push(u(
"validation accuracy {accuracy:.1%}",{accuracy:e})),s.join(" · ")}function bi(i){let t=se(()=>i.classList.remove("shown"),
gi);return()=>{i.classList.add("shown"),t()}}var ft=class{constructor(t,e){this.checkpoints=t.checkpoints,this.index=e,this.
panel=t.panels[e],this.ownExtent=H(this.panel),this.extent=this.ownExtent,this.screen=new Float32Array(2*this.panel.vocabulary.
words.length),this.dots=new lt(this.panel.vocabulary);let s=ot(this.panel);this.labels=new nt(s),this.common=new Uint8Array(
this.panel.vocabulary.words.length);for(let a of s.ranked.subarray(0,s.common))this.common[a]=1;this.pictures=new pt,this.
size={width:0,height:0,ratio:1},this.drawn="";let{title:n,note:o}=this.panel;this.facts=f("span",{class:"panel-facts","d\
ata-facts":!0}),this.lower=f("canvas",{"aria-hidden":"true"}),this.upper=f("canvas",{"aria-hidden":"true"});let r=f("p",
{class:"hint","aria-hidden":"true"},u("{key} + wheel zooms",{key:wi}));this.hint=bi(r),this.box=f("div",{class:"picture",
"data-picture":e},this.lower,this.upper,r),this.up=f("span",{class:"axis axis-up"}),this.along=f("span",{class:"axis axi\
s-along"}),this.element=f("section",{class:"panel","aria-label":n,"data-panel":e},f("header",{class:"panel-head"},f("h2",
{class:"panel-title"},n),this.facts),f("div",{class:"panel-body"},this.up,this.box,this.along),...o?[f("p",{class:"panel\
-note"},o)]:[]),this.raster=new ct(this.lower),this.context=C(this.upper)}wholeView(){return $e(this.extent)}confine(t){
return this.size.width?rt(t,this.extent,this.size.width,this.size.height):t}measure(){let t=this.box.clientWidth,e=this.
box.clientHeight;this.size={width:t,height:e,ratio:Math.min(window.devicePixelRatio||1,di)}}frameAt(t){return this.checkpoints[Math.
round(t)].frames[this.index]}find(t){return this.panel.vocabulary.ids.get(t)??-1}isInPicture(t){let[e,s]=[this.screen[2*
t],this.screen[2*t+1]];return e>=0&&s>=0&&e<this.size.width&&s<this.size.height}emphasise(t){let e=null;if(t){e=new Uint8Array(
this.panel.vocabulary.words.length);for(let s of t.map(n=>this.find(n)))s>=0&&(e[s]=1)}this.dots.emphasise(e),this.drawn=
""}draw(t,e){if(this.describe(t.position),!this.size.width||!this.size.height)return!1;let s=t.views[this.index],n=_e(this.
extent,s,this.size.width,this.size.height),o=this.panel.vocabulary.words.length,r=ts(o,this.size.width,this.size.height,
s.scale);return this.drawDots(t,e.theme,n,r),this.drawAbove(t,e,n,r)}describe(t){let e=this.frameAt(t),[s,n]=this.panel.
axes(e);S(this.facts,Bt(this.panel.frames[e])),S(this.along,s),S(this.up,n)}drawDots(t,e,s,n){this.raster.prepare(this.size,
n,t.bySize,e.paper);let o=[this.raster.key,t.position,s.unit,s.left,s.top].join();o!==this.drawn&&(this.drawn=o,Ze(this.
panel,ze(this.checkpoints,this.index,t.position),s,this.screen),this.raster.draw(this.screen,this.dots))}drawAbove(t,{theme:e,
textSize:s,seconds:n},o,r){let{context:a,screen:h,size:l,pictures:c,panel:d}=this,{leans:g}=d.vocabulary;this.fitUpper(),
c.prepare(e,l.ratio,s),a.setTransform(l.ratio,0,0,l.ratio,0,0),a.clearRect(0,0,l.width,l.height),je(a,e,o,l,c);let w=t.pins.
map(M=>this.find(M)).filter(M=>M>=0),p=t.hovered===null?-1:this.find(t.hovered),m=s/13;t.trails&&Ye(a,e,d,w,this.framesPassed(
t.position),h,o,2*m);let b=Math.max(r+1,5.5*m),y=this.layOutLabels(t,w,p,m,n);for(let M of this.labels.shown.values())M.
kind==="plain"&&!M.leaving&&this.mark(e,g,M.id,r+1);for(let M of w)this.mark(e,g,M,b);p>=0&&this.ring(e,g,p,w.includes(p)?
b:r+1.5);let v=M=>c.get(d.vocabulary.words[M.id],M.kind,g[M.id]);return Ve(a,this.labels.shown.values(),h,g,v,l.ratio),t.
drawing&&t.drawing.panel===this.index&&Xe(a,e,t.drawing.corners),y}layOutLabels(t,e,s,n,o){let{words:r,leans:a}=this.panel.
vocabulary;return this.labels.layOut({screen:this.screen,width:this.size.width,height:this.size.height,pinned:e,hovered:s,
chosen:this.dots.chosen,more:t.labels,rare:this.dots.chosen!==null||t.views[this.index].scale>=mi,moving:t.playing,size:n,
seconds:o,measure:(h,l)=>this.pictures.get(r[h],l,a[h])})}mark(t,e,s,n){$t(this.context,t,e[s],this.screen[2*s],this.screen[2*
s+1],n)}ring(t,e,s,n){this.mark(t,e,s,n),He(this.context,t,this.screen[2*s],this.screen[2*s+1],n)}framesPassed(t){return this.
checkpoints.slice(0,Math.floor(t)+1).map(({frames:e})=>e[this.index])}fitUpper(){let{width:t,height:e,ratio:s}=this.size,
[n,o]=[Math.round(t*s),Math.round(e*s)];this.upper.width!==n&&(this.upper.width=n),this.upper.height!==o&&(this.upper.height=
o)}summary(t){return`${this.panel.title}: ${Bt(this.panel.frames[this.frameAt(t)])}`}};var Wt=50;function es(i,t){let e=t.trim();return[e,e.toLowerCase()].flatMap(n=>[n,n.normalize("NFC")]).find(n=>n&&i.vocabularies.some(
({ids:o})=>o.has(n)))??null}function ss(i,t,e,s,n,o){let r=[-1,-1],a=[s*s,s*s];for(let h=0;h<i.length;h+=2){let l=i[h]-t,c=i[h+1]-e,d=l*l+c*c,g=n[h/
2];d<a[g]&&([a[g],r[g]]=[d,h/2])}for(let h of o){let l=((i[2*h]-t)**2+(i[2*h+1]-e)**2)/4;l<a[1]&&([a[1],r[1]]=[l,h])}return r[1]<
0?r[0]:r[1]}function is(i,t){let e=[];for(let s=0;s<i.length;s+=2)vi(i[s],i[s+1],t)&&e.push(s/2);return e}function vi(i,t,e){
let s=!1,[n,o]=e.slice(-2);for(let r=0;r<e.length;r+=2){let a=e[r],h=e[r+1];o>t!=h>t&&i<(n-a)*(t-h)/(o-h)+a&&(s=!s),[n,o]=
[a,h]}return s}var ns=14,xi=24;function os(i,t){let{payload:e,state:s,set:n,select:o,views:r}=i,a=p=>{n(p),o()},h={hovered:null,pointed:null},l=p=>{let m=es(
e,p);m===null||s.pins.includes(m)||(s.pins.length>=Wt?n({notice:u("No more than {most} words can be pinned. Unpin one fi\
rst.",{most:Wt})}):a({pins:[...s.pins,m],notice:""}))},c=p=>a({pins:s.pins.filter(m=>m!==p),...h,notice:""}),d=(p,m=null,b=!1)=>{
(s.hovered!==p||s.pointed!==m)&&n({hovered:p,pointed:m,spoken:b})},g=(p,m,b,y=ns)=>{let v=r[p],M=s.pins.map(z=>v.find(z)).
filter(z=>z>=0),O=ss(v.screen,m,b,y,v.common,[...M,...v.labels.named()]),R=O<0?null:v.panel.vocabulary.words[O];return d(
R,R===null?null:p),R},w=p=>{for(let m of r)m.emphasise(p);a({lasso:p,drawing:null,lassoing:!1})};return{pin:l,unpin:c,hover:d,
point:g,unpinAll:()=>a({pins:[],absent:[],...h,notice:""}),focusWord:p=>d(p,r.findIndex(m=>m.find(p)>=0),!0),tap(p,m,b,y){
let v=g(p,m,b,y?xi:ns);v!==null?(s.pins.includes(v)?c:l)(v):s.presenting&&t()},drawLasso:(p,m)=>n({drawing:{panel:p,corners:m}}),
dropLasso:()=>n({drawing:null}),endLasso(p,m){let b=ki(r[p],m);w(b.length?b:null)},clearLasso:()=>w(null)}}function ki(i,t){
let e=new Set(is(i.screen,t).filter(n=>i.isInPicture(n))),s=[...i.labels.ranked].filter(n=>e.has(n));return[...new Set([
...s,...e])].map(n=>i.panel.vocabulary.words[n])}function rs({state:i,views:t,set:e,layOut:s,present:n,focusSearch:o,isAlone:r}){
let a=(l,c)=>e({views:i.views.map((d,g)=>g===l?c:d)}),h=(l,c,d,g)=>{let{extent:w,size:p}=t[l],m=De(i.views[l],w,p.width,
p.height,c,d,g);m.scale!==i.views[l].scale&&a(l,m)};return{zoom:h,toggle:l=>e({[l]:!i[l]}),toggleScales(){e({equalScales:!i.
equalScales}),s()},toggleLasso:()=>e({lassoing:!i.lassoing,drawing:null}),togglePresent:()=>n(!i.presenting),leavePresentation:()=>n(
!1),focusSearch:o,ownsPage:()=>r()||i.presenting,zoomBy(l){for(let{index:c,size:d}of t)h(c,l,d.width/2,d.height/2)},pan(l,c,d){
let{extent:g,size:w}=t[l];a(l,Fe(i.views[l],g,w.width,w.height,c,d))},resetViews:()=>e({views:t.map(l=>l.wholeView())})}}var Mi=1.25,Si=.7,Ai=.1,Ei=2,ut=class{constructor(t,e,s){this.sources=t,this.describe=e,this.calm=Q(),this.step=1/0,this.
checkpoints=[],this.panels=t.map(n=>Oi(n)),this.fill(),this.payload={title:"",note:"",html:null,bytes:new Uint8Array,pins:[],
checkpoints:this.checkpoints,vocabularies:this.panels.map(({vocabulary:n})=>n),panels:this.panels},this.views=this.panels.
map((n,o)=>new ft(this.payload,o)),this.extents=this.fitExtents(),this.state=this.beginning(),this.theme={paper:[255,255,
255],ink:[0,0,0],font:"sans-serif"},this.parts=this.furnish(this.actions(s)),this.due=0,this.before=null,this.slowest=0}beginning(){
return{position:this.checkpoints.length-1,playing:!1,speed:1,absent:[],notice:"",hovered:null,pointed:null,spoken:!1,lasso:null,
lassoing:!1,drawing:null,trails:!0,labels:!0,bySize:!1,equalScales:!0,presenting:!1,pins:Li(this.panels[0]),views:this.views.
map(t=>t.wholeView())}}actions(t){let{payload:e,state:s,views:n}=this,o=()=>{},r={payload:e,views:n,state:s,select:o,present:o,
comeIntoSight:o,set:l=>this.set(l),layOut:()=>this.layOut(),dropDrag:()=>this.forgetDrag(),focusSearch:()=>this.focusSearch(),
isAlone:()=>!1,theme:()=>this.theme},a=os(r,t.togglePlay),h=()=>{this.forgetDrag(),s.drawing||s.lassoing?this.set({lassoing:!1}):
s.lasso&&a.clearLasso()};return{...t,...a,...rs(r),escape:h}}furnish(t){let e=`live-${Math.random().toString(36).slice(2,
8)}`,{payload:s,views:n}=this,o=f("div",{class:"stage",tabindex:"0",role:"group","aria-label":u("Words in motion"),"data\
-stage":!0},...n.map(({element:m})=>m)),r=()=>o.focus(),a=new et(s.vocabularies,t.pin,r,e),h=Ne(t,m=>Me(s,m),r),l=f("p",
{class:"notice",role:"status"}),c=f("span",{class:"theme-probe","aria-hidden":"true"}),d=f("div",{class:"toolbar"},a.element,
h.element,Re()),g=f("div",{class:"live-drift"},c,d,l,o),{dropDrag:w,stop:p}=Le(g,n,t,()=>this.state.lassoing);return he(
c,()=>this.dress()),{stage:o,search:a,chips:h,card:Pe(),notice:l,probe:c,element:g,dropDrag:w,stop:p}}set(t){Object.assign(
this.state,t),this.invalidate()}forgetDrag(){this.parts.dropDrag()}focusSearch(){this.parts.search.focus()}get element(){
return this.parts.element}dress(){this.theme=ae(this.parts.probe);for(let{pictures:t}of this.views)t.forget();this.layOut()}layOut(){
for(let t of this.views)t.extent=this.extents[t.index];ne(this.element,this.views),this.state.views=this.state.views.map(
(t,e)=>this.views[e].confine(t)),this.invalidate()}take(){let t=this.checkpoints.length;this.fill();let e=this.grow(this.
extents);e!==this.extents&&(this.extents=e,this.layOut());for(let s of this.views)s.drawn="";this.checkpoints.length<t&&
(this.state.position=Math.min(this.state.position,this.checkpoints.length-1)),this.invalidate()}refit(t){for(let[e,s]of this.
sources.entries())s.moments=t[e];this.fill(),this.extents=this.fitExtents(),this.state.position=this.target,this.layOut();
for(let e of this.views)e.drawn="";this.state.views=this.views.map(e=>e.wholeView()),this.invalidate()}go(t,e=!1){this.step=
t,(e||this.calm()||Math.abs(this.target-this.state.position)>3)&&(this.state.position=this.target),this.invalidate()}get target(){
let t=this.checkpoints.map(({name:e})=>Number(e));return Math.max(L(t,this.step),0)}fill(){for(let[s,{moments:n}]of this.
sources.entries()){let o=this.panels[s];o.coordinates=n.coordinates,o.displacement=n.displacement,o.frames.length=0;for(let r of n.
steps)o.frames.push({step:r,...this.describe(s,r)});o.axes=()=>as(n)}let t=this.sources.flatMap(({moments:s})=>s.steps),
e=[...new Set(t)].sort((s,n)=>s-n);this.checkpoints.length=0;for(let s of e){let n=this.sources.map(({moments:o})=>Math.
max(L(o.steps,s),0));this.checkpoints.push({name:String(s),label:u("step {step}",{step:s}),former:[],frames:n})}}fitExtents(){
let t=this.sources.map(({moments:e})=>Ti(H({...Ut,coordinates:e.filled}),Mi));return Ce(t)}grow(t){return this.sources.map(
({moments:n})=>H({...Ut,coordinates:n.filled.subarray(-2*n.words)})).some((n,o)=>!Pi(t[o],n))?this.fitExtents():t}invalidate(){
this.due||(this.due=requestAnimationFrame(t=>this.render(t)))}render(t){this.due=0;let e=performance.now(),s=this.before===
null?0:Math.min((t-this.before)/1e3,Ai),n=this.move(s),o={theme:this.theme,textSize:oe(this.element,!1),seconds:s},r={...this.
state,playing:n},a=this.views.map(h=>h.draw(r,o)).some(Boolean);this.showAround(),this.before=a||n?t:null,this.slowest=Math.
max(this.slowest,performance.now()-e),this.before!==null&&this.invalidate()}move(t){let{target:e,state:s}=this,n=e-s.position;
if(!n)return!1;let o=Math.max(Math.abs(n),1)*(t/Si);return s.position=Math.abs(n)<=o||this.calm()?e:s.position+Math.sign(
n)*o,s.position!==e}showAround(){let{state:t,views:e}=this,{card:s}=this.parts;this.parts.chips.show(t.pins,t.lasso),S(this.
parts.notice,t.notice),this.element.classList.toggle("lassoing",t.lassoing);for(let{box:o,index:r}of e)o.classList.toggle(
"zoomed",t.views[r].scale>1);t.pointed!==null&&t.hovered!==null&&!t.drawing?s.show(t.hovered,e[t.pointed??0],e,t.position):
s.hide(),k(this.parts.stage,"data-moments",String(this.checkpoints.length))}remove(){cancelAnimationFrame(this.due),this.
due=-1,this.parts.stop(),this.element.remove()}},Ut={scale:[1,1],centre:[0,0]};function Oi({title:i,moments:t}){return{title:i,
note:"",vocabulary:t.vocabulary,frames:[],...Ut,coordinates:t.filled,displacement:t.displacement,displacementScale:1,separation:null,
axes:()=>as(t)}}function as({fit:i,explained:t}){return t.map((e,s)=>i==="movement"?u("axis {axis} ({share:.1%} of the m\
ovement)",{axis:s+1,share:e}):u("axis {axis} ({share:.1%} of variance)",{axis:s+1,share:e}))}function Li(i){let{ranked:t}=ot(
i),{words:e,leans:s}=i.vocabulary;return[1,2].flatMap(n=>[...t].filter(o=>s[o]===n).slice(0,Ei).map(o=>e[o]))}function Ti({
x:i,y:t,halfX:e,halfY:s},n){return{x:i,y:t,halfX:e*n,halfY:s*n}}function Pi(i,t){return Math.abs(t.x-i.x)+t.halfX<=i.halfX*
1.07&&Math.abs(t.y-i.y)+t.halfY<=i.halfY*1.07}function hs(i){try{return Number(sessionStorage.getItem(`live-${i}`))||0}catch{return 0}}function jt(i,t){try{sessionStorage.
setItem(`live-${i}`,String(t))}catch{return}}var Ni=2,dt=class{constructor(t,e,s,n,o){this.feed=t,this.job=o,this.log=e,this.networks=s,this.timebar=n,this.drift=null,
this.fitting=!1,this.place=f("div",{class:"live-place"},f("p",{class:"live-empty"},u("The words appear with the first st\
ep."))),this.about=f("span",{class:"live-about"}),this.again=f("button",{type:"button",class:"live-button",click:()=>this.
fit(this.feed.axes.fit)},u("Fit again")),this.fitted=f("select",{class:"speed","aria-label":u("What the axes are fitted \
to"),change:({target:r})=>this.fit(r.value)},f("option",{value:"movement"},u("axes of movement")),f("option",{value:"var\
iance"},u("axes of variance"))),this.line=f("p",{class:"live-axes",hidden:!0},this.about," ",f("span",{class:"live-fit"},
this.again,this.fitted)),this.element=f("section",{class:"live-section"},f("h2",{},u("Where the words lie")),this.place,
this.line)}get slowest(){return this.drift?.slowest??0}take(){let t=this.feed.moments.filter(e=>e!==null);t.length<this.
networks.length||!t.every(({steps:e})=>e.length)||(this.drift?this.drift.sources.some(({moments:e},s)=>e!==t[s])?this.drift.
refit(t):this.drift.take():(this.begin(t),jt(this.job,t[0].basis)),this.drift?.go(this.timebar.shown),this.say())}begin(t){
if(!f("canvas").getContext("2d"))return;let s=t.map((n,o)=>({title:this.networks[o].title,moments:n}));this.drift=new ut(
s,(n,o)=>this.describe(n,o),{togglePlay:()=>this.timebar.togglePlay(),step:n=>this.timebar.step(n),toStart:()=>this.timebar.
toStart(),toEnd:()=>this.timebar.toEnd()}),this.place.replaceChildren(this.drift.element),this.line.hidden=!1,this.drift.
dress()}describe(t,e){let{stepsPerEpoch:s,valid:n}=this.log.runs[t],o=L(n.step,e),r=s?e/s:0;return{epoch:r,name:u("epoch\
 {epoch:.2f}",{epoch:r}),valid_accuracy:o<0?null:n.accuracy[o]}}async fit(t){let e=this.again.getAttribute("aria-disable\
d")==="true"&&t===this.feed.axes.fit;if(!(this.fitting||e)){this.fitting=!0,k(this.again,"aria-disabled","true");try{let s=await this.
feed.refit({basis:0,fit:t});s&&(jt(this.job,s[0].basis),this.take())}catch{this.fitted.value=this.feed.axes.fit}finally{
this.fitting=!1,this.say()}}}say(){if(!this.drift)return;let{sources:t}=this.drift,[e,s]=[t[0].moments.basis,Math.max(...t.
map(({moments:h})=>h.steps.length))],n=L(t[0].moments.steps,this.timebar.shown),o=t.map(({title:h,moments:l})=>u("{share\
:.0%} ({network})",{share:l.visible[Math.min(n,l.visible.length-1)]??0,network:h})),r=e>=s?u("Each network has axes of i\
ts own, fitted on all {come} moments.",{come:s}):u("Each network has axes of its own, fitted on the first {basis} of {co\
me} moments.",{basis:e,come:s}),a=n>0?u("They show this much of the squared movement so far: {shares}.",{shares:o.join("\
, ")}):"";S(this.about,`${r} ${a}`.trim()),k(this.again,"aria-disabled",String(this.fitting||e>=s)),this.again.classList.
toggle("worth",s>=Ni*e)}go(t){this.drift?.go(t),this.say()}dress(){this.drift?.dress()}layOut(){this.drift?.layOut()}remove(){
this.drift?.remove()}};var ls=16;function cs(i){let t=Se(i),e=t.header,{fit:s,basis:n,explained:o,dimensions:r,come:a,words:h,frames:l,vocabularies:c}=e;
if(!Array.isArray(l)||!(h>0))throw new B("it has no frames");return{fit:s,basis:n,explained:o,dimensions:r,come:a,words:h,
frames:l,codes:t.get("coordinates",Int16Array,l.length*h*2),moves:t.get("displacement",Uint16Array,l.length*h),vocabulary:c?
Ae("v0",h,e.leaning??.5,t):null}}var mt=class{constructor(t){if(!t.vocabulary)throw new B("it has no words");this.vocabulary=
t.vocabulary,this.words=t.words,this.fit=t.fit,this.basis=t.basis,this.explained=t.explained,this.dimensions=t.dimensions,
this.come=0,this.steps=[],this.visible=[],this.coordinates=new Float32Array(2*ls*this.words),this.displacement=new Float32Array(
ls*this.words),this.add(t)}get last(){return this.steps.at(-1)??-1}fits(t){return t.words===this.words&&t.fit===this.fit&&
t.basis===this.basis}add(t){let{words:e}=this;t.frames.length&&this.drop(t.frames[0].step-1),this.makeRoom(this.steps.length+
t.frames.length);for(let[s,n]of t.frames.entries()){let o=this.steps.length;for(let r=0;r<2*e;r++){let a=r&1,h=t.codes[2*
e*s+r];this.coordinates[2*e*o+r]=n.centre[a]+n.scale[a]*h}for(let r=0;r<e;r++)this.displacement[e*o+r]=n.displacement_scale*
t.moves[e*s+r];this.steps.push(n.step),this.visible.push(n.visible)}this.come=t.come}drop(t){for(;this.last>t;)this.steps.
pop(),this.visible.pop()}makeRoom(t){let e=t*this.words;if(e<=this.displacement.length)return;let s=Math.max(e,2*this.displacement.
length),[n,o]=[new Float32Array(2*s),new Float32Array(s)];n.set(this.coordinates),o.set(this.displacement),this.coordinates=
n,this.displacement=o}get filled(){return this.coordinates.subarray(0,2*this.words*this.steps.length)}};var Ii=1e4,ps=60,X=class extends Error{},gt=class{constructor(t,e,s,n){this.base=t,this.log=e,this.axes=n,this.moments=Array.
from({length:s},()=>null),this.dropped=this.moments.map(()=>0),this.stopping=new AbortController}async news(t){let e={news:!1,
came:!1};for(let s=0;s<ps;s++){let{news:n,came:o,more:r}=await this.part(t);if(e.news||=n,e.came||=o,!r)break}return e}async part(t){
let e=t?[...this.moments]:[],{answer:s,batches:n}=await this.ask(e,this.axes),o=s.from===this.log.next,r=this.log.take(s);
o||this.moments.fill(null);let a=this.forgetVoid(),h=!1;if(o&&!a)for(let[d,g]of n.entries())g&&this.moments[d]===e[d]&&(this.
moments[d]=fs(e[d],g),h=!0);let l=this.moments[0]?.basis;h&&l&&!this.axes.basis&&(this.axes.basis=l);let c=h&&this.moments.
some(d=>!d||d.steps.length<d.come);return{news:r,came:h,more:s.more||!o||a||c}}async refit(t){let e=this.moments.map(()=>null);
for(let n=0;n<ps;n++){let{batches:o}=await this.ask(e,t);if(e=e.map((r,a)=>o[a]?fs(r,o[a]):r),o.every(r=>!r?.frames.length))
break}let s=e.filter(n=>n!==null);return s.length<e.length?null:(this.axes={fit:t.fit,basis:s[0].basis},this.moments=s,s)}forgetVoid(){
let t=!1;for(let[e,s]of this.log.resumed.entries()){for(let n of s.slice(this.dropped[e]))t||=(this.moments[e]?.last??-1)>
n,this.moments[e]?.drop(n);this.dropped[e]=s.length}return t}async ask(t,{basis:e,fit:s}){let n=t.map(c=>c?.basis??e),o=t.
map(c=>c?.last??-1),r=t.length?`&fit=${s}&bases=${n}&steps=${o}`:"",a=await this.fetch(`news?after=${this.log.next}${r}`);
if(a.status===404)throw new X;if(!a.ok)throw new TypeError(`the server answered ${a.status}`);let[h,...l]=Ri(await a.arrayBuffer());
return{answer:JSON.parse(new TextDecoder().decode(h)),batches:l.map(c=>c.length?cs(c):null)}}async fetch(t){let e=setTimeout(
()=>this.stopping.abort(),Ii);try{return await fetch(this.base+t,{signal:this.stopping.signal,cache:"no-store"})}finally{
clearTimeout(e),this.stopping.signal.aborted&&!this.stopped&&(this.stopping=new AbortController)}}stop(){this.stopped=!0,
this.stopping.abort()}};function fs(i,t){return i?i.fits(t)?(i.add(t),i):null:new mt(t)}function Ri(i){let t=new DataView(
i),e=[];for(let s=0;s<i.byteLength;){let n=t.getUint32(s,!0);e.push(new Uint8Array(i.slice(s+4,s+4+n))),s+=4+n}return e}var wt=class{constructor(t,e,s){this.log=t,this.networks=e,this.pins=s,this.body=f("tbody");let n=f("tr",{},f("td"),...e.
map(({title:r})=>f("th",{scope:"col"},r))),o=f("table",{class:"live-table"},f("thead",{},n),this.body);this.element=f("d\
etails",{class:"live-numbers"},f("summary",{},u("The numbers as a table")),o),this.step=1/0,this.element.addEventListener(
"toggle",()=>this.show(this.step))}show(t){if(this.step=t,!this.element.open)return;let e=this.log.runs.map(s=>zi(s,t,this.
pins));this.body.replaceChildren(...e[0].map(([s],n)=>f("tr",{},f("th",{scope:"row"},s),...e.map(o=>f("td",{},o[n][1])))))}};
function zi({train:i,valid:t,pins:e,parameters:s,test:n},o,r){let[a,h,l]=[i.step,t.step,e.step].map(g=>L(g,o)),c=g=>g==null?
"–":u("{share:.1%}",{share:g}),d=(g,w)=>g==null?"–":E(g,w);return[[u("Step"),d(i.step[a]??t.step[h],0)],[u("Loss on \
train"),d(i.loss[a],3)],[u("Loss on valid"),d(t.loss[h],3)],[u("Accuracy on train"),c(i.accuracy[a])],[u("Accuracy on va\
lid"),c(t.accuracy[h])],[u("Norm of the gradients"),d(i.norm[a],4)],[u("Tokens a second"),d(i.rate[a],0)],...r.map((g,w)=>[
u("Probability of positive: “{text}”",{text:g}),c(e.of[l]?.[w])]),[u("Parameters"),d(s,0)],[u("Accuracy on test"),c(
n)]]}function us(i){return i<60?$("{count} second","{count} seconds",Math.max(Math.round(i),1)):i<3600?$("{count} minute","{c\
ount} minutes",Math.round(i/60)):u("{hours:.1f} hours",{hours:i/3600})}function bt({state:i,stage:t,place:e}){let s={pausing:u(
"Pausing"),paused:u("Paused"),stopping:u("Stopping"),done:u("Done"),stopped:u("Stopped, and kept"),failed:u("Failed"),lost:u(
"Interrupted: it will go on by itself"),cancelled:u("Cancelled")};if(i==="waiting")return e?$("Waiting: {count} job befo\
re it","Waiting: {count} jobs before it",e):u("Waiting for its turn");let n={starting:u("Starting"),reading:u("Reading t\
he reviews"),encoding:u("Turning the reviews into token ids"),pretraining:u("Pretraining"),training:u("Training"),evaluating:u(
"Reading the test reviews")};return s[i]??n[t]??u("Working")}var yt=class{constructor(t){this.titles=t,this.what=f("stro\
ng",{class:"live-what"}),this.how=f("span",{class:"live-how"}),this.bar=f("i",{}),this.track=f("div",{class:"live-bar",role:"\
progressbar","aria-label":u("Progress"),"aria-valuemin":0,"aria-valuemax":100},this.bar),this.trouble=f("p",{class:"live\
-trouble",role:"status",hidden:!0}),this.element=f("div",{class:"live-status"},f("p",{class:"live-said"},this.what,this.
how),this.track,this.trouble)}begin(t){let e={state:t,stage:"starting",place:null,ended:!1,wait:null,left:null,done:0,total:0};
S(this.what,bt(e))}show(t){let{job:e}=t;if(!e)return;S(this.what,bt(e));let s=[];if(t.reached&&t.steps){s.push(u("step {\
step} of {steps}",{step:t.reached,steps:t.steps}));let o=t.runs[0].stepsPerEpoch;o&&s.push(u("epoch {epoch:.2f}",{epoch:t.
reached/o}))}else e.total&&!e.ended&&s.push(u("{done} of {total}",{done:E(e.done),total:E(e.total)}));e.state==="waiting"&&
e.wait!==null?s.push(u("starts in about {time}",{time:us(e.wait)})):!e.ended&&e.state!=="paused"&&e.left!==null&&e.left>
0&&s.push(u("about {time} left",{time:us(e.left)}));for(let[o,r]of t.runs.entries())r.test!==null&&s.push(u("{network}: \
{share:.1%} of the test reviews",{network:this.titles[o],share:r.test}));for(let[o,r]of t.runs.entries())r.failed!==null&&
s.push(u("{network} failed after step {step}",{network:this.titles[o],step:r.failed}));S(this.how,s.map(o=>` · ${o}`).join(
""));let n=t.steps?t.reached/t.steps:e.total?e.done/e.total:0;this.bar.style.transform=`scaleX(${n.toFixed(4)})`,k(this.
track,"aria-valuenow",String(Math.round(100*n))),this.track.hidden=e.ended}lost(t){this.trouble.hidden=t<2,S(this.trouble,
t<2?"":u("The connection is lost. Trying again; what has come stays here."))}gone(){this.trouble.hidden=!1,S(this.trouble,
u("This job is not there any more."))}};var Ci=-6,$i=-3,vt=.06;function _i({distances:i,last:t}){let e=Math.max(...t),s=t.findLastIndex(n=>n-e>=$i);return i[Math.
max(s,0)]}var xt=class{constructor(t,e){this.log=t,this.rows=e.map(n=>{let o=f("div",{class:"live-cells"}),r=f("span",{class:"\
live-reach"}),a=f("div",{class:"live-strip-head"},It(n),f("strong",{},n.title),r);return{cells:o,said:r,network:n,shown:"",
element:f("div",{class:"live-strip"},a,o)}});let s=f("p",{class:"live-scale","aria-hidden":"true"},u("a millionth"),x("s\
vg",{class:"live-ramp",viewBox:"0 0 100 10",preserveAspectRatio:"none"},...Fi()),u("all of it arrives"));this.element=f(
"div",{class:"live-strips"},...this.rows.map(({element:n})=>n),s)}show(t){for(let[e,s]of this.rows.entries()){let{step:n,
of:o}=this.log.runs[e].reach,r=L(n,t),a=r<0?"":`${n[r]} ${o[r].last.join()}`;a!==s.shown&&(s.shown=a,r<0?(s.cells.replaceChildren(),
s.cells.removeAttribute("role"),S(s.said,"")):Di(s,o[r]))}}};function Di({cells:i,said:t,network:e},s){let{distances:n,last:o}=s,
r=Math.max(...o),a=n.map((d,g)=>{let w=Math.max(1-(r-o[g])/-Ci,0),p=f("div",{class:"live-cell",title:u("{distance} token\
s back: 10^{power:.1f}",{distance:d,power:o[g]-r})},f("i",{}),f("span",{},E(d)));return p.firstChild.style.opacity=String(
vt+(1-vt)*w),p});i.replaceChildren(...a);let h=_i(s),c=h===n.at(-1)?$("A thousandth and more arrives from all {count} to\
ken back.","A thousandth and more arrives from all {count} tokens back.",h):$("A thousandth and more arrives from up to \
{count} token back.","A thousandth and more arrives from up to {count} tokens back.",h);S(t,c),k(i,"role","img"),k(i,"ar\
ia-label",`${e.title}. ${c}`)}function Fi(){return Array.from({length:10},(i,t)=>x("rect",{x:10*t,y:0,width:10,height:10,
opacity:vt+(1-vt)*t/9}))}function Yt(i,t,e,s){return f("button",{type:"button",class:"icon-button","aria-label":t,title:Bi(t,e),click:s},D(i))}function Bi(i,t){
return`${i} (${t})`}var Wi=400,kt=class{constructor(t){this.tell=t,this.steps=[],this.chosen=null,this.stepsPerEpoch=0,this.timer=void 0,this.
play=f("button",{type:"button",class:"icon-button play",click:()=>this.togglePlay()}),this.slider=f("input",{type:"range",
class:"slider",min:0,max:0,step:1,value:0,"aria-label":u("Moment of the training"),input:({target:e})=>this.choose(this.
steps[Number(e.value)])}),this.name=f("span",{class:"live-moment","data-moment":!0}),this.follow=f("button",{type:"butto\
n",class:"text-button live-follow",click:()=>this.toEnd()},u("Follow")),this.element=f("div",{class:"live-time",role:"gr\
oup","aria-label":u("Moments of the training")},Yt("back",u("Previous moment"),"←",()=>this.step(-1)),this.play,Yt("fo\
rward",u("Next moment"),"→",()=>this.step(1)),f("div",{class:"slider-box"},this.slider),this.name,this.follow),this.element.
classList.add("early"),this.showPlay()}get shown(){return this.chosen??1/0}take(t,e){this.steps=t,this.stepsPerEpoch=e,this.
element.classList.toggle("early",t.length<2),this.show()}choose(t){t!==void 0&&(this.chosen=t>=(this.steps.at(-1)??0)?null:
t,this.show(),this.tell(this.shown))}seek(t){let e=Math.max(L(this.steps,t),0),s=Math.min(e+1,this.steps.length-1);this.
pause(),this.choose(this.steps[t-this.steps[e]<=this.steps[s]-t?e:s])}get place(){return this.chosen===null?this.steps.length-
1:Math.max(L(this.steps,this.chosen),0)}step(t){this.pause(),this.choose(this.steps[Math.min(Math.max(this.place+t,0),this.
steps.length-1)])}toStart(){this.pause(),this.choose(this.steps[0])}toEnd(){this.pause(),this.chosen=null,this.show(),this.
tell(1/0)}togglePlay(){if(this.timer)return this.pause();this.chosen===null&&this.choose(this.steps[0]),this.timer=setInterval(
()=>{this.choose(this.steps[this.place+1]),this.chosen===null&&this.pause()},Wi),this.showPlay()}pause(){clearInterval(this.
timer),this.timer=void 0,this.showPlay()}show(){let t=Math.max(this.steps.length-1,0);k(this.slider,"max",String(t)),this.
slider.value=String(this.place),this.slider.style.setProperty("--done",`${t?100*this.place/t:100}%`);let e=this.say(this.
steps[this.place]??0);S(this.name,e),k(this.slider,"aria-valuetext",e),k(this.follow,"aria-pressed",String(this.chosen===
null))}say(t){let e=u("step {step}",{step:E(t)});return this.stepsPerEpoch?`${e} · ${u("epoch {epoch:.2f}",{epoch:t/this.
stepsPerEpoch})}`:e}showPlay(){let t=this.timer?u("Pause"):u("Play from the start");k(this.play,"aria-label",t),this.play.
title=t,this.play.replaceChildren(D(this.timer?"pause":"play"))}remove(){clearInterval(this.timer)}};var Ui=500,ji=3e3,Yi=300,Gi=6e4,Mt=class{constructor(t,e,s){this.data=t,this.onState=s,this.told=t.state,this.calm=Q();let{
networks:n,pins:o,parts:r}=t;this.log=new tt(n.length),this.feed=new gt(`${e}live/${t.job}/`,this.log,n.length,{basis:hs(
t.job),fit:"movement"}),this.status=new yt(n.map(({title:h})=>h)),this.status.begin(t.state),this.timebar=new kt(h=>this.
showAt(h));let a=h=>this.timebar.seek(h);this.curves=r.includes("curves")?ye(this.log,n,a):[],this.pins=r.includes("pins")?
ve(this.log,n,o,a):[],this.strips=r.includes("forgetting")?new xt(this.log,n):null,this.drift=r.includes("drift")?new dt(
this.feed,this.log,n,this.timebar,t.job):null,this.numbers=new wt(this.log,n,this.pins.length?o:[]),this.voice=f("p",{class:"\
unseen","aria-live":"polite","data-live":!0}),this.spoken={at:-1/0,state:""},this.end=0,this.growing=0,this.slowest=0,this.
element=f("div",{class:"player live",lang:t.speech.language,"data-live-job":t.job},this.status.element,this.timebar.element,
...r.map(h=>this.section(h)),this.numbers.element,this.voice),this.room=f("div",{class:"live-room"},this.element),this.unwatch=
re(this.element,()=>this.fit())}start(){this.fit(),this.drift?.dress(),this.poller=new K(()=>this.ask(),t=>this.status.lost(
t))}section(t){return{curves:()=>ds(u("While it learns"),"live-curves",this.curves),pins:()=>ds(u("Probability of positi\
ve of the pinned reviews"),"live-pins",this.pins),drift:()=>this.drift?.element??f("div"),forgetting:()=>f("section",{class:"\
live-section"},f("h2",{},u("How far back the gradient reaches, in tokens from the end of the reading")),...this.strips?[
this.strips.element]:[])}[t]?.()??f("div")}async ask(){try{let{news:t,came:e}=await this.feed.news(this.drift!==null),s=performance.
now();e&&this.drift?.take(),t&&this.take(),this.tellState(),this.measure(performance.now()-s)}catch(t){if(!(t instanceof
X))throw t;return this.status.gone(),{end:!0}}return this.next()}next(){let{job:t}=this.log;return t?t.ended?{end:!0}:t.
state==="waiting"&&(t.place??0)>1?{wait:ji}:this.log.reached||t.state==="paused"?{}:{wait:Ui}:{}}take(){let{log:t}=this;
this.status.show(t),this.timebar.take(t.moments(),t.runs[0].stepsPerEpoch);for(let s of this.charts)s.grow();let e=ce(t.
reached,t.steps);e===this.end||!this.end||this.calm()||document.visibilityState==="hidden"?(this.end=e,this.draw(e)):this.
growTo(e),this.showAt(this.timebar.shown),this.speak()}tellState(){let t=this.log.job?.state??this.told;t!==this.told&&(this.
told=t,this.onState(t))}get charts(){return[...this.curves,...this.pins]}draw(t){for(let e of this.charts)e.draw(t)}growTo(t){
let[e,s]=[this.end,performance.now()];this.end=t,cancelAnimationFrame(this.growing);let n=o=>{let r=Math.min(Math.max((o-
s)/Yi,0),1);this.draw(e+(t-e)*r),this.showCharts(),r<1&&(this.growing=requestAnimationFrame(n))};this.growing=requestAnimationFrame(
n)}showAt(t){this.showCharts(),this.strips?.show(t),this.drift?.go(t),this.numbers.show(t)}showCharts(){let{shown:t}=this.
timebar;for(let e of this.charts)e.show(Number.isFinite(t)?t:this.log.reached)}fit(){this.element.classList.toggle("narr\
ow",this.element.clientWidth<720);for(let t of this.charts)t.measure();this.draw(this.end||16),this.showCharts(),this.drift?.
layOut()}speak(){let{job:t}=this.log;if(!t)return;let e=bt(t),s=performance.now();if(e===this.spoken.state&&s-this.spoken.
at<Gi)return;this.spoken={at:s,state:e};let n=this.log.runs.flatMap(({valid:r},a)=>{let h=r.accuracy.at(-1);return h==null?
[]:[u("{network}: {share:.0%} of the valid reviews",{network:this.data.networks[a].title,share:h})]}),o=this.log.steps&&
this.log.reached?[u("step {step} of {steps}",{step:this.log.reached,steps:this.log.steps})]:[];S(this.voice,[e,...o,...n].
join(". "))}measure(t){this.slowest=Math.max(this.slowest,t,this.drift?.slowest??0),this.element.dataset.slowest=this.slowest.
toFixed(1)}update(t){this.data=t,this.told=t.state,this.poller?.revive()}remove(){cancelAnimationFrame(this.growing),this.
poller?.stop(),this.feed.stop(),this.timebar.remove(),this.drift?.remove(),this.unwatch(),this.room.remove()}};function ds(i,t,e){
let s=f("div",{class:`live-grid ${t}`},...e.map(({element:n})=>n));return f("section",{class:"live-section",hidden:!e.length},
f("h2",{},i),s)}var St=new WeakMap;function ms(i){let{data:t,parentElement:e}=i;Jt(t.speech);let s=new URL("./",window.location.href).href,
n=new Mt(t,s,o=>St.get(e)?.call.setTriggerValue("moved",o));return e.append(n.room),n.start(),f("canvas").getContext("2d")||
i.setStateValue("canvas",!1),n}function Vi(i){let t=i.parentElement,e=JSON.stringify({...i.data,state:null,told:null}),s=St.
get(t);s?s.drawn===e?s.live.update(i.data):(s.live.remove(),s.live=ms(i),s.drawn=e):(s={live:ms(i),drawn:e,call:i,calls:0},
St.set(t,s)),s.call=i;let[n,o]=[s,++s.calls];return()=>{o===n.calls&&(St.delete(t),n.live.remove())}}export{Vi as default};
