package reply

import "slices"

// commandRule says which wish some phrases utter.
type commandRule struct {
	id       RuleID
	wish     Command
	patterns []string
	// unsure: the words may be about something else. The wish is taken where
	// there is no other, and the person told.
	unsure bool
}

// commandRules: where a text has several wishes, the first of the order in
// rank counts. The no-command rules cover words that only look like a wish.
var commandRules = slices.Concat(noCommandRules, pauseRules, stopRules, askingRules, movingRules)

var noCommandRules = []commandRule{
	{"command/no-command", NoCommand, []string{
		"(he|she|they|people|everyone|everybody|husband|wife|son|daughter|mum|mam|dad|mother|father|sister|brother|kids|partner|neighbour|neighbours|council|bank|doctor|doctors|dwp|carer|carers|friend|dog|cat|family|landlord|ex) (should|could|would|will|must|might|never|has to|have to|had to|needs to|need to|ought to|did|does|do|want to|wants to|wanted to) ..2 (stop|leave|quit) ..2 ({sending}|me|alone)",
		"put (a stop|an end) to it $",
		"off (my|our) (chest|mind)",
		// Work that is to be done by a day, and is named behind it.
		"(this|these|it|them) (all)? (finished|gone) ..5 (the|my|our) !({mail}|{this}|messages|texts|phone|mobile|number|inbox|details|name|whole|lot|way) _ (i mean|i am|in the|for (my|the|our))",
		"so help me !(out|with|please)",
		"what can i say (lol|haha|eh|really|except|but|other)",
		"not (just|only) (a)? ({span}|{rest})",
		"(thanks|thank you|cheers|ta|grateful|appreciate|appreciated|thankful) (so much|very much|ever so much|a lot|again)? (for)? (the|your|all|any|all the|all your|that)? (help|guidance|information|info|assistance|chat|call|visit|break|rest)",
		"the end $",
		// What one is about to do oneself, and with whom.
		"(going to|gonna|plan to|planning to|i will|we will) (just)? ({talk}|ask|ring|phone|call|see|meet|contact|have a (word|chat|talk)) !(you|stop|quit|me|us)",
		"waiting (for|on) (the|my|our|a)? {others}",
		"(pause|mute) (the|my) (film|telly|tv|music|video|game)",
		"spam (calls|call|mail)",
		"i am not (a|an) (robot|bot|machine|computer)",
		"(is|are) there (a|any|some)? (list|menu|options) (of|at|in|for) !(commands|this|words|things|what|options)",
		"wait (until|till|til) (you|i (tell|show) you)",
		"give it {count} ..3 to _",
		"(lost|stuck) without",
		"(no|without|not a|not had a|never a) (real|proper|minute|moment)? (break|rest|peace|let up|respite|breather) (from|of)",
		"(unsubscribe|unsubscribed|opt out|opted out|withdraw|drop out|resign) (from|of|to) !(this|these|it|them|your|all|everything|receiving|getting|{this}|the (list|service|programme)) _",
		"{mail} (from|off|about) (the|my|our|a|those|these|that)? {elsewhere}",
		"(no|not much|little|not any) (help|use) ($|to|at)",
		"(text|message|email|write to|ask|remind) (me|us) !when ({hours}|instead|any time|anytime|whenever|more|less|once|twice|every|later|at #|at (dinner|tea|lunch))",
		"(^|i|we|and|have|finally|also) (just|finally|have|even)? (unsubscribed|opted out|unfollowed) (from|of) (all|loads|lots|most|every)? (of)? (them|those|the|my|that|a|some)? !({mail}|this|these|your|it|them|everything|{this}) _",
		// What others say that one should do, and what they do.
		"(say|says|said|saying|think|thinks|thought|reckon|reckons|tells me|told me|wants me) (that)? (i|we)? (should|ought to|must|need to|have to|to|had to) ..2 (stop|quit|leave|cancel|unsubscribe|pause|take a break|talk|speak)",
		"(told|asked|begged|warned|tell|telling|asking|made) (him|her|them|hers|his|theirs|my _|me|us) (to)? (please|just)? (stop|leave|quit|pause|cancel)",
		"stop the (world ..3 get off|world|clocks|clock|rot|press|presses|car|bus)",
		"quit while (i am|you are|we are) (ahead|winning|in front)",
		"pause (for|to) (thought|breath|think|reflect|catch)",
		// When to write, and no end of it: the reader of plans takes it from there.
		"(not {send}|(stop|quit) {sending}) (me|us|anything|any|to me)? ({mail}|ins)? (please)? {hours}",
		"not (really|particularly|just|even)? {wish} (to)? {talk} (about|$|now|today|tonight|right now|just now|at the moment|to (anyone|anybody|no one|nobody|people|him|her|them))",
		"stop it you (are|make|made)",
		// What was only thought of, and what others are to do.
		"(going to|gonna|thought about|thought of|thinking of|nearly|almost|about to|meant to|tempted to) ..3 (ask|asking|asked|tell|telling|told|say|saying|said|type|typing|typed) (you|it|them|this|sam|the bot)? (to)? (stop|pause|quit)",
		"(he|she|they) (needs|need|should|ought|wants|want|has|have|had) (to)? {talk}",
		"not a (rest|break|pause|breather) !(..2 (full stop|stop|end|{for-good}))",
		"{talk} (to|with) (a|an|my|the|someone|somebody|anyone)? {kind}? {person}? (at|in) (the|my|our) (surgery|doctors|hospital)",
		"(told|asked|got|begged|warned|had) (the|my|our|his|her|a|next) !(bot|app|team|worker|link|support|lady|machine|computer) ..4 (stop|take|leave|quit|remove|delete|unsubscribe|cease) ..3 ({sending}|me|my|off|alone)",
		"wish (my|our|next door|the (neighbour|neighbours|council|bank|kids|doctors|landlord|catalogue|gas|school|company|insurance|charity|boss|ex|neighbours kids)) !{mail} ..4 (stop|leave|quit) ..3 ({sending}|me|alone)",
		"{talk} (to|with) (a|an|my|the|someone|somebody|anyone)? {kind}? {person}? (at|in|from) (the|my|our) (bank|council|gas|shop|school|office|jobcentre|job|dwp|garage|chemist)",
		"(do|does|did|would|will|should) not (really|actually|even|currently|quite)? ({wish}|require) (to have|any|your|more|much|no|a|some)? (more|further|bit of)? (help|assistance|hand)",
		"no (more|further)? (help|assistance) (is)? (needed|wanted|required|necessary|thanks|thank you|ta|please)",
		"without (any|your|much|a bit of|no|their|his|her)? (help|assistance)",
		"(help|assistance) (is)? (not|no longer) (needed|wanted|required|necessary)",
		"(bus|pit|tube|tram|truck|non|short|door|coach|next|last|taxi|one|first|train) !and stop",
		"(do|did|does|will|would|can|could|must|never|should|hardly) (not|never) (want to|wish to|ever|just)? (stop !(for good|altogether|completely|forever|..3 {rest})|help|pause)",
		"(can|could|will|would|did) (not|hardly|never|barely) stop",
		"(never|not|cannot|nothing|wont|it will) (will|can|could|want to|going to)? stop !(for good|altogether|completely|forever|..3 {rest})",
		"(i|he|she|we|they|to) (have|has|had|need|got|must|also|only|then|always)? (to)? stop (and|off|for (a|some)? (coffee|tea|lunch|rest|breath|petrol|cake|drink|breather)|halfway|at|by|in|near|on)",
		"not want (you|it|this|them|these) to stop",
		"(tea|coffee|lunch|dinner|fag|spring|easter|summer|commercial|lovely|nice|weekend) break",
		"call me (old|crazy|mad|daft|silly|a|an|by|what|names|lazy|weird|cynical)",
		"text and drive",
		"hit and miss",
		"not bother $",
		"(can|could) not (really)? (hang|hold) on",
		"(not|never|no longer|hardly) {wish} (to)? (see|talk to|speak to|chat to|meet|hear from|talk with) (a|any|my|the)? {kind}? {person}",
		"stuck (with|to|at|in) (it|him|her|them|home|traffic)",
		"go away (for|to|with|on|together|this|next|in|again|every)",
		"shut up (shop|the|early)",
		"(help|helps|helping|helped) (me|him|her|them|my|others|people|yourself|myself|with my|with the|with benefits|out at|sleep) !(please|$|with (this|these|it)|use|understand|answer|reply|work|out|here|now|to (use|understand|answer|work))",
		"(to|not|never|will|would|could|can|cannot|the|a|had to|have to|must|{month}) stop (for !(good|ever|now|(a|some) (little|short|good|bit of a)? (while|bit|time|week|month|fortnight))|at|by|in|on) ",
		"(had|nice|lovely|good|great|long|enjoyed|after|our|having) (a|my|the)? (nice|good|lovely|long|little|quick|proper)? (chat|talk|speak|word) (to|with)",
	}, false},
}

