"use strict";(()=>{var z=s=>{throw TypeError(s)};var J=(s,t,e)=>t.has(s)||z("Cannot "+e);var l=(s,t,e)=>(J(s,t,"read from private field"),e?e.call(s):t.get(s)),m=(s,t,e)=>t.has(s)?z("Cannot add the same privat\
e member more than once"):t instanceof WeakSet?t.add(s):t.set(s,e),u=(s,t,e,n)=>(J(s,t,"write to private field"),n?n.call(
s,e):t.set(s,e),e),Z=(s,t,e)=>(J(s,t,"access private method"),e);var bt={en:"en-GB",ko:"ko-KR"},xt=/\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g,T={language:"en",messages:{}},U=new Map;function X(s){
T=s,U.clear()}function tt(){return T}function o(s,t){var e;return et((e=T.messages[s])!=null?e:s,t)}function S(s,t,e,n){
var r;return et((r=T.messages[s])!=null?r:e===1?s:t,{...n,count:e})}function et(s,t){return t?s.replace(xt,(e,n,r,a,h)=>{let c=t[n];if(typeof c=="string")return c;let p=Number(a!=null?a:0);
return kt({style:h==="%"?"percent":"decimal",signDisplay:r?"always":"auto",minimumFractionDigits:p,maximumFractionDigits:p}).
format(c)}):s}function kt(s){var n;let t=JSON.stringify(s),e=U.get(t);return e||(e=new Intl.NumberFormat((n=bt[T.language])!=
null?n:T.language,s),U.set(t,e)),e}var Tt="http://www.w3.org/2000/svg";function i(s,t={},...e){return st(document.createElement(s),t,e)}function Y(s,t={},...e){
return st(document.createElementNS(Tt,s),t,e)}function st(s,t,e){for(let[n,r]of Object.entries(t))typeof r=="function"?s.
addEventListener(n,r):r===!0?s.setAttribute(n,""):r!==!1&&r!==null&&r!==void 0&&s.setAttribute(n,String(r));return s.append(
...e),s}function d(s,t){s.textContent!==t&&(s.textContent=t)}function nt(s,t,e){s.getAttribute(t)!==e&&s.setAttribute(t,
e)}var it="ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",I="ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
P=" ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";var St="ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",Lt="QWERTYU\
IOPASDFGHJKLZXCVBNMQWERTOP",Et={ㅘ:"HK",ㅙ:"HO",ㅚ:"HL",ㅝ:"NJ",ㅞ:"NP",ㅟ:"NL",ㅢ:"ML",ㄳ:"RT",ㄵ:"SW",ㄶ:"SG",
ㄺ:"FR",ㄻ:"FA",ㄼ:"FQ",ㄽ:"FT",ㄾ:"FX",ㄿ:"FV",ㅀ:"FG",ㅄ:"QT"};function V(s,t,e){let r=Array.from(s.normalize(
"NFC"),Ot).join("").toUpperCase().replace(/[^A-Z0-9]/g,"").slice(0,e),a=Array.from(new Set(r)).filter(h=>!t.includes(h));
return{code:r,whole:r.length===e&&!a.length,strange:a}}function Ot(s){var e;let t=((e=s.codePointAt(0))!=null?e:0)-44032;
if(t>=0&&t<it.length*I.length*P.length){let[n,r]=rt(t,I.length*P.length),[a,h]=rt(r,P.length);return[it[n],I[a],P[h]].map(
ot).join("")}return ot(s)||s.normalize("NFKC")}function ot(s){var e;let t=St.indexOf(s);return t<0?(e=Et[s])!=null?e:"":
Lt[t]}function rt(s,t){return[Math.floor(s/t),s%t]}var f=class extends Error{constructor(t,e){super(t),this.reason=t,this.wait=e}},L=class{constructor(t){this.base=t,this.
polling=null}async seat(){await this.ask("/seat",{method:"POST",body:"{}"})}async state(t){let e=new AbortController;this.
polling=e;try{return await this.ask(`/state?after=${t}`,{},45e3,e)}finally{this.polling===e&&(this.polling=null)}}drop(){
this.polling&&this.polling.abort()}async vote(t){await this.ask("/vote",{method:"POST",body:JSON.stringify(t)})}async mine(){
return this.ask("/mine",{})}async ask(t,e,n=1e4,r=new AbortController){let a=setTimeout(()=>r.abort(),n);try{let h=e.body?
{"Content-Type":"application/json"}:void 0,c=r.signal,p=await fetch(this.base+t,{cache:"no-store",credentials:"same-orig\
in",headers:h,signal:c,...e});if(p.ok)return await p.json();throw await Nt(p)}finally{clearTimeout(a)}}};async function Nt(s){
let t="";try{t=(await s.json()).error}catch(e){}return s.status>=500||typeof t!="string"||!t?new TypeError(`the server a\
nswered ${s.status}`):new f(t,Number(s.headers.get("retry-after"))||0)}function w(s){return s?o("positive"):o("negative")}function E(s){return[o("a guess"),o("a little sure"),o("quite sure"),
o("certain")][s-1]}function D({reason:s,wait:t}){return s==="full"?o("This class is full. Look at the projector together\
 with somebody."):s==="too-many"?At(t):s==="other-origin"?o("This address cannot be used to join a class. Tell the teach\
er."):s==="no-cookie"?o("This browser keeps no cookies. Allow them for this page, or use another device."):s==="ended"?o(
"This class has ended."):o("There is no class with this code. Compare it with the projector.")}function At(s){let t=Math.
ceil(s/60);return t?S("Too many wrong codes came from here. Try again in {count} minute.","Too many wrong codes came fro\
m here. Try again in {count} minutes.",t):o("Too many wrong codes came from here. Wait some minutes, then try again.")}var $=class{constructor(t,e){this.given=t,this.place=e,this.asking=!1,this.typed=V("",t.alphabet,t.length),this.said=o("\
Enter the code that the projector shows."),this.box=i("input",{id:"code",name:"code",type:"text",inputmode:"text",enterkeyhint:"\
go",required:!0,autocomplete:"off",autocapitalize:"characters",autocorrect:"off",spellcheck:"false",lang:"en","aria-desc\
ribedby":"problem",input:n=>this.read(n.isComposing),compositionend:()=>this.read(!1)}),this.problem=i("p",{class:"probl\
em",id:"problem",role:"status"}),this.button=i("button",{type:"submit",class:"main-button"},o("Join")),this.element=i("f\
orm",{class:"join",novalidate:!0,submit:n=>this.send(n)},i("h1",{tabindex:"-1"},o("Join a class")),i("label",{for:"code"},
this.said),i("div",{class:"boxes"},this.box),this.problem,this.button,i("p",{class:"small"},o("No name is asked for, and\
 nothing is kept after the class."))),this.element.style.setProperty("--length",String(t.length))}update(){}read(t){this.
typed=V(this.box.value,this.given.alphabet,this.given.length);let{code:e,strange:n}=this.typed;!t&&this.box.value!==e&&(this.
box.value=e),d(this.problem,n.length?Rt(n,this.given.alphabet):"")}async send(t){t.preventDefault(),this.read(!1);let{code:e,
whole:n,strange:r}=this.typed;if(!n){r.length||d(this.problem,o("A code has {length} letters and digits.",{length:this.given.
length})),this.box.focus();return}if(!this.asking){this.asking=!0,d(this.problem,o("Joining the class …"));try{await new L(
`${this.place.join}/${e}`).seat(),window.location.href=`${this.place.join}/${e}${window.location.search}`}catch(a){d(this.
problem,a instanceof f?D(a):o("No connection. Try again.")),this.box.focus()}finally{this.asking=!1}}}};function Rt(s,t){
let e=Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(n=>!t.includes(n));return o("No code has {signs}. Look a\
t that place again: codes do without {missing}, which look like others.",{signs:s.join(" "),missing:e.join(", ")})}function _(s){return Math.min(1e3*2**(s-1),5e3)}var v,y,b,x,g,k,q,at,F=class{constructor(t,e,n){m(this,q);m(this,v,!1);m(
this,y,!1);m(this,b,!1);m(this,x,!1);m(this,g,0);m(this,k);this.ask=t,this.tell=e,this.drop=n,this.wake=()=>{document.visibilityState===
"hidden"?clearTimeout(l(this,k)):l(this,b)&&this.drop?(u(this,x,!0),this.drop()):this.now()},document.addEventListener("\
visibilitychange",this.wake),window.addEventListener("online",this.wake),window.addEventListener("pageshow",this.wake),this.
now()}now(){l(this,v)||l(this,y)||l(this,b)||(clearTimeout(l(this,k)),Z(this,q,at).call(this))}revive(){u(this,y,!1),this.
now()}stop(){u(this,v,!0),clearTimeout(l(this,k)),document.removeEventListener("visibilitychange",this.wake),window.removeEventListener(
"online",this.wake),window.removeEventListener("pageshow",this.wake)}};v=new WeakMap,y=new WeakMap,b=new WeakMap,x=new WeakMap,
g=new WeakMap,k=new WeakMap,q=new WeakSet,at=async function(){var e;u(this,b,!0);let t=1e3;try{let n=await this.ask();l(
this,g)&&this.tell(0),u(this,g,0),t=(e=n.wait)!=null?e:1e3,u(this,y,!!n.end)}catch(n){if(l(this,v))return;l(this,x)?t=0:
(!(n instanceof TypeError)&&!(n instanceof DOMException)&&console.error(n),u(this,g,l(this,g)+1),this.tell(l(this,g)),t=
_(l(this,g)))}finally{u(this,b,!1)}l(this,x)&&(t=0),u(this,x,!1),!(l(this,v)||l(this,y)||document.visibilityState==="hid\
den")&&u(this,k,setTimeout(()=>this.now(),t))};var M=class{constructor(t,e){this.server=t,this.tell=e,this.vote=null,this.failures=0,this.asking=!1,this.stopped=!1,this.
timer=void 0}send(t){return this.vote=t,this.failures=0,this.tell("sending",t),this.now()}async now(){let{vote:t}=this;if(!t||
this.asking||this.stopped)return;clearTimeout(this.timer),this.asking=!0;let e="sent";try{await this.server.vote(t)}catch(n){
e=await this.after(n)}finally{this.asking=!1}if(this.vote!==t){await this.now();return}e==="waiting"?this.timer=setTimeout(
()=>this.now(),_(++this.failures)):this.vote=null,this.tell(e,t)}async after(t){if(!(t instanceof f))return"waiting";if(t.
reason!=="no-seat")return t.reason==="too-many"?"waiting":"late";try{await this.server.seat()}catch(e){}return"waiting"}stop(){
this.stopped=!0,clearTimeout(this.timer)}};function W(s){return s.reduce((t,e)=>t+e,0)}function ht(s,t){return s!=null&&s.phones?1e3*s.seconds*(t%s.phones)/s.phones:
0}function A({phase:s,question:t,view:e}){return JSON.stringify([s,t?t.id:"",e])}function ct(s,t,e){if(s===null||!/^[a-z_]*([?#]|$)/.
test(s))return null;let n=new URL(s,t),r=n.pathname.slice(new URL(t).pathname.length);return n.href.startsWith(t)&&e.includes(
r)?n.href:null}var lt=1e3,Ct=15,B=class{constructor(t,e){this.server=t,this.changed=e,this.seated=!1,this.seat=0,this.opensAt=0,this.state=
null,this.refusal=null,this.failures=0,this.votes=new Map,this.drafts=new Map,this.score=null,this.progress="none",this.
tooLate=null,this.delivery=new M(t,(n,r)=>this.delivered(n,r))}start(){this.poller=new F(()=>this.ask(),t=>this.heard(t),
()=>this.server.drop())}async ask(){this.delivery.now();try{this.seated||await this.sitDown();let t=Date.now(),e=await this.
server.state(this.state&&!this.failures?this.state.version:-1),n=!this.state||e.version!==this.state.version;return await this.
take(e),{wait:n||Date.now()-t>=lt?0:lt,end:e.phase==="ended"}}catch(t){if(t instanceof f)return this.refused(t);throw t}}async sitDown(){
await this.server.seat();let t=await this.found();for(let e of t.votes)this.votes.set(e.question,e);this.score=t.score,this.
seat=t.seat,this.seated=!0}async found(){try{return await this.server.mine()}catch(t){throw t instanceof f&&t.reason==="\
no-seat"?new f("no-cookie",0):t}}async take(t){let e=this.state;this.state=t,this.refusal=null,e&&e.view!==t.view&&(this.
opensAt=Date.now()+ht(t.turns,this.seat)),(!e||A(e)!==A(t))&&(t.question&&this.delivery.vote&&this.delivery.vote.question===
t.question.id||(this.progress="none")),t.phase==="ended"&&this.delivery.stop(),this.changed(),t.phase==="results"&&(e==null?
void 0:e.phase)!=="results"&&(this.score=(await this.server.mine()).score,this.changed())}refused({reason:t,wait:e}){if(t===
"no-seat")return this.seated=!1,{};this.refusal={reason:t,wait:e},this.changed();let n=t==="too-many"||t==="full";return{
wait:1e3*(e||Ct),end:!n}}heard(t){this.failures=t,this.changed()}vote(t,e){var n;(n=this.state)!=null&&n.question&&(this.
tooLate=null,this.delivery.send({question:this.state.question.id,positive:t,sure:e}))}delivered(t,e){t==="sent"&&this.votes.
set(e.question,e),t==="late"&&(this.tooLate=e.question);let n=this.state?this.state.question:null;n&&n.id===e.question&&
(this.progress=t),this.changed()}get own(){var e;let t=this.state?this.state.question:null;return t&&(e=this.votes.get(t.
id))!=null?e:null}draftOf(t){var a,h;let{positive:e=null,sure:n=null}=(a=this.votes.get(t))!=null?a:{},r=(h=this.drafts.
get(t))!=null?h:{positive:e,sure:n};return this.drafts.set(t,r),r}};function ut(s,{base:t,pages:e},n){let r=ct(s,t,e),a=o("The teacher shows a page."),h=i("div",{class:"following"});if(!r)
return h.append(i("h1",{tabindex:"-1"},a),i("p",{},o("It cannot be shown here. Look at the projector."))),{element:h,said:a};
let c=new URL(r);c.searchParams.set("lang",tt().language);let p=j=>{h.textContent="",h.classList.toggle("is-open",j);let yt=i(
"button",{type:"button",click:()=>p(!j)},j?o("Leave"):o("Show it again"));h.append(i("div",{class:"following-bar"},i("h1",
{tabindex:"-1"},a),yt)),j?h.append(i("iframe",{src:c.href,title:o("The page that the teacher shows")})):h.append(i("p",{},
o("Wait for the teacher, or show the page again.")))};return n<=0?p(!0):(h.append(i("h1",{tabindex:"-1"},a),i("p",{},o("\
It opens in a few seconds."))),setTimeout(()=>h.isConnected&&p(!0),n)),{element:h,said:a,update:()=>{}}}function O(s){let t=s?Y("circle",{cx:8,cy:8,r:6.5}):Y("path",{d:"M8 .5 15.5 8 8 15.5.5 8Z"});return Y("svg",{class:`mark\
 ${s?"positive":"negative"}`,viewBox:"0 0 16 16","aria-hidden":"true"},t)}function dt(s,t){let e=Array.from({length:t},(n,r)=>i(
"i",{class:r<s?"full":""}));return i("span",{class:"dots","aria-hidden":"true"},...e)}function pt(s,t){let{tally:e,verdicts:n,truth:r}=t;return[r===null?null:jt(r===1,s.own),Yt(s,t),e&&R(o("The class"),Pt(e)),
n!=null&&n.length?R(o("The models"),Dt(n,r)):null].filter(a=>a!==null)}function jt(s,t){let e=t!==null&&t.positive===s,n=t===
null?"":e?o("You were right."):o("You saw it differently.");return i("div",{class:`truth ${s?"positive":"negative"}`},i(
"p",{class:"truth-name"},O(s),i("span",{},w(s))),i("p",{},n))}function Yt({own:s,tooLate:t,progress:e},{question:n}){if(e===
"sending"||e==="waiting")return i("p",{class:"own"},o("Your vote is not sent yet: there is no connection."));let r=n!==null&&
t===n.id;if(!s)return i("p",{class:"own"},r?o("Your vote came too late."):o("You did not vote on this review."));let a={
side:w(s.positive),sure:E(s.sure)};return i("p",{class:"own"},r?o("Your vote: {side}, {sure}. Your change came too late.",
a):o("Your vote: {side}, {sure}.",a))}function R(s,t){return i("section",{},i("h2",{},s),t)}function Pt({positive:s,negative:t}){
let e=W(s)+W(t);return i("div",{},i("ul",{class:"bars"},ft(!0,s,e),ft(!1,t,e)),i("p",{class:"small"},o("The stronger the\
 colour in a bar, the surer those who voted so.")))}function ft(s,t,e){let n=W(t),r=e?n/e:0,a=t.map((h,c)=>mt(i("i",{class:`\
sure-${c+1}`}),e?h/e:0));return i("li",{class:s?"positive":"negative"},i("span",{class:"bar-name"},O(s),S("{side}: {coun\
t} vote ({share:.0%})","{side}: {count} votes ({share:.0%})",n,{side:w(s),share:r})),i("span",{class:"bar","aria-hidden":"\
true"},...a))}function Dt(s,t){return i("ul",{class:"bars"},...s.map(e=>$t(e,t)))}function $t({run:s,probability:t},e){let n=t>
.5,r=n?t:1-t,a={run:s,side:w(n),share:r},c=e===null?o("{run}: {side}, {share:.0%}",a):n===(e===1)?o("{run}: {side}, {sha\
re:.0%}, right",a):o("{run}: {side}, {share:.0%}, wrong",a);return i("li",{class:n?"positive":"negative"},i("span",{class:"\
bar-name"},O(n),c),i("span",{class:"bar","aria-hidden":"true"},mt(i("i",{class:"sure-4"}),r)))}function mt(s,t){return s.
style.width=`${100*t}%`,s}var G=class{constructor(t,e){this.lesson=t,this.draft=t.draftOf(e.id),this.hint="",this.choices=new Map,this.button=i("b\
utton",{type:"submit",class:"main-button"}),this.said=i("p",{class:"said",role:"status"}),this.element=i("form",{class:"\
voting",novalidate:!0,submit:n=>this.send(n)},i("div",{class:"voting-text"},i("h1",{tabindex:"-1"},o("Review {number}",{
number:e.number})),i("p",{class:"review"},e.text)),i("div",{class:"voting-answer"},this.group("side",o("Is this review p\
ositive or negative?"),[!0,!1].map(n=>this.side(n))),this.group("sure",o("How sure are you?"),Array.from({length:4},(n,r)=>this.
step(r+1))),i("div",{class:"send"},this.button,this.said))),this.update()}group(t,e,n){return i("fieldset",{class:t},i("\
legend",{},e),i("div",{class:"choices"},...n))}side(t){let e=()=>this.choose({positive:t}),n=i("label",{class:`choice ${t?
"positive":"negative"}`},i("input",{type:"radio",name:"side",checked:this.draft.positive===t,change:e}),O(t),i("span",{},
w(t)));return this.choices.set(n,()=>this.draft.positive===t),n}step(t){let e=()=>this.choose({sure:t}),n=i("label",{class:"\
choice"},i("input",{type:"radio",name:"sure",checked:this.draft.sure===t,change:e}),dt(t,4),i("span",{},E(t)));return this.
choices.set(n,()=>this.draft.sure===t),n}choose(t){Object.assign(this.draft,t),this.hint="",this.update()}send(t){var r;
t.preventDefault();let{positive:e,sure:n}=this.draft;if(e===null||n===null){this.hint=e===null?o("Choose positive or neg\
ative first."):o("Say how sure you are first."),this.update(),(r=this.element.querySelector(e===null?"[name=side]":"[nam\
e=sure]"))==null||r.focus();return}this.lesson.vote(e,n)}update(){let{own:t,progress:e}=this.lesson,n=this.draft.positive!==
null&&this.draft.sure!==null,r=t!==null&&!Ft(t,this.draft),a=e==="sending"||e==="waiting";for(let[h,c]of this.choices)h.
classList.toggle("is-chosen",c());d(this.button,t?r?o("Send the change"):o("Sent"):o("Send")),this.button.classList.toggle(
"quiet",!n||t!==null&&!r),this.element.classList.toggle("is-sent",t!==null&&!r&&!a),d(this.said,this.hint||qt(e,t,r))}};
function Ft(s,{positive:t,sure:e}){return s.positive===t&&s.sure===e}function qt(s,t,e){return s==="sending"?o("Sending \
…"):s==="waiting"?o("Not sent yet: there is no connection. It is sent as soon as there is one."):s==="late"?o("That ca\
me too late: the votes are closed."):t?e?o("Your earlier vote counts until you send the change."):o("Your vote has arriv\
ed. You may change it until the votes are closed."):""}function wt(s,t){let{state:e,refusal:n}=s;return n?Wt(n,t):e?Mt[e.phase](s,e,t):K(o("Joining the class …"))}var Mt={lobby:()=>K(
o("You are in."),o("The first review comes when the teacher begins. Keep this page open.")),voting:(s,t)=>{let{question:e}=t;
if(!e)return K(o("Wait for the next review."));let n=new G(s,e),r=o("Review {number}: {text}",{number:e.number,text:e.text});
return{element:n.element,said:r,update:()=>n.update()}},closed:(s,t)=>H(o("The votes are closed."),s,t),verdicts:(s,t)=>H(
o("What the models say"),s,t),truth:(s,t)=>H(o("The truth"),s,t),results:({score:s},{results:t})=>{let e=[s!=null&&s.of?
Bt(s):null,t!=null&&t.length?Jt(t):null];return C(o("Results"),...e.filter(n=>n!==null))},following:(s,{view:t},e)=>ut(t,
e,s.opensAt-Date.now()),ended:(s,t,e)=>C(o("The class has ended."),i("p",{},o("Thank you for taking part. Nothing of thi\
s class is kept, neither here nor on the server.")),i("p",{},i("a",{href:e.base},o("Open Sentiment Lab"))))};function H(s,t,e){
let{question:n}=e,r=n?[i("p",{class:"review past"},n.text)]:[],a=pt(t,e),h=a.length>1?[]:[i("p",{},o("Wait for the teach\
er."))];return C(s,...a,...h,...r)}function K(s,t){return C(s,...t?[i("p",{},t)]:[])}function C(s,...t){let e=i("div",{class:"\
screen"},i("h1",{tabindex:"-1"},s),...t),n=e.querySelectorAll("h1, h2, p:not(.review), .bar-name, th, td"),r=Array.from(
n,({textContent:a})=>(a!=null?a:"").replace(/[^.?!…]$/,"$&."));return{element:e,said:r.join(" ")}}function Wt(s,{join:t}){
return C(o("You are not in the class."),i("p",{},D(s)),i("p",{},i("a",{class:"main-button",href:t},o("Enter another code"))))}
function Bt({right:s,of:t,steps:e}){let n=e.filter(r=>r.of>0);return R(o("You"),i("div",{},i("p",{class:"score"},S("{rig\
ht} of {count} review right","{right} of {count} reviews right",t,{right:s})),n.length?Gt(n):"",i("p",{class:"small"},o(
"Only this device shows your score."))))}function Gt(s){return i("table",{},i("thead",{},i("tr",{},N("col",o("How sure")),
N("col",o("Times right")))),i("tbody",{},...s.map(({sure:t,right:e,of:n})=>i("tr",{},N("row",E(t)),i("td",{},o("{right} \
of {of}",{right:e,of:n}))))))}function N(s,t){return i("th",{scope:s},t)}function Jt(s){return R(o("Class and models"),i(
"table",{},i("thead",{},i("tr",{},N("col",o("Who")),N("col",o("Times right")))),i("tbody",{},...s.map(({name:t,right:e,of:n,
ours:r})=>i("tr",{},N("row",t||o("the class (majority)")),i("td",{},n===s[0].of?o("{right} of {of}",{right:e,of:n}):o("{\
right} of {of} (the class: {ours})",{right:e,of:n,ours:r})))))))}var Q=class{constructor(t){this.given=t,this.language=t.language,this.chosen=t.chosen;let e=window.location.pathname.split(
"/");this.code=t.page==="class"?decodeURIComponent(e[e.length-1]).toUpperCase():"";let n=new URL(this.code?"../join":"jo\
in",window.location.href).href;this.place={join:n,base:new URL("./",n).href,pages:t.pages},this.main=i("main",{}),this.lost=
i("p",{class:"lost",role:"status",hidden:!0}),this.heard=i("p",{class:"unseen",role:"status"}),this.head=i("header",{}),
this.screen=null,this.shown="",document.body.textContent="",document.body.append(this.head,this.lost,this.main,this.heard),
this.lesson=this.code?new B(new L(`${n}/${this.code}`),()=>this.show()):null,this.speak(),this.lesson&&this.lesson.start()}speak(){
let{language:t,given:e}=this;X({language:t,messages:e.messages[t]||{}}),document.documentElement.lang=t,document.title=this.
code?o("Class {code}",{code:this.code}):o("Join a class"),this.head.textContent="",this.head.append(i("p",{class:"code"},
document.title),this.languages()),this.shown="",this.show()}languages(){let t=Object.entries(this.given.languages),e=t.map(
([r,a])=>i("button",{type:"button",lang:r,"aria-pressed":String(r===this.language),click:()=>this.choose(r)},a)),n=t.map(
([,r])=>r).join(" · ");return i("div",{class:"languages",role:"group","aria-label":n},...e)}choose(t){var n;this.chosen=
!0,this.language=t;let e=new URL(window.location.href);e.searchParams.set("lang",t),window.history.replaceState(null,"",
e.href),this.speak(),(n=this.head.querySelector("[aria-pressed=true]"))==null||n.focus()}show(){let{lesson:t}=this;if(!t){
let c=new $(this.given,this.place);this.put(c),c.box.focus();return}let{state:e,refusal:n,failures:r}=t;if(e&&!this.chosen&&
e.language in this.given.languages&&e.language!==this.language){this.language=e.language,this.speak();return}this.lost.hidden=
!r,d(this.lost,r?o("No connection. Trying again …"):"");let a=`${n?n.reason:""} ${e?A(e):""}`;if(a===this.shown&&this.
screen&&this.screen.update){this.screen.update();return}let h=a!==this.shown;this.shown=a,this.put(wt(t,this.place),h)}put(t,e=!0){
var r;let n=this.main.contains(document.activeElement);this.screen=t,this.main.textContent="",this.main.append(t.element),
e&&(d(this.heard,t.said),window.scrollTo(0,0),n&&((r=t.element.querySelector("h1"))==null||r.focus()))}},vt=document.getElementById(
"given");vt&&(nt(document.documentElement,"data-script","on"),new Q(JSON.parse(vt.textContent||"{}")));})();
