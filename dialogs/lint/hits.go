package lint

import (
	"regexp"
	"strings"
)

// hit is one entry of a phrase list. Lists mean by their words only what they
// mean in a sentence of the bot to a person, so each entry says in which
// sentences the same words are innocent.
type hit struct {
	words  *regexp.Regexp
	unless *regexp.Regexp // of the whole sentence; nil: never innocent
}

// like builds an entry: words are matched at word borders, in any case.
func like(words string, unless ...string) hit {
	h := hit{words: regexp.MustCompile(`(?i)\b(?:` + words + `)\b`)}
	if len(unless) > 0 {
		h.unless = regexp.MustCompile(`(?i)(?:` + strings.Join(unless, "|") + `)`)
	}
	return h
}

// in finds the entry's words in a sentence; "" when they are not there or
// innocent.
func (h hit) in(sentence string) string {
	sentence = strings.ReplaceAll(sentence, "’", "'")
	for _, at := range h.words.FindAllStringIndex(sentence, -1) {
		if h.unless == nil || !h.unless.MatchString(sentence) {
			return sentence[at[0]:at[1]]
		}
	}
	return ""
}

// An open question asks what the person did or has; it does not tell.
const openQuestion = `^(?:and |so |then |thanks\.? |thank you\.? )?(?:what|how|who|when|where|which)\b.*\?$`

