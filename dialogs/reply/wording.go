package reply

import (
	_ "embed" // for the weights
	"strconv"
	"strings"
	"sync"
)

// The rules of distress name how danger is spoken of. They cannot name what
// nobody has thought of yet, and of wholly new replies they miss one in six. So
// behind them stands a linear classifier: which words, and which words beside
// each other, stand more in replies of danger than in others. It is trained by
// logistic regression on the labelled replies; wording_train_test.go has how.
//
// Like the rules it answers yes or no of a text, for a person to look at. The sum
// is kept nowhere and says nothing of anybody.

// wordingRule is its name among the rules.
const wordingRule RuleID = "distress/wording"

// Figures of the classifier. A reply is read in windows, so that danger in one
// sentence is not outweighed by talk around it.
const (
	windowWords = 24
	windowStep  = 12
	// wordingBar is what the words of a window weigh together from when on they
	// may mean danger, in tenths of a logit. By trial on fifths of testdata that
	// were left out: docs/decisions.md.
	wordingBar = 18
)

//go:embed wording.txt
var wordingText string

// wording is read when the first text needs it.
var wording = sync.OnceValue(func() *classifier { return readClassifier(wordingText) })

// classifier says what words weigh.
type classifier struct {
	owner, review string
	// trained is the digest of the replies that it was trained on.
	trained string
	words   map[string]wordNumber
	weights map[feature]int // tenths of a logit
	bias    int
}

// wordNumber numbers the words that weigh anything, from 1 on.
type wordNumber uint32

// feature is a word, two words beside each other or with one between, or three
// in a row, by their numbers.
type feature struct{ a, b, c wordNumber }

// between stands for any word in the middle of three.
const between wordNumber = 1<<32 - 1

// features calls each for all features of a window of words.
func features(window []wordNumber, each func(feature)) {
	for i, w := range window {
		each(feature{a: w})
		if i > 0 {
			each(feature{a: window[i-1], b: w})
		}
		if i > 1 {
			each(feature{a: window[i-2], b: between, c: w})
			each(feature{a: window[i-2], b: window[i-1], c: w})
		}
	}
}

// windows calls each for all windows of a text, until it says stop.
func windows(text []wordNumber, each func(window []wordNumber) (on bool)) {
	for from := 0; ; from += windowStep {
		to := min(from+windowWords, len(text))
		if !each(text[from:to]) || to == len(text) {
			return
		}
	}
}

// sees tells whether a text may speak of danger by its wording.
func (c *classifier) sees(forms []string) (found bool) {
	numbers := make([]wordNumber, 0, len(forms))
	for _, w := range forms {
		numbers = append(numbers, c.words[w])
	}
	windows(numbers, func(window []wordNumber) bool {
		sum := c.bias
		features(window, func(f feature) { sum += c.weights[f] })
		found = sum >= wordingBar
		return !found
	})
	return found
}

// idiomForm is what the classifier reads in the place of words that an idiom
// covers: what is said with them is not what they say.
const idiomForm = "~"

// forms are the words of a text as the classifier reads them.
func (h heard) forms() (out []string) {
	word, inIdiom := 0, false
	for i, t := range h.tokens {
		covered := false
		if word < len(h.words) && h.words[word].token == i {
			covered = h.idioms[word] != 0
			word++
		}
		form := plainForm(t)
		switch {
		case form == "" || !h.piece.counts(h.folded.source(t.from, t.to)):
			continue
		case !covered:
			out = append(out, form)
		case !inIdiom:
			out = append(out, idiomForm)
		}
		inIdiom = covered
	}
	return out
}

// plainForm is how the classifier reads a word: by its stem, so that what it has
// learnt of "walked" it knows of "walking". Empty for what is no word.
func plainForm(t token) string {
	switch t.kind {
	case markToken:
		return ""
	case numberToken:
		return "#"
	}
	return stem(t.text)
}

// readClassifier reads weights from their text form: owner, review and trained,
// then a line each of a weight and its words, "_" for any word. The weight
// without words is the bias. A fault in it stops the program, as every test run
// shows.
func readClassifier(src string) *classifier {
	lines := strings.Count(src, "\n")
	c := &classifier{words: make(map[string]wordNumber, lines/2), weights: make(map[feature]int, lines)}
	for line := range strings.SplitSeq(src, "\n") {
		head, rest, _ := strings.Cut(line, " ")
		if strings.HasPrefix(line, "//") {
			continue
		}
		switch head {
		case "":
		case "owner":
			c.owner = rest
		case "review":
			c.review = rest
		case "trained":
			c.trained = rest
		default:
			weight, err := strconv.Atoi(head)
			if err != nil {
				panic("the weights of wording: what is " + head + "?")
			}
			if rest == "" {
				c.bias = weight
				continue
			}
			var words [3]wordNumber
			for i, w := range strings.SplitN(rest, " ", len(words)) {
				words[i] = c.number(w)
			}
			c.weights[feature{words[0], words[1], words[2]}] = weight
		}
	}
	return c
}

// number is the number of a word, a new one if it has none.
func (c *classifier) number(w string) wordNumber {
	if w == "_" {
		return between
	}
	n, ok := c.words[w]
	if !ok {
		n = wordNumber(len(c.words) + 1)
		c.words[w] = n
	}
	return n
}
