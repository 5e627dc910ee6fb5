var ot={en:"en-GB",ko:"ko-KR"},at=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,w={language:"en",messages:{}},N=new Map;function I(e){
w=e,N.clear()}function r(e,t){return j(w.messages[e]??e,t)}function f(e,t,s,i){return j(w.messages[e]??(s===1?e:t),{...i,count:s})}function z(e,t=0){
return G({minimumFractionDigits:t,maximumFractionDigits:t}).format(e)}function j(e,t){return t?e.replace(at,(s,i,o,a,l)=>{let c=t[i];if(typeof c=="string")return c;let u=Number(a??0);return G(
{style:l==="%"?"percent":"decimal",signDisplay:o?"always":"auto",minimumFractionDigits:u,maximumFractionDigits:u}).format(
c)}):e}function G(e){let t=JSON.stringify(e),s=N.get(t);return s||(s=new Intl.NumberFormat(ot[w.language]??w.language,e),
N.set(t,s)),s}var lt="http://www.w3.org/2000/svg";function n(e,t={},...s){return H(document.createElement(e),t,s)}function S(e,t={},...s){
return H(document.createElementNS(lt,e),t,s)}function H(e,t,s){for(let[i,o]of Object.entries(t))typeof o=="function"?e.addEventListener(
i,o):o===!0?e.setAttribute(i,""):o!==!1&&o!==null&&o!==void 0&&e.setAttribute(i,String(o));return e.append(...s),e}function h(e,t){
e.textContent!==t&&(e.textContent=t)}function Y(e,t,s){e.getAttribute(t)!==s&&e.setAttribute(t,s)}function W(e,t){let s,i=()=>{clearTimeout(s),s=setTimeout(e,t)};return i.cancel=()=>clearTimeout(s),i}function b(e){let t=e.getRootNode();return t instanceof ShadowRoot?b(t.host):e}function ct(e){return Math.min(1e3*2**(e-1),5e3)}var m=class{#e=!1;#s=!1;#t=!1;#n=!1;#i=0;#r;constructor(t,s,i){this.ask=
t,this.tell=s,this.drop=i,this.wake=()=>{document.visibilityState==="hidden"?clearTimeout(this.#r):this.#t&&this.drop?(this.#n=
!0,this.drop()):this.now()},document.addEventListener("visibilitychange",this.wake),window.addEventListener("online",this.
wake),window.addEventListener("pageshow",this.wake),this.now()}now(){this.#e||this.#s||this.#t||(clearTimeout(this.#r),this.#o())}async#o(){
this.#t=!0;let t=1e3;try{let s=await this.ask();this.#i&&this.tell(0),this.#i=0,t=s.wait??1e3,this.#s=!!s.end}catch(s){if(this.#e)
return;this.#n?t=0:(!(s instanceof TypeError)&&!(s instanceof DOMException)&&console.error(s),this.#i+=1,this.tell(this.#i),
t=ct(this.#i))}finally{this.#t=!1}this.#n&&(t=0),this.#n=!1,!(this.#e||this.#s||document.visibilityState==="hidden")&&(this.#r=
setTimeout(()=>this.now(),t))}revive(){this.#s=!1,this.now()}stop(){this.#e=!0,clearTimeout(this.#r),document.removeEventListener(
"visibilitychange",this.wake),window.removeEventListener("online",this.wake),window.removeEventListener("pageshow",this.
wake)}};var ht=[["huge",90],["large",220],["medium",520],["small",1100]];function B(e){let t=e.match(/[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]/g)?.
length??0;return ht.find(([,s])=>e.length+t<=s)?.[0]??"tiny"}function y(e){let t=Math.ceil(e.length/2);return`${e.slice(
0,t)} ${e.slice(t)}`}function C({code:e,link:t,place:s,qr:i,trouble:o}){let a=n("div",{class:"invite-said"},n("p",{class:"\
invite-how"},r("Open this address on a phone")),n("p",{class:"invite-place"},s),n("p",{class:"invite-how"},r("and type t\
he code")),n("p",{class:"invite-code","aria-label":[...e].join(" ")},y(e)));return o&&a.append(n("p",{class:"stage-troub\
le"},o)),n("div",{class:"invite"},a,n("figure",{class:"invite-qr"},n("img",{src:i,alt:r("QR code of the address {link}",
{link:t})}),n("figcaption",{},r("or point the camera here"))))}function T(e){return f("{count} here","{count} here",e)}var M=class{constructor(){
this.said=n("p",{class:"turnout-said"}),this.done=n("i",{}),this.track=n("div",{class:"turnout-bar",role:"progressbar","\
aria-label":r("Votes"),"aria-valuemin":0,"aria-valuemax":100},this.done),this.element=n("div",{class:"turnout"},this.said,
this.track)}show(t,s){let i=s?Math.min(t/s,1):0;h(this.said,$(t,s)),this.done.style.transform=`scaleX(${i.toFixed(4)})`,
Y(this.track,"aria-valuenow",String(Math.round(100*i)))}};function $(e,t){return t?e>=t?f("{count} has voted: everybody.",
"{count} have voted: everybody.",e):f("{count} of {joined} has voted","{count} of {joined} have voted",e,{joined:t}):r("\
Nobody has joined yet.")}var p=class extends Error{},v=class{#e=new AbortController;#s=!1;#t=!1;constructor(t,s,i){this.base=t,this.headers=s,this.
version=i}async next(){let t=new AbortController;if(this.#s)throw new TypeError("stopped");this.#e=t;let s=setTimeout(()=>t.
abort(),4e4),i=this.#t?-1:this.version;this.#t=!0;try{let o=await fetch(`${this.base}tally?after=${i}`,{headers:this.headers,
signal:t.signal,cache:"no-store"});if([401,403,404,410].includes(o.status))throw new p;if(!o.ok)throw new TypeError(`the\
 server answered ${o.status}`);let a=ut(await o.json());return this.#t=!1,a.version===this.version?null:(this.version=a.
