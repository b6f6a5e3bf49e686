package reply

// What the words around a number make of it. The patterns of scaleContext see
// each number of the text as #, and do not run over a comma.
var scaleClasses = classes{
	"about": {"a", "an", "the", "like", "about", "around", "roughly", "approximately", "maybe", "probably", "perhaps", "possibly", "really", "quite", "even",
		"exactly", "just", "still", "only", "actually", "definitely", "say", "saying", "solid", "good", "strong", "full", "fully", "another", "of", "by", "yet", "totally", "anywhere", "near", "very", "proper", "mere", "measly", "whopping", "big", "fat", "at"},
	"change": {"up", "down", "dropped", "drop", "fell", "fallen", "gone", "went", "go", "moved", "risen", "rose", "rise", "jumped", "improved", "slipped", "climbed", "come", "came", "crept",
		"increased", "decreased", "plus", "minus", "gained", "lost", "sunk", "sank", "slid", "shot", "dipped", "changed", "bumped", "crawled"},
	"more":    {"more", "up", "down", "higher", "lower", "less", "better", "worse", "above", "below", "increase", "drop", "improvement", "improved", "extra", "fewer", "decrease", "ahead", "further"},
	"link":    {"it", "to", "for", "is", "was", "be", "my", "by", "in", "a", "an", "at", "about", "get", "reach", "give", "have", "would", "i", "am", "up", "going", "see", "this", "that", "again", "with", "could", "back", "were"},
	"self":    {"i", "we"},
	"fullday": {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
	"day":     {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"},
	"someone": {"he", "she", "they", "wife", "husband", "partner", "mum", "mam", "dad", "mother", "father", "son", "daughter", "sister", "brother", "friend", "mate", "neighbour",
		"nurse", "doctor", "gp", "everyone", "everybody", "people", "others", "someone", "boyfriend", "girlfriend", "carer", "hubby", "missus", "kids"},
	"score": {"score", "number", "answer", "rating", "mood", "day", "week", "life", "level", "confidence", "feeling", "guess", "mark", "wellbeing", "scale", "morning", "afternoon", "evening", "today", "vote", "pick", "choice", "energy", "state", "general", "overall", "reply", "own", "honest"},
	"pain":  {"pain", "pains", "anxiety", "stress", "worry", "ache", "headache", "temperature", "temp", "weight", "pressure", "sugar", "sugars", "tiredness", "fatigue", "bp", "oxygen", "reading", "breathlessness"},
	"unit": {"tablet", "tablets", "pill", "pills", "mg", "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "second", "seconds", "night", "nights", "time", "times",
		"people", "person", "kid", "kids", "child", "children", "grandchildren", "grandkids", "man", "men", "woman", "women", "friend", "friends", "cup", "cups", "mug", "mugs", "mile", "miles", "km", "metres", "steps", "step",
		"lb", "lbs", "kg", "oz", "ml", "cm", "inch", "quid", "pound", "pounds", "stone", "kilo", "kilos", "feet", "foot", "inches", "oclock", "thing", "things", "visit", "visits", "call", "calls", "session", "sessions", "goal", "goals", "meal", "meals", "walk", "walks",
		"cat", "cats", "dog", "dogs", "bus", "buses", "appointment", "appointments", "sugars", "pint", "pints", "glass", "glasses", "can", "cans", "slice", "slices", "lap", "laps", "lengths", "cigarettes", "fags", "stars", "star",
		"weekend", "weekends", "morning", "mornings", "evenings", "afternoons", "other", "others", "different", "separate", "bedroom", "bed", "floor", "floors", "job", "jobs", "text", "texts", "message", "messages", "question", "questions",
		"sleep", "kip", "hrs", "weekly", "daily", "monthly", "yrs", "sons", "daughters", "brothers", "sisters", "hot", "more", "extra", "lots", "loads", "packs", "pack", "bags", "bag", "books", "book", "lads", "girls", "boys", "am", "pm", "figures", "fold", "percenter", "course", "fish"},
	"took": {"took", "taken", "take", "taking", "eaten", "ate", "eat", "drank", "drunk", "drink", "slept", "sleep", "walked", "walk", "bought", "buy", "made", "saw", "seen", "met", "swam", "ran", "cooked", "smoked", "smoke", "missed",
		"had", "have", "has", "having", "need", "needed", "every", "in", "within", "after", "since", "until", "till", "by", "page", "room", "flat", "chapter", "stage", "type", "size", "aged", "age", "channel", "radio", "junction", "gate",
		"platform", "year", "bed", "ward", "table", "unit", "for", "past", "step", "bus", "covid", "top", "phone", "ring", "before", "invited", "lost", "won", "cost", "paid", "spent", "waited"},
	"going": {"up", "woke", "wake", "bed", "asleep", "awake", "home", "ring", "call", "phone", "meet", "see", "start", "starts", "started", "finish", "finished", "dinner", "tea", "lunch", "breakfast", "appointment", "train", "bus", "back",
		"club", "class", "group", "opens", "open", "closes", "text", "message", "out", "doctors", "dentist", "come", "coming", "arrive", "came", "got"},
}

// A role is what its surroundings make of a number.
type role uint16

const (
	negated  role = 1 << iota // not a 10
	bounded                   // under 4
	relative                  // down 3
	things                    // 2 tablets
	anchor                    // 10 means good: the scale itself
	then                      // last week
	now                       // today, or moved to
	wished                    // hoping for 8
	mistaken                  // corrected by a later number
	stated                    // said to be the score, whatever else is around
	aspect                    // of one thing among several: mood, sleep, pain
)

// unfit are the roles that keep a number from being this week's score.
const unfit = negated | bounded | relative | things | anchor | wished | mistaken

// roleRule gives a role to the numbers inside a phrase.
type roleRule struct {
	id   RuleID
	role role
	// last says that only the last number of the phrase gets the role, first
	// that only the first one does; else all do.
	last, first bool
	patterns    []string
}

var scaleContext = []roleRule{
	{id: "scale/negated", role: negated, patterns: []string{
		"(not|never|hardly|barely|neither|nor|without|no longer|no way|nowhere near|far from|anything but|rather than|instead of) {about}? {about}? {about}? #",
		"(not|never) (call it|be|been|feel|feeling|give it|put it|go|got|going to be|as good as|as high as|as low as) {about}? {about}? #",
		"(nothing|no way|no chance) (it is|i am|is|like|it was) {about}? {about}? #",
		"# (is|was) not", "# (nope|nah|no) $$", "# (is|would be) (wrong|not right)", "# my (arse|foot|bum|eye)", "# i (wish|do not think)", "# yeah right",
	}},
	{id: "scale/bounded", role: bounded, patterns: []string{
		"(under|over|above|below|beneath|beyond|nearly|almost|approaching|nearer|closer|towards|max|min|maximum|minimum) (to|of|than)? {about}? {about}? #",
		"(less|more|fewer|greater|higher|lower|better|worse) than {about}? {about}? #",
		"(at least|at most|at best|at the most|up to|just short of|short of|close to|near to|near enough|anything from|upwards of|north of|south of|all but|coming up to|getting on for|not quite|no more than|no less than|the (wrong|right) side of) {about}? {about}? #",
		"# (or|and) (more|above|over|under|less|below|higher|lower|up|upwards|better|worse|fewer|beyond)",
		"# (plus|minus) !(because|cos)", "# (max|tops|minimum|maximum|min) $", "between {about}? # (and|to)? $", "not far (off|from) {about}? #", "# at (best|most|least|the most|the very most|the very least|a push)", "# and (some|then some)", "# (upwards|ish or more|if that)",
	}},
	{id: "scale/relative", role: relative, patterns: []string{
		"(negative|minus) #", "{change} {change}? (by|of|a|about|around|just|roughly|maybe|probably|like|another|only|nearly|at least)? (a|about)? #",
		"(another|extra|add|added|knock off|knocked off|by) {about}? #",
		"# (whole|full|good)? (points|point|marks|mark|notches|notch|places)? {more} !or !from", "# (points|point|marks|mark|notches|notch|places) (on|off|difference)",
		"# (whole|full|good)? (points|point|marks|mark|notches|notch|places)? {more} from (last|before|the|my)",
		"# (on|up on|down on) (last|my last)", "(double|twice|half) {about}? #", "# (times|fold)",
	}},
	{id: "scale/of-things", role: things, patterns: []string{
		"# (more|extra|other|good|bad|great|little|small|big|different|new|hot|whole|full|short|long|lovely|nice|of|or|odd|proper|decent|rough|sugar|solid)? (my|our|the|their)? {unit} !(is|was)",
		"{took} (only|about|around|just|nearly|almost|over|the|like|maybe|at least)? #",
		"{going} ..2 (at|about|around|by|before|after|past|till|until) (about|around|nearly|half past)? #",
		"^ at # this (morning|afternoon|evening)", "(half past|quarter past|quarter to|past|oclock) #",
		"{pain} (level|levels|score|scores|is|are|was|at|of|like|about|around|today|still|now)? (is|are|was|at|about|around|like|a|an|still|now)? {about}? #",
		"{someone} (will|would|is|are|always|probably|just)? (say|says|said|saying|think|thinks|thought|reckon|reckons|put|puts|gave|give|gives|is|are|was|at|rated|rates|turned|turns|be|scored|scores|got|sees|told|reckoned|guess|guessed|have|has) (i am|me|it is|it was|it|him|her|only|up)? {about}? {about}? #",
		"my !{score} _ (is|was|are|turned|turns|at|only)? (only|about|just|nearly|turning)? # !(today|this|now)",
		"(at|is|live at|lives at|flat|house) number #", "(call|ring|phone|text|reach) me (on|at|after|before|about) #", "# (till|until|til) #", "(^|is|am on|on|in) (week|day|month|year|chapter|stage) #", "(group|class|food|film|weather|doctor|team|bus|nurse|staff|place|cake|meal|service|tea|lunch|dinner|coffee|book|show|programme) (gets|get|got|is|was|deserves|scores|a) {about}? #", "give (the|my|you|him|her|them|that|those|everyone) ..3 #", "(thinks|reckons|says|puts|rates) (i am|me at|me|it|it is|that|i)? (at|as)? {about}? #", "{someone} {about}? #", "# (sure|certain|true|honest|positive|agree|behind|committed)", "# for (effort|food|service|the (group|food|class|bus|doctor|effort|team))",
		"(number|no) # (bus|on|in|at|shop|house|is)", "# (of|to) (us|them|you|my|the|our|those|these)", "# (am|pm|oclock|ish tonight)", "# (sugars|sugar|and under)", "# and (counting|older|younger)",
		"(no|some|any|every|each|that|this|which|the|another|loved|little|first|last|next|only|wrong|right|hard|tough|other|big|good|bad) one", "# (of|more|or two|off|day|another|side|way|minute|moment|step|long|at a|by|bit|thing|person|big|little|to one|on one|hand)",
		"(you|him|her|us|them|it|someone|anyone|everyone) one", "all in #", "(cloud|item|question|answer to|exercise|module|lesson|act|scene|verse|pier|pump|till|desk|dial|option|gear|tier|paragraph|line) #", "# a (day|penny|night|month|go|piece|time|head|pop|side)", "(won|lost|drew|win|beat|winning|losing|ahead|led) (it|them|us)? {about}? # #?", "# (nil|all) $", "# to one", "# (to go|left|legged|remaining|down and)", "# of #", "(high|give me|take|gimme) #", "# (foot|feet|by) #", "# (days|day|weeks|week|hours|nights) (a|per|in)", "# (times|x) (a|per)",
	}},
	{id: "scale/about-the-scale", role: anchor, patterns: []string{
		"(if|where|with|does|is|when|say|and|so|what does|what is) # (is|being|means|mean|was|as|good|bad|best|worst|equals|the)",
		"# (being|means|equals|the best|the worst|best|worst|good|bad|high|low|is the|is (as)? (good|bad|best|worst|perfect|great|brilliant|awful|terrible|low|high|top|bottom|happy|sad))",
		"scale (of|from)? # (to|and|through)? #", "(from|between) # (to|and) # (scale|i|it|my|today|where|how|so)", "(what|which) ..3 #", "(out|marks|top marks) of #",
		"(is|does|do|are|was) (it|that|this|the scale) ..3 (to|or|out of|from|on) #",
	}},
	{id: "scale/wished", role: wished, patterns: []string{
		"(want|wants|wanted|hope|hopes|hoping|hopefully|aim|aiming|wish|target|goal|ideally|dream|dreaming|need|reach|reaching|good enough|eventually|soon|expect|expecting|trying|try|would (like|love|prefer)) {link}? {link}? {link}? {about}? #", "ask me ..5 #",
		"(next|tomorrow|one day|someday) (week|time|month|year)? ..3 #", "# (next (week|time|month|year)|tomorrow|one day|someday|eventually|hopefully soon|by (next|then|the|christmas|easter|summer))",
		"(settle for|settling for|heading (for|to|towards)|work towards|working (up)? (to|towards)) {about}? #", "# (but for|without|if not for|were it not|if it was not|if it were not)", "(will|going to) be {about}? #", "# would (do|suit|satisfy) (me|us)?", "(shy of|a shade (under|over)) {about}? #", "# (is|would be|as) (my|the|a)? (goal|target|aim|dream|hope|plan)", "# would be (nice|good|great|lovely|ideal|amazing|enough|better|fine|brilliant|perfect|wonderful|heaven|a dream)",
		"(would|could|might|should) (be|have been) {about}? {about}? # (if|but for|without|except|only|were it|had)", "(would|should|could) have been {about}? {about}? #", "(if|when|until|till|once|unless) (i|it|things|we|life) !(am (honest|being|to be)|had to|was to|must|have to) ..3 #",
	}},
	{id: "scale/several", role: aspect, patterns: []string{
		"(mood|sleep|energy|appetite|stress|motivation|confidence|pain|pains|anxiety|health|work|home|family|money|body|mind|physical|mental|knee|back|eating|worry|loneliness|happiness) (wise|level|levels|score|is|was|about|at|a)? (is|about|at|a)? #", "# (for|on|with) (my|the)? (mood|sleep|energy|appetite|stress|motivation|confidence|pain|anxiety|health|work|home|family|money|body|mind)", "# (physically|mentally|emotionally|moodwise)",
	}},
	{id: "scale/stated", role: stated, last: true, patterns: []string{
		"(can|could|may|shall) i (have|say|put|give|go with|change it|make it|do|pick|change my answer|change) (it|to|a|from #)? (to)? {about}? #", "(go|going|plump|opt|settle|went|gone) (for|with) {about}? #", "let (us|me)? (go|call it|say|have|make it) (for|with|it)? {about}? #", "(^|i) would (go|give|put|pick|say|call) (it|for|with|myself|me|today)? {about}? #", "(feel|feeling|felt) (a bit|really|so|very|quite|rather)? (down|low|up) #", "{self} have (to)? (say|go)? (a|for) #",
	}},
	{id: "scale/moved-to", role: now, last: true, patterns: []string{
		"{change} {change}? (right|all the way|back|again|slightly|a bit|now|from #)? to {about}? {about}? #", "(up|back|down|got|came|come|returned) (up|down|on|now)? to {about}? {about}? #",
		"(am|is|gone|went|moved|back|now|come|came|got|crept|shot|jumped|been|bump|bumped|put|make|change|changed|move|get) (it|me|that)? (back|now)? (up|down|it)? to {about}? {about}? #",
		"{change} {change}? from {about}? # to {about}? #", "{change} # (points|point)? to {about}? #", "# (points|point)? (up|down) to #",
		"(changed|change|changing) ..2 # (to|for|into) {about}? #", "from {about}? # (up|down|right|all the way|back) (up|down)? to {about}? #", "from {about}? # (last week|last time|before|yesterday) to {about}? #",
	}},
	{id: "scale/moved-from", role: then, patterns: []string{
		"(up|down|improvement|increase|drop|rise|better|worse|higher|lower|change|it) from {about}? {about}? #", "{change} ..2 from {about}? {about}? #", "(instead of|rather than|compared (to|with)|vs|versus|not like) (the|my|last week is|last week|a)? {about}? #",
		"from {about}? # (up|down|last|before|yesterday|all|right|back)", "(started|began|starting|beginning) (out|off)? (at|on|as|with|from|is)? {about}? {about}? #",
	}},
}

// scaleTimes are the words that put a number in the past, the present or the
// future. After a comma they speak for the number on their own side.
var scaleTimes = []roleRule{
	{id: "scale/then", role: then, patterns: []string{
		"last (week|time|month|night|year|one|score|number|{day}|check in|weekend|summer|winter)", "yesterday", "ago", "previously", "earlier", "originally", "formerly", "before &(#|$|that|and|but|now|today|it)", "once", "at first", "initially", "the other (day|week|night)",
		"(the)? (week|time|day|month) before (last)?", "on {day}", "{fullday}", "a (week|fortnight|month|while|year) ago", "when (i|we) (started|began|first|joined|met)", "at the (start|beginning)", "in (january|february|march|april|may|june|july|august|september|october|november|december)", "previous (week|time|score|number|one)?", "last $", "(is|was) my (best|worst|lowest|highest|last)", "in the (morning|afternoon|evening)",
		"to (start|begin) with", "the start", "used to", "would have (said|been)", "back then", "normally", "usually", "had been", "first (week|time|score|number|said|put|one)", "as a kid", "(on|in|during) (bad|good|the bad|the good) (days|day|weeks)", "(bad|good|better|worse) (days|day|weeks)", "(at|over) (christmas|easter|new year)",
	}},
	{id: "scale/compared", patterns: []string{
		"(like|as|than|on|since|compared (to|with)|same as) (i was)? (the)? (last|before|yesterday|previous|previously|usual|always|ever|normal|{day}) (week|time|month|night|year|one|score|number|{day}|check in)?",
	}},
	{id: "scale/now", role: now, patterns: []string{
		"now", "today", "currently", "this (week|time|minute|second|moment|one)", "tonight", "presently", "nowadays", "these days", "at the moment", "right now", "at present", "so far", "as of now", "just now", "lately", "recently",
	}},
}

// scalePast are verbs that put the number behind them in the past.
var scalePast = []roleRule{
	{id: "scale/then", role: then, patterns: []string{"(was|were|used to be|had been)"}},
}

// scaleLinks join two numbers, also over a comma.
var scaleLinks = []linkRule{
	{id: "scale/correction", kind: corrects, patterns: []string{
		"# (lol|haha|hmm|er|erm|x|oh)? (no|nope|nah|sorry|soz|oops|whoops|actually|wait|rather|correction|scrap|meant|mean|hang|hold|make|should|change|erm|typo|edit|more|well|hmm|ignore|or rather|i (mean|meant)|on (second|reflection)|oh|ah|argh|changed|strike|my mistake|wrong|mistake|is wrong|mis|cancel|delete|forget|second) ..5 #",
		"(said|put|typed|wrote|sent|pressed|hit|clicked|gave|chose|tapped|written) (in|it as|you|it|a|down)? {about}? # ..6 (meant|should|mean|wanted|actually|really|supposed|right|correct|but (it|i)) ..4 #",
		"# (is|was) (wrong|a mistake|a typo|not right) ..5 #",
	}},
	{id: "scale/moved", kind: moves, patterns: []string{
		"# (is|was)? (up|down|back|improved|dropped|changed|better|worse) (up|down)? from {about}? {about}? #", "# from {about}? {about}? # (last|before|yesterday)",
	}},
	{id: "scale/range", kind: ranges, patterns: []string{
		"between {about}? # (and|or|to) {about}? {about}? #",
		"# (or|to|maybe|perhaps|possibly|probably|if not|going on|verging on|bordering on|pushing|edging|through|until|might be|could be) (or|even|maybe|perhaps|possibly|to|is it|it is|it could be|could be|be|a)? {about}? {about}? #",
		"# and {about}? # (somewhere|ish|between)",
	}},
}

type linkKind uint8

const (
	corrects linkKind = iota // the second number replaces the first
	moves                    // the first is now, the second was then
	ranges                   // between the two
)

type linkRule struct {
	id       RuleID
	kind     linkKind
	patterns []string
}
