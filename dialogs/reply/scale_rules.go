package reply

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
	given                     // put in the words that one gives a score with
	doubted                   // perhaps of somebody or something else
	told                      // taken in spite of what is around, and the person told
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

// scaleContext is what the words around a number make of it. Its patterns see
// each number of the text as #, and do not run over a comma.
var scaleContext = []roleRule{
	{id: "scale/negated", role: negated, patterns: []string{
		"not a patch on ..2 #",
		"(not|less) so much (of)? {about}? #",
		"the # (i|we) (was|had|gave|said|put|used)",
		"(not|never|hardly|barely|neither|nor|without|no longer|no way|nowhere near|far from|anything but|rather than|instead of) {about}? {about}? {before}? {about}? #",
		"(not|never) (call it|be|been|feel|feeling|give it|put it|go|got|going to be|as good as|as high as|as low as) {about}? {about}? #",
		"(nothing|no way|no chance) (it is|is it|i am|is|like|it was) {about}? {about}? #",
		"# (is|was) not",
		"(can|could|do|did|have|am|is|was|will|would) not (quite|really|yet|even|ever|going)? (get|got|reach|reached|make|made|manage|managed|go|call|say|give|stretch|going|put|do) (it|as|at|to|up|past|beyond|far|high|a)? (it|to|as|a|up|far as|high as)? {about}? #",
		"# (nope|nah|no) $$",
		"# (is|would be) (wrong|not right)",
		"# my (arse|foot|bum|eye)",
		"as (good|bad|high|low|well|happy|great) as (the|my|last) (last)? (weeks|week|time|times|months)? {about}? #",
		"# i (wish|do not think) $",
		"# yeah right",
	}},
	{id: "scale/negated", role: negated, last: true, patterns: []string{
		"more (of|like)? {about}? # than {about}? #",
	}},
	{id: "scale/considered", role: mistaken, patterns: []string{
		"(ignore|delete|disregard) (that|the|my)? (last|first)? #",
		"(nearly|almost|tempted to|about to|inclined to) (say|said|put|saying|putting|give|gave|went (for|with)|wrote|write|go (for|with)|pick|picked) {about}? {about}? #",
	}},
	{id: "scale/bounded", role: bounded, patterns: []string{
		"(under|over|above|below|beneath|beyond|nearly|almost|approaching|nearer|closer|towards|max|min|maximum|minimum) (to|of|than)? {about}? {about}? #",
		"(less|more|fewer|greater|higher|lower|better|worse) than {about}? {about}? #",
		"(at least|at most|at best|at the most|up to|just short of|short of|close to|near to|near enough|anything from|upwards of|north of|south of|all but|coming up to|getting on for|not quite|no more than|no less than|the (wrong|right) side of) {about}? {about}? #",
		"# (or|and) (more|above|over|under|less|below|higher|lower|up|upwards|better|worse|fewer|beyond)",
		"# (plus|minus) !(because|cos)",
		"# (max|tops|minimum|maximum|min) $",
		"between {about}? # (and|to)? $",
		"not far (off|from) {about}? #",
		"# (not more|point (something|odd))",
		"# at (best|most|least|the most|the very most|the very least|a push|a pinch|a stretch) !(days|times|of)",
		"# and (some|then some)",
		"# (upwards|ish or more|if that $)",
		"(^|am|is|be|say|just|maybe|probably|now|it|got) (pushing|nudging|touching|verging on|bordering on|edging|knocking on|creeping (up)? (to|towards)) {about}? #",
	}},
	{id: "scale/relative", role: relative, patterns: []string{
		"(negative|minus) #",
		"{change} {change}? (by|of|a|about|around|just|roughly|maybe|probably|like|another|only|nearly|at least)? (a|about)? #",
		"(another|extra|add|added|knock off|knocked off|by) {about}? #",
		"# (whole|full|good)? (points|point|marks|mark|notches|notch|places)? {more} !or !from",
		"# (points|point|marks|mark|notches|notch|places) (on|off|difference)",
		"# (whole|full|good)? (points|point|marks|mark|notches|notch|places)? {more} from (last|before|the|my)",
		"# (on|up on|down on) (last|my last)",
		"(double|twice|half) {about}? #",
		"# (times|fold)",
	}},
	{id: "scale/of-things", role: things, patterns: []string{
		"# (more|extra|other|good|bad|great|little|small|big|different|new|hot|whole|full|short|long|lovely|nice|of|or|odd|proper|decent|rough|sugar|solid)? {unit} !(is|was|not)",
		"# (more|other|or more|or so)? of (my|our|the|their|his|her) _",
		"{took} (only|about|around|just|nearly|almost|over|the|like|maybe|at least)? #",
		"{going} ..2 (at|about|around|by|before|after|past|till|until) (about|around|nearly|half past)? #",
		"^ at # this (morning|afternoon|evening)",
		"(done|saw|seen|met|appointment|club|bingo|group|lunch|doctors|dentist|hospital|hairdressers|bus|train|hair|church|choir|coffee|dinner|tea|up) ..3 at # !(out|today)",
		"(rang|called|phoned|came|arrived|woke|awake|got up|went|started|finished|left|met|slept|visited|ate|walked) (up|back|out|home|there|in|him|her|them|me)? (at|before|after|till|until) (about|around|nearly)? # !(out|today)",
		"gone # (at night|in the morning|last night|this morning|$)",
		"(half past|quarter past|quarter to|past|oclock) #",
		"{ofpain} {about}? #",
		"{someone} (will|would|is|are|always|probably|just)? (say|says|said|saying|think|thinks|thought|reckon|reckons|put|puts|gave|give|gives|had|is|are|was|at|rated|rates|turned|turns|be|scored|scores|got|sees|told|reckoned|guess|guessed|have|has) (i am|me|it is|it was|it|him|her|hers|his|theirs|only|up)? (down)? (as|for|on|up to|down to)? {about}? {about}? #",
		"(mums|mams|dads|nans|husbands|hubbys|wifes|sons|daughters|sisters|brothers|partners|neighbours) (on|at|up to|down to|about)? {about}? #",
		"sam (would|will|might|could|always)? (say|said|says|put|thought|thinks|reckoned|reckons|gave me|told me|had me (at|down as|as)) {about}? {about}? #",
		"my !{score} _ (safe)? (is|was|are|turned|turns|at|only|gets|got|deserves|scores)? (only|about|just|nearly|turning|a|an)? # !(today|this|now)",
		"(moved|moving) (in)? (to|into) (number|flat) #",
		"^ press #",
		"live (at|in|on)? (number|flat)? #",
		"the number # (was|never|had|did|runs|goes|went|came|comes|is (always|late|never|running|off|full))",
		"(be|being|get|got|meet|meeting) (there|here|you|her|him|them) (at|by|for) #",
		"(little|wee|young|other) (#|ones|man|lad|girl|boy) (is|are|turns|turned) {about}? #",
		"# in (maths|english|science|history|geography|french|art|music|pe)",
		"# (on|in) (my|the|a|his|her) (phq|gad|mock|mocks|gcse|gcses|test|exam|quiz|questionnaire|paper|assessment|mot|audit)",
		"(at|is|live at|lives at|flat|house) number #",
		"to number # !(please|now|today|$)",
		"(call|ring|phone|text|reach) me (on|at|after|before|about) #",
		"# (till|until|til) #",
		"(^|is|am on|on|in) (week|day|month|year|chapter|stage) #",
		"(group|class|food|film|weather|doctor|team|bus|nurse|staff|place|cake|meal|service|tea|lunch|dinner|coffee|book|show|programme) (gets|get|got|is|was|deserves|scores|a) {about}? #",
		"give (the|my|you|him|her|them|that|those|everyone) ..3 #",
		"(thinks|reckons|says|puts|rates) (i am|me at|me|it|it is|that|i)? (at|as)? {about}? #",
		"{someone} {about}? #",
		"# (for|from|says|said) (my|the|our|your|his|her)? {someone}",
		"# (sure|certain|true|honest|positive|agree|behind|committed)",
		"(number|no) # (bus|on|in|at|shop|house|is !{fitting})",
		"# (of|to) (us|them|you|my|the|our|those|these)",
		"# (am|pm|oclock|ish tonight)",
		"# (sugars|sugar|and under)",
		"# (of|out of) (my|the|our|their) #",
		"(group|party|family|table|team|class|gang|crowd|queue|total) of #",
		"# (your|year|years|months) old",
		"day # of",
		"at {about}? # (tonight|this (morning|afternoon|evening)|tomorrow|sharp|prompt|on {day})",
		"# and (counting|older|younger)",
		"(no|some|any|every|each|that|this|which|the|another|loved|little|first|last|next|only|wrong|right|hard|tough|other|big|good|bad) one",
		"# (of|more|or two|off|day|another|side|way|minute|moment|step|long|at a|by|bit|thing|person|big|little|to one|on one|hand)",
		"(you|him|her|us|them|it|someone|anyone|everyone) one",
		"all in #",
		"(them|those|these) # $",
		"(bus|bingo|lucky|house|room|ward|bed|door) number #",
		"number # (want|wants|have|are|across|opposite|has|next door)",
		"(my|our|his|their) # !(to|is|was|now|today|from|last|for|on|at|still|as|has|again)",
		"(floor|floors|flight|flights|landing|block|plot|track|volume|box) #",
		"the # (never|did|does|do|came|comes|come|goes|went|into|to (town|the)|bus|from (town|the)|turned up|was (late|early|full|packed|cancelled|on time|rammed))",
		"(caught|catch|missed|got|get|take|took|waiting for|wait for) the #",
		"(only|just|all|another|the other) # (turned|came|rang|called|phoned|visited|popped|showed|went|stayed|said) (up|out|over|round|back|in|to|me|us|along|$)",
		"(we|they) are # (in|of) (a|the|this|us|them)",
		"(scored|score|got|won|win) # (at|in|on) (the)? _",
		"# (o clock|ball|nil up|nil down)",
		"(bay|clinic|route|omega|factor|session|lucky|par|aisle|exit|cloud|item|question|answer to|exercise|module|lesson|act|scene|verse|pier|till|desk|dial|option|gear|tier|paragraph|line) #",
		"# a (day|penny|night|month|go|piece|time|head|pop|side)",
		"(won|lost|drew|win|beat|winning|losing|ahead|led) (it|them|us)? {about}? # #?",
		"# (nil|all) $",
		"# to hero",
		"# to one",
		"# past #",
		"# (to go|left|legged|remaining|down and)",
		"# of #",
		"(give me|take|gimme) #",
		"(gave|gives|rates|rated|scores|marks|marked) me (at|as|down as|down for)? {about}? {about}? #",
		"# from !# !(me|myself|my end|here|us|this end|last|a|an|now|before|what|being|feeling|where|this|my|yesterday|all|getting|having|doing|seeing) _",
		"# !{goeson} _ (street|st|road|rd|lane|avenue|crescent|terrace|drive|grove|mews)",
		"{illness} (day|week) #",
		"# (pin|live (on|sport)|aside|a side)",
		"# in (a row|#)",
		"the big # #?",
		"forward (and)? # (step|steps)? (back|backwards)",
		"# {pain} !(free|wise|and|is|was|so|but)",
		"# (foot|feet|by) #",
		"# (days|day|weeks|week|hours|nights) (a|per|in)",
		"# (times|x) (a|per)",
	}},
	{id: "scale/of-things", role: things, last: true, patterns: []string{
		"# (for)? (me|myself) (and)? # (for)? (the|my|our)? ({someone}|him|her|them)",
	}},
	{id: "scale/of-things", role: doubted, patterns: []string{ // "pain is 6/10"
		"# (for|on) (my|the)? {pain}",
		"{ofpain} {about}? #",
	}},
	{id: "scale/about-the-scale", role: anchor, patterns: []string{
		"(if|where|with|does|when|what does|what is) # (is|being|means|mean|was|as|good|bad|best|worst|equals|the)",
		"(is|say|and|so) # (being|means|mean|equals|(is|was|as)? (the)? (good|bad|best|worst|great|perfect|awful|terrible|top|bottom|high|low|highest|lowest))",
		"# (being|means|equals|(the)? (best|worst) !(it|i|ever|week|day|in|since|for|yet|so|of|that|all|we|this|possible|can)|good|bad|high|low|is the !((right|correct|honest|true|closest|nearest|only)? (number|one|answer|score|truth)|closest|nearest|best i)|is (as)? (good|bad|best|worst|perfect|great|brilliant|awful|terrible|low|high|top|bottom|happy|sad))",
		"# for (effort|food|service)",
		"# for the !(#x|week|day|days|month|whole|past|last|most|moment|mood|weekend|first|second|third|time|rest|better|worse|both|lot|morning|afternoon|evening|night|record|minute|now|present|sake|simple|reason|fact|sleep|energy|body|mind|pain|health|main) _?",
		"scale (of|out of) # &(..4 #)",
		"what (was|did) i ... #",
		"^ point # $",
		"^ is # (average|middling|middle|normal|healthy|typical|(the|a) (middle|average|good|bad|highest|lowest|best|worst|right|normal|ok)|ok|okay|normal|alright|enough|fine|great|right|high|low|a lot)",
		"scale (of|from)? # (to|and|through)? #",
		"(what|which !was) ..3 #",
		"(out|marks|top marks) of #",
		"(is|does|do|are|was) (it|that|this|the scale) ..3 (to|or|out of|from|on) #",
	}},
	{id: "scale/wished", role: wished, patterns: []string{
		"(want|wants|wanted|hope|hopes|hoping|hopefully|aim|aiming|wish|target|goal|ideally|dream|dreaming|need|reach|reaching|good enough|eventually|soon|expect|expecting|trying|try|would (like|love|prefer)) {link}? {link}? {link}? {about}? #",
		"ask me ..5 #",
		"(next|tomorrow|one day|someday) (week|time|month|year)? ..3 #",
		"# (next (week|time|month|year)|tomorrow|one day|someday|eventually|hopefully soon|by (next|then|the|christmas|easter|summer))",
		"(settle for|settling for|heading (for|to|towards)|work towards|working (up)? (to|towards)) {about}? #",
		"# (but for|without|if not for|were it not|if it was not|if it were not)",
		"(will|going to) be {about}? #",
		"# would (do|suit|satisfy) (me|us)?",
		"(shy of|a shade (under|over)) {about}? #",
		"# (is|would be|as) (my|the|a)? (goal|target|aim|dream|hope|plan)",
		"# would be !{fitting} !# !((a|an|nearer|closer|more like|only|maybe|probably|nearly) #) !(about|accurate|fair|fairer|my|closer|closest|nearer|nearest|it|honest|right|the (right|honest|truth|number|one|answer|nearest|closest|most)|more|an honest|generous|spot|where|what|pretty|my) (_|$)",
		"# (is|was) (what|where|how) {self} (want|need|hope|aim|dream|wish|would)",
		"# (is|will be|would be|is for) (when|once|if)",
		"(would|could|might|should) (be|have been) {about}? {about}? # (if|but (for|the|my|i)|without|except|only|were it|had|with|on)",
		"(should|ought to|could|could easily|might) (really|easily|normally|usually)? be {about}? {about}? # &(but ..4-{modal} #)",
		"(might|may|should|will) (make|bring|get|take|push|lift|bump) (it|me|things|that) (up)? (to)? {about}? #",
		"(without|if not for|were it not for|but for) ..4 be {about}? #",
		"(would|should|could) (have|of) been {about}? {about}? #",
		"(if|when|until|till|once|unless) (i|it|things|we|life) !(am (honest|being|to be)|had to|was to|must|have to) ..3-so #",
	}},
	{id: "scale/several", role: aspect, patterns: []string{
		"(mood|sleep|energy|appetite|stress|motivation|confidence|pain|pains|anxiety|health|work|home|family|money|body|mind|physical|mental|knee|back|eating|worry|loneliness|happiness) (wise|level|levels|score|is|was|about|at|a)? (is|about|at|a)? #",
		"# (for|on|with) (my|the)? (mood|sleep|energy|appetite|stress|motivation|confidence|pain|anxiety|health|work|home|family|money|body|mind)",
		"am #x pm {about}? #",
		"(best|worst|highest|lowest) (bit|day|time|moment|one)? (is|was|at|a|about)? #",
		"# (physically|mentally|emotionally|moodwise)",
		"(mornings|afternoons|evenings|nights|days|weekends|weekdays) (are|is|about|at|a|were)? {about}? #",
		"# (in|on|at|most|during) (the|a|my)? (good|bad|better|worse|rough)? (mornings|afternoons|evenings|nights|days|weekends|weekdays|night|bedtime)",
		"# (some|other|certain|one|(the)? next) (days|day|minute|times|hour|moment|ones)",
		"(some|other|certain|one|(the)? next) (days|day|minute|times|hour|moment) (it is|i am)? {about}? #",
		"# (on)? (the)? (others|next)",
		"# # (minute|moment|day) (and|then|but)? (a|it is|i am)? # (the)? (next|after|other)",
		"# (with|when|on|at) ..3 # (with|without|when|on|at|in|off)",
		"# in the (morning|day) ..1 #",
		"# on (a|the) (good|bad|better|worse|rough) (day|days|one|ones|week|$)",
		"(by|come|at) (the)? (evening|evenings|night|nighttime|bedtime|afternoon|teatime|lunchtime|end of (the)? day) (it is|i am|am|is)? {about}? {about}? #",
		"rest (of (me|it|my body))? (is|are|about|at|a)? {about}? #",
	}},
	{id: "scale/said", role: given, last: true, patterns: []string{
		"{self} (would|will|can|have to|am going to|going to|shall)? (say|reckon|put|give|go (for|with|say)|call|rate|score|pick|guess|think|suppose) (it|this|myself|me|my mood|this week|today|i am|it is)? (at|as|down as|down for|is|a)? {about}? {about}? #",
		"(going to|gonna|would|will|let us|lets|have to) (say|go with|go for|put|call it|give it) {about}? {about}? #",
		"(^|so|but|and) (put|mark|call|make|give|rate|score) (me|myself|it|this week|today|that) (down)? (as|for|at)? {about}? {about}? #",
		"{self} (am|feel|felt|score|rate) {about}? {about}? # !(and #)",
		"(feeling|scoring|going with|giving it|sat at|sitting at) {about}? {about}? #",
		"(my|the) (number|score|answer|mood|rating) (is|at|would be)? {about}? {about}? #",
		"mood (is|at)? {about}? {about}? #",
		"overall (i am|it is|am|is|i feel|i would say)? {about}? {about}? #",
		"(it|that|this week|today|week) (is|has been) {about}? {about}? # !(and #)",
		"(must|has to|got to|have to) be {about}? {about}? #",
		"makes (me|it|that|this) {about}? {about}? #",
		"# (overall|all in all|i (reckon|think|would say|guess|suppose))",
	}},
	{id: "scale/stated", role: stated, last: true, patterns: []string{
		"(am|still|sat|sitting|stuck|hovering|mood|^ me|leaves me|it|myself|score|feeling|feel|currently|now|staying|steady|things|holding) at {about}? #",
		"{self} am (in|on|at) {about}? # $",
		"{self} am in the # (today|now|this (week|morning|evening|time)|at the moment|again|still|thanks|thank you|please)",
		"(it|today|tonight|now|week|score|mood|answer|feeling|i|we|that) (is|am|was|would be) (a|the)? number # !{unit} !(in|on|of|at|for (the|a)|bus)",
		"(a|an) # {ailing}",
		"(been|having|more (of|like)) (a|an) # (sort of|kind of)? (week|day|month) !(wait|course|trip|break|stay|holiday|delay|long|of)",
		"(can|could|may|shall) i (have|say|put|give|go with|change it|make it|do|pick|change my answer|change) (it|to|a|from #)? (to)? {about}? #",
		"(go|going|plump|opt|settle|went|gone) (for|with) {about}? # !{unit}",
		"# (the (day|noo)|at a guess) $",
		"# hands down",
		"a (high|low|weak|strong|generous) #",
		"(put|mark|write) {about}? # down $",
		"(let|lets) (us|me)? (go|call it|say|have|make it) (for|with|it)? {about}? #",
		"(^|i) would (go|give|put|pick|say|call) (it|for|with|myself|me|today)? {about}? #",
		"(feel|feeling|felt) (a bit|really|so|very|quite|rather)? (down|low|up) #",
		"(looking|picking|picked|perking|perked|cheering|cheered|brightening|brightened|bucked|livened|way|the|woke) up (feeling|so|say|about)? (a|an|on)? # !{unit} !{more} !on",
		"(run|worn|calmed|calming|settled|settling|slowing|slowed|let) down (so|say|about|at)? (a|an|on)? # !{unit} !{more} !on",
		"(averages|averaging|average|levels|evens|balances|works) out (at|to|as|around|about) {about}? #",
		"{self} have (to)? (say|go)? (a|for) #",
		"(will|ill|would|i|shall|just) go {about}? #",
	}},
	{id: "scale/told", role: told, last: true, patterns: []string{
		"(^|{self}|ill|can|will|would|only|could) (can|will|would|only|just)? (only|just|honestly)? give (you|ya|ye) {about}? {about}? # !(for|stars|star|out|because|of|guesses|tries|reasons) !{unit}",
		"(^|so|but|please|just|better|you (can|may|could|should)|{self}|{self} (would|will|can|have to|am going to)|(can|could) you) (please)? (put|pop|stick|mark|get|write|note|bung|have) (me|myself|it|us|this week|today) (down)? for {about}? # !{unit}",
		"(worth|deserves|deserve|earns (me)?|merits|warrants) (at least|nearly|almost|more than|over|just over)? {about}? # !{unit} !of",
		"(am|are|back|right|sitting|sat|now|still) (right|back|still)? (up|down) at {about}? # ($|now|this week|at the moment|overall)",
		"number # is {fitting}",
		"# ({pain}|sleep) (a bit|so|very|really|not|too|still|quite)? (so|too|very)? (bad|ok|okay|fine|good|poor|awful|terrible|rubbish|crap|shocking|dreadful|rough|sore|better|worse|playing|killing|low|high|through) !(days|nights|weeks|day|night|week)",
	}},
	{id: "scale/moved-to", role: now, last: true, patterns: []string{
		"(meant|supposed|intended) to (be|say|read|put|type|press|send) {about}? #",
		"(me|myself) {about}? #",
		"# (for|from) (me|myself|my end)",
		"would (say|put|go) (it)? (nearer|closer|more like) (to)? {about}? #",
		"{change} {change}? (right|all the way|back|again|slightly|a bit|now|from #)? to {about}? {about}? #",
		"(up|back|down|got|came|come|returned) (up|down|on|now)? to {about}? {about}? #",
		"(am|is|gone|went|moved|back|now|come|came|got|crept|shot|jumped|been|bump|bumped|put|make|change|changed|move|get) (it|me|that)? (back|now)? (up|down|it)? to {about}? {about}? #",
		"{change} {change}? from {about}? # to {about}? #",
		"{change} (by)? # (points|point)? to {about}? #",
		"# (points|point)? (up|down) to #",
		"(changed|change|changing) ..2 # (to|for|into) {about}? #",
		"^ from {about}? # to {about}? # ($|now|today|this|since|because|after|when|in|over|thanks)",
		"(went|gone|moved|risen|rose|fallen|fell|dropped|come|came|jumped|slid|improved|climbed) from {about}? # to {about}? #",
		"from {about}? # (up|down|right|all the way|back) (up|down)? to {about}? #",
		"from {about}? # (last week|last time|before|yesterday) to {about}? #",
		"from (feeling|being) {about}? {about}? # to (feeling|being)? {about}? {about}? #",
		"same as ..4 (which|that|it) was {about}? #",
	}},
	{id: "scale/moved-from", role: then, patterns: []string{
		"(up|down|improvement|increase|drop|rise|better|worse|higher|lower|change|it) from (my|the)? (usual|normal|old)? {about}? {about}? #",
		"{change} ..2 from {about}? {about}? #",
		"{change} (by)? # (points|point|marks|notches|places)? from {about}? #",
		"^ from {about}? # &(to {about}? # ($|now|today|this|since|because|after|when|in|over|thanks))",
		"(instead of|rather than|compared (to|with)|vs|versus|not like) (the|my|last week is|last week|a)? {about}? #",
		"(change|changed|changing|swap|switch) (my|the)? # &(to|for|into)",
		"from {about}? # (up|down|last|before|yesterday|all|right|back)",
		"than (last|yesterday|yesterdays|mondays) (week|weeks|time|times|month|months)? {about}? #",
		"(started|began|starting|beginning) (out|off)? ((the|this|my|last) (week|month|day|year))? (out|off)? (at|on|as|with|from|is)? {about}? {about}? #",
	}},
}