version,a)}finally{clearTimeout(s)}}get reply(){return{wait:30}}stop(){this.#s=!0,this.#e.abort()}};function ut(e){let t=s=>Array.
isArray(s)&&s.length===4?s.map(Number):null;return{version:Number(e.version),phase:e.phase,question:e.question??null,joined:Number(
e.joined)||0,votes:Number(e.votes)||0,positive:t(e.positive),negative:t(e.negative),view:e.view??null}}function dt({pathname:e,search:t}){return e.slice(e.lastIndexOf("/")+1)+t}var x=class{constructor(t,s,i){this.data=t,this.
send=i,this.numbers=t.numbers,this.told=t.numbers.view,this.name=n("b",{},r("Class {code}",{code:y(t.code)})),this.here=
n("span",{class:"bar-here"}),this.said=n("span",{class:"bar-said",role:"status"}),this.show=n("button",{type:"button",class:"\
bar-button worth",click:()=>this.showView()}),this.stop=n("button",{type:"button",class:"bar-button",click:()=>this.send(
"stop",!0)},r("Stop showing")),this.home=n("button",{type:"button",class:"bar-button",click:()=>this.send("home",!0)},r(
"To the class")),this.room=n("aside",{class:"player class-bar",lang:t.speech.language,"aria-label":r("Your class"),"data\
-class":t.code},n("p",{class:"bar-class"},this.name,this.here),this.said,n("div",{class:"bar-buttons"},this.show,this.stop,
this.home)),this.tallies=new v(`${s}class/${t.code}/`,t.headers,t.numbers.version)}start(){this.draw(),this.poller=new m(
()=>this.ask(),()=>{})}isOf(t){return t.code===this.data.code&&t.speech.language===this.data.speech.language}update(t){this.
data=t,t.numbers.version>=this.numbers.version&&(this.numbers=t.numbers),this.told=t.numbers.view,this.draw()}async ask(){
try{let t=await this.tallies.next();t&&(this.numbers=t,this.draw(),t.view!==this.told&&(this.told=t.view,this.send("move\
d",t.view)))}catch(t){if(!(t instanceof p))throw t;return this.send("moved",null),{end:!0}}return this.tallies.reply}draw(){
let{joined:t,view:s}=this.numbers;h(this.here,T(t));let{shown:i}=this.data;h(this.said,s===null||!i?"":r("The phones sho\
w {page}.",{page:i})),h(this.show,s===null?r("Show this view to the class"):r("Show this view instead")),this.stop.hidden=
s===null}showView(){this.send("show",dt(window.location))}remove(){this.poller?.stop(),this.tallies.stop(),this.room.remove()}};var pt=3e3;function U(e,t){let s=!1;vt(e),e.addEventListener("keydown",ft);let i=()=>{let c=document.fullscreenElement?.
contains(b(e));s&&!c&&(s=!1,t())};document.addEventListener("fullscreenchange",i);let o=c=>{e.classList.add("presenting");
let u=()=>e.classList.contains("presenting")&&gt(e);!c||!e.requestFullscreen?u():e.requestFullscreen().then(()=>{s=!0},u)},
a=()=>{e.classList.remove("presenting"),wt(e),s&&document.exitFullscreen&&document.exitFullscreen().catch(()=>{}),s=!1};
return{enter:o,leave:a,destroy:()=>{document.removeEventListener("fullscreenchange",i),a()}}}function ft(e){let t=e.currentTarget;
if(e.key!=="Tab"||!t.classList.contains("presenting"))return;let i=[...t.querySelectorAll("a[href], button, input, selec\
t, summary, [tabindex]")].filter(mt),[o,a]=e.shiftKey?[i[0],i.at(-1)]:[i.at(-1),i[0]];e.target!==o||!(a instanceof HTMLElement)||
(a.focus(),e.preventDefault())}function mt(e){return!e.matches(":disabled, [tabindex='-1']")&&e.getClientRects().length>
0}function vt(e){let t=W(()=>{e.querySelector(".controls :focus-visible")||e.classList.remove("awake")},pt),s=({type:i,target:o})=>{
i==="focusin"&&o instanceof Element&&!o.closest(".controls")||(e.classList.add("awake"),t())};for(let i of["pointermove",
"pointerdown","focusin","focusout"])e.addEventListener(i,s)}function gt(e){e.showPopover&&(e.setAttribute("popover","man\
ual"),e.showPopover())}function wt(e){e.hasAttribute("popover")&&e.hidePopover(),e.removeAttribute("popover")}var bt={play:{fill:"M6 3.5v13l11-6.5z"},pause:{fill:"M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z"},first:{fill:"M3.5 4h2v12h-2\
zM16.5 4v12l-9.5-6z"},last:{fill:"M14.5 4h2v12h-2zM3.5 4v12l9.5-6z"},back:{line:"M12.5 4.5L7 10l5.5 5.5"},forward:{line:"\
M7.5 4.5L13 10l-5.5 5.5"},lasso:{line:"M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 \
5.8c-1 0-2-.1-2.9-.4M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5"},zoomIn:{line:"M10 4v\
12M4 10h12"},zoomOut:{line:"M4 10h12"},reset:{line:"M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"},trails:{line:"M3 16C6 16 5 \
9 9 9s2 3 5-1",fill:"M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"},size:{fill:"M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5\
 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z"},scales:{line:"M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2"},labels:{line:"M\
3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5"},present:{line:"M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7"},download:{line:"M10 3v9.5M\
6 9l4 4 4-4M3.5 16.5h13"},more:{fill:"M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1\
.6 0 0 1 0-3.2zM15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z"},close:{line:"M5.5 5.5l9 9M14.5 5.5l-9 9"},search:{line:"\
M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17"}};function _(e){let{fill:t,line:s}=bt[e],i=S("svg",{viewBox:"\
0 0 20 20",width:18,height:18,"aria-hidden":"true"});return s&&i.append(S("path",{d:s,class:"icon-line"})),t&&i.append(S(
"path",{d:t,class:"icon-fill"})),i}var F={positive:"●",negative:"◆",undecided:"○"};function Q(e,t){let s=e.map((o,a)=>({sure:a+1,positive:o,negative:t[a]??
0})).reverse(),i=o=>o.reduce((a,l)=>a+l,0);return{rows:s,positive:i(e),negative:i(t),most:Math.max(1,...e,...t)}}function yt(e){
return[r("a guess"),r("a little sure"),r("quite sure"),r("certain")][e-1]}function J({positive:e,negative:t}){let s=e+t;
if(!s)return r("Nobody has voted.");if(e===t)return r("The class is split in half.");let i=Math.max(e,t)/s;return e>t?r(
"{share:.0%} of the class say positive.",{share:i}):r("{share:.0%} of the class say negative.",{share:i})}function X(e){
let t=(i,o)=>n("th",{scope:"col",class:`split-head ${i}`},n("span",{class:"split-mark","aria-hidden":"true"},F[i]),n("sp\
an",{class:"split-name"},o),n("b",{class:"split-total"},z(e[i]))),s=(i,o)=>{let a=n("i",{class:"split-bar","aria-hidden":"\
true",hidden:!o});return a.style.setProperty("--share",(o/e.most).toFixed(4)),n("td",{class:`split-cell ${i}`},n("span",
{class:"split-track"},a,n("span",{class:"split-count"},z(o))))};return n("table",{class:"split"},n("caption",{class:"uns\
een"},f("{count} vote","{count} votes",e.positive+e.negative)),n("thead",{},n("tr",{},t("negative",r("negative")),n("th",
{scope:"col",class:"split-how"},r("how sure")),t("positive",r("positive")))),n("tbody",{},...e.rows.map(i=>n("tr",{},s("\
negative",i.negative),n("th",{scope:"row",class:"split-how"},yt(i.sure)),s("positive",i.positive)))))}function R(e){let[t,...s]=e.filter(({of:a})=>a);if(!t||t.name||!s.length)return r("The results");let i=({right:a,of:l,ours:c})=>(a-
c)/l,o=s.reduce((a,l)=>i(l)>i(a)?l:a);return i(o)===0?r("The class and {model} are level",{model:o.name}):i(o)<0?r("The \
class is ahead of every model"):r("{model} is ahead of the class",{model:o.name})}function Z(e){let t=e.filter(({of:i})=>i),
s=t.map(({name:i,right:o,of:a,ours:l})=>{let c=n("i",{class:i?"standing-bar":"standing-bar of-class"});return c.style.width=
`${(100*o/a).toFixed(2)}%`,n("tr",{},n("th",{scope:"row",class:"verdict-name"},i||r("The class")),n("td",{class:"standin\
g-track","aria-hidden":"true"},c),n("td",{class:"standing-said"},a===t[0].of?r("{right} of {of} right",{right:o,of:a}):r(
"{right} of {of} right (the class: {ours})",{right:o,of:a,ours:l})))});return n("div",{class:"standings-room"},n("p",{class:"\
standings-said"},R(t)),n("table",{class:"verdicts standings"},n("tbody",{},...s)))}function E(e){let{phase:t,hasVerdicts:s,hasTruth:i}=e;return t==="ended"?null:t==="voting"?{act:"close",label:r("Close t\
he votes")}:t==="following"?{act:"back",label:r("Stop showing it")}:t==="closed"&&s?{act:"verdicts",label:r("What do the\
 models say?")}:(t==="closed"||t==="verdicts")&&i?{act:"truth",label:r("Show the truth")}:e.hasNext?{act:"ask",label:e.number||
e.closed?r("Next question"):r("Ask the first question")}:e.closed&&t!=="results"?{act:"results",label:r("Show the result\
s")}:null}function tt(e){let{phase:t}=e,s=[];t==="closed"&&s.push({act:"reopen",label:r("Open the votes again")}),(t==="\
voting"||t==="closed")&&s.push({act:"skip",label:r("Skip this question")});let i=t==="closed"||t==="verdicts"||t==="trut\
h"||t==="lobby";return e.closed&&i&&E(e)?.act!=="results"&&s.push({act:"results",label:r("Show the results")}),s}function et(e,t){
return e===" "||e==="ArrowRight"||t&&e==="PageDown"}function st(e){return e.toFixed(3)==="0.500"?"undecided":e>.5?"positive":"negative"}function L(e){return{positive:r("pos\
itive"),negative:r("negative"),undecided:r("undecided")}[e]}function V(e,t){return n("span",{class:`side ${e}`},n("span",
{class:"side-mark","aria-hidden":"true"},F[e]),t)}function xt(e){let t=st(e);return t==="undecided"?L(t):r("{side} {shar\
e:.0%}",{side:L(t),share:t==="positive"?e:1-e})}function it(e,t,s){let i=[...e?[e]:[],...t];return n("table",{class:"ver\
dicts"},n("caption",{class:"unseen"},r("What the class and the models say")),n("tbody",{},...i.map(o=>{let a=st(o.share),
l=n("i",{class:`scale-dot ${a}`});return l.style.insetInlineStart=`${(100*o.share).toFixed(2)}%`,n("tr",{class:o===e?"of\
-class":"of-model"},n("th",{scope:"row",class:"verdict-name"},o.name),n("td",{class:"verdict-scale","aria-hidden":"true"},
n("span",{class:"scale"},l)),n("td",{class:"verdict-said"},V(a,xt(o.share))),n("td",{class:"verdict-right"},...s===null?
[]:[kt(a,s)]))})))}function kt(e,t){if(e==="undecided")return n("span",{},"–");let s=e==="positive"==(t===1);return n(
"span",{class:s?"is-right":"is-wrong"},n("span",{"aria-hidden":"true"},s?"✓ ":"✗ "),s?r("right"):r("wrong"))}var St=8e3,Mt=6e3,k=class{constructor(t,s,i){this.data=t,this.send=i,this.numbers=t.numbers,this.told=d(t.numbers),this.
here=n("p",{class:"stage-here"}),this.turnout=new M,this.codeShown=!1,this.spokenAt=0,this.spoke="";let{code:o,place:a}=t.
invitation;this.trouble=n("p",{class:"stage-trouble",hidden:!0}),this.voice=n("p",{class:"unseen",role:"status","aria-li\
ve":"polite"}),this.body=n("div",{class:"stage-body"}),this.others=n("div",{class:"stage-others"}),this.main=n("button",
{type:"button",class:"stage-main",click:()=>this.next()}),this.keys=n("p",{class:"stage-keys"},r("Space or → does the sa\
me.")),this.invite=n("button",{type:"button",class:"stage-button",click:()=>this.toggleCode()}),this.full=n("button",{type:"\
button",class:"stage-button stage-full",click:()=>this.togglePresent()},_("present"),n("span",{},r("Full screen"))),this.
code=n("p",{class:"stage-code"},n("b",{},y(o)),n("span",{class:"stage-place"},a)),this.element=n("section",{class:"playe\
r stage","data-class":o,lang:t.speech.language,"aria-label":r("The class")},n("header",{class:"stage-top"},this.code,this.
here,this.invite,this.full),this.trouble,this.body,n("footer",{class:"stage-steps"},this.others,n("div",{class:"stage-fo\
rward"},this.keys,this.main)),this.voice),this.room=n("div",{class:"stage-room"},this.element),this.presenting=!1,this.presentation=
U(this.element,()=>this.leftPresentation()),this.tallies=new v(`${s}class/${o}/`,t.headers,t.numbers.version),this.hear=
l=>this.onKey(l),document.addEventListener("keydown",this.hear)}start(){this.draw(),this.poller=new m(()=>this.ask(),t=>this.
lost(t))}isOf(t){return t.invitation.code===this.data.invitation.code&&t.speech.language===this.data.speech.language}update(t){
let s=d(this.numbers);this.data=t,t.numbers.version>=this.numbers.version&&(this.numbers=t.numbers),this.told=d(t.numbers),
this.release(),d(this.numbers)!==s&&(this.codeShown=!1),this.draw(),this.tell()}async ask(){try{let t=await this.tallies.
next();t&&this.take(t)}catch(t){if(!(t instanceof p))throw t;return this.send("moved","ended"),{end:!0}}return this.tallies.
reply}take(t){let s=d(this.numbers);this.numbers=t,d(t)===s&&t.phase==="voting"?this.count():d(t)===s&&this.draw(),this.
tell()}tell(){let t=d(this.numbers);t!==this.told&&(this.told=t,this.send("moved",t))}get known(){return{...this.data.known,
phase:this.data.numbers.phase}}draw(){let{phase:t}=this.data.numbers;this.element.dataset.phase=t,this.body.replaceChildren(
...this.codeShown?[C(this.data.invitation)]:this.parts(t)),this.code.hidden=this.codeShown||t==="lobby",this.invite.hidden=
t==="lobby",h(this.invite,this.codeShown?r("Hide the code"):r("Show the code large")),this.drawSteps(),this.count()}drawSteps(){
let t=E(this.known);this.main.hidden=this.keys.hidden=!t,h(this.main,t?.label??""),this.others.replaceChildren(...tt(this.
known).map(({act:s,label:i})=>n("button",{type:"button",class:"stage-button","data-act":s,click:()=>this.act(s)},i)))}count(){
let{joined:t,votes:s,phase:i}=this.numbers;h(this.here,T(t)),this.turnout.show(s,t),i==="voting"&&this.say($(s,t),s>=t&&
t>0)}parts(t){let{question:s,verdicts:i,truth:o,invitation:a,shown:l}=this.data;if(t==="following")return this.say(r("Th\
e phones show {page}.",{page:l}),!0),[n("p",{class:"stage-following"},r("The phones show {page}.",{page:l}))];if(t==="re\
sults"){let O=this.data.standings??[];return this.say(R(O),!0),O.length?[Z(O)]:[]}if(!s)return[C(a)];let{number:c}=this.
data.known,u=n("figure",{class:"stage-review"},n("figcaption",{},r("Question {number}",{number:c})),n("blockquote",{class:`\
review-text ${B(s.text)}`},s.text));if(t==="voting")return[u,this.turnout.element];let{positive:q,negative:K}=this.numbers;
if(!q||!K)return[u];let g=Q(q,K),D=g.positive+g.negative,rt=D?{name:r("The class"),share:g.positive/D}:null,P=[u,X(g)];return t!==
"closed"&&i&&P.push(it(rt,i,o)),t==="truth"&&o!==null&&P.push(Et(o)),t==="closed"?this.say(J(g),!0):t==="truth"&&o!==null?
this.say(Tt(o),!0):this.say(r("The models have said what they think."),!0),[n("div",{class:"stage-after"},...P)]}say(t,s){
t===this.spoke||!s&&Date.now()-this.spokenAt<St||(this.spoke=t,this.spokenAt=Date.now(),h(this.voice,t))}next(){let t=E(
this.known);t&&this.act(t.act)}act(t){if(this.waiting)return;this.waiting=setTimeout(()=>this.release(),Mt),this.element.
classList.add("busy"),this.main.setAttribute("aria-disabled","true");let{phase:s,question:i}=this.data.numbers;this.send(
"act",{act:t,phase:s,question:i})}release(){clearTimeout(this.waiting),this.waiting=void 0,this.element.classList.remove(
"busy"),this.main.removeAttribute("aria-disabled")}toggleCode(){this.codeShown=!this.codeShown,this.draw()}togglePresent(){
this.presenting?this.presentation.leave():this.presentation.enter(!0),this.presenting=!this.presenting,this.drawPresenting()}leftPresentation(){
this.presentation.leave(),this.presenting=!1,this.drawPresenting()}drawPresenting(){let t=this.full.querySelector("span");
t&&h(t,this.presenting?r("Leave full screen"):r("Full screen"))}onKey(t){if(t.altKey||t.ctrlKey||t.metaKey||t.defaultPrevented||
t.isComposing||t.repeat)return;let s=t.composedPath().includes(this.element),i=t.target instanceof Node&&t.target.contains(
b(this.element));if(t.key==="Escape"&&this.presenting&&(s||i))return this.togglePresent();if(!et(t.key,this.presenting)||
!(s||i))return;let o=t.composedPath()[0];t.key===" "&&o instanceof HTMLElement&&o.localName==="button"||(t.preventDefault(),
t.stopPropagation(),this.next())}lost(t){this.trouble.hidden=t<2,h(this.trouble,t<2?"":r("The connection is lost. Trying\
 again; no vote is lost."))}remove(){document.removeEventListener("keydown",this.hear),this.release(),this.poller?.stop(),
this.tallies.stop(),this.presentation.destroy(),this.room.remove()}};function d({phase:e,question:t}){return`${e} ${t??""}`}
function Tt(e){return e===1?r("The truth: this review is positive."):r("The truth: this review is negative.")}function Et(e){
let t=e===1?"positive":"negative";return n("p",{class:"stage-truth","data-truth":e},n("span",{class:"truth-name"},r("The\
 truth")),V(t,L(t)))}var A=new WeakMap;function nt(e){let{data:t,parentElement:s}=e;if(window.self!==window.top)return null;I(t.speech);let i=new URL(
"./",window.location.href).href,o=(l,c)=>A.get(s)?.call.setTriggerValue(l,c),a=t.part==="stage"?new k(t,i,o):new x(t,i,o);
return s.append(a.room),a.start(),a}function Lt(e){let{data:t,parentElement:s}=e,i=A.get(s);i?i.view instanceof k&&t.part===
"stage"&&i.view.isOf(t)||i.view instanceof x&&t.part==="bar"&&i.view.isOf(t)?(i.call=e,i.view.update(t)):(i.view?.remove(),
i.view=nt(e)):(i={view:null,call:e,calls:0},A.set(s,i),i.view=nt(e)),i.call=e;let[o,a]=[i,++i.calls];return()=>{a===o.calls&&
(A.delete(s),o.view?.remove())}}export{Lt as default};
