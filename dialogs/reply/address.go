package reply

// People call whom they write to love, duck, hen or son, and mean nothing by it.
// Rules ask what a clause ends with, so that such a word would hide an answer.

// addresses are what people call one another, and for each the words that it
// is no mere address behind: "I would love", "too dear".
var addresses = func() map[wordID]wordSet {
	owned := "a an the his her our their your with and to of for in on by at this that is was as or like than one another"
	behind := map[string]string{
		"love":   owned + " my would do does did not really much i we you make all lots always still him it",
		"dear":   owned + " oh too very so quite rather bit",
		"duck":   owned + " my",
		"son":    owned + " my step eldest youngest oldest only",
		"lad":    owned + " my good young",
		"lass":   owned + " my good young",
		"pet":    owned + " my no any",
		"flower": owned + " my",
		"mate":   owned + " my best good old",
		"pal":    owned + " my best good old pen",
		"boss":   owned + " my new old",
	}
	for _, w := range []string{"hen", "bab", "babs", "hun", "petal", "cariad", "treacle", "mun", "bach", "marra", "bruv", "bro", "lovey", "darling", "sweetheart", "dearie", "buddy", "guv", "ducks", "ducky", "chuck", "kidda", "sir", "madam"} {
		behind[w] = owned + " my"
	}
	out := map[wordID]wordSet{}
	for w, list := range behind {
		out[known.id(w)] = wordsOf(list)
	}
	return out
}()

// unaddressed drops what the bot is called at the end of a clause, or right
// behind a first yes or no: "I did duck", "naw hen no the noo".
func unaddressed(w []symbol) []symbol {
	out := w[:0]
	brk := noBreak
	for i, s := range w {
		behind, address := addresses[s.id]
		ends := i+1 == len(w) || w[i+1].brk != noBreak || i == 1 && openers.has(w[0].id)
		if address && ends && len(out) > 0 && (s.brk != noBreak || !behind.has(out[len(out)-1].id)) {
			brk = max(brk, s.brk)
			continue
		}
		s.brk = max(s.brk, brk)
		brk = noBreak
		out = append(out, s)
	}
	return out
}
