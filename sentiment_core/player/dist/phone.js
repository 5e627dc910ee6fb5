"use strict";(()=>{var Q=s=>{throw TypeError(s)};var G=(s,t,e)=>t.has(s)||Q("Cannot "+e);var l=(s,t,e)=>(G(s,t,"read from private field"),e?e.call(s):t.get(s)),m=(s,t,e)=>t.has(s)?Q("Cannot add the same privat\
e member more than once"):t instanceof WeakSet?t.add(s):t.set(s,e),d=(s,t,e,i)=>(G(s,t,"write to private field"),i?i.call(
s,e):t.set(s,e),e),z=(s,t,e)=>(G(s,t,"access private method"),e);var vt={en:"en-GB",ko:"ko-KR"},yt=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,T={language:"en",messages:{}},J=new Map;function Z(s){
T=s,J.clear()}function X(){return T}function o(s,t){var e;return tt((e=T.messages[s])!=null?e:s,t)}function S(s,t,e,i){var r;
return tt((r=T.messages[s])!=null?r:e===1?s:t,{...i,count:e})}function tt(s,t){return t?s.replace(yt,(e,i,r,a,h)=>{let c=t[i];if(typeof c=="string")return c;let u=Number(a!=null?a:0);
return bt({style:h==="%"?"percent":"decimal",signDisplay:r?"always":"auto",minimumFractionDigits:u,maximumFractionDigits:u}).
format(c)}):s}function bt(s){var i;let t=JSON.stringify(s),e=J.get(t);return e||(e=new Intl.NumberFormat((i=vt[T.language])!=
null?i:T.language,s),J.set(t,e)),e}var xt="http://www.w3.org/2000/svg";function n(s,t={},...e){return et(document.createElement(s),t,e)}function j(s,t={},...e){
return et(document.createElementNS(xt,s),t,e)}function et(s,t,e){for(let[i,r]of Object.entries(t))typeof r=="function"?s.
addEventListener(i,r):r===!0?s.setAttribute(i,""):r!==!1&&r!==null&&r!==void 0&&s.setAttribute(i,String(r));return s.append(
...e),s}function f(s,t){s.textContent!==t&&(s.textContent=t)}function st(s,t,e){s.getAttribute(t)!==e&&s.setAttribute(t,
e)}var it="ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",U="ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
Y=" ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";var kt="ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",Tt="QWERTYU\
IOPASDFGHJKLZXCVBNMQWERTOP",St={ㅘ:"HK",ㅙ:"HO",ㅚ:"HL",ㅝ:"NJ",ㅞ:"NP",ㅟ:"NL",ㅢ:"ML",ㄳ:"RT",ㄵ:"SW",ㄶ:"SG",
ㄺ:"FR",ㄻ:"FA",ㄼ:"FQ",ㄽ:"FT",ㄾ:"FX",ㄿ:"FV",ㅀ:"FG",ㅄ:"QT"};function _(s,t,e){let r=Array.from(s.normalize(
"NFC"),Lt).join("").toUpperCase().replace(/[^A-Z0-9]/g,"").slice(0,e),a=Array.from(new Set(r)).filter(h=>!t.includes(h));
return{code:r,whole:r.length===e&&!a.length,strange:a}}function Lt(s){var e;let t=((e=s.codePointAt(0))!=null?e:0)-44032;
if(t>=0&&t<it.length*U.length*Y.length){let[i,r]=ot(t,U.length*Y.length),[a,h]=ot(r,Y.length);return[it[i],U[a],Y[h]].map(
nt).join("")}return nt(s)||s.normalize("NFKC")}function nt(s){var e;let t=kt.indexOf(s);return t<0?(e=St[s])!=null?e:"":
Tt[t]}function ot(s,t){return[Math.floor(s/t),s%t]}var p=class extends Error{constructor(t,e){super(t),this.reason=t,this.wait=e}},L=class{constructor(t){this.base=t,this.
polling=null}async seat(){await this.ask("/seat",{method:"POST",body:"{}"})}async state(t){let e=new AbortController;this.
polling=e;try{return await this.ask(`/state?after=${t}`,{},45e3,e)}finally{this.polling===e&&(this.polling=null)}}drop(){
this.polling&&this.polling.abort()}async vote(t){await this.ask("/vote",{method:"POST",body:JSON.stringify(t)})}async mine(){
return this.ask("/mine",{})}async ask(t,e,i=1e4,r=new AbortController){let a=setTimeout(()=>r.abort(),i);try{let h=e.body?
{"Content-Type":"application/json"}:void 0,c=r.signal,u=await fetch(this.base+t,{cache:"no-store",credentials:"same-orig\
in",headers:h,signal:c,...e});if(u.ok)return await u.json();throw await Et(u)}finally{clearTimeout(a)}}};async function Et(s){
let t="";try{t=(await s.json()).error}catch(e){}return s.status>=500||typeof t!="string"||!t?new TypeError(`the server a\
nswered ${s.status}`):new p(t,Number(s.headers.get("retry-after"))||0)}function w(s){return s?o("positive"):o("negative")}function E(s){return[o("a guess"),o("a little sure"),o("quite sure"),
o("certain")][s-1]}function P({reason:s,wait:t}){return s==="full"?o("This class is full. Look at the projector together\
 with somebody."):s==="too-many"?Ot(t):s==="other-origin"?o("This address cannot be used to join a class. Tell the teach\
er."):s==="ended"?o("This class has ended."):o("There is no class with this code. Compare it with the projector.")}function Ot(s){
let t=Math.ceil(s/60);return t?S("Too many wrong codes came from here. Try again in {count} minute.","Too many wrong cod\
es came from here. Try again in {count} minutes.",t):o("Too many wrong codes came from here. Wait some minutes, then try\
 again.")}var $=class{constructor(t,e){this.given=t,this.place=e,this.asking=!1,this.typed=_("",t.alphabet,t.length),this.said=o("\
Enter the code that the projector shows."),this.box=n("input",{id:"code",name:"code",type:"text",inputmode:"text",enterkeyhint:"\
go",required:!0,autocomplete:"off",autocapitalize:"characters",autocorrect:"off",spellcheck:"false",lang:"en","aria-desc\
ribedby":"problem",input:i=>this.read(i.isComposing),compositionend:()=>this.read(!1)}),this.problem=n("p",{class:"probl\
em",id:"problem",role:"status"}),this.button=n("button",{type:"submit",class:"main-button"},o("Join")),this.element=n("f\
orm",{class:"join",novalidate:!0,submit:i=>this.send(i)},n("h1",{tabindex:"-1"},o("Join a class")),n("label",{for:"code"},
this.said),n("div",{class:"boxes"},this.box),this.problem,this.button,n("p",{class:"small"},o("No name is asked for, and\
 nothing is kept after the class."))),this.element.style.setProperty("--length",String(t.length))}update(){}read(t){this.
typed=_(this.box.value,this.given.alphabet,this.given.length);let{code:e,strange:i}=this.typed;!t&&this.box.value!==e&&(this.
box.value=e),f(this.problem,i.length?Nt(i,this.given.alphabet):"")}async send(t){t.preventDefault(),this.read(!1);let{code:e,
whole:i,strange:r}=this.typed;if(!i){r.length||f(this.problem,o("A code has {length} letters and digits.",{length:this.given.
length})),this.box.focus();return}if(!this.asking){this.asking=!0,f(this.problem,o("Joining the class …"));try{await new L(
`${this.place.join}/${e}`).seat(),window.location.href=`${this.place.join}/${e}${window.location.search}`}catch(a){f(this.
problem,a instanceof p?P(a):o("No connection. Try again.")),this.box.focus()}finally{this.asking=!1}}}};function Nt(s,t){
let e=Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(i=>!t.includes(i));return o("No code has {signs}. Look a\
t that place again: codes do without {missing}, which look like others.",{signs:s.join(" "),missing:e.join(", ")})}function V(s){return Math.min(1e3*2**(s-1),5e3)}var v,y,b,x,g,k,F,rt,D=class{constructor(t,e,i){m(this,F);m(this,v,!1);m(
this,y,!1);m(this,b,!1);m(this,x,!1);m(this,g,0);m(this,k);this.ask=t,this.tell=e,this.drop=i,this.wake=()=>{document.visibilityState===
"hidden"?clearTimeout(l(this,k)):l(this,b)&&this.drop?(d(this,x,!0),this.drop()):this.now()},document.addEventListener("\
visibilitychange",this.wake),window.addEventListener("online",this.wake),window.addEventListener("pageshow",this.wake),this.
now()}now(){l(this,v)||l(this,y)||l(this,b)||(clearTimeout(l(this,k)),z(this,F,rt).call(this))}revive(){d(this,y,!1),this.
now()}stop(){d(this,v,!0),clearTimeout(l(this,k)),document.removeEventListener("visibilitychange",this.wake),window.removeEventListener(
"online",this.wake),window.removeEventListener("pageshow",this.wake)}};v=new WeakMap,y=new WeakMap,b=new WeakMap,x=new WeakMap,
g=new WeakMap,k=new WeakMap,F=new WeakSet,rt=async function(){var e;d(this,b,!0);let t=1e3;try{let i=await this.ask();l(
this,g)&&this.tell(0),d(this,g,0),t=(e=i.wait)!=null?e:1e3,d(this,y,!!i.end)}catch(i){if(l(this,v))return;l(this,x)?t=0:
(!(i instanceof TypeError)&&!(i instanceof DOMException)&&console.error(i),d(this,g,l(this,g)+1),this.tell(l(this,g)),t=
V(l(this,g)))}finally{d(this,b,!1)}l(this,x)&&(t=0),d(this,x,!1),!(l(this,v)||l(this,y)||document.visibilityState==="hid\
den")&&d(this,k,setTimeout(()=>this.now(),t))};var q=class{constructor(t,e){this.server=t,this.tell=e,this.vote=null,this.failures=0,this.asking=!1,this.stopped=!1,this.
timer=void 0}send(t){return this.vote=t,this.failures=0,this.tell("sending",t),this.now()}async now(){let{vote:t}=this;if(!t||
this.asking||this.stopped)return;clearTimeout(this.timer),this.asking=!0;let e="sent";try{await this.server.vote(t)}catch(i){
e=await this.after(i)}finally{this.asking=!1}if(this.vote!==t){await this.now();return}e==="waiting"?this.timer=setTimeout(
()=>this.now(),V(++this.failures)):this.vote=null,this.tell(e,t)}async after(t){if(!(t instanceof p))return"waiting";if(t.
reason!=="no-seat")return t.reason==="too-many"?"waiting":"late";try{await this.server.seat()}catch(e){}return"waiting"}stop(){
this.stopped=!0,clearTimeout(this.timer)}};function M(s){return s.reduce((t,e)=>t+e,0)}function R({phase:s,question:t,view:e}){return JSON.stringify([s,t?t.id:"",e])}
function at(s,t,e){if(s===null||!/^[a-z_]*([?#]|$)/.test(s))return null;let i=new URL(s,t),r=i.pathname.slice(new URL(t).
pathname.length);return i.href.startsWith(t)&&e.includes(r)?i.href:null}var ht=1e3,Rt=15,W=class{constructor(t,e){this.server=t,this.changed=e,this.seated=!1,this.state=null,this.refusal=null,
this.failures=0,this.votes=new Map,this.drafts=new Map,this.score=null,this.progress="none",this.tooLate=null,this.delivery=
new q(t,(i,r)=>this.delivered(i,r))}start(){this.poller=new D(()=>this.ask(),t=>this.heard(t),()=>this.server.drop())}async ask(){
this.delivery.now();try{this.seated||await this.sitDown();let t=Date.now(),e=await this.server.state(this.state&&!this.failures?
this.state.version:-1),i=!this.state||e.version!==this.state.version;return await this.take(e),{wait:i||Date.now()-t>=ht?
0:ht,end:e.phase==="ended"}}catch(t){if(t instanceof p)return this.refused(t);throw t}}async sitDown(){await this.server.
seat();let t=await this.server.mine();for(let e of t.votes)this.votes.set(e.question,e);this.score=t.score,this.seated=!0}async take(t){
let e=this.state;this.state=t,this.refusal=null,(!e||R(e)!==R(t))&&(t.question&&this.delivery.vote&&this.delivery.vote.question===
t.question.id||(this.progress="none")),t.phase==="ended"&&this.delivery.stop(),this.changed(),t.phase==="results"&&(e==null?
void 0:e.phase)!=="results"&&(this.score=(await this.server.mine()).score,this.changed())}refused({reason:t,wait:e}){if(t===
"no-seat")return this.seated=!1,{};this.refusal={reason:t,wait:e},this.changed();let i=t==="too-many"||t==="full";return{
wait:1e3*(e||Rt),end:!i}}heard(t){this.failures=t,this.changed()}vote(t,e){var i;(i=this.state)!=null&&i.question&&(this.
tooLate=null,this.delivery.send({question:this.state.question.id,positive:t,sure:e}))}delivered(t,e){t==="sent"&&this.votes.
set(e.question,e),t==="late"&&(this.tooLate=e.question);let i=this.state?this.state.question:null;i&&i.id===e.question&&
(this.progress=t),this.changed()}get own(){var e;let t=this.state?this.state.question:null;return t&&(e=this.votes.get(t.
id))!=null?e:null}draftOf(t){var a,h;let{positive:e=null,sure:i=null}=(a=this.votes.get(t))!=null?a:{},r=(h=this.drafts.
get(t))!=null?h:{positive:e,sure:i};return this.drafts.set(t,r),r}};function ct(s,{base:t,pages:e}){let i=at(s,t,e),r=o("The teacher shows a page."),a=n("div",{class:"following"});if(!i)return a.
append(n("h1",{tabindex:"-1"},r),n("p",{},o("It cannot be shown here. Look at the projector."))),{element:a,said:r};let h=new URL(
i);h.searchParams.set("lang",X().language);let c=u=>{a.textContent="",a.classList.toggle("is-open",u);let wt=n("button",
{type:"button",click:()=>c(!u)},u?o("Leave"):o("Show it again"));a.append(n("div",{class:"following-bar"},n("h1",{tabindex:"\
-1"},r),wt)),u?a.append(n("iframe",{src:h.href,title:o("The page that the teacher shows")})):a.append(n("p",{},o("Wait f\
or the teacher, or show the page again.")))};return c(!0),{element:a,said:r,update:()=>{}}}function O(s){let t=s?j("circle",{cx:8,cy:8,r:6.5}):j("path",{d:"M8 .5 15.5 8 8 15.5.5 8Z"});return j("svg",{class:`mark\
 ${s?"positive":"negative"}`,viewBox:"0 0 16 16","aria-hidden":"true"},t)}function lt(s,t){let e=Array.from({length:t},(i,r)=>n(
"i",{class:r<s?"full":""}));return n("span",{class:"dots","aria-hidden":"true"},...e)}function dt(s,t){let{tally:e,verdicts:i,truth:r}=t;return[r===null?null:At(r===1,s.own),Ct(s,t),e&&A(o("The class"),jt(e)),
i!=null&&i.length?A(o("The models"),Yt(i,r)):null].filter(a=>a!==null)}function At(s,t){let e=t!==null&&t.positive===s,i=t===
null?"":e?o("You were right."):o("You saw it differently.");return n("div",{class:`truth ${s?"positive":"negative"}`},n(
"p",{class:"truth-name"},O(s),n("span",{},w(s))),n("p",{},i))}function Ct({own:s,tooLate:t,progress:e},{question:i}){if(e===
"sending"||e==="waiting")return n("p",{class:"own"},o("Your vote is not sent yet: there is no connection."));let r=i!==null&&
t===i.id;if(!s)return n("p",{class:"own"},r?o("Your vote came too late."):o("You did not vote on this review."));let a={
side:w(s.positive),sure:E(s.sure)};return n("p",{class:"own"},r?o("Your vote: {side}, {sure}. Your change came too late.",
a):o("Your vote: {side}, {sure}.",a))}function A(s,t){return n("section",{},n("h2",{},s),t)}function jt({positive:s,negative:t}){
let e=M(s)+M(t);return n("div",{},n("ul",{class:"bars"},ut(!0,s,e),ut(!1,t,e)),n("p",{class:"small"},o("The stronger the\
 colour in a bar, the surer those who voted so.")))}function ut(s,t,e){let i=M(t),r=e?i/e:0,a=t.map((h,c)=>ft(n("i",{class:`\
sure-${c+1}`}),e?h/e:0));return n("li",{class:s?"positive":"negative"},n("span",{class:"bar-name"},O(s),S("{side}: {coun\
t} vote ({share:.0%})","{side}: {count} votes ({share:.0%})",i,{side:w(s),share:r})),n("span",{class:"bar","aria-hidden":"\
true"},...a))}function Yt(s,t){return n("ul",{class:"bars"},...s.map(e=>Pt(e,t)))}function Pt({run:s,probability:t},e){let i=t>
.5,r=i?t:1-t,a={run:s,side:w(i),share:r},c=e===null?o("{run}: {side}, {share:.0%}",a):i===(e===1)?o("{run}: {side}, {sha\
re:.0%}, right",a):o("{run}: {side}, {share:.0%}, wrong",a);return n("li",{class:i?"positive":"negative"},n("span",{class:"\
bar-name"},O(i),c),n("span",{class:"bar","aria-hidden":"true"},ft(n("i",{class:"sure-4"}),r)))}function ft(s,t){return s.
style.width=`${100*t}%`,s}var B=class{constructor(t,e){this.lesson=t,this.draft=t.draftOf(e.id),this.hint="",this.choices=new Map,this.button=n("b\
utton",{type:"submit",class:"main-button"}),this.said=n("p",{class:"said",role:"status"}),this.element=n("form",{class:"\
voting",novalidate:!0,submit:i=>this.send(i)},n("div",{class:"voting-text"},n("h1",{tabindex:"-1"},o("Review {number}",{
number:e.number})),n("p",{class:"review"},e.text)),n("div",{class:"voting-answer"},this.group("side",o("Is this review p\
ositive or negative?"),[!0,!1].map(i=>this.side(i))),this.group("sure",o("How sure are you?"),Array.from({length:4},(i,r)=>this.
step(r+1))),n("div",{class:"send"},this.button,this.said))),this.update()}group(t,e,i){return n("fieldset",{class:t},n("\
legend",{},e),n("div",{class:"choices"},...i))}side(t){let e=()=>this.choose({positive:t}),i=n("label",{class:`choice ${t?
"positive":"negative"}`},n("input",{type:"radio",name:"side",checked:this.draft.positive===t,change:e}),O(t),n("span",{},
w(t)));return this.choices.set(i,()=>this.draft.positive===t),i}step(t){let e=()=>this.choose({sure:t}),i=n("label",{class:"\
choice"},n("input",{type:"radio",name:"sure",checked:this.draft.sure===t,change:e}),lt(t,4),n("span",{},E(t)));return this.
choices.set(i,()=>this.draft.sure===t),i}choose(t){Object.assign(this.draft,t),this.hint="",this.update()}send(t){var r;
t.preventDefault();let{positive:e,sure:i}=this.draft;if(e===null||i===null){this.hint=e===null?o("Choose positive or neg\
ative first."):o("Say how sure you are first."),this.update(),(r=this.element.querySelector(e===null?"[name=side]":"[nam\
e=sure]"))==null||r.focus();return}this.lesson.vote(e,i)}update(){let{own:t,progress:e}=this.lesson,i=this.draft.positive!==
null&&this.draft.sure!==null,r=t!==null&&!$t(t,this.draft),a=e==="sending"||e==="waiting";for(let[h,c]of this.choices)h.
classList.toggle("is-chosen",c());f(this.button,t?r?o("Send the change"):o("Sent"):o("Send")),this.button.classList.toggle(
"quiet",!i||t!==null&&!r),this.element.classList.toggle("is-sent",t!==null&&!r&&!a),f(this.said,this.hint||Dt(e,t,r))}};
function $t(s,{positive:t,sure:e}){return s.positive===t&&s.sure===e}function Dt(s,t,e){return s==="sending"?o("Sending \
…"):s==="waiting"?o("Not sent yet: there is no connection. It is sent as soon as there is one."):s==="late"?o("That ca\
me too late: the votes are closed."):t?e?o("Your earlier vote counts until you send the change."):o("Your vote has arriv\
ed. You may change it until the votes are closed."):""}function mt(s,t){let{state:e,refusal:i}=s;return i?qt(i,t):e?Ft[e.phase](s,e,t):H(o("Joining the class …"))}var Ft={lobby:()=>H(
o("You are in."),o("The first review comes when the teacher begins. Keep this page open.")),voting:(s,t)=>{let{question:e}=t;
if(!e)return H(o("Wait for the next review."));let i=new B(s,e),r=o("Review {number}: {text}",{number:e.number,text:e.text});
return{element:i.element,said:r,update:()=>i.update()}},closed:(s,t)=>I(o("The votes are closed."),s,t),verdicts:(s,t)=>I(
o("What the models say"),s,t),truth:(s,t)=>I(o("The truth"),s,t),results:({score:s},{results:t})=>{let e=[s!=null&&s.of?
Mt(s):null,t!=null&&t.length?Bt(t):null];return C(o("Results"),...e.filter(i=>i!==null))},following:(s,{view:t},e)=>ct(t,
e),ended:(s,t,e)=>C(o("The class has ended."),n("p",{},o("Thank you for taking part. Nothing of this class is kept, neit\
her here nor on the server.")),n("p",{},n("a",{href:e.base},o("Open Sentiment Lab"))))};function I(s,t,e){let{question:i}=e,
r=i?[n("p",{class:"review past"},i.text)]:[],a=dt(t,e),h=a.length>1?[]:[n("p",{},o("Wait for the teacher."))];return C(s,
...a,...h,...r)}function H(s,t){return C(s,...t?[n("p",{},t)]:[])}function C(s,...t){let e=n("div",{class:"screen"},n("h\
1",{tabindex:"-1"},s),...t),i=e.querySelectorAll("h1, h2, p:not(.review), .bar-name, th, td"),r=Array.from(i,({textContent:a})=>(a!=
null?a:"").replace(/[^.?!…]$/,"$&."));return{element:e,said:r.join(" ")}}function qt(s,{join:t}){return C(o("You are n\
ot in the class."),n("p",{},P(s)),n("p",{},n("a",{class:"main-button",href:t},o("Enter another code"))))}function Mt({right:s,
of:t,steps:e}){let i=e.filter(r=>r.of>0);return A(o("You"),n("div",{},n("p",{class:"score"},S("{right} of {count} review\
 right","{right} of {count} reviews right",t,{right:s})),i.length?Wt(i):"",n("p",{class:"small"},o("Only this device sho\
ws your score."))))}function Wt(s){return n("table",{},n("thead",{},n("tr",{},N("col",o("How sure")),N("col",o("Times ri\
ght")))),n("tbody",{},...s.map(({sure:t,right:e,of:i})=>n("tr",{},N("row",E(t)),n("td",{},o("{right} of {of}",{right:e,of:i}))))))}
function N(s,t){return n("th",{scope:s},t)}function Bt(s){return A(o("Class and models"),n("table",{},n("thead",{},n("tr",
{},N("col",o("Who")),N("col",o("Times right")))),n("tbody",{},...s.map(({name:t,right:e,of:i})=>n("tr",{},N("row",t||o("\
the class (majority)")),n("td",{},o("{right} of {of}",{right:e,of:i})))))))}var K=class{constructor(t){this.given=t,this.language=t.language,this.chosen=t.chosen;let e=window.location.pathname.split(
"/");this.code=t.page==="class"?decodeURIComponent(e[e.length-1]).toUpperCase():"";let i=new URL(this.code?"../join":"jo\
in",window.location.href).href;this.place={join:i,base:new URL("./",i).href,pages:t.pages},this.main=n("main",{}),this.lost=
n("p",{class:"lost",role:"status",hidden:!0}),this.heard=n("p",{class:"unseen",role:"status"}),this.head=n("header",{}),
this.screen=null,this.shown="",document.body.textContent="",document.body.append(this.head,this.lost,this.main,this.heard),
this.lesson=this.code?new W(new L(`${i}/${this.code}`),()=>this.show()):null,this.speak(),this.lesson&&this.lesson.start()}speak(){
let{language:t,given:e}=this;Z({language:t,messages:e.messages[t]||{}}),document.documentElement.lang=t,document.title=this.
code?o("Class {code}",{code:this.code}):o("Join a class"),this.head.textContent="",this.head.append(n("p",{class:"code"},
document.title),this.languages()),this.shown="",this.show()}languages(){let t=Object.entries(this.given.languages),e=t.map(
([r,a])=>n("button",{type:"button",lang:r,"aria-pressed":String(r===this.language),click:()=>this.choose(r)},a)),i=t.map(
([,r])=>r).join(" · ");return n("div",{class:"languages",role:"group","aria-label":i},...e)}choose(t){var i;this.chosen=
!0,this.language=t;let e=new URL(window.location.href);e.searchParams.set("lang",t),window.history.replaceState(null,"",
e.href),this.speak(),(i=this.head.querySelector("[aria-pressed=true]"))==null||i.focus()}show(){let{lesson:t}=this;if(!t){
let c=new $(this.given,this.place);this.put(c),c.box.focus();return}let{state:e,refusal:i,failures:r}=t;if(e&&!this.chosen&&
e.language in this.given.languages&&e.language!==this.language){this.language=e.language,this.speak();return}this.lost.hidden=
!r,f(this.lost,r?o("No connection. Trying again …"):"");let a=`${i?i.reason:""} ${e?R(e):""}`;if(a===this.shown&&this.
screen&&this.screen.update){this.screen.update();return}let h=a!==this.shown;this.shown=a,this.put(mt(t,this.place),h)}put(t,e=!0){
var r;let i=this.main.contains(document.activeElement);this.screen=t,this.main.textContent="",this.main.append(t.element),
e&&(f(this.heard,t.said),window.scrollTo(0,0),i&&((r=t.element.querySelector("h1"))==null||r.focus()))}},gt=document.getElementById(
"given");gt&&(st(document.documentElement,"data-script","on"),new K(JSON.parse(gt.textContent||"{}")));})();