// The phrase lists of the rubric, with what is innocent. The team may have to
// do things, and things may come to the person ("you should hear from ...").
var (
	advice = []hit{
		like(`you (?:really |probably |also )?should(?:n't| not)?`, `you should (?:soon |now |then |also )?(?:hear|get|see|receive|find|be able|be asked|have (?:got|had|heard|received)|still (?:hear|get|see))\b`, `\b(?:think|feel|felt|say|said|tell you|told you)\b[^.?!]*\byou should\b[^.?!]*\?`),
		like(`you (?:really )?must(?:n't| not)?`, `\byou must (?:have|be)\b`),
		like(`you(?:'ll| will|'ve| have)? (?:really |just )?(?:need|have|got) to`, `\b(?:if|when|whenever|what|all|anything|nothing|as often as|as long as|before|unless|in case) (?:that )?you(?:'ll| will|'ve)? (?:need|have|got) to\b`, `\b(?:do|would|will|did) you (?:need|have) to\b`),
		like(`you ought to|you had better|you'd better`),
		like(`why don't you|why not (?:try|go|do|ask|call|join)`),
		like(`have you tried|have you thought (?:about|of)|have you considered`, `\b(?:what|how|which|who)\b[^.?!]*\bhave you (?:tried|thought|considered)\b`),
		like(`try to|try and`, `\b(?:not|never|n't) (?:have to |need to )?try (?:to|and)\b`, `\b(?:i|we|they|team|worker|who|and) (?:will |can |do |always )?try (?:to|and)\b`, openQuestion, `\b(?:did|do|will|would|could) (?:you|i|we) try (?:to|and)\b`, `\bif you (?:try to|want to try)\b`, `\b(?:when|if) you try (?:to|and)\b`),
		like(`make sure`, `\b(?:i|we|to|team) (?:will |can |want to |would like to |do )?make sure\b`),
		like(`i(?:'d| would)? (?:suggest|recommend|advise)|we (?:suggest|recommend|advise)`, `\bi (?:do not|don't|cannot|can't|never|will not|won't) (?:suggest|recommend|advise)\b`),
		like(`(?:it's|it is|it's very|it is very) important (?:to|that)`, `important to (?:you|them|me|him|her|us|people|your|their)\b`),
		like(`(?:the )?best thing (?:is|to do|you can do|would be|for you)`, openQuestion),
		like(`remember to|don't forget|do not forget`, `\b(?:i|we) (?:will |shall )?remember to\b`, `\b(?:i|we) (?:don't|do not|won't) forget\b`),
		like(`you could always|you can always try`),
		like(`if i were you|in your place i`),
		like(`just (?:go|do|get|ask|call|try)`, `\b(?:you|they|i|we|who) just (?:go|do|get|ask|call|try)\b`, openQuestion),
		like(`(?:maybe|perhaps) you (?:could|can|should|might)|you (?:might|may) want to|it (?:would|will|might|could) help (?:you )?to`, `\?$`),
		like(`it(?:'s| is) (?:best|better|wise|healthy|healthier|a good idea) (?:for you )?(?:to|if you)`, `\?$`),
		// The first word of a sentence tells what to do, and it is not about the chat.
		like(`^(?:please |maybe |perhaps |so )?(?:go (?:for|to|out|and|see|back)|consider|join|visit|call (?:your|a|the|them|him|her|someone)|(?:talk|speak|reach out) to|see (?:your|a) (?:doctor|gp)|get (?:out|up|some|more|help)|eat|sleep|rest|relax|exercise|stay (?:active|busy|away)|keep (?:busy|active|moving|going)|take (?:a walk|up|more|some|it easy)|ask (?:your|a) (?:doctor|gp|friend))`, `\b(?:if you (?:like|want|wish)|whenever you|up to you)\b`),
		like(`it would be (?:good|better|best|wise) (?:for you )?(?:to|if you)`, `\?$`),
	}
	blame = []hit{
		like(`why (?:didn't|haven't|don't|did you not|have you not|won't|can't) ?(?:you)?`),
		like(`how come you`),
		like(`you (?:haven't|have not|never|did not|didn't) (?:replied|answered|sent|done|even|bother|try|tried|do)`, `\b(?:if|when|what|that) you (?:haven't|have not|never|did not|didn't)\b`, `\bfine\b`),
		like(`you (?:have |had )?(?:failed|forgot|forgotten|ignored|still haven't|still have not|never replied|did not reply|didn't reply|did not answer|didn't answer)`, `\b(?:if|when|in case) you (?:have |had )?(?:forgot|forgotten|failed)\b`, `\b(?:if you|that you) (?:didn't|did not) (?:reply|answer)\b`, `\bfine\b`, `\b(?:failed|forgot|forgotten|ignored) (?:nothing|nobody|no one)\b`),
		like(`you(?:'ve| have)? missed`, `\b(?:if|what|who|when|that|in case) you(?:'ve| have)? missed\b`, `\bmissed (?:nothing|nobody|no one|him|her|them|seeing|being|doing|having|talking|going)\b`),
		like(`not again|missed again`, `\bwill not again\b`, `\bor not again\b`, `\bi (?:do|will|shall) not again\b`),
		like(`at least try`),
		like(`only an? (?:\d+|\{[a-z_]+\}|zero|one|two|three|four|five|six|seven|eight|nine|ten)`, `only an? (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[ -](?:minute|question|day|week|step|line)`),
		like(`disappoint(?:ing|ed|ment)`, `\b(?:not|never) (?:be )?disappointed\b`),
		like(`excuses?`, `\bexcuse me\b`),
		like(`your (?:own )?fault`, `\b(?:nothing|none of (?:this|it|that)|no part of (?:this|it))\b[^.?!]*\byour fault\b`, `\b(?:not|isn't|is never|never|wasn't) (?:in any way )?your (?:own )?fault\b`),
		like(`no reason not to`),
		like(`you said (?:that )?you (?:would|will)`, openQuestion, `\bsaid you would like\b`),
		like(`let (?:me|us|him|her|them) down`),
	}
	pressure = []hit{
		like(`last chance|final reminder`),
		like(`(?:don't|do not|never|mustn't) give up`, openQuestion, `\b(?:you|they|i) (?:do not|don't|never|did not|didn't) give up\b`),
		like(`streak|days in a row|weeks in a row`, `\b(?:don't|do not|no|never) (?:count|keep|have)?[^.?!]*\b(?:streaks?|in a row)\b`, `\bthere is no streak\b`),
		like(`(?:we're|we are|i'm|i am) (?:still |all |just )*waiting`),
		like(`you promised`),
		like(`as soon as (?:possible|you can)`, `\b(?:team|worker|person|someone|somebody|they|we|i|{worker}|nurse|doctor)\b[^.?!]*\b(?:will|can|call|calls|reads?|answers?|replies|ring|rings|get|look|looks|be in touch|writes?)\b[^.?!]*as soon as possible`),
		like(`everyone else|everybody else|other people (?:manage|do)`, openQuestion),
		like(`hurry(?: up)?`, `\bno hurry\b`, `\b(?:not|never|don't|no need)\b[^.?!]*\bhurry\b`, `\bin (?:a|no) hurry\b`),
		like(`before it is too late|before it's too late`),
		like(`keep it up`, `\bkeep it up to\b`),
	}
	minimising = []hit{
		like(`don't worry|do not worry|no need to worry`),
		like(`cheer up`),
		like(`(?:on the )?bright side`),
		like(`(?:could|might) be worse|could have been worse|not (?:that|so) bad|worse off|(?:others|other people|people) (?:have|are|had) (?:it )?(?:much |far )?worse`),
		like(`at least`, `\bat least (?:\d+|once|twice|one|two|three|four|five|an?|every|each|for|until|half|some(?:one|body)|the (?:first|last|next))\b`),
		like(`i (?:really |do |totally |fully |can )?(?:know|understand|feel) (?:exactly )?(?:how|what) (?:you|it|hard|that)(?: (?:feel|feels|mean|is|are|must))?|i (?:can )?(?:see|imagine) how (?:you|it|hard|that|difficult)`, `\bi (?:do not|don't|cannot|can't|may not) (?:know|understand|see|feel)\b`, `\b(?:let me|so (?:that )?i|help me|tell me so) [^.?!]*(?:know|understand|see)\b`),
		like(`stay positive|think positive|be positive|positive thinking`),
		like(`everything happens(?: for a reason)?`, openQuestion),
		like(`time heals|it will pass|this too shall pass`),
		like(`i feel (?:your|for you|with you|sad|happy|sorry)|i(?:'m| am) (?:so |very |really )?(?:happy|sad|thrilled|delighted|proud|excited|heartbroken|sorry) (?:to|for|that|about|of|you)`, `\bi(?:'m| am) sorry (?:that )?(?:i|we)\b`),
		like(`(?:i|we) (?:really |so |have |'ve )?(?:missed you|care about you|love you)`),
	}
	diagnosis = []hit{
		like(`symptoms?|depress(?:ed|ion)|anxiety disorder|suicidal|risk score|patholog(?:y|ical)|disorders?|diagnos(?:is|ed|tic)`),
		like(`(?:non-?)?complian(?:t|ce)|compl(?:y|ied|ying)|adheren(?:t|ce)`),
		like(`non-?engag(?:ing|ed|ement)|did not attend|DNA'?d?`, `\bDNA (?:test|result)`),
		like(`(?:your|this|our|new|a) case|case ?load|case number`, `\bin (?:this|a|your) case\b`, `\bin case\b`, `\b(?:suit|book|pillow|phone|glasses) ?case\b`),
		like(`refused|refusal`, `\b(?:nobody|no one|never|not) (?:has |have |had |been )?refused\b`),
	}
	jargon = []hit{
		like(`signpost(?:s|ed|ing)?|engage(?:ment|d|s)?|engaging|holistic(?:ally)?|motivation(?:s|al)?|outcomes?|referral pathways?|pathways?|intervention|wellness journey|empower(?:ed|ing|ment)?|self-?care plan|facilitat(?:e|ed|ing)|utili[sz]e|prioriti[sz]e|strateg(?:y|ies)|resilien(?:ce|t)|mindset|service user`,
			`\b(?:engaged|engagement) (?:to|party|ring)\b`),
	}
)