// movingRules are wishes to move within a dialog.
var movingRules = []commandRule{
	{"command/skip", Skip, []string{
		"^^ {soft}? {soft}? (skip|pass|next|hepgor|sgip|skipping|:skip) (it|this|this one|that|that one|question|the question|one|{meanwhile}|this question|this time|on that|on this one|on this|today)? {soft}? {soft}? $$",
		"(skip|skipping|miss out|miss) (this|that|the) (one|question|bit|part) ",
		"^ skip (it|this|that|to the next)",
		"(rather|prefer) not (to)? (answer|say|reply|tell|share|discuss|respond|score|rate|give)",
		"(do|would|will) not (really)? (want|like|wish|care|feel like) (to)? (answering|answer|say|reply|tell|share|discuss|score|rate|give) (this|that|it|the question|a number|you|one|$)",
		"no comment",
		"^ {lead}? (next|another|different) question",
		"^ {lead}? {lead}? (move|moving) on (please|$|to the next)",
		"none of your (business|beeswax)",
		"leave (this|that) (one|question) (out|blank|$)",
		"(can|could) (i|we) (skip|pass|leave|miss) (this|that|it|on|the|$)",
	}, false},
	{"command/back", Back, []string{
		"^^ {soft}? {soft}? (back|undo|previous|nol|yn ol) {soft}? {soft}? $$",
		"^ {lead}? {lead}? {lead}? (go|take me|going|get) back (to)? (the|my|a|one)? (last|previous|question|step|one|before|one before|first)? (question|one|answer|step|message)? {end}? $$",
		"^ (previous|last) (question|one) (again)? {end}? $$",
		"(change|correct|edit|fix|redo) (my|the|that|what i) (last|previous|first|earlier)? (answer|reply|response|score)",
		"undo (that|it|this|my|last)",
		"(pressed|hit|tapped|put|typed|chose|picked|sent|clicked|gave|pushed) (the|a) wrong (one|button|thing|number|answer|key|word|box) ..4 {put-right}",
	}, false},
}
