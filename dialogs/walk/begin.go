package walk

import (
	"slices"

	"onestep/dialogs"
)

// Begin is one way to start a walk.
type Begin struct {
	// Script comes due at some time. "" is a life as the scripts themselves plan
	// it, from the first conversation on; only there the weekly cap is held.
	Script string
	// Head and Lines are the beginning of a transcript to set out from, instead
	// of a script; Leave is how the question that is open then is left: skip,
	// unclear, timeout, or "" for anything.
	Head, Lines []string
	Leave       string
	// Language of the person's messages from us.
	Language string
	// Next are scripts that take the place of the first ones on the way; nil
	// for none. With Moves each dialog under way must move to them.
	Next  *dialogs.Edition
	Moves bool
}

// Roots are the scripts that can begin by themselves: those that are planned, or
// run by a wish, and those that no other one calls.
func Roots(e *dialogs.Edition) []string {
	planned, called := planned(e), map[string]bool{}
	for _, s := range e.Scripts() {
		for _, st := range s.Steps() {
			called[st.Script] = called[st.Script] || st.Does == "call"
		}
	}
	var roots []string
	for _, s := range e.Scripts() {
		if name := s.Name(); slices.Contains(planned, name) || !called[name] {
			roots = append(roots, name)
		}
	}
	return roots
}

// planned are the scripts that may come due at any time.
func planned(e *dialogs.Edition) []string {
	var list []string
	for _, s := range e.Scripts() {
		for _, st := range s.Steps() {
			if st.Does == "schedule" && !slices.Contains(list, st.Script) {
				list = append(list, st.Script)
			}
		}
	}
	slices.Sort(list)
	return list
}

// Nth is the begin of walk number n: each script that can begin by itself has
// its turn, every other walk is a life as the scripts plan it, and one in four
// is in a language that they are translated into.
func Nth(e *dialogs.Edition, n uint64) Begin {
	var b Begin
	if all := e.Languages(); len(all) > 0 && n%8 >= 6 {
		b.Language = all[n/8%uint64(len(all))]
	}
	roots := Roots(e)
	if _, ok := e.Script(firstScript); n%2 == 1 && ok || len(roots) == 0 {
		return b
	}
	b.Script = roots[n/2%uint64(len(roots))]
	return b
}

// firstScript is the conversation that a life begins with.
const firstScript = "first"
