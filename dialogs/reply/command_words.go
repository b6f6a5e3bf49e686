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
	"count":   {"a", "some", "#", "one", "two", "three", "four", "five", "six", "few", "couple", "several", "the", "next", "next", "my", "about"},
	"weeks":   {"week", "weeks", "month", "months", "fortnight", "day", "days", "bit", "while", "time", "moment"},
	"person":  {"someone", "somebody", "anyone", "anybody", "human", "humans", "person", "worker", "adviser", "advisor", "prescriber", "coordinator", "navigator", "manager", "staff", "team", "operator", "agent", "counsellor", "member", "sam", "rhywun", "professional", "representative", "supervisor"},
	"talk":    {"talk", "speak", "chat", "speek", "tlk", "spk"},
	// Where a person is who wants no messages meanwhile.
	"absent": {"away", "holiday", "holidays", "hols", "abroad", "hospital", "operation", "op", "cruise", "caravan", "travelling", "respite", "honeymoon", "pilgrimage", "hajj"},
	"caller": {"lady", "woman", "girl", "man", "lad", "lass", "chap", "fella", "bloke", "gentleman", "nurse", "receptionist"},
	"kind":   {"nice", "real", "actual", "living", "link", "support", "social", "key", "human", "proper", "live", "different", "prescribing", "fully", "case"},
}, phrases: map[string]string{
	// What people say who want a rest; no text of ours says it.
	"{meanwhile}": "for now",
	// A stretch of time, and a time to come.
	"{span}": "(just|only|please|at least)? (for (the|my) (summer|holidays|holiday|winter|spring|autumn|new year)|for (now|ages|this (week|fortnight|month)|{month}|(a|the)? (good|little|wee)? (while|bit|time being|foreseeable|rest|moment)|{count} ..2 {weeks})|(the)? next ..2 {weeks}|(over|about|just)? (#|two|three|four|five|six|few|couple|a couple|a few|another) (of)? {weeks}|a (week|month|fortnight|while)|(until|till|til) _|(while|whilst) (i|we)|(this|next) (week|month|fortnight)|over (christmas|easter|{month}|the (summer|holidays)))",
	"{then}": "(in {count} {count}? {weeks}|in (about|around|say) {count} {weeks}|in {month}|in the (new year|spring|summer|autumn|winter)|next (month|week|year)|(after|when|once) (i|my|the|we|{month}|christmas|easter)|from {month}|after (new year|the new year|{month}|eid|ramadan|the #))",
	// What ends something, and what is ended.
	"{quit}": "(stop|quit|cease|end|cancel|finish|halt|discontinue|terminate|desist from|desist|refrain from|scrap|axe|ditch|bin|pack in|give over|jack in|knock off|lay off|leave off|cut out|call (a halt|time|it a day) (to|on|with)|get rid of|put (a stop|an end) to)",
	// Some hours or days of the week.
	"{hours}": "(at (night|nights|work|weekends|the weekends|tea time|teatime|dinner time|dinnertime|mealtimes|bedtime|stupid o clock|#)|before|after (#|eight|nine|ten|seven|six|five|tea|dinner|lunch|work|dark|bedtime)|between|in the (morning|mornings|evening|evenings|night|afternoon|afternoons|middle of)|during (the)? (day|night|work|school|lessons|class|my)|(so|this|that|too) (early|late)|on (a|my)? (mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|weekdays|sunday|saturday|day off|days off)|mornings|evenings|nights|weekends|sundays|when i (am|have))",
	// One day soon.
	"{soon}": "(today|tonight|tomorrow|(this|the|over the) weekend|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(this|tomorrow) (morning|afternoon|evening)|christmas day|on christmas day|boxing day)",
	// Polite words that an order may begin with.
	"{order}": "(^|please|kindly|can you|can we|can i|can u|could you|could we|could i|may i|would you|will you|shall we|so|and|then|but|just|want you to|need you to|like you to|want to|need to|like to|better|rather)",
	// What the messages come from.
	"{this}": "{these}? {these}? {these}? ({mail}|chat|chats|conversation|conversations|service|programme|program|subscription|bot|app|nonsense|rubbish|thing|system|list|contact|scheme|survey|stuff)",
}}
