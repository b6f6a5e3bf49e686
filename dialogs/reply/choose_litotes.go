package reply

// litotesBook are nos that praise: "couldn't do without bingo", "nothing beats
// a walk", "I'd have nothing but tea".
var litotesBook = newRulebook(classes{}, []rule{{"choice/label", []string{
	"(can not|could not|would not) (do|cope|manage|live|be|get by|go) without",
	"(can not|could not|would not|will not) (say|turn|refuse) (no to|down)",
	"^ (there is)? (nothing|nowt) (quite)? (beats|like|better than|nicer than)",
	"(not|none|nothing|nowt|nobody|no one) (really|want|think of|do|have|like|face|manage|use|see|of them|of those|of these|of the others|else)? (anything|any|any of them|anyone|owt)? (but|except|apart from|bar|other than) !(i|it|we|for|that|not|no|when|if|because|so|the one)",
	"(would not|do not|could not|can not) (want|have|think of|do|like|face|manage|use|see|pick|choose|say) (anything|any|any of them|anyone|owt) (but|except|apart from|bar|other than)",
}}})

// praising leaves out the words of a no that praises what stands behind it.
func praising(t []token) []token {
	view := words(t)
	var cut []bool
	litotesBook.find(matcher{words: view}, func(h hit) bool {
		if h.to < len(view) { // something is praised
			if cut == nil {
				cut = make([]bool, len(t))
			}
			for i := view[h.from].token; i <= view[h.to-1].token; i++ {
				cut[i] = true
			}
		}
		return true
	})
	if cut == nil {
		return t
	}
	var out []token
	for i := range t {
		if !cut[i] {
			out = append(out, t[i])
		}
	}
	return out
}