// praise that stands for nothing: no slot, no named act.
var praise = like(`amazing|well done|great (?:job|work|stuff)|good (?:job|work)|nice (?:job|work|one)|fantastic|brilliant|awesome|excellent|wonderful|superb|(?:so |very |really )?proud of you|good for you|keep it up|you(?:'re| are) (?:a star|great|the best|doing (?:great|well|so well))|bravo|congratulations|way to go|perfect|impressive`,
	openQuestion, `\b(?:you (?:went|did|called|asked|wrote|found|picked|made|took|told|said|kept|walked|met|got|tried|gave|used|looked|noticed|came|joined|cooked|slept|helped|thought|chose|put|saw|started)\b)`)

// bare is praise that is the whole sentence.
var bare = regexp.MustCompile(`(?i)^(?:that(?:'s| is) )?(?:so |very |really )?(?:great|super|lovely|cool|nice|good|brill)[.! ]*$`)

// choice tells the person that it is theirs to decide.
var choice = like(`if you (?:like|want|wish|prefer)|your (?:own )?choice|your call|your own words|up to you|you (?:can |may )?(?:choose|pick|decide)|you can (?:skip|stop|leave|let|tell|ask|send)|skip|would you like|would suit you|suits you|fine if|is fine(?: too)?|are fine|that is fine|no rush|no need|no number needed|when you (?:like|would like|want)|as much as you want|only if you|you are free to|leave it|at any time|change your mind|(?:stays|is) yours|i will not (?:ask|write)`)
