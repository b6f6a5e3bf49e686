package reply

// ReadCommand finds a wish that a person may utter at any time, by what the
// words mean and wherever they stand. "Stop messaging me" is a stop; giving up
// smoking, the bus stop and a helpful sister are not commands.
func ReadCommand(text string) Reading[Command] {
	f := fold(text)
	t := scan(f)
	w := words(t)
	best := -1
	var at hit
	blocked := make([]hit, 0, 2)
	commandBook.find(matcher{words: w, limit: comma}, func(h hit) bool {
		r := commandRules[h.rule]
		if r.wish == NoCommand {
			blocked = append(blocked, h)
			return true
		}
		if best < 0 || rank[r.wish] < rank[commandRules[best].wish] {
			for _, b := range blocked {
				if b.from < h.to && h.from < b.to {
					return true
				}
			}
			best, at = h.rule, h
		}
		return true
	})
	if best < 0 {
		return Reading[Command]{Rule: "command/none"}
	}
	r := commandRules[best]
	return Reading[Command]{Value: r.wish, OK: true, Rule: r.id, Span: f.source(t[w[at.from].token].from, t[w[at.to-1].token].to)}
}

// rank says which wish wins where a text has several: a refusal first.
var rank = map[Command]int{Pause: 0, Stop: 1, Human: 2, Help: 3, Skip: 4, Back: 5}

type commandRule struct {
	id       RuleID
	wish     Command
	patterns []string
}

var commandClasses = classes{
	"soft":   {"please", "now", "thanks", "thank", "you", "ok", "okay", "just", "sorry", "hi", "hello", "yes", "no", "well", "right", "lol", "mate", "love", "then", "today", "kindly", "and", "so", "oh", "hey", "i", "want", "to", "it", "all", "bot", "here", "forever", "immediately", "x"},
	"lead":   {"please", "just", "can", "could", "would", "will", "you", "now", "ok", "so", "and", "then", "kindly", "sorry", "hi", "hello", "yes", "no", "well", "right", "oh", "hey", "but", "thanks"},
	"mail":   {"message", "messages", "messaging", "messeging", "mesages", "massages", "text", "texts", "texting", "contact", "contacting", "sending", "send", "emails", "email", "emailing", "notifications", "notification", "reminders", "reminder", "reminding", "alerts", "spam", "spamming", "updates", "checkins", "checkin", "questions", "pinging", "pestering", "bothering", "hassling", "harassing", "bugging", "nagging", "writing", "asking", "bother", "pester", "checking", "chats", "chat", "chatting", "conversation", "programme", "service", "bot", "conversations", "talking", "whatsapps"},
	"one":    {"someone", "somebody", "anyone", "anybody", "human", "person", "people", "adviser", "advisor", "worker", "staff", "team", "operator", "agent", "manager", "coordinator", "navigator", "prescriber", "representative", "member", "supervisor", "counsellor", "real", "actual", "living", "proper", "nurse"},
	"talk":   {"talk", "speak", "chat", "talking", "speaking", "chatting", "spk", "speek", "tlk", "word", "conversation", "siarad"},
	"ring":   {"ring", "call", "phone", "telephone", "contact", "bell", "text", "message", "visit", "ringing", "calling", "phoning"},
	"ask":    {"want", "need", "like", "love", "prefer", "wish", "rather", "hoping", "able", "possible", "appreciate"},
	"answer": {"answer", "say", "reply", "tell", "share", "discuss", "talk", "respond", "score", "rate", "give", "do"},
}

