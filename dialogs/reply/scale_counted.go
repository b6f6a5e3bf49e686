package reply

// Numbers that are one of several: scores by the handful beside the one that
// could be taken, or some out of ten things that are no scale.

// byTheHandful tells that a reply tells of scores by the handful, "a couple of
// 3s and a 7", so that none beside them is the answer. The under 5s are no
// scores, little ones neither, nor is being at sixes and sevens.
func (s *scaleReader) byTheHandful() bool {
	for i, t := range s.tokens {
		figures := t.kind == numberToken && t.suffix == "s" && t.value <= 10
		if !figures && (!pluralNumber(t) || t.text == "ones" || t.text == "sixes" || t.text == "sevens") {
			continue
		}
		if i == 0 || s.tokens[i-1].text != "under" && s.tokens[i-1].text != "over" {
			return true
		}
	}
	return false
}

// ofTenThings tells that the ten which a number is out of are things: "seven of
// ten people were nice", "3 over ten years".
func (s *scaleReader) ofTenThings(q quantity) bool {
	return q.form == ofTen && s.wordAt(q.to) && (plural(s.tokens[q.to].text) || crowd[s.tokens[q.to].text])
}

var crowd = set("people folk women men children")

// saidBehind are phrases that name behind a number who gave it.
var saidBehind = newRulebook(scaleClasses, []rule{{"scale/of-things", []string{
	"# (or so|ish|maybe)? (says|said|reckons|reckoned) !(it|that|a|an|me|all|the|so|i|we|you|he|she|they|about|this|last|in|on|yesterday|before|earlier|#) _ _? $",
}}})

// said gives a doubt to numbers that somebody else may have given: "6, says Pat".
func (s *scaleReader) said() {
	saidBehind.find(matcher{words: s.words, limit: comma, wall: numberID}, func(h hit) bool {
		s.roles[s.which[h.from]] |= doubted
		return true
	})
}

// spacedPoint tells a point with space on both sides between two numbers, which
// may be one with a decimal, or two: "5 . 5".
func (s *scaleReader) spacedPoint(n int) bool {
	if n+1 >= len(s.q) {
		return false
	}
	a, b := s.q[n], s.q[n+1]
	return a.form == bare && b.form == bare && b.from == a.to+1 && s.tokens[a.to].text == "." && s.tokens[a.to].space && s.tokens[b.from].space
}
