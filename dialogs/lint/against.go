package lint

import (
	"fmt"
	"slices"
	"strings"

	"onestep/dialogs"
)

// Rules of Against: what a mapping has to say of steps that sessions stand on.
const (
	PlaceGoneRule  = "place-gone"
	PlaceKindRule  = "place-kind"
	PlaceUnsetRule = "place-unset"
)

// AgainstRules is what Against holds newer scripts to, in the form of the rubric.
func AgainstRules() []Rule { return placeRules }

var placeRules = []Rule{
	{ID: PlaceGoneRule, About: "A script that takes sessions along says where each step is that one can stand on.", Threshold: "every question and every call of the older scripts", Source: "ours",
		Why: "A session there stays on the older words, though they were to be replaced."},
	{ID: PlaceKindRule, About: "A step that sessions are taken to asks the same kind of question, or calls the same script.", Threshold: "every question and every call of the older scripts", Source: "ours",
		Why: "An answer to the one question would be read as an answer to another."},
	{ID: PlaceUnsetRule, About: "What a session goes on to uses nothing that the older script may not have set.", Threshold: "every variable, and every fact in the question itself", Source: "ours",
		Why: "A session without it stays on the older words, though they were to be replaced."},
}

// Places is what becomes of the sessions of older scripts.
type Places []dialogs.Standing

// Against proves, for each step of older scripts at which a session can stand,
// that it has a place in the newer ones or stays pinned, and finds those that a
// script forgot though it takes sessions along.
func Against(now, old *dialogs.Edition) Report {
	report := Report{Places: dialogs.Compare(old, now)}
	if report.Places == nil {
		report.Places = Places{}
	}
	for _, p := range report.Places {
		if p.Fate != dialogs.Lost {
			continue
		}
		script, _ := now.Script(p.Script)
		was, _ := old.Script(p.Script)
		f := Finding{File: script.File(), Line: max(1, p.Mend.Line), Column: max(1, p.Mend.Column), Script: p.Script, Step: p.Step}
		where := fmt.Sprintf("A session can stand on %q of the older script (line %d)", p.Step, p.At.Line)
		switch p.Why {
		case dialogs.CauseGone:
			f.Rule, f.Message = PlaceGoneRule, where+fmt.Sprintf(", and this one has no such step; add renamed: {%s: ...} or dropped: {%s: ...}", p.Step, p.Step)
		case dialogs.CauseKind:
			f.Rule, f.Message = PlaceKindRule, where+fmt.Sprintf(": %s. This step is another kind; give it an id of its own, and drop the older one", kindOf(was, p.Step))
		default:
			f.Rule, f.Message = PlaceUnsetRule, where+fmt.Sprintf(". From here on {%s} is used, which is not always set there; use when: known.%s, or take the session on elsewhere", p.Name, p.Name)
		}
		f.Why = placeRules[slices.IndexFunc(placeRules, func(r Rule) bool { return r.ID == f.Rule })].Why
		f.Message = sentence("%s", f.Message)
		report.Findings = append(report.Findings, f)
	}
	report.sort()
	return report
}

func kindOf(s *dialogs.Script, id string) string {
	for _, st := range s.Steps() {
		if st.ID == id && st.Does == "ask" {
			return "ask: " + st.Asks
		} else if st.ID == id {
			return st.Does + ": " + st.Script
		}
	}
	return ""
}

// Summary counts the fates in a line, "" where nobody asked.
func (p Places) Summary() string {
	if p == nil {
		return ""
	}
	counts := make(map[dialogs.Fate]int)
	for _, s := range p {
		counts[s.Fate]++
	}
	parts := make([]string, 0, 5)
	for _, c := range []struct {
		fate dialogs.Fate
		text string
	}{
		{dialogs.Stays, "stay on the step of that name"}, {dialogs.Renamed, "move to another name"}, {dialogs.Dropped, "are dropped and go on elsewhere"},
		{dialogs.Pinned, "stay on the older words"}, {dialogs.Lost, "have no place"},
	} {
		parts = append(parts, fmt.Sprintf("%d %s", counts[c.fate], c.text))
	}
	return fmt.Sprintf("%d steps where a session can stand: %s", len(p), strings.Join(parts, ", "))
}

// place is a standing as it is printed.
type place struct {
	Script string `json:"script"`
	Step   string `json:"step"`
	Does   string `json:"does"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Fate   string `json:"fate"`
	To     string `json:"to,omitempty"`
}

func (p Places) list() []place {
	var list []place
	for _, s := range p {
		list = append(list, place{s.Script, s.Step, s.Does, s.At.Line, s.At.Column, string(s.Fate), s.To})
	}
	return list
}