// scaleTimes are the words that put a number in the past, the present or the
// future. After a comma they speak for the number on their own side.
var scaleTimes = []roleRule{
	{id: "scale/then", role: then, patterns: []string{
		"last (weeks|times|week|time|month|night|year|one|score|number|{day}|check in|weekend|summer|winter)",
		"yesterday",
		"ago",
		"previously",
		"earlier",
		"originally",
		"formerly",
		"before &(#|$|that|and|but|now|today|it)",
		"once",
		"at first",
		"initially",
		"the other (day|week|night)",
		"(the)? (week|time|day|month) before (last)?",
		"on {day}",
		"{fullday}",
		"a (week|fortnight|month|while|year) ago",
		"when (i|we) (started|began|first|joined|met)",
		"at the (start|beginning)",
		"in (january|february|march|april|may|june|july|august|september|october|november|december)",
		"previous (week|time|score|number|one)?",
		"last $",
		"(is|was) my (best|worst|lowest|highest|last)",
		"in the (morning|afternoon|evening)",
		"to (start|begin) with",
		"the start",
		"back then",
		"normally",
		"usually",
		"had been",
		"would have (said|been) !(#|a #|an #|at #)",
		"would have said",
		"first (week|time|score|number|said|put|one)",
		"as a kid",
		"(on|in|during) (a|my|the)? (bad|good|better|worse) (days|day|weeks)",
		"(some|certain|odd) (days|nights|mornings|weeks)",
		"(bad|good|better|worse) (days|weeks)",
		"(at|over) (christmas|easter|new year)",
	}},
	{id: "scale/compared", patterns: []string{
		"(for|at) once",
		"once (again|more)",
		"(like|as|than|on|since|compared (to|with)|same as) (i was)? (the)? (last|before|yesterday|previous|previously|usual|always|ever|normal|{day}) (week|time|month|night|year|one|score|number|{day}|check in)?",
	}},
	{id: "scale/now", role: now, patterns: []string{
		"now",
		"today",
		"currently",
		"this (week|time|minute|second|moment|one)",
		"tonight",
		"presently",
		"nowadays",
		"these days",
		"at the moment",
		"right now",
		"at present",
		"so far",
		"as of now",
		"just now",
		"lately",
		"recently",
	}},
}

