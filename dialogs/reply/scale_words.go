package reply

// scaleClasses are the words that the patterns of scores share, by what they are
// beside a number.
var scaleClasses = classes{phrases: map[string]string{
	"{ofpain}": "{pain} (level|levels|score|scores|is|are|was|at|of|like|about|around|today|still|now)? (is|are|was|at|about|around|like|a|an|still|now)?",
	// What a person has one of, or as much as there is: a number before it counts none.
	"{ailing}": "({pain}|pains|aches|sleep|mood|appetite|energy|nerves|arthritis|sciatica|asthma|back|neck|chest|breathing|stomach|tummy|head|health|depression|fibro|gout)",
	"{before}": "((my|our)? (last|previous|old) (weeks|months|mondays|times|week|time|month|one|score|number|answer)|before|yesterday|yesterdays|earlier|previously)",
}, words: map[string][]string{
	"about": {"a", "an", "the", "like", "about", "around", "roughly", "approximately", "maybe", "probably", "perhaps", "possibly", "really", "quite", "even",
		"exactly", "just", "still", "only", "actually", "definitely", "say", "saying", "solid", "good", "strong", "full", "fully", "another", "of", "by", "yet", "totally", "anywhere", "near", "very", "proper", "mere", "measly", "whopping", "big", "fat", "at"},
	"change": {"up", "down", "dropped", "drop", "fell", "fallen", "gone", "went", "go", "moved", "risen", "rose", "rise", "jumped", "improved", "slipped", "climbed", "come", "came", "crept",
		"increased", "decreased", "plus", "minus", "gained", "lost", "sunk", "sank", "slid", "shot", "dipped", "changed", "bumped", "crawled"},
	"more":    {"more", "up", "down", "higher", "lower", "less", "better", "worse", "above", "below", "increase", "drop", "improvement", "improved", "extra", "fewer", "decrease", "ahead", "further"},
	"link":    {"it", "of", "to", "for", "is", "was", "be", "my", "by", "in", "a", "an", "at", "about", "get", "reach", "give", "have", "would", "i", "am", "up", "going", "see", "this", "that", "again", "with", "could", "back", "were"},
	"self":    {"i", "we"},
	"modal":   {"could", "might", "may", "should", "maybe", "perhaps", "or", "would", "was", "were"},
	"fullday": {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
	"day":     {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"},
	"someone": {"he", "she", "they", "wife", "husband", "partner", "mum", "mam", "dad", "mother", "father", "son", "daughter", "sister", "brother", "friend", "mate", "neighbour",
		"nurse", "doctor", "doc", "gp", "therapist", "counsellor", "physio", "psychiatrist", "midwife", "everyone", "everybody", "people", "others", "someone", "boyfriend", "girlfriend", "carer", "hubby", "missus", "kids",
		"grandson", "granddaughter", "grandchild", "grandchildren", "grandkids", "nephew", "niece", "cousin", "aunt", "auntie", "uncle", "nan", "nana", "gran", "granny", "grandma", "grandad", "grandpa", "twins", "toddler", "lass", "lad", "laddie", "youngest", "eldest", "oldest", "bairn", "bairns", "dog", "cat", "puppy"},
	"score": {"score", "number", "answer", "rating", "mood", "day", "week", "life", "level", "confidence", "feeling", "guess", "mark", "wellbeing", "scale", "morning", "afternoon", "evening", "today", "vote", "pick", "choice", "energy", "state", "general", "overall", "reply", "own", "honest", "usual", "normal"},
	"pain":  {"pain", "pains", "anxiety", "stress", "worry", "ache", "headache", "temperature", "temp", "weight", "pressure", "sugar", "sugars", "tiredness", "fatigue", "bp", "oxygen", "reading", "breathlessness", "phq", "phq9", "gad", "gad7", "hba1c", "psa", "inr", "sats"},
	// goeson are words that go on from a score; others may begin a name.
	// fitting is said of the number that is one's answer.
	"fitting": {"right", "correct", "accurate", "mine", "me", "my", "how", "what", "where", "it", "fair", "closest", "nearest"},
	"goeson":  {"on", "in", "at", "i", "my", "the", "and", "but", "by", "because", "all", "out", "going", "a", "it", "not", "this", "so", "is", "for", "to", "as", "with", "or", "of", "off", "up", "down", "live", "along"},
	"illness": {"covid", "cold", "flu", "chemo", "antibiotics", "lent", "ramadan", "detox", "lockdown", "recovery", "isolation", "rehab", "sober", "diet"},
	"unit": {"tablet", "tablets", "pill", "pills", "mg", "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "second", "seconds", "night", "nights", "time", "times",
		"people", "person", "kid", "kids", "child", "children", "grandchildren", "grandkids", "man", "men", "woman", "women",
		"friend", "friends", "cup", "cups", "mug", "mugs", "mile", "miles", "km", "metres", "steps", "step",
		"lb", "lbs", "kg", "oz", "ml", "cm", "inch", "quid", "pound", "pounds", "stone", "kilo",
		"kilos", "feet", "foot", "inches", "oclock", "thing", "things", "visit", "visits", "call", "calls", "session", "word", "words", "ton", "tonne",
		"sessions", "goal", "goals", "meal", "meals", "walk", "walks", "cat", "cats", "dog", "dogs", "bus",
		"buses", "appointment", "appointments", "sugars", "pint", "pints", "glass", "glasses", "can", "cans", "slice", "slices",
		"lap", "laps", "lengths", "cigarettes", "fags", "stars", "star", "weekend", "weekends", "morning", "mornings", "evenings",
		"afternoons", "other", "others", "different", "separate", "bedroom", "bed", "floor", "floors", "job", "jobs", "text",
		"texts", "message", "messages", "question", "questions",
		"sleep", "kip", "hrs", "weekly", "daily", "monthly", "yrs", "sons", "daughters", "brothers", "sisters", "hot", "more", "extra", "lots", "loads", "packs", "pack", "bags", "bag", "books", "book", "lads", "girls", "boys", "am", "pm", "figures", "fold", "percenter", "course", "fish"},
	"took": {"took", "taken", "take", "taking", "eaten", "ate", "eat", "drank", "drunk", "drink", "slept", "sleep", "walked", "bought", "buy", "made", "saw", "seen", "met", "swam", "ran", "cooked", "smoked", "smoke", "missed",
		"had", "have", "has", "having", "need", "needed", "every", "in", "within", "after", "since", "until", "til",
		"till", "by", "page", "room", "flat", "chapter", "stage", "type", "size", "aged", "age", "channel",
		"radio", "bbc", "itv", "junction", "gate",
		"platform", "year", "bed", "ward", "table", "unit", "for", "past", "step", "bus", "covid", "top", "phone", "ring", "before", "invited", "lost", "won", "cost", "paid", "spent", "waited"},
	"going": {"up", "woke", "wake", "bed", "asleep", "awake", "home", "ring", "call", "phone", "meet", "see", "start", "starts", "started", "finish", "finished", "dinner", "tea", "lunch", "breakfast", "appointment", "train", "bus", "back",
		"club", "class", "group", "opens", "open", "closes", "text", "message", "out", "doctors", "dentist", "come", "coming", "arrive", "came", "got"},
}}
