package reply

// reportedRules are what stands in a reply without being its answer: what was
// promised, claimed or believed, the one time at which it was not, and whether
// it counts. What is said beside them is the answer.
var reportedRules = []stanceRule{
	{"yesno/promised", passes, []string{
		"{self}? (do)? (know)? (i know)? {vowed} {self} (have|had|am|was|been)? {would} {what}? {what}? (with _|when _ _|to you|on {weekday})?",
		"{self}? {vowed} {self} (have|had) {what}? {what}? (when _ _)?",
		"({yes}|ok|okay|sure|definitely|certainly|absolutely|(of)? course) {self} (do)? (know|remember)? (i know)? {vowed} {self} {would} {what}? {what}? (with _|when _ _|to you|on {weekday})? &(but|only|except|though)",
		"({yes}|ok|okay)? ({self} know)? {self} know (that|what|it)? (i|we|you) (should|ought|meant|was|were|promised|said|told|agreed|asked|had|am) (to|have|would|supposed to|meant to|going to|it|that|you|yes)? (to|have|i would|would|it|that)? {what}? &(but|and)",
		"({yes}|ok|okay) {self} (was|were|am|should) (supposed to|meant to|going to|have|of|planning to) {what}? {what}? &(but)",
	}},
	// Who is there, and has seen what was sent, has not answered it.
	{"yesno/there", passes, []string{
		"({yes}|ok|okay|right) ({self} am (here|still here|listening)|{self}? (have)? (got|saw|seen|read|received|had) (your|the|this|that) (message|text|msg|texts|messages|letter|note|email)|hello|hi|speaking|(thanks|thank you|cheers) for (letting me know|telling me|that|the (info|information|update))|(what|who) is (it|this|that) ..1 $|(you|she|he|they) (have)? (already)? (told|said|asked) (me)? (that|this|it|already|before|last))",
		"(oh|oops|whoops|sorry|soz|ah)? (sorry)? wrong (chat|chats|thread|window|convo|conversation|group chat|text|message) (sorry|soz|oops|lol)?",
		"(that|this|it) (was|is) not (meant|intended)? for you",
		"(never|not) (heard|been told|known|even heard|seen anything) (of|about) ..3",
		"no you (did|have) not (say|said|tell|told|ask|asked|mention|mentioned)",
	}},
	{"yesno/by-another", doubts, []string{
		"^^ (i am|am|all|very|ok)? (fine|ok|okay|good|grand|alright|well|not bad) {polite}? {polite}? (and)? (how are you|how about you|how is yourself|and you|you|yourself) ..3 $$",
		"({someone}|{family}) (has|have|just|already)? (did|done|went|gone|rang|filled|sent|posted|booked|sorted|called|phoned) (it|that|this|them|mine|there|along)? (in|off|out|up)? (for me|instead|on my behalf)",
		"^ (oh)? (great|lovely|brilliant|perfect|fantastic|wonderful|marvellous) (another|more (texts|messages|forms|questions|hassle|bad|work|bills)|yet (another|more)|now (the|my|it|we)|timing) ..3",
		"^ {self} (did|have|am|was) and (at the same time)? {self}? (also)? (did|have|am|was) not $",
	}},
	{"yesno/hurdle", passes, []string{
		"{self} (went|go|tried|got ready|wanted) to (go|do|leave|ring|get (up|ready|out)|pick up) ",
		"before (i|anyone|she|he|they|we) (could|can|had (a|the)? (chance|time) to) ..5",
	}},
	{"yesno/one-time", passes, []string{
		"({self}|^|but|it) (just|really)? (did|could|have|had|was|were|am)? (not|never) (manage|managed|make|made|get|got|go|went|gone|do|did|done|been|able to|get to)? {what}? {what}? (on|in)? (the)? {onetime} ..3 &({instead})",
		"({self}|^) (missed|skipped|forgot) {what}? (on|in)? (the)? {onetime} ..3 &({instead})",
		"^ {polite}? not (quite|exactly)? (as (early|soon|quick|quickly|fast|far|often|long|much) as {self} (would|had|have|was|hoped|wanted|said|planned|meant)|with (my|our|the|her|him|them) _|straight away|at first|right away|the way {self} (planned|meant|said)) ..4 &({instead})",
	}},
	{"yesno/counts", doubts, []string{
		"(does|do|would|will|is|if|whether|that|sure|may|might|could) (it|that|this)? (really|even|still|actually|properly|not)? (counts|count|counting)",
		"is that a (yes|{yes}|no|{no})",
	}},
	{"yesno/think-first", doubts, []string{
		"{self} (will|shall|would|need to|have to|want to|am going to|would like to|had better) (just|first)? (have to|need to)? (have a)? (think|mull|ponder|sleep) (about (it|that|this)|on it|it over|first) ..3",
		"({self} (will|shall|would|need to|have to|am going to|had better|will have to|would have to)|let me) (just|first)? (have to|need to)? (ask|check with|speak to|talk to|consult|run it past|see what) (my|the|with|her|him|them|our) ..2 !(to|if|about|for|whether)",
		"(can|could|may|let) (i|me|us|we) (please|just)? (have (a|to))? (think|sleep on|mull|ponder) ..12 $",
		"(can|could|may|let) (i|me|us|we) (please|just)? (have (a|to))? (think|sleep on|mull|ponder)",
		"(can|could|may) (i|we) (please)? (say|tell you|let you know|get back) (later|tomorrow|to you)",
	}},
	// "Did I heck" looks like a question and is none.
	{"yesno/no", saysNo, []string{
		"{ask} (i|it|he|she|they|we|that) {oath} ..1 (like)? $",
		"{ask} (i|it|he|she|they|we|that) {oath}",
		"like {oath} {self}? ({done})?",
		"^ {ask} {self} look like {self} ..3 $",
	}},
	// Who cannot read the question has not answered it.
	{"yesno/unreadable", doubts, []string{
		"(can|could) not (really|quite|even|properly)? (read|open|load|view) (it|that|this|you|what|the (message|text|writing|words|screen|link|picture|question)|your (message|text|writing)|any|a word|properly|anything)",
		"(can|could) not (really|quite|even|properly)? see (it|that|this|what you|the (message|text|writing|words|screen|question|picture)|your (message|text)|a thing|properly|to read) !(working|helping|happening|doing|being|making|suiting|lasting|changing)",
		"(can|could) not (really|quite|even|properly)? hear (you|it|what|a (thing|word)|anything|properly)",
		"(can|could) not (really|quite|even)? make (out|head or tail|head nor tail|it out|that out|this out|any of it out)",
	}},
}