// scalePast are verbs that put the number behind them in the past.
var scalePast = []roleRule{
	{id: "scale/then", role: then, patterns: []string{
		"(was|were|used to (be|get|say|put|give|score|manage)|had been)",
	}},
}

// scaleLinks join two numbers, also over a comma.
var scaleLinks = []linkRule{
	{id: "scale/correction", kind: corrects, patterns: []string{
		"# (lol|haha|hmm|er|erm|x|oh)? (no|nope|nah|naw|jk|jokes|joking|kidding|(just|only) (joking|kidding)|i wish|if only|as if|in my dreams|sorry|soz|oops|whoops|actually|wait|rather|correction|scrap|meant|mean|hang|hold|make|should|change|erm|typo|edit|more|well|hmm|ignore|or rather|i (mean|meant)|on (second|reflection)|oh|ah|argh|changed|strike|my mistake|wrong|mistake|is wrong|mis|cancel|delete|forget|second) ..5 #",
		"(said|put|typed|wrote|sent|pressed|hit|clicked|gave|chose|tapped|written) (in|it as|you|it|a|down)? {about}? # ..6 (meant|should|mean|wanted|actually|really|supposed|right|correct|but (it|i|meant|mean|should|wanted)) ..4 #",
		"# (is|was) (wrong|a mistake|a typo|not right) ..5 #",
		"# ..4 (that is|that was|it was|this is) (what|where|how|the one|the number)? (i|we|you)? (said|put|gave|had|was|sent|got|felt)? (for|on|in)? (the)? {before} ..3 #",
		"# (tell a lie|i lie|i tell a lie|scratch that|scrub that|silly me|my bad|as you were) ..3 #",
		"# (no|nope|oops|whoops|wait|sorry|soz) ..5 (hit|pressed|typed|wrong|finger|fingers|button|key|thumb|thumbs|slipped|glasses|typo|mistake|autocorrect) ..5 #",
	}},
	{id: "scale/moved", kind: overtakes, patterns: []string{
		"(up|down|back|went|got|gone|jumped|dropped|fell|rose|climbed|slipped) (up|down|back)? to {about}? {about}? # ..3-{modal} (but|then|and)? ..2-{modal} ({change}|back) (up|down|again)? to {about}? {about}? #",
	}},
	{id: "scale/moved", kind: overtakes, patterns: []string{
		"({before}|my|the|that|mondays|tuesdays|wednesdays|thursdays|fridays) {about}? # (..4 (last|before|previously|yesterday) (week|time|month)?)? (is now|has (now)? (become|gone|turned|crept|risen|dropped|moved) (into|to|up to|down to)?|became|turned into) {about}? {about}? #",
		"{before} {about}? # is {about}? # (now|today|this (week|time))",
	}},
	{id: "scale/moved", kind: moves, patterns: []string{
		"(nearer|closer|more) (to|of|like)? {about}? # than {about}? #",
		"# (is|was)? (up|down|back|improved|dropped|changed|better|worse) (up|down)? from (my|the)? (usual|normal|old)? {about}? {about}? #",
		"# from {about}? {about}? # (last|before|yesterday)",
	}},
	{id: "scale/correction", kind: corrects, patterns: []string{
		"# but {about}? # (is|would be|feels|seems|might be|sounds|was)? (nearer|closer|more (like|accurate|honest|realistic)|about right|better|truer|fairer|right|the truth)",
	}},
	{id: "scale/range", kind: wavers, patterns: []string{
		"# (but|though|although)? then again (it|i)? (could|might|may|maybe|perhaps|possibly) (well|easily|even|just|almost)? (be)? {about}? {about}? # !(if|with|without|on|by|next)",
	}},
	{id: "scale/range", kind: ranges, patterns: []string{
		"between {about}? # (and|or|to) {about}? {about}? #",
		"# (or|to|maybe|perhaps|possibly|probably|if not|going on|verging on|bordering on|pushing|edging|through|until|might be|could be) (or|even|maybe|perhaps|possibly|to|is it|it is|it could be|could be|be|a)? {about}? {about}? #",
		"# and {about}? # (somewhere|ish|between)",
	}},
}

type linkKind uint8

const (
	corrects  linkKind = iota // the second number replaces the first
	moves                     // the first is now, the second was then
	overtakes                 // the first was then, the second is now
	ranges                    // between the two
	wavers                    // between the two, whatever was thought at first
)

type linkRule struct {
	id       RuleID
	kind     linkKind
	patterns []string
}
