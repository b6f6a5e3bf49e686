package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"onestep/dialogs"
)

// LoadRule is the id of what the loader refuses.
const LoadRule = "load"

// FromFaults makes findings of what the loader refused.
func FromFaults(faults dialogs.Faults) Report {
	var r Report
	for _, f := range faults {
		r.Findings = append(r.Findings, Finding{Rule: LoadRule, File: f.File, Line: max(1, f.Line), Column: max(1, f.Column),
			Script: strings.TrimSuffix(f.File, filepath.Ext(f.File)), Message: sentence("%s", f.Message), Why: "A script that does not load is not spoken."})
	}
	return r
}

// In puts a folder before the files of a report.
func (r Report) In(folder string) Report {
	findings, waived := make([]Finding, len(r.Findings)), make([]Waived, len(r.Waived))
	for i, f := range r.Findings {
		f.File = filepath.Join(folder, f.File)
		findings[i] = f
	}
	for i, w := range r.Waived {
		w.File = filepath.Join(folder, w.File)
		waived[i] = w
	}
	return Report{findings, waived, r.Places}
}

// And joins two reports.
func (r Report) And(other Report) Report {
	return Report{append(r.Findings, other.Findings...), append(r.Waived, other.Waived...), append(r.Places, other.Places...)}
}

// Text prints "file:line:column: rule: message", the reason below it, then what
// is switched off, and a line about the places of sessions under way.
func (r Report) Text(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n    Why: %s\n", f.File, f.Line, f.Column, f.Rule, f.Message, f.Why)
	}
	if len(r.Waived) > 0 {
		b.WriteString("Switched off, with the reason given:\n")
	}
	for _, f := range r.Waived {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n    Because: %s\n", f.File, f.Line, f.Column, f.Rule, f.Message, f.Because)
	}
	if r.Places != nil {
		b.WriteString(r.Places.Summary() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// MarshalJSON writes the place of a finding beside its other fields.
func (f Finding) MarshalJSON() ([]byte, error) { return json.Marshal(f.fields()) }

// MarshalJSON writes the finding with its reason for being off.
func (w Waived) MarshalJSON() ([]byte, error) {
	fields := w.fields()
	fields["because"] = w.Because
	return json.Marshal(fields)
}

func (f Finding) fields() map[string]any {
	m := map[string]any{"rule": f.Rule, "file": f.File, "line": f.Line, "column": f.Column, "message": f.Message, "why": f.Why}
	for key, value := range map[string]string{"script": f.Script, "step": f.Step} {
		if value != "" {
			m[key] = value
		}
	}
	return m
}

// JSON prints one object with the lists findings and waived, and with the places
// of sessions under way and their summary where that was asked.
func (r Report) JSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		Findings []Finding `json:"findings"`
		Waived   []Waived  `json:"waived"`
		Places   []place   `json:"places,omitempty"`
		Summary  string    `json:"summary,omitempty"`
	}{append([]Finding{}, r.Findings...), append([]Waived{}, r.Waived...), r.Places.list(), r.Places.Summary()})
}

// The parts of SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0) that
// findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver struct {
				Name    string      `json:"name"`
				Version string      `json:"version,omitempty"`
				Rules   []sarifRule `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
	}
	sarifText   struct{ Text string } // in SARIF, {"text": ...}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region struct {
				StartLine   int `json:"startLine"`
				StartColumn int `json:"startColumn"`
			} `json:"region"`
		} `json:"physicalLocation"`
	}
)

// MarshalJSON writes {"text": ...}.
func (t sarifText) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"text": t.Text})
}

// SARIF prints the report for code scanners; what is switched off is listed as
// suppressed in the source, with its reason.
func (r Report) SARIF(w io.Writer, version string) error {
	var run sarifRun
	run.Tool.Driver.Name, run.Tool.Driver.Version = "onestep lint", version
	run.ColumnKind = "unicodeCodePoints"
	for _, rule := range slices.Concat(Rules(), AgainstRules()) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{rule.ID, sarifText{rule.About}, sarifText{fmt.Sprintf("%s Threshold: %s. Source: %s.", rule.Why, rule.Threshold, rule.Source)}})
	}
	for _, extra := range [][2]string{{LoadRule, "The scripts load."}, {WaiverRule, "A rule that is switched off would find something."}} {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{extra[0], sarifText{extra[1]}, sarifText{extra[1]}})
	}
	run.Results = []sarifResult{}
	result := func(f Finding) sarifResult {
		s := sarifResult{RuleID: f.Rule, Level: "error", Message: sarifText{f.Message + " " + f.Why}, Locations: make([]sarifLocation, 1)}
		at := &s.Locations[0].Physical
		at.Artifact.URI = filepath.ToSlash(f.File)
		at.Region.StartLine, at.Region.StartColumn = f.Line, f.Column
		return s
	}
	for _, f := range r.Findings {
		run.Results = append(run.Results, result(f))
	}
	for _, f := range r.Waived {
		s := result(f.Finding)
		s.Level, s.Suppressions = "note", []sarifSuppression{{"inSource", f.Because}}
		run.Results = append(run.Results, s)
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}
