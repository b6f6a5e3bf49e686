package reply

import (
	"strings"
	"testing"
	"time"
)

// Every rule has an owner and was looked over within its time. When this
// fails, the owner reads the files of distress and sets the next date.
func TestDistressRulesAreReviewed(t *testing.T) {
	t.Parallel()
	seen := map[RuleID]bool{}
	for _, r := range append(append([]distressRule{}, distress.rules...), distress.idiomRules...) {
		due, err := time.Parse(time.DateOnly, r.review)
		switch {
		case err != nil:
			t.Errorf("%s: the review date: %v", r.id, err)
		case time.Now().After(due):
			t.Errorf("%s: its review was due on %s", r.id, r.review)
		}
		if r.owner == "" || r.about == "" || len(r.patterns) == 0 {
			t.Errorf("%s lacks an owner, what it is about, or patterns", r.id)
		}
		if seen[r.id] {
			t.Errorf("%s stands twice", r.id)
		}
		seen[r.id] = true
	}
}

// Every rule of danger has a labelled text that it alone is first to see, and
// every idiom one that it keeps from being an alarm.
func TestEveryDistressRuleHasAnExample(t *testing.T) {
	t.Parallel()
	fired := map[RuleID]bool{}
	covered := map[RuleID]bool{}
	for _, s := range everySample(t, "distress") {
		for _, id := range dangersIn(s.Text) {
			fired[id] = true
		}
		for _, id := range idiomsIn(s.Text) {
			covered[id] = true
		}
	}
	for _, r := range distress.rules {
		if !fired[r.id] {
			t.Errorf("%s never fires on a labelled text", r.id)
		}
	}
	for _, r := range distress.idiomRules {
		if !covered[r.id] {
			t.Errorf("%s never covers a labelled text", r.id)
		}
	}
}

func dangersIn(text string) (ids []RuleID) {
	distress.dangers.find(matcher{words: hear(whole(text)).words, limit: comma}, func(h hit) bool {
		ids = append(ids, distress.rules[h.rule].id)
		return true
	})
	return ids
}

func idiomsIn(text string) (ids []RuleID) {
	distress.idioms.find(matcher{words: hear(whole(text)).words, limit: comma}, func(h hit) bool {
		ids = append(ids, distress.idiomRules[h.rule].id)
		return true
	})
	return ids
}

// Words are seen through the ways in which people hide them.
func TestDistressSeesThroughDisguise(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"k i l l  m y s e l f", "K.I.L.L myself", "kill-myself", "#killmyself", "k1ll mys3lf", "k!ll myself", "k*** myself, i mean kill myself", "su*cide", "$uicide", "s-u-i-c-i-d-e", "sui cide", "SUICIDE!!!", "suiciiiide",
		"𝐤𝐢𝐥𝐥 myself", "ｋｉｌｌ myself", "ki\u200bll my\u00adself", "kíll mýself", "iwanttodie", "wan2die", "i want 2 die", "i want too die", "unalive", "kms", "i want to 💀", "going to\nkill myself",
	} {
		if _, found := Distress(text); !found {
			t.Errorf("%q is not seen", text)
		}
	}
}

// Distress is seen whatever else a reply holds.
func TestDistressBesideAnAnswer(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"7", "yes", "no thanks", "friday", "stop", "done", "sorry for the delay, it was a busy week with the grandchildren"} {
		for _, text := range []string{answer + ". I want to die", "i want to die, " + answer, answer + "\n" + strings.Repeat("x ", 200) + "i can't keep myself safe"} {
			if _, found := Distress(text); !found {
				t.Errorf("%q is not seen", text)
			}
		}
	}
}
