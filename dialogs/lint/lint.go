// Package lint holds a library of check-ins against a rubric: does it ask
// rather than tell, listen before it asks on, leave the choice to the person,
// and can each of its questions be answered, skipped and got past?
//
// It reads a compiled edition and changes nothing. What the loader refuses
// already (unknown names, steps that nothing reaches, a translation that is
// behind) is not looked at again.
package lint

import (
	"cmp"
	"slices"

	"onestep/dialogs"
)

// Finding is one place that breaks a rule.
type Finding struct {
	Rule         string `json:"rule"`
	File         string `json:"file"`
	Line, Column int    `json:"-"`
	Script       string `json:"script,omitempty"` // "" for what concerns the library as a whole
	Step         string `json:"step,omitempty"`   // "" for what concerns the script as a whole
	Message      string `json:"message"`          // what is there, and what to do
	Why          string `json:"why"`              // the reason of the rule
}

// Waived is a finding that the script's author switched off, with the reason.
type Waived struct {
	Finding
	Because string `json:"because"`
}

// Report is what came of checking one edition, in the order of the files.
type Report struct {
	Findings []Finding
	Waived   []Waived
	// Places is what becomes of sessions under way; nil unless it was asked.
	Places Places
}

// Rule is one line of the rubric.
type Rule struct {
	ID        string
	About     string // what must hold
	Threshold string // the figure, in words
	Why       string // what it does to the person who reads
	Source    string // where the figure comes from; "ours" is our own choice
	check     func(*book, func(spot, string, ...any))
}

// Rules is the rubric in the order in which it is explained.
func Rules() []Rule {
	return slices.Concat(messageRules, toneRules, scriptRules, pathRules, libraryRules, translationRules, previewRules)
}

// spot is where a finding stands.
type spot struct {
	script *script // nil for the library
	step   string
	file   string
	at     dialogs.Position
}

// Check holds an edition against the rubric.
func Check(e *dialogs.Edition) Report {
	b := newBook(e)
	var report Report
	used := make(map[dialogs.Waiver]bool)
	for _, rule := range Rules() {
		rule.check(b, func(at spot, message string, args ...any) {
			f := Finding{Rule: rule.ID, File: at.file, Line: max(1, at.at.Line), Column: max(1, at.at.Column),
				Step: at.step, Message: sentence(message, args...), Why: rule.Why}
			if at.script != nil {
				f.Script = at.script.name
				if w, ok := at.script.waiver(at.step, rule.ID); ok {
					used[w] = true
					report.Waived = append(report.Waived, Waived{f, w.Because})
					return
				}
			}
			report.Findings = append(report.Findings, f)
		})
	}
	report.Findings = append(report.Findings, staleWaivers(b, used)...)
	report.sort()
	return report
}

// sort puts the findings into the order of the files, each once.
func (report *Report) sort() {
	order := func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	}
	slices.SortStableFunc(report.Findings, order)
	report.Findings = slices.Compact(report.Findings)
	slices.SortStableFunc(report.Waived, func(a, b Waived) int { return order(a.Finding, b.Finding) })
	report.Waived = slices.Compact(report.Waived)
}

// WaiverRule is the id under which a waiver that switches nothing off is found.
const WaiverRule = "waiver"

// staleWaivers finds waivers of unknown rules, and those that no longer switch
// anything off: a reason that outlived its line would excuse the next one.
func staleWaivers(b *book, used map[dialogs.Waiver]bool) []Finding {
	var list []Finding
	for _, s := range b.scripts {
		for step, waivers := range s.waivers {
			for _, w := range waivers {
				f := Finding{Rule: WaiverRule, File: s.file, Line: w.Line, Column: w.Column, Script: s.name, Step: step,
					Why: "A reason that outlived its line would excuse the next mistake."}
				switch {
				case !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.ID == w.Off }):
					f.Message = sentence("there is no rule %q to switch off", w.Off)
				case !used[w]:
					f.Message = sentence("%s finds nothing here; take the line out", w.Off)
				default:
					continue
				}
				list = append(list, f)
			}
		}
	}
	return list
}
