package reply

var commandClasses = classes{words: map[string][]string{
	// Small words that may stand around a one-word command.
	"soft": {":stop", "oi", "ffs", "fgs", "bruv", "fam", "pal", "hun", "duck", "cheers", "ta", "aye", "nah", "enough", "please", "now", "thanks", "thank", "you", "ok", "okay", "just", "sorry", "hi", "hello", "yes", "no", "well", "right", "lol", "mate", "love", "then", "today", "kindly", "and", "so", "oh", "hey", "i", "bot", "here", "forever", "immediately", "x", "the", "a", "me", "need", "thankyou", "diolch", "os", "gwelwch", "yn", "dda"},
	"lead": {"oi", "aye", "nah", "yeah", "look", "honestly", "seriously", "thank", "mate", "love", "please", "just", "can", "could", "would", "will", "you", "now", "ok", "so", "and", "then", "kindly", "sorry", "hi", "hello", "yes", "no", "well", "right", "oh", "hey", "but", "thanks", "also", "sam", "someone", "somebody", "anyone", "anybody"},
	"end":  {"please", "now", "thing", "things", "thanks", "thank", "you", "ok", "x", "today", "then", "mate", "cheers", "lol", "immediately", "forever", "sam"},
	// What the bot sends, and the sending of it.
	"mail":    {"message", "messages", "mesages", "massages", "texts", "check", "checkin", "checkins", "reminder", "reminders", "questions", "notification", "notifications", "alerts", "emails", "updates", "chats", "spam", "prompts", "surveys"},
	"sending": {"messaging", "messeging", "texting", "sending", "contacting", "emailing", "bothering", "pestering", "hassling", "asking", "pinging", "nagging", "ringing", "calling", "phoning", "reminding", "harassing", "bugging", "spamming", "msging", "txting", "badgering", "prompting"},
	"send":    {"message", "text", "contact", "email", "bother", "pester", "disturb", "send", "ping", "nag", "remind", "hassle", "msg", "write"},
	"these":   {"this", "these", "those", "it", "them", "that", "all", "everything", "the", "your", "any", "my", "of", "more", "daily", "weekly", "stupid", "bloody", "damn", "constant", "such", "further", "getting", "receiving"},
	"wish":    {"want", "like", "need", "wish", "prefer", "love", "wanted", "wanting", "rather"},
	"month":   {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec", "easter", "christmas", "spring", "summer", "autumn", "winter"},
	"count":   {"a", "some", "#", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "few", "couple", "several", "the", "next", "next", "my", "about"},
	"weeks":   {"week", "weeks", "month", "months", "fortnight", "day", "days", "bit", "while", "time", "moment"},
	"person":  {"someone", "somebody", "anyone", "anybody", "human", "humans", "person", "worker", "adviser", "advisor", "prescriber", "coordinator", "navigator", "manager", "staff", "team", "operator", "agent", "counsellor", "member", "sam", "rhywun", "professional", "representative", "supervisor"},
	"talk":    {"talk", "speak", "chat", "speek", "tlk", "spk"},
	// Where a person is who wants no messages meanwhile.
	"absent":    {"away", "holiday", "holidays", "hols", "abroad", "hospital", "operation", "op", "cruise", "caravan", "travelling", "respite", "honeymoon", "pilgrimage", "hajj"},
	"caller":    {"lady", "woman", "girl", "man", "lad", "lass", "chap", "fella", "bloke", "gentleman", "nurse", "receptionist"},
	"denial":    {"not", "never", "no"},
	"others":    {"he", "she", "they", "everyone", "everybody", "people", "husband", "wife", "son", "daughter", "mum", "mam", "dad", "mother", "father", "sister", "brother", "kids", "grandkids", "partner", "neighbour", "neighbours", "council", "bank", "doctor", "doctors", "nurse", "dwp", "friend", "friends", "mate", "dog", "cat", "family", "landlord", "ex", "hospital", "dentist", "jobcentre"},
	"elsewhere": {"council", "bank", "school", "gas", "company", "charity", "catalogue", "shop", "work", "him", "her", "them", "ex", "kids", "scammers", "people", "boss", "landlord", "dwp", "jobcentre", "netflix", "facebook", "amazon", "gym", "dentist", "pharmacy", "energy", "insurance", "church", "club", "lottery", "sky", "bt"},
	"kind":      {"nice", "real", "actual", "living", "link", "support", "social", "key", "human", "proper", "live", "different", "prescribing", "fully", "case"},
}, phrases: map[string]string{
	// What people say who want a rest; no text of ours says it.
	"{meanwhile}": "for now",
	// A stretch of time, and a time to come.
	"{span}": "(just|only|please|at least)? (for (the|my) (summer|holidays|holiday|winter|spring|autumn|new year)|for (now|ages|this (week|fortnight|month)|{month}|(a|the)? (good|little|wee)? (while|bit|time being|foreseeable|rest|moment)|{count} ..2 {weeks})|(the)? next ..2 {weeks}|(over|about|just)? (#|two|three|four|five|six|few|couple|a couple|a few|another) (of)? {weeks}|a (week|month|fortnight|while)|(until|till|til) _|(while|whilst) (i|we|my|the|things|family|everything|people|all|it is|this is)|during _|(just now|at the (moment|minute)|at present|for the minute)|(this|next) (week|month|fortnight)|over (christmas|easter|{month}|the (summer|holidays)))",
	"{then}": "(after $|(the)? (week|month|fortnight) after|in {count} {count}? {weeks}|in (about|around|say) {count} {weeks}|in {month}|in the (new year|spring|summer|autumn|winter)|next (month|week|year)|(after|when|once) (i|my|the|we|{month}|christmas|easter|things|that|everything|it is|all|{absent}|$)|from {month}|after (new year|the new year|{month}|eid|ramadan|the #))",
	// What ends something, and what is ended.
	"{quit}": "(stop|quit|cease|end|cancel|finish|halt|discontinue|terminate|desist from|desist|refrain from|scrap|axe|ditch|bin|pack in|give over|jack in|knock off|lay off|leave off|cut out|call (a halt|time|it a day) (to|on|with)|get rid of|put (a stop|an end) to)",
	// A rest from the messages, and not being there to answer them.
	"{rest}":    "((little|short|small|bit of a|wee|quick|good|longer|proper)? (break|breather|rest|pause|time out|time off|space|peace|breathing space|bit of peace|bit of space|holiday) (from ({ours}|these|you|your {mail}|(this|it|all this) &({span})))?)",
	"{absence}": "((can|could|will|would) not (be able to|manage to|get to)?|unable to|not (be able|going to be able|able) to|not) ((do|doing|answer|answering|manage|reply to|replying to|respond to) ({this}|this|these|any|you)|(reply|replying|answer|answering|respond|responding|be texting)|(have|be on|be near|look at|use) (my)? (phone|mobile|here))",
	// Some hours or days of the week.
	"{hours}": "(at (night|nights|work|weekends|the weekends|tea time|teatime|dinner time|dinnertime|mealtimes|bedtime|stupid o clock|#)|before|after (#|eight|nine|ten|seven|six|five|tea|dinner|lunch|work|dark|bedtime)|between|in the (morning|mornings|evening|evenings|night|afternoon|afternoons|middle of)|during (the)? (day|night|work|school|lessons|class|my)|(so|this|that|too) (early|late)|on (a|my)? (mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|weekdays|sunday|saturday|day off|days off)|mornings|evenings|nights|weekends|sundays|when i (am|have))",
	// One day soon.
	"{soon}": "(today|tonight|tomorrow|(this|the|over the) weekend|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(this|tomorrow) (morning|afternoon|evening)|christmas day|on christmas day|boxing day)",
	// What an order or a wish may begin with; its verb follows.
	"{order}": "(^|please|kindly|so|and|then|but|just|better|rather|sooner|best to|{asked}|{meant})",
	// Somebody is asked to do it.
	"{asked}": "((can|could|would|will|shall|may|might|do) (you|u|we|i|someone|somebody|anyone|they|it|sam|the bot)|why do not (you|we)|(want|need|like|ask|asking|get|tell|make|prefer) (you|it|them|sam|someone|somebody|my {kind}? {kind}? {person}) to|(grateful|appreciate it|obliged|ok|okay|all right|alright|good|great|better|best|wondering|wonder|wondered|kind) if (you|i|we) (could|can|would|may|might)?|if you (could|would|can)|wish you would|you (can|may|might as well|may as well|should|could|had better|need to)|(a favour|a love|a dear|ahead) and|chance (you|i|we) (can|could))",
	// Or is meant to be done by the person.
	"{meant}": "((want|wanting|wanted|need|like|love|wish|wishing|prefer|decided|ready|hoping|looking|going|gonna|got|have|able|allowed|possible|possible for (you|me|us|it)|ok|okay|all right|alright|good|easiest|best|way|way for (you|me|us)|time|how|do|happy) to|way (you|i|we) (can|could)|i (can|could)|(let|allow) (me|us)|how (do|can|could|would|should) (i|we|you) (go about)? ((get|make) (you|it|them|this) to)?)",
	// What is ended: the messages, in all their names.
	"{ours}": "({this} !(list for|in (on|with|at) (my|the)|up on|in town|of the (line|week|road))|(this|these|everything|all (this|these|of (it|this|these))|(the|this) (whole|entire)? (thing|lot)) {over}|(it|them) (now)? {for-good})",
	// How the end of such a wish is put.
	"{over}":     "($|{any-more})",
	"{for-good}": "(for good|for ever|forever|altogether|completely|permanently|coming|being sent|sent|once and for all)",
	"{any-more}": "(now|please|for good|for ever|forever|altogether|completely|permanently|any more|any longer|anymore|no more|from now|right now|straight away|immediately|at once|again|today|once and for all|coming|being sent|sent|here)",
	// What ends it, as what one does.
	"{end-it}": "({quit} (with|off)? {ours}|(stop|end|quit) (it|them) {over}|{quit} {sending} !(him|her|them|people|my (mum|dad|son|daughter|wife|husband|family))|(take|remove|get|sign|strike|delete|unsubscribe|drop|scrub|deregister|wipe|erase|cross|cut|opt|discharge) (me|us) (off|out|from|out of|off of|off from)? ({ours}|(your|the|this|these|any|all) (list|lists|system|books|database|records|programme|service|messages|texts)|{over})|(take|remove|get|strike|delete|erase|wipe|scrub|cross|lose|forget|bin) my (name|number|details|contact|phone number|mobile number|data|info|email|account|records)|(close|cancel|end|delete|stop) my (account|subscription|registration|texts|messages|check ins|membership of this)|leave (me|us) (alone|be|in peace) !(with|in the|at home|too|on|too much|for the)|(turn|switch|shut) ({ours} off|(this|these|it|them|that|everything|{this}) off|off {ours})|(come|get|be) (off|out of|off of|rid of|shot of|done with) ({ours}|(your|the|this) list)|(leave|quit|exit) ({this}|this)|(be|get) (taken|removed|deleted|unsubscribed|signed|deregistered|opted|struck|left) (off|out|from|alone|in peace)? ({ours}|(your|the|this) (list|system|books)|{over})|(have|get|see|want) ({this}|this|these|it|them|my (number|name|details|data)) (all)? {ended}|(opt|drop|pull|back) out (of)? ({ours}|{over})|(withdraw|unsubscribe) (from)? ({ours}|{over})|(call it a day|call it quits|end it here|finish|stop) (with|on) {ours}|be (contacted|messaged|texted|emailed) no more)",
	// What is not wanted is named, or said to go on: "don't want it" says little.
	"{unasked}": "({this}|(these|this) {over}|(everything|all this) {any-more})",
	// Not wanted, and what is not wished to go on.
	"{unwanted}": "((not|never|no longer|hardly) (think i|feel i|that i)? (want|need|wish for|require|like|fancy|wanting|needing|care for|interested in|bothered with|looking for) (to have|any|to get|any more of|all|for)?|(no|not any|not much|little) (need|use|wish|desire|interest|call|patience|more time) (of|for|in)|(do|manage|live|cope) without|(not|never) be (bothered|doing|arsed|dealing|needing|wanting|requiring) (with)?|(fed up|sick|sick to death|tired|had enough|bored|finished|done|through|had it) (of|with|by|getting)|(am|so) over)",
	"{unwished}": "((not|no longer|never) (really)? (want|wish|wishing|need|like|care|wanting|looking|intend|plan|going|gonna) (to)?|rather not|prefer not to|no (wish|need|desire|intention|interest) (to|of|in)|(not|never) be (bothered|arsed) to|not be)",
	"{kept-up}":  "((get|getting|receive|receiving|have|having|be sent|do|doing|continue with|carry on with|keep (up|doing|getting)|go on with|be (on|in|part of|involved in|signed up to)|take part in|use|answer|reply to) (any|any more|more)? (of)? {unasked}|(hear|hearing) from you|be (contacted|messaged|texted|emailed|pestered|bothered) ({over}|by|like)|(continue|carry on|take part|participate|be part of this|be involved) ({over}|with this))",
	"{ended}":    "(stopped|ended|cancelled|removed|deleted|finished|turned off|switched off|taken off|off|erased|wiped|scrapped|discontinued|gone)",
	// What the messages come from.
	"{this}": "{these}? {these}? {these}? ({mail}|chat|chats|conversation|conversations|service|programme|program|subscription|bot|app|nonsense|rubbish|thing|system|list|contact|scheme|survey|stuff)",
}}