var commandRules = []commandRule{
	{"command/no-command", NoCommand, []string{
		"(bus|full|pit|tube|tram|truck|non|short|door|coach|next|last|taxi) stop", "(do|did|does|will|would|can|could|must|never|should|to) not (want to)? (stop|help|pause)", "(could|can|would|did|do|does|never|will) never stop", "not want (you|it|this|them|these) to stop", "(tea|coffee|lunch|dinner|cig|fag) (break|pause|stop)",
		"stop (me|myself|him|her|them|us) (from|in|doing)?", "(can|could) not (stop|help)", "call me (old|crazy|mad|daft|silly|a|an|by|what|names|lazy|weird|cynical)", "(not|never|nobody|no one) (help|helps|helping)",
		"stop (smoking|drinking|eating|vaping|worrying|crying|thinking|feeling|taking|walking|driving|working|moping|buying|going|shaking|raining|snoring|swearing|overthinking|beating|gambling|biting|spending|being|overeating|putting|using|fighting|arguing|shouting|hiding|snacking|scrolling|sleeping)",
	}},
	{"command/pause", Pause, []string{
		"^^ {soft}? {soft}? (pause|hold|snooze|mute|saib|oedi) {soft}? {soft}? $$", "^ {lead}? {lead}? {lead}? (pause|snooze|mute|suspend|freeze) (it|this|these|that|the|them|me|my|everything|all|things|for|until|till|please|now|messages|check|texts|from)",
		"(want|like|need|can i|can we|could we|could i|possible|going|wish|prefer|help) (to|we|i)? (pause|suspend|snooze)", "(put|place) (this|it|me|these|things|everything|us|them|that|messages|my (check ins|messages)|the (check ins|messages|texts)) on (hold|pause|ice)",
		"(take|have|need|want|like|fancy|having|taking|do with) (a|to take a|to have a)? (little|short|small|bit of a|quick|wee)? (break|breather|rest|pause|holiday) from (this|these|it|the (messages|texts|check ins|questions|bot|chat|app|chats)|you|all this|your|messaging|texting|messages|texts|check ins|here)",
		"^^ {lead}? {lead}? (can|could|may|i)? (i|we|need|want)? (to)? (take|have|need|want|having|taking) a (little|short|small|bit of a|quick|wee|week|weeks|months)? (break|breather|pause) (please|for|until|till|now|from|$)", "(break|breather|pause) (please|for (a|#|one|two|three|four|a few) (week|weeks|month|months|fortnight|bit|while|days|couple))",
		"(stop|leave (it|me|this|off)|no (messages|texts|check ins|more messages|more texts|questions|contact)|do not (text|message|contact|send|write|bother)|hold off|hang fire|hold fire|give (it|me|this) a (rest|miss|break)|back off|quiet) (messaging|texting|sending|contacting|the|these|this|it|me|them|messages|texts|check ins|anything|to me|alone|please|be|any|you|off|check|ins|bothering|asking|questions|for now)? (messaging|texting|me|messages|texts|check ins|it|please|ins|be|alone|questions|them|for now)? (for|until|till|til|while) (a|the|now|i|#|one|two|three|four|five|six|next|my|this|about|at|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|after|we|then|couple|easter|christmas)",
		"(hold|hang) (off|fire|on) (for|until|till|with) (a|the|now|these|this|messages|next|i|#)", "(start|pick (this|it) (back)? up|resume|carry on|come back|try|restart|begin) (this|it|these|again|to|back|messaging|texting|me)? (again|up)? (next|in|after|when|later|from) (week|month|january|february|march|april|may|june|july|august|september|october|november|december|the (new year|summer|autumn|spring|holidays)|a (few|couple|week|month|fortnight)|#|i am (back|better|home)|year|christmas|easter|two|three|four|one|my (holiday|op|operation))",
	}},
	{"command/stop", Stop, []string{
		"^^ {soft}? {soft}? (stop|stopall|stopp|quit|unsubscribe|unsub|cancel|end|unenroll|deregister|optout|stopiwch|arret|:stop) {soft}? {soft}? {soft}? $$", "stop stop", "(unsubscribe|unsub|unsuscribe|unsubcribe|unsubscibe) ", "(opt|opting|opted) (me)? out", "stop (it|this|now|all|all this|all of this|everything|that) (please|now|thanks|thank you|at once|immediately|for good|forever|right now|at the moment|straight away)? (please|now)? $",
		"(stop|quit|cease) (with)? (all)? (the|these|this|those|your|my|sending|all|any|getting|receiving|of|to|me)? (the|these|this|those|your|my|any|of|me|more|daily|weekly|stupid|bloody|damn|annoying|constant)? (check (ins|in|ups)|{mail}) ", "^ {lead}? {lead}? {lead}? stop (please|now|thanks|thank you|doing this|contact)? (please|now|it)? $",
		"(want|wanted|like|need|wish|asked|asking|told|have decided|decided|going|prefer|rather|how do i|how can i|how do you|how to) (you|this|it|these|them|all this|everything|the messages|the texts|to|messages|texts|for this|for it|i)? (to)? (stop|end|quit|unsubscribe|opt out|cancel|finish|leave|come off) (all)? (this|these|it|now|please|messaging|texting|sending|the|getting|contacting|receiving|your|my|bothering|messages|texts|check)",
		"(want|wanted|like|need|wish|asked|told|ask) (you|this|it|these|them|all this|the (messages|texts|check ins)|messages|texts) to (stop|end|cease)", "(can|could|will|would|how do) (i|you|we)? (please)? stop (now|please|this|these|it|all|sending|texting|messaging|contacting|asking|bothering|the|$)",
		"leave (me|us) (alone|be|in peace|the hell alone)", "(go|get) (away|lost|stuffed|off my)", "(fuck|piss|bugger|sod|naff|eff|f|do) off", "(do|does|will|would) not (ever|please)? (want|need|like|wish|care for)? (to)? (get|have|receive|see|hear)? (any|these|this|your|the|more|from|all|anymore|further|another|to be)? (of)? (more|of|these|those|your|further|the|you|any)? (check ins|check in|checkins|texts|messages|reminders|contact|notifications|emails|messaged|texted|contacted|bothered|chat with a bot|questions|from you)",
		"(do not|never|not to|don t|stop trying to) (ever|please|bother to)? (text|message|contact|email|msg|write to|bother|ring|call|pester|disturb|send) (me|us|to me|this number|any|anything|these|more|again|it|your)", "no more (texts|messages|of (this|these|it|your)|check ins|check in|contact|questions|reminders|please|emails|thanks|thank you|msgs|texting|messaging|bot|chats|now|$$)", "(take|remove|delete|get|drop) (me|my (number|name|details|phone number|data|account)|this number) (off|from|out|please|now|of|$|right|immediately|and)", "(lose|forget|bin|delete) my number",
		"(want|like|wish|need) (to)? (be)? (out|off|removed|taken off|unsubscribed|deleted|to leave|withdraw|drop out|opt out|come off|pull out|cancel) (of|from|this|please|the|now|it|these|$)", "(i am|am) (done|finished|through) with (this|these|you|the (messages|texts|bot|check ins)|it|your)", "(had|have had) enough of (these|you|this bot|the (messages|texts|bot|check ins|questions)|your|all these)", "(do not|no longer) (want|wish|like) (to)? (do|take part|be part|continue|carry on|use|keep|go on|be in|participate|chat|talk to a|be involved|get) (this|these|with|in|of|doing|it|bot|on|to|any|getting|my)", "(cancel|end|finish|terminate|discontinue) (this|these|my|the|all|it) (check ins|check in|messages|texts|chat|subscription|service|conversation|please|now|programme|all|reminders|bot|$)", "(switch|turn|shut) (it|this|these|yourself|the bot|them|messages|everything)? off (please|now|$|these|the|this)", "shut up", "(withdraw|withdrawing) (my consent|from|me)", "not interested (any more|thanks|in (this|these))", "(peidiwch|paid) (a|ag|ac)", "dim mwy (o|neges)", "enough (now|already|of this|please|messages|texts|is enough|$$)", "(call|calling) it (a day|quits)", "no thanks stop", "not (getting|receiving|doing) (any|these|this) (more|check|messages|texts|any more)",
	}},
	{"command/human", Human, []string{
		"{talk} (to|with|too|#|a|wiv) (a|an|some|the|my|your|any|one of|to)? (a|an|real|actual|living|proper|link|support|social|case|key|team|member|the|live|your|fully|human|you)? (real|live|human|actual|link|of)? {one}", "(can|could|may|would|want|like|need|rather|prefer|please|love|able|possible|wish|let me|i) (i|we|you|to|it|for|be)? (please|to|for|be|just)? (actually|please|possible|able|to|just)? {talk} (to|with) (you|sam|them|him|her)? (lot|guys|instead)? $",
		"(can|could|would|will|please|ask|get|want|like|need|have|tell|wish|hoping|arrange for|be (good|nice|great) if) (for|to|you)? (get|ask|tell|have|arrange for)? (a|an|some|the|my|your|one of)? (real|actual|link|support|human|social|key|proper|live|team)? {one} (from|of|at)? (the|your)? (team|office|surgery|staff)? (please|kindly|just|can|could|to|will|would|in person)? {ring} (me|back|us)", "(please|can you|could you|would you|will you|kindly|someone|somebody|just|anyone|need you to|want you to|like you to|sam|need to|^) (please|just|can|could|to|back|will|maybe|possibly)? (ring|call|phone|telephone|bell) (me|us|my (mobile|phone|house|landline|number)) (back|please|today|tomorrow|now|asap|on|at|when|later|this|instead|soon|after|before|about|if|in|next|monday|tuesday|wednesday|thursday|friday|or|x|as|thanks|to|any|$)",
		"(like|want|need|have|get|please|prefer|request|arrange|appreciate|possible|expecting) (to)? (a|have a|book a|the|get a|arrange a)? (phone|call|ring|telephone|proper|quick|chat)? (callback|call back|phone call|phonecall|ring back|face to face|call from|chat on the phone|word with|call please|home visit)", "^^ {soft}? {soft}? {soft}? (human|person|operator|agent|someone real|real person|real human|callback|call back|someone|somebody|adviser|advisor|live agent|customer service) {soft}? {soft}? $$", "(a|real|actual|live|speak to|want|need|get me|give me|like) (a|an|some|any)? (real|actual|live|proper|human|living|physical) (person|human|worker|being|someone|people|one|adviser|advisor|voice)", "(put|pass|transfer) (me|us) (on|through|over)? (to|onto) (a|an|some|the|my|one|someone|somebody)", "(want|need|get|give|prefer|rather|like) (me)? (to)? (have)? (a|an) (human|person|operator|adviser|advisor)", "(someone|somebody|anyone|anybody|person|human|people) (there|real|at the other end|i can|available|to|around|who can|that can|from (the|your) team) (there|to|talk|speak|ring|call|please|available|help|who|chat|contact|visit|come|get in touch)", "(not|rather than|instead of|sick of|fed up with|hate|without) (talking to|speaking to|talk to|speak to|with|chatting to|want|a|like|using|want to talk to)? (a|the|this)? (bot|machine|computer|robot|chatbot)", "(contact|see|meet|ring|call|phone|reach|speak with|get hold of|get in touch with|hear from|message|visit from) (with)? (my|a|the|your) (link|support|social|key|case|prescribing|real|actual)? (worker|adviser|advisor|human|person|prescriber|coordinator|team|navigator|human being)", "(get|be) in touch with me", "(link|support|social) worker (please|to (ring|call|phone|contact|come|get)|now)", "(siarad) (a|ag|efo|gyda|hefo) (rhywun|person|pherson)", "(is|are) (there|you) (a)? (anyone|anybody|someone|somebody|real|actual) (there|here|person|real|human|i can|available|listening|at)", "(come|coming) (and|to) (see|visit) me",
	}},
	{"command/help", Help, []string{
		"^^ {soft}? {soft}? (help|halp|info|menu|commands|command|options|instructions|guide|cymorth|:sos) (me|menu|page|please|pls)? {soft}? {soft}? $$", "^ {lead}? {lead}? {lead}? help (me|us)? (please|out|now|here|someone|with this|with the app|with this app|understand|to understand|use this|i am (stuck|lost|confused))? (please|now)? $", "need (some|a bit of|a little|your|a hand|more)? help (please|here|now|with this|with the app|using|to use|understanding|to do this|with these|with how|with the (bot|chat|questions|buttons))? (please|now|bot)? $", "(how|what) (does|do|is|can|should|are|shall|am|would) (this|it|i|you|these|the|we|all this|all of this) (app|bot|chat|thing|supposed to|options|commands|meant to|going to|even|actually)? (work|works|do|use|doing|say|type|press|send|answer|reply|write|about|for|choices|options|commands|mean|put|bot)", "what (are|were) (the|my) (options|commands|choices)", "(do|does|did) not (really|quite)? (understand|get|follow) (this|it|the question|what|how|you|that|these|any of this|the)? (means|mean|i|to|you|this|question|works|do|is|are)? ", "(i am|am|bit|a bit|getting|totally|really|completely) (so|very|a bit|really|totally)? (stuck|lost|confused) (here|with this|by this|now|by the|about what|on what|what|how|with the|please)? (please|bot|app|to)? $", "(what|how) (to|do i|can i|should i|am i) (do|use|type|say|press|send|answer|reply|supposed|meant|write|stop|respond) (here|now|this|next|it|to|back)? (do|say|write|type)? $", "(help|helping) (me)? (with|use|using|work|on) (this|the|your)? (app|bot|chat|system|thing|messages|buttons)", "can you help (me)? (please|with this|out|here)? (please)? $", "who are you", "what is this", "what (can|do) you do", "could (you|someone|anyone) help (me)? (please)? $",
	}},
	{"command/skip", Skip, []string{
		"^^ {soft}? {soft}? (skip|pass|next|hepgor|sgip|skipping|:skip) (it|this|this one|that|that one|question|the question|one|for now|please|this question|this time|on that|on this one|on this|today|thanks)? {soft}? $$", "(skip|skipping|miss out) (this|that|it|the|to) (one|question|bit|please|for now|next|week|time)? ", "(rather|prefer) not (to)? {answer}? ", "(do|would|will) not (really)? (want|like|wish|care|feel like) (to)? (answering|{answer}) (this|that|it|the question|about|a number|$)", "no comment", "(next|another|different) question", "(move|moving) on", "none of your (business|beeswax)", "leave (this|that) (one|question) (out|blank|$)", "(can|could) (i|we) (skip|pass|leave|miss) ",
	}},
	{"command/back", Back, []string{
		"^^ {soft}? {soft}? (back|undo|previous|nol|yn ol) {soft}? {soft}? $$", "(go|take me|going|get) back (to)? (the|my|a|one)? (last|previous|question|step|one|before|please|one before|first)? (question|one|answer|step|please|message)? $$", "(previous|last) (question|one) (again)? (please)? $$", "(change|correct|edit|fix|redo) (my|the|that|what i) (last|previous|first|earlier)? (answer|reply|response|number|one|score)", "undo (that|it|this|my|last)",
	}},
}

var commandBook = func() *rulebook {
	rules := make([]rule, len(commandRules))
	for i, r := range commandRules {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(commandClasses, rules)
}()
