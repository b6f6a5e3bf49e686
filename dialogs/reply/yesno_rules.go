package reply

// stance is what one phrase of a reply says.
type stance uint8

const (
	saysYes  stance = iota // yes, aye, of course
	saysNo                 // no, nope, not yet
	weakYes                // I did, ok: gives way to a plain no beside it
	weakNo                 // I didn't, forgot: gives way to a plain yes
	doubts                 // maybe, partly, depends
	retracts               // wait, I mean: only what follows counts
	turns                  // but, because: what follows does not change the answer
	passes                 // says nothing either way, though a word in it does
)

type stanceRule struct {
	id       RuleID
	stance   stance
	patterns []string
}

var yesNoClasses = classes{
	"self": {"i", "we"},
	"done": {"do", "did", "have", "will", "would", "can", "am", "was", "shall", "agree", "consent"},
	"ask":  {"do", "did", "can", "could", "should", "shall", "am", "will", "would", "have", "is", "are", "was", "were", "what", "why", "when", "where", "how", "who", "which", "does", "may", "must"},
	"they": {"i", "we", "you", "it", "that", "this", "they", "he", "she", "there"},
	"yes":  {"yes", "yeah", "yep", "yup", "ye", "yah", "yas", "aye", "y", "yus", "yeas", "yer", "jes", "yeppers", "yepp", "ie", "ydw", "oes", ":yes", "yesss"},
	"no":   {"nope", "nah", "naw", "nay", "na", "nup", "nar", "neh", "nopes", "negative", "nage", "nac", ":no", "noo", "noooo"},
	// What may follow "no" so that it is an answer: "no I", "no sorry". Before
	// any other word it is a part of something: "no change".
	"after": {"i", "we", "it", "that", "this", "he", "she", "they", "you", "not", "sorry", "thanks", "thank", "but", "because", "as", "since", "and", "no", "never", "nope", "nah", "please", "mate", "love", "hun", "lol", "x", "xx", "xxx",
		"just", "too", "was", "did", "have", "unfortunately", "sadly", "actually", "really", "can", "will", "would", "maybe", "though", "still", "only", "honestly", "definitely", "absolutely", "way", "chance", "need", "ta", "can", "luck", "joy", "my", "been", "is", "am", "are", "do", "nothing",
		"dear", "darling", "pet", "duck", "afraid", "if", "when", "until", "or", "ok", "so", "to", "for", "the", "yet", "thankyou", "cheers", "diolch", "yes", "yeah", "forgot", "today", "rather", "haha", "sam", "hope", "longer", "more", "again", "now", "there", "none", "could"},
	"nice": {"ok", "okay", "okey", "okies", "oki", "k", "kk", "alright", "great", "lovely", "perfect", "brilliant", "cool", "grand", "champion", "super", "smashing", "wonderful", "excellent", "fab", "ace", "deal", "done", "please", "alrighty", "right", "roger", "fabulous", "magic", "sorted", "iawn"},
	"day":  {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tuesday", "mon", "tues", "wed", "weds", "thurs", "fri", "sat", "sun", "tomorrow", "twice", "once", "already", "all", "then", "both"},
}

// yesNoRules say what phrases mean. Where phrases overlap, the longest counts.
var yesNoRules = []stanceRule{
	{"yesno/no-signal", passes, []string{
		"yeah right", "(oh|ah|aw) (dear|god)", "no (idea|clue|preference|opinion|comment)", "{self} (am|feel|was|are|felt) (all|feeling|doing|very|pretty|just)? (ok|okay|fine|good|alright|great|grand)", "(am|feel|feeling) (ok|okay|fine|good|alright|great) (thanks|thank you)?", "all good",
		"^ {ask} !(it|that|this) {they} _ ..12 $", "^ (is|was|does|will|can|could|would|has|are|shall) (it|that|this) _ ..12 $", "^ (what|how|who|which|where) ..12 $", "^ why !not ..12 $", "^ (as long as|if|unless|provided|only if|once|when|depending) ..12 $", "(do|did|would) not (think|expect|imagine|believe) (i|it|we|that) (i|it)? (would|could|was going)", "did not (want|fancy|feel like) ..4 but {self} did", "not (that|as far as) {self} know", "never (better|been better|felt better|mind|again|ending|the less)", "nothing (wrong|to|like|much|but|special|new)", "{self} (will|would|have to|need to|want to|am going to|going to|can|might)? (think|see|wonder|let you know|get back|ask|decide)",
		"(yes|yeah|no) (or|and) (no|yes)", "^ did (you|he|she|they|we|i) _ ..12 $", "not (bad|too bad|half bad|so bad|great|good|well|easy)",
	}},
	{"yesno/yes", saysYes, []string{
		"{yes}", "^^ you $$", "yes (please|of course|sure)", "(of|but of)? course", "(definitely|absolutely|certainly|indeed|totally|obviously|affirmative|surely|agreed|undoubtedly|naturally)", "exactly $", "correct", "sure !(if|about|what|how|whether|where|when|why|that|it)", "sure (thing|why not)", "(mhm|yuh|brill|fab|roger)", "uh huh", "roger that", "let us (do|go|try) (it|ahead|that|for it)?", "lets (do|go)", "fire away", "suits (me|us)", "very much so", "(i)? should (think|say|hope) so", "{self} did (go|do it|do that|do them|ring|call|manage|get there|make it|get|it|them|speak|finish|see|join|attend|yes)", "for (sure|definite)",
		"no (problem|problems|problemo|probs|prob|worries|bother|trouble|doubt|question|objection|objections|harm in that|sweat|issue|issues|harm)", "not a problem", "np", "why (ever)? not", "(can|could) not wait", "(would|do) not mind if", "would not (mind|say no|miss it|hurt)", "(can|could) (not|hardly|never) say no", "without a doubt", "not half", "too right", "you bet", "go (on then|for it|ahead|on)", "{they}? sounds (really)? (good|great|fine|lovely|ok|okay|like a plan|perfect|alright|nice|right|about right|brilliant|like a good idea)",
		"(that|it|this|which)? (is|would be|will be|be|sounds) (absolutely|perfectly|totally|really|quite|all|very)? (fine|lovely|great|ok|okay|grand|perfect|right|correct|true|brilliant|alright|good|nice|useful|helpful|private|safe) (by|with|for|to)? (me|us|go on)? (thanks|thank you|please|yeah|yes|now)? $", "(fine|good|ok|okay|alright|works|cool) (by|with|for) (me|us)", "(that|it|this) works !not",
		"(think|guess|suppose|believe|expect|say|looks like it|imagine|reckon|spose|spoze) so", "^^ {self} (guess|suppose) (so|$)", "(love|like|be happy|be glad|be delighted|be pleased|be grateful) (to|that|it)", "would (really|quite|rather)? (love|like|appreciate) (that|to|it|this|one|some)", "happy (to|with that|to do|for you to|with this)", "please do !not", "by all means", "100 $", "100 (percent|per cent)", "(count|sign) me (in|up)", "{self} (am|are) up for", "up for (it|that)", "true $", "that is (right|correct|true|it|so)", "(okey|okie) dokie?", "(it|that) (is|did|has|was|does|would|will|can) (yes|indeed|thanks|actually|thank you|very much)? $", "keen $", "carry on", "if you would", "will do", "(thumbs|thumb) up", "{self} (do|did|have|will|would|am|can) (yes|indeed)",
	}},
	{"yesno/not-now", saysNo, []string{
		"not (now|today|tonight|tomorrow|at the moment|just yet|this (time|week|morning|month|evening|afternoon)|currently|right now|for (now|the moment|a while)|on {day}|next week|before|after)",
	}},
	{"yesno/no", saysNo, []string{
		"(best|better|rather|prefer) not", "a (definite|big|firm|hard|polite|clear)? no", "can not say (i|that i) (did|have|do|am|was|would|will)", "{self}? (would|do|did) not (really|particularly|much)? (like|want|love|fancy|wish|care) (to|that|it|this|any|one|for)",
		"no $", "no &({after}|{they})", "^^ (and|no) $$", "{no}", "^^ non $$", "no (no|thanks|thank you|ta|need|chance|way|fear|longer|more|luck|joy|can do|intention|desire|interest|time|thankyou|point|hope)",
		"not (really|yet|for (me|us)|this one|likely|keen|interested|happy|comfortable|at all|on your (life|nelly)|ready|ever|so far|any more|often|particularly|especially|needed|necessary|much|possible|as yet|a chance|a hope|if i can help it|in a million years|safe|private|true|correct|done|tempted|fussed|convinced|the slightest|in the (slightest|least)|me|us|going to happen|happening|helpful|until|a good (time|idea)|(an|the) option|long ago|in (here|this house)|happened|today|worked|started|managed|quite yet|even close|anymore|fully safe|feeling it|too keen|very keen|that keen|me mate|been able|able|had (a|the|any)? (chance|time)|got round|so|a bit)",
		"(am|is|are|was|afraid|hope|think|rather|probably|sadly|unfortunately|guess|suppose|certainly|definitely|absolutely|obviously|alas|sorry|i|am sorry|surely|better|spose|apparently|prob|reckon|course) not $", "(certainly|definitely|absolutely|probably|sadly|unfortunately|of course|rather|prefer|would rather|would prefer|better) not", "never ($|did|have|has|had|been|got|went|was|happened|will|would|once|ever|managed|in a|again|mate|lol|really|tried|heard|felt|do)", "(not a|fat|no) chance", "no (way|fear|way jose)", "rather (not|you did not|we did not|you not)", "{self}? (do not|does not|would not|will not|did not) (really|honestly|actually|personally)? think so", "{self}? (do not|did not) think (i|it|we|that|he|she|they)", "{self} doubt it", "doubt (it|that)", "hardly $", "hardly ever", "prefer not", "(leave|give) it $", "please (do not|stop)", "^ (nothing|none|neither|nowt|nil) $", "under no circumstances", "count me out", "{self} disagree", "false $", "incorrect", "unlikely", "no longer", "(not|no) (anymore|any more)", "dim diolch", "thumbs down", "{they} not $",
	}},
	{"yesno/weak-yes", weakYes, []string{
		"^ fine $", "already (done|have|did|been)", "^ went", "{self} have (rung|called|phoned|gone|done|walked|visited|joined|booked|written|sent|seen|spoken|met|started|finished|managed|completed)", "^ {nice} (then|thanks|thank you|please|stuff|idea|lol|love|mate|by me|x|xx|go on|cool|great|now|so)? (then|thanks|thank you|please|x|lol)? $", "(ok|okay) (then|thanks|go on|yes|so|sure|will do)", "^ (ok|okay|alright) ", "{self} (really|sure|definitely|certainly|already|just|actually|always|usually)? {done} (it|that|so|this|them|indeed|thanks|thank you|please|though|actually|now|lol|x|quite|really|honest|honestly|all of it|very much)? {day}? $", "{self} (finally|just|even|actually|only|did)? (managed|manage|finished|completed|did it|done it|did that|did them|got it done|got there|got to (it|do)|have done|went (there|on|to|twice|yesterday|along|last|and|with|for|this|today)|went $|have been|have managed|have finished|have started)", "(managed|did|done|finished|completed|been) (it|that|there|mine|them|yesterday|today|on {day}|twice|once|already|ok|all|last night|this morning)", "^ (managed|finished|completed|done|did|been) (to|all|and|it|with|on|this|twice|ok|fine|mine|yesterday|today|already|last|both)", "(all|job|its|been|got it|finally|both) done", "would be (great|nice|good|lovely|fine|helpful)", "^ (did|have|am|would|can|do|will) $", "^ (did|done) $", "love (to|one|it|that) $",
	}},
	{"yesno/weak-no", weakNo, []string{
		"(it|that) (is|was|has|did|does|would|will) not !(hurt|matter|rain|take|bad)", "({self}|^) (am|was|is) not (well|able|strong|fit|brave|in the mood|feeling|up)", "({self}|^) (really|just|still|actually|honestly|personally|simply|did|only)? (do|did|have|has|will|can|could|would|had|should|does) (not|never) !(complain|argue|grumble|fault|moan|believe|remember|wait|say no|mind|stop|know|forget|complain|fault|miss|regret|hurt|be happier|tell you|say|decide)", "{self} (really|just|still)? (do|did|have|will|can|would|am|was|could|are) (not|never) $", "{self} (am|are|was|were) not (going|able|up|interested|keen|sure i can|doing|comfortable|happy|ready|bothered|in|safe|alone|there|allowed|here)", "{self}? (totally|completely|clean|just|plain|sorry|have|keep|kept|had|simply|actually)? (forgot|forgotten|forget|failed|refused|refuse|skipped|missed|declined|decline|bottled it|chickened out|struggled to|gave up|put it off)", "(ran|run|running) out of (time|steam|puff|energy)", "too (busy|tired|ill|poorly|scared|anxious|unwell|much on|wet|cold|hot|sore|knackered)", "slipped my mind", "(got|went) nowhere", "(have|had) not", "no more", "not been", "not (got|had|gone|tried|done|went|rung|called|started|managed|finished|manage)", "^ could not", "^ can not !(wait|complain|argue|grumble|fault|moan|believe|remember|say|tell|think)",
	}},
	{"yesno/some", doubts, []string{
		"(sometimes|occasionally|mostly|mainly|eventually|later|soon)", "{they}? (a bit|a little|some|most) (of)? (it|that|them|the|each|late|more|slow|hard)? $", "{self} (suppose|guess) !so",
	}},
	{"yesno/doubt", doubts, []string{
		"{self}? (do|does|did) not (really)? mind", "not (fussed|bothered)",
		"(maybe|mebbe|perhaps|possibly|probably|poss|possible|partly|partially|nearly|almost|depends|depending|unsure|undecided|hopefully|somewhat|ish|either|whatever|hmm|hmmm|hm|mm|umm|um|erm|er|err|eh|meh|iffy|mixed|halfway|half|ummm|ermm|dubious)", "(sort|kind|kinda) of", "not (too|really|quite|that|so|at all|entirely|100|completely|very)? (sure|certain|decided|positive)", "not (quite|completely|entirely|fully|totally|all|always|exactly|everything|every|necessarily|no|nothing|never|bothered|100|very|often|that (much|often)|as (much|often|good)|too)", "{self}? (do|does|did|could|can|will|is) not (really|quite|actually|even|honestly)? (know|understand|remember|recall|get it|have a clue|tell you|say for|tell|decide|care|want to say|have an opinion)", "(can|could) not (say|tell|decide|remember|think|be sure)", "{they}? (bits|parts|half|part|bit) (of)? (it|that|them|both|the|each)? $", "(some|most|half|part|bits) of (it|that|them|the)", "so so", "{self}? (will|would|am going to|going to|have|am|can|did|could|was)? (try|tried|trying|attempt|attempted) (to|my|it|and|but|again|once|for|$)", "(hope|wish|hoping) (to|i|it|for|that|you)", "fingers crossed", "(might|may|could|could be|could do|might do|might be|may be|should be) !not", "^ should $", "swings and roundabouts", "{yes} and no", "no and yes", "(on|in) (the)? (one|a|some) (hand|way|sense|ways)", "up to you", "if you (like|want|say so|think so|must|wish|prefer)", "only (if|when|a bit|some|partly|half)", "let me (think|see|check|get back)", "(have|need) (to|a) (think|look)", "50", "ask me (again|later|tomorrow|next|in|when)", "{self} wonder", "neither here nor there", "(pass|skip|next)", "more or less", "{yes} ish", "on and off", "off and on", "now and (then|again)", "(who|god|goodness|heaven|lord) knows", "as if", "(in|not in) (my|your) dreams", "hard to (say|know|tell)", "(tricky|difficult|hard|good|tough) (one|question)", "(not)? (an)? easy (one|question)", "mixed feelings", "in two minds", "torn", "on the fence", "sitting on the fence", "touch and go", "swing both ways", "a lot of", "yet to", "getting there", "working on it", "(in|under) (progress|way)", "started (to|it|but|on|and)", "half (of|way|and|done)", "going to", "am planning", "will see", "see how", "we will see", "up and down",
	}},
	{"yesno/correction", retracts, []string{
		"(wait|scrap that|i mean|i meant|meant|hang on|hold on|oops|whoops|on second thoughts|change that|correction|changed my mind|actually|rather|make that|should be|typo|ignore that|sorry i mean|my mistake|wrong button|pressed wrong)", "(oh|oops|sorry|ah|actually) (wait|sorry|actually|hang on|hold on|scrap that|i mean|i meant|i mean)",
	}},
	{"yesno/no-wait", retracts, []string{
		"no (wait|sorry|actually|hang on|hold on|scrap that|i mean|i meant|oops) !(not|no|did|have|had)",
	}},
	{"yesno/but", turns, []string{"(but|although|though|except|only|however|because|since|so|as|provided|if|when|unless|until|after|before|and|just|while|cause|then|which|that|in case|with|apart|sorry)"}},
}
