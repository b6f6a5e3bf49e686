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
	hintsYes               // means a yes where nothing plainer is said: be daft not to
	hintsNo                // means a no where nothing plainer is said: too far for me
)

type stanceRule struct {
	id       RuleID
	stance   stance
	patterns []string
}

var yesNoClasses = classes{words: map[string][]string{
	"self": {"i", "we"},
	"done": {"do", "did", "have", "will", "would", "can", "am", "was", "shall", "agree", "consent"},
	"ask":  {"do", "did", "can", "could", "should", "shall", "am", "will", "would", "have", "is", "are", "was", "were", "what", "why", "when", "where", "how", "who", "which", "does", "may", "must"},
	"they": {"i", "we", "you", "it", "that", "this", "they", "he", "she", "there"},
	"yes":  {"yes", "yeah", "yep", "yup", "ye", "yah", "yas", "aye", "y", "yus", "yeas", "jes", "wilco", "ofc", "yee", "ja", "yeppers", "yepp", "ie", "ydw", "oes", ":yes", "yesss", "iep", "yip", "yis", "yass", "yahh", "yesh", "yessir", "yeap", "yarp", "yeahhh", "yeup", "aii", "yws", "tes", "ues", "yees", "yaas", "yus", "rightio", "righto", "righty", "yez", "yesd", "natch"},
	"no":   {"nope", "nah", "naw", "nay", "na", "nup", "nar", "neh", "nopes", "negative", "nage", "nac", ":no", "nahh", "noo", "noooo", "noe", "naa", "nopey", "nuh", "noway", "negatory", "nada"},
	// What may follow "no" so that it is an answer: "no I", "no sorry". Before
	// any other word it is a part of something: "no change".
	"after": {"i", "we", "it", "that", "this", "he", "she", "they", "you", "not", "sorry", "thanks", "thank", "but", "because", "as", "since", "and", "no", "never", "nope", "nah", "please", "mate", "love", "hun", "lol", "x", "xx", "xxx",
		"just", "sir", "siree", "lass", "lad", "maam", "madam", "boss", "chief", "bro", "fam", "bruv", "man", "dice", "cigar", "doc", "on", "later", "soon", "tomorrow",
		"too",
		"was",
		"did",
		"have",
		"unfortunately",
		"sadly",
		"actually",
		"really",
		"can",
		"will",
		"would",
		"maybe",
		"though",
		"still",
		"only",
		"honestly",
		"definitely",
		"absolutely",
		"way",
		"chance",
		"need",
		"ta",
		"can",
		"luck",
		"joy",
		"my",
		"been",
		"is",
		"am",
		"are",
		"do",
		"nothing",
		"soz", "apologies", "feel", "fell", "forget", "overslept", "were", "kept", "decided", "working", "doing", "going", "might", "must", "should", "stuck", "cancelled", "closed", "shut", "raining", "rained", "hurt", "hurts", "bloody", "next", "dear", "darling", "pet", "duck", "afraid", "if", "when", "until", "or", "ok", "so", "to", "for", "the", "yet", "thankyou", "cheers", "diolch", "yes", "yeah", "forgot", "today", "rather", "haha", "sam", "hope", "longer", "more", "again", "now", "there", "none", "could",
		"another", "some", "unnecessary", "wrong", "changed", "moved", "want", "wants", "different", "left", "managed", "mixed", "got", "your", "pass", "scrap", "drop", "bin", "needs", "off", "untrue", "miles", "missed", "ended", "went", "gave", "stayed", "tried", "did", "had", "never", "last", "yesterday", "this", "lost", "ran", "feeling", "felt", "unwell", "poorly", "ill", "busy", "skipped", "leave"},
	"nice": {"ok", "okay", "okey", "okies", "oki", "k", "kk", "alright", "great", "lovely", "perfect", "brilliant", "cool", "grand", "champion", "super", "smashing", "wonderful", "excellent", "fab", "ace", "deal", "done", "please", "alrighty", "right", "roger", "fabulous", "magic", "sorted", "iawn"},
	// What may stand around a word that is an answer by itself.
	"polite": {"please", "thanks", "thank", "you", "thankyou", "cheers", "ta", "x", "xx", "mate", "love", "pet", "hun", "duck", "hen", "pal", "lol", "haha", "oh", "ah", "well", "ok", "okay", "then", "now", "yes", "yeah", "aye", "me", "am", "i", "that", "is", "hi", "hiya", "um", "er", "erm", "so", "sam"},
	"fine":   {"fine", "lovely", "great", "ok", "okay", "grand", "perfect", "right", "correct", "true", "brilliant", "alright", "good", "nice", "useful", "helpful", "safe", "smashing", "super", "wonderful", "fab", "fabulous", "excellent", "ideal", "handy", "acceptable", "agreeable", "suitable", "satisfactory", "convenient", "cool", "marvellous", "champion", "ace", "amazing", "kind", "fantastic", "awesome", "appreciated", "welcome", "splendid", "delightful", "magic", "sound", "mint", "class", "boss", "ace", "lush", "sweet", "wicked", "cracking", "belting", "belter", "bostin", "braw", "tidy", "top", "banging", "heaven", "terrific", "divine", "gr8"},
	// What somebody is who needs nothing.
	"well":    {"fine", "ok", "okay", "alright", "good", "grand", "sound", "sorted", "set", "covered", "champion", "awright", "awrite", "alrite", "gravy", "golden"},
	"someone": {"she", "he", "they", "sister", "brother", "mum", "mam", "dad", "wife", "husband", "son", "daughter", "friend", "doctor", "nurse", "gp", "neighbour", "everyone", "people", "sam", "someone", "somebody", "partner", "mate", "carer"},
	"day":     {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tuesday", "mon", "tues", "wed", "weds", "thurs", "fri", "sat", "sun", "tomorrow", "twice", "once", "already", "all", "then", "both"},
	"family":  {"daughter", "son", "sister", "brother", "wife", "husband", "mum", "mam", "dad", "family", "kids", "children", "carer", "carers", "neighbour", "neighbours", "friend", "friends", "partner", "hubby", "missus", "grandson", "granddaughter", "niece", "nephew", "mate", "lad", "lass", "girl", "boy", "son-in-law", "council", "church", "girls", "boys"},
	// Of these a "not" says that all stays.
	"altered": {"changed", "change", "changes", "altered", "alter", "shifted", "shift", "budged", "wavered", "faded", "differ", "moved", "swap"},
	"aim":     {"goal", "goals", "aim", "aims", "plan", "plans", "priority", "priorities", "needs", "wishes", "hope", "hopes", "dream", "dreams", "ideas", "ambition", "ambitions", "focus"},
	// What was done, by the person or for them.
	"acted": {"rang", "rung", "phoned", "called", "walked", "joined", "filled", "handed", "sent", "posted", "wrote", "written", "emailed", "booked", "spoke", "spoken", "chatted", "met", "visited", "attended", "cooked", "baked", "cleaned", "tidied", "swam", "cycled", "bought", "enrolled", "registered", "signed", "collected", "picked", "planted", "painted", "sorted", "cleared", "applied", "popped", "nipped", "volunteered", "bought", "joined", "played", "knitted", "sewed", "crocheted", "drew", "sketched", "listened", "washed", "hoovered", "ironed", "decorated", "mowed", "pruned", "watered", "potted", "sowed", "fished", "bowled", "jogged", "hiked", "rambled", "climbed", "exercised", "stretched", "meditated", "prayed", "logged", "zoomed", "travelled", "braved", "tackled", "introduced", "practised", "enjoyed", "contacted", "arranged", "dropped", "ventured", "trundled", "toddled", "pottered", "strolled", "wandered", "danced", "sang", "gardened", "dug", "weeded", "completed", "finished", "managed"},
	// Who or what else a reply may speak of.
	"other": {"she", "he", "they", "it", "sam", "someone", "somebody", "worker", "lady", "man", "woman", "bloke", "chap", "lad", "girl", "nurse", "carer", "carers", "doctor", "doctors", "gp", "surgery", "physio", "team", "office", "council", "sister", "brother", "daughter", "son", "neighbour", "friend", "mate", "pal", "buddy", "taxi", "bus", "lift", "train", "minibus", "driver", "transport", "volunteer", "befriender", "group", "class", "club", "place", "centre", "cafe", "gym", "pool", "library", "church", "post", "letter", "parcel", "phone", "form", "appointment", "session", "meeting", "people"},
	// What a "did not" may go on with so that it is a plain no.
	"plain": {"do", "does", "did", "done", "go", "get", "got", "make", "made", "manage", "managed", "want", "need", "like", "fancy", "think", "feel", "have", "been", "went", "gone", "rung", "ring", "rang", "call", "called", "phone", "phoned", "finish", "finished", "start", "started", "try", "tried", "bother", "bothered", "face", "bring", "come", "came", "fit", "able", "yet", "really", "actually", "quite", "even", "ever", "walk", "walked", "attend", "join", "book", "send", "sent", "fill", "post", "write", "speak", "talk", "meet", "visit", "use", "take", "sign", "agree", "consent", "dare", "cope", "happen", "this", "the", "that", "it", "so", "i", "we", "sorry", "unfortunately", "because", "but", "at", "and", "today", "no", "not", "any", "in", "as", "to", "with", "afraid", "leave", "though", "be", "on", "for", "then", "just", "move", "eat", "had", "work", "worked", "require", "enjoy", "yesterday", "either", "now"},
	"folk":  {"i", "we", "you", "she", "he", "they", "someone", "somebody", "sam", "anyone", "anybody", "her", "him", "them", "it"},
	// Who says one of these behind "did I" did not.
	"oath": {"heck", "hell", "eck", "eckers", "ecky", "buggery", "bugger", "thump", "thumper", "chuff", "chuffin", "bog", "balls", "bollocks", "nuts", "fuck", "nelly", "fun"},
	// Who or what a "no" may go on to name: "no that's my sister".
	"kin": {"daughter", "daughters", "son", "sons", "sister", "sisters", "brother", "brothers", "wife", "wifes", "husband", "husbands", "mum", "mums", "mam", "mams", "dad", "dads", "mother", "father", "carer", "neighbour", "neighbours", "friend", "friends", "partner", "partners", "niece", "nephew", "cousin", "aunt", "auntie", "uncle", "gran", "nan", "grandson", "granddaughter", "flatmate", "landlord", "other", "number", "address", "birthday", "name"},
	// When a yes may be a good while off.
	"season":  {"spring", "summer", "autumn", "winter", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "christmas", "xmas", "easter", "year"},
	"weekday": {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tues", "tue", "wed", "weds", "thurs", "thur", "fri", "sat", "sun", "yesterday"},
	"lead":    {"ok", "okay", "oh", "well", "so", "and", "great", "good", "lovely", "right", "cool", "ooh", "thanks", "cheers", "just", "please"},
}, phrases: map[string]string{
	// Who is waved away: "yer alright hen".
	"{you}":   "(you are|your|yer|ye are|yous are|your are)",
	"{vowed}": "(said|promised|swore|told (you|her|him|them|sam|myself|everyone|my _|the _)|pretended|let on|made out|claimed|vowed|thought|reckoned) (that)?",
	"{would}": "(would|could|should|might|will|can|shall|was going to|did|have to) (not|never)?",
	// What a promise goes on with.
	"{what}":    "(it|that|this|them|one|there|so|her|him|do|done|go|gone|be|been|ring|rung|rang|call|called|try|tried|went|to|manage|managed|ever|have|had|get|got|make|come|along|started|start|finish|finished|the _|my _)",
	"{onetime}": "({weekday}|(last|other|first|second) (week|time|day|go|month|try|attempt|one)|week before|day (that)? {self} (said|planned|meant|wanted|had planned)|day|time {self} (said|planned)|straight away|at first|then)",
	"{moment}":  "(half past|quarter to|quarter past|{weekday}|#|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
	// What a time at which it was not may be set against.
	"{instead}": "(but|so|then|and|yes|{yes}|instead)? ({yes}|then|instead)? {self}? (have|had|just|then)? (did|went|managed|made it|got there|got it|got to|this (week|time|month)|the (next|second|following|other) (day|time|one|go)|second (go|time)|{weekday}|next day|since) !(not)",
	// What was meant to be done.
	"{meant}": "({self} (was|were)|was|were|been|{self} have been|always|i|we|fully|had|really|honestly)? (did want to|did mean to|did plan to|did intend to|did think (of|about)|going to|gonna|about to|meaning to|meant to|intended to|intending to|planned (to|on)|planning (to|on)|supposed to|hoping to|hoped to|all (set|ready|dressed)|due to|ready to|set to|wanted to)",
}}
